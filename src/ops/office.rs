//! The desk itself: an open store with everything a use case needs beside it.

use std::net::IpAddr;
use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use secrecy::SecretString;

use super::change::Change;
use super::ids::IdSource;
use super::mail::{self, Mailer};
use super::view::View;
use super::{
    Error, credentials, groups, identities, keys, passwords, resets, sessions, sign_in, system,
    third_party_login, users,
};
use crate::domain::audit::{Action, Actor, Target};
use crate::domain::clock::{Clock, RandomSource};
use crate::domain::group::GroupName;
use crate::domain::password_policy::PasswordOwner;
use crate::domain::policies::Policies;
use crate::domain::user::User;
use crate::federation::Client;
use crate::hashing::Hasher;
use crate::store::{Busy, Keeping, Store, Unwritable, WriteMode};

/// How long a busy store is waited for, unless something else is asked for.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How a store is opened, for whom, and under which rules.
///
/// The client's address is an address, and no other text:
///
/// ```
/// let options = backoffice::Options {
///     client: Some("192.0.2.7".parse()?),
///     ..backoffice::Options::default()
/// };
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
///
/// ```compile_fail,E0308
/// let options = backoffice::Options {
///     client: Some("192.0.2.7\u{7}".to_owned()),
///     ..backoffice::Options::default()
/// };
/// ```
pub struct Options {
    /// The rules.
    pub policies: Policies,
    /// How long a busy store is waited for.
    pub lock_timeout: Duration,
    /// Who acts; asked only once something is written.
    pub actor: Box<dyn FnOnce() -> Actor + Send>,
    /// The address of the client that the calling application acts for. It is recorded.
    pub client: Option<IpAddr>,
    /// Whether writes are kept, or done and rolled back.
    pub keeping: Keeping,
    /// What mail is sent with; without, none is.
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
            actor: Box::new(system::process_owner),
            client: None,
            keeping: Keeping::Commit,
            mailer: None,
            clock: Box::new(system::SystemClock::start()),
            random: Box::new(system::SystemRandom),
        }
    }
}

/// The user desk over one store.
///
/// ```
/// use backoffice::{BackOffice, NewUser};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("backoffice.db");
/// let mut office = BackOffice::init(&path)?;
/// let ada = office.users().create(NewUser {
///     first_name: "Ada".parse()?,
///     activate: true,
///     ..NewUser::new("ada@example.com".parse()?)
/// })?;
/// assert_eq!(ada.user.status.as_str(), "active");
/// # Ok(())
/// # }
/// ```
pub struct BackOffice {
    store: Store,
    pub(super) desk: Desk,
}

/// What a use case needs besides the store.
pub(super) struct Desk {
    pub policies: Policies,
    pub hasher: Hasher,
    pub clock: Box<dyn Clock>,
    pub random: Box<dyn RandomSource>,
    pub ids: IdSource,
    pub actor: LazyLock<Actor, Box<dyn FnOnce() -> Actor + Send>>,
    pub client: Option<IpAddr>,
    pub keeping: Keeping,
    pub mailer: Option<Mailer>,
}

impl Desk {
    pub(super) fn mailer(&self) -> Result<&Mailer, Error> {
        self.mailer.as_ref().ok_or(Error::NoMailer)
    }

    fn new(options: Options) -> Self {
        Self {
            hasher: Hasher::new(options.policies.argon2),
            policies: options.policies,
            clock: options.clock,
            random: options.random,
            ids: IdSource::default(),
            actor: LazyLock::new(options.actor),
            client: options.client,
            keeping: options.keeping,
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
        Ok(Self::init_with(path, Options::default())?.0)
    }

    /// Opens the store at `path`, making it first if there is none; tells whether it was
    /// made. A new store has the group `administrators` and nobody in it.
    ///
    /// # Errors
    /// As [`init`](Self::init).
    pub fn init_with(path: &Path, options: Options) -> Result<(Self, bool), Error> {
        let lock_timeout = options.lock_timeout;
        let desk = Desk::new(options);
        let (store, made) = Store::open_or_create(path, lock_timeout, desk.clock.now(), |tx| {
            let change = Change::new(tx, &desk);
            change.tx.add_group(&GroupName::administrators(), change.now)?;
            keys::make_all(&change)?;
            change.record(Action::StoreCreated, Target::Store, &[], None)
        })?;
        Ok((Self { store, desk }, made))
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

    /// Records a back-office user as the one who acts from now on.
    pub fn act_as(&mut self, actor: Actor) {
        self.desk.actor = LazyLock::new(Box::new(|| actor));
    }

    /// Users: creation, changes, states.
    pub fn users(&self) -> users::Users<'_> {
        users::Users { office: self }
    }

    /// Groups and who is in them.
    pub fn groups(&self) -> groups::Groups<'_> {
        groups::Groups { office: self }
    }

