//! What can be wrong with the configuration. No complaint quotes the file: any text in it can be a
//! secret.

use std::io;
use std::path::PathBuf;

use crate::files::Danger;

/// Why the configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that a flag or a variable names is missing.
    #[error("there is no configuration file at {}, which {named_by} names", path.display())]
    Missing {
        /// The path that was named.
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
    /// It is a folder, a pipe or a device.
    #[error("the configuration {} isn't a file", path.display())]
    NotAFile {
        /// The folder, pipe or device.
        path: PathBuf,
    },
    /// The file is longer than 1 MiB.
    #[error("the configuration file {} is longer than 1 MiB", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// Another user could have changed it.
    #[error("the configuration isn't safe: {} {why}", path.display())]
    Unsafe {
        /// The file or its folder.
        path: PathBuf,
        /// What is wrong with it.
        why: Danger,
    },
    /// Something in the file is wrong.
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
    /// No store is named, and without a home folder there is no default store.
    #[error("no store is named, and neither XDG_DATA_HOME nor HOME says where the default one is")]
    NoHome,
}

impl ConfigError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Missing { named_by, .. } => {
                format!(
                    "correct {named_by}, leave it out to use the default places, or make the file: `backoffice config init`"
                )
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

/// Why no new configuration file was made.
#[derive(Debug, thiserror::Error)]
pub enum NewFileError {
    /// The system refused to make it.
    #[error("the configuration file {} can't be made: {source}", path.display())]
    NotMade {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No file is named, and without a home folder there is no default place.
    #[error(
        "no configuration file is named, and neither XDG_CONFIG_HOME nor HOME says where the default one is"
    )]
    NoHome,
}

impl NewFileError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotMade { .. } => "check its folder, or name another file with `--config`",
            Self::NoHome => "name the file with `--config`, or set HOME",
        }
    }
}
