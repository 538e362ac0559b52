//! Connections to the file: how each is opened, what is set on it, how long it waits.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, FileControl, MAIN_DB, OpenFlags};

use super::obstacle::is_read_only;
use super::path::StorePath;
use crate::store::StoreError;

/// The write-ahead log keeps no more than this from one checkpoint to the next. The last
/// process to close the store empties it whatever is set here, as long as something is.
const LONGEST_LOG: i64 = 4 * 1024 * 1024;
const PRIVATE_FILE: u32 = 0o600;

/// Opens the file at `path` to read and to write it.
pub(super) fn connect(path: &Path, lock_timeout: Duration) -> Result<Connection, StoreError> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, lock_timeout)?;
    keep_log_and_index(&connection)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::Broken(format!("journal_mode is {mode}")));
    }
    settle(
        &connection,
        &[
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("trusted_schema", 0),
            ("secure_delete", 1),
            ("journal_size_limit", LONGEST_LOG),
        ],
    )?;
    Ok(connection)
}

/// Opens a store that has a second name: it is read, and nothing is written back into it, not
/// even what its log holds.
pub(super) fn connect_to_look(path: &StorePath, lock_timeout: Duration) -> Result<Connection, StoreError> {
    let connection = open(path.as_path(), OpenFlags::SQLITE_OPEN_READ_ONLY, lock_timeout)?;
    keep_log_and_index(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    settle_for_reading(&connection)?;
    Ok(connection)
}

/// Opens a store where neither the log nor its index can be written: on a full disk or on a
/// read-only file system. A process that can write may have it open meanwhile.
pub(super) fn connect_to_unwritable(
    path: &StorePath,
    lock_timeout: Duration,
) -> Result<Connection, StoreError> {
    let parameters = if has_index(path) {
        // SQLite keeps the index in memory of its own then, and locks the store all the same.
        "mode=ro&readonly_shm=1"
    } else if is_read_only(path.folder()) && has_no_log(path) {
        // Nobody else can write either.
        "mode=ro&immutable=1"
    } else {
        return Err(StoreError::ReadOnly);
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection = open(&uri(path.as_path(), parameters), flags, lock_timeout)?;
    settle_for_reading(&connection)?;
    Ok(connection)
}

/// Whether there is a file for the index of the log. An empty one takes no room on a full disk.
fn has_index(path: &StorePath) -> bool {
    let index = path.beside("-shm");
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(PRIVATE_FILE)
        .open(&index);
    made.is_ok() || index.exists()
}

/// Whether nothing stands in the log of the store at `path`.
pub(super) fn has_no_log(path: &StorePath) -> bool {
    fs::metadata(path.beside("-wal")).map_or(true, |log| log.len() == 0)
}

fn open(path: &Path, flags: OpenFlags, lock_timeout: Duration) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < 3_051_003 {
        return Err(StoreError::OldSqlite(rusqlite::version()));
    }
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut connection = Connection::open_with_flags(path, flags)?;
    wait_for(&mut connection, lock_timeout)?;
    connection.set_prepared_statement_cache_capacity(64);
    // Without, a statement whose plan could depend on a value is prepared anew for each value.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// The files `-wal` and `-shm` stay when the last process closes the store: where they are there
/// already, a store can be read on a full disk and on a read-only file system.
fn keep_log_and_index(connection: &Connection) -> Result<(), StoreError> {
    let mut keep = 1;
    Ok(connection.file_control(Some(MAIN_DB), FileControl::PersistWal(&mut keep))?)
}

fn settle_for_reading(connection: &Connection) -> Result<(), StoreError> {
    settle(connection, &[("query_only", 1), ("trusted_schema", 0)])?;
    // The first read opens the log and its index: what fails, fails here.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(())
}

/// Sets what durability and integrity need, and reads each back: SQLite answers an unknown
/// or refused pragma with silence.
fn settle(connection: &Connection, pragmas: &[(&str, i64)]) -> Result<(), StoreError> {
    for (name, wanted) in pragmas {
        connection.pragma_update(None, name, wanted)?;
        let set: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        if set != *wanted {
            return Err(StoreError::Broken(format!("{name} is {set}")));
        }
    }
    Ok(())
}

/// Any path, as part of a URI of SQLite (<https://www.sqlite.org/uri.html>).
fn uri(path: &Path, parameters: &str) -> std::path::PathBuf {
    let mut text = String::from("file:");
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text.push('?');
    text.push_str(parameters);
    OsString::from(text).into()
}

/// From now on a busy store is waited for so long; for no time, not at all.
pub(super) fn wait_for(connection: &mut Connection, lock_timeout: Duration) -> Result<(), StoreError> {
    Ok(connection.busy_handler(Some(patience(lock_timeout)))?)
}

/// Waits for a busy store in uneven steps. Which process gets it next is a lottery; a process
/// that has waited for long asks more often, or among many one would always lose.
#[expect(clippy::disallowed_methods, reason = "SQLite waits in real time")]
fn patience(lock_timeout: Duration) -> impl FnMut(i32) -> bool + Send + 'static {
    let mut began = std::time::Instant::now();
    let mut dice = seed();
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

/// No secret, but different in each process: in containers that share a store all have the
/// number 1.
fn seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id()) | 1
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    #[test]
    fn any_path_is_one_name_in_a_uri() {
        let path = Path::new(OsStr::from_bytes(b"/a b/\xFF%?mode=memory#x&y/s.db"));
        let made = uri(path, "mode=ro");
        let expected = "file:/a%20b/%FF%25%3Fmode%3Dmemory%23x%26y/s.db?mode=ro";
        assert_eq!(made, Path::new(expected));
    }
}
