//! Sends the mails of the queue.

use super::content::{MailContent, PreparedMail, prepare};
use super::delivery::{Delivery, Dropped, Flushed};
use super::sending::send;
use super::{MailQueue, target_of};
use crate::domain::audit::Action;
use crate::domain::clock::later;
use crate::domain::ids::ResetId;
use crate::domain::mail::{QueuedMail, pause_after};
use crate::domain::reset::ResetEnd;
use crate::domain::user::User;
use crate::mail::Fate;
use crate::ops::Error;
use crate::ops::acting::Gate;

impl MailQueue<'_> {
    /// Sends the mails that are due, one after the other. Another process that sends at the same time
    /// takes other mails. `each` gets the outcome of each. A mail that was not sent waits, longer each
    /// time, until the server refuses it for good or it has waited too long.
    ///
    /// # Errors
    /// [`Error::NoMailer`]; [`Error::NoBaseUrl`] if a link can't be made, after all other mails
    /// were sent; [`Error::Store`] if the store can't be written.
    pub fn flush(&self, mut each: impl FnMut(Flushed)) -> Result<(), Error> {
        let mailer = self.office.desk.mailer()?;
        mailer.transport.renew();
        let lease = mailer.lease();
        let mut outcome = Ok(());
        while let Some(mail) = self
            .office
            .write_for_good(Gate::Administer, |tx| Ok(tx.store.lease_mail(lease)?))?
        {
            match self.prepare(&mail) {
                Ok(None) => {}
                Ok(Some(PreparedMail::Unwanted(why))) => each(Flushed {
                    mail,
                    delivery: Delivery::Dropped(why),
                }),
                Ok(Some(PreparedMail::Ready(ready))) => {
                    let (user, content) = *ready;
                    let delivery = self.deliver(&mail, &user, &content)?;
                    each(Flushed { mail, delivery });
                }
                Err(error @ Error::NoBaseUrl) => {
                    self.put_off(&mail, None, &error.to_string())?;
                    outcome = Err(error);
                }
                Err(error) => return Err(error),
            }
        }
        outcome
    }

    /// What to send; `None` if the mail has left the queue, or has no user.
    pub(super) fn prepare(&self, mail: &QueuedMail) -> Result<Option<PreparedMail>, Error> {
        self.office.write_for_good(Gate::Anybody, |tx| {
            let Some(mail) = tx.find_mail(mail.id)? else {
                return Ok(None);
            };
            if mail.user_id.is_none() {
                tx.store.remove_mail(mail.id)?;
                return Ok(None);
            }
            let prepared = prepare(tx, &mail)?;
            if let PreparedMail::Unwanted(why) = &prepared {
                tx.store.remove_mail(mail.id)?;
                let reason = format!("{}: {}", mail.notice.as_str(), why.as_str());
                tx.record_failure(Action::MailDropped, target_of(&mail), reason)?;
            }
            Ok(Some(prepared))
        })
    }

    fn deliver(&self, mail: &QueuedMail, user: &User, content: &MailContent) -> Result<Delivery, Error> {
        let (desk, link) = (&self.office.desk, content.link());
        let sent = send(desk, desk.mailer()?, &content.mailing(mail, user));
        Ok(match sent {
            Ok(()) => {
                self.done(mail, link)?;
                Delivery::Sent
            }
            Err(error) => match error.fate {
                Fate::NotSent => {
                    self.put_off(mail, link, &error.to_string())?;
                    Delivery::Waits(error)
                }
                Fate::Uncertain => {
                    let again = mail.repeats_after_uncertainty();
                    self.uncertain(mail, link, &error.to_string(), again)?;
                    Delivery::Uncertain { error, again }
                }
                Fate::Refused => {
                    let why = Dropped::Refused(error);
                    self.drop_refused(mail, link, &why)?;
                    Delivery::Dropped(why)
                }
            },
        })
    }

    pub(super) fn done(&self, mail: &QueuedMail, link: Option<ResetId>) -> Result<(), Error> {
        self.office.write_for_good(Gate::Anybody, |tx| {
            tx.store.remove_tried_mail(mail.id, link)?;
            if let Some(link) = link
                && tx.find_reset_by_id(link)?.is_some()
            {
                tx.store.set_reset_sent_at(link, tx.now)?;
            }
            let reason = Some(mail.notice.as_str().to_owned());
            tx.record(Action::MailSent, target_of(mail), &[], reason)
        })
    }

    /// Sets the time of the next try. It is the last one if the mail is outdated then.
    pub(super) fn put_off(&self, mail: &QueuedMail, link: Option<ResetId>, error: &str) -> Result<(), Error> {
        self.office.write_for_good(Gate::Anybody, |tx| {
            if let Some(link) = link {
                tx.store.end_reset(link, ResetEnd::Revoked)?;
            }
            let outdated = mail.outdated_at(tx.desk.policies.reset.ttl);
            let next = later(tx.now, pause_after(mail.attempts.saturating_add(1)));
            Ok(tx.store.put_mail_off(mail.id, link, next.min(outdated), error)?)
        })
    }

    fn uncertain(
        &self,
        mail: &QueuedMail,
        link: Option<ResetId>,
        error: &str,
        again: bool,
    ) -> Result<(), Error> {
        self.office.write_for_good(Gate::Anybody, |tx| {
            if again {
                let next = later(tx.now, pause_after(mail.attempts.saturating_add(1)));
                tx.store.put_mail_off(mail.id, link, next, error)?;
            } else {
                tx.store.remove_tried_mail(mail.id, link)?;
            }
            let reason = mail.notice.as_str().to_owned();
            tx.record_failure(Action::MailUncertain, target_of(mail), reason)
        })
    }

    fn drop_refused(&self, mail: &QueuedMail, link: Option<ResetId>, why: &Dropped) -> Result<(), Error> {
        self.office.write_for_good(Gate::Anybody, |tx| {
            if let Some(link) = link {
                tx.store.end_reset(link, ResetEnd::Revoked)?;
            }
            tx.store.remove_tried_mail(mail.id, link)?;
            let reason = format!("{}: {}", mail.notice.as_str(), why.as_str());
            tx.record_failure(Action::MailDropped, target_of(mail), reason)
        })
    }
}
