//! An open store with everything that a use case needs besides it.

use std::path::Path;

use super::caller::Caller;
use super::desk::{Desk, Options};
use super::write_transaction::WriteTransaction;
use super::{Error, keys};
use crate::domain::audit::{Action, Target};
use crate::domain::group::GroupName;
use crate::domain::keys::StoreId;
use crate::domain::policies::Policies;
use crate::store::{Store, Unwritable};

/// The user desk over one store.
///
/// ```
/// use backoffice::{BackOffice, Caller, NewUser};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("backoffice.db");
/// let office = BackOffice::init(&path)?;
/// let service = Caller::service("example");
/// let mut ada = NewUser::new("ada@example.com".parse()?);
/// ada.first_name = "Ada".parse()?;
/// ada.activate = true;
/// let ada = office.on_behalf_of(&service).users().create(ada)?;
/// assert_eq!(ada.user.status.as_str(), "active");
/// # Ok(())
/// # }
/// ```
pub struct BackOffice {
    store: Store,
    pub(super) desk: Desk,
}

/// A store that was opened.
#[derive(Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The open store.
    pub office: BackOffice,
    /// Whether this call made the store.
    pub made: bool,
}

impl BackOffice {
    /// Opens the store at `path` under the default rules.
    ///
    /// # Errors
    /// [`Error::Store`] with the reason why the store can't be used. A missing store is not made.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::open_with(path, Options::default())
    }

    /// Opens the store at `path`.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(path: &Path, options: Options) -> Result<Self, Error> {
        let store = Store::open(path, options.lock_timeout)?;
        Ok(Self {
            store,
            desk: Desk::new(options),
        })
    }

    /// Opens the store at `path` under the default rules. If there is no store, makes it first.
    ///
    /// # Errors
    /// [`Error::Store`] with the reason why the store can't be made or used.
    pub fn init(path: &Path) -> Result<Self, Error> {
        Ok(Self::init_with(path, Options::default(), &Caller::process_owner())?.office)
    }

    /// Opens the store at `path`. If there is no store, `caller` makes it first. A new store has
    /// the group `administrators` and no user.
    ///
    /// # Errors
    /// As [`init`](Self::init).
    pub fn init_with(path: &Path, options: Options, caller: &Caller) -> Result<Opened, Error> {
        let lock_timeout = options.lock_timeout;
        let desk = Desk::new(options);
        let (store, made) = Store::open_or_create(path, lock_timeout, desk.clock.now(), |store| {
            let tx = WriteTransaction::new(store, &desk, caller);
            tx.store.add_group(&GroupName::administrators(), tx.now)?;
            keys::make_all(&tx)?;
            tx.record(Action::StoreCreated, Target::Store, &[], None)
        })?;
        let office = Self { store, desk };
        Ok(Opened { office, made })
    }

    /// The path of the store.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// The id of the store. No other store has it, wherever the file is moved. A store of an
    /// earlier version gets its id at the next sign-in.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn store_id(&self) -> Result<Option<StoreId>, Error> {
        let now = self.desk.clock.now();
        let found = self.store.read(now, |view| Ok(view.store_id()?));
        found.map_err(|error| self.explained(error))
    }

    /// Adds to an error of a transaction what is only known outside of it, for example that the
    /// disk is full.
    pub(super) fn explained(&self, error: Error) -> Error {
        match error {
            Error::Store(error) => Error::Store(self.store.explain(error)),
            other => other,
        }
    }

    /// Checks that the store can be written. Other writes that are under way do not count. Ask
    /// before you ask a person for what is to be written.
    ///
    /// # Errors
    /// [`Error::Store`] with the reason why the store can only be read.
    pub fn check_writable(&self) -> Result<(), Error> {
        Ok(self.store.check_writable()?)
    }

    /// The reason why the store can only be read; `None` if it can be written.
    #[must_use]
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.store.unwritable()
    }

    /// The rules in force.
    #[must_use]
    pub fn policies(&self) -> &Policies {
        &self.desk.policies
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Erases what was removed from the file and its log.
    pub(super) fn forget_removed(&self) -> Result<(), Error> {
        Ok(self.store.forget_removed()?)
    }
}

impl std::fmt::Debug for BackOffice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BackOffice")
            .field("path", &self.path())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_threads_can_use_one_office() {
        fn shared<T: Send + Sync>() {}
        shared::<BackOffice>();
    }
}
