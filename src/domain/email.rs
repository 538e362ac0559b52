//! E-mail addresses: which addresses are accepted, and when two addresses are the same.

use std::fmt;
use std::str::FromStr;

use super::text;

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

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmailError {
    /// The text is empty.
    #[error("an e-mail address is needed, and this one is empty")]
    Empty,
    /// The address is longer than RFC 5321 §4.5.3.1.3 allows.
    #[error("the e-mail address is longer than 254 characters")]
    TooLong,
    /// The address holds an invisible, a control or a bidirectional character.
    #[error("the e-mail address holds an invisible or control character")]
    HiddenCharacter,
    /// The address doesn't have the form `name@domain`.
    #[error("the e-mail address isn't of the form name@domain")]
    Malformed,
}

impl EmailAddress {
    /// The length of the longest address, in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
    pub const MAX_BYTES: usize = 254;

    /// Reads an address. White space before and after it is removed.
    ///
    /// # Errors
    /// [`EmailError`] if mail can't be sent to the address.
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
        // The mail library checks with the same functions: mail can be sent to each stored address.
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
    fn an_address_that_no_mail_server_accepts_is_refused() {
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
