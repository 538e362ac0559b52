//! Sending what waits.

use super::content::{Content, Prepared, prepare};
use super::sending::send;
use super::{MailQueue, target_of};
use crate::domain::audit::Action;
use crate::domain::clock::later;
use crate::domain::ids::ResetId;
use crate::domain::mail::{QueuedMail, pause_after};
use crate::domain::reset::ResetEnd;
use crate::domain::user::User;
use crate::mail::{Fate, SendError};
use crate::ops::Error;
use crate::ops::acting::Gate;

/// A mail that was due, and what became of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Flushed {
    /// The mail.
    pub mail: QueuedMail,
    /// What became of it.
    pub delivery: Delivery,
}

/// What became of a mail that was due.
#[derive(Debug)]
#[non_exhaustive]
pub enum Delivery {
    /// It was sent.
    Sent,
    /// It was not sent, for this reason, and waits for the next try.
    Waits(SendError),
    /// It may have been sent: the server's answer did not come. Its link is alive.
    Uncertain {
        /// What happened.
        error: SendError,
        /// Whether it is sent once more later.
        again: bool,
    },
    /// It was not sent, and left the queue.
    Dropped(Dropped),
}

/// Why a mail left the queue unsent.
#[derive(Debug)]
#[non_exhaustive]
pub enum Dropped {
    /// The server refused the recipient or the message for good.
    Refused(SendError),
    /// It waited for too long: its link would have ended, or its news are old.
    Outdated,
    /// The user is gone, or may not have a link any more.
    Unwanted,
    /// The user has as many live links as one user can have.
    EnoughLinks,
}

impl Dropped {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Outdated => "outdated",
            Self::Unwanted => "unwanted",
            Self::EnoughLinks => "enough_links",
        }
    }

    /// Whether something went wrong: a user waits for a mail that never comes.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Outdated)
    }
}

impl Delivery {
    /// The word for it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Waits(_) => "waits",
            Self::Uncertain { .. } => "uncertain",
            Self::Dropped(_) => "dropped",
        }
    }

    /// Why it was not sent, or may not have been: part of a sentence.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        Some(match self {
            Self::Sent => return None,
            Self::Waits(error) | Self::Uncertain { error, .. } | Self::Dropped(Dropped::Refused(error)) => {
                error.to_string()
            }
            Self::Dropped(Dropped::Outdated) => "it waited for too long".to_owned(),
            Self::Dropped(Dropped::Unwanted) => {
                "the user is gone, or may not have a link any more".to_owned()
            }
            Self::Dropped(Dropped::EnoughLinks) => {
                "the user has as many live links as one user can have".to_owned()
            }
        })
    }

    /// Whether something went wrong.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        match self {
            Self::Sent => false,
            Self::Waits(_) | Self::Uncertain { .. } => true,
            Self::Dropped(why) => why.is_failure(),
        }
    }

    /// What to do next, where that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Waits(error) | Self::Dropped(Dropped::Refused(error)) => Some(error.hint()),
            Self::Sent | Self::Uncertain { .. } | Self::Dropped(_) => None,
        }
    }
}

impl MailQueue<'_> {
    /// Sends what is due, one after the other; another process that sends at the same time takes
    /// other mails. `each` gets what became of each. A mail that was not sent waits, longer each
    /// time, until the server refuses it for good or it waited for too long.
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
            .write_for_good(Gate::Administer, |change| Ok(change.tx.lease_mail(lease)?))?
        {
            match self.prepare(&mail) {
                Ok(None) => {}
                Ok(Some(Prepared::Unwanted(why))) => each(Flushed {
                    mail,
                    delivery: Delivery::Dropped(why),
                }),
                Ok(Some(Prepared::Ready(ready))) => {
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

    /// What to send; nothing if the mail left the queue meanwhile, or is for nobody.
    pub(super) fn prepare(&self, mail: &QueuedMail) -> Result<Option<Prepared>, Error> {
        self.office.write_for_good(Gate::Anybody, |change| {
            let Some(mail) = change.find_mail(mail.id)? else {
                return Ok(None);
            };
            if mail.user_id.is_none() {
                change.tx.remove_mail(mail.id)?;
                return Ok(None);
            }
            let prepared = prepare(change, &mail)?;
            if let Prepared::Unwanted(why) = &prepared {
                change.tx.remove_mail(mail.id)?;
                let reason = format!("{}: {}", mail.notice.as_str(), why.as_str());
                change.record_failure(Action::MailDropped, target_of(&mail), reason)?;
            }
            Ok(Some(prepared))
        })
    }

    fn deliver(&self, mail: &QueuedMail, user: &User, content: &Content) -> Result<Delivery, Error> {
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
        self.office.write_for_good(Gate::Anybody, |change| {
            change.tx.remove_tried_mail(mail.id, link)?;
            if let Some(link) = link
                && change.find_reset_by_id(link)?.is_some()
            {
                change.tx.set_reset_sent_at(link, change.now)?;
            }
            let reason = Some(mail.notice.as_str().to_owned());
            change.record(Action::MailSent, target_of(mail), &[], reason)
        })
    }

    /// The next try is the last where the mail is outdated then.
    pub(super) fn put_off(&self, mail: &QueuedMail, link: Option<ResetId>, error: &str) -> Result<(), Error> {
        self.office.write_for_good(Gate::Anybody, |change| {
            if let Some(link) = link {
                change.tx.end_reset(link, ResetEnd::Revoked)?;
            }
            let outdated = mail.outdated_at(change.desk.policies.reset.ttl);
            let next = later(change.now, pause_after(mail.attempts.saturating_add(1)));
            Ok(change.tx.put_mail_off(mail.id, link, next.min(outdated), error)?)
        })
    }

    fn uncertain(
        &self,
        mail: &QueuedMail,
        link: Option<ResetId>,
        error: &str,
        again: bool,
    ) -> Result<(), Error> {
        self.office.write_for_good(Gate::Anybody, |change| {
            if again {
                let next = later(change.now, pause_after(mail.attempts.saturating_add(1)));
                change.tx.put_mail_off(mail.id, link, next, error)?;
            } else {
                change.tx.remove_tried_mail(mail.id, link)?;
            }
            let reason = mail.notice.as_str().to_owned();
            change.record_failure(Action::MailUncertain, target_of(mail), reason)
        })
    }

    fn drop_refused(&self, mail: &QueuedMail, link: Option<ResetId>, why: &Dropped) -> Result<(), Error> {
        self.office.write_for_good(Gate::Anybody, |change| {
            if let Some(link) = link {
                change.tx.end_reset(link, ResetEnd::Revoked)?;
            }
            change.tx.remove_tried_mail(mail.id, link)?;
            let reason = format!("{}: {}", mail.notice.as_str(), why.as_str());
            change.record_failure(Action::MailDropped, target_of(mail), reason)
        })
    }
}