    /// Passwords: set, change, remove.
    pub fn passwords(&self) -> passwords::Passwords<'_> {
        passwords::Passwords { office: self }
    }

    /// Reset links: issued, asked for, completed.
    pub fn resets(&self) -> resets::Resets<'_> {
        resets::Resets { office: self }
    }

    /// Mail: the queue, and whether it can be sent at all.
    pub fn mail(&self) -> mail::Mail<'_> {
        mail::Mail { office: self }
    }

    /// Signing in at a provider.
    pub fn third_party<'o>(&'o self, client: &'o Client) -> third_party_login::ThirdParty<'o> {
        third_party_login::ThirdParty { office: self, client }
    }

    /// Identities: who signs in at a provider as whom.
    pub fn identities(&self) -> identities::Identities<'_> {
        identities::Identities { office: self }
    }

    /// Sessions: who is signed in.
    pub fn sessions(&self) -> sessions::Sessions<'_> {
        sessions::Sessions { office: self }
    }

    /// Whether a password keeps the policy, and stands in no list of those that are out.
    ///
    /// # Errors
    /// [`Error::WeakPassword`], saying which rule it breaks; [`Error::BreachedFile`].
    pub fn check_password(&self, plain: &SecretString, owner: PasswordOwner<'_>) -> Result<(), Error> {
        credentials::check(&self.desk, plain, owner)
    }

    /// Whether a user may choose this password: as [`check_password`](Self::check_password); and
    /// where the password must be changed, it is another one.
    ///
    /// # Errors
    /// As [`check_password`](Self::check_password); [`Error::PasswordReused`]; [`Error::Store`]
    /// if the store can't be read.
    pub fn check_choice(&self, user: &User, plain: &SecretString) -> Result<(), Error> {
        self.check_password(plain, credentials::owner_of(user))?;
        let stored = self.read(|view| Ok(view.credential(user.id)?))?;
        if stored.must_change && passwords::is_current(&self.desk, &stored, plain) {
            return Err(Error::PasswordReused);
        }
        Ok(())
    }

    /// Signs a user in with a password.
    ///
    /// # Errors
    /// [`Error::Denied`] for every refusal; [`Error::PasswordChangeRequired`] after the right
    /// password; [`Error::WeakPassword`] if the new one breaks a rule; why the store can't be used.
    pub fn sign_in(&self, request: &sign_in::Request<'_>) -> Result<sign_in::SignedIn, Error> {
        sign_in::sign_in(self, request)
    }

    pub(super) fn read<T>(&self, read: impl FnOnce(&View<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let desk = &self.desk;
        let done = self.store.read(desk.clock.now(), |store| {
            read(&View::new(store, &desk.policies.throttle))
        });
        done.map_err(|error| self.explained(error))
    }

    pub(super) fn write<T>(&self, write: impl Fn(&Change<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.write_in(self.mode(), write)
    }

    /// Writes what no dry run may undo: whoever guesses passwords in one is counted all the same.
    pub(super) fn write_for_good<T>(
        &self,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_in(WriteMode::default(), write)
    }

    /// Writes thousands of rows, if `bulk`.
    pub(super) fn write_many<T>(
        &self,
        bulk: bool,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mode = WriteMode { bulk, ..self.mode() };
        self.write_in(mode, write)
    }

    fn write_in<T>(
        &self,
        mode: WriteMode,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.transact(mode, |change| {
            change.tx.end_what_is_ahead()?;
            let answer = write(change)?;
            change.tx.remove_expired()?;
            Ok(answer)
        })
    }

    /// Writes what can be left out: a store that another process is writing is not waited for.
    pub(super) fn write_at_once<T>(
        &self,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mode = WriteMode {
            busy: Busy::GiveUp,
            ..self.mode()
        };
        self.transact(mode, write)
    }

    fn mode(&self) -> WriteMode {
        WriteMode {
            keeping: self.desk.keeping,
            ..WriteMode::default()
        }
    }

    fn transact<T>(
        &self,
        mode: WriteMode,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let desk = &self.desk;
        // Looked up while nobody waits for it.
        LazyLock::force(&desk.actor);
        let written = self
            .store
            .write(mode, &|| desk.clock.now(), |tx| write(&Change::new(tx, desk)));
        written.map_err(|error| self.explained(error))
    }

    /// Around a transaction more is known of what went wrong than in it.
    fn explained(&self, error: Error) -> Error {
        match error {
            Error::Store(error) => Error::Store(self.store.explain(error)),
            other => other,
        }
    }

    /// Why the store can only be read, if it can't be written.
    #[must_use]
    pub fn unwritable(&self) -> Option<Unwritable> {
        self.store.unwritable()
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
