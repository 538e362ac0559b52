//! Over SMTP (RFC 5321) to the one configured server: never further than the settings allow,
//! and never longer than three time-outs and the one for the server's answer to the message.

mod answer;
mod bounds;
mod dialogue;
mod faults;
mod hints;
mod progress;
mod server;
mod settings;
mod sign_in;
mod tls;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use self::dialogue::Task;
use self::progress::DialogueProgress;
use self::server::Server;
use self::sign_in::ServerSignIn;
use super::address;
use super::error::{MailStep, SendError, SettingsError};
use super::letter;
use super::sender::Sender;
use super::token::{AccessTokenSource, is_token};
use crate::domain::check::CheckStep;
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::email::EmailAddress;
use crate::texts::mails::RenderedMail;

pub use self::settings::{ANSWER_TIMEOUT, SmtpSettings, Tls};

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
    Token(AccessTokenSource),
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
        let server = Server::new(&settings, &sender)?;
        let sign_in = match (settings.username, settings.password, settings.token) {
            (Some(username), Some(password), None) => Some((username, Secret::Password(password))),
            (Some(username), None, Some(token)) => Some((username, Secret::Token(checked(token)?))),
            (None, None, None) => None,
            _ => return Err(SettingsError::HalfSignIn),
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
            Some((_, Secret::Token(AccessTokenSource::Command(command)))) => command.limit(),
            _ => Duration::ZERO,
        };
        self.server
            .whole()
            .saturating_add(self.server.answer_timeout)
            .saturating_add(token)
    }

    /// The next sign-in takes a new access token.
    pub(super) fn forget_token(&self) {
        *self.kept_token() = None;
    }

    fn kept_token(&self) -> MutexGuard<'_, Option<SecretString>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sign_in(&self) -> Result<Option<ServerSignIn>, SendError> {
        let Some((username, secret)) = &self.sign_in else {
            return Ok(None);
        };
        let (secret, by_token) = match secret {
            Secret::Password(password) => (password.clone(), false),
            Secret::Token(AccessTokenSource::Given(token)) => (token.clone(), true),
            Secret::Token(AccessTokenSource::Command(command)) => {
                let mut kept = self.kept_token();
                let token = match &*kept {
                    Some(token) => token.clone(),
                    None => command.run()?,
                };
                *kept = Some(token.clone());
                (token, true)
            }
        };
        Ok(Some(ServerSignIn {
            username: username.clone(),
            secret,
            by_token,
        }))
    }

    pub(super) fn check(&self, to: &EmailAddress) -> Vec<CheckStep> {
        let progress = Arc::new(DialogueProgress::default());
        let mut steps = Vec::new();
        let outcome = address::recipient(to).and_then(|to| {
            let sign_in = self.sign_in()?;
            if let Some((_, Secret::Token(source))) = &self.sign_in {
                steps.push(CheckStep::passed(
                    MailStep::Token.name(),
                    format!("from {source}"),
                ));
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

    fn within_bounds(&self, task: Task, progress: &Arc<DialogueProgress>) -> Result<(), SendError> {
        let outcome = bounds::run(&self.server, task, progress);
        if outcome
            .as_ref()
            .is_err_and(|error| error.step == MailStep::SignIn)
        {
            // The token may have expired meanwhile.
            self.forget_token();
        }
        outcome
    }
}

/// A token that would break the sign-in is refused.
fn checked(token: AccessTokenSource) -> Result<AccessTokenSource, SettingsError> {
    match &token {
        AccessTokenSource::Given(given) if !is_token(given.expose_secret()) => Err(SettingsError::Token),
        _ => Ok(token),
    }
}

#[cfg(test)]
mod tests;
