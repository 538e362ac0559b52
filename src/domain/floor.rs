//! One floor for the whole store: every refused sign-in takes as long as the dearest hash needs,
//! so that the time tells nothing about the account.

use std::fmt;
use std::time::Duration;

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
}

/// A hash whose verification takes longer is not taken.
pub const LONGEST_VERIFICATION: Duration = Duration::from_secs(2);
/// What the two writes of a refused sign-in need beside the hash.
const BESIDE_THE_HASH: Duration = Duration::from_millis(100);

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

/// The time that a refused sign-in needs at most, for a password that is hashed `attempts` times:
/// a quarter more than the dearest verification was measured to take. Zero where all hashes cost
/// the same. No user waits longer than the longest floor.
#[must_use]
pub fn needed(own: &HashCost, uses: &[HashUse], attempts: u32) -> Duration {
    let dearest = deciding(own, uses).filter_map(|found| found.time).max();
    let need = |time: Duration| {
        let hashing = time.saturating_mul(attempts);
        hashing
            .saturating_add(hashing / 4)
            .saturating_add(BESIDE_THE_HASH)
    };
    dearest.map_or(Duration::ZERO, need).min(FailureFloor::LONGEST)
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
        }
    }

    fn bcrypt(users: u64, millis: Option<u64>) -> HashUse {
        found(&HashCost::new("bcrypt 15"), users, millis)
    }

    /// When a refusal is answered in such a store, by the usual floor, in milliseconds.
    fn answered(uses: &[HashUse], attempts: u32) -> u128 {
        let floor = FailureFloor::default();
        floor.answer_after(needed(&own(), uses, attempts)).as_millis()
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
        let longest = needed(&own(), &[bcrypt(1, Some(u64::MAX))], 2);
        assert_eq!(longest, FailureFloor::LONGEST);
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
