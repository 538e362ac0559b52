//! The end of a third-party login: one write with all that follows from the answer of the provider.

use super::admit::{admit, record_stranger};
use super::{Refused, SignedInAtProvider, ThirdParty};
use crate::domain::third_party::Purpose;
use crate::domain::token::PlainToken;
use crate::federation::{ProviderError, TransactionError, Vouched};
use crate::ops::acting::Gate;
use crate::ops::identities::{Other, link};
use crate::ops::write_transaction::WriteTransaction;
use crate::ops::{Error, IdentityError, ThirdPartyError, Written, lookup};

impl ThirdParty<'_> {
    /// Signs the person in, if the rules allow it. The session of `replaces` ends. If the provider did
    /// not vouch for the person, that is recorded.
    ///
    /// # Errors
    /// [`ThirdPartyError::LoginRefused`] by the rules of the provider;
    /// [`ThirdPartyError::Transaction`] if the login was completed before, is over, or was begun for
    /// something else; [`ThirdPartyError::Provider`] if the provider did not vouch; [`Error::Store`] if
    /// the store can't be written.
    pub fn sign_in(
        &self,
        vouched: Result<Vouched, ProviderError>,
        replaces: Option<&PlainToken>,
    ) -> Result<SignedInAtProvider, Error> {
        let vouched = self.recorded(vouched)?;
        let is_to_sign_in = vouched.purpose() == Purpose::SignIn;
        self.complete(Gate::Anybody, &vouched, is_to_sign_in, |tx| {
            admit(tx, self.client.provider(), &vouched, replaces)
        })
    }

    /// Links the account to the user for whom the login was begun. No session is opened. If the provider
    /// did not vouch for the person, that is recorded.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::UserNotFound`], [`Error::Transition`], [`Error::IdentityTaken`],
    /// [`IdentityError::LinkedToAnother`]; otherwise as [`sign_in`](Self::sign_in).
    pub fn link(&self, vouched: Result<Vouched, ProviderError>, other: Other) -> Result<Written, Error> {
        let vouched = self.recorded(vouched)?;
        let user = match vouched.purpose() {
            Purpose::Link(user) => Some(user),
            Purpose::SignIn => None,
        };
        self.complete(Gate::Inside, &vouched, user.is_some(), |tx| {
            let user = user.ok_or(ThirdPartyError::Transaction(TransactionError::OtherPurpose))?;
            let label = self.client.provider().label();
            let linked = lookup::get_to_link(tx, &user.into())
                .and_then(|user| link(tx, user, vouched.bond().clone(), label, other));
            match linked {
                Err(error) if is_refusal(&error) => Ok(Err(error)),
                linked => linked.map(Ok),
            }
        })
    }

    /// The answer of the provider. If it did not vouch, that is recorded as an attempt to sign in.
    fn recorded(&self, vouched: Result<Vouched, ProviderError>) -> Result<Vouched, Error> {
        let name = self.client.provider().name();
        vouched.map_err(|error| {
            let word = error.as_str();
            let noted = self
                .office
                .write(Gate::Anybody, |tx| record_stranger(tx, name, word).map(drop));
            noted.err().unwrap_or_else(|| error.into())
        })
    }

    /// Completes a login that `fits`, once. A refusal by `then` counts as completed; an error of the
    /// store does not.
    fn complete<T>(
        &self,
        gate: Gate,
        vouched: &Vouched,
        fits: bool,
        then: impl Fn(&WriteTransaction<'_>) -> Result<Refused<T>, Error>,
    ) -> Result<T, Error> {
        let done = self.office.write(gate, |tx| {
            let Err(fault) = self.consume(tx, vouched, fits)? else {
                return then(tx);
            };
            record_stranger(tx, self.client.provider().name(), fault.as_str())?;
            Ok(Err(ThirdPartyError::from(fault).into()))
        })?;
        // What is not allowed is recorded in a transaction of its own.
        done.map_err(|error| self.office.refused(error))
    }

    fn consume(
        &self,
        tx: &WriteTransaction<'_>,
        vouched: &Vouched,
        fits: bool,
    ) -> Result<Result<(), TransactionError>, Error> {
        if vouched.bond().provider != self.client.provider().name().as_str() {
            return Ok(Err(TransactionError::OtherProvider));
        }
        if !fits {
            return Ok(Err(TransactionError::OtherPurpose));
        }
        let lifetime = vouched.lifetime();
        if !lifetime.can_be_completed(tx.now) {
            return Ok(Err(TransactionError::Ended));
        }
        let is_first = tx
            .store
            .add_completed_login(vouched.state_hash(), lifetime.remembered_until())?;
        Ok(if is_first {
            Ok(())
        } else {
            Err(TransactionError::Completed)
        })
    }
}

/// Whether the error is a refusal by a rule, and not a fault. A refusal is found before anything is
/// written.
fn is_refusal(error: &Error) -> bool {
    matches!(
        error,
        Error::NotAllowed(_)
            | Error::UserNotFound { .. }
            | Error::Transition { .. }
            | Error::IdentityTaken
            | Error::Identity(IdentityError::LinkedToAnother { .. })
    )
}
