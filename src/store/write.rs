//! What can be written to a store, an aggregate a trait. Every method can fail with the reason why
//! the store can't be written. One that changes the row of an id fails with [`StoreError::Broken`]
//! where there is no such row.

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

/// A transaction that may write. Everything in it happens, or nothing does.
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
    /// Adds a user without groups, password or identities. `false`: the e-mail (or the id)
    /// is taken, and nothing was added.
    fn add_user(&self, user: &User) -> Result<bool, StoreError>;

    /// Writes a user's address, names, locale and status as they stand in `user`.
    fn set_user(&self, user: &User) -> Result<(), StoreError>;

    /// Marks a user as changed now.
    fn set_updated_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// Keeps the time of a sign-in.
    fn set_last_login_at(&self, id: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// Erases a user with all that hangs on them, the audit record apart.
    fn remove_user(&self, id: UserId) -> Result<(), StoreError>;
}

/// Groups and who is in them.
pub(crate) trait WriteGroups {
    /// Adds a group. `false`: the name is taken.
    fn add_group(&self, name: &GroupName, at: Timestamp) -> Result<bool, StoreError>;

    /// Gives a group another name.
    fn set_group_name(&self, old: &GroupName, new: &GroupName) -> Result<(), StoreError>;

    /// Removes a group; memberships go with it.
    fn remove_group(&self, name: &GroupName) -> Result<(), StoreError>;

    /// Puts a user into a group. `false`: they were in it, or there is no such group.
    fn add_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError>;

    /// Takes a user out of a group. `false`: they weren't in it.
    fn remove_member(&self, group: &GroupName, user: UserId) -> Result<bool, StoreError>;
}

/// Passwords, and the wrong ones in a row.
pub(crate) trait WriteCredentials {
    /// Stores a credential in the place of whatever there was.
    fn set_credential(&self, user: UserId, credential: &Credential) -> Result<(), StoreError>;

    /// Changes the number of users who have a hash of this cost. A cost that no user has any more
    /// is forgotten, with its time.
    fn add_hash_users(&self, cost: &HashCost, by: i64) -> Result<(), StoreError>;

    /// Keeps the time that one verification was measured to take.
    fn set_hash_time(&self, cost: &HashCost, time: Duration) -> Result<(), StoreError>;

    /// Keeps that a verification took much longer than was known.
    fn set_hash_slow(&self, cost: &HashCost, slow: Slow) -> Result<(), StoreError>;

    /// Puts counts in the place of those there are: now the hashes are counted.
    fn set_hash_users(&self, counts: &[(HashCost, u64)]) -> Result<(), StoreError>;

    /// Counts one more wrong password.
    fn add_failure(&self, user: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// Forgets the wrong passwords. `false`: there were none.
    fn remove_failures(&self, user: UserId) -> Result<bool, StoreError>;
}

/// Identities, and refused logins at providers.
pub(crate) trait WriteIdentities {
    /// Adds an identity. `false`: somebody has it, or the user has another of that issuer.
    fn add_identity(&self, identity: &Identity) -> Result<bool, StoreError>;

    /// Notes that somebody signed in by this identity, now.
    fn set_identity_last_login_at(&self, issuer: &str, subject: &str) -> Result<(), StoreError>;

    /// Removes the identity a user has at this issuer. `false`: there was none.
    fn remove_identity(&self, user: UserId, issuer: &str) -> Result<bool, StoreError>;

    /// Keeps a refused sign-in in the place of an earlier one of the same person. What is older
    /// than a month goes, and the oldest of too many.
    fn add_refused_login(&self, login: &RefusedLogin) -> Result<(), StoreError>;

    /// Forgets the refused sign-in of this person.
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

    /// Ends all sessions of a user; tells how many were live.
    fn remove_sessions_of(&self, user: UserId) -> Result<u64, StoreError>;
}

/// Reset links, and requests for them.
pub(crate) trait WriteResets {
    /// Adds a link.
    fn add_reset(&self, link: &ResetLink, token: &TokenHash) -> Result<(), StoreError>;

