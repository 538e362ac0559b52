//! Older stores, and stores that a migration must leave as they are.

use super::*;
use crate::store::sqlite::connection::connect;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

const NO_TIME: Duration = Duration::ZERO;

/// Today's steps, and those after them.
fn followed_by(next: &[Migration]) -> Vec<Migration> {
    [MIGRATIONS, next].concat()
}

fn next() -> Vec<Migration> {
    followed_by(&["CREATE TABLE later (x INTEGER) STRICT;"])
}

fn store_of(migrations: &[Migration]) -> (tempfile::TempDir, StorePath, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let (path, connection) = store_in(folder.path(), migrations);
    (folder, path, connection)
}

fn store_in(folder: &Path, migrations: &[Migration]) -> (StorePath, Connection) {
    let path = StorePath::resolve(&folder.join("s.db")).unwrap();
    fs::write(path.as_path(), "").unwrap();
    let mut connection = connect(path.as_path(), NO_TIME).unwrap();
    connection
        .pragma_update(None, "application_id", APPLICATION_ID)
        .unwrap();
    apply(&mut connection, migrations).unwrap();
    (path, connection)
}

fn migrate(
    connection: &mut Connection,
    path: &StorePath,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    super::migrate(connection, path, NO_TIME, migrations)
}

fn copy_of(path: &StorePath, number: &str) -> std::path::PathBuf {
    path.beside(&format!(".before-migration-from-{}{number}", latest_version()))
}

#[test]
fn an_older_store_is_migrated_after_a_private_copy() {
    let (_folder, path, mut connection) = store_of(MIGRATIONS);
    migrate(&mut connection, &path, &next()).unwrap();
    assert_eq!(version(&connection).unwrap(), latest_version() + 1);
    let copy = copy_of(&path, "");
    let mode = fs::metadata(&copy).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(
        version(&Connection::open(copy).unwrap()).unwrap(),
        latest_version()
    );
}

#[test]
fn a_store_of_version_1_keeps_its_count_of_strangers() {
    let (_folder, path, mut connection) = store_of(&MIGRATIONS[..1]);
    connection
        .execute_batch("DELETE FROM unknown_sign_ins; INSERT INTO unknown_sign_ins (id, count, written_at) VALUES (1, 7, 5)")
        .unwrap();
    bring_up_to_date(&mut connection, &path, NO_TIME).unwrap();
    assert_eq!(version(&connection).unwrap(), latest_version());
    let sql = "SELECT kind, count, written_at FROM strangers";
    let strangers: (i64, i64, i64) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    assert_eq!(strangers, (1, 7, 5));
    assert!(connection.prepare("SELECT * FROM unknown_sign_ins").is_err());
}

#[test]
fn a_store_of_version_3_keeps_its_waiting_mail() {
    let (_folder, path, mut connection) = store_of(&MIGRATIONS[..3]);
    connection
        .execute_batch(
            "INSERT INTO mail_queue (id, message, created_at, attempts, next_attempt_at, leased_until)
             VALUES (zeroblob(16), 'reset-password', 1, 2, 3, 4)",
        )
        .unwrap();
    bring_up_to_date(&mut connection, &path, NO_TIME).unwrap();
    let sql = "SELECT attempts, reset_id IS NULL FROM mail_queue";
    let kept: (i64, bool) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(kept, (2, true));
}

#[test]
fn a_store_of_version_5_keeps_its_record_and_takes_every_kind_of_actor() {
    let (_folder, path, mut connection) = store_of(&MIGRATIONS[..5]);
    let insert = "INSERT INTO audit_events (id, at, actor_kind, action, fields, outcome, hash)
                  VALUES (zeroblob(16), 1, ?1, 'a', '', 'success', zeroblob(32))";
    for kind in ["os", "user"] {
        connection.execute(insert, [kind]).unwrap();
    }
    assert!(connection.execute(insert, ["service"]).is_err());
    bring_up_to_date(&mut connection, &path, NO_TIME).unwrap();
    for kind in ["service", "visitor"] {
        connection.execute(insert, [kind]).unwrap();
    }
    let count: i64 = connection
        .query_row("SELECT count(*) FROM audit_events", [], |row| row.get(0))
        .unwrap();
    assert_eq!(count, 4);
    assert!(connection.execute("DELETE FROM audit_events", []).is_err());
    assert!(connection.execute("UPDATE audit_events SET at = 2", []).is_err());
}

#[test]
fn hashes_are_to_be_counted_after_version_6_only_if_there_are_some() {
    let users = "INSERT INTO users VALUES (zeroblob(16), 'a', 'a', '', '', 'active', 'en', NULL, 1, 1);";
    let credentials = "INSERT INTO credentials VALUES (zeroblob(16), 'set', '$2b$', 0);";
    for (rows, counted) in [(users.to_owned(), true), (format!("{users}{credentials}"), false)] {
        let (_folder, path, mut connection) = store_of(&MIGRATIONS[..6]);
        connection.execute_batch(&rows).unwrap();
        bring_up_to_date(&mut connection, &path, NO_TIME).unwrap();
        let sql = "SELECT done FROM hash_count";
        let done: bool = connection.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(done, counted);
    }
}

