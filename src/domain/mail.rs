//! Mail that waits to be sent: who is to be told what.

use std::time::Duration;

use super::clock::{Timestamp, later};
use super::email::EmailAddress;
use super::ids::{MailId, ResetId, UserId};
use super::reset::LinkLife;

/// What a waiting mail says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
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
#[non_exhaustive]
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
    /// The link that the last try made, if that try did not come to its end: its process was
    /// killed, or is still sending.
    pub link: Option<ResetId>,
}

impl QueuedMail {
    /// From when on the mail is no longer worth sending: a request for a link when the link would
    /// have ended, a notice after [`NOTICE_LIFE`].
    #[must_use]
    pub fn outdated_at(&self, link_life: LinkLife) -> Timestamp {
        let life = match self.notice {
            Notice::ResetPassword => link_life.get(),
            Notice::AccountOpened
            | Notice::PasswordChanged
            | Notice::EmailChanged
            | Notice::IdentityLinked => NOTICE_LIFE,
        };
        later(self.created_at, life)
    }

    /// Whether a mail that may have arrived is sent once more. A link is not: the one that may
    /// have arrived stays alive, and the user can ask for another. A notice is, a few times:
    /// twice is better than never.
    #[must_use]
    pub fn repeats_after_uncertainty(&self) -> bool {
        self.notice != Notice::ResetPassword && self.attempts.saturating_add(1) < UNCERTAIN_TRIES
    }
}

/// How long a notice waits at most (RFC 5321 §4.5.4.1: give up after 4 to 5 days).
pub const NOTICE_LIFE: Duration = Duration::from_hours(5 * 24);

/// How often a notice is sent at most whose arrival is uncertain each time.
const UNCERTAIN_TRIES: u32 = 3;

/// How long a process has a mail for itself, beyond what sending may take. If the process is
/// killed, another process can send the mail after that time.
pub const LEASE: Duration = Duration::from_mins(5);

/// No process has a mail for itself for longer, whatever its mail server may take.
pub const LONGEST_LEASE: Duration = Duration::from_hours(24);

/// The longest pause between two tries.
pub const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// The pause after so many failed tries.
#[must_use]
pub fn pause_after(attempts: u32) -> Duration {
    const FIRST: Duration = Duration::from_mins(1);
    let factor = 2_u32.checked_pow(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST.saturating_mul(factor).min(LONGEST_PAUSE)
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
