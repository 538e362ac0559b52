//! The section `[mail]`: how mail is sent.

use std::path::PathBuf;
use std::time::Duration;

use super::document::Document;
use super::error::ConfigError;
use crate::domain::range::{Durations, Numbers};

/// How mail is sent; what it needs besides is read when the first mail is.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// The way out; without, no mail is sent.
    pub transport: Option<TransportChoice>,
    /// The SMTP server.
    pub host: Option<String>,
    /// Its port; the usual one of the kind of TLS, if none is named.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub tls: TlsChoice,
    /// Who signs in there.
    pub username: Option<String>,
    /// With the password in this file.
    pub password_file: Option<PathBuf>,
    /// Whom mail is from, as `Name <address>`.
    pub from: Option<String>,
    /// The folder for the transport `directory`.
    pub directory: Option<PathBuf>,
    /// A folder of texts that replace the built-in ones.
    pub templates: Option<PathBuf>,
    /// How long any step may take.
    pub timeout: Duration,
    /// Certificates that are trusted beside the system's.
    pub ca_file: Option<PathBuf>,
}

/// The way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportChoice {
    /// An SMTP server.
    Smtp,
    /// One `.eml` file a message.
    Directory,
}

/// How an SMTP connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsChoice {
    /// By STARTTLS, which must be offered (RFC 3207).
    StartTls,
    /// From the first byte (RFC 8314 §3).
    Implicit,
    /// Not at all: only to this machine itself.
    None,
}

impl TlsChoice {
    const WORDS: [(&'static str, Self); 3] = [
        ("starttls", Self::StartTls),
        ("implicit", Self::Implicit),
        ("none", Self::None),
    ];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::StartTls => "starttls",
            Self::Implicit => "implicit",
            Self::None => "none",
        }
    }

    /// The usual port (RFC 8314 §3.3, RFC 6409 §3.1).
    #[must_use]
    pub fn usual_port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Implicit => 465,
            Self::None => 25,
        }
    }
}

impl TransportChoice {
    const WORDS: [(&'static str, Self); 2] = [("smtp", Self::Smtp), ("directory", Self::Directory)];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Directory => "directory",
        }
    }
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            transport: None,
            host: None,
            port: None,
            tls: TlsChoice::StartTls,
            username: None,
            password_file: None,
            from: None,
            directory: None,
            templates: None,
            timeout: Duration::from_secs(20),
            ca_file: None,
        }
    }
}

impl MailSettings {
    pub(super) fn read(file: &Document<'_>) -> Result<Self, ConfigError> {
        const TRANSPORT: &str = "mail.transport";
        const PORTS: Numbers = Numbers::new(1, 65_535);
        const TIMEOUTS: Durations = Durations::up_to(Duration::from_mins(5));
        let usual = Self::default();
        let settings = Self {
            transport: file.word(TRANSPORT, &TransportChoice::WORDS)?,
            host: file.text("mail.host")?,
            port: file
                .number("mail.port", PORTS)?
                .and_then(|port| u16::try_from(port).ok()),
            tls: file.word("mail.tls", &TlsChoice::WORDS)?.unwrap_or(usual.tls),
            username: file.text("mail.username")?,
            password_file: file.path("mail.password_file")?,
            from: file.text("mail.from")?,
            directory: file.path("mail.directory")?,
            templates: file.path("mail.templates")?,
            timeout: file.duration("mail.timeout", TIMEOUTS)?.unwrap_or(usual.timeout),
            ca_file: file.path("mail.ca_file")?,
        };
        if let Some(missing) = settings.missing() {
            return Err(file.refuse(&[TRANSPORT], &format!("needs `{missing}` beside it")));
        }
        Ok(settings)
    }

    /// What the transport can't do without.
    fn missing(&self) -> Option<&'static str> {
        let absent = |is_there: bool, key| (!is_there).then_some(key);
        match self.transport? {
            TransportChoice::Smtp => absent(self.host.is_some(), "host")
                .or(absent(self.from.is_some(), "from"))
                .or(absent(
                    self.username.is_none() || self.password_file.is_some(),
                    "password_file",
                )),
            TransportChoice::Directory => {
                absent(self.directory.is_some(), "directory").or(absent(self.from.is_some(), "from"))
            }
        }
    }
}
