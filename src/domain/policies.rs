//! All rules that can be set.

use std::path::PathBuf;
use std::time::Duration;

use super::password::Argon2Cost;
use super::password_policy::PasswordPolicy;
use super::password_sign_in::PasswordSignIn;
use super::range::{Durations, OutOfRange};
use super::reset::ResetPolicy;
use super::session::SessionPolicy;
use super::throttle::ThrottlePolicy;

/// The rules that can be set. Each value is in the range of its rule.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Policies {
    /// The length of passwords.
    pub password: PasswordPolicy,
    /// The file of breached passwords, if there is one.
    pub breached_file: Option<PathBuf>,
    /// The cost of a new hash.
    pub argon2: Argon2Cost,
    /// The users who may sign in with a password.
    pub sign_in: PasswordSignIn,
    /// The time before a failed sign-in is answered.
    pub failure_floor: FailureFloor,
    /// The ends of sessions.
    pub session: SessionPolicy,
    /// The delays after wrong passwords.
    pub throttle: ThrottlePolicy,
    /// The life of reset links, and their URL.
    pub reset: ResetPolicy,
    /// Whether users get a mail about changes of their account. The mail is put into the queue, and
    /// sent when the queue is flushed.
    pub notices: bool,
}

/// The shortest time between the start of a failed sign-in and its answer. So the time tells nothing
/// about the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureFloor(Duration);

impl FailureFloor {
    /// The longest floor.
    pub const LONGEST: Duration = Duration::from_secs(10);
    /// The floors that are allowed.
    pub const RANGE: Durations = Durations::up_to(Self::LONGEST);

    /// A floor above zero, at most ten seconds.
    ///
    /// # Errors
    /// [`OutOfRange`] for any other.
    pub fn new(floor: Duration) -> Result<Self, OutOfRange> {
        Self::RANGE.check("failure_floor", floor)?;
        Ok(Self(floor))
    }

    /// The time itself.
    #[must_use]
    pub fn get(self) -> Duration {
        self.0
    }

    /// The time between start and answer of a try that needs the time `needed`: the next multiple of
    /// the floor.
    #[must_use]
    pub fn answer_after(self, needed: Duration) -> Duration {
        let floors = needed.as_nanos() / self.0.as_nanos() + 1;
        self.0.saturating_mul(u32::try_from(floors).unwrap_or(u32::MAX))
    }
}

impl Default for FailureFloor {
    /// Half a second.
    fn default() -> Self {
        Self(Duration::from_millis(500))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_floor_is_above_zero_and_at_most_ten_seconds() {
        let made = |millis| FailureFloor::new(Duration::from_millis(millis)).map(FailureFloor::get);
        assert_eq!(made(1), Ok(Duration::from_millis(1)));
        assert_eq!(made(10_000), Ok(Duration::from_secs(10)));
        for refused in [0, 10_001] {
            let error = made(refused).unwrap_err();
            assert_eq!(
                error.to_string(),
                "`failure_floor` must be above zero and at most 10s"
            );
        }
        assert!(FailureFloor::RANGE.contains(FailureFloor::default().get()));
    }

    #[test]
    fn a_failure_is_answered_at_the_floor_or_the_next_multiple() {
        let floor = FailureFloor::default();
        for (taken, floors) in [(0, 1), (1, 1), (499, 1), (500, 2), (999, 2), (1000, 3), (1700, 4)] {
            let after = floor.answer_after(Duration::from_millis(taken));
            assert_eq!(after, floor.get() * floors, "{taken} ms");
        }
    }
}
