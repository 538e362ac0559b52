//! Reset links, and requests for them. A link is found by the hash of its token.

use std::time::Duration;

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::faults::expect_one;
use super::{SqliteTransaction, micros, timestamp};
use crate::domain::clock::{CLOCK_STEP, Timestamp, earlier, later};
use crate::domain::ids::{ResetId, UserId};
use crate::domain::reset::{ResetEnd, ResetKind, ResetLink};
use crate::domain::token::TokenHash;
use crate::store::{ReadResets, StoreError, WriteResets};

const COLUMNS: &str = "id, user_id, kind, created_at, expires_at, sent_at, ended";

impl ReadResets for SqliteTransaction<'_> {
    fn find_reset_by_token(&self, token: &TokenHash) -> Result<Option<ResetLink>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM resets WHERE token_hash = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([&token.0[..]], read_reset).optional()?)
    }

    fn find_reset_by_id(&self, id: ResetId) -> Result<Option<ResetLink>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM resets WHERE id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id.0.as_bytes()], read_reset).optional()?)
    }

    fn list_resets(&self, user: Option<UserId>) -> Result<Vec<ResetLink>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM resets WHERE (?1 IS NULL OR user_id = ?1) ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let user = user.map(|id| id.0.into_bytes());
        let rows = statement.query_map([user], read_reset)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn count_live_resets(&self, user: UserId, kind: ResetKind) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FROM resets WHERE user_id = ?1 AND kind = ?2 AND ended IS NULL
             AND expires_at > ?3 AND created_at <= ?4",
        )?;
        let (now, latest) = (self.now, later(self.now, CLOCK_STEP));
        let values = params![user.0.as_bytes(), kind.as_str(), micros(now), micros(latest)];
        let count: i64 = statement.query_row(values, |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    fn recent_reset_requests(
        &self,
        user: UserId,
        window: Duration,
    ) -> Result<(u64, Option<Timestamp>), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*), max(at) FROM reset_requests WHERE user_id = ?1 AND at > ?2 AND at <= ?3",
        )?;
        let now = self.now;
        let (since, until) = (micros(earlier(now, window)), micros(later(now, CLOCK_STEP)));
        let (count, newest): (i64, Option<i64>) = statement
            .query_row(params![user.0.as_bytes(), since, until], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        Ok((count.unsigned_abs(), newest.map(timestamp).transpose()?))
    }
}

impl WriteResets for SqliteTransaction<'_> {
    fn add_reset(&self, link: &ResetLink, token: &TokenHash) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO resets (id, token_hash, user_id, kind, created_at, expires_at, sent_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        statement.execute(params![
            link.id.0.as_bytes(),
            &token.0[..],
            link.user_id.0.as_bytes(),
            link.kind.as_str(),
            micros(link.created_at),
            micros(link.expires_at),
            link.sent_at.map(micros),
        ])?;
        Ok(())
    }

    fn end_reset(&self, id: ResetId, end: ResetEnd) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE resets SET ended = ?2, ended_at = ?3 WHERE id = ?1 AND ended IS NULL AND expires_at > ?3",
        )?;
        let now = micros(self.now);
        Ok(statement.execute(params![id.0.as_bytes(), end.as_str(), now])? == 1)
    }

    fn end_resets_of(&self, user: UserId, end: ResetEnd) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "UPDATE resets SET ended = ?2, ended_at = ?3 WHERE user_id = ?1 AND ended IS NULL AND expires_at > ?3",
        )?;
        let now = micros(self.now);
        Ok(statement.execute(params![user.0.as_bytes(), end.as_str(), now])? as u64)
    }

    fn set_reset_sent_at(&self, id: ResetId, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE resets SET sent_at = ?2 WHERE id = ?1")?;
        expect_one(statement.execute(params![id.0.as_bytes(), micros(at)])?, "reset")
    }

    fn add_reset_request(&self, user: UserId, window: Duration) -> Result<(), StoreError> {
        let now = self.now;
        let mut forget = self
            .connection
            .prepare_cached("DELETE FROM reset_requests WHERE user_id = ?1 AND at <= ?2")?;
        forget.execute(params![user.0.as_bytes(), micros(earlier(now, window))])?;
        let mut add = self.connection.prepare_cached(
            "INSERT INTO reset_requests (user_id, at) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?;
        add.execute(params![user.0.as_bytes(), micros(now)])?;
        Ok(())
    }
}

fn read_reset(row: &Row<'_>) -> rusqlite::Result<ResetLink> {
    Ok(ResetLink {
        id: ResetId(Uuid::from_bytes(row.get(0)?)),
        user_id: UserId(Uuid::from_bytes(row.get(1)?)),
        kind: match row.get_ref(2)?.as_str()? {
            "invite" => ResetKind::Invite,
            "request" => ResetKind::Request,
            _ => ResetKind::Operator,
        },
        created_at: timestamp(row.get(3)?)?,
        expires_at: timestamp(row.get(4)?)?,
        sent_at: row.get::<_, Option<i64>>(5)?.map(timestamp).transpose()?,
        end: match row.get_ref(6)?.as_str_or_null()? {
            Some("used") => Some(ResetEnd::Used),
            Some("superseded") => Some(ResetEnd::Superseded),
            Some(_) => Some(ResetEnd::Revoked),
            None => None,
        },
    })
}
