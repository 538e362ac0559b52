//! Users: creation, changes, states, lists.

mod create;
mod edit;
#[cfg(feature = "mail")]
mod invite;
mod list;
mod states;

use super::{Error, lookup};
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
}
