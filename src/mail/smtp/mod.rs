//! Over SMTP (RFC 5321) to the one configured server: never further than the settings allow,
//! and never longer than three time-outs and the one for the server's answer to the message.

mod answers;
mod dialogue;
mod faults;
mod progress;
mod sign_in;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use lettre::transport::smtp::client::Certificate;
use secrecy::{ExposeSecret, SecretString};

use self::dialogue::{Server, Task};
use self::progress::{Progress, Stopped};
use self::sign_in::SignIn;
use super::letter;
use super::sender::Sender;
use super::token::{TokenSource, is_token};
use super::transport::{SendError, SettingsError, Step};
use crate::domain::check::CheckStep;
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::email::EmailAddress;
use crate::files::{self, CertificatesError};
use crate::texts::mails::RenderedMail;

/// All steps before the message take together at most so many time-outs.
const WHOLE: u32 = 3;
/// How long a server may take to answer to a message that it has whole (RFC 5321 §4.5.3.2.6). Who
/// waits less sends a message again that the server accepted.
pub const ANSWER_TIMEOUT: Duration = Duration::from_mins(10);

const BROKE_OFF: &str = "the mail library broke off";

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
    /// Whom to sign in as; nobody signs in without.
    pub username: Option<String>,
    /// The password to it.
    pub password: Option<SecretString>,
    /// Instead of a password: where an access token comes from (XOAUTH2).
    pub token: Option<TokenSource>,
    /// The bound of each step of the network. All steps before the message take at most three
    /// times as much.
    pub timeout: Duration,
    /// The bound of the message itself and of the server's answer to it: usually
    /// [`ANSWER_TIMEOUT`].
    pub answer_timeout: Duration,
    /// Certificates (PEM) that are believed beside the system's.
    pub ca_file: Option<PathBuf>,
    /// Whom mails come from: `Back Office <no-reply@example.com>`.
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

/// Hands mails to a server.
#[derive(Debug, Clone)]
pub struct Smtp {
    server: Arc<Server>,
    sign_in: Option<(String, Secret)>,
    /// The access token, once it is known.
    token: Arc<Mutex<Option<SecretString>>>,
    sender: Sender,
}

/// What proves to the server who signs in.
#[derive(Debug, Clone)]
enum Secret {
    Password(SecretString),
    Token(TokenSource),
}

impl Smtp {
    /// Looks at the settings; no connection is made yet.
    ///
    /// # Errors
    /// [`SettingsError`] for the first that can't be: an unencrypted connection to another
    /// machine among them.
    pub fn new(settings: SmtpSettings) -> Result<Self, SettingsError> {
        let sender = Sender::parse(&settings.from)?
            .with_reply_to(settings.reply_to.as_deref())?
            .with_envelope_from(settings.envelope_from.as_deref())?;
        let host = host(&settings.host)?;
        if settings.tls == Tls::None && !is_loopback(&host) {
            return Err(SettingsError::PlainElsewhere { host });
        }
        let sign_in = match (settings.username, settings.password, settings.token) {
            (Some(username), Some(password), None) => Some((username, Secret::Password(password))),
            (Some(username), None, Some(token)) => Some((username, Secret::Token(checked(token)?))),
            (None, None, None) => None,
            _ => return Err(SettingsError::HalfSignIn),
        };
        if settings.timeout.is_zero() || settings.answer_timeout.is_zero() {
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
            timeout: settings.timeout,
            answer_timeout: settings.answer_timeout,
            authority,
            hello,
        };
        Ok(Self {
            server: Arc::new(server),
            sign_in,
            token: Arc::default(),
            sender,
        })
    }

    pub(super) fn send(
        &self,
        mail: &RenderedMail,
        to: &EmailAddress,
        now: Timestamp,
        random: &dyn RandomSource,
    ) -> Result<(), SendError> {
        let letter = letter::write(mail, &self.sender, to, now, random)?;
        let sign_in = self.sign_in()?;
        let task = Task {
            from: letter.from,
            to: letter.to,
            message: Some(letter.bytes),
            sign_in,
        };
        self.within_bounds(task, &Arc::default())
    }

    pub(super) fn bound(&self) -> Duration {
        let token = match &self.sign_in {
            Some((_, Secret::Token(TokenSource::Command(command)))) => command.limit(),
            _ => Duration::ZERO,
        };
        self.whole()
            .saturating_add(self.server.answer_timeout)
            .saturating_add(token)
    }

