//! Where files are: what the flags name, and the folders of a user.

use std::path::{Path, PathBuf};

use super::environment::Environment;

/// The flags that name the files.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags<'a> {
    /// `--store`.
    pub store: Option<&'a Path>,
    /// `--config`.
    pub config: Option<&'a Path>,
}

/// The folder of a kind of file, such as the configuration, of a user.
pub(super) fn base_folder(
    env: &Environment,
    home: Option<&Path>,
    variable: &str,
    in_home: &str,
) -> Option<PathBuf> {
    match home {
        Some(home) => Some(home.join(in_home)),
        None => env.base_folder(variable, in_home),
    }
}

/// An empty path can't be made absolute. It is refused when it is opened.
pub(super) fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
