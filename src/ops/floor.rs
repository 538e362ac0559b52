//! The time at which a refused sign-in may be answered. It depends on the hashes in the store and on
//! the time that each needs. The rule is in [`domain::floor`](crate::domain::floor).

mod times;

use std::time::{Duration, Instant};

use secrecy::{ExposeSecret, SecretString};

use super::Error;
use super::acting::{Acting, Gate};
use super::desk::Desk;
use super::write_transaction::WriteTransaction;
use crate::domain::audit::{Action, Target};
use crate::domain::clock::NotBefore;
use crate::domain::duration::show_duration;
use crate::domain::floor::{self, HashUse, Timed};
use crate::domain::password::PasswordHash;
use crate::hashing::LONGEST_PASSWORD;
use times::measure_all;

pub(super) use times::{Times, imported};

/// Compares a password with a hash, and tells whether it is the right one. Without a hash, does as
/// much work as with one.
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

/// The refusal of a try that began at `began` and verified `hash`, if there was one. It has the
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

/// The moment at which the time of an answer shows nothing: the floor that is needed, or its next
/// multiple if more time has passed.
pub(super) fn not_before(desk: &Desk, began: Instant, needed: Duration) -> NotBefore {
    let now = desk.clock.instant();
    let taken = now.saturating_duration_since(began);
    let after = floor::answer_after(desk.policies.failure_floor, needed, taken);
    NotBefore::new(began.checked_add(after).unwrap_or(now))
}

/// The time that a refusal needs in this store. Costs without a known time are measured first, for
/// every reason of a refusal. If this refusal is late, the next ones are as late.
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime alone"
)]
fn needed(office: Acting<'_>, refusal: Timed<'_>) -> Result<Duration, Error> {
    let own = office.desk.hasher.own_cost();
    let (uses, now) = office.read(Gate::Anybody, |view| Ok((view.list_hash_uses()?, view.now())))?;
    let mut uses = match uses {
        Some(uses) => uses,
        None => office.write_for_good(Gate::Anybody, |tx| tx.hash_uses())?,
    };
    let missing = floor::unmeasured(&own, &uses);
    if !missing.is_empty() {
        let times = measure_all(&office.desk, missing);
        uses = office.write_for_good(Gate::Anybody, |tx| {
            times.keep(tx)?;
            tx.hash_uses()
        })?;
    }
    let floor = office.desk.policies.failure_floor;
    if refusal.to_keep(floor, &own, &uses, now).is_some() {
        uses = office.write_for_good(Gate::Anybody, |tx| keep_slow(tx, refusal))?;
    }
    Ok(floor::needed(&own, &uses, refusal.attempts, now))
}

/// Stores that a refusal was late, and records that it raises the floor.
fn keep_slow(tx: &WriteTransaction<'_>, refusal: Timed<'_>) -> Result<Vec<HashUse>, Error> {
    let (own, uses) = (tx.desk.hasher.own_cost(), tx.hash_uses()?);
    let before = tx.failure_floor()?;
    let Some(slow) = refusal.to_keep(tx.desk.policies.failure_floor, &own, &uses, tx.now) else {
        return Ok(uses);
    };
    tx.store.set_hash_slow(refusal.cost, slow)?;
    let after = tx.failure_floor()?;
    if after > before {
        let reason = format!("busy_machine {}", show_duration(after));
        tx.record(Action::FailureFloorRaised, Target::Store, &[], Some(reason))?;
    }
    tx.hash_uses()
}

#[cfg(test)]
mod tests;
