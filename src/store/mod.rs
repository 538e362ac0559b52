//! The store: users and all that belongs to them. Use cases see [`Read`] and [`Write`], with types
//! of `domain`. No type, text or error of an engine leaves the folder of the engine.

#[cfg(test)]
mod contract;
mod engine;
mod error;
mod file_fault;
mod filter;
mod read;
mod sqlite;
mod write;

use std::path::Path;
use std::time::Duration;

use crate::domain::clock::Timestamp;

use engine::Engine;

pub(crate) use engine::{Busy, WriteMode};
pub use engine::{Keeping, Unwritable};
pub use error::StoreError;
pub use file_fault::StoreFileFault;
pub use filter::{ActorFilter, EventFilter, SortField, UserFilter, UserOrder};
pub(crate) use read::*;
#[cfg(feature = "cli")]
pub(crate) use sqlite::{make_folder_for, owner_of};
pub(crate) use write::*;

/// An open store. Several threads can use it at once: each read and each write has its own
/// connection, so that a write can happen inside a read.
pub(crate) struct Store {
    engine: Box<dyn Engine>,
}

impl Store {
    /// Opens the store at `path`. A store of an older version is migrated. A store that can't be
    /// written is opened for reading, if that is possible.
    ///
    /// # Errors
    /// The [`StoreError`] that says why the store can't be used. The store is not changed then.
    pub fn open(path: &Path, lock_timeout: Duration) -> Result<Self, StoreError> {
        let engine = sqlite::Sqlite::open(path, lock_timeout)?;
        Ok(Self {
            engine: Box::new(engine),
        })
    }

    /// Opens the store at `path`. If there is none, makes it first: `founding` fills the new store
    /// before other processes can see it. Returns whether this call made the store.
    ///
    /// # Errors
    /// The [`StoreError`] that says why the store can't be made or used.
    pub fn open_or_create<E: From<StoreError>>(
        path: &Path,
        lock_timeout: Duration,
        now: Timestamp,
        founding: impl FnOnce(&dyn Write) -> Result<(), E>,
    ) -> Result<(Self, bool), E> {
        let made = sqlite::make_if_missing(path, lock_timeout, now, founding)?;
        Ok((Self::open(path, lock_timeout)?, made))
    }

    /// The path of the store.
    pub fn path(&self) -> &Path {
        self.engine.path()
    }

    /// Why the store can only be read, if it can't be written.
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.engine.unwritable()
    }

    /// Adds to an error of a transaction what the engine knows about the cause: that the disk is
    /// full, or which file is damaged.
    pub fn explain(&self, error: StoreError) -> StoreError {
        self.engine.explain(error)
    }

    /// Checks that the store can be written. Other writes are not considered.
    ///
    /// # Errors
    /// Why the store can only be read.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        self.engine.check_writable()
    }

    /// Erases what was removed from all files.
    ///
    /// # Errors
    /// [`StoreError::Busy`] if another process still reads what was removed.
    pub fn forget_removed(&self) -> Result<(), StoreError> {
        self.engine.forget_removed()
    }

    /// Reads from one state of the store. Writes of others during the read are not seen.
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

    /// Makes all changes of `write`, or none. `now` is called when no other process can write: so
    /// the times of writes are in the order of the writes. `write` must have no effect outside the
    /// store, because it can be run again from its start.
    ///
    /// # Errors
    /// What `write` returns, or why the store can't be written. No change is kept then.
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
