//! Makes a new store. It is made complete under another name and gets its own name then, so that no
//! process sees an incomplete store.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use rusqlite::TransactionBehavior;

use super::connection::{connect, has_no_log};
use super::faults::cannot_write;
use super::folder::{check_folder, make_folder};
use super::obstacle::ROOM_FOR_A_WRITE;
use super::path::StorePath;
use super::{SqliteTransaction, migrate};
use crate::domain::clock::Timestamp;
use crate::files::{Draft, PutError};
use crate::store::{StoreError, StoreFileFault, Write};

/// Makes a store at `path`, if there is no file, and fills it with `founding`. Returns whether this
/// call made the store.
pub(crate) fn make_if_missing<E: From<StoreError>>(
    path: &Path,
    lock_timeout: Duration,
    now: Timestamp,
    founding: impl FnOnce(&dyn Write) -> Result<(), E>,
) -> Result<bool, E> {
    make_folder(path)?;
    let place = StorePath::resolve(path)?;
    match fs::symlink_metadata(place.as_path()) {
        Ok(_) => Ok(false),
        Err(_) => create(&place, lock_timeout, now, founding),
    }
}

/// Returns `false` if another process made a store first.
fn create<E: From<StoreError>>(
    place: &StorePath,
    lock_timeout: Duration,
    now: Timestamp,
    founding: impl FnOnce(&dyn Write) -> Result<(), E>,
) -> Result<bool, E> {
    check_folder(place)?;
    check_name(place)?;
    if !has_no_log(place) {
        // Another process may have made the store a moment ago: it can have a log already.
        return match fs::symlink_metadata(place.as_path()) {
            Ok(_) => Ok(false),
            Err(_) => Err(StoreError::File(StoreFileFault::LogWithoutStore {
                log: place.beside("-wal"),
            })
            .into()),
        };
    }
    let failed = |error: io::Error| cannot_write(place, error);
    let draft = Draft::in_folder(place.folder()).map_err(failed)?;
    draft.remove_orphans();
    fill(draft.path(), lock_timeout, now, founding)?;
    let room = reserve(place).map_err(failed)?;
    let put = draft.put_new(place.as_path());
    drop(room);
    match put {
        Ok(()) => Ok(true),
        Err(PutError::NotPut(error)) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error.into()).into()),
    }
}

/// Refuses a name that SQLite would take for the log of another store.
fn check_name(place: &StorePath) -> Result<(), StoreError> {
    let name = place.as_path().as_os_str().as_encoded_bytes();
    let ends = [&b"-wal"[..], b"-shm", b"-journal"];
    if ends.iter().any(|end| name.ends_with(end)) {
        return Err(StoreError::File(StoreFileFault::NameOfALog {
            path: place.as_path().to_owned(),
        }));
    }
    Ok(())
}

fn fill<E: From<StoreError>>(
    draft: &Path,
    lock_timeout: Duration,
    now: Timestamp,
    founding: impl FnOnce(&dyn Write) -> Result<(), E>,
) -> Result<(), E> {
    let mut connection = connect(draft, lock_timeout)?;
    migrate::make_schema(&mut connection)?;
    let tx = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(StoreError::from)?;
    founding(&SqliteTransaction::new(&tx, now))?;
    tx.commit().map_err(StoreError::from)?;
    // Closing a connection writes the log back too, but gives no error if this fails.
    super::write_log_back(&connection)?;
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(())
}

/// Reserves the disk space that opening the store and a first write need, until the store has its
/// name. So a store that can't be used is never made on an almost full disk.
fn reserve(place: &StorePath) -> io::Result<Draft> {
    let mut room = Draft::in_folder(place.folder())?;
    room.write_all(&vec![0; 2 * ROOM_FOR_A_WRITE])?;
    Ok(room)
}
