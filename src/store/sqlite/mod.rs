//! A store in one SQLite file. Only this folder has SQL.

mod audit;
mod connection;
mod copy;
mod create;
mod credentials;
mod expired;
mod faults;
mod file;
mod folder;
mod groups;
mod hash_costs;
mod header;
mod identities;
mod keys;
mod mail_queue;
mod migrate;
mod obstacle;
mod path;
mod resets;
mod sessions;
mod strangers;
mod user_filter;
mod users;

use std::cell::Cell;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::engine::{Busy, Engine, Keeping, Unwritable, WriteMode};
use super::{Read, StoreError, StoreFileFault, Write};
use crate::domain::audit::ChainHash;
use crate::domain::clock::Timestamp;

pub(crate) use create::make_if_missing;
use file::FileId;
#[cfg(feature = "cli")]
pub(crate) use folder::{make_folder_for, owner_of};
use path::StorePath;

/// The memory for a write of many rows, in which SQLite sorts its indexes. A negative number counts
/// KiB.
const BULK_CACHE: i64 = -128 * 1024;
/// The memory for other writes.
const USUAL_CACHE: i64 = -2000;

/// An open store.
pub(super) struct Sqlite {
    path: StorePath,
    file: FileId,
    lock_timeout: Duration,
    unwritable: Option<Unwritable>,
    /// The connections that are not used at the moment.
    idle: Mutex<Vec<Connection>>,
}

/// A transaction for reading or for writing.
pub(super) struct SqliteTransaction<'c> {
    connection: &'c Connection,
    now: Timestamp,
    audit_head: Cell<Option<(i64, ChainHash)>>,
}

impl<'c> SqliteTransaction<'c> {
    fn new(connection: &'c Connection, now: Timestamp) -> Self {
        Self {
            connection,
            now,
            audit_head: Cell::new(None),
        }
    }
}

impl Read for SqliteTransaction<'_> {
    fn now(&self) -> Timestamp {
        self.now
    }
}

impl Write for SqliteTransaction<'_> {}

impl Sqlite {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// The [`StoreError`] that says why the store can't be used. The file is not changed then.
    pub fn open(path: &Path, lock_timeout: Duration) -> Result<Self, StoreError> {
        let path = StorePath::resolve(path)?;
        let file = file::inspect(&path)?;
        let (connection, unwritable) =
            open_connection(&path, file, lock_timeout).map_err(|error| faults::at(error, &path))?;
        Ok(Self {
            path,
            file,
            lock_timeout,
            unwritable,
            idle: Mutex::new(vec![connection]),
        })
    }

    fn with_connection<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.idle().pop();
        let mut connection = idle.map_or_else(|| self.another(), Ok)?;
        let done = work(&mut connection).map_err(|error| faults::at(error, &self.path));
        self.idle().push(connection);
        done
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn another(&self) -> Result<Connection, StoreError> {
        match self.unwritable {
            None => connection::connect(self.path.as_path(), self.lock_timeout),
            Some(Unwritable::TwoNames) => connection::connect_to_look(&self.path, self.lock_timeout),
            Some(Unwritable::Full | Unwritable::ReadOnly) => {
                connection::connect_to_unwritable(&self.path, self.lock_timeout)
            }
        }
    }
}

impl Engine for Sqlite {
    fn read(&self, now: Timestamp, read: &mut dyn FnMut(&dyn Read)) -> Result<(), StoreError> {
        self.with_connection(|connection| {
            let tx = connection.transaction()?;
            read(&SqliteTransaction::new(&tx, now));
            Ok(())
        })
    }

    fn write(
        &self,
        mode: WriteMode,
        now: &dyn Fn() -> Timestamp,
        write: &mut dyn FnMut(&dyn Write) -> Keeping,
    ) -> Result<(), StoreError> {
        self.check_writable()?;
        self.with_connection(|connection| {
            prepare(connection, mode)?;
            let written = write_once(connection, now, write);
            restore(connection, mode, self.lock_timeout)?;
            written
        })
    }

