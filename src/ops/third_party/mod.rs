//! Signing in at a provider: `begin` gives a URL and a transaction, `finish` takes them back with
//! what the browser came with. Who waits for the browser, and where, is the caller's affair:
//! a listener on this machine for the command line, a route of your own for a web application.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (provider, path) = unimplemented!();
//! # let query = "";
//! use std::time::Duration;
//! use backoffice::BackOffice;
//! use backoffice::federation::{Beginning, Callback, Client};
//!
//! let client = Client::new(provider, None)?;
//! let mut office = BackOffice::open(path)?;
//! let mut desk = office.third_party(&client);
//! let (url, transaction) = desk.begin(&Beginning {
//!     redirect_uri: "https://desk.example.com/callback",
//!     login_hint: None,
//!     limit: Duration::from_mins(3),
//! })?;
//! // Send the browser to `url`; when it is back, with `query`:
//! let callback = Callback::from_query(query, &transaction.expected())?;
//! let (signed_in, _) = desk.finish(&transaction, &callback, None)?;
//! println!("{} is signed in", signed_in.user.email);
//! # Ok(())
//! # }
//! ```

mod admit;

use crate::ops::acting::{Acting, Gate};
use std::time::Duration;

use self::admit::{Verdict, admit, bond, record_stranger};
use super::identities::{Other, link};
use super::sign_in::SignedIn;
use super::{Error, ThirdPartyError, Written, people};
use crate::domain::admission::{Admitted, Profile, Refusal, Strategy};
use crate::domain::check::CheckStep;
use crate::domain::group::GroupName;
use crate::domain::identity::AttemptId;
use crate::domain::token::PlainToken;
use crate::domain::user::UserRef;
use crate::federation::{Beginning, Callback, Client, DeviceTransaction, ProviderError, Transaction};

/// Signing in at one provider.
pub struct ThirdParty<'o> {
    pub(super) office: Acting<'o>,
    pub(super) client: &'o Client,
}

/// Somebody who was refused although the provider vouched for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginRefused {
    /// What people call the provider.
    pub label: String,
    /// Which rule it was.
    pub refusal: Refusal,
    /// What an operator links them by, where that would help.
    pub attempt: Option<AttemptId>,
}

