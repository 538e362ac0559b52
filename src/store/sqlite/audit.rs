//! The audit record. The hash of each event covers the event before it.

use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, micros};
use crate::domain::audit::{CHAIN_START, ChainHash, Event};
use crate::store::{StoreError, WriteAudit};

impl WriteAudit for SqliteTransaction<'_> {
    fn add_event(&self, event: &Event) -> Result<(), StoreError> {
        let (seq, previous) = self.chain_end()?;
        let hash = event.chain(&previous);
        let (kind, name, uid, claimed) = event.actor.columns();
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO audit_events (seq, id, at, actor_kind, actor_name, actor_uid, actor_claimed,
                                       action, target, fields, client, outcome, reason, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?;
        statement.execute(params![
            seq + 1,
            event.id.as_bytes(),
            micros(event.at),
            kind,
            name,
            uid,
            claimed,
            event.action.as_str(),
            event.target.shown(),
            event.fields.join(","),
            event.client.map(|address| address.to_string()),
            event.outcome.as_str(),
            event.reason,
            &hash[..],
        ])?;
        self.audit_head.set(Some((seq + 1, hash)));
        Ok(())
    }
}

impl SqliteTransaction<'_> {
    /// The number and the hash of the newest event. They are read once in a transaction: no other
    /// process can add an event meanwhile.
    fn chain_end(&self) -> Result<(i64, ChainHash), StoreError> {
        if let Some(end) = self.audit_head.get() {
            return Ok(end);
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1")?;
        let end = statement
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(end.unwrap_or((0, CHAIN_START)))
    }
}
