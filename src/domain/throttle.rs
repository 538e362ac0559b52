//! Wrong passwords slow an account down, then stop it (NIST SP 800-63B-4 §3.2.2).

use std::ops::Range;
use std::time::Duration;

use super::clock::{CLOCK_STEP, Timestamp, earlier, is_ahead, later};
use super::range::{Durations, Numbers, OutOfRange};

/// How fast passwords may be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThrottlePolicy {
    free_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    lock_after: u32,
}

impl Default for ThrottlePolicy {
    fn default() -> Self {
        Self {
            free_attempts: 5,
            base_delay: Duration::from_secs(30),
            max_delay: Duration::from_mins(15),
            lock_after: 100,
        }
    }
}

/// How many passwords in a row were wrong (or not yet found right), and the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// In a row.
    pub count: u32,
    /// The last one.
    pub last_at: Timestamp,
}

/// What the failures mean for the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// The next try is free.
    None,
    /// No try before `until`.
    Slowed {
        /// The moment from which a try counts again.
        until: Timestamp,
    },
    /// No try before a reset or an unlock.
    Stopped,
}

/// The failures that lock an account at one moment: [`ThrottlePolicy::lock`] for a search among
/// many accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedAt {
    /// So many failures stop an account.
    pub stopped_from: u32,
    /// The failures that slow an account.
    pub slowed: Vec<SlowedAt>,
    /// A failure after this moment was counted while the clock was ahead, and slows nothing.
    pub latest: Timestamp,
}

/// Failures that slow an account at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlowedAt {
    /// So many in a row.
    pub counts: Range<u32>,
    /// The last one after this moment.
    pub after: Timestamp,
}

impl LockedAt {
    /// Whether `failures` lock an account.
    #[must_use]
    pub fn holds(&self, failures: Failures) -> bool {
        let slows = |step: &SlowedAt| step.counts.contains(&failures.count) && failures.last_at > step.after;
        failures.count >= self.stopped_from
            || (failures.last_at <= self.latest && self.slowed.iter().any(slows))
    }
}

/// The word for a [`Lock`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LockKind {
    /// Not locked.
    None,
    /// Slowed until `locked_until`.
    Slowed,
    /// Stopped until a reset or an unlock.
    Stopped,
}

impl Lock {
    /// The word and, if slowed, until when.
    #[must_use]
    pub fn shown(self) -> (LockKind, Option<Timestamp>) {
        match self {
            Self::None => (LockKind::None, None),
            Self::Slowed { until } => (LockKind::Slowed, Some(until)),
            Self::Stopped => (LockKind::Stopped, None),
        }
    }
}

impl ThrottlePolicy {
    /// What `free_attempts` and `lock_after` may be. One hundred wrong passwords in a row are the
    /// most that may be tried (NIST SP 800-63B-4 §3.2.2).
    pub const ATTEMPTS: Numbers = Numbers::new(1, 100);
    /// What `base_delay` and `max_delay` may be.
    pub const DELAYS: Durations = Durations::up_to(Duration::from_hours(24));

    /// A policy by which `free_attempts` wrong passwords in a row cost nothing; the wait after the
    /// next is `base_delay`, and doubles with each more up to `max_delay`; `lock_after` in a row
    /// stop the account.
    ///
    /// # Errors
    /// [`OutOfRange`] if one of them is outside of its range, `base_delay` is longer than
    /// `max_delay`, or `free_attempts` is above `lock_after`.
    pub fn new(
        free_attempts: u32,
        base_delay: Duration,
        max_delay: Duration,
        lock_after: u32,
    ) -> Result<Self, OutOfRange> {
        const FREE: &str = "free_attempts";
        const BASE: &str = "base_delay";
        const MAX: &str = "max_delay";
        const LOCK: &str = "lock_after";
        Self::ATTEMPTS.check(FREE, free_attempts)?;
        Self::DELAYS.check(BASE, base_delay)?;
        Self::DELAYS.check(MAX, max_delay)?;
        Self::ATTEMPTS.check(LOCK, lock_after)?;
        if base_delay > max_delay {
            return Err(OutOfRange::Longer {
                shorter: BASE,
                longer: MAX,
            });
        }
        if free_attempts > lock_after {
            return Err(OutOfRange::Above {
                lower: FREE,
                upper: LOCK,
            });
        }
        Ok(Self {
            free_attempts,
            base_delay,
            max_delay,
            lock_after,
        })
    }

    /// So many wrong passwords in a row cost nothing.
    #[must_use]
    pub fn free_attempts(&self) -> u32 {
        self.free_attempts
    }

    /// The wait after the next wrong password. It doubles with each more.
    #[must_use]
    pub fn base_delay(&self) -> Duration {
        self.base_delay
    }

    /// The longest wait.
    #[must_use]
    pub fn max_delay(&self) -> Duration {
        self.max_delay
    }

    /// So many wrong passwords in a row stop the account.
    #[must_use]
    pub fn lock_after(&self) -> u32 {
        self.lock_after
    }

    /// What `failures` mean at `now`.
    #[must_use]
    pub fn lock(&self, failures: Option<Failures>, now: Timestamp) -> Lock {
        let Some(failures) = failures else {
            return Lock::None;
        };
        if failures.count >= self.lock_after {
            return Lock::Stopped;
        }
        let delay = self.delay_after(failures.count);
        let until = later(failures.last_at, delay);
        // A free try is free even where the clock stepped back since the last. A failure of the
        // future was counted while the clock was ahead: waiting for it could take years.
        if delay.is_zero() || now >= until || is_ahead(failures.last_at, now) {
            Lock::None
        } else {
            Lock::Slowed { until }
        }
    }

    /// The failures that lock an account at `now`.
    #[must_use]
    pub fn locked_at(&self, now: Timestamp) -> LockedAt {
        let mut slowed: Vec<(Duration, SlowedAt)> = Vec::new();
        for count in 0..self.lock_after {
            let delay = self.delay_after(count);
            match slowed.last_mut() {
                Some((before, step)) if *before == delay => step.counts.end = count + 1,
                _ => slowed.push((
                    delay,
                    SlowedAt {
                        counts: count..count + 1,
                        after: earlier(now, delay),
                    },
                )),
            }
        }
        slowed.retain(|(delay, _)| !delay.is_zero());
        LockedAt {
            stopped_from: self.lock_after,
            slowed: slowed.into_iter().map(|(_, step)| step).collect(),
            latest: later(now, CLOCK_STEP),
        }
    }

    /// The wait after `count` failures in a row.
    #[must_use]
    pub fn delay_after(&self, count: u32) -> Duration {
        let Some(over) = count.checked_sub(self.free_attempts) else {
            return Duration::ZERO;
        };
        let factor = 2_u32.checked_pow(over).unwrap_or(u32::MAX);
        self.base_delay.saturating_mul(factor).min(self.max_delay)
    }
}

#[cfg(test)]
mod tests {
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
    fn the_usual_policy_keeps_its_own_rule() {
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
        fn a_search_finds_those_that_are_locked(
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
}
