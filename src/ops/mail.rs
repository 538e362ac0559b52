//! Mail: sent at once for an operator, queued for everybody else.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use super::change::Change;
use super::office::Desk;
use super::resets::{make_link, may_ask};
use super::{BackOffice, Error};
use crate::domain::audit::{Action, Target};
use crate::domain::check::CheckStep;
use crate::domain::clock::{Timestamp, later};
use crate::domain::email::EmailAddress;
use crate::domain::mail::{LEASE, MailId, Notice, QueuedMail, pause_after};
use crate::domain::reset::{LIVE_REQUESTS, ResetEnd, ResetId, ResetKind, ResetLink};
use crate::domain::user::{Status, User};
use crate::mail::{Message, Recipient, SendError, Templates, Transport};

/// What mail is made of and sent with.
#[derive(Debug)]
pub struct Mailer {
    /// The texts.
    pub templates: Templates,
    /// The way out.
    pub transport: Transport,
}

impl Mailer {
    /// How long a mail is kept from whoever else sends at the same time.
    fn lease(&self) -> Duration {
        LEASE + self.transport.bound()
    }
}

/// The mail of a back office.
pub struct Mail<'o> {
    pub(super) office: &'o BackOffice,
}

/// What became of a mail that was due.
#[derive(Debug)]
pub struct Flushed {
    /// The mail.
    pub mail: QueuedMail,
    /// Whether it was sent; if not, why, and it waits on.
    pub outcome: Result<(), SendError>,
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
    })
}

/// What a mail that is still wanted says. It has all that its message needs.
enum Content {
    Link(ResetLink, SecretString),
    AccountOpened,
    PasswordChanged {
        at: Timestamp,
    },
    EmailChanged {
        old: EmailAddress,
        new: EmailAddress,
        at: Timestamp,
    },
    IdentityLinked {
        provider: String,
        at: Timestamp,
    },
}

impl Content {
    fn link(&self) -> Option<ResetId> {
        match self {
            Self::Link(link, _) => Some(link.id),
            _ => None,
        }
    }
}

impl Mail<'_> {
    /// What waits to be sent, oldest first.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn list(&self) -> Result<Vec<QueuedMail>, Error> {
        self.office.read(|view| Ok(view.list_mail()?))
    }

    /// Removes a mail from the queue.
    ///
    /// # Errors
    /// [`Error::MailNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn drop_queued(&self, id: MailId) -> Result<QueuedMail, Error> {
        self.office.write(|change| {
            let found = change.find_mail(id)?.filter(|mail| mail.user_id.is_some());
            let mail = found.ok_or_else(|| Error::MailNotFound(id.to_string()))?;
            change.tx.remove_mail(id)?;
            let target = mail.user_id.map_or(Target::Unknown, Target::User);
            change.record(
                Action::MailDropped,
                target,
                &[],
                Some(mail.notice.as_str().to_owned()),
            )?;
            Ok(mail)
        })
    }

    /// Sends what is due, one after the other; whoever else is sending at the same time takes
    /// other mails. `each` gets what became of each. A mail that no server takes waits on,
    /// longer each time.
    ///
    /// # Errors
    /// [`Error::NoMailer`]; [`Error::NoBaseUrl`] if a link can't be made; [`Error::Store`] if
    /// the store can't be written.
    pub fn flush(&self, mut each: impl FnMut(Flushed)) -> Result<(), Error> {
        let lease = self.office.desk.mailer()?.lease();
        while let Some(mail) = self
            .office
            .write_for_good(|change| Ok(change.tx.lease_mail(lease)?))?
        {
            let (user, content) = match self.office.write_for_good(|change| prepare(change, &mail)) {
                Ok(Some(wanted)) => wanted,
                Ok(None) => continue,
                Err(error) => {
                    self.put_off(&mail, None, &error.to_string())?;
                    return Err(error);
                }
            };
            let desk = &self.office.desk;
            let outcome = send(desk, desk.mailer()?, &mailing(&mail, &user, &content));
            match &outcome {
                Ok(()) => self.done(&mail, content.link())?,
                Err(error) => self.put_off(&mail, content.link(), &error.to_string())?,
            }
            each(Flushed { mail, outcome });
        }
        Ok(())
    }

    /// Tries every step of sending to `address` without sending anything.
    ///
    /// # Errors
    /// [`Error::NoMailer`].
    pub fn check(&self, address: &EmailAddress) -> Result<Vec<CheckStep>, Error> {
        Ok(self.office.desk.mailer()?.transport.check(address))
    }

    fn done(&self, mail: &QueuedMail, link: Option<ResetId>) -> Result<(), Error> {
        self.office.write_for_good(|change| {
            change.tx.remove_mail(mail.id)?;
            if let Some(link) = link {
                change.tx.set_reset_sent_at(link, change.now)?;
            }
            let target = mail.user_id.map_or(Target::Unknown, Target::User);
            change.record(
                Action::MailSent,
                target,
                &[],
                Some(mail.notice.as_str().to_owned()),
            )
        })
    }

    fn put_off(&self, mail: &QueuedMail, link: Option<ResetId>, error: &str) -> Result<(), Error> {
        self.office.write_for_good(|change| {
            if let Some(link) = link {
                change.tx.end_reset(link, ResetEnd::Revoked)?;
            }
            let next = later(change.now, pause_after(mail.attempts.saturating_add(1)));
            Ok(change.tx.put_mail_off(mail.id, next, error)?)
        })
    }
}

