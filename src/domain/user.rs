//! Users, their states and the moves between them.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::clock::Timestamp;
use super::email::EmailAddress;
use super::group::GroupName;
use super::identity::IdentityBond;
use super::password::PasswordState;
use super::text;
use super::throttle::{Failures, LockKind, ThrottlePolicy};

/// A user's id: a UUIDv7 (RFC 9562 §5.7), so that ids grow in order of creation.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct UserId(pub Uuid);

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserId({})", self.0)
    }
}

/// Where a user stands. Only an active one can sign in, by any way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Created, not let in yet.
    Pending,
    /// May sign in.
    Active,
    /// Was let in once, or invited, and is no more.
    Deactivated,
    /// Gone for everyone but whoever restores or purges them.
    Deleted,
}

/// A move between two states that the rules don't have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a user who is {from} can't be {to}")]
#[non_exhaustive]
pub struct TransitionRefused {
    /// Where the user stands.
    pub from: Status,
    /// What was asked for, as a past participle ("activated").
    pub to: &'static str,
}

impl Status {
    /// Every status, in the order of a life.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Active, Self::Deactivated, Self::Deleted];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::Deleted => "deleted",
        }
    }

    /// The state after an activation.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a deleted user.
    pub fn activate(self) -> Result<Self, TransitionRefused> {
        match self {
            Self::Deleted => Err(self.refuse("activated")),
            Self::Pending | Self::Deactivated | Self::Active => Ok(Self::Active),
        }
    }

    /// The state after a deactivation; an invitation can be taken back too.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a deleted user.
    pub fn deactivate(self) -> Result<Self, TransitionRefused> {
        match self {
            Self::Deleted => Err(self.refuse("deactivated")),
            Self::Pending | Self::Active | Self::Deactivated => Ok(Self::Deactivated),
        }
    }

    /// The state after a deletion, which everyone can have.
    #[must_use]
    pub fn delete(self) -> Self {
        Self::Deleted
    }

    /// The state after a restoration: never straight to active.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a pending or active user, who has nothing to be restored from.
    pub fn restore(self) -> Result<Self, TransitionRefused> {
        match self {
            Self::Deleted | Self::Deactivated => Ok(Self::Deactivated),
            Self::Pending | Self::Active => Err(self.refuse("restored")),
        }
    }

    /// Whether the user may be erased for good.
    ///
    /// # Errors
    /// [`TransitionRefused`] for anyone who isn't deleted.
    pub fn purge(self) -> Result<(), TransitionRefused> {
        match self {
            Self::Deleted => Ok(()),
            Self::Pending | Self::Active | Self::Deactivated => Err(self.refuse("purged")),
        }
    }

    /// Whether the user's names, groups and password may be changed.
    ///
    /// # Errors
    /// [`TransitionRefused`] for a deleted user.
    pub fn change(self) -> Result<(), TransitionRefused> {
        match self {
            Self::Deleted => Err(self.refuse("changed")),
            Self::Pending | Self::Active | Self::Deactivated => Ok(()),
        }
    }

    fn refuse(self, to: &'static str) -> TransitionRefused {
        TransitionRefused { from: self, to }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A word that is no status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a status is one of pending, active, deactivated, deleted")]
pub struct UnknownStatus;

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, UnknownStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(UnknownStatus)
    }
}

/// A first or last name, in any script; may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Name(String);

/// Why a name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Over [`Name::MAX_CHARS`] code points.
    #[error("a name has at most 255 characters")]
    TooLong,
    /// A control or bidirectional character.
    #[error("a name can't hold control or bidirectional characters")]
    HiddenCharacter,
}

impl Name {
    /// Longest name in code points.
    pub const MAX_CHARS: usize = 255;

