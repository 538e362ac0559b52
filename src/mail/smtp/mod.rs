//! Over SMTP (RFC 5321) to the one configured server: never further than the settings allow,
//! and never longer than three time-outs.

mod dialogue;
mod faults;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use lettre::transport::smtp::client::Certificate;
use secrecy::SecretString;

use self::dialogue::{Progress, Server, Task};
use super::letter;
use super::message::Mail;
use super::sender::Sender;
use super::transport::{SendError, SettingsError, Step};
use crate::domain::check::CheckStep;
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::email::EmailAddress;
use crate::files::{self, CertificatesError};

/// All steps together take at most so many time-outs.
const WHOLE: u32 = 3;

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
pub struct SmtpSettings {
    /// Its name, or an IP address.
    pub host: String,
    /// Its port: usually 587, with [`Tls::Implicit`] 465.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: Tls,
    /// Whom to sign in as; nobody signs in without.
    pub username: Option<String>,
    /// The password to it.
    pub password: Option<SecretString>,
    /// The bound of each step of the network. The whole takes at most three times as much.
    pub timeout: Duration,
    /// Certificates (PEM) that are believed beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Whom mails come from: `Back Office <no-reply@example.com>`.
    pub from: String,
    /// The name to greet the server with; without, the domain of `from`.
    pub hello_name: Option<String>,
}

/// Hands mails to a server.
#[derive(Debug, Clone)]
pub struct Smtp {
    server: Arc<Server>,
    sender: Sender,
}

impl Smtp {
    /// Looks at the settings; no connection is made yet.
    ///
    /// # Errors
    /// [`SettingsError`] for the first that can't be: an unencrypted connection to another
    /// machine among them.
    pub fn new(settings: SmtpSettings) -> Result<Self, SettingsError> {
        let sender = Sender::parse(&settings.from)?;
        let host = host(&settings.host)?;
        if settings.tls == Tls::None && !is_loopback(&host) {
            return Err(SettingsError::PlainElsewhere { host });
        }
        let sign_in = match (settings.username, settings.password) {
            (Some(username), Some(password)) => Some((username, password)),
            (None, None) => None,
            _ => return Err(SettingsError::HalfSignIn),
        };
        if settings.timeout.is_zero() {
            return Err(SettingsError::NoTime);
        }
        let hello = settings.hello_name.unwrap_or_else(|| sender.domain().to_owned());
        if !is_host_name(&hello) {
            return Err(SettingsError::HelloName);
        }
        let authority = settings.ca_file.as_deref().map(read_authority).transpose()?;
        let server = Server {
            host,
            port: settings.port,
            tls: settings.tls,
            sign_in,
            timeout: settings.timeout,
            authority,
            hello,
        };
        Ok(Self {
            server: Arc::new(server),
            sender,
        })
    }

    pub(super) fn send(
        &self,
        mail: &Mail,
        to: &EmailAddress,
        now: Timestamp,
        random: &dyn RandomSource,
    ) -> Result<(), SendError> {
        let letter = letter::write(mail, &self.sender, to, now, random)?;
        let task = Task {
            from: letter.from,
            to: letter.to,
            message: Some(letter.bytes),
        };
        self.within_bounds(task, &Arc::default())
    }

    pub(super) fn bound(&self) -> Duration {
        self.server.timeout.saturating_mul(WHOLE)
    }

    pub(super) fn check(&self, to: &EmailAddress) -> Vec<CheckStep> {
        let progress = Arc::new(Progress::default());
        let outcome = letter::recipient(to).and_then(|to| {
            let task = Task {
                from: self.sender.address().clone(),
                to,
                message: None,
            };
            self.within_bounds(task, &progress)
        });
        let mut steps: Vec<CheckStep> = progress
            .done()
            .into_iter()
            .map(|(step, detail)| CheckStep::passed(step.name(), detail))
            .collect();
        if let Err(error) = outcome {
            steps.push(CheckStep::from(&error));
        }
        steps
    }

    /// Runs the dialogue on a thread of its own: neither a name server nor a mail server that
    /// sends a letter a second can hold the caller longer than the bound.
    fn within_bounds(&self, task: Task, progress: &Arc<Progress>) -> Result<(), SendError> {
        let (answer, outcome) = mpsc::channel();
        let (server, seen) = (Arc::clone(&self.server), Arc::clone(progress));
        let bound = self.bound();
        thread::Builder::new()
            .name("mail".to_owned())
            .spawn(move || answer.send(dialogue::run(&server, &task, &seen)))
            .map_err(|error| SendError::new(Step::Resolve, error.to_string(), true))?;
        outcome.recv_timeout(bound).unwrap_or_else(|error| {
            let step = progress.give_up();
            Err(match error {
                mpsc::RecvTimeoutError::Timeout => {
                    let detail = format!("it wasn't done within {} seconds", bound.as_secs_f32());
                    SendError::new(step, detail, true)
                }
                mpsc::RecvTimeoutError::Disconnected => {
                    SendError::new(step, "the mail library broke off", false)
                }
            })
        })
    }
}

/// The host without the brackets of an IPv6 address.
fn host(text: &str) -> Result<String, SettingsError> {
    let host = text.trim();
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let host = bare.unwrap_or(host);
    if host.parse::<IpAddr>().is_ok() {
        return Ok(host.to_owned());
    }
    let ascii = idna::domain_to_ascii(host).map_err(|_| SettingsError::Host)?;
    if is_host_name(&ascii) {
        Ok(ascii)
    } else {
        Err(SettingsError::Host)
    }
}

/// Letters, digits, hyphens and dots (RFC 1123 §2.1): nothing that ends a line of the dialogue.
fn is_host_name(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
    !text.is_empty() && text.len() <= 253 && text.bytes().all(allowed)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn read_authority(path: &Path) -> Result<Certificate, CertificatesError> {
    let pem = files::read_certificates(path)?;
    let damaged = || CertificatesError::damaged(path);
    let certificate = Certificate::from_pem(&pem).map_err(|_| damaged())?;
    dialogue::try_authority(&certificate).map_err(|()| damaged())?;
    Ok(certificate)
}

#[cfg(test)]
mod tests;
