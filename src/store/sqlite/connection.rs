//! Connections to the file of a store.

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

/// The size of the write-ahead log after a checkpoint. If any limit is set, the last process that
/// closes the store empties the log.
const LONGEST_LOG: i64 = 4 * 1024 * 1024;
const PRIVATE_FILE: u32 = 0o600;

/// Opens the file at `path` for reading and writing.
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

/// Opens a store that has a second name, for reading only. Nothing is written into the file, not
/// even the content of its log.
pub(super) fn connect_to_look(path: &StorePath, lock_timeout: Duration) -> Result<Connection, StoreError> {
    let connection = open(path.as_path(), OpenFlags::SQLITE_OPEN_READ_ONLY, lock_timeout)?;
    keep_log_and_index(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    settle_for_reading(&connection)?;
    Ok(connection)
}

/// Opens a store whose log and index can't be written: on a full disk or on a read-only file system.
/// Another process can write the store at the same time.
pub(super) fn connect_to_unwritable(
    path: &StorePath,
    lock_timeout: Duration,
) -> Result<Connection, StoreError> {
    let parameters = if has_index(path) {
        // SQLite keeps the index in its own memory then, and still locks the store.
        "mode=ro&readonly_shm=1"
    } else if is_read_only(path.folder()) && has_no_log(path) {
        // Other processes can't write either.
        "mode=ro&immutable=1"
    } else {
        return Err(StoreError::ReadOnly);
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection = open(&uri(path.as_path(), parameters), flags, lock_timeout)?;
    settle_for_reading(&connection)?;
    Ok(connection)
}

/// Makes the file for the index of the log, if it is missing; an empty file fits on a full disk.
/// Returns whether the file is there.
fn has_index(path: &StorePath) -> bool {
    let index = path.beside("-shm");
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(PRIVATE_FILE)
        .open(&index);
    made.is_ok() || index.exists()
}

/// Whether the log of the store is empty or missing.
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
    // Without this setting, SQLite prepares a statement again for each value on which its plan could
    // depend.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// The files `-wal` and `-shm` stay when the last process closes the store. So a store can be read
/// on a full disk and on a read-only file system.
fn keep_log_and_index(connection: &Connection) -> Result<(), StoreError> {
    let mut keep = 1;
    Ok(connection.file_control(Some(MAIN_DB), FileControl::PersistWal(&mut keep))?)
}

fn settle_for_reading(connection: &Connection) -> Result<(), StoreError> {
    settle(connection, &[("query_only", 1), ("trusted_schema", 0)])?;
    // The first read opens the log and its index. If this fails, it fails here.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(())
}

/// Sets the pragmas for durability and integrity, and reads each value back: SQLite gives no error
/// for an unknown or refused pragma.
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

/// Sets how long the connection waits for a busy store.
pub(super) fn wait_for(connection: &mut Connection, lock_timeout: Duration) -> Result<(), StoreError> {
    Ok(connection.busy_handler(Some(patience(lock_timeout)))?)
}

/// Waits for a busy store in random steps. Chance decides which process gets the store next. A
/// process that has waited for a long time asks more often; otherwise one process among many could
/// wait for ever.
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

/// The seed is different in each process, and not secret. The process id alone is not enough: in
/// containers that share a store it can be 1 in all of them.
fn seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(std::process::id()) | 1
}

/// The longest step, in microseconds. The first steps are short, because the other process is often
/// almost done. Later only the processes that have waited for a long time have short steps: if all
/// processes asked often, the machine would do nothing else.
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
