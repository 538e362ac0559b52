//! What the audit record looks like in each format.

use serde::Serialize;
use uuid::Uuid;

use crate::cli::terminal::Record;
use crate::domain::audit::{AuditEvent, ChainHash, EventActor};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::ops::audit::{AuditHead, ListedEvent, RecordChecked};

/// An event of the audit record.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum ShownEvent {
    /// As programs read it.
    Plain(Box<AuditEvent>),
    /// As people read it: the addresses of users stand beside their ids.
    Readable(Box<ReadableEvent>),
}

impl Record for ShownEvent {
    fn fields() -> &'static [&'static str] {
        &[
            "id", "at", "actor", "action", "target", "fields", "client", "outcome", "reason", "hash",
        ]
    }

    fn columns() -> &'static [&'static str] {
        &["at", "actor", "action", "target", "outcome", "reason"]
    }

    fn id(&self) -> Option<String> {
        Some(match self {
            Self::Plain(event) => event.id.to_string(),
            Self::Readable(event) => event.id.to_string(),
        })
    }
}

/// An event, each part of it as one text.
#[derive(Debug, Serialize)]
pub struct ReadableEvent {
    id: Uuid,
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    at: Timestamp,
    actor: String,
    action: String,
    target: Option<String>,
    fields: String,
    client: Option<String>,
    outcome: String,
    reason: Option<String>,
    hash: ChainHash,
}

impl From<ListedEvent> for ReadableEvent {
    fn from(listed: ListedEvent) -> Self {
        let event = listed.event;
        let target = event
            .target
            .map(|target| beside(listed.target_email.as_ref(), &target));
        Self {
            actor: actor_in_words(&event.actor, listed.actor_email.as_ref()),
            target,
            id: event.id,
            at: event.at,
            action: event.action,
            fields: event.fields.replace(',', ", "),
            client: event.client,
            outcome: event.outcome,
            reason: event.reason,
            hash: event.hash,
        }
    }
}

fn beside(email: Option<&EmailAddress>, id: &str) -> String {
    email.map_or_else(|| id.to_owned(), |email| format!("{email} {id}"))
}

/// `root`, `root (sudo: ada)`, `uid 1000`, `ada@example.com 0193…`, `visitor`, or the name of a
/// service.
fn actor_in_words(actor: &EventActor, email: Option<&EmailAddress>) -> String {
    let name = match (&actor.name, actor.uid) {
        (Some(name), _) => beside(email, name),
        (None, Some(uid)) => format!("uid {uid}"),
        (None, None) => actor.kind.clone(),
    };
    match &actor.claimed {
        Some(claimed) => format!("{name} (sudo: {claimed})"),
        None => name,
    }
}

/// The newest link of the audit record.
#[derive(Debug, Serialize)]
pub struct ShownHead {
    hash: ChainHash,
    id: Option<Uuid>,
    #[serde(serialize_with = "crate::domain::moment::exact_if_any")]
    at: Option<Timestamp>,
    events: i64,
}

impl From<&AuditHead> for ShownHead {
    fn from(head: &AuditHead) -> Self {
        let event = head.event.as_ref();
        Self {
            hash: head.hash,
            id: event.map(|event| event.id),
            at: event.map(|event| event.at),
            events: event.map_or(0, |event| event.number),
        }
    }
}

impl Record for ShownHead {
    fn fields() -> &'static [&'static str] {
        &["hash", "id", "at", "events"]
    }

    fn id(&self) -> Option<String> {
        self.id.map(|id| id.to_string())
    }
}

/// An audit record without a fault.
#[derive(Debug, Serialize)]
pub struct ShownRecord {
    events: u64,
    hash: ChainHash,
}

impl From<&RecordChecked> for ShownRecord {
    fn from(checked: &RecordChecked) -> Self {
        Self {
            events: checked.events,
            hash: checked.head,
        }
    }
}

impl Record for ShownRecord {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["events", "hash"]
    }
}
