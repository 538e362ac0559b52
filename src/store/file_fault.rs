//! What is wrong with the file of a store that is a file, or with what stands around the file.

use std::io;
use std::path::PathBuf;

/// Why a file can't be opened as a store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreFileFault {
    /// The folder of the store doesn't exist, or can't be entered.
    #[error("the folder {} can't be used: {source}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// Other operating-system users can write in the folder, or own it.
    #[error("the folder {} {why}: a user who can write there can replace the store", path.display())]
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
    /// The store is on a network file system. The write-ahead log needs memory that all processes
    /// share, which these file systems don't have.
    #[error("{} is on a network file system ({kind}), where SQLite can't keep a store safe", path.display())]
    NetworkFileSystem {
        /// The file.
        path: PathBuf,
        /// The name of the file system.
        kind: &'static str,
    },
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
}

impl StoreFileFault {
    /// The word by which a program tells the faults apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Folder { .. } => "store_folder",
            Self::UnsafeFolder { .. } => "store_folder_unsafe",
            Self::WritableByOthers { .. } => "store_unsafe",
            Self::Link { .. } => "store_link",
            Self::NotAFile { .. } => "store_not_a_file",
            Self::ForeignOwner { .. } => "store_foreign_owner",
            Self::NetworkFileSystem { .. } => "store_network_file_system",
            Self::TwoNames { .. } => "store_two_names",
            Self::Replaced { .. } => "store_replaced",
            Self::LogWithoutStore { .. } => "store_log_without_store",
            Self::NameOfALog { .. } => "store_name",
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
        let codes = coded!(StoreFileFault,
            StoreFileFault::Folder { .. } => (
                StoreFileFault::Folder { path: path(), source: io::ErrorKind::NotFound.into() },
                "store_folder"
            ),
            StoreFileFault::UnsafeFolder { .. } => (
                StoreFileFault::UnsafeFolder { path: path(), why: "", owner: 0 },
                "store_folder_unsafe"
            ),
            StoreFileFault::WritableByOthers { .. } => (
                StoreFileFault::WritableByOthers { path: path() },
                "store_unsafe"
            ),
            StoreFileFault::Link { .. } => (StoreFileFault::Link { path: path() }, "store_link"),
            StoreFileFault::NotAFile { .. } => (StoreFileFault::NotAFile { path: path() }, "store_not_a_file"),
            StoreFileFault::ForeignOwner { .. } => (
                StoreFileFault::ForeignOwner { path: path(), owner: 0 },
                "store_foreign_owner"
            ),
            StoreFileFault::NetworkFileSystem { .. } => (
                StoreFileFault::NetworkFileSystem { path: path(), kind: "nfs" },
                "store_network_file_system"
            ),
            StoreFileFault::TwoNames { .. } => (StoreFileFault::TwoNames { path: path() }, "store_two_names"),
            StoreFileFault::Replaced { .. } => (StoreFileFault::Replaced { path: path() }, "store_replaced"),
            StoreFileFault::LogWithoutStore { .. } => (
                StoreFileFault::LogWithoutStore { log: path() },
                "store_log_without_store"
            ),
            StoreFileFault::NameOfALog { .. } => (StoreFileFault::NameOfALog { path: path() }, "store_name"),
        );
        assert_codes(&codes, &[]);
    }
}
