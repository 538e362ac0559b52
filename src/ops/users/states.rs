//! The changes of the status. Deactivation and deletion end every session in the same transaction.

use super::Users;
use crate::domain::audit::{Action, Target};
use crate::domain::mail::Notice;
use crate::domain::reset::ResetEnd;
use crate::domain::user::{Status, TransitionRefused, UserRef};
use crate::ops::acting::Gate;
use crate::ops::credentials::end_all;
use crate::ops::last_administrator::keep_an_administrator;
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Done, Error, Written, lookup, notices};
use crate::store::Keeping;

/// A move from one status to another.
#[derive(Debug, Clone, Copy)]
enum Move {
    Activate,
    Deactivate,
    Delete,
    Restore,
}

impl Move {
    fn from(self, status: Status) -> Result<Status, TransitionRefused> {
        match self {
            Self::Activate => status.activate(),
            Self::Deactivate => status.deactivate(),
            Self::Delete => Ok(status.delete()),
            Self::Restore => status.restore(),
        }
    }

    fn done(self) -> Done {
        match self {
            Self::Activate => Done::Activated,
            Self::Deactivate => Done::Deactivated,
            Self::Delete => Done::Deleted,
            Self::Restore => Done::Restored,
        }
    }

    fn action(self) -> Action {
        match self {
            Self::Activate => Action::UserActivated,
            Self::Deactivate => Action::UserDeactivated,
            Self::Delete => Action::UserDeleted,
            Self::Restore => Action::UserRestored,
        }
    }

    /// Whether the sessions and the links of the user end.
    fn leaves(self) -> bool {
        matches!(self, Self::Deactivate | Self::Delete)
    }
}

impl Users<'_> {
    /// Activates a pending or deactivated user.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Transition`] for a deleted user;
    /// [`Error::Store`] if the store can't be written.
    pub fn activate(&self, who: &UserRef) -> Result<Written, Error> {
        self.move_to(who, Move::Activate)
    }

    /// Activates a pending or deactivated user, and queues a mail that tells the user.
    ///
    /// # Errors
    /// As [`activate`](Self::activate); [`Error::NoMailer`] unless the policies have
    /// [`notices`](crate::Policies::notices).
    pub fn activate_and_tell(&self, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            if !tx.desk.policies.notices {
                return Err(Error::NoMailer);
            }
            let written = move_user(tx, who, Move::Activate)?;
            if written.changed() {
                notices::notify(tx, &written.user, Notice::AccountOpened)?;
            }
            Ok(written)
        })
    }

    /// Deactivates a user and ends the sessions of the user.
    ///
    /// # Errors
    /// As [`activate`](Self::activate), and [`Error::LastAdministrator`].
    pub fn deactivate(&self, who: &UserRef) -> Result<Written, Error> {
        self.move_to(who, Move::Deactivate)
    }

    /// Deletes a user. The row stays, and the address stays taken.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::LastAdministrator`]; [`Error::Store`] if the store
    /// can't be written.
    pub fn delete(&self, who: &UserRef) -> Result<Written, Error> {
        self.move_to(who, Move::Delete)
    }

    /// Restores a deleted user, who is then deactivated.
    ///
    /// # Errors
    /// As [`activate`](Self::activate), but [`Error::Transition`] for a pending or active user.
    pub fn restore(&self, who: &UserRef) -> Result<Written, Error> {
        self.move_to(who, Move::Restore)
    }

    fn move_to(&self, who: &UserRef, step: Move) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| move_user(tx, who, step))
    }

    /// Erases a deleted user for good, also from the free pages and the log of the file.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Transition`] for a user who is not deleted;
    /// [`Error::Store`] if the store can't be written.
    pub fn purge(&self, who: &UserRef) -> Result<Written, Error> {
        let mut written = self.office.write(Gate::Own, |tx| {
            let user = lookup::get_user(tx, who)?;
            user.status
                .purge()
                .map_err(|refused| Error::transition(&user.email, refused))?;
            tx.record(Action::UserPurged, Target::User(user.id), &[], None)?;
            tx.remove_user(user.id)?;
            Ok(Written::new(Done::Purged, user, Vec::new()))
        })?;
        if self.office.desk.keeping == Keeping::Commit {
            // A process that reads the log now keeps it. The next purge removes it.
            written.traces_left = self.office.forget_removed().is_err();
        }
        Ok(written)
    }

    /// Removes the count of wrong passwords that delayed or stopped the sign-ins of a user.
    ///
    /// # Errors
    /// [`Error::UserNotFound`]; [`Error::Store`] if the store can't be written.
    pub fn unlock(&self, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            let user = lookup::get_user(tx, who)?;
            if !tx.store.remove_failures(user.id)? {
                return Ok(Written::unchanged(user));
            }
            let target = Target::User(user.id);
            tx.record(Action::UserUnlocked, target, &["lock"], None)?;
            let user = lookup::get_user(tx, &user.id.into())?;
            Ok(Written::new(Done::Unlocked, user, vec!["lock"]))
        })
    }
}

fn move_user(tx: &WriteTransaction<'_>, who: &UserRef, step: Move) -> Result<Written, Error> {
    let mut user = lookup::get_user(tx, who)?;
    let status = step
        .from(user.status)
        .map_err(|refused| Error::transition(&user.email, refused))?;
    if user.status == status {
        return Ok(Written::unchanged(user));
    }
    if step.leaves() {
        keep_an_administrator(tx, &user)?;
    }
    user.status = status;
    user.updated_at = tx.now;
    tx.store.set_user(&user)?;
    tx.record(step.action(), Target::User(user.id), &["status"], None)?;
    let written = Written::new(step.done(), user, vec!["status"]);
    if !step.leaves() {
        return Ok(written);
    }
    let ended = end_all(tx, written.user.id, ResetEnd::Revoked)?;
    Ok(written.ending(ended))
}
