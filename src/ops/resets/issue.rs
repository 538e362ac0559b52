//! Links that an operator issues.

use secrecy::SecretString;

use super::{Disclosure, Issued, Resets};
use crate::domain::audit::{Action, Target};
use crate::domain::reset::{LinkLife, ResetEnd, ResetKind};
use crate::domain::user::{Status, TransitionRefused, UserRef};
use crate::ops::acting::Gate;
use crate::ops::links::{link_template, make_link};
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Error, lookup};

impl Resets<'_> {
    /// Issues a link. It replaces all earlier links of the user. It lives for `ttl`, or as long as the
    /// policy says.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Transition`] for a user who is neither active nor
    /// pending; [`Error::PasswordSignInOff`], [`Error::NoBaseUrl`]; [`Error::Store`] if the
    /// store can't be written.
    pub fn issue(&self, who: &UserRef, ttl: Option<LinkLife>) -> Result<Issued, Error> {
        self.office
            .write(Gate::Administer, |tx| issue_shown(tx, who, ttl))
    }

    /// Issues a link for each of `whom`, many in one transaction. `each` gets the outcomes in order,
    /// after the commit. A refused user does not change the others. An error of the store is the last
    /// outcome.
    pub fn issue_many(
        &self,
        whom: &[UserRef],
        ttl: Option<LinkLife>,
        mut each: impl FnMut(Result<Issued, Error>),
    ) {
        // Enough to share the wait for the disk, and few enough to keep other writers waiting only briefly.
        const CHUNK: usize = 5000;
        let bulk = whom.len() > CHUNK;
        for chunk in whom.chunks(CHUNK) {
            let issued = self.office.write_many(Gate::Administer, bulk, |tx| {
                chunk
                    .iter()
                    .map(|who| match issue_shown(tx, who, ttl) {
                        Err(error @ (Error::Store(_) | Error::NoRandomness(_))) => Err(error),
                        outcome => Ok(outcome),
                    })
                    .collect::<Result<Vec<_>, Error>>()
            });
            match issued {
                Ok(outcomes) => outcomes
                    .into_iter()
                    .for_each(|outcome| each(outcome.map_err(|error| self.office.refused(error)))),
                Err(error) => return each(Err(error)),
            }
        }
    }
}

fn issue_shown(tx: &WriteTransaction<'_>, who: &UserRef, ttl: Option<LinkLife>) -> Result<Issued, Error> {
    let (issued, url) = issue(tx, who, ttl, Disclosure::ToCaller)?;
    Ok(Issued {
        url: Some(url),
        ..issued
    })
}

pub(super) fn issue(
    tx: &WriteTransaction<'_>,
    who: &UserRef,
    ttl: Option<LinkLife>,
    disclosure: Disclosure,
) -> Result<(Issued, SecretString), Error> {
    link_template(tx.desk)?;
    let user = match disclosure {
        Disclosure::ToCaller => lookup::get_to_take_over(tx, who)?,
        Disclosure::ToUserAlone => lookup::get_user(tx, who)?,
    };
    let policy = &tx.desk.policies.reset;
    let (kind, usual) = match user.status {
        Status::Active => (ResetKind::Operator, policy.ttl),
        Status::Pending => (ResetKind::Invite, policy.invite_ttl),
        from @ (Status::Deactivated | Status::Deleted) => {
            return Err(Error::transition(
                &user.email,
                TransitionRefused {
                    from,
                    to: "sent a reset link",
                },
            ));
        }
    };
    if !tx.desk.policies.sign_in.allows(&user) {
        return Err(Error::PasswordSignInOff { email: user.email });
    }
    let superseded = tx.store.end_resets_of(user.id, ResetEnd::Superseded)?;
    let (link, url) = make_link(tx, &user, kind, ttl.unwrap_or(usual))?;
    tx.record(
        Action::ResetIssued,
        Target::User(user.id),
        &[],
        Some(kind.as_str().to_owned()),
    )?;
    let issued = Issued {
        user,
        link,
        url: None,
        superseded,
    };
    Ok((issued, url))
}
