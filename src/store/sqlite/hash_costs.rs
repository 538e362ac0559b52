//! What the stored hashes cost to verify, and how many users have each.

use std::time::Duration;

use rusqlite::{Connection, params};

use super::{micros, timestamp};
use crate::domain::floor::{HashCost, HashUse, Slow};
use crate::domain::password::PasswordHash;
use crate::store::StoreError;

pub(super) fn list(connection: &Connection) -> Result<Option<Vec<HashUse>>, StoreError> {
    let mut done = connection.prepare_cached("SELECT done FROM hash_count")?;
    if !done.query_row([], |row| row.get(0))? {
        return Ok(None);
    }
    let sql = "SELECT cost, users, time, slow, slow_at FROM hash_costs ORDER BY cost";
    let mut statement = connection.prepare_cached(sql)?;
    let found = statement.query_map([], |row| {
        let slow = row.get::<_, Option<i64>>(3)?.map(|time| {
            Ok::<_, rusqlite::Error>(Slow {
                time: duration(time),
                at: timestamp(row.get(4)?)?,
            })
        });
        Ok(HashUse {
            cost: HashCost::new(row.get::<_, String>(0)?),
            users: row.get::<_, i64>(1)?.unsigned_abs(),
            time: row.get::<_, Option<i64>>(2)?.map(duration),
            slow: slow.transpose()?,
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
    let unused = "DELETE FROM hash_costs WHERE cost = ?1 AND users = 0";
    connection.prepare_cached(unused)?.execute([cost.as_str()])?;
    Ok(())
}

pub(super) fn set_time(connection: &Connection, cost: &HashCost, time: Duration) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO hash_costs (cost, users, time) VALUES (?1, 0, ?2)
         ON CONFLICT (cost) DO UPDATE SET time = ?2",
    )?;
    statement.execute(params![cost.as_str(), as_micros(time)])?;
    Ok(())
}

pub(super) fn set_slow(connection: &Connection, cost: &HashCost, slow: Slow) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO hash_costs (cost, users, slow, slow_at) VALUES (?1, 0, ?2, ?3)
         ON CONFLICT (cost) DO UPDATE SET slow = ?2, slow_at = ?3",
    )?;
    statement.execute(params![cost.as_str(), as_micros(slow.time), micros(slow.at)])?;
    Ok(())
}

pub(super) fn set_users(connection: &Connection, counts: &[(HashCost, u64)]) -> Result<(), StoreError> {
    connection.execute("DELETE FROM hash_costs", [])?;
    let mut statement = connection.prepare_cached("INSERT INTO hash_costs (cost, users) VALUES (?1, ?2)")?;
    for (cost, users) in counts {
        let users = i64::try_from(*users).unwrap_or(i64::MAX);
        statement.execute(params![cost.as_str(), users])?;
    }
    connection.execute("UPDATE hash_count SET done = 1", [])?;
    Ok(())
}

fn as_micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

fn duration(micros: i64) -> Duration {
    Duration::from_micros(micros.unsigned_abs())
}
