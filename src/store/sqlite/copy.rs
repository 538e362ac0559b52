//! The copy of a store that is made before a migration.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::connection::connect_to_look;
use super::faults::cannot_write;
use super::header::{APPLICATION_ID, version};
use super::path::StorePath;
use crate::files::Draft;
use crate::store::StoreError;

/// The largest number of copies of one version beside a store.
const MOST_COPIES: u32 = 100;

/// Makes a copy of the store, which has the version `found`. The copy stands beside the store, and
/// only its owner can read it. The caller holds the lock for writing. An equal copy of an earlier
/// try is used as it is. Another file with this name stays, and the copy gets a number.
///
/// # Errors
/// Why there is no complete copy. The store must not be migrated then.
pub(super) fn keep(path: &StorePath, found: i64, lock_timeout: Duration) -> Result<(), StoreError> {
    let failed = |error: io::Error| cannot_write(path, error);
    let draft = Draft::in_folder(path.folder()).map_err(failed)?;
    draft.remove_orphans();
    copy_into(draft.path(), path, lock_timeout)?;
    check(draft.path(), path, found)?;
    let mut places = (1..=MOST_COPIES).map(|number| place_of(path, found, number));
    let place = places
        .find(|place| is_free(place) || is_equal(draft.path(), place))
        .ok_or_else(|| failed(io::ErrorKind::AlreadyExists.into()))?;
    if is_free(&place) {
        draft.put_new(&place).map_err(|error| failed(error.into()))?;
    }
    Ok(())
}

fn place_of(path: &StorePath, version: i64, number: u32) -> PathBuf {
    let number = if number == 1 {
        String::new()
    } else {
        format!(".{number}")
    };
    path.beside(&format!(".before-migration-from-{version}{number}"))
}

fn is_free(place: &Path) -> bool {
    fs::symlink_metadata(place).is_err()
}

/// Copies all that is committed. It uses its own connection: SQLite can't copy over a connection
/// that holds the lock for writing.
fn copy_into(draft: &Path, path: &StorePath, lock_timeout: Duration) -> Result<(), StoreError> {
    let source = connect_to_look(path, lock_timeout)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut target = Connection::open_with_flags(draft, flags)?;
    // The whole file is synced before it gets its name.
    target.pragma_update(None, "journal_mode", "OFF")?;
    target.pragma_update(None, "synchronous", "OFF")?;
    match Backup::new(&source, &mut target)?.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy),
    }
}

/// Checks that the copy is complete and not damaged. If it is damaged, the store is damaged too.
fn check(draft: &Path, path: &StorePath, found: i64) -> Result<(), StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let copy = Connection::open_with_flags(draft, flags)?;
    let answer: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    let id: u32 = copy.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if answer != "ok" || id != APPLICATION_ID || version(&copy)? != found {
        return Err(StoreError::Damaged {
            path: path.as_path().to_owned(),
        });
    }
    Ok(())
}

/// Whether there is a file with the content of `draft` at `place`.
fn is_equal(draft: &Path, place: &Path) -> bool {
    fs::symlink_metadata(place).is_ok_and(|found| found.is_file())
        && same_bytes(draft, place).unwrap_or_default()
}

fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let (mut one, mut other) = (File::open(one)?, File::open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        let length = one.read(&mut left)?;
        if length == 0 {
            return Ok(true);
        }
        other.read_exact(&mut right[..length])?;
        if left[..length] != right[..length] {
            return Ok(false);
        }
    }
}
