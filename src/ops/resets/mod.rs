//! Reset links: an operator issues one, or a person asks for one; the person who has one completes
//! it.

mod complete;
mod issue;
mod request;
#[cfg(feature = "mail")]
mod send;

pub use complete::UsableLink;
use secrecy::SecretString;

use super::acting::{Acting, Gate};
use super::{Error, lookup};
use crate::domain::audit::{Action, Target};
use crate::domain::clock::NotBefore;
use crate::domain::ids::ResetId;
use crate::domain::reset::{ResetEnd, ResetLink, ResetState};
use crate::domain::user::{User, UserRef};

/// The reset links of a back office.
pub struct Resets<'o> {
    pub(super) office: Acting<'o>,
}

/// Who sees a link that is mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disclosure {
    /// The user and the caller. The caller could set the password with it.
    ToCaller,
    /// Only the user.
    ToUserAlone,
}

/// A link that was issued.
#[derive(Debug)]
#[non_exhaustive]
pub struct Issued {
    /// The user whose password it sets.
    pub user: User,
    /// The link without its token.
    pub link: ResetLink,
    /// The URL, if the caller may see it. It can't be shown again later.
    pub url: Option<SecretString>,
    /// The number of earlier links that it replaced.
    pub superseded: u64,
}

/// A link, and its state at the time of the call.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ListedLink {
    /// The link.
    pub link: ResetLink,
    /// The state.
    pub state: ResetState,
}

/// A link that was revoked, or that had ended before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LinkRevoked {
    /// The link after the call.
    pub link: ResetLink,
    /// Whether it was live before the call.
    pub was_live: bool,
}

/// The links of a user that were revoked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LinksRevoked {
    /// The user.
    pub user: User,
    /// The number of live links that ended.
    pub count: u64,
}

/// A request for a link. It is the same whether or not a user has the address.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[must_use = "an answer that comes too early shows whether a user has the address"]
pub struct Requested {
    /// The earliest moment at which it may be answered.
    pub not_before: NotBefore,
}

impl<'o> Acting<'o> {
    /// The use cases of reset links.
    #[must_use]
    pub fn resets(self) -> Resets<'o> {
        Resets { office: self }
    }
}

impl Resets<'_> {
    /// The links of one user, or of all users, with the state of each.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn list(&self, who: Option<&UserRef>) -> Result<Vec<ListedLink>, Error> {
        let now = self.office.desk.clock.now();
        self.office.read(Gate::Inside, |view| {
            let user = lookup::get_account_or_all(view, who)?;
            let links = view.list_resets(user.map(|user| user.id))?;
            let with_state = |link: ResetLink| {
                let state = link.state(now);
                ListedLink { link, state }
            };
            Ok(links.into_iter().map(with_state).collect())
        })
    }

    /// Revokes one link. A link that has ended stays as it is.
    ///
    /// # Errors
    /// [`Error::ResetNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn revoke(&self, id: ResetId) -> Result<LinkRevoked, Error> {
        self.office.write(Gate::Administer, |tx| {
            let mut link = tx
                .find_reset_by_id(id)?
                .ok_or_else(|| Error::ResetNotFound(id.to_string()))?;
            let was_live = tx.store.end_reset(id, ResetEnd::Revoked)?;
            if was_live {
                link.end = Some(ResetEnd::Revoked);
                tx.record(Action::ResetRevoked, Target::User(link.user_id), &[], None)?;
            }
            Ok(LinkRevoked { link, was_live })
        })
    }

    /// Revokes every live link of a user.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn revoke_all_of(&self, who: &UserRef) -> Result<LinksRevoked, Error> {
        self.office.write(Gate::Administer, |tx| {
            let user = lookup::get_user(tx, who)?;
            let count = tx.store.end_resets_of(user.id, ResetEnd::Revoked)?;
            if count > 0 {
                tx.record(
                    Action::ResetRevoked,
                    Target::User(user.id),
                    &[],
                    Some(format!("all {count}")),
                )?;
            }
            Ok(LinksRevoked { user, count })
        })
    }
}

#[cfg(test)]
#[cfg(feature = "mail")]
mod tests;
