//! What wrong passwords do to an account.

use std::ops::Range;

use crate::domain::clock::Timestamp;

/// The wrong passwords of a user since the last right one. A password counts as wrong until it is
/// found right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// The number of them.
    pub count: u32,
    /// The time of the last one.
    pub last_at: Timestamp,
}

/// Whether the next try is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// The next try is allowed now.
    None,
    /// The next try is allowed at `until`.
    Slowed {
        /// The end of the delay.
        until: Timestamp,
    },
    /// No try is allowed before a reset of the password or an unlock.
    Stopped,
}

/// The failures that lock an account at one moment. A store uses it to search for locked accounts;
/// the result is the same as with [`ThrottlePolicy::lock`](super::ThrottlePolicy::lock).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedAt {
    /// An account with this number of failures, or more, is stopped.
    pub stopped_from: u32,
    /// The failures that delay the next try.
    pub slowed: Vec<SlowedAt>,
    /// A failure after this moment was counted while the clock was ahead. It delays nothing.
    pub latest: Timestamp,
}

/// Failures that delay the next try, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlowedAt {
    /// The number of failures.
    pub counts: Range<u32>,
    /// The last failure is after this moment.
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

/// A [`Lock`] without its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LockKind {
    /// The account is not locked.
    None,
    /// The next try is allowed at `locked_until`.
    Slowed,
    /// The account is stopped until a reset of the password or an unlock.
    Stopped,
}

impl Lock {
    /// The kind of the lock, and the end of the delay if there is one.
    #[must_use]
    pub fn shown(self) -> (LockKind, Option<Timestamp>) {
        match self {
            Self::None => (LockKind::None, None),
            Self::Slowed { until } => (LockKind::Slowed, Some(until)),
            Self::Stopped => (LockKind::Stopped, None),
        }
    }
}
