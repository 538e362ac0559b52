//! What can be wrong with a store.

use std::io;
use std::path::PathBuf;

/// Why a store can't be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing at that path.
    #[error("there is no store at {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The folder it should stand in isn't there or can't be entered.
    #[error("the folder {} can't be used: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others can write to the folder, or it belongs to somebody else.
    #[error("the folder {} {why}: whoever can write there can take the store over", path.display())]
    UnsafeFolder {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
        /// The uid it belongs to.
        owner: u32,
    },
    /// Others can write to the file itself.
    #[error("the store {} can be written by others", path.display())]
    WritableByOthers {
        /// The file.
        path: PathBuf,
    },
    /// A symbolic link stands in the store's place.
    #[error("{} is a symbolic link, and a store is never opened through one", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A folder, a pipe or a device.
    #[error("{} isn't a file", path.display())]
    NotAFile {
        /// What isn't one.
        path: PathBuf,
    },
    /// The file, or one SQLite keeps beside it, belongs to another operating-system user.
    #[error("{} belongs to another operating-system user", path.display())]
    ForeignOwner {
        /// Whose file it is.
        path: PathBuf,
        /// The uid of its owner.
        owner: u32,
    },
    /// A file of something else.
    #[error("{} isn't a store of backoffice", path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// Made by a newer program.
    #[error("the store {} is of version {found}, and this program knows versions up to {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Part of the file is missing or nonsense.
    #[error("the store {} is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// WAL needs memory that all processes share; network file systems have none.
    #[error("{} is on a network file system ({kind}), where SQLite can't keep a store safe", path.display())]
    NetworkFileSystem {
        /// The file.
        path: PathBuf,
        /// The file system's name.
        kind: &'static str,
    },
    /// Others held it for longer than the lock time-out.
    #[error("the store is busy: another process has been writing for longer than the lock time-out")]
    Busy,
    /// It, its folder or its file system can't be written.
    #[error("the store can't be written: the file, its folder or its file system is read-only")]
    ReadOnly,
    /// No room left.
    #[error("the disk is full, or the store has reached a size limit; nothing was changed")]
    Full,
    /// The file has a second name. SQLite keeps a log for each of them.
    #[error("the store {} has a second name (a hard link), and a write under one name can be lost under the other", path.display())]
    TwoNames {
        /// The file.
        path: PathBuf,
    },
    /// The name leads to another file than the one that was opened, or to none.
    #[error("the store {} was moved or replaced while this program had it open; nothing was changed", path.display())]
    Replaced {
        /// The name.
        path: PathBuf,
    },
    /// A log without the store it belongs to: SQLite would apply it to a new store.
    #[error("the log {} is there, and the store it belongs to is not", log.display())]
    LogWithoutStore {
        /// The log.
        log: PathBuf,
    },
    /// A name that SQLite gives to the files beside a store.
    #[error("{} can't be the name of a store: SQLite gives names with this ending to the log of another store", path.display())]
    NameOfALog {
        /// The name.
        path: PathBuf,
    },
    /// The system refused to read or write.
    #[error("the store can't be read or written: {0}")]
    Io(String),
    /// The SQLite built in has a fault this program can't live with.
    #[error(
        "the SQLite built into this program ({0}) is older than 3.51.3, whose fix of the write-ahead log is needed"
    )]
    OldSqlite(&'static str),
    /// A broken invariant: a bug.
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
