//! The store: one SQLite file. The only room with SQL; no SQLite type leaves it.

mod audit;
mod connection;
mod copy;
mod create;
mod credentials;
mod error;
mod expired;
mod file;
mod groups;
mod identities;
mod mail_queue;
mod migrate;
mod obstacle;
mod resets;
mod sessions;
mod strangers;
mod users;

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use crate::domain::audit::ChainHash;
use crate::domain::clock::Timestamp;
use crate::domain::throttle::ThrottlePolicy;

pub use error::StoreError;
use file::FileId;
pub use file::{StorePath, make_folder_for, owner_of};
pub use migrate::latest_version;
pub use users::{SortField, UserFilter, UserOrder};

/// An open store.
pub struct Store {
    connection: Connection,
    path: StorePath,
    file: FileId,
    lock_timeout: Duration,
    unwritable: Option<Unwritable>,
}

/// Why a store that can be read can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// The file has a second name (a hard link). SQLite keeps a log for each name, so that a
    /// write under one name can be lost under the other.
    TwoNames,
    /// There is no room for the log of a write.
    Full,
    /// The file, its folder or its file system is read-only.
    ReadOnly,
}

/// What a reading of the store depends on besides its content.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// The moment for which locks and ends are told.
    pub now: Timestamp,
    /// What failures mean.
    pub throttle: ThrottlePolicy,
}

/// A consistent view of the store.
pub struct View<'c> {
    connection: &'c Connection,
    reading: Reading,
}

/// A transaction that may write. Everything in it happens, or nothing does.
pub struct Tx<'c> {
    view: View<'c>,
    audit_head: Cell<Option<(i64, ChainHash)>>,
}

impl<'c> Tx<'c> {
    fn new(connection: &'c Connection, reading: Reading) -> Self {
        Self {
            view: View { connection, reading },
            audit_head: Cell::new(None),
        }
    }
}

impl View<'_> {
    /// The moment for which this view tells locks and ends.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.reading.now
    }
}

impl<'c> std::ops::Deref for Tx<'c> {
    type Target = View<'c>;

    fn deref(&self) -> &View<'c> {
        &self.view
    }
}

/// Whether a transaction is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keeping {
    /// Commit it.
    #[default]
    Commit,
    /// Do all of it, then roll it back: a dry run.
    RollBack,
}

impl Store {
    /// Opens the store at `path`; an older one is brought up to date. Where it can't be
    /// written, it is opened to be read, if that is possible: see
    /// [`unwritable`](Self::unwritable).
    ///
    /// # Errors
    /// The [`StoreError`] that says why it can't be used. The file is left as it was.
    pub fn open(path: &Path, lock_timeout: Duration) -> Result<Self, StoreError> {
        let path = StorePath::resolve(path)?;
        let file = file::inspect(&path)?;
        let (connection, unwritable) =
            open_connection(&path, file, lock_timeout).map_err(|error| error.at(&path))?;
        Ok(Self {
            connection,
            path,
            file,
            lock_timeout,
            unwritable,
        })
    }

    /// Opens the store at `path`, making it first if nothing stands there. `founding` fills
    /// the new store before anybody can see it. Tells whether it was made by this call.
    ///
    /// # Errors
    /// The [`StoreError`] that says why it can't be made or used.
    pub fn open_or_create<E: From<StoreError>>(
        path: &Path,
        lock_timeout: Duration,
        reading: Reading,
        founding: impl FnOnce(&Tx<'_>) -> Result<(), E>,
    ) -> Result<(Self, bool), E> {
        file::make_folder(path)?;
        let place = StorePath::resolve(path)?;
        let made = match std::fs::symlink_metadata(place.as_path()) {
            Ok(_) => false,
            Err(_) => create::create(&place, lock_timeout, reading, founding)?,
        };
        Ok((Self::open(path, lock_timeout)?, made))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.path.as_path()
    }

    /// Why the store can only be read, if it can't be written.
    #[must_use]
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.unwritable
    }

    /// Says of an error that came out of a transaction what the file system knows: that the
    /// disk is full, that it is read-only, which file is damaged.
    #[must_use]
    pub fn explain(&self, error: StoreError) -> StoreError {
        error.at(&self.path)
    }

