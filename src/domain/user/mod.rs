//! Users: what a user has, and how a user is named.

mod locale;
mod name;
mod status;

use std::str::FromStr;

use uuid::Uuid;

use super::clock::Timestamp;
use super::email::EmailAddress;
use super::group::GroupName;
use super::identity::IdentityBond;
use super::ids::UserId;
use super::password::PasswordState;
use super::throttle::{Failures, LockKind, ThrottlePolicy};

pub use locale::{Locale, LocaleError};
pub use name::{Name, NameError};
pub use status::{Status, TransitionRefused, UnknownStatus};

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct User {
    /// The id. It never changes, and no other user gets it later.
    pub id: UserId,
    /// The address as it was written. No other user has an address with this canonical form.
    pub email: EmailAddress,
    /// The first name. It can be empty.
    pub first_name: Name,
    /// The last name. It can be empty.
    pub last_name: Name,
    /// The status.
    pub status: Status,
    /// The language of the mails to the user.
    pub locale: Locale,
    /// The names of the user's groups.
    pub groups: Vec<GroupName>,
    /// Whether the user has a password that the user can know.
    pub password_state: PasswordState,
    /// Whether the user must change the password before the next session.
    pub must_change_password: bool,
    /// The third-party accounts that are linked to the user.
    pub identities: Vec<IdentityBond>,
    /// Whether wrong passwords delay or stop the user's sign-ins.
    pub lock: LockKind,
    /// The end of the delay.
    #[serde(serialize_with = "crate::domain::moment::seconds_if_any")]
    pub locked_until: Option<Timestamp>,
    /// The time of the last successful sign-in.
    #[serde(serialize_with = "crate::domain::moment::seconds_if_any")]
    pub last_login_at: Option<Timestamp>,
    /// The time at which the user was created.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub created_at: Timestamp,
    /// The time of the last change of any field. A sign-in is no change.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub updated_at: Timestamp,
}

/// A user as the store returns it: with the failed sign-ins, from which [`StoredUser::at`] tells
/// the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUser {
    pub id: UserId,
    pub email: EmailAddress,
    pub first_name: Name,
    pub last_name: Name,
    pub status: Status,
    pub locale: Locale,
    pub groups: Vec<GroupName>,
    pub password_state: PasswordState,
    pub must_change_password: bool,
    pub identities: Vec<IdentityBond>,
    pub failures: Option<Failures>,
    pub last_login_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl StoredUser {
    /// The user at `now`. The rules of `throttle` tell whether sign-ins are delayed or stopped.
    #[must_use]
    pub fn at(self, now: Timestamp, throttle: &ThrottlePolicy) -> User {
        let (lock, locked_until) = throttle.lock(self.failures, now).shown();
        User {
            id: self.id,
            email: self.email,
            first_name: self.first_name,
            last_name: self.last_name,
            status: self.status,
            locale: self.locale,
            groups: self.groups,
            password_state: self.password_state,
            must_change_password: self.must_change_password,
            identities: self.identities,
            lock,
            locked_until,
            last_login_at: self.last_login_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

impl User {
    /// Whether the user is in the group `administrators`.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.groups.iter().any(GroupName::is_administrators)
    }

    /// Whether the user is in `group`. The canonical forms of the names are compared.
    #[must_use]
    pub fn is_in(&self, group: &GroupName) -> bool {
        self.groups.iter().any(|g| g.canonical() == group.canonical())
    }
}

/// Names a user: by id or by e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserRef {
    /// The id of the user.
    Id(UserId),
    /// The address of the user. Its canonical form decides.
    Email(EmailAddress),
}

/// The error for a text that is neither an id nor an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a user is named by e-mail or by id")]
pub struct NoUserRef;

impl FromStr for UserRef {
    type Err = NoUserRef;

    fn from_str(text: &str) -> Result<Self, NoUserRef> {
        let text = text.trim();
        if let Ok(id) = Uuid::try_parse(text) {
            return Ok(Self::Id(UserId(id)));
        }
        // A user whose address is refused today is still found.
        EmailAddress::parse_existing(text)
            .map(Self::Email)
            .map_err(|_| NoUserRef)
    }
}

impl From<UserId> for UserRef {
    fn from(id: UserId) -> Self {
        Self::Id(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_named_by_id_or_email() {
        assert!(matches!("ada@example.com".parse(), Ok(UserRef::Email(_))));
        assert!(matches!(
            "0193b0e5-7c5e-7000-8000-000000000001".parse(),
            Ok(UserRef::Id(_))
        ));
        // This address was accepted once.
        assert!(matches!("ada@under_score.example".parse(), Ok(UserRef::Email(_))));
        assert_eq!("ada".parse::<UserRef>(), Err(NoUserRef));
    }
}
