//! The schema, and the steps that lead to it. `user_version` is the number of steps that were made.

use std::cmp::Ordering;
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::copy;
use super::header::{APPLICATION_ID, version};
use super::path::StorePath;
use crate::store::StoreError;

/// One step of the schema. A released step never changes; new steps are added at the end.
type Migration = &'static str;

const MIGRATIONS: &[Migration] = &[
    include_str!("migrations/0001_people.sql"),
    include_str!("migrations/0002_resets.sql"),
    include_str!("migrations/0003_third_party.sql"),
    include_str!("migrations/0004_mail_links.sql"),
    include_str!("migrations/0005_ends.sql"),
    include_str!("migrations/0006_keys.sql"),
    include_str!("migrations/0007_callers.sql"),
    include_str!("migrations/0008_hash_costs.sql"),
    include_str!("migrations/0009_slow_verifications.sql"),
    include_str!("migrations/0010_plain_checks.sql"),
];

/// The newest version of the schema.
#[must_use]
pub(crate) fn latest_version() -> i64 {
    as_version(MIGRATIONS.len())
}

fn as_version(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Makes the schema in an empty file.
pub(super) fn make_schema(connection: &mut Connection) -> Result<(), StoreError> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    apply(connection, MIGRATIONS)
}

/// Refuses a store of an older or a newer version.
///
/// # Errors
/// [`StoreError::ReadOnly`] for an older version, [`StoreError::Newer`] for a newer one.
pub(super) fn check_is_latest(connection: &Connection, path: &StorePath) -> Result<(), StoreError> {
    let (found, known) = (version(connection)?, latest_version());
    match found.cmp(&known) {
        Ordering::Less => Err(StoreError::ReadOnly),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(newer(path, found, known)),
    }
}

/// Migrates a store of an older version, after a copy was made.
pub(super) fn bring_up_to_date(
    connection: &mut Connection,
    path: &StorePath,
    lock_timeout: Duration,
) -> Result<(), StoreError> {
    migrate(connection, path, lock_timeout, MIGRATIONS)
}

fn migrate(
    connection: &mut Connection,
    path: &StorePath,
    lock_timeout: Duration,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let known = as_version(migrations.len());
    if version(connection)? == known {
        return Ok(());
    }
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // The version is read again: another process may have migrated the store before the lock was
    // free.
    let found = version(&tx)?;
    if found > known {
        return Err(newer(path, found, known));
    }
    if found < known {
        // No other process can write now: the copy has the same content as the store.
        copy::keep(path, found, lock_timeout)?;
        run_steps(&tx, migrations)?;
    }
    Ok(tx.commit()?)
}

fn newer(path: &StorePath, found: i64, known: i64) -> StoreError {
    StoreError::Newer {
        path: path.as_path().to_owned(),
        found,
        known,
    }
}

/// Makes all missing steps in one transaction. If the process is killed, the old store is unchanged.
fn apply(connection: &mut Connection, migrations: &[Migration]) -> Result<(), StoreError> {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    run_steps(&tx, migrations)?;
    Ok(tx.commit()?)
}

fn run_steps(tx: &Transaction<'_>, migrations: &[Migration]) -> Result<(), StoreError> {
    let done = usize::try_from(version(tx)?).unwrap_or(usize::MAX);
    for step in migrations.iter().skip(done) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", as_version(migrations.len()))?;
    Ok(())
}

#[cfg(test)]
mod tests;