    /// Reads; what is read belongs together, whatever is written meanwhile.
    ///
    /// # Errors
    /// What `read` returns, or why the store can't be read.
    pub fn read<T, E: From<StoreError>>(
        &self,
        reading: Reading,
        read: impl FnOnce(&View<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx = self
            .connection
            .unchecked_transaction()
            .map_err(|error| self.error(error))?;
        let view = View {
            connection: &tx,
            reading,
        };
        read(&view)
    }

    /// Writes: all of `write` or nothing. `reading` is asked for once nobody else can write:
    /// the moments of writes are in the order of the writes, however long each waited.
    ///
    /// # Errors
    /// What `write` returns, or why the store can't be written; nothing is kept then.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        reading: impl FnOnce() -> Reading,
        keeping: Keeping,
        write: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.check_writable()?;
        let path = self.path.clone();
        let named = |error: rusqlite::Error| StoreError::from(error).at(&path);
        // Immediate: a transaction that reads first and asks for the lock later can lose it.
        let tx = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(named)?;
        let answer = write(&Tx::new(&tx, reading()))?;
        match keeping {
            Keeping::Commit => tx.commit().map_err(named)?,
            Keeping::RollBack => tx.rollback().map_err(named)?,
        }
        Ok(answer)
    }

    /// As [`write`](Self::write), but a busy store is not waited for at all.
    ///
    /// # Errors
    /// As [`write`](Self::write); [`StoreError::Busy`] if another process is writing.
    pub fn write_at_once<T, E: From<StoreError>>(
        &mut self,
        reading: impl FnOnce() -> Reading,
        keeping: Keeping,
        write: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        connection::wait_for(&mut self.connection, Duration::ZERO)?;
        let written = self.write(reading, keeping, write);
        connection::wait_for(&mut self.connection, self.lock_timeout)?;
        written
    }

    /// The file may have got a second name, or given its name to another file, since it was
    /// opened: what is written then could be lost.
    fn check_writable(&self) -> Result<(), StoreError> {
        let path = || self.path.as_path().to_owned();
        match self.unwritable {
            Some(Unwritable::TwoNames) => return Err(StoreError::TwoNames { path: path() }),
            Some(Unwritable::Full) => return Err(StoreError::Full),
            Some(Unwritable::ReadOnly) => return Err(StoreError::ReadOnly),
            None => {}
        }
        let found = file::identify(&self.path)?;
        if found.names > 1 {
            return Err(StoreError::TwoNames { path: path() });
        }
        if !found.is_same_file(self.file) {
            return Err(StoreError::Replaced { path: path() });
        }
        if obstacle::is_full(self.path.folder()) {
            return Err(StoreError::Full);
        }
        Ok(())
    }

    /// Gives a large write the memory to sort its indexes in.
    ///
    /// # Errors
    /// Why the store can't be used.
    pub fn expect_bulk(&self) -> Result<(), StoreError> {
        // Negative: KiB.
        Ok(self.connection.pragma_update(None, "cache_size", -128 * 1024)?)
    }

    /// Writes the log back and empties it, so that nothing removed is left in it.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if somebody is reading what the log holds.
    pub fn forget_removed(&self) -> Result<(), StoreError> {
        write_log_back(&self.connection).map_err(|error| error.at(&self.path))
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from(error).at(&self.path)
    }
}

/// The connection to a store that was inspected, its schema up to date, and why it can only be
/// read, if so.
fn open_connection(
    path: &StorePath,
    file: FileId,
    lock_timeout: Duration,
) -> Result<(Connection, Option<Unwritable>), StoreError> {
    if file.names > 1 {
        let connection = connection::connect_to_look(path, lock_timeout)?;
        return match migrate::check_is_latest(&connection, path) {
            Ok(()) => Ok((connection, Some(Unwritable::TwoNames))),
            Err(_) => Err(StoreError::TwoNames {
                path: path.as_path().to_owned(),
            }),
        };
    }
    let opened = if obstacle::is_full(path.folder()) {
        Err(StoreError::Full)
    } else {
        connection::connect(path.as_path(), lock_timeout).map_err(|error| error.at(path))
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

/// Writes all of the log into the file and empties it.
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

/// Reads a time. One outside what a calendar holds can only come from a damaged file.
fn timestamp(micros: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Integer, Box::new(error))
    })
}