    /// Ends a live link. `false`: it is none any more. Of many who try at once, one does it.
    fn end_reset(&self, id: ResetId, end: ResetEnd) -> Result<bool, StoreError>;

    /// Ends every live link of a user; tells how many there were.
    fn end_resets_of(&self, user: UserId, end: ResetEnd) -> Result<u64, StoreError>;

    /// Keeps when a mail server took a link over.
    fn set_reset_sent_at(&self, id: ResetId, at: Timestamp) -> Result<(), StoreError>;

    /// Remembers a request that is heard, and forgets those that no longer count.
    fn add_reset_request(&self, user: UserId, window: Duration) -> Result<(), StoreError>;
}

/// Waiting mail.
pub(crate) trait WriteMail {
    /// Puts a mail into the queue. Of those for nobody only the newest is kept.
    fn add_mail(&self, mail: &QueuedMail) -> Result<(), StoreError>;

    /// Takes the oldest mail that is due and nobody is sending, for so long.
    fn lease_mail(&self, lease: Duration) -> Result<Option<QueuedMail>, StoreError>;

    /// Ties a link to the mail that carries it.
    fn set_mail_reset(&self, id: MailId, link: ResetId) -> Result<(), StoreError>;

    /// Puts a mail off after a failed try with `link`. A mail that another process took over
    /// meanwhile, with another link, stays as it is.
    fn put_mail_off(
        &self,
        id: MailId,
        link: Option<ResetId>,
        next_attempt_at: Timestamp,
        error: &str,
    ) -> Result<(), StoreError>;

    /// Removes a mail after the try with `link`, unless another process took it over meanwhile,
    /// with another link. Returns whether it was removed.
    fn remove_tried_mail(&self, id: MailId, link: Option<ResetId>) -> Result<bool, StoreError>;

    /// Removes a mail. `false`: it wasn't there any more.
    fn remove_mail(&self, id: MailId) -> Result<bool, StoreError>;
}

/// The audit record.
pub(crate) trait WriteAudit {
    /// Appends an event.
    fn add_event(&self, event: &Event) -> Result<(), StoreError>;
}

/// Tries that are counted and told once in a while.
pub(crate) trait WriteTries {
    /// Counts a sign-in for an address nobody has. Tells how many there were since the last
    /// event was written, when it is time for the next.
    fn count_unknown_sign_in(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError>;

    /// Counts a request for a link that isn't heard, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_unknown_request(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError>;

    /// Counts a sign-in that ended at the provider, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_failed_provider(&self, now: Timestamp, interval: Duration) -> Result<Option<u64>, StoreError>;

    /// Counts a sign-in that was refused because the account is slowed or stopped, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_refused_try(
        &self,
        user: UserId,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError>;

    /// Counts what was not allowed to a user, or to visitors, as
    /// [`count_unknown_sign_in`](Self::count_unknown_sign_in) does.
    fn count_denied(
        &self,
        user: Option<UserId>,
        now: Timestamp,
        interval: Duration,
    ) -> Result<Option<u64>, StoreError>;
}

/// The store's own id and keys.
pub(crate) trait WriteKeys {
    /// Gives the store its id. `false`: it has one, which stays.
    fn add_store_id(&self, id: StoreId) -> Result<bool, StoreError>;

    /// Adds a key. `false`: there is one of this name and id, which stays.
    fn add_key(&self, name: KeyName, key: &StoreKey) -> Result<bool, StoreError>;
}

/// Third-party logins that were completed.
pub(crate) trait WriteCompletedLogins {
    /// Remembers until then that a third-party login was completed. `false`: it was completed
    /// before. Of many who try at once, one gets `true`.
    fn add_completed_login(&self, state: StateHash, kept_until: Timestamp) -> Result<bool, StoreError>;
}

/// What ended long ago.
pub(crate) trait WriteUpkeep {
    /// Removes sessions, reset links and refused logins that ended more than 30 days ago, and
    /// completed logins that need not be remembered any more: at most 100 of each.
    fn remove_expired(&self) -> Result<(), StoreError>;

    /// Ends the sessions and reset links that were made while the clock was ahead.
    fn end_what_is_ahead(&self) -> Result<(), StoreError>;
}
