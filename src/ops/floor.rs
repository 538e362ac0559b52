//! The floor of refused sign-ins in practice: which hashes are stored, what each needs, and when a
//! refusal may be answered. The rule is in [`domain::floor`](crate::domain::floor).

mod times;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};

use super::Error;
use super::acting::{Acting, Gate};
use super::change::Change;
use super::office::Desk;
use crate::domain::audit::{Action, Target};
use crate::domain::clock::NotBefore;
use crate::domain::duration::show_duration;
use crate::domain::floor::{self, HashCost, HashUse, Timed};
use crate::domain::ids::UserId;
use crate::domain::password::{Credential, PasswordHash};
use crate::hashing::LONGEST_PASSWORD;
use times::measure_all;

pub(super) use times::{Times, imported};

/// How the numbers of users change with each cost in a transaction: written once, at its end.
#[derive(Debug, Default)]
pub(super) struct HashCounts(RefCell<BTreeMap<HashCost, i64>>);

impl HashCounts {
    fn add(&self, cost: Option<HashCost>, by: i64) {
        if let Some(cost) = cost {
            *self.0.borrow_mut().entry(cost).or_default() += by;
        }
    }
}

impl Change<'_> {
    /// Stores a credential in the place of the one there is.
    pub fn set_credential(&self, user: UserId, credential: &Credential) -> Result<(), Error> {
        let before = self.credential(user)?;
        if before.hash != credential.hash {
            self.count_hash(&before, -1);
            self.count_hash(credential, 1);
        }
        Ok(self.tx.set_credential(user, credential)?)
    }

    /// Stores the credential of a user who has none.
    pub fn add_credential(&self, user: UserId, credential: &Credential) -> Result<(), Error> {
        self.count_hash(credential, 1);
        Ok(self.tx.set_credential(user, credential)?)
    }

    /// Erases a user.
    pub fn remove_user(&self, user: UserId) -> Result<(), Error> {
        self.count_hash(&self.credential(user)?, -1);
        Ok(self.tx.remove_user(user)?)
    }

    fn count_hash(&self, credential: &Credential, by: i64) {
        let cost_of = |hash| self.desk.hasher.cost_of(hash);
        self.hashes.add(credential.hash.as_ref().and_then(cost_of), by);
    }

    /// Writes how the numbers of users changed so far.
    pub fn settle_hashes(&self) -> Result<(), Error> {
        let counts = self.hashes.0.take();
        if counts.is_empty() {
            return Ok(());
        }
        if self.list_hash_uses()?.is_none() {
            self.count_all_hashes()?;
            return Ok(());
        }
        for (cost, by) in counts.iter().filter(|(_, by)| **by != 0) {
            self.tx.add_hash_users(cost, *by)?;
        }
        Ok(())
    }

    /// What the stored hashes cost. Those of an older store are counted now.
    pub fn hash_uses(&self) -> Result<Vec<HashUse>, Error> {
        match self.list_hash_uses()? {
            Some(uses) => Ok(uses),
            None => self.count_all_hashes(),
        }
    }

    fn count_all_hashes(&self) -> Result<Vec<HashUse>, Error> {
        let mut counts = BTreeMap::<HashCost, u64>::new();
        self.each_hash(&mut |hash| {
            if let Some(cost) = self.desk.hasher.cost_of(&hash) {
                *counts.entry(cost).or_default() += 1;
            }
        })?;
        let counts: Vec<_> = counts.into_iter().collect();
        self.tx.set_hash_users(&counts)?;
        Ok(self.list_hash_uses()?.unwrap_or_default())
    }

    /// When a failed sign-in is answered: the floor of this store.
    pub fn failure_floor(&self) -> Result<Duration, Error> {
        let needed = floor::needed(&self.desk.hasher.own_cost(), &self.hash_uses()?, 1, self.now);
        Ok(self.desk.policies.failure_floor.answer_after(needed))
    }
}

