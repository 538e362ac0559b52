//! The queue of mails that wait to be sent.

use std::time::Duration;

use super::clock::{Timestamp, later};
use super::email::EmailAddress;
use super::ids::{MailId, ResetId, UserId};
use super::reset::LinkLife;

/// The message of a mail in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Notice {
    /// A reset link was asked for. The link is made when the mail is sent.
    ResetPassword,
    /// The account was activated.
    AccountOpened,
    /// The password was changed.
    PasswordChanged,
    /// The e-mail address was changed.
    EmailChanged,
    /// An account at a provider was linked.
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

    /// The word for the message.
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

    /// The message with this word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.as_str() == word)
    }
}

/// A mail in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueuedMail {
    /// The id of the mail.
    pub id: MailId,
    /// The user whom the mail is about. `None` if a link was asked for with an address that no user
    /// has.
    pub user_id: Option<UserId>,
    /// The message.
    pub notice: Notice,
    /// The address of the mail. `None` stands for the address that the user has when the mail is sent.
    pub address: Option<EmailAddress>,
    /// The old address, if the address was changed.
    pub old_address: Option<EmailAddress>,
    /// The new address, if the address was changed.
    pub new_address: Option<EmailAddress>,
    /// The label of the provider, if an identity was linked.
    pub provider: Option<String>,
    /// The time at which the mail was put into the queue.
    pub created_at: Timestamp,
    /// The number of tries to send the mail.
    pub attempts: u32,
    /// The earliest time of the next try.
    pub next_attempt_at: Timestamp,
    /// The error of the last try.
    pub last_error: Option<String>,
    /// The link that the last try made, if the try did not end: its process was killed, or it is still
    /// sending.
    pub link: Option<ResetId>,
}

impl QueuedMail {
    /// The time after which the mail is no longer sent. For a request for a link, the link would have
    /// ended then; a notice is sent within [`NOTICE_LIFE`].
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

    /// Whether the mail is sent again after a try that may have succeeded. A link is not sent again:
    /// the first link stays valid, and the user can ask for another one. A notice is sent again a few
    /// times: two notices are better than none.
    #[must_use]
    pub fn repeats_after_uncertainty(&self) -> bool {
        self.notice != Notice::ResetPassword && self.attempts.saturating_add(1) < UNCERTAIN_TRIES
    }
}

/// The longest time that a notice waits in the queue (RFC 5321 §4.5.4.1: give up after 4 to 5 days).
pub const NOTICE_LIFE: Duration = Duration::from_hours(5 * 24);

/// The number of times that a notice is sent if each try may have succeeded.
const UNCERTAIN_TRIES: u32 = 3;

/// A process reserves a mail for the longest time that sending can take, and this time. If the process
/// is killed, another process can send the mail after that.
pub const LEASE: Duration = Duration::from_mins(5);

/// The longest time for which a process reserves a mail.
pub const LONGEST_LEASE: Duration = Duration::from_hours(24);

/// The longest pause between two tries.
pub const LONGEST_PAUSE: Duration = Duration::from_hours(6);

/// The pause after this number of failed tries.
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
    fn each_message_is_found_by_its_word() {
        for notice in Notice::ALL {
            assert_eq!(Notice::named(notice.as_str()), Some(notice));
        }
    }
}
