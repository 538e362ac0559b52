//! Adds a user to a group and removes a user from it.

use super::last_administrator::keep_an_administrator;
use super::write_transaction::WriteTransaction;
use super::{Error, lookup};
use crate::domain::group::GroupName;
use crate::domain::user::User;

/// Puts a user into an existing group. Returns `false` if the user was in it before.
pub(super) fn add_to_group(
    tx: &WriteTransaction<'_>,
    user: &mut User,
    group: &GroupName,
) -> Result<bool, Error> {
    let group = lookup::get_group_name(tx, group)?;
    let added = tx.store.add_member(&group, user.id)?;
    if added {
        user.groups.push(group);
        user.groups.sort_unstable();
    }
    Ok(added)
}

/// Takes a user out of an existing group. Returns `false` if the user was not in it.
pub(super) fn remove_from_group(
    tx: &WriteTransaction<'_>,
    user: &mut User,
    group: &GroupName,
) -> Result<bool, Error> {
    let group = lookup::get_group_name(tx, group)?;
    if group.is_administrators() {
        keep_an_administrator(tx, user)?;
    }
    let removed = tx.store.remove_member(&group, user.id)?;
    user.groups.retain(|other| other.canonical() != group.canonical());
    Ok(removed)
}