/// Holds a password against a hash, or does as much work where there is none that it may be held
/// against. Tells whether it is the right one.
pub(super) fn verify(desk: &Desk, hash: Option<&PasswordHash>, given: &str) -> bool {
    if let Some(hash) = held_against(hash, given) {
        return desk.hasher.verify(hash, given);
    }
    desk.hasher.dummy(given);
    false
}

fn held_against<'h>(hash: Option<&'h PasswordHash>, given: &str) -> Option<&'h PasswordHash> {
    hash.filter(|_| given.len() <= LONGEST_PASSWORD)
}

/// The refusal of a try that began at `began` and verified `hash`, where there is one: with the
/// moment at which it may be answered.
pub(super) fn deny(
    office: Acting<'_>,
    began: Instant,
    hash: Option<&PasswordHash>,
    password: &SecretString,
) -> Error {
    let (hasher, given) = (&office.desk.hasher, password.expose_secret());
    let cost = held_against(hash, given).and_then(|hash| hasher.cost_of(hash));
    let cost = cost.unwrap_or_else(|| hasher.own_cost());
    let refusal = Timed {
        cost: &cost,
        attempts: hasher.attempts(given),
        taken: office.desk.clock.instant().saturating_duration_since(began),
    };
    match needed(office, refusal) {
        Ok(needed) => Error::Denied {
            not_before: not_before(&office.desk, began, needed),
        },
        Err(error) => error,
    }
}

/// The moment at which an answer tells nothing by its time: the floor that is needed, or the next
/// multiple of it where more time has passed.
pub(super) fn not_before(desk: &Desk, began: Instant, needed: Duration) -> NotBefore {
    let now = desk.clock.instant();
    let taken = now.saturating_duration_since(began);
    let after = floor::answer_after(desk.policies.failure_floor, needed, taken);
    NotBefore::new(began.checked_add(after).unwrap_or(now))
}

/// What a refusal needs in this store. What is not known yet is measured first, whatever the
/// reason of the refusal is; and if this refusal is late, the next ones are as late.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime alone"
)]
fn needed(office: Acting<'_>, refusal: Timed<'_>) -> Result<Duration, Error> {
    let own = office.desk.hasher.own_cost();
    let (uses, now) = office.read(Gate::Anybody, |view| Ok((view.list_hash_uses()?, view.now())))?;
    let mut uses = match uses {
        Some(uses) => uses,
        None => office.write_for_good(Gate::Anybody, |change| change.hash_uses())?,
    };
    let missing = floor::unmeasured(&own, &uses);
    if !missing.is_empty() {
        let times = measure_all(&office.desk, missing);
        uses = office.write_for_good(Gate::Anybody, |change| {
            times.keep(change)?;
            change.hash_uses()
        })?;
    }
    let floor = office.desk.policies.failure_floor;
    if refusal.to_keep(floor, &own, &uses, now).is_some() {
        uses = office.write_for_good(Gate::Anybody, |change| keep_slow(change, refusal))?;
    }
    Ok(floor::needed(&own, &uses, refusal.attempts, now))
}

/// Keeps that a refusal was late, and records that the floor of every refusal moves by it.
fn keep_slow(change: &Change<'_>, refusal: Timed<'_>) -> Result<Vec<HashUse>, Error> {
    let (own, uses) = (change.desk.hasher.own_cost(), change.hash_uses()?);
    let before = change.failure_floor()?;
    let Some(slow) = refusal.to_keep(change.desk.policies.failure_floor, &own, &uses, change.now) else {
        return Ok(uses);
    };
    change.tx.set_hash_slow(refusal.cost, slow)?;
    let after = change.failure_floor()?;
    if after > before {
        let reason = format!("busy_machine {}", show_duration(after));
        change.record(Action::FailureFloorRaised, Target::Store, &[], Some(reason))?;
    }
    change.hash_uses()
}

#[cfg(test)]
mod tests;
