//! Listing and exporting users, one at a time.

use crate::ops::acting::Gate;
use std::ops::ControlFlow;

use super::Users;
use crate::domain::password::PasswordHash;
use crate::domain::text;
use crate::domain::user::{Status, User};
use crate::ops::{Error, lookup};
use crate::store::UserFilter;

/// Which users to list.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Listing {
    /// What the store selects.
    pub filter: UserFilter,
    /// A part of an address or a name, in any case and Unicode form.
    pub search: Option<String>,
    /// The largest number of users.
    pub limit: Option<u64>,
}

impl Users<'_> {
    /// The users of the listing, in its order.
    ///
    /// # Errors
    /// As [`for_each`](Self::for_each).
    pub fn list(&self, listing: &Listing) -> Result<Vec<User>, Error> {
        let mut users = Vec::new();
        self.for_each(listing, |user| {
            users.push(user.clone());
            Ok::<_, Error>(ControlFlow::Continue(()))
        })?;
        Ok(users)
    }

    /// Calls `each` with each user of the listing, until it breaks. The memory does not grow with the
    /// number of users.
    ///
    /// # Errors
    /// [`Error::GroupNotFound`], [`Error::UserNotFound`] for a cursor that names no user; what
    /// `each` returns; [`Error::Store`] if the store can't be read.
    pub fn for_each<E: From<Error>>(
        &self,
        listing: &Listing,
        mut each: impl FnMut(&User) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let mut left = listing.limit.unwrap_or(u64::MAX);
        let mut refused = None;
        self.office.read(Gate::Administer, |view| {
            if let Some(group) = &listing.filter.group {
                lookup::get_group_name(view, group)?;
            }
            if let Some(id) = listing.filter.after {
                lookup::get_user(view, &id.into())?;
            }
            if left == 0 {
                return Ok(());
            }
            view.each_user(&listing.filter, |user| {
                if !listing.matches(&user) {
                    return Ok(ControlFlow::Continue(()));
                }
                left -= 1;
                match each(&user) {
                    Ok(ControlFlow::Continue(())) if left > 0 => Ok(ControlFlow::Continue(())),
                    Ok(_) => Ok(ControlFlow::Break(())),
                    Err(error) => {
                        refused = Some(error);
                        Ok::<_, Error>(ControlFlow::Break(()))
                    }
                }
            })
        })?;
        refused.map_or(Ok(()), Err)
    }

    /// The number of users in the listing.
    ///
    /// # Errors
    /// As [`for_each`](Self::for_each).
    pub fn count(&self, listing: &Listing) -> Result<u64, Error> {
        if listing.search.is_none() && listing.limit.is_none() && listing.filter.group.is_none() {
            return self
                .office
                .read(Gate::Administer, |view| view.count_users(&listing.filter));
        }
        let mut count = 0;
        self.for_each(listing, |_| {
            count += 1;
            Ok::<_, Error>(ControlFlow::Continue(()))
        })?;
        Ok(count)
    }

    /// Calls `each` with every user, including deleted ones, and with the hash of the password if
    /// `with_hashes` is set.
    ///
    /// # Errors
    /// What `each` returns; [`Error::Store`] if the store can't be read.
    pub fn export<E: From<Error>>(
        &self,
        with_hashes: bool,
        mut each: impl FnMut(&User, Option<&PasswordHash>) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let everyone = UserFilter {
            statuses: Status::ALL.to_vec(),
            ..UserFilter::default()
        };
        let mut refused = None;
        let gate = if with_hashes { Gate::Own } else { Gate::Administer };
        self.office.read(gate, |view| {
            view.each_user(&everyone, |user| {
                let hash = if with_hashes {
                    view.credential(user.id)?.hash
                } else {
                    None
                };
                each(&user, hash.as_ref()).or_else(|error| {
                    refused = Some(error);
                    Ok::<_, Error>(ControlFlow::Break(()))
                })
            })
        })?;
        refused.map_or(Ok(()), Err)
    }
}

impl Listing {
    fn matches(&self, user: &User) -> bool {
        let Some(search) = &self.search else { return true };
        let wanted = text::fold(search.trim());
        let full_name = format!("{} {}", user.first_name.as_str(), user.last_name.as_str());
        [user.email.as_str(), &full_name]
            .into_iter()
            .any(|text| text::fold(text).contains(&wanted))
    }
}
