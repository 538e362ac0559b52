//! Sends one mail.

use secrecy::{ExposeSecret, SecretString};

use super::{MailQueue, Mailer};
use crate::domain::check::CheckStep;
use crate::domain::email::EmailAddress;
use crate::domain::reset::ResetLink;
use crate::domain::user::{Status, User};
use crate::mail::SendError;
use crate::ops::Error;
use crate::ops::acting::Gate;
use crate::ops::desk::Desk;
use crate::texts::mails::{Message, Recipient};

/// A mail that is ready to be sent.
pub(in crate::ops) struct Mailing<'a> {
    pub(in crate::ops) user: &'a User,
    pub(in crate::ops) address: &'a EmailAddress,
    pub(in crate::ops) message: Message<'a>,
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
pub(in crate::ops) fn send(desk: &Desk, mailer: &Mailer, mailing: &Mailing<'_>) -> Result<(), SendError> {
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
