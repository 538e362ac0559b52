//! The ways a mail goes out.

use std::time::Duration;

use super::directory::Directory;
use super::error::{MailStep, SendError};
use super::memory::Memory;
use super::smtp::Smtp;
use crate::domain::check::CheckStep;
use crate::domain::clock::{RandomSource, Timestamp};
use crate::domain::email::EmailAddress;
use crate::texts::mails::RenderedMail;

/// How mails go out.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Transport {
    /// To a mail server.
    Smtp(Smtp),
    /// Into a directory, one `.eml` file a message.
    Directory(Directory),
    /// Into memory, for tests.
    Memory(Memory),
}

impl Transport {
    /// Sends `mail` to one person. Over SMTP every step of the network is bounded by the time-out,
    /// and all of them together by three times as much; the message itself, and the server's
    /// answer to it, have a time-out of their own.
    ///
    /// # Errors
    /// [`SendError`], saying which step failed, and whether the mail may have been sent.
    pub fn send(
        &self,
        mail: &RenderedMail,
        to: &EmailAddress,
        now: Timestamp,
        random: &dyn RandomSource,
    ) -> Result<(), SendError> {
        match self {
            Self::Smtp(smtp) => smtp.send(mail, to, now, random),
            Self::Directory(directory) => directory.send(mail, to, now, random),
            Self::Memory(memory) => memory.send(mail, to, now, random),
        }
    }

    /// Forgets what is kept from one mail to the next: the access token.
    pub fn renew(&self) {
        match self {
            Self::Smtp(smtp) => smtp.forget_token(),
            Self::Directory(_) | Self::Memory(_) => {}
        }
    }

    /// How long sending one mail may take at most.
    #[must_use]
    pub fn bound(&self) -> Duration {
        match self {
            Self::Smtp(smtp) => smtp.bound(),
            Self::Directory(_) | Self::Memory(_) => Duration::ZERO,
        }
    }

    /// Goes every step up to the point where a mail to `to` would be taken, and sends none.
    /// Ends with the first step that fails.
    #[must_use]
    pub fn check(&self, to: &EmailAddress) -> Vec<CheckStep> {
        match self {
            Self::Smtp(smtp) => smtp.check(to),
            Self::Directory(directory) => vec![directory.check(to)],
            Self::Memory(_) => vec![CheckStep::passed(MailStep::Accept.name(), "kept in memory")],
        }
    }
}
