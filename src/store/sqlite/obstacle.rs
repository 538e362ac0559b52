//! Asks the file system why a store can't be written: SQLite often says only "disk I/O error".

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use nix::sys::resource::{Resource, getrlimit};
use nix::sys::statvfs::{FsFlags, statvfs};
use nix::unistd::geteuid;

use super::path::StorePath;
use crate::files::Draft;
use crate::store::StoreError;

/// The space for a write, in bytes: a new index of the log, and some pages of the log.
pub(super) const ROOM_FOR_A_WRITE: usize = 64 * 1024;

/// Whether the file system of `folder` is mounted read-only.
pub(super) fn is_read_only(folder: &Path) -> bool {
    statvfs(folder).is_ok_and(|system| system.flags().contains(FsFlags::ST_RDONLY))
}

/// Whether the disk has no space for a write. SQLite must not try to write then: it maps the index
/// of the log into memory, and if this file can't grow, the system ends the process.
pub(super) fn is_full(folder: &Path) -> bool {
    let Ok(system) = statvfs(folder) else {
        return false;
    };
    let blocks = if geteuid().is_root() {
        system.blocks_free()
    } else {
        system.blocks_available()
    };
    // A file system without a size reports 0 for each number.
    system.blocks() > 0 && blocks.saturating_mul(system.fragment_size()) < ROOM_FOR_A_WRITE as u64
}

/// The error if the file system is the reason why the store can't be written.
pub(super) fn of(path: &StorePath) -> Option<StoreError> {
    if is_read_only(path.folder()) {
        return Some(StoreError::ReadOnly);
    }
    if is_full(path.folder()) {
        return Some(StoreError::Full);
    }
    match write_beside(path) {
        Err(error) => full_or_read_only(&error),
        Ok(()) if is_at_size_limit(path) => Some(StoreError::Full),
        Ok(()) => None,
    }
}

fn write_beside(path: &StorePath) -> io::Result<()> {
    let mut draft = Draft::in_folder(path.folder())?;
    draft.write_all(&vec![0; ROOM_FOR_A_WRITE])
}

fn full_or_read_only(error: &io::Error) -> Option<StoreError> {
    use io::ErrorKind as K;
    match error.kind() {
        K::StorageFull | K::QuotaExceeded | K::FileTooLarge => Some(StoreError::Full),
        K::ReadOnlyFilesystem | K::PermissionDenied => Some(StoreError::ReadOnly),
        _ => None,
    }
}

/// Whether the store or its log can hardly grow under the file size limit of this process (`ulimit
/// -f`).
fn is_at_size_limit(path: &StorePath) -> bool {
    let Ok((limit, _)) = getrlimit(Resource::RLIMIT_FSIZE) else {
        return false;
    };
    let longest = ["", "-wal", "-shm"]
        .iter()
        .filter_map(|end| fs::metadata(path.beside(end)).ok())
        .map(|found| found.len())
        .max();
    longest.is_some_and(|length| length.saturating_add(ROOM_FOR_A_WRITE as u64) > limit)
}