    /// Reads a name. White space around it is dropped.
    ///
    /// # Errors
    /// [`NameError`], saying which rule the name breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        // Looked at before trimming, which would swallow a line break at the end.
        if text.chars().any(text::is_hostile) {
            return Err(NameError::HiddenCharacter);
        }
        let name = text.trim();
        if name.chars().count() > Self::MAX_CHARS {
            return Err(NameError::TooLong);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_stored(name: String) -> Self {
        Self(name)
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

/// The language a person is written to, as a language tag (RFC 5646): `en`, `de-AT`, `zh_Hans`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Locale(String);

/// A text that is no language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a locale is a language tag such as `en` or `de-AT`")]
pub struct LocaleError;

impl Locale {
    /// Reads a language tag by its form; `_` will do for `-`.
    ///
    /// # Errors
    /// [`LocaleError`] if it doesn't have the form of one.
    pub fn parse(text: &str) -> Result<Self, LocaleError> {
        let tag = text.trim();
        let mut subtags = tag.split(['-', '_']);
        let language = subtags.next().unwrap_or_default();
        let language_ok =
            (2..=8).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
        let rest_ok =
            subtags.all(|t| (1..=8).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric()));
        if language_ok && rest_ok && tag.len() <= 35 {
            Ok(Self(tag.to_owned()))
        } else {
            Err(LocaleError)
        }
    }

    /// The tag as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_stored(tag: String) -> Self {
        Self(tag)
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(text: &str) -> Result<Self, LocaleError> {
        Self::parse(text)
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

/// A person with an account.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct User {
    /// Never changes, never comes back.
    pub id: UserId,
    /// As it was written; unique by its canonical form.
    pub email: EmailAddress,
    /// May be empty.
    pub first_name: Name,
    /// May be empty.
    pub last_name: Name,
    /// Where the user stands.
    pub status: Status,
    /// The language to write to them in.
    pub locale: Locale,
    /// The groups they are in, by name.
    pub groups: Vec<GroupName>,
    /// Whether there is a password, and whether anybody knows it.
    pub password_state: PasswordState,
    /// No session before the password was changed.
    pub must_change_password: bool,
    /// The third-party accounts that are theirs.
    pub identities: Vec<IdentityBond>,
    /// Whether wrong passwords slowed or stopped the account.
    pub lock: LockKind,
    /// Until when it is slowed.
    #[serde(serialize_with = "crate::domain::moment::seconds_if_any")]
    pub locked_until: Option<Timestamp>,
    /// The last successful sign-in.
    #[serde(serialize_with = "crate::domain::moment::seconds_if_any")]
    pub last_login_at: Option<Timestamp>,
    /// When the user was created.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub created_at: Timestamp,
    /// When anything of this last changed, sign-ins apart.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub updated_at: Timestamp,
}

/// A user as a store keeps one: with the failures from which a lock follows.
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
    /// The user at `now`, under the rules of `throttle`.
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

    /// Whether the user is in `group`, however its name is spelt.
    #[must_use]
    pub fn is_in(&self, group: &GroupName) -> bool {
        self.groups.iter().any(|g| g.canonical() == group.canonical())
    }
}

/// How a user is named: by id or by e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserRef {
    /// By id.
    Id(UserId),
    /// By e-mail, in whatever spelling.
    Email(EmailAddress),
}

/// A text that names no user, for it is neither an id nor an address.
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
        EmailAddress::parse(text).map(Self::Email).map_err(|_| NoUserRef)
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
    fn the_moves_of_the_domain_and_no_others() {
        use Status::{Active, Deactivated, Deleted, Pending};
        for from in Status::ALL {
            let open = from != Deleted;
            assert_eq!(from.activate().is_ok(), open);
            assert_eq!(from.deactivate().is_ok(), open);
            assert_eq!(from.change().is_ok(), open);
            assert_eq!(from.delete(), Deleted);
            assert_eq!(from.purge().is_ok(), !open);
        }
        assert_eq!(Pending.deactivate(), Ok(Deactivated));
        assert_eq!(Deleted.restore(), Ok(Deactivated));
        assert_eq!(Deactivated.restore(), Ok(Deactivated));
        assert!(Active.restore().is_err());
        assert!(Pending.restore().is_err());
    }

    #[test]
    fn a_refused_move_names_both_ends() {
        let refusal = Status::Deleted.activate().unwrap_err();
        assert_eq!(refusal.to_string(), "a user who is deleted can't be activated");
    }

    #[test]
    fn names_hold_any_script_but_no_control_character() {
        for name in [
            "Τιμολέων",
            "الأيوبي",
            "治",
            "Nguyễn Văn A",
            "O'Neil",
            "می\u{200C}خواهم",
            "",
        ] {
            assert_eq!(Name::parse(name).unwrap().as_str(), name);
        }
        for name in ["a\nb", "a\u{0}b", "a\u{1b}[2J", "a\u{202E}b", "x\n"] {
            assert_eq!(Name::parse(name), Err(NameError::HiddenCharacter), "{name:?}");
        }
        assert!(Name::parse(&"é".repeat(255)).is_ok());
        assert_eq!(Name::parse(&"é".repeat(256)), Err(NameError::TooLong));
    }

    #[test]
    fn locales_are_language_tags() {
        for tag in ["en", "de-AT", "de_DE", "zh-Hans-CN"] {
            assert_eq!(Locale::parse(tag).unwrap().as_str(), tag);
        }
        for text in ["", "e", "english language", "de-", "../etc", "d3", "de--AT"] {
            assert!(Locale::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_user_is_named_by_id_or_email() {
        assert!(matches!("ada@example.com".parse(), Ok(UserRef::Email(_))));
        assert!(matches!(
            "0193b0e5-7c5e-7000-8000-000000000001".parse(),
            Ok(UserRef::Id(_))
        ));
        assert_eq!("ada".parse::<UserRef>(), Err(NoUserRef));
    }
}
