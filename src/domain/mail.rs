//! Mail that waits to be sent: who is to be told what.

use std::fmt;
use std::time::Duration;

use uuid::Uuid;

use super::clock::Timestamp;
use super::email::EmailAddress;
use super::user::UserId;

/// The id of a waiting mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct MailId(pub Uuid);

impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a waiting mail says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notice {
    /// A link was asked for: it is made at the moment of sending.
    ResetPassword,
    /// The account is open.
    AccountOpened,
    /// The password was changed.
    PasswordChanged,
    /// The address was changed.
    EmailChanged,
    /// A sign-in at a provider was linked.
    IdentityLinked,
}

impl Notice {
    const ALL: [Self; 5] = [
        Self::ResetPassword,
        Self::AccountOpened,
        Self::PasswordChanged,
        Self::EmailChanged,
        Self::IdentityLinked,
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ResetPassword => "reset-password",
            Self::AccountOpened => "account-opened",
            Self::PasswordChanged => "password-changed",
            Self::EmailChanged => "email-changed",
            Self::IdentityLinked => "identity-linked",
        }
    }

    /// The notice of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == word)
    }
}

/// A mail that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedMail {
    /// Names it.
    pub id: MailId,
    /// Whom it is about; nobody, where an address was asked for that nobody has.
    pub user_id: Option<UserId>,
    /// What it says.
    pub notice: Notice,
    /// Where it goes, if not to the user's address of the moment.
    pub address: Option<EmailAddress>,
    /// The address before a change of it.
    pub old_address: Option<EmailAddress>,
    /// The address after a change of it.
    pub new_address: Option<EmailAddress>,
    /// What people call the provider of a linked identity.
    pub provider: Option<String>,
    /// When it was put here.
    pub created_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// Not before.
    pub next_attempt_at: Timestamp,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// How long whoever sends a mail has it for themselves, beyond what sending may take. A process
/// that is killed meanwhile leaves it to the next after that.
pub const LEASE: Duration = Duration::from_mins(5);

/// The pause after so many failed tries.
#[must_use]
pub fn pause_after(attempts: u32) -> Duration {
    const FIRST: Duration = Duration::from_mins(1);
    const LONGEST: Duration = Duration::from_hours(6);
    let factor = 2_u32.checked_pow(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST.saturating_mul(factor).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_from_a_minute_to_six_hours() {
        let minutes: Vec<u64> = (1..12).map(|n| pause_after(n).as_secs() / 60).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    }

    #[test]
    fn words_read_back() {
        for notice in Notice::ALL {
            assert_eq!(Notice::named(notice.as_str()), Some(notice));
        }
    }
}
