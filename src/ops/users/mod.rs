//! Users: creation, changes, states, lists.

mod create;
mod edit;
#[cfg(feature = "mail")]
mod invite;
mod list;
mod states;

use std::collections::HashMap;

use super::{Error, lookup};
use crate::domain::email::EmailAddress;
use crate::domain::ids::UserId;
use crate::domain::rights::Right;
use crate::domain::user::{User, UserRef};
use crate::ops::acting::{Acting, Gate};

pub(super) use create::add;
pub use create::{IfExists, NewPassword, NewUser};
pub use edit::UserEdit;
#[cfg(feature = "mail")]
pub use invite::{Invitation, Invited};
pub use list::Listing;

/// The users of a back office.
pub struct Users<'o> {
    pub(super) office: Acting<'o>,
}

impl<'o> Acting<'o> {
    /// The use cases of users.
    #[must_use]
    pub fn users(self) -> Users<'o> {
        Users { office: self }
    }
}

impl Users<'_> {
    /// The user that `who` names, or `None`.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn find(&self, who: &UserRef) -> Result<Option<User>, Error> {
        self.office
            .read(Gate::Inside, |view| match lookup::get_account(view, who) {
                Ok(user) => Ok(Some(user)),
                Err(Error::UserNotFound { .. }) => Ok(None),
                Err(error) => Err(error),
            })
    }

    /// The user that `who` names.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn get(&self, who: &UserRef) -> Result<User, Error> {
        self.office
            .read(Gate::Inside, |view| lookup::get_account(view, who))
    }

    /// The addresses of the users with these ids. An id that no user has is left out.
    ///
    /// # Errors
    /// [`Error::NotAllowed`] if the caller may not see one of the accounts; [`Error::Store`] if the
    /// store can't be read.
    pub(crate) fn addresses_of(
        &self,
        ids: impl IntoIterator<Item = UserId>,
    ) -> Result<HashMap<UserId, EmailAddress>, Error> {
        self.office.read(Gate::Inside, |view| {
            let standing = view.standing()?;
            let mut found = HashMap::new();
            for id in ids {
                standing.check(Right::Account(id))?;
                if !found.contains_key(&id)
                    && let Some(user) = view.find_user_by_id(id)?
                {
                    found.insert(id, user.email);
                }
            }
            Ok(found)
        })
    }
}
