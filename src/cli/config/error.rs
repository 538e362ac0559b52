//! What can be wrong with the settings. No complaint quotes the file: any text in it may be
//! somebody's secret.

use std::io;
use std::path::PathBuf;

use crate::files::Danger;

/// Why the settings can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file that was named isn't there.
    #[error("there is no configuration file at {}, which {named_by} names", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
        /// The flag or variable that names it.
        named_by: &'static str,
    },
    /// The system refused to read it.
    #[error("the configuration file {} can't be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder, a pipe or a device.
    #[error("the configuration {} isn't a file", path.display())]
    NotAFile {
        /// What isn't one.
        path: PathBuf,
    },
    /// Far longer than settings are.
    #[error("the configuration file {} is longer than 1 MiB", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else could have written what stands in it.
    #[error("the configuration isn't safe: {} {why}", path.display())]
    Unsafe {
        /// The file or its folder.
        path: PathBuf,
        /// What is wrong with it.
        why: Danger,
    },
    /// Something in the file.
    #[error("{}, line {line}, column {column}: {what}", path.display())]
    InFile {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// The key and what is wrong with it.
        what: String,
        /// What to do about it.
        hint: String,
    },
    /// No store is named, and there is no home to put the default one.
    #[error("no store is named, and neither XDG_DATA_HOME nor HOME says where the default one is")]
    NoHome,
}

impl ConfigError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { named_by, .. } => {
                format!("correct {named_by}, or leave it out to use the default places")
            }
            Self::Unreadable { .. } => {
                "make it readable for you, or name another one with --config".to_owned()
            }
            Self::NotAFile { .. } => "name a file with --config".to_owned(),
            Self::TooLong { .. } => "name the right file with --config".to_owned(),
            Self::Unsafe { path, why } => match why {
                Danger::Writable => format!("check what stands in it, then: chmod go-w {}", path.display()),
                Danger::Foreign => {
                    "check what stands in it, then give it to root or to yourself with chown".to_owned()
                }
            },
            Self::InFile { hint, .. } => hint.clone(),
            Self::NoHome => {
                "name the store with `--store`, BACKOFFICE_STORE or `store` in the configuration; or set HOME"
                    .to_owned()
            }
        }
    }
}
