//! A read: what is stored, and what follows from it now under the rules.

use std::ops::{ControlFlow, Deref};

use super::Error;
use super::caller::{Caller, Credentials};
use crate::domain::email::CanonicalEmail;
use crate::domain::ids::UserId;
use crate::domain::rights::{Right, Standing};
use crate::domain::throttle::{LockedAt, ThrottlePolicy};
use crate::domain::user::{Status, StoredUser, User, UserRef};
use crate::store::{Read, UserFilter};

/// A consistent view of the store.
#[derive(Clone, Copy)]
pub(super) struct ReadTransaction<'a> {
    store: &'a dyn Read,
    throttle: &'a ThrottlePolicy,
    caller: &'a Caller,
}

impl<'a> Deref for ReadTransaction<'a> {
    type Target = dyn Read + 'a;

    fn deref(&self) -> &Self::Target {
        self.store
    }
}

impl<'a> ReadTransaction<'a> {
    pub fn new(store: &'a dyn Read, throttle: &'a ThrottlePolicy, caller: &'a Caller) -> Self {
        Self {
            store,
            throttle,
            caller,
        }
    }

    /// The caller's standing at this moment.
    ///
    /// # Errors
    /// [`Error::SessionInvalid`] if the caller's session has ended.
    pub fn standing(&self) -> Result<Standing, Error> {
        let session = match self.caller.credentials() {
            Credentials::Owner => return Ok(Standing::Owner),
            Credentials::None => return Ok(Standing::Visitor),
            Credentials::Session(id) => self.store.find_session_by_id(id)?,
        };
        let user = session.map(|session| self.find_user_by_id(session.user_id));
        match user.transpose()?.flatten() {
            Some(user) if user.status == Status::Active && user.is_administrator() => {
                Ok(Standing::Administrator(user.id))
            }
            Some(user) if user.status == Status::Active => Ok(Standing::User(user.id)),
            _ => Err(Error::SessionInvalid),
        }
    }

    /// Checks that the caller has a right.
    ///
    /// # Errors
    /// [`Error::NotAllowed`]; [`Error::SessionInvalid`] if the caller's session has ended.
    pub fn require(&self, right: Right<'_>) -> Result<(), Error> {
        if matches!(right, Right::Anybody) {
            return Ok(());
        }
        Ok(self.standing()?.check(right)?)
    }

    /// The user that `reference` names.
    pub fn find_user(&self, reference: &UserRef) -> Result<Option<User>, Error> {
        Ok(self.store.find_user(reference)?.map(|user| self.told(user)))
    }

    /// The user with this id.
    pub fn find_user_by_id(&self, id: UserId) -> Result<Option<User>, Error> {
        Ok(self.store.find_user_by_id(id)?.map(|user| self.told(user)))
    }

    /// The user with this address, in any spelling.
    pub fn find_user_by_email(&self, email: &CanonicalEmail) -> Result<Option<User>, Error> {
        Ok(self.store.find_user_by_email(email)?.map(|user| self.told(user)))
    }

    /// Calls `each` with each user that `filter` selects, one at a time, until it breaks or fails.
    pub fn each_user<E: From<Error>>(
        &self,
        filter: &UserFilter,
        mut each: impl FnMut(User) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let mut failed = None;
        let listed = self
            .store
            .each_user(filter, self.locked(filter).as_ref(), &mut |user| {
                each(self.told(user)).unwrap_or_else(|error| {
                    failed = Some(error);
                    ControlFlow::Break(())
                })
            });
        listed.map_err(Error::from)?;
        failed.map_or(Ok(()), Err)
    }

    /// The number of users that `filter` selects.
    pub fn count_users(&self, filter: &UserFilter) -> Result<u64, Error> {
        Ok(self.store.count_users(filter, self.locked(filter).as_ref())?)
    }

    fn locked(&self, filter: &UserFilter) -> Option<LockedAt> {
        filter.locked.then(|| self.throttle.locked_at(self.store.now()))
    }

    fn told(&self, user: StoredUser) -> User {
        user.at(self.store.now(), self.throttle)
    }
}
