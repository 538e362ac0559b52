//! The rules of a third-party login that has begun: its purpose, its life, and that it is completed once
//! only.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::clock::{CLOCK_STEP, Timestamp, is_ahead, later};
use super::ids::UserId;

/// The purpose of a third-party login. It can't be used for another purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The person is signed in.
    SignIn,
    /// The person's account at the provider is linked to this user.
    Link(UserId),
}

/// The SHA-256 of the secret that belongs to one third-party login: of its `state`, or of its
/// device code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateHash(pub [u8; 32]);

impl StateHash {
    /// The hash of a secret.
    #[must_use]
    pub fn of(state: &str) -> Self {
        Self(Sha256::digest(state.as_bytes()).into())
    }
}

/// The beginning and the end of a third-party login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetime {
    /// The beginning.
    pub begun_at: Timestamp,
    /// The end.
    pub ends_at: Timestamp,
}

impl Lifetime {
    /// A lifetime that begins now.
    #[must_use]
    pub fn begin(now: Timestamp, limit: Duration) -> Self {
        Self {
            begun_at: now,
            ends_at: later(now, limit),
        }
    }

    /// The time before the end; `None` after the end, and if the login began while the clock was ahead.
    #[must_use]
    pub fn remaining(&self, now: Timestamp) -> Option<Duration> {
        if is_ahead(self.begun_at, now) {
            return None;
        }
        let left = self.ends_at.duration_since(now);
        Duration::try_from(left).ok().filter(|left| !left.is_zero())
    }

    /// Whether the login can be completed after the answer of the provider, which can come at the last
    /// moment.
    #[must_use]
    pub fn can_be_completed(&self, now: Timestamp) -> bool {
        !is_ahead(self.begun_at, now) && now <= later(self.ends_at, CLOCK_STEP)
    }

    /// The time until which a store remembers that the login was completed. After it the login can't be
    /// completed, even if the clock is set back by [`CLOCK_STEP`].
    #[must_use]
    pub fn remembered_until(&self) -> Timestamp {
        later(self.ends_at, 2 * CLOCK_STEP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn three_minutes() -> Lifetime {
        Lifetime::begin(at(0), Duration::from_mins(3))
    }

    #[test]
    fn a_login_lives_until_its_end() {
        let left = |seconds| three_minutes().remaining(at(seconds)).map(|left| left.as_secs());
        assert_eq!((left(0), left(179), left(180)), (Some(180), Some(1), None));
    }

    #[test]
    fn a_login_that_began_while_the_clock_was_ahead_is_over() {
        assert!(three_minutes().remaining(at(-60)).is_some());
        assert!(three_minutes().remaining(at(-61)).is_none());
        assert!(!three_minutes().can_be_completed(at(-61)));
    }

    #[test]
    fn a_completed_login_is_remembered_for_longer_than_it_can_be_completed() {
        let lifetime = three_minutes();
        assert!(lifetime.can_be_completed(at(240)) && !lifetime.can_be_completed(at(241)));
        assert_eq!(lifetime.remembered_until(), at(300));
    }

    #[test]
    fn a_very_long_limit_ends_at_the_last_moment_of_time() {
        let lifetime = Lifetime::begin(at(0), Duration::MAX);
        assert_eq!(lifetime.ends_at, Timestamp::MAX);
        assert_eq!(lifetime.remembered_until(), Timestamp::MAX);
        assert!(lifetime.remaining(at(0)).is_some());
    }
}
