//! The back office as one caller meets it: the use cases by noun, each within the rights of the
//! caller.

use std::ops::Deref;

use secrecy::SecretString;

use super::caller::Caller;
use super::change::Change;
#[cfg(feature = "federation")]
use super::third_party_login;
use super::view::View;
use super::{BackOffice, Error, groups, identities, mail, passwords, resets, sessions, sign_in, users};
use crate::domain::audit::{Action, Actor, STRANGERS_INTERVAL, Target};
use crate::domain::rights::Right;
use crate::domain::user::User;
#[cfg(feature = "federation")]
use crate::federation::Client;
use crate::ops::credentials;
use crate::store::{Busy, WriteMode};

/// The back office on behalf of a caller: see [`BackOffice::on_behalf_of`].
#[derive(Debug, Clone, Copy)]
pub struct Acting<'o> {
    office: &'o BackOffice,
    caller: &'o Caller,
}

/// What is asked of the caller before a transaction does anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// Nothing: the use case itself asks for a password, a token or a link; or it finishes what
    /// was allowed before.
    Anybody,
    /// To look after users and what belongs to them.
    Administer,
    /// To own the store.
    Own,
    /// What it takes depends on the user, and the transaction asks for it.
    Inside,
}

impl Gate {
    fn right(self) -> Right<'static> {
        match self {
            Self::Anybody | Self::Inside => Right::Anybody,
            Self::Administer => Right::Administer,
            Self::Own => Right::Own,
        }
    }
}

impl Deref for Acting<'_> {
    type Target = BackOffice;

    fn deref(&self) -> &BackOffice {
        self.office
    }
}

impl<'o> Acting<'o> {
    pub(super) fn new(office: &'o BackOffice, caller: &'o Caller) -> Self {
        Self { office, caller }
    }

    /// Users: creation, changes, states.
    #[must_use]
    pub fn users(self) -> users::Users<'o> {
        users::Users { office: self }
    }

    /// Groups and who is in them.
    #[must_use]
    pub fn groups(self) -> groups::Groups<'o> {
        groups::Groups { office: self }
    }

    /// Passwords: set, change, remove.
    #[must_use]
    pub fn passwords(self) -> passwords::Passwords<'o> {
        passwords::Passwords { office: self }
    }

    /// Reset links: issued, asked for, completed.
    #[must_use]
    pub fn resets(self) -> resets::Resets<'o> {
        resets::Resets { office: self }
    }

    /// The queue of mails.
    #[must_use]
    pub fn mail(self) -> mail::MailQueue<'o> {
        mail::MailQueue { office: self }
    }

    /// Signing in at a provider.
    #[cfg(feature = "federation")]
    #[must_use]
    pub fn third_party(self, client: &'o Client) -> third_party_login::ThirdParty<'o> {
        third_party_login::ThirdParty { office: self, client }
    }

    /// Identities: which account at a provider signs in which user.
    #[must_use]
    pub fn identities(self) -> identities::Identities<'o> {
        identities::Identities { office: self }
    }

    /// Sessions: who is signed in.
    #[must_use]
    pub fn sessions(self) -> sessions::Sessions<'o> {
        sessions::Sessions { office: self }
    }

    /// Whether a user may choose this password: as
    /// [`check_password`](BackOffice::check_password); and where the password must be changed, it
    /// is another one.
    ///
    /// # Errors
    /// As [`check_password`](BackOffice::check_password); [`Error::PasswordReused`];
    /// [`Error::Store`] if the store can't be read.
    pub fn check_choice(&self, user: &User, plain: &SecretString) -> Result<(), Error> {
        self.check_password(plain, credentials::owner_of(user))?;
        let stored = self.read(Gate::Anybody, |view| Ok(view.credential(user.id)?))?;
        if stored.must_change && passwords::is_current(&self.desk, &stored, plain) {
            return Err(Error::PasswordReused);
        }
        Ok(())
    }

    /// Signs a user in with a password.
    ///
    /// # Errors
    /// [`Error::Denied`] for every refusal, to be answered not before the moment in it; [`Error::PasswordChangeRequired`] after the right
    /// password; [`Error::WeakPassword`] if the new one breaks a rule; why the store can't be used.
    pub fn sign_in(&self, request: &sign_in::Request<'_>) -> Result<sign_in::SignedIn, Error> {
        sign_in::sign_in(*self, request)
    }

    /// Who acts, and from where.
    pub(super) fn caller(&self) -> &'o Caller {
        self.caller
    }

    pub(super) fn read<T>(
        &self,
        gate: Gate,
        read: impl FnOnce(&View<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (desk, caller) = (&self.office.desk, self.caller);
        let done = self.store().read(desk.clock.now(), |store| {
            let view = View::new(store, &desk.policies.throttle, caller);
            view.require(gate.right())?;
            read(&view)
        });
        done.map_err(|error| self.refused(error))
    }

    pub(super) fn write<T>(
        &self,
        gate: Gate,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_in(gate, self.mode(), write)
    }

    /// Writes what no dry run may undo: a password that is guessed in one is counted all the same.
    pub(super) fn write_for_good<T>(
        &self,
        gate: Gate,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_in(gate, WriteMode::default(), write)
    }

    /// Writes thousands of rows, if `bulk`.
    pub(super) fn write_many<T>(
        &self,
        gate: Gate,
        bulk: bool,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mode = WriteMode { bulk, ..self.mode() };
        self.write_in(gate, mode, write)
    }

    fn write_in<T>(
        &self,
        gate: Gate,
        mode: WriteMode,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.transact(gate, mode, |change| {
            change.tx.end_what_is_ahead()?;
            let answer = write(change)?;
            change.tx.remove_expired()?;
            Ok(answer)
        })
    }

    /// Writes what can be left out: a store that another process is writing is not waited for.
    pub(super) fn write_at_once<T>(
        &self,
        gate: Gate,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mode = WriteMode {
            busy: Busy::GiveUp,
            ..self.mode()
        };
        self.transact(gate, mode, write)
    }

    fn mode(&self) -> WriteMode {
        WriteMode {
            keeping: self.desk.keeping,
            ..WriteMode::default()
        }
    }

    fn transact<T>(
        &self,
        gate: Gate,
        mode: WriteMode,
        write: impl Fn(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (desk, caller) = (&self.office.desk, self.caller);
        // Looked up while nobody waits for it.
        caller.actor();
        let written = self.store().write(mode, &|| desk.clock.now(), |tx| {
            let change = Change::new(tx, desk, caller);
            change.require(gate.right())?;
            let answer = write(&change)?;
            change.settle_hashes()?;
            Ok(answer)
        });
        written.map_err(|error| self.refused(error))
    }

    /// A refusal for want of a right is recorded, once a minute and actor.
    pub(super) fn refused(&self, error: Error) -> Error {
        if let Error::NotAllowed(why) = error {
            let user = match self.caller.actor() {
                Actor::User(id) => Some(*id),
                _ => None,
            };
            let recorded = self.transact(Gate::Anybody, WriteMode::default(), |change| {
                let count = change.tx.count_denied(user, change.now, STRANGERS_INTERVAL)?;
                count.map_or(Ok(()), |count| {
                    let reason = format!("{} x{count}", why.as_str());
                    change.record_failure(Action::Denied, Target::Unknown, reason)
                })
            });
            return recorded.err().unwrap_or(error);
        }
        self.explained(error)
    }
}
