//! Invitations: a user is made, and a link to choose a password is mailed.

use super::{NewUser, Users};
use crate::ops::resets::{Disclosure, Issued};
use crate::ops::{Done, Error, Written};
use crate::store::Keeping;

/// A user who was invited. The user stands, whatever became of the mail.
#[derive(Debug)]
#[non_exhaustive]
pub struct Invited {
    /// What the creation of the user did.
    pub written: Written,
    /// What became of the mail.
    pub invitation: Invitation,
}

/// What became of the mail to a user who was invited.
#[derive(Debug)]
#[non_exhaustive]
pub enum Invitation {
    /// No mail was to be sent: the user existed before, or it was a dry run.
    None,
    /// The mail was sent.
    Sent(Box<Issued>),
    /// The mail was not sent, or may not have arrived: [`Error::MailFailed`],
    /// [`Error::MailUncertain`], or why no link could be made.
    Failed(Error),
}

impl Users<'_> {
    /// Creates a user, and mails a link with which the user chooses a password.
    ///
    /// # Errors
    /// As [`create`](Self::create); [`Error::NoMailer`], [`Error::NoBaseUrl`] before anything is
    /// written. A mail that fails is no error of this use case, because the user exists then: see
    /// [`Invitation::Failed`].
    pub fn invite(&self, new: NewUser) -> Result<Invited, Error> {
        let resets = self.office.resets();
        resets.can_send()?;
        let written = self.create(new)?;
        if written.done != Done::Created || self.office.desk.keeping == Keeping::RollBack {
            let invitation = Invitation::None;
            return Ok(Invited { written, invitation });
        }
        let sent = resets.issue_and_send(&written.user.id.into(), None, Disclosure::ToUserAlone);
        let invitation = sent.map_or_else(Invitation::Failed, |issued| Invitation::Sent(Box::new(issued)));
        Ok(Invited { written, invitation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::{MailStep, SendError};
    use crate::ops::testing::TestDesk;

    fn grace() -> NewUser {
        NewUser::new("grace@example.com".parse().unwrap())
    }

    #[test]
    fn the_user_stands_where_the_mail_fails_and_no_second_invitation_is_sent() {
        let (desk, memory) = TestDesk::that_mails(|_| ());
        memory.fail_with(Some(SendError::new(MailStep::Connect, "refused")));
        let invited = desk.office.users().invite(grace()).unwrap();
        let Invitation::Failed(Error::MailFailed { .. }) = invited.invitation else {
            panic!("{:?}", invited.invitation);
        };
        let id = invited.written.user.id;
        assert_eq!(desk.office.users().get(&id.into()).unwrap().id, id);

        memory.fail_with(None);
        let again = desk.office.users().invite(grace());
        assert!(matches!(again, Err(Error::EmailTaken { .. })));
        assert!(memory.sent().is_empty());
    }

    #[test]
    fn a_mail_is_sent_to_a_new_user() {
        let (desk, memory) = TestDesk::that_mails(|_| ());
        let invited = desk.office.users().invite(grace()).unwrap();
        assert!(matches!(invited.invitation, Invitation::Sent(_)));
        assert_eq!(memory.sent().len(), 1);
    }
}
