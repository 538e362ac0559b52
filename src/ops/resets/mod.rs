//! Reset links: an operator issues one, or a person asks for one; the person who has one completes
//! it.

mod complete;
mod issue;
mod request;
#[cfg(feature = "mail")]
mod send;

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
    /// The caller too, who could set the password with it.
    ToCaller,
    /// The user alone.
    ToUserAlone,
}

/// A link that was made.
#[derive(Debug)]
#[non_exhaustive]
pub struct Issued {
    /// Whose password it sets.
    pub user: User,
    /// What is known of it without its token.
    pub link: ResetLink,
    /// The link itself, if it is to be shown. It can't be seen a second time.
    pub url: Option<SecretString>,
    /// How many earlier links it took the place of.
    pub superseded: u64,
}

/// A link, and where it stands at the moment of the call.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ListedLink {
    /// The link.
    pub link: ResetLink,
    /// Where it stands.
    pub state: ResetState,
}

/// A link that was taken back, or had ended before.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LinkRevoked {
    /// The link as it is now.
    pub link: ResetLink,
    /// Whether it was alive until now.
    pub was_live: bool,
}

/// What became of the links of a user.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LinksRevoked {
    /// The user.
    pub user: User,
    /// How many live links ended.
    pub count: u64,
}

/// A request for a link that was taken, whether or not there is such a user.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
#[must_use = "an answer that comes too early tells whether there is such a user"]
pub struct Requested {
    /// When it may be answered.
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
    /// The links of one user, or of all, with where each stands.
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

    /// Takes one link back. A link that has ended stays as it is.
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

    /// Takes every live link of a user back.
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
