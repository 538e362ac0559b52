//! Users: creation, changes, states, lists.

mod create;
mod edit;
mod list;
mod states;

use super::{BackOffice, Error, people};
use crate::domain::user::{User, UserRef};

pub use create::{IfExists, NewPassword, NewUser};
pub(super) use create::{add, given_fields};
pub use edit::UserEdit;
pub(super) use edit::{add_to_group, remove_from_group};
pub use list::Listing;

/// The users of a back office.
pub struct Users<'o> {
    pub(super) office: &'o BackOffice,
}

impl Users<'_> {
    /// The user that `who` names, or `None`.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn find(&self, who: &UserRef) -> Result<Option<User>, Error> {
        self.office.read(|view| view.find_user(who))
    }

    /// The user that `who` names.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn get(&self, who: &UserRef) -> Result<User, Error> {
        self.office.read(|view| people::get_user(view, who))
    }
}