/// Whom a mail is for and what it says; nothing, and out of the queue, if it is wanted no more.
fn prepare(change: &Change<'_>, mail: &QueuedMail) -> Result<Option<(User, Content)>, Error> {
    let user = mail
        .user_id
        .map(|id| change.find_user_by_id(id))
        .transpose()?
        .flatten();
    if let Some(user) = user.filter(|user| user.status != Status::Deleted)
        && let Some(content) = content(change, mail, &user)?
    {
        return Ok(Some((user, content)));
    }
    change.tx.remove_mail(mail.id)?;
    Ok(None)
}

/// A link is made at this moment and no sooner; none for who may not have one any more.
fn content(change: &Change<'_>, mail: &QueuedMail, user: &User) -> Result<Option<Content>, Error> {
    let at = mail.created_at;
    let or_theirs = |address: &Option<EmailAddress>| address.as_ref().unwrap_or(&user.email).clone();
    Ok(Some(match mail.notice {
        Notice::AccountOpened => Content::AccountOpened,
        Notice::PasswordChanged => Content::PasswordChanged { at },
        Notice::IdentityLinked => Content::IdentityLinked {
            provider: mail.provider.clone().unwrap_or_default(),
            at,
        },
        Notice::EmailChanged => Content::EmailChanged {
            old: or_theirs(&mail.old_address),
            new: or_theirs(&mail.new_address),
            at,
        },
        Notice::ResetPassword => {
            let alive = change.count_live_resets(user.id, ResetKind::Request)?;
            if !may_ask(change, user) || alive >= LIVE_REQUESTS {
                return Ok(None);
            }
            let ttl = change.desk.policies.reset.ttl;
            let (link, url) = make_link(change, user, ResetKind::Request, ttl)?;
            let reason = Some(ResetKind::Request.as_str().to_owned());
            change.record(Action::ResetIssued, Target::User(user.id), &[], reason)?;
            Content::Link(link, url)
        }
    }))
}

fn mailing<'a>(mail: &'a QueuedMail, user: &'a User, content: &'a Content) -> Mailing<'a> {
    let message = match content {
        Content::Link(link, url) => return Mailing::of_link(user, link, url),
        Content::AccountOpened => Message::AccountOpened,
        Content::PasswordChanged { at } => Message::PasswordChanged { at: *at },
        Content::IdentityLinked { provider, at } => Message::IdentityLinked { provider, at: *at },
        Content::EmailChanged { old, new, at } => Message::EmailChanged {
            old: old.as_str(),
            new: new.as_str(),
            at: *at,
        },
    };
    Mailing {
        user,
        address: mail.address.as_ref().unwrap_or(&user.email),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reset::LinkTemplate;
    use crate::mail::{Smtp, SmtpSettings, Tls};
    use crate::ops::testing::{EMAIL, TestDesk};

    #[test]
    fn a_mail_is_kept_from_others_for_as_long_as_sending_may_take() {
        // Its server is found nowhere: what is looked at is the time in between.
        let timeout = Duration::from_mins(5);
        let smtp = Smtp::new(SmtpSettings {
            host: "mail.invalid".to_owned(),
            port: 587,
            tls: Tls::StartTls,
            username: None,
            password: None,
            timeout,
            ca_file: None,
            from: "desk@example.com".to_owned(),
            hello_name: None,
        });
        let mailer = Mailer {
            templates: Templates::built_in(),
            transport: Transport::Smtp(smtp.unwrap()),
        };
        let desk = TestDesk::with(|options| {
            let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com");
            options.policies.reset.link = link.ok();
        });
        desk.office.resets().request(EMAIL).unwrap();
        let lease = mailer.lease();
        assert!(lease > 3 * timeout);
        let take = || {
            let taken = desk
                .office
                .write_for_good(|change| Ok(change.tx.lease_mail(lease)?));
            taken.unwrap().is_some()
        };
        assert!(take());
        assert!(!take());
        desk.clock.pass(3 * timeout);
        assert!(!take());
        desk.clock.pass(LEASE);
        assert!(take());
    }
}
