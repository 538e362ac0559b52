//! The store: one SQLite file. The only room with SQL; no SQLite type leaves it.

mod audit;
mod credentials;
mod error;
mod file;
mod groups;
mod identities;
mod mail_queue;
mod migrate;
mod resets;
mod sessions;
mod strangers;
mod users;

use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::domain::audit::ChainHash;
use crate::domain::clock::Timestamp;
use crate::domain::throttle::ThrottlePolicy;

pub use error::StoreError;
pub use file::{StorePath, make_folder_for, owner_of};
pub use migrate::latest_version;
pub use users::{SortField, UserFilter, UserOrder};

/// An open store.
pub struct Store {
    connection: Connection,
    path: StorePath,
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
    /// Opens the store at `path`; an older one is brought up to date.
    ///
    /// # Errors
    /// The [`StoreError`] that says why it can't be used. The file is left as it was.
    pub fn open(path: &Path, lock_timeout: Duration) -> Result<Self, StoreError> {
        let path = StorePath::resolve(path)?;
        file::inspect(&path)?;
        let mut connection =
            connect(path.as_path(), lock_timeout).map_err(|error| error.at(path.as_path()))?;
        migrate::bring_up_to_date(&mut connection, &path).map_err(|error| error.at(path.as_path()))?;
        Ok(Self { connection, path })
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
            Err(_) => create(&place, lock_timeout, reading, founding)?,
        };
        Ok((Self::open(path, lock_timeout)?, made))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.path.as_path()
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
        let path = self.path.clone();
        let named = |error: rusqlite::Error| StoreError::from(error).at(path.as_path());
        // Immediate: a transaction that reads first and asks for the lock later can lose it.
        let tx = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(named)?;
        let handed = Tx {
            view: View {
                connection: &tx,
                reading: reading(),
            },
            audit_head: Cell::new(None),
        };
        let answer = write(&handed)?;
        match keeping {
            Keeping::Commit => tx.commit().map_err(named)?,
            Keeping::RollBack => tx.rollback().map_err(named)?,
        }
        Ok(answer)
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
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|error| self.error(error))?;
        if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        StoreError::from(error).at(self.path.as_path())
    }
}

/// Makes a whole store under another name and puts it in its place, so that nobody ever
/// sees half of one. `false`: another process was faster.
fn create<E: From<StoreError>>(
    place: &StorePath,
    lock_timeout: Duration,
    reading: Reading,
    founding: impl FnOnce(&Tx<'_>) -> Result<(), E>,
) -> Result<bool, E> {
    file::check_folder(place)?;
    let draft = place.beside(&format!(".{}.new", std::process::id()));
    let cannot = |source: std::io::Error| StoreError::Folder {
        path: place.folder().to_owned(),
        source,
    };
    // Left by a process of this number that was killed.
    let _ = std::fs::remove_file(&draft);
    file::make_private(&draft).map_err(cannot)?;
    let filled = fill(&draft, lock_timeout, reading, founding);
    if let Err(error) = filled {
        let _ = std::fs::remove_file(&draft);
        return Err(error);
    }
    match file::put_in_place(&draft, place) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(cannot(error).into()),
    }
}

fn fill<E: From<StoreError>>(
    draft: &Path,
    lock_timeout: Duration,
    reading: Reading,
    founding: impl FnOnce(&Tx<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut connection = connect(draft, lock_timeout)?;
    migrate::make_schema(&mut connection)?;
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(StoreError::from)?;
    founding(&Tx {
        view: View {
            connection: &tx,
            reading,
        },
        audit_head: Cell::new(None),
    })?;
    tx.commit().map_err(StoreError::from)?;
    // Closing the last connection writes the log back into the file.
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(())
}

fn connect(path: &Path, lock_timeout: Duration) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < 3_051_003 {
        return Err(StoreError::OldSqlite(rusqlite::version()));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_handler(Some(patience(lock_timeout)))?;
    connection.set_prepared_statement_cache_capacity(64);
    // Without, a statement whose plan could depend on a value is prepared anew for each value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    settle(&connection)?;
    Ok(connection)
}

/// Waits for a busy store in uneven steps. Who gets it next is a lottery; whoever has waited
/// for long asks more often, or among many somebody would always lose.
#[expect(clippy::disallowed_methods, reason = "SQLite waits in real time")]
fn patience(lock_timeout: Duration) -> impl FnMut(i32) -> bool + Send + 'static {
    let mut began = std::time::Instant::now();
    let mut dice = u64::from(std::process::id()) | 1;
    move |tries| {
        if tries == 0 {
            began = std::time::Instant::now();
        }
        let waited = began.elapsed();
        if waited >= lock_timeout {
            return false;
        }
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        std::thread::sleep(Duration::from_micros(
            1 + dice % longest_step(tries, waited, lock_timeout),
        ));
        true
    }
}

/// In microseconds. The first steps are short: most often one other is just about done. Few
/// are impatient at a time: when all ask often, asking is all the machine does.
fn longest_step(tries: i32, waited: Duration, lock_timeout: Duration) -> u64 {
    if tries < 2 {
        2_000
    } else if waited < lock_timeout / 8 {
        30_000
    } else if waited < lock_timeout / 4 {
        16_000
    } else if waited < lock_timeout / 2 {
        8_000
    } else {
        5_000
    }
}

/// Sets what durability and integrity need, and reads each back: SQLite answers an unknown
/// or refused pragma with silence.
fn settle(connection: &Connection) -> Result<(), StoreError> {
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Broken(format!("journal_mode is {mode}")));
    }
    for (name, wanted) in [
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
    ] {
        connection.pragma_update(None, name, wanted)?;
        let set: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        if set != wanted {
            return Err(StoreError::Broken(format!("{name} is {set}")));
        }
    }
    Ok(())
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