    /// How long everything before the message may take.
    fn whole(&self) -> Duration {
        self.server.timeout.saturating_mul(WHOLE)
    }

    /// The next sign-in takes a new access token.
    pub(super) fn forget_token(&self) {
        *self.kept_token() = None;
    }

    fn kept_token(&self) -> MutexGuard<'_, Option<SecretString>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sign_in(&self) -> Result<Option<SignIn>, SendError> {
        let Some((username, secret)) = &self.sign_in else {
            return Ok(None);
        };
        let (secret, by_token) = match secret {
            Secret::Password(password) => (password.clone(), false),
            Secret::Token(TokenSource::Given(token)) => (token.clone(), true),
            Secret::Token(TokenSource::Command(command)) => {
                let mut kept = self.kept_token();
                let token = match &*kept {
                    Some(token) => token.clone(),
                    None => command.run()?,
                };
                *kept = Some(token.clone());
                (token, true)
            }
        };
        Ok(Some(SignIn {
            username: username.clone(),
            secret,
            by_token,
        }))
    }

    pub(super) fn check(&self, to: &EmailAddress) -> Vec<CheckStep> {
        let progress = Arc::new(Progress::default());
        let mut steps = Vec::new();
        let outcome = letter::recipient(to).and_then(|to| {
            let sign_in = self.sign_in()?;
            if let Some((_, Secret::Token(source))) = &self.sign_in {
                steps.push(CheckStep::passed(Step::Token.name(), format!("from {source}")));
            }
            let task = Task {
                from: self.sender.envelope().clone(),
                to,
                message: None,
                sign_in,
            };
            self.within_bounds(task, &progress)
        });
        let done = progress.done().into_iter();
        steps.extend(done.map(|(step, detail)| CheckStep::passed(step.name(), detail)));
        if let Err(error) = outcome {
            steps.push(CheckStep::from(&error));
        }
        steps
    }

    /// Runs the dialogue on a thread of its own: neither a name server nor a mail server that
    /// sends a letter a second can hold the caller longer than the bound.
    fn within_bounds(&self, task: Task, progress: &Arc<Progress>) -> Result<(), SendError> {
        let outcome = self.in_time(task, progress);
        if outcome.as_ref().is_err_and(|error| error.step == Step::SignIn) {
            // It may have run out meanwhile.
            self.forget_token();
        }
        outcome
    }

    fn in_time(&self, task: Task, progress: &Arc<Progress>) -> Result<(), SendError> {
        let (answer, outcome) = mpsc::channel();
        let (server, seen) = (Arc::clone(&self.server), Arc::clone(progress));
        thread::Builder::new()
            .name("mail".to_owned())
            .spawn(move || answer.send(dialogue::run(&server, &task, &seen)))
            .map_err(|error| SendError::new(Step::Resolve, error.to_string()))?;
        let whole = self.whole();
        match outcome.recv_timeout(whole) {
            Ok(outcome) => outcome,
            Err(why) => match progress.stop() {
                Stopped::InMessage => self.last_answer(why, &outcome),
                Stopped::At(step) => Err(SendError::new(
                    step,
                    match why {
                        RecvTimeoutError::Timeout => {
                            format!("it wasn't done within {} seconds", whole.as_secs_f32())
                        }
                        RecvTimeoutError::Disconnected => BROKE_OFF.to_owned(),
                    },
                )),
            },
        }
    }

    /// Waits for the answer to a message that is on its way.
    fn last_answer(
        &self,
        mut why: RecvTimeoutError,
        outcome: &Receiver<Result<(), SendError>>,
    ) -> Result<(), SendError> {
        let limit = self.server.answer_timeout;
        if why == RecvTimeoutError::Timeout {
            match outcome.recv_timeout(limit) {
                Ok(outcome) => return outcome,
                Err(still) => why = still,
            }
        }
        Err(SendError::uncertain(match why {
            RecvTimeoutError::Timeout => faults::silence(limit),
            RecvTimeoutError::Disconnected => BROKE_OFF.to_owned(),
        }))
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

/// A token that would break the sign-in is refused.
fn checked(token: TokenSource) -> Result<TokenSource, SettingsError> {
    match &token {
        TokenSource::Given(given) if !is_token(given.expose_secret()) => Err(SettingsError::Token),
        _ => Ok(token),
    }
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
