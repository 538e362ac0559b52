//! Groups: made and deleted by hand; who is in them.

use super::users::{add_to_group, remove_from_group};
use super::view::View;
use super::{Done, Error, GroupWritten, Written, people};
use crate::domain::audit::{Action, Target};
use crate::domain::group::{Group, GroupName};
use crate::domain::user::{User, UserRef};
use crate::ops::acting::{Acting, Gate};
use crate::ops::change::Change;

/// The groups of a back office.
pub struct Groups<'o> {
    pub(super) office: Acting<'o>,
}

impl Groups<'_> {
    /// All groups, by name.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn list(&self) -> Result<Vec<Group>, Error> {
        self.office.read(Gate::Administer, |view| Ok(view.list_groups()?))
    }

    /// The group of this name, in whatever case.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`]; [`Error::Store`] if the store can't be read.
    pub fn get(&self, name: &GroupName) -> Result<Group, Error> {
        self.office.read(Gate::Administer, |view| get(view, name))
    }

    /// Makes a group. One that is there already stays as it is.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be written.
    pub fn create(&self, name: &GroupName) -> Result<GroupWritten, Error> {
        self.office.write(Gate::Administer, |change| {
            if !change.tx.add_group(name, change.now)? {
                return Ok(written(Done::Unchanged, &[], get(change, name)?));
            }
            change.record(Action::GroupCreated, target(name), &["name"], None)?;
            Ok(written(Done::Created, &["name"], get(change, name)?))
        })
    }

    /// Gives a group another name.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::GroupTaken`], [`Error::AdministratorsFixed`];
    /// [`Error::Store`] if the store can't be written.
    pub fn rename(&self, old: &GroupName, new: &GroupName) -> Result<GroupWritten, Error> {
        self.office.write(Gate::Administer, |change| {
            let group = get(change, old)?;
            if group.name == *new {
                return Ok(written(Done::Unchanged, &[], group));
            }
            if group.name.is_administrators() {
                return Err(Error::AdministratorsFixed);
            }
            let is_other = group.name.canonical() != new.canonical();
            if is_other && let Some(taken) = change.find_group_name(new)? {
                return Err(Error::GroupTaken(taken));
            }
            change.tx.set_group_name(&group.name, new)?;
            change.record(
                Action::GroupRenamed,
                target(&group.name),
                &["name"],
                Some(format!("to {new}")),
            )?;
            Ok(written(Done::Updated, &["name"], get(change, new)?))
        })
    }

    /// Deletes a group nobody is in.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::GroupNotEmpty`], [`Error::AdministratorsFixed`];
    /// [`Error::Store`] if the store can't be written.
    pub fn delete(&self, name: &GroupName) -> Result<GroupWritten, Error> {
        self.office.write(Gate::Administer, |change| {
            let group = get(change, name)?;
            if group.name.is_administrators() {
                return Err(Error::AdministratorsFixed);
            }
            let members = change.count_members(&group.name)?;
            if members > 0 {
                return Err(Error::GroupNotEmpty {
                    name: group.name,
                    members,
                });
            }
            change.tx.remove_group(&group.name)?;
            change.record(Action::GroupDeleted, target(&group.name), &[], None)?;
            Ok(written(Done::Deleted, &[], group))
        })
    }

    /// Puts a user into a group.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::UserNotFound`], [`Error::Transition`] for a deleted
    /// user; [`Error::Store`] if the store can't be written.
    pub fn add_member(&self, group: &GroupName, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |change| {
            let user = people::get_user(change, who)?;
            user.status
                .change()
                .map_err(|refused| Error::transition(&user.email, refused))?;
            membership(change, group, user, Action::GroupMemberAdded, add_to_group)
        })
    }

    /// Takes a user out of a group; a deleted one too, or their group could never be deleted.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::UserNotFound`], [`Error::LastAdministrator`];
    /// [`Error::Store`] if the store can't be written.
    pub fn remove_member(&self, group: &GroupName, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |change| {
            let user = people::get_user(change, who)?;
            membership(change, group, user, Action::GroupMemberRemoved, remove_from_group)
        })
    }
}

fn membership(
    change: &Change<'_>,
    group: &GroupName,
    mut user: User,
    action: Action,
    step: fn(&Change<'_>, &mut User, &GroupName) -> Result<bool, Error>,
) -> Result<Written, Error> {
    let group = people::get_group_name(change, group)?;
    if !step(change, &mut user, &group)? {
        return Ok(Written::unchanged(user));
    }
    user.updated_at = change.now;
    change.tx.set_updated_at(user.id, change.now)?;
    change.record(action, Target::User(user.id), &["groups"], target(&group).shown())?;
    Ok(Written::new(Done::Updated, user, vec!["groups"]))
}

fn get(view: &View<'_>, name: &GroupName) -> Result<Group, Error> {
    match view.find_group(name)? {
        Some(group) => Ok(group),
        None => Err(people::group_not_found(view, name)?),
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
