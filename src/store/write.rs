//! What can be written to a store: one trait for each kind of data. Each method can fail if the
//! store can't be written. A method that changes the row of an id fails with [`StoreError::Broken`]
//! if there is no row with this id.

use std::time::Duration;

use super::StoreError;
use super::read::Read;
use crate::domain::audit::Event;
use crate::domain::clock::Timestamp;
use crate::domain::floor::{HashCost, Slow};
use crate::domain::group::GroupName;
use crate::domain::identity::{Identity, RefusedLogin};
use crate::domain::ids::{MailId, ResetId, SessionId, UserId};
use crate::domain::keys::{KeyName, StoreId, StoreKey};
use crate::domain::mail::QueuedMail;
use crate::domain::password::Credential;
use crate::domain::reset::{ResetEnd, ResetLink};
use crate::domain::session::Session;
use crate::domain::third_party::StateHash;
use crate::domain::token::TokenHash;
use crate::domain::user::User;

/// A transaction that can write. All of its changes are kept, or none.
pub(crate) trait Write:
    Read
    + WriteUsers
    + WriteGroups
    + WriteCredentials
    + WriteIdentities
    + WriteSessions
    + WriteResets
    + WriteMail
    + WriteAudit
    + WriteTries
    + WriteKeys
    + WriteCompletedLogins
    + WriteUpkeep
{
}

/// Users.
pub(crate) trait WriteUsers {
    /// Adds a user without groups, password and identities. Returns `false` if another user has the
    /// address or the id; no user is added then.
    fn add_user(&self, user: &User) -> Result<bool, StoreError>;

    /// Writes the address, the names, the locale and the status of `user`.
    fn set_user(&self, user: &User) -> Result<(), StoreError>;

    /// Sets the time of the last change of a user.
    fn set_updated_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// Sets the time of the last sign-in of a user.
    fn set_last_login_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// Removes a user, with all that belongs to the user but the audit record.
    fn remove_user(&self, id: UserId) -> Result<(), StoreError>;
}

/// Groups and their members.
pub(crate) trait WriteGroups {
    /// Adds a group. Returns `false` if there is a group with this name.
    fn add_group(&self, name: &GroupName, at: Timestamp) -> Result<bool, StoreError>;

    /// Gives a group another name.
    fn set_group_name(&self, old: &GroupName, new: &GroupName) -> Result<(), StoreError>;

    /// Removes a group. Its members leave it.
    fn remove_group(&self, name: &GroupName) -> Result<(), StoreError>;

    /// Adds a user to a group. Returns `false` if the user is a member already, or if there is no
    /// group with this name.
    fn add_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError>;

    /// Removes a user from a group. Returns `false` if the user is no member.
    fn remove_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError>;
}

/// Passwords, and wrong passwords in a row.
pub(crate) trait WriteCredentials {
    /// Sets the credential of a user.
    fn set_credential(&self, user: UserId, credential: &Credential) -> Result<(), StoreError>;

    /// Changes the number of users who have a hash of this cost. A cost without users is removed,
    /// with its time.
    fn add_hash_users(&self, cost: &HashCost, by: i64) -> Result<(), StoreError>;

    /// Sets the measured time of one verification.
    fn set_hash_time(&self, cost: &HashCost, time: Duration) -> Result<(), StoreError>;

    /// Sets the time of a verification that took much longer than the measured time.
    fn set_hash_slow(&self, cost: &HashCost, slow: Slow) -> Result<(), StoreError>;

    /// Replaces all counts. The hashes count as counted then.
    fn set_hash_users(&self, counts: &[(HashCost, u64)]) -> Result<(), StoreError>;

    /// Counts one more wrong password.
    fn add_failure(&self, user: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// Removes the wrong passwords of a user. Returns `false` if there are none.
    fn remove_failures(&self, user: UserId) -> Result<bool, StoreError>;
}

/// Identities, and refused sign-ins at providers.
pub(crate) trait WriteIdentities {
    /// Adds an identity. Returns `false` if a user has it already, or if the user has another
    /// identity of this issuer.
    fn add_identity(&self, identity: &Identity) -> Result<bool, StoreError>;

    /// Sets the time of the last sign-in with this identity to now.
    fn set_identity_last_login_at(&self, issuer: &str, subject: &str) -> Result<(), StoreError>;

    /// Removes the identity of a user at this issuer. Returns `false` if there is none.
    fn remove_identity(&self, user: UserId, issuer: &str) -> Result<bool, StoreError>;

    /// Stores a refused sign-in. It replaces an earlier one of the same person. Refused sign-ins
    /// older than a month are removed, and the oldest ones if there are too many.
    fn add_refused_login(&self, login: &RefusedLogin) -> Result<(), StoreError>;

