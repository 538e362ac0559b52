//! What SQLite says of a failure, in the words of the store.

use std::io;
use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::obstacle;
use super::path::StorePath;
use crate::store::{StoreError, StoreFileFault};

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        // The tables are strict, and every value was checked when it was written.
        if let E::FromSqlConversionFailure(..) | E::IntegralValueOutOfRange(..) | E::InvalidColumnType(..) =
            error
        {
            return Self::Damaged { path: PathBuf::new() };
        }
        match error.sqlite_error_code() {
            // The protocol fails where too many come for the log at once.
            Some(
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed,
            ) => Self::Busy,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::ReadOnly,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged { path: PathBuf::new() }
            }
            Some(ErrorCode::SystemIoFailure) => Self::Io(error.to_string()),
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// Adds what SQLite didn't say: which file is damaged, and whether it is the file system that
/// takes nothing.
pub(super) fn at(error: StoreError, path: &StorePath) -> StoreError {
    match error {
        StoreError::Damaged { path: unnamed } if unnamed.as_os_str().is_empty() => StoreError::Damaged {
            path: path.as_path().to_owned(),
        },
        StoreError::Io(_) | StoreError::ReadOnly => obstacle::of(path).unwrap_or(error),
        other => other,
    }
}

/// The error when a file could not be written in the folder of `path`.
pub(super) fn cannot_write(path: &StorePath, source: io::Error) -> StoreError {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            StoreError::Full
        }
        _ => StoreError::File(StoreFileFault::Folder {
            path: path.folder().to_owned(),
            source,
        }),
    }
}

/// Checks that a write changed one row. Another number means that the store broke a rule.
pub(super) fn expect_one(touched: usize, what: &str) -> Result<(), StoreError> {
    if touched == 1 {
        Ok(())
    } else {
        Err(StoreError::Broken(format!("{touched} rows of one {what}")))
    }
}
