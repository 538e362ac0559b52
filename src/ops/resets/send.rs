//! Links that are mailed at once.

use super::issue::issue;
use super::{Disclosure, Issued, Resets};
use crate::domain::audit::{Action, Target};
use crate::domain::reset::{LinkLife, ResetEnd};
use crate::domain::user::UserRef;
use crate::mail::Fate;
use crate::ops::Error;
use crate::ops::acting::Gate;
use crate::ops::links::link_template;
use crate::ops::mail::{Mailing, send};
use crate::store::Keeping;

impl Resets<'_> {
    /// Checks that links can be made and mailed at all.
    ///
    /// # Errors
    /// [`Error::NoMailer`], [`Error::NoBaseUrl`].
    pub fn can_send(&self) -> Result<(), Error> {
        self.office.desk.mailer()?;
        link_template(&self.office.desk).map(drop)
    }

    /// Makes a link and mails it. If the mail is not sent, the link ends. If the mail may have
    /// been sent, the link stays live.
    ///
    /// # Errors
    /// As [`issue`](Self::issue); [`Error::NoMailer`]; [`Error::MailFailed`] with the step
    /// that failed; [`Error::MailUncertain`].
    pub fn issue_and_send(
        &self,
        who: &UserRef,
        ttl: Option<LinkLife>,
        disclosure: Disclosure,
    ) -> Result<Issued, Error> {
        self.can_send()?;
        let (mut issued, url) = self
            .office
            .write(Gate::Administer, |tx| issue(tx, who, ttl, disclosure))?;
        if disclosure == Disclosure::ToCaller {
            issued.url = Some(url.clone());
        }
        if self.office.desk.keeping == Keeping::RollBack {
            return Ok(issued);
        }
        let mailing = Mailing::of_link(&issued.user, &issued.link, &url);
        let desk = &self.office.desk;
        if let Err(error) = send(desk, desk.mailer()?, &mailing) {
            let uncertain = error.fate == Fate::Uncertain;
            self.office.write(Gate::Administer, |tx| {
                if uncertain {
                    let (target, kind) = (Target::User(issued.user.id), issued.link.kind);
                    return tx.record_failure(Action::MailUncertain, target, kind.as_str().to_owned());
                }
                tx.store.end_reset(issued.link.id, ResetEnd::Revoked)?;
                tx.record(
                    Action::ResetRevoked,
                    Target::User(issued.user.id),
                    &[],
                    Some("mail_failed".to_owned()),
                )
            })?;
            let email = issued.user.email;
            return Err(if uncertain {
                let link = issued.link.id;
                Error::MailUncertain { email, link, error }
            } else {
                Error::MailFailed { email, error }
            });
        }
        let sent_at = self.office.write(Gate::Administer, |tx| {
            tx.store.set_reset_sent_at(issued.link.id, tx.now)?;
            Ok(tx.now)
        })?;
        issued.link.sent_at = Some(sent_at);
        Ok(issued)
    }
}