    /// Since the store was opened, its file may have got a second name, or another file may have got
    /// its name. A write could be lost then.
    fn check_writable(&self) -> Result<(), StoreError> {
        let path = || self.path.as_path().to_owned();
        match self.unwritable {
            Some(Unwritable::TwoNames) => {
                return Err(StoreError::File(StoreFileFault::TwoNames { path: path() }));
            }
            Some(Unwritable::Full) => return Err(StoreError::Full),
            Some(Unwritable::ReadOnly) => return Err(StoreError::ReadOnly),
            None => {}
        }
        let found = file::identify(&self.path)?;
        if found.names > 1 {
            return Err(StoreError::File(StoreFileFault::TwoNames { path: path() }));
        }
        if !found.is_same_file(self.file) {
            return Err(StoreError::File(StoreFileFault::Replaced { path: path() }));
        }
        if obstacle::is_full(self.path.folder()) {
            return Err(StoreError::Full);
        }
        Ok(())
    }

    fn forget_removed(&self) -> Result<(), StoreError> {
        self.with_connection(|connection| write_log_back(connection))
    }

    fn explain(&self, error: StoreError) -> StoreError {
        faults::at(error, &self.path)
    }

    fn path(&self) -> &Path {
        self.path.as_path()
    }

    fn unwritable(&self) -> Option<Unwritable> {
        self.unwritable
    }
}

fn write_once(
    connection: &mut Connection,
    now: &dyn Fn() -> Timestamp,
    write: &mut dyn FnMut(&dyn Write) -> Keeping,
) -> Result<(), StoreError> {
    // Immediate: a transaction that reads first may not get the lock for writing later.
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    match write(&SqliteTransaction::new(&tx, now())) {
        Keeping::Commit => tx.commit()?,
        Keeping::RollBack => tx.rollback()?,
    }
    Ok(())
}

fn prepare(connection: &mut Connection, mode: WriteMode) -> Result<(), StoreError> {
    if mode.bulk {
        connection.pragma_update(None, "cache_size", BULK_CACHE)?;
    }
    if mode.busy == Busy::GiveUp {
        connection::wait_for(connection, Duration::ZERO)?;
    }
    Ok(())
}

fn restore(connection: &mut Connection, mode: WriteMode, lock_timeout: Duration) -> Result<(), StoreError> {
    if mode.bulk {
        connection.pragma_update(None, "cache_size", USUAL_CACHE)?;
    }
    if mode.busy == Busy::GiveUp {
        connection::wait_for(connection, lock_timeout)?;
    }
    Ok(())
}

/// Opens a store that was inspected, and migrates it. Returns the connection, and the reason if the
/// store can only be read.
fn open_connection(
    path: &StorePath,
    file: FileId,
    lock_timeout: Duration,
) -> Result<(Connection, Option<Unwritable>), StoreError> {
    if file.names > 1 {
        let connection = connection::connect_to_look(path, lock_timeout)?;
        return match migrate::check_is_latest(&connection, path) {
            Ok(()) => Ok((connection, Some(Unwritable::TwoNames))),
            Err(_) => Err(StoreError::File(StoreFileFault::TwoNames {
                path: path.as_path().to_owned(),
            })),
        };
    }
    let opened = if obstacle::is_full(path.folder()) {
        Err(StoreError::Full)
    } else {
        connection::connect(path.as_path(), lock_timeout).map_err(|error| faults::at(error, path))
    };
    match opened {
        Ok(mut connection) => {
            migrate::bring_up_to_date(&mut connection, path, lock_timeout)?;
            Ok((connection, None))
        }
        Err(StoreError::Full) => open_to_read(path, lock_timeout, Unwritable::Full, StoreError::Full),
        Err(StoreError::ReadOnly) => {
            open_to_read(path, lock_timeout, Unwritable::ReadOnly, StoreError::ReadOnly)
        }
        Err(error) => Err(error),
    }
}

fn open_to_read(
    path: &StorePath,
    lock_timeout: Duration,
    unwritable: Unwritable,
    error: StoreError,
) -> Result<(Connection, Option<Unwritable>), StoreError> {
    match connection::connect_to_unwritable(path, lock_timeout) {
        Ok(connection) if migrate::check_is_latest(&connection, path).is_ok() => {
            Ok((connection, Some(unwritable)))
        }
        _ => Err(error),
    }
}

/// Writes the whole log into the file, and empties the log.
///
/// # Errors
/// [`StoreError::Busy`] if another process reads what the log holds.
fn write_log_back(connection: &Connection) -> Result<(), StoreError> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
}

fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// Reads a time. Only a damaged file holds a time that a [`Timestamp`] can't hold.
fn timestamp(micros: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Integer, Box::new(error))
    })
}
