//! The errors of a store.

use std::path::PathBuf;

use super::file_fault::StoreFileFault;

/// Why a store can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no file at this path.
    #[error("there is no store at {}", path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// The file of the store can't be opened.
    #[error(transparent)]
    File(#[from] StoreFileFault),
    /// The file is not a store.
    #[error("{} isn't a store of backoffice", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of this program made the store.
    #[error("the store {} is of version {found}, and this program knows versions up to {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of the store.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// A part of the file is missing or damaged.
    #[error("the store {} is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// Other processes used the store for longer than the lock time-out.
    #[error("the store is busy: another process has been writing for longer than the lock time-out")]
    Busy,
    /// The file, its folder or its file system is read-only.
    #[error("the store can't be written: the file, its folder or its file system is read-only")]
    ReadOnly,
    /// The disk is full.
    #[error("the disk is full, or the store has reached a size limit; nothing was changed")]
    Full,
    /// The system could not read or write.
    #[error("the store can't be read or written: {0}")]
    Io(String),
    /// The version of SQLite in this program has a known fault that can damage a store.
    #[error(
        "the SQLite built into this program ({0}) is older than 3.51.3, whose fix of the write-ahead log is needed"
    )]
    OldSqlite(&'static str),
    /// A rule of the store is broken. This is a bug.
    #[error("the store answered what it never should: {0}")]
    Broken(String),
}

impl StoreError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "store_missing",
            Self::File(fault) => fault.code(),
            Self::NotOurs { .. } => "store_not_ours",
            Self::Newer { .. } => "store_newer",
            Self::Damaged { .. } => "store_damaged",
            Self::Busy => "store_busy",
            Self::ReadOnly => "store_read_only",
            Self::Full => "store_full",
            Self::Io(_) => "store_io",
            Self::OldSqlite(_) | Self::Broken(_) => "internal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{assert_codes, coded};

    #[test]
    fn each_code_is_the_one_it_always_was() {
        let path = PathBuf::new;
        let codes = coded!(StoreError,
            StoreError::Missing { .. } => (StoreError::Missing { path: path() }, "store_missing"),
            StoreError::File(_) => (
                StoreError::File(StoreFileFault::Link { path: path() }),
                "store_link"
            ),
            StoreError::NotOurs { .. } => (StoreError::NotOurs { path: path() }, "store_not_ours"),
            StoreError::Newer { .. } => (
                StoreError::Newer { path: path(), found: 2, known: 1 },
                "store_newer"
            ),
            StoreError::Damaged { .. } => (StoreError::Damaged { path: path() }, "store_damaged"),
            StoreError::Busy => (StoreError::Busy, "store_busy"),
            StoreError::ReadOnly => (StoreError::ReadOnly, "store_read_only"),
            StoreError::Full => (StoreError::Full, "store_full"),
            StoreError::Io(_) => (StoreError::Io(String::new()), "store_io"),
            StoreError::OldSqlite(_) => (StoreError::OldSqlite(""), "internal"),
            StoreError::Broken(_) => (StoreError::Broken(String::new()), "internal"),
        );
        assert_codes(&codes, &["internal"]);
    }
}
