//! Finds users and groups. If a name is not found, the error proposes a similar one.

use super::Error;
use super::read_transaction::ReadTransaction;
use crate::domain::group::GroupName;
use crate::domain::likeness;
use crate::domain::rights::{NotAllowed, Right, Standing};
use crate::domain::user::{User, UserRef};

/// The user that `who` names.
pub(super) fn get_user(view: &ReadTransaction<'_>, who: &UserRef) -> Result<User, Error> {
    match view.find_user(who)? {
        Some(user) => Ok(user),
        None => Err(Error::UserNotFound {
            named: named(who),
            nearest: nearest_user(view, who)?,
        }),
    }
}

/// The user that `who` names, if the caller may see the account. A user who may see only the own
/// account does not learn which other users exist.
pub(super) fn get_account(view: &ReadTransaction<'_>, who: &UserRef) -> Result<User, Error> {
    match view.standing()? {
        Standing::User(me) => match view.find_user(who)? {
            Some(user) if user.id == me => Ok(user),
            _ => Err(NotAllowed::AnotherAccount.into()),
        },
        standing => {
            standing.check(Right::Administer)?;
            get_user(view, who)
        }
    }
}

/// The user that `who` names, as [`get_account`]. `None` stands for all users; only administrators
/// may see them.
pub(super) fn get_account_or_all(
    view: &ReadTransaction<'_>,
    who: Option<&UserRef>,
) -> Result<Option<User>, Error> {
    if let Some(who) = who {
        return get_account(view, who).map(Some);
    }
    view.require(Right::Administer)?;
    Ok(None)
}

/// The user that `who` names, if the caller may take over the account.
pub(super) fn get_to_take_over(view: &ReadTransaction<'_>, who: &UserRef) -> Result<User, Error> {
    view.require(Right::Administer)?;
    let user = get_user(view, who)?;
    view.require(Right::TakeOver(&user))?;
    Ok(user)
}

/// The user that `who` names, if the caller may link an account at a provider by signing in there.
pub(super) fn get_to_link(view: &ReadTransaction<'_>, who: &UserRef) -> Result<User, Error> {
    let user = get_account(view, who)?;
    view.require(Right::Link(&user))?;
    Ok(user)
}

/// The name of an existing group, as it is stored.
pub(super) fn get_group_name(view: &ReadTransaction<'_>, name: &GroupName) -> Result<GroupName, Error> {
    match view.find_group_name(name)? {
        Some(name) => Ok(name),
        None => Err(group_not_found(view, name)?),
    }
}

pub(super) fn group_not_found(view: &ReadTransaction<'_>, name: &GroupName) -> Result<Error, Error> {
    let groups = view.list_groups()?;
    let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    let nearest = likeness::nearest(name.as_str(), &names)
        .and_then(|nearest| groups.iter().find(|group| group.name.as_str() == nearest))
        .map(|group| group.name.clone());
    Ok(Error::GroupNotFound {
        name: name.clone(),
        nearest,
    })
}

fn named(who: &UserRef) -> String {
    match who {
        UserRef::Id(id) => id.to_string(),
        UserRef::Email(email) => email.to_string(),
    }
}

/// Looks only at addresses with the same beginning, because most mistakes are not at the beginning.
fn nearest_user(view: &ReadTransaction<'_>, who: &UserRef) -> Result<Option<String>, Error> {
    const CANDIDATES: u32 = 200;
    let UserRef::Email(email) = who else {
        return Ok(None);
    };
    let canonical = email.canonical();
    let asked = canonical.as_str();
    for length in [4, 2, 1] {
        let start: String = asked.chars().take_while(|c| *c != '@').take(length).collect();
        let likely = view
            .emails_starting_with(&start, CANDIDATES)?
            .into_iter()
            .filter_map(|candidate| Some((slips(asked, &candidate)?, candidate)))
            .min_by_key(|(count, _)| *count);
        if let Some((_, candidate)) = likely {
            return Ok(Some(candidate));
        }
    }
    Ok(None)
}

/// The slips in the part before the `@` and in the domain: each part alone must be alike.
fn slips(asked: &str, candidate: &str) -> Option<usize> {
    let (asked, asked_domain) = asked.rsplit_once('@')?;
    let (name, domain) = candidate.rsplit_once('@')?;
    Some(likeness::slips(asked, name)? + likeness::slips(asked_domain, domain)?)
}