impl ThirdParty<'_> {
    /// Begins a sign-in: the URL for the browser, and what is needed to finish.
    ///
    /// # Errors
    /// [`ThirdPartyError`] if nobody could come in, or if the provider can't be asked;
    /// [`Error::Store`].
    pub fn begin(&self, beginning: &Beginning<'_>) -> Result<(String, Transaction), Error> {
        self.check_admission()?;
        self.authorize(beginning)
    }

    /// Begins a sign-in that is to be linked to a user: the provider's strategy doesn't count.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::Transition`] for a deleted user;
    /// [`ThirdPartyError::Provider`] if the provider can't be asked; [`Error::Store`].
    pub fn begin_linking(
        &self,
        beginning: &Beginning<'_>,
        who: &UserRef,
    ) -> Result<(String, Transaction), Error> {
        self.check_linkable(who)?;
        self.authorize(beginning)
    }

    fn authorize(&self, beginning: &Beginning<'_>) -> Result<(String, Transaction), Error> {
        let desk = &self.office.desk;
        Ok(self.client.begin(beginning, &*desk.clock, &*desk.random)?)
    }

    /// Begins a sign-in with a code that is typed in on another machine.
    ///
    /// # Errors
    /// As [`begin`](Self::begin).
    pub fn begin_device(&self, limit: Duration) -> Result<DeviceTransaction, Error> {
        self.check_admission()?;
        Ok(self.client.begin_device(limit, &*self.office.desk.clock)?)
    }

    /// [`begin_linking`](Self::begin_linking) with a code.
    ///
    /// # Errors
    /// As [`begin_linking`](Self::begin_linking).
    pub fn begin_device_linking(&self, limit: Duration, who: &UserRef) -> Result<DeviceTransaction, Error> {
        self.check_linkable(who)?;
        Ok(self.client.begin_device(limit, &*self.office.desk.clock)?)
    }

    /// How long a sign-in may still take; `None` once its time is over.
    #[must_use]
    pub fn remaining(&self, transaction: &Transaction) -> Option<Duration> {
        transaction.remaining(&*self.office.desk.clock)
    }

    /// [`remaining`](Self::remaining) for a code.
    #[must_use]
    pub fn remaining_device(&self, transaction: &DeviceTransaction) -> Option<Duration> {
        transaction.remaining(&*self.office.desk.clock)
    }

    /// Finishes a sign-in: verifies who it is, decides whether they may come in, and signs them
    /// in, in one transaction.
    ///
    /// # Errors
    /// [`ThirdPartyError::LoginRefused`] by the rules of the provider; [`ThirdPartyError::Provider`] if nobody was
    /// vouched for; [`Error::Store`] if the store can't be written.
    pub fn finish(
        &self,
        transaction: &Transaction,
        callback: &Callback,
        replaces: Option<&PlainToken>,
    ) -> Result<(SignedIn, Admitted), Error> {
        let asked = self.profile(transaction, callback);
        let profile = self.vouched(asked)?;
        self.admit(&profile, replaces)
    }

    /// [`finish`](Self::finish) for a code: waits until it was typed in.
    ///
    /// # Errors
    /// As [`finish`](Self::finish).
    pub fn finish_device(
        &self,
        transaction: &DeviceTransaction,
        replaces: Option<&PlainToken>,
    ) -> Result<(SignedIn, Admitted), Error> {
        let asked = self.client.finish_device(transaction, &*self.office.desk.clock);
        let profile = self.vouched(asked)?;
        self.admit(&profile, replaces)
    }

    /// Links the person who came back to a user. Nobody is signed in.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::Transition`], [`Error::IdentityTaken`],
    /// [`IdentityError::LinkedToAnother`](super::IdentityError::LinkedToAnother); [`ThirdPartyError::Provider`] if nobody was vouched for;
    /// [`Error::Store`] if the store can't be written.
    pub fn finish_linking(
        &self,
        transaction: &Transaction,
        callback: &Callback,
        who: &UserRef,
        other: Other,
    ) -> Result<Written, Error> {
        let profile = self.profile(transaction, callback)?;
        self.link(&profile, who, other)
    }

    /// [`finish_linking`](Self::finish_linking) for a code: waits until it was typed in.
    ///
    /// # Errors
    /// As [`finish_linking`](Self::finish_linking).
    pub fn finish_device_linking(
        &self,
        transaction: &DeviceTransaction,
        who: &UserRef,
        other: Other,
    ) -> Result<Written, Error> {
        let profile = self.client.finish_device(transaction, &*self.office.desk.clock)?;
        self.link(&profile, who, other)
    }

    /// Looks at a provider step by step; `each` gets every step that went well.
    ///
    /// # Errors
    /// The first step that didn't, and why.
    pub fn check(&self, each: &mut dyn FnMut(CheckStep)) -> Result<(), (&'static str, Error)> {
        let provider = self.client.provider();
        let strategy = provider.admission.strategy;
        provider
            .admission
            .check()
            .map_err(|fault| ("configuration", ThirdPartyError::from(fault).into()))?;
        let mut found = format!("{}: {}", provider.label, strategy.as_str());
        for remark in provider.remarks() {
            found = format!("{found}. Mind: {remark}");
        }
        each(CheckStep::passed("configuration", found));
        if strategy == Strategy::CreateOnFirstLogin {
            self.check_groups().map_err(|error| ("groups", error))?;
            let groups: Vec<_> = provider
                .admission
                .default_groups
                .iter()
                .map(GroupName::as_str)
                .collect();
            each(CheckStep::passed("groups", groups.join(", ")));
        }
        self.client
            .check(&*self.office.desk.clock, each)
            .map_err(|(step, fault)| (step, ThirdPartyError::from(fault).into()))
    }

    /// Whether anybody could come in: the rules of the strategy, and its groups.
    fn check_admission(&self) -> Result<(), Error> {
        let admission = &self.client.provider().admission;
        admission.check().map_err(ThirdPartyError::from)?;
        self.check_groups()
    }

    fn check_groups(&self) -> Result<(), Error> {
        let admission = &self.client.provider().admission;
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

    fn check_linkable(&self, who: &UserRef) -> Result<(), Error> {
        self.office.read(Gate::Inside, |view| {
            let user = people::get_to_link(view, who)?;
            let changeable = user.status.change();
            changeable.map_err(|refused| Error::Transition {
                email: user.email,
                refused,
            })
        })
    }

    fn profile(&self, transaction: &Transaction, callback: &Callback) -> Result<Profile, ProviderError> {
        match callback {
            Callback::Code(code) => self.client.finish(transaction, code, &*self.office.desk.clock),
            Callback::Denied { error, description } => {
                Err(ProviderError::of_callback(error.clone(), description.clone()))
            }
        }
    }

    /// What the provider said. That it vouched for nobody is an attempt to sign in too.
    fn vouched(&self, asked: Result<Profile, ProviderError>) -> Result<Profile, Error> {
        let name = &self.client.provider().name;
        asked.map_err(|error| {
            let word = error.as_str();
            let noted = self.office.write(Gate::Anybody, |change| {
                record_stranger(change, name, word).map(drop)
            });
            noted.err().unwrap_or_else(|| error.into())
        })
    }

    fn admit(&self, profile: &Profile, replaces: Option<&PlainToken>) -> Result<(SignedIn, Admitted), Error> {
        let provider = self.client.provider();
        match self
            .office
            .write(Gate::Anybody, |change| admit(change, provider, profile, replaces))?
        {
            Verdict::In(signed_in, admitted) => Ok((*signed_in, admitted)),
            Verdict::Out(refused) => Err(ThirdPartyError::LoginRefused(refused).into()),
        }
    }

    fn link(&self, profile: &Profile, who: &UserRef, other: Other) -> Result<Written, Error> {
        let provider = self.client.provider();
        let bond = bond(provider, profile)?;
        self.office.write(Gate::Inside, |change| {
            let user = people::get_to_link(change, who)?;
            link(change, user, bond.clone(), &provider.label, other)
        })
    }
}
