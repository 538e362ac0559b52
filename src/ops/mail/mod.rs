//! The queue of mails. What is in it is sent by the feature `mail`.

#[cfg(feature = "mail")]
mod content;
#[cfg(feature = "mail")]
mod flush;
#[cfg(feature = "mail")]
mod links;
#[cfg(feature = "mail")]
mod sending;
#[cfg(test)]
#[cfg(feature = "mail")]
mod tests;

use super::Error;
use super::acting::{Acting, Gate};
use super::change::Change;
use crate::domain::audit::{Action, Target};
use crate::domain::ids::MailId;
use crate::domain::mail::QueuedMail;
use crate::domain::reset::ResetEnd;

#[cfg(feature = "mail")]
pub use flush::{Delivery, Dropped, Flushed};
#[cfg(feature = "mail")]
pub use sending::Mailer;

/// The mails that wait to be sent.
pub struct MailQueue<'o> {
    pub(super) office: Acting<'o>,
}

impl MailQueue<'_> {
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
