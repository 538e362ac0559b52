//! The schema and its history: an append-only list over `user_version`.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;
use super::file::{self, StorePath};

/// "boff": what tells our files from other SQLite files.
pub(super) const APPLICATION_ID: u32 = 0x626F_6666;

/// One step of the schema. Released steps are never changed, only followed.
type Migration = &'static str;

const MIGRATIONS: &[Migration] = &[
    include_str!("migrations/0001_people.sql"),
    include_str!("migrations/0002_resets.sql"),
    include_str!("migrations/0003_third_party.sql"),
    include_str!("migrations/0004_mail_links.sql"),
];

/// The version this program makes and understands.
#[must_use]
pub fn latest_version() -> i64 {
    as_version(MIGRATIONS.len())
}

fn as_version(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Makes the schema in an empty file.
pub(super) fn make_schema(connection: &mut Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    apply(connection, MIGRATIONS)
}

/// Brings an older store up to date, after a copy beside it.
pub(super) fn bring_up_to_date(connection: &mut Connection, path: &StorePath) -> Result<(), StoreError> {
    migrate(connection, path, MIGRATIONS)
}

fn migrate(
    connection: &mut Connection,
    path: &StorePath,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let (found, known) = (version(connection)?, as_version(migrations.len()));
    if found > known {
        return Err(StoreError::Newer {
            path: path.as_path().to_owned(),
            found,
            known,
        });
    }
    if found == known {
        return Ok(());
    }
    keep_copy(connection, path, found)?;
    apply(connection, migrations)
}

/// All missing steps in one transaction: a process killed half-way leaves the old store whole.
fn apply(connection: &mut Connection, migrations: &[Migration]) -> Result<(), StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another process may have been faster.
    let done = usize::try_from(version(&tx)?).unwrap_or(usize::MAX);
    for step in migrations.iter().skip(done) {
        tx.execute_batch(step)?;
    }
    if done < migrations.len() {
        tx.pragma_update(None, "user_version", as_version(migrations.len()))?;
    }
    Ok(tx.commit()?)
}

fn keep_copy(connection: &Connection, path: &StorePath, version: i64) -> Result<(), StoreError> {
    let copy = path.beside(&format!(".before-migration-from-{version}"));
    match file::make_private(&copy) {
        Ok(made) => drop(made),
        // Kept by an earlier try, or by a process that is migrating right now.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        Err(error) => return Err(StoreError::Io(error.to_string())),
    }
    let target = copy.to_string_lossy();
    connection.execute("VACUUM INTO ?1", [target.as_ref()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// Today's steps, and those after them.
    fn followed_by(next: &[Migration]) -> Vec<Migration> {
        [MIGRATIONS, next].concat()
    }

    fn next() -> Vec<Migration> {
        followed_by(&["CREATE TABLE later (x INTEGER) STRICT;"])
    }

    fn store_of(migrations: &[Migration]) -> (tempfile::TempDir, StorePath, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let path = StorePath::resolve(&folder.path().join("s.db")).unwrap();
        let mut connection = Connection::open(path.as_path()).unwrap();
        apply(&mut connection, migrations).unwrap();
        (folder, path, connection)
    }

    #[test]
    fn an_older_store_is_migrated_after_a_private_copy() {
        let (_folder, path, mut connection) = store_of(MIGRATIONS);
        migrate(&mut connection, &path, &next()).unwrap();
        assert_eq!(version(&connection).unwrap(), latest_version() + 1);
        let copy = path.beside(&format!(".before-migration-from-{}", latest_version()));
        let mode = std::fs::metadata(&copy).unwrap().permissions().mode();
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
        bring_up_to_date(&mut connection, &path).unwrap();
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
        bring_up_to_date(&mut connection, &path).unwrap();
        let sql = "SELECT attempts, reset_id IS NULL FROM mail_queue";
        let kept: (i64, bool) = connection
            .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap();
        assert_eq!(kept, (2, true));
    }

    #[test]
    fn the_newest_is_left_alone_and_a_newer_one_refused() {
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
}
