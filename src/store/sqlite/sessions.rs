//! Sessions. A session is found by the hash of its token. A session that ended is removed, and never
//! comes back.

use std::net::IpAddr;

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::faults::expect_one;
use super::{SqliteTransaction, micros, timestamp};
use crate::domain::clock::{CLOCK_STEP, Timestamp, later};
use crate::domain::ids::{SessionId, UserId};
use crate::domain::session::Session;
use crate::domain::token::TokenHash;
use crate::store::{ReadSessions, StoreError, WriteSessions};

const COLUMNS: &str = "id, user_id, created_at, expires_at, idle_expires_at, client";

impl ReadSessions for SqliteTransaction<'_> {
    fn find_session_by_token(&self, token: &TokenHash) -> Result<Option<Session>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM sessions WHERE token_hash = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row([&token.0[..]], read_session).optional()?;
        Ok(found.filter(|session| session.is_live(self.now)))
    }

    fn find_session_by_id(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM sessions WHERE id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row([id.0.as_bytes()], read_session).optional()?;
        Ok(found.filter(|session| session.is_live(self.now)))
    }

    fn list_sessions(&self, user: Option<UserId>) -> Result<Vec<Session>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM sessions WHERE (?1 IS NULL OR user_id = ?1)
             AND expires_at > ?2 AND idle_expires_at > ?2 AND created_at <= ?3 ORDER BY id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let user = user.map(|id| id.0.into_bytes());
        let (now, latest) = (self.now, later(self.now, CLOCK_STEP));
        let rows = statement.query_map(params![user, micros(now), micros(latest)], read_session)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl WriteSessions for SqliteTransaction<'_> {
    fn add_session(&self, session: &Session, token: &TokenHash) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO sessions (id, token_hash, user_id, created_at, expires_at, idle_expires_at, client)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        statement.execute(params![
            session.id.0.as_bytes(),
            &token.0[..],
            session.user_id.0.as_bytes(),
            micros(session.created_at),
            micros(session.expires_at),
            micros(session.idle_expires_at),
            session.client.map(|address| address.to_string()),
        ])?;
        Ok(())
    }

    fn set_idle_expires_at(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("UPDATE sessions SET idle_expires_at = ?2 WHERE id = ?1")?;
        expect_one(
            statement.execute(params![id.0.as_bytes(), micros(at)])?,
            "session",
        )
    }

    fn remove_session(&self, id: SessionId) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM sessions WHERE id = ?1")?;
        expect_one(statement.execute([id.0.as_bytes()])?, "session")
    }

    fn remove_sessions_of(&self, user: UserId) -> Result<u64, StoreError> {
        let live = self.list_sessions(Some(user))?.len() as u64;
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM sessions WHERE user_id = ?1")?;
        statement.execute([user.0.as_bytes()])?;
        Ok(live)
    }
}

fn read_session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: SessionId(Uuid::from_bytes(row.get(0)?)),
        user_id: UserId(Uuid::from_bytes(row.get(1)?)),
        created_at: timestamp(row.get(2)?)?,
        expires_at: timestamp(row.get(3)?)?,
        idle_expires_at: timestamp(row.get(4)?)?,
        client: read_client(row.get_ref(5)?.as_str_or_null()?),
    })
}

/// The address of a client. Older versions did not check addresses: a text that is no address is
/// ignored.
fn read_client(stored: Option<&str>) -> Option<IpAddr> {
    stored?.parse().ok()
}
