//! Mail: sent at once for an operator, queued for everybody else.

mod content;
mod flush;
#[cfg(test)]
mod tests;

use crate::ops::acting::{Acting, Gate};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::Error;
use super::change::Change;
use super::office::Desk;
use crate::domain::audit::{Action, Target};
use crate::domain::check::CheckStep;
use crate::domain::email::EmailAddress;
use crate::domain::mail::{LEASE, LONGEST_LEASE, MailId, Notice, QueuedMail};
use crate::domain::reset::{ResetEnd, ResetLink};
use crate::domain::user::{Status, User};
use crate::mail::{SendError, Transport};
use crate::texts::mails::{Message, Recipient, Templates};

pub use flush::{Delivery, Dropped, Flushed};

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
    fn lease(&self) -> Duration {
        (LEASE + self.transport.bound()).min(LONGEST_LEASE)
    }
}

/// The mail of a back office.
pub struct Mail<'o> {
    pub(super) office: Acting<'o>,
}

/// A mail about to be sent.
pub(super) struct Mailing<'a> {
    user: &'a User,
    address: &'a EmailAddress,
    message: Message<'a>,
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

/// Queues a notice to somebody, or a mail for nobody that costs the same.
pub(super) fn queue(change: &Change<'_>, user: Option<&User>, notice: Notice) -> Result<(), Error> {
    Ok(change.tx.add_mail(&queued(change, user, notice)?)?)
}

/// Tells a user by mail what happened to their account, where mail is set up at all.
pub(super) fn notify(change: &Change<'_>, user: &User, notice: Notice) -> Result<(), Error> {
    if !change.desk.policies.notices || user.status != Status::Active {
        return Ok(());
    }
    queue(change, Some(user), notice)
}

/// Tells the old and the new address of a user that it changed.
pub(super) fn notify_both(change: &Change<'_>, user: &User, old: &EmailAddress) -> Result<(), Error> {
    if !change.desk.policies.notices || user.status == Status::Deleted {
        return Ok(());
    }
    for address in [old, &user.email] {
        let mail = queued(change, Some(user), Notice::EmailChanged)?;
        change.tx.add_mail(&QueuedMail {
            address: Some(address.clone()),
            old_address: Some(old.clone()),
            new_address: Some(user.email.clone()),
            ..mail
        })?;
    }
    Ok(())
}

/// Tells a user that a sign-in at a provider leads to their account now.
pub(super) fn notify_linked(change: &Change<'_>, user: &User, label: &str) -> Result<(), Error> {
    if !change.desk.policies.notices || user.status != Status::Active {
        return Ok(());
    }
    let mail = queued(change, Some(user), Notice::IdentityLinked)?;
    Ok(change.tx.add_mail(&QueuedMail {
        provider: Some(label.to_owned()),
        ..mail
    })?)
}

fn queued(change: &Change<'_>, user: Option<&User>, notice: Notice) -> Result<QueuedMail, Error> {
    Ok(QueuedMail {
        id: MailId(change.id()?),
        user_id: user.map(|user| user.id),
        notice,
        address: None,
        old_address: None,
        new_address: None,
        provider: None,
        created_at: change.now,
        attempts: 0,
        next_attempt_at: change.now,
        last_error: None,
        link: None,
    })
}

impl Mail<'_> {
    /// What waits to be sent, oldest first.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn list(&self) -> Result<Vec<QueuedMail>, Error> {
        self.office.read(Gate::Administer, |view| Ok(view.list_mail()?))
    }

    /// Removes a mail from the queue. A link that was made for it ends.
    ///
    /// # Errors
    /// [`Error::MailNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn drop_queued(&self, id: MailId) -> Result<QueuedMail, Error> {
        self.office.write(Gate::Administer, |change| {
            let found = change.find_mail(id)?.filter(|mail| mail.user_id.is_some());
            let mail = found.ok_or_else(|| Error::MailNotFound(id.to_string()))?;
            end_link_of(change, &mail)?;
            change.tx.remove_mail(id)?;
            let reason = Some(mail.notice.as_str().to_owned());
            change.record(Action::MailDropped, target_of(&mail), &[], reason)?;
            Ok(mail)
        })
    }

    /// Tries every step of sending to `address` without sending anything.
    ///
    /// # Errors
    /// [`Error::NoMailer`].
    pub fn check(&self, address: &EmailAddress) -> Result<Vec<CheckStep>, Error> {
        self.office.read(Gate::Administer, |_| Ok(()))?;
        Ok(self.office.desk.mailer()?.transport.check(address))
    }
}

/// Ends the link that an earlier try made and did not send to its end.
fn end_link_of(change: &Change<'_>, mail: &QueuedMail) -> Result<(), Error> {
    if let Some(link) = mail.link {
        change.tx.end_reset(link, ResetEnd::Revoked)?;
    }
    Ok(())
}

fn target_of(mail: &QueuedMail) -> Target {
    mail.user_id.map_or(Target::Unknown, Target::User)
}
