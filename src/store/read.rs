//! What can be read from a store: one trait for each kind of data. Each method can fail if the store
//! can't be read.

use std::ops::ControlFlow;
use std::time::Duration;

use uuid::Uuid;

use super::{EventFilter, StoreError, UserFilter};
use crate::domain::audit::AuditEvent;
use crate::domain::clock::Timestamp;
use crate::domain::email::CanonicalEmail;
use crate::domain::floor::HashUse;
use crate::domain::group::{Group, GroupName};
use crate::domain::identity::{Identity, RefusedLogin};
use crate::domain::ids::{AttemptId, MailId, ResetId, SessionId, UserId};
use crate::domain::keys::{KeyName, StoreId, StoreKey};
use crate::domain::mail::QueuedMail;
use crate::domain::password::{Credential, PasswordHash};
use crate::domain::reset::{ResetKind, ResetLink};
use crate::domain::session::Session;
use crate::domain::throttle::{Failures, LockedAt};
use crate::domain::token::TokenHash;
use crate::domain::user::{StoredUser, UserRef};

/// A view of one state of a store.
pub(crate) trait Read:
    ReadUsers
    + ReadGroups
    + ReadCredentials
    + ReadIdentities
    + ReadSessions
    + ReadResets
    + ReadMail
    + ReadKeys
    + ReadAudit
{
    /// The time at which sessions, links and logins must be live.
    fn now(&self) -> Timestamp;
}

/// Users.
pub(crate) trait ReadUsers {
    /// The user that `reference` names.
    fn find_user(&self, reference: &UserRef) -> Result<Option<StoredUser>, StoreError>;

    /// The user with this id.
    fn find_user_by_id(&self, id: UserId) -> Result<Option<StoredUser>, StoreError>;

    /// The user with this address. The canonical form decides.
    fn find_user_by_email(&self, email: &CanonicalEmail) -> Result<Option<StoredUser>, StoreError>;

    /// Calls `each` with each user that `filter` selects, until `each` breaks. If `locked` is given,
    /// only with the users that it locks.
    fn each_user(
        &self,
        filter: &UserFilter,
        locked: Option<&LockedAt>,
        each: &mut dyn FnMut(StoredUser) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The number of users that [`each_user`](Self::each_user) finds.
    fn count_users(&self, filter: &UserFilter, locked: Option<&LockedAt>) -> Result<u64, StoreError>;

    /// Some addresses that begin with `start`, for "did you mean".
    fn emails_starting_with(&self, start: &str, limit: u32) -> Result<Vec<String>, StoreError>;
}

/// Groups and their members.
pub(crate) trait ReadGroups {
    /// The group with this name. The canonical form decides.
    fn find_group(&self, name: &GroupName) -> Result<Option<Group>, StoreError>;

    /// The name of a group as it was written when the group was made, or `None`. It is faster than
    /// [`find_group`](Self::find_group).
    fn find_group_name(&self, name: &GroupName) -> Result<Option<GroupName>, StoreError>;

    /// All groups, by name.
    fn list_groups(&self) -> Result<Vec<Group>, StoreError>;

    /// The number of active users in the group `administrators`, without the user `besides`.
    fn count_active_administrators(&self, besides: UserId) -> Result<u64, StoreError>;

    /// The number of users in a group. Deleted users count too.
    fn count_members(&self, name: &GroupName) -> Result<u64, StoreError>;
}

/// Passwords, and wrong passwords in a row.
pub(crate) trait ReadCredentials {
    /// The credential of a user, or [`Credential::NONE`].
    fn credential(&self, user: UserId) -> Result<Credential, StoreError>;

    /// The costs of the stored hashes, with the number of users for each; `None` if the hashes were
    /// not counted yet.
    fn list_hash_uses(&self) -> Result<Option<Vec<HashUse>>, StoreError>;

    /// Calls `each` with each stored hash.
    fn each_hash(&self, each: &mut dyn FnMut(PasswordHash)) -> Result<(), StoreError>;

    /// The wrong passwords of a user in a row.
    fn failures(&self, user: UserId) -> Result<Option<Failures>, StoreError>;
}

/// Identities, and refused sign-ins at providers.
pub(crate) trait ReadIdentities {
    /// The user with this identity.
    fn find_user_id_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<UserId>, StoreError>;

    /// The identities of one user or of all users, ordered by user and issuer.
    fn list_identities(&self, user: Option<UserId>) -> Result<Vec<Identity>, StoreError>;

    /// The refused sign-in with this id.
    fn find_refused_login(&self, id: AttemptId) -> Result<Option<RefusedLogin>, StoreError>;
}

/// Sessions.
pub(crate) trait ReadSessions {
    /// The live session with this token.
    fn find_session_by_token(&self, token: &TokenHash) -> Result<Option<Session>, StoreError>;

    /// The live session with this id.
    fn find_session_by_id(&self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// The live sessions of one user or of all users, in the order of the sign-ins.
    fn list_sessions(&self, user: Option<UserId>) -> Result<Vec<Session>, StoreError>;
}

/// Reset links, and requests for them.
pub(crate) trait ReadResets {
    /// The link with this token. It can have any state.
    fn find_reset_by_token(&self, token: &TokenHash) -> Result<Option<ResetLink>, StoreError>;

    /// The link with this id. It can have any state.
    fn find_reset_by_id(&self, id: ResetId) -> Result<Option<ResetLink>, StoreError>;

    /// The links of one user or of all users, in the order in which they were made.
    fn list_resets(&self, user: Option<UserId>) -> Result<Vec<ResetLink>, StoreError>;

    /// The number of live links of one kind that a user has.
    fn count_live_resets(&self, user: UserId, kind: ResetKind) -> Result<u64, StoreError>;

    /// The number of requests of a user that were accepted in the last `window`, and the time of the
    /// newest one.
    fn recent_reset_requests(
        &self,
        user: UserId,
        window: Duration,
    ) -> Result<(u64, Option<Timestamp>), StoreError>;
}

/// The mail queue.
pub(crate) trait ReadMail {
    /// The mails in the queue, the oldest first. Mails for addresses that no user has are left out.
    fn list_mail(&self) -> Result<Vec<QueuedMail>, StoreError>;

    /// The mail with this id.
    fn find_mail(&self, id: MailId) -> Result<Option<QueuedMail>, StoreError>;
}

/// The audit record.
pub(crate) trait ReadAudit {
    /// Calls `each` with each event that `filter` selects, in the order of the record, until `each`
    /// breaks.
    fn each_event(
        &self,
        filter: &EventFilter,
        each: &mut dyn FnMut(AuditEvent) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// The newest event.
    fn newest_event(&self) -> Result<Option<AuditEvent>, StoreError>;

    /// The place of the event with this id.
    fn event_number(&self, id: Uuid) -> Result<Option<i64>, StoreError>;
}

/// The id and the keys of the store. A store of an earlier version has none until a write makes
/// them.
pub(crate) trait ReadKeys {
    /// The id of the store.
    fn store_id(&self) -> Result<Option<StoreId>, StoreError>;

    /// The key with this name and id.
    fn find_key(&self, name: KeyName, id: u8) -> Result<Option<StoreKey>, StoreError>;

    /// The key with this name and the greatest id.
    fn newest_key(&self, name: KeyName) -> Result<Option<StoreKey>, StoreError>;
}
