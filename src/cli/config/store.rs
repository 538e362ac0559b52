//! Which store is used, and what named it.

use std::fmt;
use std::path::{Path, PathBuf};

use super::environment::Environment;
use super::places::{Flags, absolute, base_folder};

const VARIABLE: &str = "BACKOFFICE_STORE";

/// The path of a store and what named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreChoice {
    /// The store; absolute.
    pub path: PathBuf,
    /// What named it.
    pub origin: StoreOrigin,
}

/// What named the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreOrigin {
    /// `--store`.
    Flag,
    /// `BACKOFFICE_STORE`.
    Environment,
    /// `store` in this configuration file.
    File(PathBuf),
    /// Nothing did: it is the user's own.
    Default,
}

impl fmt::Display for StoreOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag --store"),
            Self::Environment => write!(f, "environment {VARIABLE}"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// The store without a configuration file: the one that is named, or the default one; none where
/// there is no home to put it.
pub(super) fn choose(flags: &Flags<'_>, env: &Environment, home: Option<&Path>) -> Option<StoreChoice> {
    let named = |path: PathBuf, origin| StoreChoice {
        path: absolute(path),
        origin,
    };
    if let Some(path) = flags.store {
        return Some(named(path.to_owned(), StoreOrigin::Flag));
    }
    if let Some(path) = env.get(VARIABLE) {
        return Some(named(path.into(), StoreOrigin::Environment));
    }
    let folder = base_folder(env, home, "XDG_DATA_HOME", ".local/share")?;
    Some(named(
        folder.join("backoffice/backoffice.db"),
        StoreOrigin::Default,
    ))
}
