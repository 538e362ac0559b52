//! Time and randomness as the operating system gives them.

use std::thread;
use std::time::{Duration, Instant};

use nix::time::ClockId;

use crate::domain::audit::Actor;
use crate::domain::clock::{Clock, NoRandomness, RandomSource, Timestamp};

/// The system's clock; [`elapsed`](Clock::elapsed) counts from when this was made.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    started: Instant,
}

impl SystemClock {
    /// A clock that starts counting now.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that is handed in")]
    #[must_use]
    pub fn start() -> Self {
        Self {
            started: Instant::now(),
        }
    }
}

impl Clock for SystemClock {
    /// In whole microseconds, as a store keeps it: what is answered is what will be read back.
    #[expect(clippy::disallowed_methods, reason = "this is the clock that is handed in")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock that is handed in")]
    fn instant(&self) -> Instant {
        Instant::now()
    }

    fn worked(&self) -> Duration {
        // If the system does not count processor time, the elapsed time is used.
        nix::time::clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)
            .map_or_else(|_| self.elapsed(), Duration::from)
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock that is handed in")]
    fn wait_until(&self, moment: Duration) {
        while let Some(left) = moment.checked_sub(self.elapsed()).filter(|left| !left.is_zero()) {
            thread::sleep(left);
        }
    }
}

/// The operating-system user of this process. It is the actor if no other is named.
#[must_use]
pub fn process_owner() -> Actor {
    Actor::Os {
        name: None,
        uid: nix::unistd::getuid().as_raw(),
        claimed: None,
    }
}

/// The system's random bytes (`getrandom(2)`).
#[derive(Debug, Clone, Copy)]
pub struct SystemRandom;

impl RandomSource for SystemRandom {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(buffer).map_err(|_| NoRandomness)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_never_steps_back_and_a_past_moment_is_not_waited_for() {
        let clock = SystemClock::start();
        let before = clock.elapsed();
        clock.wait_until(before);
        assert!(clock.elapsed() >= before);
        assert!(clock.worked() <= clock.worked());
        assert!(clock.now() > Timestamp::UNIX_EPOCH);
        assert_eq!(clock.now().subsec_nanosecond() % 1000, 0);
    }

    #[test]
    fn random_bytes_differ() {
        let (mut one, mut other) = ([0; 32], [0; 32]);
        SystemRandom.fill(&mut one).unwrap();
        SystemRandom.fill(&mut other).unwrap();
        assert_ne!(one, other);
    }
}
