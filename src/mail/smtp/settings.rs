//! What a program or a configuration says about the mail server.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use super::super::token::AccessTokenSource;

/// How long a server may take to answer to a message that it has whole (RFC 5321 §4.5.3.2.6). Who
/// waits less sends a message again that the server accepted.
pub const ANSWER_TIMEOUT: Duration = Duration::from_mins(10);

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// By STARTTLS (RFC 3207), which the server must offer.
    StartTls,
    /// From the first byte (RFC 8314 §3.3).
    Implicit,
    /// Not at all: for a server on this machine.
    None,
}

/// What is needed to hand mails to a server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SmtpSettings {
    /// Its name, or an IP address.
    pub host: String,
    /// Its port: usually 587, with [`Tls::Implicit`] 465.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// The name for the sign-in. Without it, there is no sign-in.
    pub username: Option<String>,
    /// The password to it.
    pub password: Option<SecretString>,
    /// Instead of a password: where an access token comes from (XOAUTH2).
    pub token: Option<AccessTokenSource>,
    /// The bound of each step of the network. All steps before the message take at most three
    /// times as much.
    pub timeout: Duration,
    /// The bound of the message itself and of the server's answer to it: usually
    /// [`ANSWER_TIMEOUT`].
    pub answer_timeout: Duration,
    /// Certificates (PEM) that are believed beside the system's.
    pub ca_file: Option<PathBuf>,
    /// The sender of mails: `Back Office <no-reply@example.com>`.
    pub from: String,
    /// Where replies go: of the same form.
    pub reply_to: Option<String>,
    /// The sender of the envelope; without, the address of `from`.
    pub envelope_from: Option<String>,
    /// The name to greet the server with; without, the domain of `from`.
    pub hello_name: Option<String>,
}

impl SmtpSettings {
    /// A server that asks for no sign-in, with the usual port and times.
    #[must_use]
    pub fn new(host: &str, tls: Tls, from: &str) -> Self {
        Self {
            host: host.to_owned(),
            port: match tls {
                Tls::Implicit => 465,
                Tls::StartTls => 587,
                Tls::None => 25,
            },
            tls,
            username: None,
            password: None,
            token: None,
            timeout: Duration::from_secs(20),
            answer_timeout: ANSWER_TIMEOUT,
            ca_file: None,
            from: from.to_owned(),
            reply_to: None,
            envelope_from: None,
            hello_name: None,
        }
    }
}
