//! Tries for addresses nobody has: counted, never stored, and told once in a while.

use std::time::Duration;

use super::{StoreError, Tx, micros};
use crate::domain::clock::Timestamp;

impl Tx<'_> {
    /// Counts a sign-in for an address nobody has. Tells how many there were since the last
    /// event was written, when it is time for the next.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn count_unknown_sign_in(
        &self,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError> {
        self.count_stranger(1, now, interval)
    }

    /// Counts a request for a link that isn't heard, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn count_unknown_request(
        &self,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError> {
        self.count_stranger(2, now, interval)
    }

    /// Counts a sign-in that ended at the provider, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    ///
    /// # Errors
    /// Why the store can't be written.
    pub fn count_failed_provider(
        &self,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError> {
        self.count_stranger(3, now, interval)
    }

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
        let interval = i64::try_from(interval.as_micros()).unwrap_or(i64::MAX);
        if micros(now).saturating_sub(written_at) < interval {
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
