//! One write: the transaction of the store, its moment, and the caller.

use std::ops::Deref;

use uuid::Uuid;

use super::Error;
use super::caller::Caller;
use super::desk::Desk;
use super::hash_counts::HashCounts;
use super::read_transaction::ReadTransaction;
use crate::domain::audit::{Action, Event, Outcome, Target};
use crate::domain::clock::Timestamp;
use crate::store::Write;

pub(super) struct WriteTransaction<'a> {
    pub store: &'a dyn Write,
    view: ReadTransaction<'a>,
    pub desk: &'a Desk,
    pub caller: &'a Caller,
    pub now: Timestamp,
    /// The numbers of hashes that this write changes.
    pub hashes: HashCounts,
}

impl<'a> Deref for WriteTransaction<'a> {
    type Target = ReadTransaction<'a>;

    fn deref(&self) -> &ReadTransaction<'a> {
        &self.view
    }
}

impl<'a> WriteTransaction<'a> {
    pub fn new(store: &'a dyn Write, desk: &'a Desk, caller: &'a Caller) -> Self {
        Self {
            store,
            view: ReadTransaction::new(store, &desk.policies.throttle, caller),
            desk,
            caller,
            now: store.now(),
            hashes: HashCounts::default(),
        }
    }

    /// A new id. It is greater than every id before it.
    pub fn id(&self) -> Result<Uuid, Error> {
        Ok(self.desk.ids.next(self.now, &*self.desk.random)?)
    }

    /// Records that something was done, in this transaction.
    pub fn record(
        &self,
        action: Action,
        target: Target,
        fields: &[&'static str],
        reason: Option<String>,
    ) -> Result<(), Error> {
        self.record_as(action, target, fields, Outcome::Success, reason)?;
        Ok(())
    }

    /// Records that something was refused.
    pub fn record_failure(&self, action: Action, target: Target, reason: String) -> Result<(), Error> {
        self.record_as(action, target, &[], Outcome::Failure, Some(reason))?;
        Ok(())
    }

    /// Records that a sign-in at a provider was refused. Returns the id of the event.
    pub fn record_refused_login(&self, target: Target, reason: String) -> Result<Uuid, Error> {
        self.record_as(Action::SignInFailed, target, &[], Outcome::Failure, Some(reason))
    }

    fn record_as(
        &self,
        action: Action,
        target: Target,
        fields: &[&'static str],
        outcome: Outcome,
        reason: Option<String>,
    ) -> Result<Uuid, Error> {
        let event = Event {
            id: self.id()?,
            at: self.now,
            actor: self.caller.actor().clone(),
            action,
            target,
            fields: fields.to_vec(),
            client: self.caller.client(),
            outcome,
            reason,
        };
        self.store.add_event(&event)?;
        Ok(event.id)
    }
}
