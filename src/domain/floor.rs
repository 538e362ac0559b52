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
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn own() -> HashCost {
        HashCost::new("argon2id m=19456,t=2,p=1")
    }

    fn found(cost: &HashCost, users: u64, millis: Option<u64>) -> HashUse {
        HashUse {
            cost: cost.clone(),
            users,
            time: millis.map(Duration::from_millis),
            slow: None,
        }
    }

    fn bcrypt(users: u64, millis: Option<u64>) -> HashUse {
        found(&HashCost::new("bcrypt 15"), users, millis)
    }

    /// When a refusal is answered in such a store, by the usual floor, in milliseconds.
    fn answered(uses: &[HashUse], attempts: u32) -> u128 {
        let floor = FailureFloor::default();
        let needed = needed(&own(), uses, attempts, Timestamp::UNIX_EPOCH);
        floor.answer_after(needed).as_millis()
    }

    #[test]
    fn a_store_whose_hashes_cost_the_same_has_the_usual_floor() {
        assert_eq!(answered(&[], 1), 500);
        assert_eq!(answered(&[found(&own(), 9, Some(3000))], 1), 500);
        assert!(unmeasured(&own(), &[found(&own(), 9, None)]).is_empty());
    }

    #[test]
    fn the_dearest_hash_moves_the_floor_to_the_next_multiple_and_its_last_user_moves_it_back() {
        for (millis, after) in [(60, 500), (319, 500), (320, 1000), (1000, 1500), (1900, 2500)] {
            let uses = [found(&own(), 9, Some(40)), bcrypt(1, Some(millis))];
            assert_eq!(answered(&uses, 1), after, "{millis} ms");
        }
        assert_eq!(
            answered(&[found(&own(), 10, Some(40)), bcrypt(0, Some(1900))], 1),
            500
        );
    }

    #[test]
    fn our_own_hash_counts_where_it_is_the_dearest_even_if_no_user_has_one() {
        assert_eq!(
            answered(&[found(&own(), 0, Some(900)), bcrypt(1, Some(60))], 1),
            1500
        );
    }

    #[test]
    fn a_password_that_is_hashed_twice_takes_twice_as_long_for_every_user() {
        assert_eq!(answered(&[bcrypt(1, Some(1000))], 2), 3000);
    }

    #[test]
    fn no_user_waits_longer_than_the_longest_floor() {
        assert_eq!(answered(&[bcrypt(1, Some(3_600_000))], 2), 10_500);
        let longest = needed(&own(), &[bcrypt(1, Some(u64::MAX))], 2, Timestamp::UNIX_EPOCH);
        assert_eq!(longest, FailureFloor::LONGEST);
    }

    fn at(hours: u32) -> Timestamp {
        later(Timestamp::UNIX_EPOCH, Duration::from_hours(1) * (48 + hours))
    }

    /// A store with a hash that was measured to need a second, and what is known of slow refusals.
    fn with_slow(slow: Option<(u64, u32)>) -> [HashUse; 2] {
        let slow = slow.map(|(millis, hours)| Slow {
            time: Duration::from_millis(millis),
            at: at(hours),
        });
        let dear = HashUse {
            slow,
            ..bcrypt(1, Some(1000))
        };
        [found(&own(), 9, Some(40)), dear]
    }

    /// What is kept of a refusal that took so many milliseconds: the milliseconds and the hour.
    fn kept(uses: &[HashUse], cost: &HashCost, taken: u64, hours: u32) -> Option<(u128, Timestamp)> {
        let refusal = Timed {
            cost,
            attempts: 1,
            taken: Duration::from_millis(taken),
        };
        let kept = refusal.to_keep(FailureFloor::default(), &own(), uses, at(hours));
        kept.map(|slow| (slow.time.as_millis(), slow.at))
    }

    #[test]
    fn a_slow_refusal_counts_for_a_day_and_not_at_all_if_the_clock_was_ahead() {
        let uses = with_slow(Some((4000, 2)));
        for (hours, millis) in [(2, 5100), (25, 5100), (26, 1350), (1, 1350)] {
            let needed = needed(&own(), &uses, 1, at(hours));
            assert_eq!(needed.as_millis(), millis, "{hours}");
        }
    }

    #[test]
    fn a_refusal_is_kept_only_if_it_misses_the_floor_that_the_measured_times_give() {
        let (uses, dear) = (with_slow(None), HashCost::new("bcrypt 15"));
        assert_eq!(kept(&uses, &dear, 1479, 0), None);
        assert_eq!(kept(&uses, &dear, 1480, 0), Some((1480, at(0))));
        assert_eq!(kept(&uses, &own(), 1480, 0), Some((1480, at(0))));
        assert_eq!(kept(&uses, &HashCost::new("bcrypt 4"), 9000, 0), None);
        assert_eq!(kept(&uses[..1], &own(), 9000, 0), None);
    }

    #[test]
    fn a_slow_refusal_is_kept_again_if_it_is_slower_or_an_hour_has_passed() {
        let (uses, dear) = (with_slow(Some((4000, 0))), HashCost::new("bcrypt 15"));
        assert_eq!(kept(&uses, &dear, 4000, 0), None);
        assert_eq!(kept(&uses, &dear, 3000, 0), None);
        assert_eq!(kept(&uses, &dear, 4001, 0), Some((4001, at(0))));
        assert_eq!(kept(&uses, &dear, 3000, 1), Some((4000, at(1))));
        assert_eq!(kept(&uses, &dear, 1000, 1), None);
        assert_eq!(kept(&uses, &dear, 3000, 24), Some((3000, at(24))));
    }

    #[test]
    fn a_refusal_is_answered_late_where_the_store_may_not_be_closed_by_then() {
        let after = |needed, taken| {
            let millis = Duration::from_millis;
            answer_after(FailureFloor::default(), millis(needed), millis(taken)).as_millis()
        };
        assert_eq!([after(0, 479), after(0, 480), after(0, 979)], [500, 1000, 1000]);
        assert_eq!(
            [after(1200, 40), after(1200, 1479), after(1200, 1480)],
            [1500, 1500, 2000]
        );
    }

    #[test]
    fn what_decides_is_measured_first() {
        let missing = unmeasured(&own(), &[bcrypt(1, None)]);
        assert_eq!(missing, [HashCost::new("bcrypt 15"), own()]);
        let uses = [bcrypt(1, Some(60)), found(&own(), 0, None)];
        assert_eq!(unmeasured(&own(), &uses), [own()]);
        assert!(unmeasured(&own(), &[bcrypt(0, None)]).is_empty());
    }

    proptest! {
        #[test]
        fn a_dearer_hash_never_makes_a_shorter_floor(one in 0_u64..20_000, more in 0_u64..20_000) {
            let floor = |millis| answered(&[bcrypt(1, Some(millis))], 1);
            prop_assert!(floor(one) <= floor(one + more));
            prop_assert!(floor(one) > u128::from(one.min(9_999)));
        }
    }
}
