//! How one mail is sent.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::MailQueue;
use crate::domain::check::CheckStep;
use crate::domain::email::EmailAddress;
use crate::domain::mail::{LEASE, LONGEST_LEASE};
use crate::domain::reset::ResetLink;
use crate::domain::user::{Status, User};
use crate::mail::{SendError, Transport};
use crate::ops::Error;
use crate::ops::acting::Gate;
use crate::ops::office::Desk;
use crate::texts::mails::{Message, Recipient, Templates};

/// What mail is made of and sent with.
#[derive(Debug)]
pub struct Mailer {
    /// The texts.
    pub templates: Templates,
    /// The way out.
    pub transport: Transport,
}

impl Mailer {
    /// How long a mail is kept from other processes that send at the same time.
    pub(super) fn lease(&self) -> Duration {
        (LEASE + self.transport.bound()).min(LONGEST_LEASE)
    }
}

/// A mail about to be sent.
pub(super) struct Mailing<'a> {
    pub(super) user: &'a User,
    pub(super) address: &'a EmailAddress,
    pub(super) message: Message<'a>,
}

impl<'a> Mailing<'a> {
    /// The mail that carries a link.
    pub fn of_link(user: &'a User, link: &ResetLink, url: &'a SecretString) -> Self {
        let (url, expires_at) = (url.expose_secret(), link.expires_at);
        let message = match user.status {
            Status::Pending => Message::Invitation { url, expires_at },
            _ => Message::ResetPassword { url, expires_at },
        };
        Self {
            user,
            address: &user.email,
            message,
        }
    }
}

/// Sends one mail.
pub(super) fn send(desk: &Desk, mailer: &Mailer, mailing: &Mailing<'_>) -> Result<(), SendError> {
    let user = mailing.user;
    let recipient = Recipient {
        email: mailing.address,
        first_name: &user.first_name,
        last_name: &user.last_name,
        locale: &user.locale,
    };
    let mail = mailer.templates.render(&mailing.message, &recipient)?;
    mailer
        .transport
        .send(&mail, mailing.address, desk.clock.now(), &*desk.random)
}

impl MailQueue<'_> {
    /// Tries every step of sending to `address` without sending anything.
    ///
    /// # Errors
    /// [`Error::NoMailer`].
    pub fn check(&self, address: &EmailAddress) -> Result<Vec<CheckStep>, Error> {
        self.office.read(Gate::Administer, |_| Ok(()))?;
        Ok(self.office.desk.mailer()?.transport.check(address))
    }
}
