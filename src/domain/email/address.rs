//! An address, and its canonical form.

use std::fmt;
use std::str::FromStr;

use super::error::EmailError;
use super::new;
use crate::domain::text;

/// An address as it was written, with its canonical form. The canonical form is unique in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress {
    shown: String,
    canonical: CanonicalEmail,
}

/// The canonical form of an address: the local part after `NFKC_Casefold`, the domain in its IDNA form.
/// It *prevents duplicates*. It never decides who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CanonicalEmail(String);

impl EmailAddress {
    /// The length of the longest address, in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
    pub const MAX_BYTES: usize = new::MAX_BYTES;

    /// Reads an address that a user can get. White space before and after it is removed.
    ///
    /// # Errors
    /// [`EmailError`] if mail can't be sent to the address.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let read = Self::parse_existing(text);
        if let Err(EmailError::Empty | EmailError::TooLong | EmailError::HiddenCharacter(_)) = read {
            return read;
        }
        new::check(text.trim())?;
        read
    }

    /// Reads an address by which a user is looked up, or that a user had before. It can be one that
    /// [`parse`](Self::parse) refuses today, but has a form that was stored once.
    ///
    /// # Errors
    /// [`EmailError`] if no user can have the address.
    pub(crate) fn parse_existing(text: &str) -> Result<Self, EmailError> {
        let shown = text.trim();
        if shown.is_empty() {
            return Err(EmailError::Empty);
        }
        if shown.len() > Self::MAX_BYTES {
            return Err(EmailError::TooLong);
        }
        if let Some(c) = shown
            .chars()
            .find(|c| text::is_hostile(*c) || text::is_format(*c))
        {
            return Err(EmailError::HiddenCharacter(c));
        }
        let (local, domain) = shown.rsplit_once('@').ok_or(EmailError::Malformed)?;
        let ascii_domain = idna::domain_to_ascii(domain).map_err(|_| EmailError::Malformed)?;
        // The mail library checks with the same functions: mail can be sent to each stored address.
        let acceptable = email_address::EmailAddress::is_valid_local_part(local)
            && email_address::EmailAddress::is_valid_domain(&ascii_domain);
        if !acceptable {
            return Err(EmailError::Malformed);
        }
        let folded = text::fold(local);
        if folded.is_empty() {
            let first = local.chars().next().ok_or(EmailError::Malformed)?;
            return Err(EmailError::HiddenCharacter(first));
        }
        let canonical = CanonicalEmail(format!("{folded}@{ascii_domain}"));
        Ok(Self {
            shown: shown.to_owned(),
            canonical,
        })
    }

    /// Checks that a user can get this address today.
    ///
    /// # Errors
    /// [`EmailError`] if mail can't be sent to the address.
    pub(crate) fn check_new(&self) -> Result<(), EmailError> {
        new::check(&self.shown)
    }

    /// The address as it was written. It is shown, and mail goes to it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// The part before the `@`, as it was written.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.shown.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The canonical form.
    #[must_use]
    pub fn canonical(&self) -> &CanonicalEmail {
        &self.canonical
    }

    /// An address from a store.
    #[must_use]
    pub(crate) fn from_stored(shown: String, canonical: String) -> Self {
        Self {
            shown,
            canonical: CanonicalEmail(canonical),
        }
    }
}

impl CanonicalEmail {
    /// The text of the canonical form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        Self::parse(text)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl serde::Serialize for EmailAddress {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.shown)
    }
}
