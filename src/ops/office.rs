//! The desk itself: an open store with everything a use case needs beside it.

use std::path::Path;
use std::time::Duration;

use secrecy::SecretString;

use super::acting::Acting;
use super::caller::Caller;
use super::change::Change;
use super::ids::IdSource;
#[cfg(feature = "mail")]
use super::mail::Mailer;
use super::{Error, credentials, keys, system};
use crate::domain::audit::{Action, Target};
use crate::domain::clock::{Clock, RandomSource};
use crate::domain::group::GroupName;
use crate::domain::password_policy::PasswordOwner;
use crate::domain::policies::Policies;
use crate::domain::token::PlainToken;
use crate::hashing::Hasher;
use crate::store::{Keeping, Store, Unwritable};

/// How long a busy store is waited for, unless something else is asked for.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How a store is opened, and under which rules.
#[non_exhaustive]
pub struct Options {
    /// The rules.
    pub policies: Policies,
    /// How long a busy store is waited for.
    pub lock_timeout: Duration,
    /// Whether writes are kept, or done and rolled back.
    pub keeping: Keeping,
    /// What mail is sent with; without, none is.
    #[cfg(feature = "mail")]
    pub mailer: Option<Mailer>,
    /// Where the time comes from.
    pub clock: Box<dyn Clock>,
    /// Where random bytes come from.
    pub random: Box<dyn RandomSource>,
}

impl Default for Options {
    /// The default rules; the actor is the operating-system user of this process.
    fn default() -> Self {
        Self {
            policies: Policies::default(),
            lock_timeout: LOCK_TIMEOUT,
            keeping: Keeping::Commit,
            #[cfg(feature = "mail")]
            mailer: None,
            clock: Box::new(system::SystemClock::start()),
            random: Box::new(system::SystemRandom),
        }
    }
}

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

/// A store that was opened, and made first if there was none.
#[derive(Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The open store.
    pub office: BackOffice,
    /// Whether this call made the store.
    pub made: bool,
}

/// What a use case needs besides the store.
pub(super) struct Desk {
    pub policies: Policies,
    pub hasher: Hasher,
    pub clock: Box<dyn Clock>,
    pub random: Box<dyn RandomSource>,
    pub ids: IdSource,
    pub keeping: Keeping,
    /// Whether a mail in the queue is sent one day, by this process or another one.
    pub sends_queue: bool,
    #[cfg(feature = "mail")]
    pub mailer: Option<Mailer>,
}

impl Desk {
    #[cfg(feature = "mail")]
    pub(super) fn mailer(&self) -> Result<&Mailer, Error> {
        self.mailer.as_ref().ok_or(Error::NoMailer)
    }

    fn new(options: Options) -> Self {
        #[cfg(feature = "mail")]
        let sends_mail = options.mailer.is_some();
        #[cfg(not(feature = "mail"))]
        let sends_mail = false;
        Self {
            sends_queue: sends_mail || options.policies.notices,
            hasher: Hasher::new(options.policies.argon2),
            policies: options.policies,
            clock: options.clock,
            random: options.random,
            ids: IdSource::default(),
            keeping: options.keeping,
            #[cfg(feature = "mail")]
            mailer: options.mailer,
        }
    }
}

impl BackOffice {
    /// Opens the store at `path` under the default rules.
    ///
    /// # Errors
    /// [`Error::Store`], saying why it can't be used; a missing one isn't made.
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

    /// Opens the store at `path` under the default rules, making it first if there is none.
    ///
    /// # Errors
    /// [`Error::Store`], saying why it can't be made or used.
    pub fn init(path: &Path) -> Result<Self, Error> {
        Ok(Self::init_with(path, Options::default(), &Caller::process_owner())?.office)
    }

    /// Opens the store at `path`; if there is none, it is made first, by `caller`. A new store has
    /// the group `administrators` and no user.
    ///
    /// # Errors
    /// As [`init`](Self::init).
    pub fn init_with(path: &Path, options: Options, caller: &Caller) -> Result<Opened, Error> {
        let lock_timeout = options.lock_timeout;
        let desk = Desk::new(options);
        let (store, made) = Store::open_or_create(path, lock_timeout, desk.clock.now(), |tx| {
            let change = Change::new(tx, &desk, caller);
            change.tx.add_group(&GroupName::administrators(), change.now)?;
            keys::make_all(&change)?;
            change.record(Action::StoreCreated, Target::Store, &[], None)
        })?;
        let office = Self { store, desk };
        Ok(Opened { office, made })
    }

    /// Where the store is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// The rules in force.
    #[must_use]
    pub fn policies(&self) -> &Policies {
        &self.desk.policies
    }

    /// The use cases, on behalf of a caller and within the caller's rights.
    #[must_use]
    pub fn on_behalf_of<'o>(&'o self, caller: &'o Caller) -> Acting<'o> {
        Acting::new(self, caller)
    }

    /// The caller that a session token stands for: its user.
    ///
    /// # Errors
    /// [`Error::SessionInvalid`]; [`Error::Store`] if the store can't be read.
    pub fn caller_of(&self, token: &PlainToken) -> Result<Caller, Error> {
        let visitor = Caller::visitor();
        let found = self.on_behalf_of(&visitor).sessions().verify(token, &[])?;
        Ok(Caller::user(found.user.id, found.session.id))
    }

    /// Whether a password keeps the policy, and stands in no list of those that are out.
    ///
    /// # Errors
    /// [`Error::WeakPassword`], saying which rule it breaks; [`Error::BreachedFile`].
    pub fn check_password(&self, plain: &SecretString, owner: PasswordOwner<'_>) -> Result<(), Error> {
        credentials::check(&self.desk, plain, owner)
    }

    /// Around a transaction more is known of what went wrong than in it.
    pub(super) fn explained(&self, error: Error) -> Error {
        match error {
            Error::Store(error) => Error::Store(self.store.explain(error)),
            other => other,
        }
    }

    /// Whether a write could be made now, other writes apart. It is worth asking before a person
    /// is asked for what is to be written.
    ///
    /// # Errors
    /// [`Error::Store`], saying why the store can only be read.
    pub fn check_writable(&self) -> Result<(), Error> {
        Ok(self.store.check_writable()?)
    }

    /// Why the store can only be read, if it can't be written.
    #[must_use]
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.store.unwritable()
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Leaves no trace of what was removed.
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
