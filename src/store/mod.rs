//! The store: users and all that belongs to them, whatever engine keeps it. Use cases see [`Read`]
//! and [`Write`], in types of `domain`; no type, text or error of an engine leaves its folder.

#[cfg(test)]
mod contract;
mod error;
mod filter;
mod read;
mod sqlite;
mod write;

use std::path::Path;
use std::time::Duration;

use crate::domain::clock::Timestamp;

pub use error::StoreError;
pub use filter::{SortField, UserFilter, UserOrder};
pub(crate) use read::*;
#[cfg(feature = "cli")]
pub(crate) use sqlite::{make_folder_for, owner_of};
pub(crate) use write::*;

/// An open store. Several threads can use it at once: each read and each write has a connection
/// of its own, so that one can happen inside the other.
pub(crate) struct Store {
    engine: Box<dyn Engine>,
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

/// Why a store that can be read can't be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unwritable {
    /// The file has a second name (a hard link). SQLite keeps a log for each name, so that a
    /// write under one name can be lost under the other.
    TwoNames,
    /// There is no room for a write.
    Full,
    /// The file, its folder or its file system is read-only.
    ReadOnly,
}

/// How a write is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct WriteMode {
    /// Whether it is kept.
    pub keeping: Keeping,
    /// What happens while another write is under way.
    pub busy: Busy,
    /// Whether it touches thousands of rows: the engine takes more memory then.
    pub bulk: bool,
}

/// What a write does while another one is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Busy {
    /// It waits, for as long as the lock time-out.
    #[default]
    Wait,
    /// It fails at once.
    GiveUp,
}

/// What keeps a store.
pub(crate) trait Engine: Send + Sync {
    /// Reads; what is read belongs together, whatever is written meanwhile.
    fn read(&self, now: Timestamp, read: &mut dyn FnMut(&dyn Read)) -> Result<(), StoreError>;

    /// Writes what `write` does, if it says so. An engine that can't put a transaction into an
    /// order with others runs it again from its start.
    fn write(
        &self,
        mode: WriteMode,
        now: &dyn Fn() -> Timestamp,
        write: &mut dyn FnMut(&dyn Write) -> Keeping,
    ) -> Result<(), StoreError>;

    /// Whether a write could be made now, other writes apart.
    fn check_writable(&self) -> Result<(), StoreError>;

    /// Leaves no trace of what was removed. [`StoreError::Busy`]: somebody reads it.
    fn forget_removed(&self) -> Result<(), StoreError>;

    /// Says of an error that came out of a transaction what is known around it.
    fn explain(&self, error: StoreError) -> StoreError;

    /// Where the store is.
    fn path(&self) -> &Path;

    /// Why the store can only be read, if it can't be written.
    fn unwritable(&self) -> Option<Unwritable>;
}

impl Store {
    /// Opens the store at `path`; an older one is brought up to date. Where it can't be
    /// written, it is opened to be read, if that is possible.
    ///
    /// # Errors
    /// The [`StoreError`] that says why it can't be used. The store is left as it was.
    pub fn open(path: &Path, lock_timeout: Duration) -> Result<Self, StoreError> {
        let engine = sqlite::Sqlite::open(path, lock_timeout)?;
        Ok(Self {
            engine: Box::new(engine),
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
        now: Timestamp,
        founding: impl FnOnce(&dyn Write) -> Result<(), E>,
    ) -> Result<(Self, bool), E> {
        let made = sqlite::make_if_missing(path, lock_timeout, now, founding)?;
        Ok((Self::open(path, lock_timeout)?, made))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.engine.path()
    }

    /// Why the store can only be read, if it can't be written.
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.engine.unwritable()
    }

    /// Says of an error that came out of a transaction what is known around it: that the disk is
    /// full, which file is damaged.
    pub fn explain(&self, error: StoreError) -> StoreError {
        self.engine.explain(error)
    }

    /// Whether a write could be made now, other writes apart.
    ///
    /// # Errors
    /// Why the store can only be read.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        self.engine.check_writable()
    }

    /// Leaves no trace of what was removed.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if somebody is reading what was removed.
    pub fn forget_removed(&self) -> Result<(), StoreError> {
        self.engine.forget_removed()
    }

    /// Reads; what is read belongs together, whatever is written meanwhile.
    ///
    /// # Errors
    /// What `read` returns, or why the store can't be read.
    pub fn read<T, E: From<StoreError>>(
        &self,
        now: Timestamp,
        read: impl FnOnce(&dyn Read) -> Result<T, E>,
    ) -> Result<T, E> {
        let (mut read, mut outcome) = (Some(read), None);
        self.engine.read(now, &mut |view| {
            outcome = read.take().map(|read| read(view));
        })?;
        outcome.unwrap_or_else(|| Err(never_run().into()))
    }

    /// Writes: all of `write` or nothing. `now` is asked for once nobody else can write: the
    /// moments of writes are in the order of the writes, however long each waited. `write` has
    /// no effect outside the store, for it may be run again from its start.
    ///
    /// # Errors
    /// What `write` returns, or why the store can't be written; nothing is kept then.
    pub fn write<T, E: From<StoreError>>(
        &self,
        mode: WriteMode,
        now: &dyn Fn() -> Timestamp,
        write: impl Fn(&dyn Write) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut outcome = None;
        self.engine.write(mode, now, &mut |tx| {
            let done = write(tx);
            let keeping = if done.is_ok() {
                mode.keeping
            } else {
                Keeping::RollBack
            };
            outcome = Some(done);
            keeping
        })?;
        outcome.unwrap_or_else(|| Err(never_run().into()))
    }
}

fn never_run() -> StoreError {
    StoreError::Broken("a transaction was not run".to_owned())
}
