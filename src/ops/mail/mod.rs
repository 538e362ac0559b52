//! The queue of mails. The feature `mail` sends them.

#[cfg(feature = "mail")]
mod content;
#[cfg(feature = "mail")]
mod delivery;
#[cfg(feature = "mail")]
mod flush;
#[cfg(feature = "mail")]
mod mailer;
#[cfg(feature = "mail")]
mod sending;
#[cfg(test)]
#[cfg(feature = "mail")]
mod tests;

use super::Error;
use super::acting::{Acting, Gate};
use super::write_transaction::WriteTransaction;
use crate::domain::audit::{Action, Target};
use crate::domain::ids::MailId;
use crate::domain::mail::QueuedMail;
use crate::domain::reset::ResetEnd;

#[cfg(feature = "mail")]
pub use delivery::{Delivery, Dropped, Flushed};
#[cfg(feature = "mail")]
pub use mailer::Mailer;
#[cfg(feature = "mail")]
pub(super) use sending::{Mailing, send};

/// The mails that wait to be sent.
pub struct MailQueue<'o> {
    pub(super) office: Acting<'o>,
}

impl<'o> Acting<'o> {
    /// The use cases of the queue of mails.
    #[must_use]
    pub fn mail(self) -> MailQueue<'o> {
        MailQueue { office: self }
    }
}

impl MailQueue<'_> {
    /// The mails that wait, oldest first.
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
        self.office.write(Gate::Administer, |tx| {
            let found = tx.find_mail(id)?.filter(|mail| mail.user_id.is_some());
            let mail = found.ok_or_else(|| Error::MailNotFound(id.to_string()))?;
            end_link_of(tx, &mail)?;
            tx.store.remove_mail(id)?;
            let reason = Some(mail.notice.as_str().to_owned());
            tx.record(Action::MailDropped, target_of(&mail), &[], reason)?;
            Ok(mail)
        })
    }
}

/// Ends the link of an earlier try that was not completed.
fn end_link_of(tx: &WriteTransaction<'_>, mail: &QueuedMail) -> Result<(), Error> {
    if let Some(link) = mail.link {
        tx.store.end_reset(link, ResetEnd::Revoked)?;
    }
    Ok(())
}

fn target_of(mail: &QueuedMail) -> Target {
    mail.user_id.map_or(Target::Unknown, Target::User)
}
