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
