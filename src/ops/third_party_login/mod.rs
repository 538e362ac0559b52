//! Third-party login, in three steps:
//!
//! 1. [`begin`](ThirdParty::begin) gives a URL for the browser and a transaction. Nothing is stored.
//! 2. [`Client::vouch`] takes the transaction and the callback of the browser, and asks the provider
//!    who the person is. It needs no store, so a slow provider keeps no other user of the store
//!    waiting.
//! 3. [`sign_in`](ThirdParty::sign_in) or [`link`](ThirdParty::link) takes the result of step 2,
//!    a success or an error, and writes what follows from it. A transaction is completed once.
//!
//! The caller waits for the browser: the command line with a listener on this machine, a web
//! application with a route. Between the steps a transaction can be
//! [sealed](ThirdParty::seal) into a text that the browser carries, and
//! [opened](ThirdParty::open) by another process with the same store.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let path = std::path::Path::new("");
//! # let query = "";
//! use std::time::Duration;
//! use backoffice::{BackOffice, Caller};
//! use backoffice::third_party_login::{Beginning, Callback, Client, Purpose, SystemClock};
//! use backoffice::third_party_login::{Oidc, Protocol, Provider, ProviderDescription};
//!
//! let protocol = Protocol::Oidc(Oidc::new("https://example.okta.com"));
//! let okta = ProviderDescription::new("okta".parse()?, "0oa1b2c3d4E5f6G7h8i9", protocol);
//! let client = Client::new(Provider::new(okta)?, None)?;
//! let office = BackOffice::open(path)?;
//! let visitor = Caller::visitor();
//! let login = office.on_behalf_of(&visitor).third_party(&client);
//! let begun = login.begin(&Beginning {
//!     purpose: Purpose::SignIn,
//!     redirect_uri: "https://desk.example.com/callback",
//!     login_hint: None,
//!     limit: Duration::from_mins(3),
//! })?;
//! let cookie = login.seal(&begun.transaction, "login")?;
//! // Send the browser to `begun.url`. When it is back, with the cookie and a query:
//! let transaction = login.open(&cookie, "login")?;
//! let callback = Callback::from_query(query, &transaction.expected())?;
//! let vouched = client.vouch(&transaction, &callback, &SystemClock::start());
//! let done = login.sign_in(vouched, None)?;
//! println!("{} is signed in", done.signed_in.user.email);
//! # Ok(())
//! # }
//! ```

mod admit;
mod complete;

use std::time::Duration;

use super::acting::{Acting, Gate};
use super::sessions::SignedIn;
use super::{Error, ThirdPartyError, keys, lookup};
use crate::domain::admission::{Admitted, Strategy};
use crate::domain::check::CheckStep;
use crate::domain::group::GroupName;
use crate::domain::ids::UserId;
use crate::domain::keys::KeyName;
use crate::domain::third_party::Purpose;
use crate::federation::{
    Beginning, Client, DeviceTransaction, FailedStep, Sealed, Transaction, TransactionError,
};

/// Third-party login at one provider.
pub struct ThirdParty<'o> {
    pub(super) office: Acting<'o>,
    pub(super) client: &'o Client,
}

/// A third-party login that has begun.
#[derive(Debug)]
#[non_exhaustive]
pub struct Begun {
    /// The URL at which the person signs in.
    pub url: String,
    /// The transaction, which is needed when the browser comes back.
    pub transaction: Transaction,
}

/// A sign-in at a provider that succeeded.
#[derive(Debug)]
#[non_exhaustive]
pub struct SignedInAtProvider {
    /// The user and the session.
    pub signed_in: SignedIn,
    /// The reason why the person is signed in.
    pub admitted: Admitted,
}

/// The outcome of a write that is kept, also if it is a refusal.
type Refused<T> = Result<T, Error>;

impl<'o> Acting<'o> {
    /// Sign-in at the provider of `client`.
    #[must_use]
    pub fn third_party(self, client: &'o Client) -> ThirdParty<'o> {
        ThirdParty { office: self, client }
    }
}

impl ThirdParty<'_> {
    /// Begins a login. Nothing is stored.
    ///
    /// # Errors
    /// To sign in: [`ThirdPartyError`] if no person could be signed in. To link (the strategy of the
    /// provider does not count): [`Error::UserNotFound`], [`Error::Transition`] for a deleted user.
    /// [`ThirdPartyError::Provider`] if the provider can't be asked; [`Error::Store`].
    pub fn begin(&self, beginning: &Beginning<'_>) -> Result<Begun, Error> {
        self.check_purpose(beginning.purpose)?;
        let (desk, client) = (&self.office.desk, self.office.caller().client());
        let (url, transaction) = self
            .client
            .begin(beginning, client, &*desk.clock, &*desk.random)?;
        Ok(Begun { url, transaction })
    }

