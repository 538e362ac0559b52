//! How mail is sent: the values of the section `[mail]`.

use std::path::PathBuf;
use std::time::Duration;

/// How mail is sent. The files that it names are read when the first mail is sent.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// What takes over the mail. Without it, no mail is sent.
    pub transport: Option<TransportChoice>,
    /// The host of the mail server.
    pub host: Option<String>,
    /// Its port. Without it, the usual port of the kind of TLS.
    pub port: Option<u16>,
    /// How the connection is protected.
    pub tls: TlsChoice,
    /// The name to sign in with at the mail server.
    pub username: Option<String>,
    /// How the program signs in there.
    pub auth: AuthChoice,
    /// The file of the password.
    pub password_file: Option<PathBuf>,
    /// The program that prints the access token, and its arguments.
    pub token_command: Option<Vec<String>>,
    /// The file of the access token.
    pub token_file: Option<PathBuf>,
    /// The sender of mail, as `Name <address>`.
    pub from: Option<String>,
    /// Where replies go, in the same form.
    pub reply_to: Option<String>,
    /// The sender of the envelope. Without it, the address of `from`.
    pub envelope_from: Option<String>,
    /// The name in the greeting to the mail server. Without it, the domain of `from`.
    pub hello_name: Option<String>,
    /// The folder of the transport `directory`.
    pub directory: Option<PathBuf>,
    /// A folder of texts that replace the built-in ones.
    pub templates: Option<PathBuf>,
    /// How long each step may take.
    pub timeout: Duration,
    /// A file of certificates that are trusted beside those of the system.
    pub ca_file: Option<PathBuf>,
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

/// What takes over the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportChoice {
    /// A mail server (SMTP).
    Smtp,
    /// A folder: one `.eml` file for each message.
    Directory,
}

/// How the program signs in at the mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthChoice {
    /// With a password (PLAIN, LOGIN).
    Password,
    /// With an access token (XOAUTH2).
    Xoauth2,
}

impl AuthChoice {
    pub(super) const ALL: [Self; 2] = [Self::Password, Self::Xoauth2];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Xoauth2 => "xoauth2",
        }
    }
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsChoice {
    /// By STARTTLS, which the mail server must offer (RFC 3207).
    StartTls,
    /// From the first byte (RFC 8314 §3).
    Implicit,
    /// Not at all. Only for a mail server on this machine.
    None,
}

impl TlsChoice {
    pub(super) const ALL: [Self; 3] = [Self::StartTls, Self::Implicit, Self::None];

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
    pub(super) const ALL: [Self; 2] = [Self::Smtp, Self::Directory];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Directory => "directory",
        }
    }
}
