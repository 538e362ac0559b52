//! The time of one verification of each hash on this machine. It is measured before a hash from
//! another system is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::domain::floor::{HashCost, LONGEST_VERIFICATION};
use crate::domain::password::PasswordHash;
use crate::hashing::{self, HashRefusal, Imported};
use crate::ops::Error;
use crate::ops::acting::{Acting, Gate};
use crate::ops::desk::Desk;
use crate::ops::write_transaction::WriteTransaction;

/// The time of one verification, for each cost whose time was not known before.
#[derive(Debug, Default)]
pub(in crate::ops) struct Times(BTreeMap<HashCost, Duration>);

impl Times {
    /// Measures the time of hashes from another system, if it is not known.
    pub fn of_imported<'h>(
        office: Acting<'_>,
        hashes: impl Iterator<Item = &'h PasswordHash>,
    ) -> Result<Self, Error> {
        let hasher = &office.desk.hasher;
        let own = hasher.own_cost();
        let uses = office.read(Gate::Inside, |view| Ok(view.list_hash_uses()?))?;
        let uses = uses.unwrap_or_default();
        let is_known = |cost: &HashCost| {
            let known = uses.iter().find(|found| found.cost == *cost);
            known
                .and_then(|found| found.time)
                .is_some_and(|time| time <= LONGEST_VERIFICATION)
        };
        let found: BTreeSet<_> = hashes.filter_map(|hash| hasher.cost_of(hash)).collect();
        let mut unknown: Vec<_> = found
            .into_iter()
            .filter(|cost| *cost != own && !is_known(cost))
            .collect();
        if !unknown.is_empty() && !is_known(&own) {
            unknown.push(own);
        }
        Ok(measure_all(&office.desk, unknown))
    }

    /// Refuses a hash whose verification takes too long.
    pub fn check(&self, desk: &Desk, hash: &PasswordHash) -> Result<(), HashRefusal> {
        if self.0.values().all(|time| *time <= LONGEST_VERIFICATION) {
            return Ok(());
        }
        let cost = desk
            .hasher
            .cost_of(hash)
            .filter(|cost| *cost != desk.hasher.own_cost());
        match cost.and_then(|cost| self.0.get(&cost)) {
            Some(time) if *time > LONGEST_VERIFICATION => Err(HashRefusal::TooSlow { time: *time }),
            _ => Ok(()),
        }
    }

    /// Writes the hashes with `write`, and stores their times. Returns the new floor too, if it is
    /// higher than before.
    pub fn keep_with<T>(
        &self,
        tx: &WriteTransaction<'_>,
        write: impl FnOnce() -> Result<T, Error>,
    ) -> Result<(T, Option<Duration>), Error> {
        // A cost whose time is known is in the floor already.
        if self.0.is_empty() {
            return Ok((write()?, None));
        }
        let before = tx.failure_floor()?;
        let written = write()?;
        self.keep(tx)?;
        let after = tx.failure_floor()?;
        Ok((written, Some(after).filter(|after| *after > before)))
    }

    /// Stores the times of the costs that are in use.
    pub fn keep(&self, tx: &WriteTransaction<'_>) -> Result<(), Error> {
        tx.settle_hashes()?;
        let (own, uses) = (tx.desk.hasher.own_cost(), tx.hash_uses()?);
        let is_stored = |cost: &HashCost| *cost == own || uses.iter().any(|found| found.cost == *cost);
        for (cost, time) in self.0.iter().filter(|(cost, _)| is_stored(cost)) {
            tx.store.set_hash_time(cost, *time)?;
        }
        Ok(())
    }
}

/// A hash from another system that may be stored, and its time; `None` for a text that means that
/// there is no password.
pub(in crate::ops) fn imported(
    office: Acting<'_>,
    text: &SecretString,
) -> Result<Option<(PasswordHash, Times)>, Error> {
    match hashing::read_imported(text.expose_secret())? {
        Imported::Unusable => Ok(None),
        Imported::Hash(hash) => {
            let times = Times::of_imported(office, std::iter::once(&hash))?;
            times.check(&office.desk, &hash)?;
            Ok(Some((hash, times)))
        }
    }
}

/// Measures each of these costs.
pub(super) fn measure_all(desk: &Desk, costs: Vec<HashCost>) -> Times {
    let measured = costs.into_iter().map(|cost| {
        let time = measure(desk, &cost);
        (cost, time)
    });
    Times(measured.collect())
}

/// Measures a cost. If it seems too slow, measures again, because memory is slower the first time.
fn measure(desk: &Desk, cost: &HashCost) -> Duration {
    let once = || {
        let began = desk.clock.worked();
        let _ = desk.hasher.verify_specimen(cost);
        desk.clock.worked().saturating_sub(began)
    };
    let first = once();
    if first > LONGEST_VERIFICATION {
        first.min(once())
    } else {
        first
    }
}
