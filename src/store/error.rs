//! The errors of a store.

use std::io;
use std::path::PathBuf;

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
    /// The folder of the store doesn't exist, or can't be entered.
    #[error("the folder {} can't be used: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// Other operating-system users can write in the folder, or own it.
    #[error("the folder {} {why}: whoever can write there can take the store over", path.display())]
    UnsafeFolder {
        /// The folder.
        path: PathBuf,
        /// What is wrong with the folder.
        why: &'static str,
        /// The uid of its owner.
        owner: u32,
    },
    /// Other operating-system users can write the file.
    #[error("the store {} can be written by others", path.display())]
    WritableByOthers {
        /// The file.
        path: PathBuf,
    },
    /// There is a symbolic link at the path of the store.
    #[error("{} is a symbolic link, and a store is never opened through one", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// There is a folder, a pipe or a device at the path.
    #[error("{} isn't a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// Another operating-system user owns the file, or a file that SQLite keeps beside it.
    #[error("{} belongs to another operating-system user", path.display())]
    ForeignOwner {
        /// The file of the other user.
        path: PathBuf,
        /// The uid of its owner.
        owner: u32,
    },
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
    /// The store is on a network file system. The write-ahead log needs memory that all processes
    /// share, which these file systems don't have.
    #[error("{} is on a network file system ({kind}), where SQLite can't keep a store safe", path.display())]
    NetworkFileSystem {
        /// The file.
        path: PathBuf,
        /// The name of the file system.
        kind: &'static str,
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
    /// The file has a second name. SQLite keeps a log for each name.
    #[error("the store {} has a second name (a hard link), and a write under one name can be lost under the other", path.display())]
    TwoNames {
        /// The file.
        path: PathBuf,
    },
    /// The path leads to another file than the one that was opened, or to no file.
    #[error("the store {} was moved or replaced while this program had it open; nothing was changed", path.display())]
    Replaced {
        /// The path.
        path: PathBuf,
    },
    /// There is a log without a store. SQLite would write the content of the log into a new store.
    #[error("the log {} is there, and the store it belongs to is not", log.display())]
    LogWithoutStore {
        /// The log.
        log: PathBuf,
    },
    /// The name of the store is a name that SQLite gives to the files beside a store.
    #[error("{} can't be the name of a store: SQLite gives names with this ending to the log of another store", path.display())]
    NameOfALog {
        /// The path.
        path: PathBuf,
    },
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
            Self::Folder { .. } => "store_folder",
            Self::UnsafeFolder { .. } => "store_folder_unsafe",
            Self::WritableByOthers { .. } => "store_unsafe",
            Self::Link { .. } => "store_link",
            Self::NotAFile { .. } => "store_not_a_file",
            Self::ForeignOwner { .. } => "store_foreign_owner",
            Self::NotOurs { .. } => "store_not_ours",
            Self::Newer { .. } => "store_newer",
            Self::Damaged { .. } => "store_damaged",
            Self::NetworkFileSystem { .. } => "store_network_file_system",
            Self::Busy => "store_busy",
            Self::ReadOnly => "store_read_only",
            Self::Full => "store_full",
            Self::TwoNames { .. } => "store_two_names",
            Self::Replaced { .. } => "store_replaced",
            Self::LogWithoutStore { .. } => "store_log_without_store",
            Self::NameOfALog { .. } => "store_name",
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
            StoreError::Folder { .. } => (
                StoreError::Folder { path: path(), source: io::ErrorKind::NotFound.into() },
                "store_folder"
            ),
            StoreError::UnsafeFolder { .. } => (
                StoreError::UnsafeFolder { path: path(), why: "", owner: 0 },
                "store_folder_unsafe"
            ),
            StoreError::WritableByOthers { .. } => (
                StoreError::WritableByOthers { path: path() },
                "store_unsafe"
            ),
            StoreError::Link { .. } => (StoreError::Link { path: path() }, "store_link"),
            StoreError::NotAFile { .. } => (StoreError::NotAFile { path: path() }, "store_not_a_file"),
            StoreError::ForeignOwner { .. } => (
                StoreError::ForeignOwner { path: path(), owner: 0 },
                "store_foreign_owner"
            ),
            StoreError::NotOurs { .. } => (StoreError::NotOurs { path: path() }, "store_not_ours"),
            StoreError::Newer { .. } => (
                StoreError::Newer { path: path(), found: 2, known: 1 },
                "store_newer"
            ),
            StoreError::Damaged { .. } => (StoreError::Damaged { path: path() }, "store_damaged"),
            StoreError::NetworkFileSystem { .. } => (
                StoreError::NetworkFileSystem { path: path(), kind: "nfs" },
                "store_network_file_system"
            ),
            StoreError::Busy => (StoreError::Busy, "store_busy"),
            StoreError::ReadOnly => (StoreError::ReadOnly, "store_read_only"),
            StoreError::Full => (StoreError::Full, "store_full"),
            StoreError::TwoNames { .. } => (StoreError::TwoNames { path: path() }, "store_two_names"),
            StoreError::Replaced { .. } => (StoreError::Replaced { path: path() }, "store_replaced"),
            StoreError::LogWithoutStore { .. } => (
                StoreError::LogWithoutStore { log: path() },
                "store_log_without_store"
            ),
            StoreError::NameOfALog { .. } => (StoreError::NameOfALog { path: path() }, "store_name"),
            StoreError::Io(_) => (StoreError::Io(String::new()), "store_io"),
            StoreError::OldSqlite(_) => (StoreError::OldSqlite(""), "internal"),
            StoreError::Broken(_) => (StoreError::Broken(String::new()), "internal"),
        );
        assert_codes(&codes, &["internal"]);
    }
}
