//! The messages, the recipients, and the values for the templates.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::user::{Locale, Name};
use crate::texts::moments::Moments;

/// The recipient of a message.
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    /// The address as it is stored.
    pub email: &'a EmailAddress,
    /// The first name. It can be empty.
    pub first_name: &'a Name,
    /// The last name. It can be empty.
    pub last_name: &'a Name,
    /// The language of the recipient.
    pub locale: &'a Locale,
}

/// A message to a user.
#[derive(Clone, Copy)]
pub enum Message<'a> {
    /// A link with which the user chooses a new password.
    ResetPassword {
        /// The reset link with its token.
        url: &'a str,
        /// The end of the life of the link.
        expires_at: Timestamp,
    },
    /// A link with which the user chooses the first password.
    Invitation {
        /// The reset link with its token.
        url: &'a str,
        /// The end of the life of the link.
        expires_at: Timestamp,
    },
    /// The account was activated.
    AccountOpened,
    /// The password was changed.
    PasswordChanged {
        /// The time of the change.
        at: Timestamp,
    },
    /// The address was changed. The mail goes to both addresses.
    EmailChanged {
        /// The old address.
        old: &'a str,
        /// The new address.
        new: &'a str,
        /// The time of the change.
        at: Timestamp,
    },
    /// An account at a provider was linked.
    IdentityLinked {
        /// The label of the provider.
        provider: &'a str,
        /// The time at which the account was linked.
        at: Timestamp,
    },
}

/// A message after rendering.
#[derive(Clone, PartialEq, Eq)]
pub struct RenderedMail {
    /// The subject. It is one line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// The names that a template can use, and their values.
pub(super) type Values = BTreeMap<&'static str, String>;

impl<'a> Message<'a> {
    /// The names of all messages. The templates of an operator stand in folders with these names.
    pub const ALL_NAMES: [&'static str; 6] = [
        "reset-password",
        "invitation",
        "account-opened",
        "password-changed",
        "email-changed",
        "identity-linked",
    ];

    /// The name of this message, one of [`ALL_NAMES`](Self::ALL_NAMES).
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::ResetPassword { .. } => "reset-password",
            Self::Invitation { .. } => "invitation",
            Self::AccountOpened => "account-opened",
            Self::PasswordChanged { .. } => "password-changed",
            Self::EmailChanged { .. } => "email-changed",
            Self::IdentityLinked { .. } => "identity-linked",
        }
    }

    /// One message of each kind, to check templates.
    pub(super) fn samples() -> [Self; 6] {
        let at = Timestamp::UNIX_EPOCH;
        let url = "https://desk.example.com/reset#token=a&b";
        let (old, new) = ("before@example.com", "now@example.com");
        [
            Self::ResetPassword { url, expires_at: at },
            Self::Invitation { url, expires_at: at },
            Self::AccountOpened,
            Self::PasswordChanged { at },
            Self::EmailChanged { old, new, at },
            Self::IdentityLinked { provider: "Okta", at },
        ]
    }

    /// The link, if this message has one.
    pub(super) fn url(&self) -> Option<&'a str> {
        match self {
            Self::ResetPassword { url, .. } | Self::Invitation { url, .. } => Some(url),
            Self::AccountOpened
            | Self::PasswordChanged { .. }
            | Self::EmailChanged { .. }
            | Self::IdentityLinked { .. } => None,
        }
    }

    /// The values for the templates of this message, without the link. Times have the form of the
    /// language `lang`.
    pub(super) fn values(&self, to: &Recipient<'_>, lang: &str, moments: &Moments) -> Values {
        let mut values = Values::from([
            ("first_name", to.first_name.as_str().to_owned()),
            ("last_name", to.last_name.as_str().to_owned()),
            ("email", to.email.as_str().to_owned()),
            ("lang", lang.to_owned()),
        ]);
        match self {
            Self::ResetPassword { expires_at, .. } | Self::Invitation { expires_at, .. } => {
                values.insert("expires_at", moments.written(*expires_at, lang));
            }
            Self::AccountOpened => {}
            Self::PasswordChanged { at } => {
                values.insert("at", moments.written(*at, lang));
            }
            Self::EmailChanged { old, new, at } => {
                values.insert("old", (*old).to_owned());
                values.insert("new", (*new).to_owned());
                values.insert("at", moments.written(*at, lang));
            }
            Self::IdentityLinked { provider, at } => {
                values.insert("provider", (*provider).to_owned());
                values.insert("at", moments.written(*at, lang));
            }
        }
        values
    }
}

/// The link is not shown.
impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({})", self.name())
    }
}

/// The body is not shown, because it can hold a link.
impl fmt::Debug for RenderedMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RenderedMail")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_its_name_and_shows_no_link() {
        assert_eq!(Message::samples().map(|m| m.name()), Message::ALL_NAMES);
        for message in Message::samples() {
            assert!(!format!("{message:?}").contains("token"));
        }
        let mail = RenderedMail {
            subject: "Reset".to_owned(),
            text: "https://x/#token".to_owned(),
            html: "https://x/#token".to_owned(),
        };
        assert!(!format!("{mail:?}").contains("token"));
    }
}