#[test]
fn a_store_of_version_8_keeps_the_costs_of_its_hashes_and_takes_slow_ones() {
    let (_folder, path, mut connection) = store_of(&MIGRATIONS[..8]);
    connection
        .execute_batch("INSERT INTO hash_costs VALUES ('bcrypt 12', 3, 250000)")
        .unwrap();
    bring_up_to_date(&mut connection, &path, NO_TIME).unwrap();
    let sql = "SELECT users, time, slow IS NULL AND slow_at IS NULL FROM hash_costs";
    let kept: (i64, i64, bool) = connection
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    assert_eq!(kept, (3, 250_000, true));
    let set = |to: &str| connection.execute(&format!("UPDATE hash_costs SET {to}"), []);
    assert!(set("slow = 1").is_err());
    assert!(set("slow_at = 1").is_err());
    set("slow = 1, slow_at = 1").unwrap();
}

#[test]
fn a_store_of_version_9_keeps_its_rules_without_lists_that_cost_a_table_a_row() {
    let (_folder, path, mut connection) = store_of(&MIGRATIONS[..9]);
    let user = "INSERT INTO users VALUES (?1, ?2, ?2, '', '', ?2, 'en', NULL, 1, 1)";
    let insert = |connection: &Connection, id: u8, status: &str| {
        connection.execute(user, rusqlite::params![[id; 16], status])
    };
    insert(&connection, 1, "pending").unwrap();
    bring_up_to_date(&mut connection, &path, NO_TIME).unwrap();
    for (id, status) in (2..).zip(["active", "deactivated", "deleted"]) {
        insert(&connection, id, status).unwrap();
    }
    assert!(insert(&connection, 9, "other").is_err());
    for (state, is_taken) in [("none", true), ("random", true), ("other", false)] {
        let sql = format!("REPLACE INTO credentials VALUES (?1, '{state}', NULL, 0)");
        assert_eq!(
            connection.execute(&sql, [[1_u8; 16]]).is_ok(),
            is_taken,
            "{state}"
        );
    }
    let sql = "SELECT group_concat(sql) FROM sqlite_schema";
    let schema: String = connection.query_row(sql, [], |row| row.get(0)).unwrap();
    let lists = schema
        .split(" IN (")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    assert_eq!(lists.filter(|list| list.split(',').count() > 2).count(), 0);
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    let again = connect(path.as_path(), NO_TIME).unwrap();
    assert!(insert(&again, 10, "other").is_err());
}

#[test]
fn the_newest_version_stays_and_a_newer_one_is_refused() {
    let (_folder, path, mut connection) = store_of(MIGRATIONS);
    migrate(&mut connection, &path, MIGRATIONS).unwrap();
    migrate(&mut connection, &path, &next()).unwrap();
    migrate(&mut connection, &path, &next()).unwrap();
    let refused = migrate(&mut connection, &path, MIGRATIONS);
    let Err(StoreError::Newer { found, known, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((found, known), (latest_version() + 1, latest_version()));
}

#[test]
fn a_step_that_fails_leaves_the_old_schema() {
    let (_folder, path, mut connection) = store_of(MIGRATIONS);
    let broken = followed_by(&["CREATE TABLE a (x INTEGER) STRICT;", "nonsense;"]);
    assert!(migrate(&mut connection, &path, &broken).is_err());
    assert_eq!(version(&connection).unwrap(), latest_version());
    assert!(connection.prepare("SELECT * FROM a").is_err());
}

#[test]
fn other_files_with_the_name_of_the_copy_stay_and_an_equal_copy_is_used() {
    let (_folder, path, mut connection) = store_of(MIGRATIONS);
    let elsewhere = path.beside(".elsewhere");
    symlink(&elsewhere, copy_of(&path, "")).unwrap();
    fs::create_dir(copy_of(&path, ".2")).unwrap();
    fs::write(copy_of(&path, ".3"), "").unwrap();
    let broken = followed_by(&["nonsense;"]);
    // Killed after the copy, or failed: the next try finds the copy it needs.
    for _ in 0..2 {
        assert!(migrate(&mut connection, &path, &broken).is_err());
    }
    migrate(&mut connection, &path, &next()).unwrap();
    assert!(!elsewhere.exists());
    assert_eq!(fs::read(copy_of(&path, ".3")).unwrap(), b"");
    let copy = Connection::open(copy_of(&path, ".4")).unwrap();
    assert_eq!(version(&copy).unwrap(), latest_version());
    assert!(!copy_of(&path, ".5").exists());
}

#[test]
fn a_path_that_is_not_utf_8_has_its_copy_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(OsStr::from_bytes(b"caf\xE9 %41?"));
    fs::create_dir(&folder).unwrap();
    let (path, mut connection) = store_in(&folder, MIGRATIONS);
    migrate(&mut connection, &path, &next()).unwrap();
    drop(connection);
    let names = fs::read_dir(&folder).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let copy = format!("s.db.before-migration-from-{}", latest_version());
    assert_eq!(names, ["s.db", "s.db-shm", "s.db-wal", &copy]);
}

#[test]
fn a_damaged_store_is_not_migrated() {
    let (_folder, path, connection) = store_of(MIGRATIONS);
    drop(connection);
    let mut bytes = fs::read(path.as_path()).unwrap();
    let end = bytes.len();
    bytes[end - 4096..].fill(7);
    fs::write(path.as_path(), &bytes).unwrap();
    let mut connection = connect(path.as_path(), NO_TIME).unwrap();
    assert!(matches!(
        migrate(&mut connection, &path, &next()),
        Err(StoreError::Damaged { .. })
    ));
    assert!(!copy_of(&path, "").exists());
    assert_eq!(version(&connection).unwrap(), latest_version());
}

#[test]
fn an_older_store_that_cannot_be_written_is_refused() {
    let (_folder, path, connection) = store_of(&MIGRATIONS[..1]);
    assert!(matches!(
        check_is_latest(&connection, &path),
        Err(StoreError::ReadOnly)
    ));
}
