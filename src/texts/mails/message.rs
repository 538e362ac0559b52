//! The messages there are, whom they go to, and what a template may say of both.

use std::collections::BTreeMap;
use std::fmt;

use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::user::{Locale, Name};
use crate::texts::moments::Moments;

/// Whom a message goes to.
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    /// The stored address.
    pub email: &'a EmailAddress,
    /// May be empty.
    pub first_name: &'a Name,
    /// May be empty.
    pub last_name: &'a Name,
    /// The language to write in.
    pub locale: &'a Locale,
}

/// What a user is told by mail.
#[derive(Clone, Copy)]
pub enum Message<'a> {
    /// A link to choose a new password with.
    ResetPassword {
        /// The reset link, token and all.
        url: &'a str,
        /// When it stops working.
        expires_at: Timestamp,
    },
    /// A link to choose a first password with.
    Invitation {
        /// The reset link, token and all.
        url: &'a str,
        /// When it stops working.
        expires_at: Timestamp,
    },
    /// The account was activated.
    AccountOpened,
    /// Somebody set a new password.
    PasswordChanged {
        /// When.
        at: Timestamp,
    },
    /// The account has another address now; told to both.
    EmailChanged {
        /// The address before.
        old: &'a str,
        /// The address now.
        new: &'a str,
        /// When.
        at: Timestamp,
    },
    /// A sign-in at a provider leads to the account now.
    IdentityLinked {
        /// What people call the provider.
        provider: &'a str,
        /// When.
        at: Timestamp,
    },
}

/// A message as it will be read.
#[derive(Clone, PartialEq, Eq)]
pub struct RenderedMail {
    /// One line.
    pub subject: String,
    /// The plain part.
    pub text: String,
    /// The same for clients that show HTML.
    pub html: String,
}

/// What a template may name, and its value.
pub(super) type Values = BTreeMap<&'static str, String>;

impl<'a> Message<'a> {
    /// The name of every message: what its folder of templates is called.
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

    /// One of each, to try templates with.
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

    /// What the templates of this message may name, the link apart; times as `lang` writes them.
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

/// Shows no link.
impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({})", self.name())
    }
}

/// Shows no body, for it may hold a link.
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
