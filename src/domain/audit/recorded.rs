//! An event as the record holds it.

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{ChainHash, Event};
use crate::domain::clock::Timestamp;

/// An event as the record holds it. Its texts are those of the program version that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AuditEvent {
    /// The place in the record, from 1.
    #[serde(skip)]
    pub number: i64,
    /// The id of the event.
    pub id: Uuid,
    /// The time of the event.
    #[serde(serialize_with = "crate::domain::moment::exact")]
    pub at: Timestamp,
    /// Who did it.
    pub actor: EventActor,
    /// What was done, in the words of [`Action::as_str`](super::Action::as_str).
    pub action: String,
    /// The object: the id of a user, `group:` and a name, `store`, or nothing.
    pub target: Option<String>,
    /// The names of the changed fields.
    #[serde(serialize_with = "names")]
    pub fields: String,
    /// The address of the client, if the calling program gave it.
    pub client: Option<String>,
    /// `success` or `failure`.
    pub outcome: String,
    /// The reason, if the action doesn't tell it.
    pub reason: Option<String>,
    /// The link of the chain that ends with this event.
    pub hash: ChainHash,
}

/// The person or the program that caused an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EventActor {
    /// `os`, `user`, `service` or `visitor`.
    pub kind: String,
    /// The name of the operating-system user or of the service, or the id of the user.
    pub name: Option<String>,
    /// The uid of the operating-system user.
    pub uid: Option<i64>,
    /// The name in `SUDO_USER`, which the caller can set to any text.
    pub claimed: Option<String>,
}

impl AuditEvent {
    /// The event after another one, with the link that joins it to the chain.
    #[must_use]
    pub fn following(event: &Event, number: i64, previous: &ChainHash) -> Self {
        let (kind, name, uid, claimed) = event.actor.columns();
        let mut recorded = Self {
            number,
            id: event.id,
            at: event.at,
            actor: EventActor {
                kind: kind.to_owned(),
                name,
                uid: uid.map(i64::from),
                claimed,
            },
            action: event.action.as_str().to_owned(),
            target: event.target.shown(),
            fields: event.fields.join(","),
            client: event.client.map(|address| address.to_string()),
            outcome: event.outcome.as_str().to_owned(),
            reason: event.reason.clone(),
            hash: super::CHAIN_START,
        };
        recorded.hash = recorded.link_after(previous);
        recorded
    }

    /// The link of this event after `previous`: SHA-256 over the link before it and the event.
    ///
    /// The length of each part is hashed before the part, so that two different events never give the
    /// same bytes.
    #[must_use]
    pub fn link_after(&self, previous: &ChainHash) -> ChainHash {
        let mut hash = Sha256::new();
        hash.update(previous.0);
        hash.update(self.id.as_bytes());
        hash.update(self.at.as_microsecond().to_be_bytes());
        hash.update(self.actor.uid.unwrap_or(-1).to_be_bytes());
        for part in [
            Some(self.actor.kind.as_str()),
            self.actor.name.as_deref(),
            self.actor.claimed.as_deref(),
            Some(&self.action),
            self.target.as_deref(),
            Some(&self.fields),
            self.client.as_deref(),
            Some(&self.outcome),
            self.reason.as_deref(),
        ] {
            let length = part.map_or(-1, |part| i64::try_from(part.len()).unwrap_or(i64::MAX));
            hash.update(length.to_be_bytes());
            hash.update(part.unwrap_or_default().as_bytes());
        }
        ChainHash(hash.finalize().into())
    }
}

fn names<S: Serializer>(fields: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(fields.split(',').filter(|name| !name.is_empty()))
}
