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
    /// How they sign in.
    pub auth: AuthChoice,
    /// The file with the password.
    pub password_file: Option<PathBuf>,
    /// The program that prints the access token, and its arguments.
    pub token_command: Option<Vec<String>>,
    /// The file with the access token.
    pub token_file: Option<PathBuf>,
    /// Whom mail is from, as `Name <address>`.
    pub from: Option<String>,
    /// Where replies go, in the same form.
    pub reply_to: Option<String>,
    /// The sender of the envelope; the address of `from` unless named.
    pub envelope_from: Option<String>,
    /// The name to greet the SMTP server with; the domain of `from` unless named.
    pub hello_name: Option<String>,
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

/// How the sign-in at the SMTP server is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthChoice {
    /// With a password (PLAIN, LOGIN).
    Password,
    /// With an access token (XOAUTH2).
    Xoauth2,
}

impl AuthChoice {
    const WORDS: [(&'static str, Self); 2] = [("password", Self::Password), ("xoauth2", Self::Xoauth2)];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Xoauth2 => "xoauth2",
        }
    }
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
            auth: AuthChoice::Password,
            password_file: None,
            token_command: None,
            token_file: None,
            from: None,
            reply_to: None,
            envelope_from: None,
            hello_name: None,
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
            auth: file.word("mail.auth", &AuthChoice::WORDS)?.unwrap_or(usual.auth),
            password_file: file.path("mail.password_file")?,
            token_command: file.texts("mail.token_command")?,
            token_file: file.path("mail.token_file")?,
            from: file.text("mail.from")?,
            reply_to: file.text("mail.reply_to")?,
            envelope_from: file.text("mail.envelope_from")?,
            hello_name: file.text("mail.hello_name")?,
            directory: file.path("mail.directory")?,
            templates: file.path("mail.templates")?,
            timeout: file.duration("mail.timeout", TIMEOUTS)?.unwrap_or(usual.timeout),
            ca_file: file.path("mail.ca_file")?,
        };
        settings.check_token(file)?;
        if let Some(missing) = settings.missing() {
            return Err(file.refuse(&[TRANSPORT], &format!("needs `{missing}` beside it")));
        }
        Ok(settings)
    }

    /// An access token has one source, and is for `auth = "xoauth2"`.
    fn check_token(&self, file: &Document<'_>) -> Result<(), ConfigError> {
        const COMMAND: &str = "mail.token_command";
        const FILE: &str = "mail.token_file";
        if self.token_command.as_ref().is_some_and(Vec::is_empty) {
            return Err(file.refuse(&[COMMAND], "must be a list of a program and its arguments"));
        }
        let named = match (&self.token_command, &self.token_file) {
            (Some(_), Some(_)) => {
                let rule = "and `token_command` are two sources of one token: only one can be set";
                return Err(file.refuse(&[FILE], rule));
            }
            (Some(_), None) => Some(COMMAND),
            (None, Some(_)) => Some(FILE),
            (None, None) => None,
        };
        match (self.auth, named) {
            (AuthChoice::Password, Some(key)) => {
                Err(file.refuse(&[key], "needs `auth = \"xoauth2\"` beside it"))
            }
            (AuthChoice::Xoauth2, None) => {
                Err(file.refuse(&["mail.auth"], "needs `token_command` or `token_file` beside it"))
            }
            (AuthChoice::Xoauth2, Some(_)) if self.username.is_none() => {
                Err(file.refuse(&["mail.auth"], "needs `username` beside it"))
            }
            _ => Ok(()),
        }
    }

    /// What the transport can't do without.
    fn missing(&self) -> Option<&'static str> {
        let absent = |is_there: bool, key| (!is_there).then_some(key);
        match self.transport? {
            TransportChoice::Smtp => absent(self.host.is_some(), "host")
                .or(absent(self.from.is_some(), "from"))
                .or(absent(
                    self.username.is_none()
                        || self.auth == AuthChoice::Xoauth2
                        || self.password_file.is_some(),
                    "password_file",
                )),
            TransportChoice::Directory => {
                absent(self.directory.is_some(), "directory").or(absent(self.from.is_some(), "from"))
            }
        }
    }
}
