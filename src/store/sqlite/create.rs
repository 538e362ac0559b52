//! A new store is made complete under another name and then put in its place: no process ever
//! sees half of one.

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
use crate::store::{StoreError, Write};

/// Makes a store at `path`, if nothing stands there, which `founding` fills. Tells whether it was
/// made by this call.
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

/// `false`: another process made one first.
fn create<E: From<StoreError>>(
    place: &StorePath,
    lock_timeout: Duration,
    now: Timestamp,
    founding: impl FnOnce(&dyn Write) -> Result<(), E>,
) -> Result<bool, E> {
    check_folder(place)?;
    check_name(place)?;
    if !has_no_log(place) {
        // A store that was made a moment ago may have a log already.
        return match fs::symlink_metadata(place.as_path()) {
            Ok(_) => Ok(false),
            Err(_) => Err(StoreError::LogWithoutStore {
                log: place.beside("-wal"),
            }
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

/// SQLite would take a store of that name for the log of another one.
fn check_name(place: &StorePath) -> Result<(), StoreError> {
    let name = place.as_path().as_os_str().as_encoded_bytes();
    let ends = [&b"-wal"[..], b"-shm", b"-journal"];
    if ends.iter().any(|end| name.ends_with(end)) {
        return Err(StoreError::NameOfALog {
            path: place.as_path().to_owned(),
        });
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
    // Closing a connection writes the log back too, but tells nobody when that fails.
    super::write_log_back(&connection)?;
    connection.close().map_err(|(_, error)| StoreError::from(error))?;
    Ok(())
}

/// Takes the room that opening and a first write need, until it is in its place: a disk that is
/// nearly full has no store that can't be used.
fn reserve(place: &StorePath) -> io::Result<Draft> {
    let mut room = Draft::in_folder(place.folder())?;
    room.write_all(&vec![0; 2 * ROOM_FOR_A_WRITE])?;
    Ok(room)
}
