//! The back office on behalf of one caller. Each file of a noun adds its use cases.

use std::ops::Deref;

use super::caller::Caller;
use super::read_transaction::ReadTransaction;
use super::write_transaction::WriteTransaction;
use super::{BackOffice, Error};
use crate::domain::audit::{Action, Actor, STRANGERS_INTERVAL, Target};
use crate::domain::rights::Right;
use crate::store::{Busy, StoreError, WriteMode};

/// The back office on behalf of a caller: see [`BackOffice::on_behalf_of`].
#[derive(Debug, Clone, Copy)]
pub struct Acting<'o> {
    office: &'o BackOffice,
    caller: &'o Caller,
}

/// The right that a transaction asks of the caller before it does anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gate {
    /// None. The use case itself asks for a password, a token or a link, or it completes what was
    /// allowed before.
    Anybody,
    /// The right to administer users and what belongs to them.
    Administer,
    /// The rights of the owner of the store.
    Own,
    /// The right depends on the user. The transaction itself asks for it.
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

/// The error of a use case: [`Error`], or an error that holds one.
pub(super) trait UseCaseError: From<Error> + From<StoreError> {
    /// Changes the [`Error`] in it, if there is one.
    fn map(self, change: impl FnOnce(Error) -> Error) -> Self;
}

impl UseCaseError for Error {
    fn map(self, change: impl FnOnce(Error) -> Error) -> Self {
        change(self)
    }
}

impl BackOffice {
    /// The use cases, on behalf of a caller and within the caller's rights.
    #[must_use]
    pub fn on_behalf_of<'o>(&'o self, caller: &'o Caller) -> Acting<'o> {
        Acting { office: self, caller }
    }
}

impl Deref for Acting<'_> {
    type Target = BackOffice;

    fn deref(&self) -> &BackOffice {
        self.office
    }
}

impl<'o> Acting<'o> {
    /// The caller.
    pub(super) fn caller(&self) -> &'o Caller {
        self.caller
    }

    pub(super) fn read<T>(
        &self,
        gate: Gate,
        read: impl FnOnce(&ReadTransaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let (desk, caller) = (&self.office.desk, self.caller);
        let done = self.store().read(desk.clock.now(), |store| {
            let view = ReadTransaction::new(store, &desk.policies.throttle, caller);
            view.require(gate.right())?;
            read(&view)
        });
        done.map_err(|error| self.refused(error))
    }

    pub(super) fn write<T>(
        &self,
        gate: Gate,
        write: impl Fn(&WriteTransaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_in(gate, self.mode(), write)
    }

    /// Writes even in a dry run. A password that is guessed in a dry run counts too.
    pub(super) fn write_for_good<T>(
        &self,
        gate: Gate,
        write: impl Fn(&WriteTransaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.write_in(gate, WriteMode::default(), write)
    }

    /// Writes many rows; thousands of them if `bulk`.
    pub(super) fn write_many<T, E: UseCaseError>(
        &self,
        gate: Gate,
        bulk: bool,
        write: impl Fn(&WriteTransaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mode = WriteMode { bulk, ..self.mode() };
        self.write_in(gate, mode, write)
    }

    fn write_in<T, E: UseCaseError>(
        &self,
        gate: Gate,
        mode: WriteMode,
        write: impl Fn(&WriteTransaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transact(gate, mode, |tx| {
            tx.store.end_what_is_ahead()?;
            let answer = write(tx)?;
            tx.store.remove_expired()?;
            Ok(answer)
        })
    }

    /// Writes what can be left out: fails at once while another process writes.
    pub(super) fn write_at_once<T>(
        &self,
        gate: Gate,
        write: impl Fn(&WriteTransaction<'_>) -> Result<T, Error>,
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

    fn transact<T, E: UseCaseError>(
        &self,
        gate: Gate,
        mode: WriteMode,
        write: impl Fn(&WriteTransaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (desk, caller) = (&self.office.desk, self.caller);
        // Looked up before the store is locked.
        caller.actor();
        let written = self.store().write(mode, &|| desk.clock.now(), |store| {
            let tx = WriteTransaction::new(store, desk, caller);
            tx.require(gate.right())?;
            let answer = write(&tx)?;
            tx.settle_hashes()?;
            Ok(answer)
        });
        written.map_err(|error: E| error.map(|error| self.refused(error)))
    }

    /// Explains an error. If a right is missing, records the refusal, at most once a minute for
    /// each actor.
    pub(super) fn refused(&self, error: Error) -> Error {
        if let Error::NotAllowed(why) = error {
            let user = match self.caller.actor() {
                Actor::User(id) => Some(*id),
                _ => None,
            };
            let recorded: Result<(), Error> = self.transact(Gate::Anybody, WriteMode::default(), |tx| {
                let count = tx.store.count_denied(user, tx.now, STRANGERS_INTERVAL)?;
                count.map_or(Ok(()), |count| {
                    let reason = format!("{} x{count}", why.as_str());
                    tx.record_failure(Action::Denied, Target::Unknown, reason)
                })
            });
            return recorded.err().unwrap_or(error);
        }
        self.explained(error)
    }
}
