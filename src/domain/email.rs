//! E-mail addresses: which are stored, and when two are the same.

use std::fmt;
use std::str::FromStr;

use super::text;

/// An address as its owner wrote it, with the canonical form that keeps it unique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress {
    shown: String,
    canonical: CanonicalEmail,
}

/// The form in which two addresses of one mailbox are equal: local part
/// `NFKC_Casefold`ed, domain in its IDNA form. It *prevents duplicates* and lets nobody in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CanonicalEmail(String);

/// Why an address was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmailError {
    /// Nothing was given.
    #[error("an e-mail address is needed, and this one is empty")]
    Empty,
    /// More than RFC 5321 §4.5.3.1.3 lets through a mail path.
    #[error("the e-mail address is longer than 254 characters")]
    TooLong,
    /// An invisible, control or bidirectional character.
    #[error("the e-mail address holds an invisible or control character")]
    HiddenCharacter,
    /// Not of the form `name@domain`.
    #[error("the e-mail address isn't of the form name@domain")]
    Malformed,
}

impl EmailAddress {
    /// Longest address in bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
    pub const MAX_BYTES: usize = 254;

    /// Reads an address. White space around it is dropped.
    ///
    /// # Errors
    /// [`EmailError`] for what is no address a mail server would take.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let shown = text.trim();
        if shown.is_empty() {
            return Err(EmailError::Empty);
        }
        if shown.len() > Self::MAX_BYTES {
            return Err(EmailError::TooLong);
        }
        if shown.chars().any(|c| text::is_hostile(c) || text::is_format(c)) {
            return Err(EmailError::HiddenCharacter);
        }
        let (local, domain) = shown.rsplit_once('@').ok_or(EmailError::Malformed)?;
        let ascii_domain = idna::domain_to_ascii(domain).map_err(|_| EmailError::Malformed)?;
        // The same judges the mail library asks, so that what is stored can be mailed to.
        let acceptable = email_address::EmailAddress::is_valid_local_part(local)
            && email_address::EmailAddress::is_valid_domain(&ascii_domain);
        if !acceptable {
            return Err(EmailError::Malformed);
        }
        let folded = text::fold(local);
        if folded.is_empty() {
            return Err(EmailError::HiddenCharacter);
        }
        let canonical = CanonicalEmail(format!("{folded}@{ascii_domain}"));
        Ok(Self {
            shown: shown.to_owned(),
            canonical,
        })
    }

    /// The address as it was written: what is shown and mailed to.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// What stands before the `@`, as it was written.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.shown.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The form that is unique in a store.
    #[must_use]
    pub fn canonical(&self) -> &CanonicalEmail {
        &self.canonical
    }

    /// Puts an address back together that a store kept.
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn canonical(text: &str) -> String {
        EmailAddress::parse(text).unwrap().canonical().as_str().to_owned()
    }

    #[test]
    fn one_mailbox_has_one_canonical_form() {
        assert_eq!(canonical(" Ada@Example.COM "), "ada@example.com");
        assert_eq!(canonical("ａda@example.com"), canonical("ada@example.com"));
        assert_eq!(canonical("\u{212A}ate@example.com"), "kate@example.com");
        assert_eq!(canonical("ada@bücher.example"), "ada@xn--bcher-kva.example");
        assert_eq!(
            canonical("ada@BÜCHER.example"),
            canonical("ada@xn--bcher-kva.example")
        );
    }

    #[test]
    fn it_is_shown_as_written() {
        assert_eq!(
            EmailAddress::parse("Ada@Example.COM").unwrap().as_str(),
            "Ada@Example.COM"
        );
    }

    #[test]
    fn what_no_server_takes_is_refused() {
        use EmailError::{Empty, HiddenCharacter, Malformed, TooLong};
        let long = format!("{}@example.com", "a".repeat(250));
        for (text, error) in [
            ("", Empty),
            ("   ", Empty),
            ("ada", Malformed),
            ("@example.com", Malformed),
            ("ada@", Malformed),
            ("a da@example.com", Malformed),
            ("ada@exa mple.com", Malformed),
            ("ada@example.com, bob@example.com", Malformed),
            ("ada\n@example.com", HiddenCharacter),
            ("a\u{200B}da@example.com", HiddenCharacter),
            ("a\u{202E}da@example.com", HiddenCharacter),
            ("ada@exam\u{AD}ple.com", HiddenCharacter),
            ("\u{3164}@example.com", HiddenCharacter),
            (long.as_str(), TooLong),
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap_err(), error, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = EmailAddress::parse(&text);
        }

        #[test]
        fn what_is_stored_reads_back(local in "[a-zA-Zäß.+-]{1,12}", domain in "[a-z]{1,8}\\.[a-z]{2,4}") {
            if let Ok(address) = EmailAddress::parse(&format!("{local}@{domain}")) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()).unwrap(), address);
            }
        }
    }
}
