//! Groups and their members.

use super::membership::{add_to_group, remove_from_group};
use super::read_transaction::ReadTransaction;
use super::{Done, Error, GroupWritten, Written, lookup};
use crate::domain::audit::{Action, Target};
use crate::domain::group::{Group, GroupName, LookAlikes};
use crate::domain::user::{User, UserRef};
use crate::ops::acting::{Acting, Gate};
use crate::ops::write_transaction::WriteTransaction;

/// The groups of a back office.
pub struct Groups<'o> {
    pub(super) office: Acting<'o>,
}

impl<'o> Acting<'o> {
    /// The use cases of groups.
    #[must_use]
    pub fn groups(self) -> Groups<'o> {
        Groups { office: self }
    }
}

impl Groups<'_> {
    /// All groups, by name.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn list(&self) -> Result<Vec<Group>, Error> {
        self.office.read(Gate::Administer, |view| Ok(view.list_groups()?))
    }

    /// The group with this name, in any case.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn get(&self, name: &GroupName) -> Result<Group, Error> {
        self.office.read(Gate::Administer, |view| get(view, name))
    }

    /// Makes a group. A group that exists stays as it is.
    ///
    /// # Errors
    /// [`Error::InvalidGroup`] for a name that no new group can have; [`Error::GroupLooksAlike`];
    /// [`Error::Store`] if the store can't be written.
    pub fn create(&self, name: &GroupName) -> Result<GroupWritten, Error> {
        self.office.write(Gate::Administer, |tx| {
            if let Some(group) = tx.find_group(name)? {
                return Ok(written(Done::Unchanged, &[], group));
            }
            check_new(name, &names(tx)?.collect())?;
            tx.store.add_group(name, tx.now)?;
            tx.record(Action::GroupCreated, target(name), &["name"], None)?;
            Ok(written(Done::Created, &["name"], get(tx, name)?))
        })
    }

    /// Gives a group another name.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::GroupTaken`], [`Error::AdministratorsFixed`];
    /// [`Error::InvalidGroup`] for a name that no new group can have; [`Error::GroupLooksAlike`];
    /// [`Error::Store`] if the store can't be written.
    pub fn rename(&self, old: &GroupName, new: &GroupName) -> Result<GroupWritten, Error> {
        self.office.write(Gate::Administer, |tx| {
            let group = get(tx, old)?;
            if group.name == *new {
                return Ok(written(Done::Unchanged, &[], group));
            }
            if group.name.is_administrators() {
                return Err(Error::AdministratorsFixed);
            }
            let is_other = group.name.canonical() != new.canonical();
            if is_other && let Some(taken) = tx.find_group_name(new)? {
                return Err(Error::GroupTaken(taken));
            }
            let others = names(tx)?.filter(|name| *name != group.name);
            check_new(new, &others.collect())?;
            tx.store.set_group_name(&group.name, new)?;
            tx.record(
                Action::GroupRenamed,
                target(&group.name),
                &["name"],
                Some(format!("to {new}")),
            )?;
            Ok(written(Done::Updated, &["name"], get(tx, new)?))
        })
    }

    /// Deletes a group that has no members.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::GroupNotEmpty`], [`Error::AdministratorsFixed`];
    /// [`Error::Store`] if the store can't be written.
    pub fn delete(&self, name: &GroupName) -> Result<GroupWritten, Error> {
        self.office.write(Gate::Administer, |tx| {
            let group = get(tx, name)?;
            if group.name.is_administrators() {
                return Err(Error::AdministratorsFixed);
            }
            let members = tx.count_members(&group.name)?;
            if members > 0 {
                return Err(Error::GroupNotEmpty {
                    name: group.name,
                    members,
                });
            }
            tx.store.remove_group(&group.name)?;
            tx.record(Action::GroupDeleted, target(&group.name), &[], None)?;
            Ok(written(Done::Deleted, &[], group))
        })
    }

    /// Adds a user to a group.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::UserNotFound`], [`Error::Transition`] for a deleted
    /// user; [`Error::Store`] if the store can't be written.
    pub fn add_member(&self, group: &GroupName, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            let user = lookup::get_user(tx, who)?;
            user.status
                .change()
                .map_err(|refused| Error::transition(&user.email, refused))?;
            membership(tx, group, user, Action::GroupMemberAdded, add_to_group)
        })
    }

    /// Removes a user from a group. A deleted user can be removed too, so that the group can be
    /// deleted.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::UserNotFound`], [`Error::LastAdministrator`];
    /// [`Error::Store`] if the store can't be written.
    pub fn remove_member(&self, group: &GroupName, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            let user = lookup::get_user(tx, who)?;
            membership(tx, group, user, Action::GroupMemberRemoved, remove_from_group)
        })
    }
}

fn membership(
    tx: &WriteTransaction<'_>,
    group: &GroupName,
    mut user: User,
    action: Action,
    step: fn(&WriteTransaction<'_>, &mut User, &GroupName) -> Result<bool, Error>,
) -> Result<Written, Error> {
    let group = lookup::get_group_name(tx, group)?;
    if !step(tx, &mut user, &group)? {
        return Ok(Written::unchanged(user));
    }
    user.updated_at = tx.now;
    tx.store.set_updated_at(user.id, tx.now)?;
    tx.record(action, Target::User(user.id), &["groups"], target(&group).shown())?;
    Ok(Written::new(Done::Updated, user, vec!["groups"]))
}

fn get(view: &ReadTransaction<'_>, name: &GroupName) -> Result<Group, Error> {
    match view.find_group(name)? {
        Some(group) => Ok(group),
        None => Err(lookup::group_not_found(view, name)?),
    }
}

/// The names of all groups.
pub(super) fn names(view: &ReadTransaction<'_>) -> Result<impl Iterator<Item = GroupName> + use<>, Error> {
    Ok(view.list_groups()?.into_iter().map(|group| group.name))
}

/// Checks that a group can get a new name beside the other groups.
pub(super) fn check_new(name: &GroupName, others: &LookAlikes) -> Result<(), Error> {
    name.check_new()?;
    match others.find(name) {
        Some(other) => Err(Error::GroupLooksAlike {
            name: name.clone(),
            other: other.clone(),
        }),
        None => Ok(()),
    }
}

fn target(name: &GroupName) -> Target {
    Target::Group(name.to_string())
}

fn written(done: Done, fields: &[&'static str], group: Group) -> GroupWritten {
    GroupWritten {
        done,
        changed_fields: fields.to_vec(),
        group,
    }
}
