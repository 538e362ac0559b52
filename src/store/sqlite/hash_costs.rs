//! What the stored hashes cost to verify, and how many users have each.

use std::time::Duration;

use rusqlite::{Connection, params};

use crate::domain::floor::{HashCost, HashUse};
use crate::domain::password::PasswordHash;
use crate::store::StoreError;

pub(super) fn list(connection: &Connection) -> Result<Option<Vec<HashUse>>, StoreError> {
    let mut done = connection.prepare_cached("SELECT done FROM hash_count")?;
    if !done.query_row([], |row| row.get(0))? {
        return Ok(None);
    }
    let mut statement =
        connection.prepare_cached("SELECT cost, users, time FROM hash_costs ORDER BY cost")?;
    let found = statement.query_map([], |row| {
        Ok(HashUse {
            cost: HashCost::new(row.get::<_, String>(0)?),
            users: row.get::<_, i64>(1)?.unsigned_abs(),
            time: row
                .get::<_, Option<i64>>(2)?
                .map(|micros| Duration::from_micros(micros.unsigned_abs())),
        })
    })?;
    Ok(Some(found.collect::<Result<_, _>>()?))
}

pub(super) fn each(connection: &Connection, each: &mut dyn FnMut(PasswordHash)) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT hash FROM credentials WHERE hash IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(PasswordHash::from_stored(row.get::<_, String>(0)?));
    }
    Ok(())
}

pub(super) fn add_users(connection: &Connection, cost: &HashCost, by: i64) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO hash_costs (cost, users) VALUES (?1, max(?2, 0))
         ON CONFLICT (cost) DO UPDATE SET users = max(users + ?2, 0)",
    )?;
    statement.execute(params![cost.as_str(), by])?;
    let mut statement = connection.prepare_cached("DELETE FROM hash_costs WHERE cost = ?1 AND users = 0")?;
    statement.execute([cost.as_str()])?;
    Ok(())
}

pub(super) fn raise_time(connection: &Connection, cost: &HashCost, time: Duration) -> Result<(), StoreError> {
    let micros = i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(
        "INSERT INTO hash_costs (cost, users, time) VALUES (?1, 0, ?2)
         ON CONFLICT (cost) DO UPDATE SET time = max(coalesce(time, 0), ?2)",
    )?;
    statement.execute(params![cost.as_str(), micros])?;
    Ok(())
}

pub(super) fn set_users(connection: &Connection, counts: &[(HashCost, u64)]) -> Result<(), StoreError> {
    connection.execute("DELETE FROM hash_costs", [])?;
    let mut statement = connection.prepare_cached("INSERT INTO hash_costs (cost, users) VALUES (?1, ?2)")?;
    for (cost, users) in counts {
        statement.execute(params![cost.as_str(), i64::try_from(*users).unwrap_or(i64::MAX)])?;
    }
    connection.execute("UPDATE hash_count SET done = 1", [])?;
    Ok(())
}
