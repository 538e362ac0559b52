//! One floor for the whole store: every refused sign-in takes as long as the dearest hash needs,
//! so that the time tells nothing about the account.

use std::fmt;
use std::time::Duration;

use super::clock::{Timestamp, is_ahead, later};
use super::policies::FailureFloor;

/// The kind of a hash and what one verification costs, such as `bcrypt 12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HashCost(String);

impl HashCost {
    /// A cost, as `hashing` writes it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HashCost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How often a cost is found in a store, and what it needs there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashUse {
    /// The cost.
    pub cost: HashCost,
    /// How many users have a hash of it.
    pub users: u64,
    /// The processor time of one verification, if it was measured.
    pub time: Option<Duration>,
    /// The slowest refusal of a while, if one took longer than its time allows for.
    pub slow: Option<Slow>,
}

/// A refused sign-in that took longer than its hash needs: the machine was busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slow {
    /// How long it took, for each time that the password was hashed.
    pub time: Duration,
    /// When that was.
    pub at: Timestamp,
}

impl Slow {
    fn counts(&self, now: Timestamp) -> bool {
        !is_ahead(self.at, now) && later(self.at, SLOW_COUNTS_FOR) > now
    }
}

impl HashUse {
    /// How slow refusals are known to be at the moment `now`.
    fn slow(&self, now: Timestamp) -> Option<Slow> {
        self.slow.filter(|slow| slow.counts(now))
    }

    /// What one verification takes at most, as far as is known at the moment `now`.
    fn takes(&self, now: Timestamp) -> Option<Duration> {
        self.time.max(self.slow(now).map(|slow| slow.time))
    }

    /// What to keep of a refusal that took so long: nothing where as much was kept lately. A
    /// slower one of the same day is not forgotten.
    fn slower(&self, time: Duration, now: Timestamp) -> Option<Slow> {
        let known = self.slow(now);
        let is_kept = known.is_some_and(|slow| slow.time >= time && later(slow.at, SLOW_STAYS_NEW_FOR) > now);
        let time = known.map_or(time, |slow| slow.time.max(time));
        (!is_kept).then_some(Slow { time, at: now })
    }
}

/// A hash whose verification takes longer is not taken.
pub const LONGEST_VERIFICATION: Duration = Duration::from_secs(2);
/// A slow refusal counts for so long: after that the machine may be less busy.
const SLOW_COUNTS_FOR: Duration = Duration::from_hours(24);
/// A refusal that is as slow as a known one is kept again after so long, so that the floor stays
/// where it is as long as the machine is busy.
const SLOW_STAYS_NEW_FOR: Duration = Duration::from_hours(1);
/// What the two writes of a refused sign-in need beside the hash.
const BESIDE_THE_HASH: Duration = Duration::from_millis(100);
/// What is left to do between the moment at which a refusal is timed and the wait for its answer:
/// the store is closed.
const TO_CLOSE: Duration = Duration::from_millis(20);

/// The costs between which a refusal must not tell a difference: none, where every user has a
/// hash of `own` cost, which is also the cost of the hash that is computed where there is none.
fn deciding<'a>(own: &'a HashCost, uses: &'a [HashUse]) -> impl Iterator<Item = &'a HashUse> {
    let is_mixed = is_mixed(own, uses);
    uses.iter()
        .filter(move |found| is_mixed && (found.users > 0 || found.cost == *own))
}

/// Whether a user has a hash that does not cost the same as ours.
#[must_use]
pub fn is_mixed(own: &HashCost, uses: &[HashUse]) -> bool {
    uses.iter().any(|found| found.users > 0 && found.cost != *own)
}

/// The costs whose time has to be measured before the floor is known.
#[must_use]
pub fn unmeasured(own: &HashCost, uses: &[HashUse]) -> Vec<HashCost> {
    let mut missing: Vec<_> = deciding(own, uses)
        .filter(|found| found.time.is_none())
        .map(|found| found.cost.clone())
        .collect();
    let knows_own = uses.iter().any(|found| found.cost == *own);
    if is_mixed(own, uses) && !knows_own {
        missing.push(own.clone());
    }
    missing
}

/// The time that a refused sign-in needs at most at the moment `now`, for a password that is hashed
/// `attempts` times: a quarter more than the dearest verification takes. Zero where all hashes cost
/// the same. No user waits longer than the longest floor.
#[must_use]
pub fn needed(own: &HashCost, uses: &[HashUse], attempts: u32, now: Timestamp) -> Duration {
    needed_for(deciding(own, uses).filter_map(|found| found.takes(now)), attempts)
}

fn needed_for(times: impl Iterator<Item = Duration>, attempts: u32) -> Duration {
    let need = |time: Duration| {
        let hashing = time.saturating_mul(attempts);
        hashing
            .saturating_add(hashing / 4)
            .saturating_add(BESIDE_THE_HASH)
    };
    times
        .max()
        .map_or(Duration::ZERO, need)
        .min(FailureFloor::LONGEST)
}

/// How long after its start a refusal is answered that needs so much, where `taken` has passed:
/// the next multiple of the floor that the answer can still be ready for.
#[must_use]
pub fn answer_after(floor: FailureFloor, needed: Duration, taken: Duration) -> Duration {
    floor.answer_after(needed.max(taken.saturating_add(TO_CLOSE)))
}

/// A refusal that is timed: a password was hashed `attempts` times, at a cost, and `taken` has
/// passed since the start.
#[derive(Debug, Clone, Copy)]
pub struct Timed<'a> {
    /// What one verification cost.
    pub cost: &'a HashCost,
    /// How often the password was hashed.
    pub attempts: u32,
    /// The time since the start.
    pub taken: Duration,
}

impl Timed<'_> {
    /// What to keep of this refusal, so that from now on every refusal is answered as late: nothing
    /// where it is answered at the floor that the measured times give.
    #[must_use]
    pub fn to_keep(
        self,
        floor: FailureFloor,
        own: &HashCost,
        uses: &[HashUse],
        now: Timestamp,
    ) -> Option<Slow> {
        let quiet = needed_for(deciding(own, uses).filter_map(|found| found.time), self.attempts);
        let is_late = answer_after(floor, quiet, self.taken) > floor.answer_after(quiet);
        let decides = |found: &&HashUse| found.cost == *self.cost;
        deciding(own, uses)
            .find(decides)
            .filter(|_| is_late)?
            .slower(self.taken / self.attempts.max(1), now)
    }
}

#[cfg(test)]
mod tests;
