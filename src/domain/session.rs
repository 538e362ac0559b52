//! Sessions. Each session has an idle end and an absolute end.

use std::net::IpAddr;
use std::time::Duration;

use super::clock::{CLOCK_STEP, Timestamp, is_ahead, later};
use super::ids::{SessionId, UserId};
use super::range::{Durations, OutOfRange};

/// The ends of a session (OWASP Session Management: a session has both).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionPolicy {
    idle: Duration,
    absolute: Duration,
}

impl SessionPolicy {
    /// What `idle` and `absolute` may be.
    pub const RANGE: Durations = Durations::up_to(Duration::from_hours(365 * 24));

    /// Sessions that end when they were not used for `idle`, and `absolute` after they began.
    ///
    /// # Errors
    /// [`OutOfRange`] if one of them is outside of [`RANGE`](Self::RANGE), or `idle` is longer
    /// than `absolute`.
    pub fn new(idle: Duration, absolute: Duration) -> Result<Self, OutOfRange> {
        const IDLE: &str = "idle";
        const ABSOLUTE: &str = "absolute";
        Self::RANGE.check(IDLE, idle)?;
        Self::RANGE.check(ABSOLUTE, absolute)?;
        if idle > absolute {
            return Err(OutOfRange::Longer {
                shorter: IDLE,
                longer: ABSOLUTE,
            });
        }
        Ok(Self { idle, absolute })
    }

    /// A session ends this long after it was last used.
    #[must_use]
    pub fn idle(&self) -> Duration {
        self.idle
    }

    /// A session ends this long after it began, used or not.
    #[must_use]
    pub fn absolute(&self) -> Duration {
        self.absolute
    }
}

impl Default for SessionPolicy {
    fn default() -> Self {
        Self {
            idle: Duration::from_mins(30),
            absolute: Duration::from_hours(8),
        }
    }
}

/// The shortest time between two changes of the idle end. Most checks of a session only read.
pub const TOUCH_INTERVAL: Duration = Duration::from_mins(1);

/// A session, without its token.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Session {
    /// The id of the session. It doesn't tell the token.
    pub id: SessionId,
    /// The user who is signed in.
    pub user_id: UserId,
    /// The time of the sign-in.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub created_at: Timestamp,
    /// The absolute end.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub expires_at: Timestamp,
    /// The idle end. Each use of the session moves it.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub idle_expires_at: Timestamp,
    /// The address of the client, if the calling program gave it at the sign-in.
    pub client: Option<IpAddr>,
}

impl Session {
    /// A session that begins at `now`.
    #[must_use]
    pub fn begin(
        id: SessionId,
        user_id: UserId,
        now: Timestamp,
        client: Option<IpAddr>,
        policy: &SessionPolicy,
    ) -> Self {
        let expires_at = later(now, policy.absolute());
        Self {
            id,
            user_id,
            created_at: now,
            expires_at,
            idle_expires_at: later(now, policy.idle).min(expires_at),
            client,
        }
    }

    /// Whether the session is valid at `now`. A session that begins in the future was made while the
    /// clock was ahead, and would be valid for longer than the rules allow.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.expires_at && now < self.idle_expires_at && !is_ahead(self.created_at, now)
    }

    /// The new idle end after a use of the session at `now`; `None` if it stays. It can move back: if
    /// the clock was ahead at the last use, or the rule allowed a longer time then.
    #[must_use]
    pub fn touch(&self, now: Timestamp, policy: &SessionPolicy) -> Option<Timestamp> {
        let moved = later(now, policy.idle).min(self.expires_at);
        // With an idle time below the interval, the idle end would never move.
        let step = TOUCH_INTERVAL.min(policy.idle / 2);
        let is_due = moved > later(self.idle_expires_at, step);
        let is_too_late = self.idle_expires_at > later(moved, CLOCK_STEP);
        (is_due || is_too_late).then_some(moved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn session(policy: &SessionPolicy) -> Session {
        let id = SessionId(Uuid::from_u128(1));
        Session::begin(
            id,
            UserId(Uuid::from_u128(2)),
            Timestamp::UNIX_EPOCH,
            None,
            policy,
        )
    }

    fn at(seconds: u64) -> Timestamp {
        later(Timestamp::UNIX_EPOCH, Duration::from_secs(seconds))
    }

    #[test]
    fn both_ends_are_above_zero_and_at_most_a_year_and_the_idle_one_comes_first() {
        const A_YEAR: Duration = Duration::from_hours(365 * 24);
        let (zero, least) = (Duration::ZERO, Duration::from_nanos(1));
        let made = |idle, absolute| {
            let policy = SessionPolicy::new(idle, absolute);
            policy.map(|policy| (policy.idle(), policy.absolute()))
        };
        for ends in [(least, least), (least, A_YEAR), (A_YEAR, A_YEAR)] {
            assert_eq!(made(ends.0, ends.1), Ok(ends));
        }
        for ((idle, absolute), error) in [
            ((zero, A_YEAR), "`idle` must be above zero and at most 365d"),
            (
                (A_YEAR + least, A_YEAR),
                "`idle` must be above zero and at most 365d",
            ),
            ((least, zero), "`absolute` must be above zero and at most 365d"),
            (
                (A_YEAR, A_YEAR + least),
                "`absolute` must be above zero and at most 365d",
            ),
            ((least * 2, least), "`idle` is longer than `absolute`"),
        ] {
            assert_eq!(made(idle, absolute).unwrap_err().to_string(), error);
        }
        let usual = SessionPolicy::default();
        assert_eq!(SessionPolicy::new(usual.idle(), usual.absolute()), Ok(usual));
    }

    #[test]
    fn it_ends_when_idle_and_at_the_absolute_end() {
        let policy = SessionPolicy::default();
        let mut session = session(&policy);
        assert!(session.is_live(at(1799)));
        assert!(!session.is_live(at(1800)));
        session.idle_expires_at = at(8 * 3600);
        assert!(session.is_live(at(8 * 3600 - 1)));
        assert!(!session.is_live(at(8 * 3600)));
    }

    #[test]
    fn the_idle_end_moves_at_most_once_a_minute_and_never_past_the_absolute_one() {
        let policy = SessionPolicy::default();
        let session = session(&policy);
        assert_eq!(session.touch(at(60), &policy), None);
        assert_eq!(session.touch(at(61), &policy), Some(at(1861)));
        assert_eq!(session.touch(at(8 * 3600 - 1), &policy), Some(at(8 * 3600)));
    }

    #[test]
    fn no_end_is_later_than_the_rules_allow_from_now() {
        const MONTH: u64 = 30 * 24 * 3600;
        let policy = SessionPolicy::default();
        // Made while the clock was a month ahead, and looked at when it was put right.
        let mut session = session(&policy);
        session.created_at = at(MONTH);
        session.expires_at = later(at(MONTH), policy.absolute);
        session.idle_expires_at = later(at(MONTH), policy.idle);
        assert!(session.is_live(at(MONTH)));
        assert!(session.is_live(at(MONTH - 60)));
        assert!(!session.is_live(at(MONTH - 61)));
        assert!(!session.is_live(at(0)));
        // Used while the clock was ahead.
        let mut used = super::tests::session(&policy);
        used.idle_expires_at = used.expires_at;
        assert_eq!(used.touch(at(60), &policy), Some(at(60 + 1800)));
    }
}
