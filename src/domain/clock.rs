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
