//! The interface of an engine, which keeps a store.

use std::path::Path;

use super::error::StoreError;
use super::read::Read;
use super::write::Write;
use crate::domain::clock::Timestamp;

/// Whether the changes of a transaction are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keeping {
    /// The changes are committed.
    #[default]
    Commit,
    /// The changes are made and then rolled back: a dry run.
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
    /// Whether the changes are kept.
    pub keeping: Keeping,
    /// What happens during another write.
    pub busy: Busy,
    /// Whether the write changes thousands of rows. The engine uses more memory then.
    pub bulk: bool,
}

/// What a write does during another write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Busy {
    /// It waits, at most for the lock time-out.
    #[default]
    Wait,
    /// It fails at once.
    GiveUp,
}

/// An engine keeps a store.
pub(crate) trait Engine: Send + Sync {
    /// Reads from one state of the store. Writes of others during the read are not seen.
    fn read(&self, now: Timestamp, read: &mut dyn FnMut(&dyn Read)) -> Result<(), StoreError>;

    /// Runs `write` in a transaction, and commits if `write` says so. If the transaction conflicts
    /// with another one, an engine can run `write` again from its start.
    fn write(
        &self,
        mode: WriteMode,
        now: &dyn Fn() -> Timestamp,
        write: &mut dyn FnMut(&dyn Write) -> Keeping,
    ) -> Result<(), StoreError>;

    /// Checks that the store can be written. Other writes are not considered.
    fn check_writable(&self) -> Result<(), StoreError>;

    /// Erases what was removed from all files. Returns [`StoreError::Busy`] if another process still
    /// reads it.
    fn forget_removed(&self) -> Result<(), StoreError>;

    /// Adds to an error of a transaction what the engine knows about the cause.
    fn explain(&self, error: StoreError) -> StoreError;

    /// The path of the store.
    fn path(&self) -> &Path;

    /// Why the store can only be read, if it can't be written.
    fn unwritable(&self) -> Option<Unwritable>;
}
