//! Changes the fields of a user.

use super::Users;
use crate::domain::audit::{Action, Target};
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::reset::ResetEnd;
use crate::domain::rights::Right;
use crate::domain::user::{Locale, Name, Status, User, UserRef};
use crate::ops::acting::Gate;
use crate::ops::membership::{add_to_group, remove_from_group};
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Done, Error, Written, lookup, notices};

/// The fields to change. A field that is `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserEdit {
    /// The new address.
    pub email: Option<EmailAddress>,
    /// The new first name; may be empty.
    pub first_name: Option<Name>,
    /// The new last name; may be empty.
    pub last_name: Option<Name>,
    /// The new locale.
    pub locale: Option<Locale>,
    /// Groups to which the user is added.
    pub add_groups: Vec<GroupName>,
    /// Groups from which the user is removed.
    pub remove_groups: Vec<GroupName>,
}

impl Users<'_> {
    /// Changes the fields of a user.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::GroupNotFound`], [`Error::EmailTaken`],
    /// [`Error::LastAdministrator`], [`Error::Transition`] for a deleted user; [`Error::Email`] for the
    /// address of a [`UserRef`] that no user can get; [`Error::Store`] if the store can't be written.
    pub fn edit(&self, who: &UserRef, edit: &UserEdit) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            let user = lookup::get_user(tx, who)?;
            if edit.email.is_some() {
                tx.require(Right::TakeOver(&user))?;
            }
            edit.apply(tx, user, false)
        })
    }
}

impl UserEdit {
    /// Applies the changes. `activate` activates a pending user too.
    pub(in crate::ops) fn apply(
        &self,
        tx: &WriteTransaction<'_>,
        mut user: User,
        activate: bool,
    ) -> Result<Written, Error> {
        user.status
            .change()
            .map_err(|refused| Error::transition(&user.email, refused))?;
        let mut fields = Vec::new();
        self.set_email(tx, &mut user, &mut fields)?;
        replace(
            &mut user.first_name,
            self.first_name.as_ref(),
            "first_name",
            &mut fields,
        );
        replace(
            &mut user.last_name,
            self.last_name.as_ref(),
            "last_name",
            &mut fields,
        );
        replace(&mut user.locale, self.locale.as_ref(), "locale", &mut fields);
        self.set_groups(tx, &mut user, &mut fields)?;
        if activate && user.status == Status::Pending {
            user.status = Status::Active;
            fields.push("status");
        }
        if fields.is_empty() {
            return Ok(Written::unchanged(user));
        }
        user.updated_at = tx.now;
        tx.store.set_user(&user)?;
        tx.record(Action::UserUpdated, Target::User(user.id), &fields, None)?;
        Ok(Written::new(Done::Updated, user, fields))
    }

    fn set_email(
        &self,
        tx: &WriteTransaction<'_>,
        user: &mut User,
        fields: &mut Vec<&'static str>,
    ) -> Result<(), Error> {
        let Some(email) = &self.email else { return Ok(()) };
        if *email == user.email {
            return Ok(());
        }
        email.check_new()?;
        if let Some(other) = tx.find_user_by_email(email.canonical())?
            && other.id != user.id
        {
            return Err(Error::EmailTaken {
                email: other.email,
                status: other.status,
            });
        }
        let old = std::mem::replace(&mut user.email, email.clone());
        fields.push("email");
        tx.store.end_resets_of(user.id, ResetEnd::Revoked)?;
        notices::notify_both(tx, user, &old)?;
        Ok(())
    }

    fn set_groups(
        &self,
        tx: &WriteTransaction<'_>,
        user: &mut User,
        fields: &mut Vec<&'static str>,
    ) -> Result<(), Error> {
        let mut changed = false;
        for group in &self.add_groups {
            changed |= add_to_group(tx, user, group)?;
        }
        for group in &self.remove_groups {
            changed |= remove_from_group(tx, user, group)?;
        }
        if changed {
            fields.push("groups");
        }
        Ok(())
    }
}

fn replace<T: PartialEq + Clone>(
    current: &mut T,
    new: Option<&T>,
    field: &'static str,
    fields: &mut Vec<&'static str>,
) {
    if let Some(new) = new
        && new != current
    {
        *current = new.clone();
        fields.push(field);
    }
}