    /// Removes the refused sign-in of this person.
    fn remove_refused_login(&self, issuer: &str, subject: &str) -> Result<(), StoreError>;
}

/// Sessions.
pub(crate) trait WriteSessions {
    /// Adds a session.
    fn add_session(&self, session: &Session, token: &TokenHash) -> Result<(), StoreError>;

    /// Moves the idle end of a session.
    fn set_idle_expires_at(&self, id: SessionId, at: Timestamp) -> Result<(), StoreError>;

    /// Ends a session.
    fn remove_session(&self, id: SessionId) -> Result<(), StoreError>;

    /// Ends all sessions of a user. Returns the number of live ones.
    fn remove_sessions_of(&self, user: UserId) -> Result<u64, StoreError>;
}

/// Reset links, and requests for them.
pub(crate) trait WriteResets {
    /// Adds a link.
    fn add_reset(&self, link: &ResetLink, token: &TokenHash) -> Result<(), StoreError>;

    /// Ends a live link. Returns `false` if the link is not live. If several callers try at the same
    /// time, one of them gets `true`.
    fn end_reset(&self, id: ResetId, end: ResetEnd) -> Result<bool, StoreError>;

    /// Ends all live links of a user. Returns their number.
    fn end_resets_of(&self, user: UserId, end: ResetEnd) -> Result<u64, StoreError>;

    /// Sets the time at which a mail server accepted the mail with a link.
    fn set_reset_sent_at(&self, id: ResetId, at: Timestamp) -> Result<(), StoreError>;

    /// Stores an accepted request, and removes the requests that no longer count.
    fn add_reset_request(&self, user: UserId, window: Duration) -> Result<(), StoreError>;
}

/// The mail queue.
pub(crate) trait WriteMail {
    /// Adds a mail to the queue. Of the mails for addresses that no user has, only the newest one is
    /// kept.
    fn add_mail(&self, mail: &QueuedMail) -> Result<(), StoreError>;

    /// Reserves the oldest mail that is due and that no other process has reserved.
    fn lease_mail(&self, lease: Duration) -> Result<Option<QueuedMail>, StoreError>;

    /// Stores which link a mail carries.
    fn set_mail_reset(&self, id: MailId, link: ResetId) -> Result<(), StoreError>;

    /// Sets the time of the next try after a failed try with `link`. If another process has reserved
    /// the mail since then, with another link, the mail is not changed.
    fn put_mail_off(
        &self,
        id: MailId,
        link: Option<ResetId>,
        next_attempt_at: Timestamp,
        error: &str,
    ) -> Result<(), StoreError>;

    /// Removes a mail after the try with `link`, unless another process has reserved it since then,
    /// with another link. Returns whether it was removed.
    fn remove_tried_mail(&self, id: MailId, link: Option<ResetId>) -> Result<bool, StoreError>;

    /// Removes a mail. Returns `false` if it is not in the queue.
    fn remove_mail(&self, id: MailId) -> Result<bool, StoreError>;
}

/// The audit record.
pub(crate) trait WriteAudit {
    /// Appends an event.
    fn add_event(&self, event: &Event) -> Result<(), StoreError>;
}

/// Tries that are counted. One event is written for many of them.
pub(crate) trait WriteTries {
    /// Counts a sign-in with an address that no user has. If it is time to write an event, returns
    /// the number of these sign-ins since the last event.
    fn count_unknown_sign_in(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError>;

    /// Counts a request for a link that is not accepted, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_unknown_request(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError>;

    /// Counts a sign-in that ended at the provider, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_failed_provider(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError>;

    /// Counts a sign-in that was refused because the account is delayed or stopped, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_refused_try(
        &self,
        user: UserId,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError>;

    /// Counts an action that was not allowed to a user or to visitors, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_denied(
        &self,
        user: Option<UserId>,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError>;
}

/// The id and the keys of the store.
pub(crate) trait WriteKeys {
    /// Sets the id of the store. Returns `false` if the store has an id, which stays.
    fn add_store_id(&self, id: StoreId) -> Result<bool, StoreError>;

    /// Adds a key. Returns `false` if there is a key with this name and id, which stays.
    fn add_key(&self, name: KeyName, key: &StoreKey) -> Result<bool, StoreError>;
}

/// Third-party logins that were completed.
pub(crate) trait WriteCompletedLogins {
    /// Stores until `kept_until` that a third-party login was completed. Returns `false` if it was
    /// completed before. If several callers try at the same time, one of them gets `true`.
    fn add_completed_login(&self, state: StateHash, kept_until: Timestamp) -> Result<bool, StoreError>;
}

/// Data that is no longer needed.
pub(crate) trait WriteUpkeep {
    /// Removes sessions, reset links and refused sign-ins that ended more than 30 days ago, and
    /// completed logins that are no longer needed. It removes at most 100 of each.
    fn remove_expired(&self) -> Result<(), StoreError>;

    /// Ends the sessions and reset links that were made while the clock was ahead.
    fn end_what_is_ahead(&self) -> Result<(), StoreError>;
}
