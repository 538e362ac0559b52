//! The ranges of the policy, and the locks that follow from it.

use super::*;
use proptest::prelude::*;

fn lock_at(count: u32, seconds: u64) -> Lock {
    let failures = Failures {
        count,
        last_at: Timestamp::UNIX_EPOCH,
    };
    let now = later(Timestamp::UNIX_EPOCH, Duration::from_secs(seconds));
    ThrottlePolicy::default().lock(Some(failures), now)
}

#[test]
fn a_policy_keeps_each_number_and_each_wait_within_its_range() {
    const A_DAY: Duration = Duration::from_hours(24);
    let (zero, least) = (Duration::ZERO, Duration::from_nanos(1));
    let made = |free, base, max, lock| {
        let policy = ThrottlePolicy::new(free, base, max, lock);
        policy.map_err(|error| error.to_string())
    };
    for (free, base, max, lock) in [(1, least, least, 1), (100, A_DAY, A_DAY, 100)] {
        let policy = made(free, base, max, lock).unwrap();
        assert_eq!((policy.free_attempts(), policy.lock_after()), (free, lock));
        assert_eq!((policy.base_delay(), policy.max_delay()), (base, max));
    }
    let attempts = |field| Err(format!("`{field}` must be a whole number from 1 to 100"));
    let delays = |field| Err(format!("`{field}` must be above zero and at most 1d"));
    assert_eq!(made(0, least, A_DAY, 100), attempts("free_attempts"));
    assert_eq!(made(101, least, A_DAY, 100), attempts("free_attempts"));
    assert_eq!(made(1, least, A_DAY, 0), attempts("lock_after"));
    assert_eq!(made(1, least, A_DAY, 101), attempts("lock_after"));
    assert_eq!(made(1, zero, A_DAY, 100), delays("base_delay"));
    assert_eq!(made(1, A_DAY + least, A_DAY, 100), delays("base_delay"));
    assert_eq!(made(1, least, zero, 100), delays("max_delay"));
    assert_eq!(made(1, least, A_DAY + least, 100), delays("max_delay"));
    let order = "`base_delay` is longer than `max_delay`".to_owned();
    assert_eq!(made(1, least * 2, least, 100), Err(order));
    let order = "`free_attempts` is above `lock_after`".to_owned();
    assert_eq!(made(6, least, A_DAY, 5), Err(order));
}

#[test]
fn the_default_policy_is_within_its_ranges() {
    let usual = ThrottlePolicy::default();
    let made = ThrottlePolicy::new(5, Duration::from_secs(30), Duration::from_mins(15), 100);
    assert_eq!(made, Ok(usual));
}

#[test]
fn five_are_free_then_thirty_seconds_doubling_to_fifteen_minutes() {
    let policy = ThrottlePolicy::default();
    let waits: Vec<u64> = (0..12).map(|n| policy.delay_after(n).as_secs()).collect();
    assert_eq!(waits, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
    assert_eq!(policy.delay_after(99).as_secs(), 900);
}

#[test]
fn a_clock_that_lags_behind_the_last_failure_makes_no_delay() {
    let policy = ThrottlePolicy::default();
    let failures = Failures {
        count: 4,
        last_at: later(Timestamp::UNIX_EPOCH, Duration::from_secs(9)),
    };
    assert_eq!(policy.lock(Some(failures), Timestamp::UNIX_EPOCH), Lock::None);
}

#[test]
fn a_slowed_account_opens_again_and_a_stopped_one_does_not() {
    assert_eq!(lock_at(4, 0), Lock::None);
    assert!(matches!(lock_at(5, 29), Lock::Slowed { .. }));
    assert_eq!(lock_at(5, 30), Lock::None);
    assert_eq!(lock_at(100, 1_000_000), Lock::Stopped);
    assert_eq!(
        ThrottlePolicy::default().lock(None, Timestamp::UNIX_EPOCH),
        Lock::None
    );
}

#[test]
fn a_clock_that_stepped_back_takes_no_free_try_away() {
    let failures = Failures {
        count: 4,
        last_at: later(Timestamp::UNIX_EPOCH, Duration::from_hours(1)),
    };
    let lock = ThrottlePolicy::default().lock(Some(failures), Timestamp::UNIX_EPOCH);
    assert_eq!(lock, Lock::None);
}

proptest! {
    #[test]
    fn more_failures_never_wait_less(count in 0_u32..10_000) {
        let policy = ThrottlePolicy::default();
        prop_assert!(policy.delay_after(count) <= policy.delay_after(count + 1));
    }
}

proptest! {
    #[test]
    fn a_search_finds_the_locked_users(
        count in 0_u32..120,
        ago in -200_000_i64..2_000_000,
        free_attempts in 0_u32..10,
        lock_after in 1_u32..100,
        base in 0_u64..100,
        max in 0_u64..2000,
    ) {
        let policy = ThrottlePolicy {
            free_attempts,
            base_delay: Duration::from_secs(base),
            max_delay: Duration::from_secs(max),
            lock_after,
        };
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let last_at = Timestamp::from_millisecond(1_800_000_000_000 - ago).unwrap();
        let failures = Failures { count, last_at };
        let locked = policy.lock(Some(failures), now) != Lock::None;
        prop_assert_eq!(policy.locked_at(now).holds(failures), locked);
    }
}
