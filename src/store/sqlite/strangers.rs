//! Tries that are counted, with one event for many of them: tries for addresses that no user has,
//! which are never stored, and tries for accounts that are delayed or stopped.

use std::time::Duration;

use rusqlite::params;

use super::{SqliteTransaction, micros};
use crate::domain::clock::Timestamp;
use crate::domain::ids::UserId;
use crate::store::{StoreError, WriteTries};

impl WriteTries for SqliteTransaction<'_> {
    fn count_unknown_sign_in(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError> {
        self.count_stranger(1, now, interval)
    }

    fn count_unknown_request(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError> {
        self.count_stranger(2, now, interval)
    }

    fn count_failed_provider(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError> {
        self.count_stranger(3, now, interval)
    }

    fn count_refused_try(
        &self,
        user: UserId,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError> {
        let user = user.0.as_bytes();
        let (count, written_at): (i64, i64) = self
            .connection
            .prepare_cached(
                "INSERT INTO refused_tries (user_id, count, written_at) VALUES (?1, 1, 0)
                 ON CONFLICT (user_id) DO UPDATE SET count = count + 1 RETURNING count, written_at",
            )?
            .query_row([user], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if !is_due(now, written_at, interval) {
            return Ok(None);
        }
        self.connection
            .prepare_cached("UPDATE refused_tries SET count = 0, written_at = ?2 WHERE user_id = ?1")?
            .execute(params![user, micros(now)])?;
        Ok(Some(count.unsigned_abs()))
    }

    fn count_denied(
        &self,
        user: Option<UserId>,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError> {
        let user = user.map(|id| id.0.into_bytes());
        if user.is_some() {
            self.connection
                .prepare_cached(
                    "INSERT INTO denials (user_id, count, written_at) VALUES (?1, 0, 0) ON CONFLICT DO NOTHING",
                )?
                .execute([user])?;
        }
        let (count, written_at): (i64, i64) = self
            .connection
            .prepare_cached(
                "UPDATE denials SET count = count + 1 WHERE user_id IS ?1 RETURNING count, written_at",
            )?
            .query_row([user], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if !is_due(now, written_at, interval) {
            return Ok(None);
        }
        self.connection
            .prepare_cached("UPDATE denials SET count = 0, written_at = ?2 WHERE user_id IS ?1")?
            .execute(params![user, micros(now)])?;
        Ok(Some(count.unsigned_abs()))
    }
}

impl SqliteTransaction<'_> {
    fn count_stranger(
        &self,
        kind: i64,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError> {
        let (count, written_at): (i64, i64) = self.connection.query_row(
            "INSERT INTO strangers (kind, count, written_at) VALUES (?1, 1, 0)
             ON CONFLICT (kind) DO UPDATE SET count = count + 1 RETURNING count, written_at",
            [kind],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        if !is_due(now, written_at, interval) {
            return Ok(None);
        }
        let now = micros(now);
        self.connection.execute(
            "UPDATE strangers SET count = 0, written_at = ?1 WHERE kind = ?2",
            [now, kind],
        )?;
        Ok(Some(count.unsigned_abs()))
    }
}

/// Whether it is time for the next event after the last one, at `written_at` in microseconds. An
/// event from the future was written while the clock was ahead.
fn is_due(now: Timestamp, written_at: i64, interval: Duration) -> bool {
    let interval = i64::try_from(interval.as_micros()).unwrap_or(i64::MAX);
    !(0..interval).contains(&micros(now).saturating_sub(written_at))
}
