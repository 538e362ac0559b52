//! The sender of mails: `Back Office <no-reply@example.com>`.

use std::fmt;

use lettre::Address;
use lettre::message::Mailbox;

use super::address::address;
use super::error::SettingsError;
use crate::domain::email::EmailAddress;
use crate::domain::text;

/// The sender of every mail: an address, and the name it is shown with. Replies and reports of
/// mails that can't be delivered may go to other addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    name: Option<String>,
    address: Address,
    reply_to: Option<Mailbox>,
    envelope: Option<Address>,
}

impl Sender {
    /// Reads `Name <address>`, `"Name" <address>` or an address alone (RFC 5322 §3.4, one mailbox).
    ///
    /// # Errors
    /// [`SettingsError::From`] for anything else, and for control characters, which the mail
    /// library doesn't survive in a name.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let text = text.trim();
        let (name, email) = match text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, email)) => (name.trim(), email),
            None => ("", text),
        };
        let name = match name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
            None if name.contains(['"', '<', '>', '@', ',', ';']) => return Err(SettingsError::From),
            None => name.to_owned(),
        };
        if name.chars().any(text::is_hostile) {
            return Err(SettingsError::From);
        }
        // The mail library decides: a sender can be on a host whose name no user's address can have.
        let email = EmailAddress::parse_existing(email).map_err(|_| SettingsError::From)?;
        Ok(Self {
            name: Some(name).filter(|name| !name.is_empty()),
            address: address(&email).ok_or(SettingsError::From)?,
            reply_to: None,
            envelope: None,
        })
    }

    /// The same with an address for replies, of the form that [`parse`](Self::parse) reads.
    ///
    /// # Errors
    /// [`SettingsError::ReplyTo`] for anything else.
    pub fn with_reply_to(self, text: Option<&str>) -> Result<Self, SettingsError> {
        let parsed = text.map(Self::parse).transpose();
        let reply_to = parsed
            .map_err(|_| SettingsError::ReplyTo)?
            .map(|sender| sender.mailbox());
        Ok(Self { reply_to, ..self })
    }

    /// The same with another sender of the envelope (RFC 5321 §4.1.1.2): who is told that a mail
    /// can't be delivered.
    ///
    /// # Errors
    /// [`SettingsError::EnvelopeFrom`] for what is no address.
    pub fn with_envelope_from(self, text: Option<&str>) -> Result<Self, SettingsError> {
        let read = |text: &str| EmailAddress::parse_existing(text).ok().as_ref().and_then(address);
        let envelope = match text {
            Some(text) => Some(read(text).ok_or(SettingsError::EnvelopeFrom)?),
            None => None,
        };
        Ok(Self { envelope, ..self })
    }

    /// The sender of the envelope.
    pub(super) fn envelope(&self) -> &Address {
        self.envelope.as_ref().unwrap_or(&self.address)
    }

    pub(super) fn reply_to(&self) -> Option<&Mailbox> {
        self.reply_to.as_ref()
    }

    pub(super) fn mailbox(&self) -> Mailbox {
        Mailbox::new(self.name.clone(), self.address.clone())
    }

    /// In ASCII.
    pub(super) fn domain(&self) -> &str {
        self.address.domain()
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => self.address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_read() {
        for (text, shown) in [
            (
                "Back Office <no-reply@example.com>",
                "Back Office <no-reply@example.com>",
            ),
            ("\"Desk, Inc.\" <a@example.com>", "Desk, Inc. <a@example.com>"),
            ("<a@example.com>", "a@example.com"),
            (" a@bücher.example ", "a@xn--bcher-kva.example"),
            ("Büro <a@example.com>", "Büro <a@example.com>"),
        ] {
            assert_eq!(Sender::parse(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn replies_and_reports_can_go_elsewhere() {
        let sender = || Sender::parse("Desk <desk@example.com>").unwrap();
        assert_eq!(sender().envelope().to_string(), "desk@example.com");
        assert!(sender().reply_to().is_none());
        let other = sender()
            .with_reply_to(Some("IT <it@bücher.example>"))
            .unwrap()
            .with_envelope_from(Some("bounces@example.com"))
            .unwrap();
        assert_eq!(other.envelope().to_string(), "bounces@example.com");
        assert_eq!(
            other.reply_to().unwrap().to_string(),
            "IT <it@xn--bcher-kva.example>"
        );
        assert_eq!(other.to_string(), "Desk <desk@example.com>");
        for text in [
            "",
            "IT",
            "a@example.com, b@example.com",
            "a@example.com\r\nBcc: b@example.com",
        ] {
            assert!(sender().with_reply_to(Some(text)).is_err(), "{text:?}");
            assert!(sender().with_envelope_from(Some(text)).is_err(), "{text:?}");
        }
        assert!(sender().with_envelope_from(Some("IT <it@example.com>")).is_err());
    }

    #[test]
    fn what_is_no_single_mailbox_is_refused() {
        for text in [
            "",
            "Back Office",
            "a@example.com, b@example.com",
            "A <a@example.com>, B <b@example.com>",
            "A\r\nBcc: x@example.com <a@example.com>",
            "\"A\nB\" <a@example.com>",
            "A <a@example.com\r\nBcc: b@example.com>",
        ] {
            assert!(Sender::parse(text).is_err(), "{text:?}");
        }
    }
}
