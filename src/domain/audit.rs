//! The append-only record of what happened. An event never holds a secret, an address or
//! a person's name: a purged user leaves an id behind and nothing else.

use std::net::IpAddr;
use std::time::Duration;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::clock::Timestamp;
use super::ids::UserId;

/// Tries that nobody we know is behind are one event in this time, so that strangers can't
/// fill the disk.
pub const STRANGERS_INTERVAL: Duration = Duration::from_mins(1);

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A user of the operating system.
    Os {
        /// Their login name, where the system knows one.
        name: Option<String>,
        /// Their login uid.
        uid: u32,
        /// Who they say stands behind them (`SUDO_USER`): a claim, not a fact.
        claimed: Option<String>,
    },
    /// A back-office user whose session was handed over.
    User(UserId),
    /// A program that uses the library, by the name it gives itself.
    Service(String),
    /// A person at a public page, who is not signed in.
    Visitor,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was refused.
    Failure,
}

impl Outcome {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }
}

/// What happened, in the words of the OWASP Logging Vocabulary where it has one.
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
    /// The word that stands in the record.
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

/// What was acted upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A user, by id.
    User(UserId),
    /// A group, by name.
    Group(String),
    /// The store itself.
    Store,
    /// Nobody we know.
    Unknown,
}

impl Target {
    /// The text that stands in the record.
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

/// One line of the record, before it is chained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Names the event.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// To whom or what.
    pub target: Target,
    /// Names of the fields that changed; never their values.
    pub fields: Vec<&'static str>,
    /// The client's address, where the calling application gave one.
    pub client: Option<IpAddr>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, where that isn't plain.
    pub reason: Option<String>,
}

/// A link of the chain: SHA-256 over the link before and the event.
pub type ChainHash = [u8; 32];

/// What the first event is chained to.
pub const CHAIN_START: ChainHash = [0; 32];

impl Event {
    /// The link this event makes after `previous`.
    ///
    /// Each part goes in with its length before it, so that no two events read alike.
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
    /// Kind, name, uid and claim, as they stand in the record.
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
