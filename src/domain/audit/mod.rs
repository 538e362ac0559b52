//! The audit record: an append-only list of events. An event never holds a secret, an address or the
//! name of a person: of a purged user, only the id stays.

use std::net::IpAddr;
use std::time::Duration;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::clock::Timestamp;
use super::ids::UserId;

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

/// What happened. The words are those of the OWASP Logging Vocabulary, if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    StoreCreated,
    UserCreated,
    UserImported,
    UserUpdated,
    UserActivated,
    UserDeactivated,
    UserDeleted,
    UserRestored,
    UserPurged,
    UserUnlocked,
    GroupCreated,
    GroupRenamed,
    GroupDeleted,
    GroupMemberAdded,
    GroupMemberRemoved,
    PasswordSet,
    PasswordChanged,
    PasswordRemoved,
    PasswordChangeRequired,
    PasswordRehashed,
    SignIn,
    SignInFailed,
    SignInLocked,
    FailureFloorRaised,
    SignOut,
    SessionRevoked,
    PasswordReset,
    ResetIssued,
    ResetRequested,
    ResetRevoked,
    MailSent,
    MailUncertain,
    MailDropped,
    IdentityLinked,
    IdentityUnlinked,
    Denied,
}

impl Action {
    /// The word for the action in the record.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StoreCreated => "sys_store_created",
            Self::UserCreated => "user_created",
            Self::UserImported => "user_imported",
            Self::UserUpdated => "user_updated",
            Self::UserActivated => "user_activated",
            Self::UserDeactivated => "user_deactivated",
            Self::UserDeleted => "user_deleted",
            Self::UserRestored => "user_restored",
            Self::UserPurged => "user_purged",
            Self::UserUnlocked => "user_unlocked",
            Self::GroupCreated => "group_created",
            Self::GroupRenamed => "group_renamed",
            Self::GroupDeleted => "group_deleted",
            Self::GroupMemberAdded => "group_member_added",
            Self::GroupMemberRemoved => "group_member_removed",
            Self::PasswordSet => "authn_password_set",
            Self::PasswordChanged => "authn_password_change",
            Self::PasswordRemoved => "authn_password_removed",
            Self::PasswordChangeRequired => "authn_password_change_required",
            Self::PasswordRehashed => "authn_password_rehashed",
            Self::SignIn => "authn_login_success",
            Self::SignInFailed => "authn_login_fail",
            Self::SignInLocked => "authn_login_lock",
            Self::FailureFloorRaised => "sys_failure_floor_raised",
            Self::SignOut => "session_ended",
            Self::SessionRevoked => "session_revoked",
            Self::PasswordReset => "authn_password_reset",
            Self::ResetIssued => "authn_token_created",
            Self::ResetRequested => "authn_reset_requested",
            Self::ResetRevoked => "authn_token_revoked",
            Self::MailSent => "mail_sent",
            Self::MailUncertain => "mail_uncertain",
            Self::MailDropped => "mail_dropped",
            Self::IdentityLinked => "identity_linked",
            Self::IdentityUnlinked => "identity_unlinked",
            Self::Denied => "authz_fail",
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

/// The hash of an event in the chain: SHA-256 over the hash before it and the event.
pub type ChainHash = [u8; 32];

/// The hash before the first event.
pub const CHAIN_START: ChainHash = [0; 32];

impl Event {
    /// The hash of this event after `previous`.
    ///
    /// The length of each part is hashed before the part, so that two different events never give the
    /// same bytes.
    #[must_use]
    pub fn chain(&self, previous: &ChainHash) -> ChainHash {
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(self.id.as_bytes());
        hash.update(self.at.as_microsecond().to_be_bytes());
        let (kind, name, uid, claimed) = self.actor.columns();
        let fields = self.fields.join(",");
        let target = self.target.shown();
        let client = self.client.map(|address| address.to_string());
        let parts = [
            Some(kind),
            name.as_deref(),
            claimed.as_deref(),
            Some(self.action.as_str()),
            target.as_deref(),
            Some(fields.as_str()),
            client.as_deref(),
            Some(self.outcome.as_str()),
            self.reason.as_deref(),
        ];
        hash.update(uid.map_or(-1, i64::from).to_be_bytes());
        for part in parts {
            let length = part.map_or(-1, |p| i64::try_from(p.len()).unwrap_or(i64::MAX));
            hash.update(length.to_be_bytes());
            hash.update(part.unwrap_or_default().as_bytes());
        }
        hash.finalize().into()
    }
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