    /// Begins a login with a code that the person types on another machine. Nothing is stored.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    pub fn begin_device(&self, purpose: Purpose, limit: Duration) -> Result<DeviceTransaction, Error> {
        self.check_purpose(purpose)?;
        let clock = &*self.office.desk.clock;
        Ok(self.client.begin_device(purpose, limit, clock)?)
    }

    /// A login that has begun as a text of at most 2048 characters, for a cookie. Only a process
    /// with this store can open it, and only with the same `place`: the name of the cookie and the
    /// site it belongs to, for example.
    ///
    /// # Errors
    /// [`TransactionError::TooLong`] if the redirect URI is too long; [`Error::Store`] if the key
    /// can't be read, or if a store of an earlier version can't be given one.
    pub fn seal(&self, transaction: &Transaction, place: &str) -> Result<String, Error> {
        let name = KeyName::ThirdPartyLogin;
        let key = match self
            .office
            .read(Gate::Anybody, |view| Ok(view.newest_key(name)?))?
        {
            Some(key) => key,
            None => self
                .office
                .write_for_good(Gate::Anybody, |tx| keys::ensure_key(tx, name))?,
        };
        let random = &*self.office.desk.random;
        Ok(transaction
            .seal(&key, place, random)
            .map_err(ThirdPartyError::from)?)
    }

    /// Opens what [`seal`](Self::seal) made, in this process or another one.
    ///
    /// # Errors
    /// [`ThirdPartyError::Transaction`] if the text was made elsewhere, for another place or
    /// provider, or is damaged, or if its time is over; [`Error::Store`] if the key can't be read.
    pub fn open(&self, sealed: &str, place: &str) -> Result<Transaction, Error> {
        let sealed = Sealed::parse(sealed).map_err(ThirdPartyError::from)?;
        let name = KeyName::ThirdPartyLogin;
        let key = self
            .office
            .read(Gate::Anybody, |view| Ok(view.find_key(name, sealed.key_id())?))?;
        let opened = match key {
            Some(key) => {
                let now = self.office.desk.clock.now();
                self.client.open(&sealed, &key, place, now)
            }
            None => Err(TransactionError::Unreadable),
        };
        Ok(opened.map_err(ThirdPartyError::from)?)
    }

    /// Checks a provider step by step. `each` gets every step that succeeded.
    ///
    /// # Errors
    /// The first step that failed, and the reason.
    pub fn check(&self, each: &mut dyn FnMut(CheckStep)) -> Result<(), FailedStep<Error>> {
        let provider = self.client.provider();
        let strategy = provider.admission().strategy;
        provider
            .admission()
            .check()
            .map_err(ThirdPartyError::from)
            .map_err(FailedStep::at("configuration"))?;
        let found = format!("{}: {}", provider.label(), strategy.as_str());
        each(CheckStep::with_remarks(
            "configuration",
            found,
            provider.remarks(),
        ));
        if strategy == Strategy::CreateOnFirstLogin {
            self.check_groups().map_err(FailedStep::at("groups"))?;
            let groups: Vec<_> = provider
                .admission()
                .default_groups
                .iter()
                .map(GroupName::as_str)
                .collect();
            each(CheckStep::passed("groups", groups.join(", ")));
        }
        self.client
            .check(&*self.office.desk.clock, each)
            .map_err(|failed| FailedStep::at(failed.step)(ThirdPartyError::from(failed.fault)))
    }

    fn check_purpose(&self, purpose: Purpose) -> Result<(), Error> {
        match purpose {
            Purpose::SignIn => self.check_admission(),
            Purpose::Link(user) => self.check_linkable(user),
        }
    }

    /// Checks that a person could be signed in: the rules of the strategy, and its groups.
    fn check_admission(&self) -> Result<(), Error> {
        let admission = self.client.provider().admission();
        admission.check().map_err(ThirdPartyError::from)?;
        self.check_groups()
    }

    fn check_groups(&self) -> Result<(), Error> {
        let admission = self.client.provider().admission();
        if admission.strategy != Strategy::CreateOnFirstLogin {
            return Ok(());
        }
        self.office.read(Gate::Anybody, |view| {
            for group in &admission.default_groups {
                if view.find_group_name(group)?.is_none() {
                    return Err(ThirdPartyError::DefaultGroupMissing(group.clone()).into());
                }
            }
            Ok(())
        })
    }

    fn check_linkable(&self, user: UserId) -> Result<(), Error> {
        self.office.read(Gate::Inside, |view| {
            let user = lookup::get_to_link(view, &user.into())?;
            let changeable = user.status.change();
            changeable.map_err(|refused| Error::Transition {
                email: user.email,
                refused,
            })
        })
    }
}

#[cfg(test)]
mod tests;
