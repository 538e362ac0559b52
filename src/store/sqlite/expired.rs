//! Removes what ended long ago, a few rows with each write. It also removes what was made while the
//! clock was ahead: this would become valid again in the future.

use std::time::Duration;

use rusqlite::params;

use super::{SqliteTransaction, micros};
use crate::domain::clock::{CLOCK_STEP, Timestamp, earlier, later};
use crate::store::{StoreError, WriteUpkeep};

/// Sessions, links and refused sign-ins are kept for this time after their end. So lists can tell how
/// each one ended.
const KEPT: Duration = Duration::from_hours(30 * 24);
/// The largest number of rows of one kind that a write removes.
const MOST_ROWS: u32 = 100;

impl WriteUpkeep for SqliteTransaction<'_> {
    fn remove_expired(&self) -> Result<(), StoreError> {
        let until = micros(earlier(self.now, KEPT));
        for (table, end) in [
            ("sessions", "expires_at"),
            ("resets", "expires_at"),
            ("refused_logins", "refused_at"),
        ] {
            let sql = format!(
                "DELETE FROM {table} WHERE id IN
                     (SELECT id FROM {table} WHERE {end} < ?1 ORDER BY {end} LIMIT {MOST_ROWS})"
            );
            self.connection.prepare_cached(&sql)?.execute([until])?;
        }
        let sql = format!(
            "DELETE FROM completed_logins WHERE state_hash IN
                 (SELECT state_hash FROM completed_logins WHERE kept_until < ?1
                  ORDER BY kept_until LIMIT {MOST_ROWS})"
        );
        self.connection
            .prepare_cached(&sql)?
            .execute([micros(self.now)])?;
        Ok(())
    }

    fn end_what_is_ahead(&self) -> Result<(), StoreError> {
        let now = self.now;
        let latest = later(now, CLOCK_STEP);
        // The id begins with a time, so that SQLite reads no other rows.
        let (from, latest) = (first_id_after(latest), micros(latest));
        self.connection
            .prepare_cached("DELETE FROM sessions WHERE id > ?1 AND created_at > ?2")?
            .execute(params![from, latest])?;
        self.connection
            .prepare_cached(
                "UPDATE resets SET ended = 'revoked', ended_at = ?3
                 WHERE id > ?1 AND created_at > ?2 AND ended IS NULL",
            )?
            .execute(params![from, latest, micros(now)])?;
        Ok(())
    }
}

/// The smallest UUIDv7 of the first moment after `at` (RFC 9562 §5.7).
fn first_id_after(at: Timestamp) -> [u8; 16] {
    let millis = at.as_millisecond().unsigned_abs();
    (u128::from(millis) << 80).to_be_bytes()
}
