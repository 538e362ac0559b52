//! Time and randomness as parameters, so that a rule about time needs no waiting
//! to be tested and a drawn number can be known.

use std::time::Duration;

pub use jiff::Timestamp;

/// What a use case may know of time.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;

    /// Time passed since some fixed moment, never stepping back.
    fn elapsed(&self) -> Duration;

    /// Returns once [`elapsed`](Self::elapsed) has reached `moment`.
    fn wait_until(&self, moment: Duration);
}

/// Where a use case gets unpredictable bytes from.
pub trait RandomSource: Send + Sync {
    /// Fills `buffer` with bytes nobody can predict.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives none.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The system gave no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

/// A clock that is put right moves back by no more than this in everyday use.
pub const CLOCK_STEP: Duration = Duration::from_mins(1);

/// Whether `at`, a moment of the past, can't be one: the clock was ahead when it was written
/// down, by more than [`CLOCK_STEP`]. What was to hold for some time from `at` holds no longer.
#[must_use]
pub fn is_ahead(at: Timestamp, now: Timestamp) -> bool {
    at > later(now, CLOCK_STEP)
}

/// `at` moved forward by `by`, stopping at the end of time.
#[must_use]
pub fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// `at` moved back by `by`, stopping at the start of time.
#[must_use]
pub fn earlier(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}
