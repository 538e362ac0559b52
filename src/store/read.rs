//! What can be read of a store, an aggregate a trait. Every method can fail with the reason why the
//! store can't be read.

use std::ops::ControlFlow;
use std::time::Duration;

use super::{StoreError, UserFilter};
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

/// A consistent view of a store.
pub(crate) trait Read:
    ReadUsers + ReadGroups + ReadCredentials + ReadIdentities + ReadSessions + ReadResets + ReadMail + ReadKeys
{
    /// The moment for which this view tells what is live.
    fn now(&self) -> Timestamp;
}

/// Users.
pub(crate) trait ReadUsers {
    /// The user that `reference` names.
    fn find_user(&self, reference: &UserRef) -> Result<Option<StoredUser>, StoreError>;

    /// The user with this id.
    fn find_user_by_id(&self, id: UserId) -> Result<Option<StoredUser>, StoreError>;

    /// The user with this address, in whatever spelling.
    fn find_user_by_email(&self, email: &CanonicalEmail) -> Result<Option<StoredUser>, StoreError>;

    /// Hands each user that `filter` lets through to `each`, one at a time, until it breaks.
    /// Those that are locked alone, if `locked` is given.
    fn each_user(
        &self,
        filter: &UserFilter,
        locked: Option<&LockedAt>,
        each: &mut dyn FnMut(StoredUser) -> ControlFlow<()>,
    ) -> Result<(), StoreError>;

    /// How many users [`each_user`](Self::each_user) hands over.
    fn count_users(&self, filter: &UserFilter, locked: Option<&LockedAt>) -> Result<u64, StoreError>;

    /// Addresses that begin like `start`, a few of them: for "did you mean".
    fn emails_starting_with(&self, start: &str, limit: u32) -> Result<Vec<String>, StoreError>;
}

/// Groups and who is in them.
pub(crate) trait ReadGroups {
    /// The group of this name, in whatever spelling.
    fn find_group(&self, name: &GroupName) -> Result<Option<Group>, StoreError>;

    /// The name of a group as it was made, or `None`. Cheaper than [`find_group`](Self::find_group).
    fn find_group_name(&self, name: &GroupName) -> Result<Option<GroupName>, StoreError>;

    /// All groups, by name.
    fn list_groups(&self) -> Result<Vec<Group>, StoreError>;

    /// How many active users are in the group `administrators`, `besides` left out.
    fn count_active_administrators(&self, besides: UserId) -> Result<u64, StoreError>;

    /// How many users are in a group, the deleted ones with them.
    fn count_members(&self, name: &GroupName) -> Result<u64, StoreError>;
}

/// Passwords, and the wrong ones in a row.
pub(crate) trait ReadCredentials {
    /// A user's credential; [`Credential::NONE`] where there is none.
    fn credential(&self, user: UserId) -> Result<Credential, StoreError>;

    /// What the stored hashes cost, and how many users have each; `None` where they were not
    /// counted yet.
    fn list_hash_uses(&self) -> Result<Option<Vec<HashUse>>, StoreError>;

    /// Hands each stored hash to `each`.
    fn each_hash(&self, each: &mut dyn FnMut(PasswordHash)) -> Result<(), StoreError>;

    /// The wrong passwords a user had in a row.
    fn failures(&self, user: UserId) -> Result<Option<Failures>, StoreError>;
}

/// Identities, and refused logins at providers.
pub(crate) trait ReadIdentities {
    /// The user with this identity.
    fn find_user_id_by_identity(&self, issuer: &str, subject: &str) -> Result<Option<UserId>, StoreError>;

    /// The identities of one user, or of all, in order of users and issuers.
    fn list_identities(&self, user: Option<UserId>) -> Result<Vec<Identity>, StoreError>;

    /// The refused sign-in with this id.
    fn find_refused_login(&self, id: AttemptId) -> Result<Option<RefusedLogin>, StoreError>;
}

/// Sessions.
pub(crate) trait ReadSessions {
    /// The live session of this token.
    fn find_session_by_token(&self, token: &TokenHash) -> Result<Option<Session>, StoreError>;

    /// The live session with this id.
    fn find_session_by_id(&self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// The live sessions of one user, or of all, in order of sign-in.
    fn list_sessions(&self, user: Option<UserId>) -> Result<Vec<Session>, StoreError>;
}

/// Reset links, and requests for them.
pub(crate) trait ReadResets {
    /// The link of this token, in whatever state.
    fn find_reset_by_token(&self, token: &TokenHash) -> Result<Option<ResetLink>, StoreError>;

    /// The link with this id, in whatever state.
    fn find_reset_by_id(&self, id: ResetId) -> Result<Option<ResetLink>, StoreError>;

    /// The links of one user, or of all, in order of their making.
    fn list_resets(&self, user: Option<UserId>) -> Result<Vec<ResetLink>, StoreError>;

    /// How many links of one kind a user has alive.
    fn count_live_resets(&self, user: UserId, kind: ResetKind) -> Result<u64, StoreError>;

    /// How many requests of a user were heard in the last `window`, and the newest of them.
    fn recent_reset_requests(
        &self,
        user: UserId,
        window: Duration,
    ) -> Result<(u64, Option<Timestamp>), StoreError>;
}

/// Waiting mail.
pub(crate) trait ReadMail {
    /// What waits, oldest first; what is for nobody left out.
    fn list_mail(&self) -> Result<Vec<QueuedMail>, StoreError>;

    /// The waiting mail with this id.
    fn find_mail(&self, id: MailId) -> Result<Option<QueuedMail>, StoreError>;
}

/// The store's own id and keys. A store of an earlier version has none until a write makes them.
pub(crate) trait ReadKeys {
    /// The id of the store.
    fn store_id(&self) -> Result<Option<StoreId>, StoreError>;

    /// The key of this name and id.
    fn find_key(&self, name: KeyName, id: u8) -> Result<Option<StoreKey>, StoreError>;

    /// The key of this name with the greatest id.
    fn newest_key(&self, name: KeyName) -> Result<Option<StoreKey>, StoreError>;
}
