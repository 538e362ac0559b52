//! Wrong passwords delay the next try, and then stop the account (NIST SP 800-63B-4 §3.2.2).

mod lock;

use std::time::Duration;

use super::clock::{CLOCK_STEP, Timestamp, earlier, is_ahead, later};
use super::range::{Durations, Numbers, OutOfRange};

pub use lock::{Failures, Lock, LockKind, LockedAt, SlowedAt};

/// The rules for the delays between wrong passwords, and for the end of all tries.
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

impl ThrottlePolicy {
    /// What `free_attempts` and `lock_after` may be. One hundred wrong passwords in a row are the
    /// most that may be tried (NIST SP 800-63B-4 §3.2.2).
    pub const ATTEMPTS: Numbers = Numbers::new(1, 100);
    /// What `base_delay` and `max_delay` may be.
    pub const DELAYS: Durations = Durations::up_to(Duration::from_hours(24));

    /// A policy. The first `free_attempts` wrong passwords in a row delay nothing. The delay after the
    /// next one is `base_delay`; it doubles with each further one, up to `max_delay`. After
    /// `lock_after` wrong passwords in a row the account is stopped.
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

    /// The number of wrong passwords in a row that delay nothing.
    #[must_use]
    pub fn free_attempts(&self) -> u32 {
        self.free_attempts
    }

    /// The first delay. It doubles with each further wrong password.
    #[must_use]
    pub fn base_delay(&self) -> Duration {
        self.base_delay
    }

    /// The longest delay.
    #[must_use]
    pub fn max_delay(&self) -> Duration {
        self.max_delay
    }

    /// The number of wrong passwords in a row that stops the account.
    #[must_use]
    pub fn lock_after(&self) -> u32 {
        self.lock_after
    }

    /// The lock that follows from `failures` at `now`.
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
        // Without a delay the try is allowed, even if the clock was set back since the last failure.
        // A failure from the future was counted while the clock was ahead: its delay could take years.
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

    /// The delay after `count` failures in a row.
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
mod tests;
