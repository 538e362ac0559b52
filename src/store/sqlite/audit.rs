//! The audit record. The hash of each event covers the event before it.

use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use uuid::Uuid;

use super::{SqliteTransaction, micros};
use crate::domain::audit::{AuditEvent, CHAIN_START, ChainHash, Event, EventActor};
use crate::domain::clock::Timestamp;
use crate::store::{ActorFilter, EventFilter, ReadAudit, StoreError, WriteAudit};

const SELECTED: &str = "seq, id, at, actor_kind, actor_name, actor_uid, actor_claimed,
                        action, target, fields, client, outcome, reason, hash";

impl WriteAudit for SqliteTransaction<'_> {
    fn add_event(&self, event: &Event) -> Result<(), StoreError> {
        let (number, head) = self.chain_end()?;
        let event = AuditEvent::following(event, number + 1, &head);
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO audit_events (seq, id, at, actor_kind, actor_name, actor_uid, actor_claimed,
                                       action, target, fields, client, outcome, reason, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?;
        statement.execute(params![
            event.number,
            event.id.as_bytes(),
            micros(event.at),
            event.actor.kind,
            event.actor.name,
            event.actor.uid,
            event.actor.claimed,
            event.action,
            event.target,
            event.fields,
            event.client,
            event.outcome,
            event.reason,
            &event.hash.0[..],
        ])?;
        self.audit_head.set(Some((event.number, event.hash)));
        Ok(())
    }
}

impl ReadAudit for SqliteTransaction<'_> {
    fn each_event(
        &self,
        filter: &EventFilter,
        each: &mut dyn FnMut(AuditEvent) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let (condition, values) = condition(filter);
        let selected = format!("SELECT {SELECTED} FROM audit_events WHERE {condition}");
        let sql = match filter.newest {
            None => format!("{selected} ORDER BY seq"),
            Some(newest) => {
                let newest = i64::try_from(newest).unwrap_or(i64::MAX);
                format!("SELECT * FROM ({selected} ORDER BY seq DESC LIMIT {newest}) ORDER BY seq")
            }
        };
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            if each(read_event(row)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn newest_event(&self) -> Result<Option<AuditEvent>, StoreError> {
        let sql = format!("SELECT {SELECTED} FROM audit_events ORDER BY seq DESC LIMIT 1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([], read_event).optional()?)
    }

    fn event_number(&self, id: Uuid) -> Result<Option<i64>, StoreError> {
        // From the end: the event that is looked for is seldom an old one.
        let sql = "SELECT seq FROM audit_events WHERE id = ?1 ORDER BY seq DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?)
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
            .query_row([], |row| Ok((row.get(0)?, ChainHash(row.get(1)?))))
            .optional()?;
        Ok(end.unwrap_or((0, CHAIN_START)))
    }
}

/// The condition of a filter, and the values of its parameters.
fn condition(filter: &EventFilter) -> (String, Vec<Value>) {
    let mut all = vec!["TRUE".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    let mut with = |condition: &str, value: Value| {
        values.push(value);
        all.push(condition.replace('?', &format!("?{}", values.len())));
    };
    if let Some(number) = filter.after {
        with("seq > ?", number.into());
    }
    if let Some(at) = filter.since {
        with("at >= ?", micros(at).into());
    }
    if let Some(at) = filter.until {
        with("at < ?", micros(at).into());
    }
    if let Some(id) = filter.user {
        with("target = ?", id.to_string().into());
    }
    match &filter.actor {
        None => {}
        Some(ActorFilter::User(id)) => {
            with("actor_kind = 'user' AND actor_name = ?", id.to_string().into());
        }
        Some(ActorFilter::Named(name)) => {
            with("actor_kind <> 'user' AND actor_name = ?", name.clone().into());
        }
        Some(ActorFilter::Visitors) => with("actor_kind = ?", "visitor".to_owned().into()),
    }
    if let Some(outcome) = filter.outcome {
        with("outcome = ?", outcome.as_str().to_owned().into());
    }
    if !filter.actions.is_empty() {
        let words = serde_json::Value::from(filter.actions.clone()).to_string();
        with("action IN (SELECT value FROM json_each(?))", words.into());
    }
    (all.join(" AND "), values)
}

fn read_event(row: &Row<'_>) -> rusqlite::Result<AuditEvent> {
    let at: i64 = row.get(2)?;
    Ok(AuditEvent {
        number: row.get(0)?,
        id: Uuid::from_bytes(row.get(1)?),
        // A time that no program writes was put there by hand: the chain shows it.
        at: Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX),
        actor: EventActor {
            kind: row.get(3)?,
            name: row.get(4)?,
            uid: row.get(5)?,
            claimed: row.get(6)?,
        },
        action: row.get(7)?,
        target: row.get(8)?,
        fields: row.get(9)?,
        client: row.get(10)?,
        outcome: row.get(11)?,
        reason: row.get(12)?,
        hash: ChainHash(row.get(13)?),
    })
}
