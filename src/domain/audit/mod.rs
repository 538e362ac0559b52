//! The audit record: an append-only list of events. An event never holds a secret, an address or the
//! name of a person: of a purged user, only the id stays.

use std::net::IpAddr;
use std::time::Duration;

use uuid::Uuid;

use super::clock::Timestamp;
use super::ids::UserId;

mod action;
mod chain;
mod link;
mod recorded;

pub use action::Action;
pub use chain::{BrokenLink, ChainCheck, ChainFault};
pub use link::{CHAIN_START, ChainHash, MalformedChainHash};
pub use recorded::{AuditEvent, EventActor};

/// Tries for addresses that no user has are counted, and make one event in this time. So strangers
/// can't fill the disk.
pub const STRANGERS_INTERVAL: Duration = Duration::from_mins(1);

/// The person or the program that did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A user of the operating system.
    Os {
        /// The login name, if the system knows it.
        name: Option<String>,
        /// The login uid.
        uid: u32,
        /// The user name in `SUDO_USER`. It is a claim: the caller can set it to any name.
        claimed: Option<String>,
    },
    /// A back-office user, whose session token the caller gave.
    User(UserId),
    /// A program that uses the library. It says its name itself.
    Service(String),
    /// A person on a public page, who is not signed in.
    Visitor,
}

/// The outcome of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The action was done.
    Success,
    /// The action was refused.
    Failure,
}

impl Outcome {
    /// The word for the outcome in the record.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }
}

/// The object of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A user.
    User(UserId),
    /// The group of this name.
    Group(String),
    /// The store.
    Store,
    /// An address that no user has.
    Unknown,
}

impl Target {
    /// The text for the target in the record.
    #[must_use]
    pub fn shown(&self) -> Option<String> {
        match self {
            Self::User(id) => Some(id.to_string()),
            Self::Group(name) => Some(format!("group:{name}")),
            Self::Store => Some("store".to_owned()),
            Self::Unknown => None,
        }
    }
}

/// One event, before it is chained to the event before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The id of the event.
    pub id: Uuid,
    /// The time of the event.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// The object of the action.
    pub target: Target,
    /// The names of the changed fields, without their values.
    pub fields: Vec<&'static str>,
    /// The address of the client, if the calling program gave it.
    pub client: Option<IpAddr>,
    /// The outcome.
    pub outcome: Outcome,
    /// The reason, if the action doesn't tell it.
    pub reason: Option<String>,
}

impl Actor {
    /// The kind, the name, the uid and the claim, as the record holds them.
    #[must_use]
    pub fn columns(&self) -> (&'static str, Option<String>, Option<u32>, Option<String>) {
        match self {
            Self::Os { name, uid, claimed } => ("os", name.clone(), Some(*uid), claimed.clone()),
            Self::User(id) => ("user", Some(id.to_string()), None, None),
            Self::Service(name) => ("service", Some(name.clone()), None, None),
            Self::Visitor => ("visitor", None, None, None),
        }
    }
}
