//! Time and randomness as parameters. So a test of a rule about time needs no waiting, and a test knows
//! the random numbers.

use std::time::{Duration, Instant};

pub use jiff::Timestamp;

/// The clock of a use case.
pub trait Clock: Send + Sync {
    /// The time now, in UTC.
    fn now(&self) -> Timestamp;

    /// The time since a fixed moment. It never gets smaller.
    fn elapsed(&self) -> Duration;

    /// The moment of [`elapsed`](Self::elapsed) as an [`Instant`].
    fn instant(&self) -> Instant;

    /// The processor time that the calling thread has used. The work of other processes doesn't count.
    fn worked(&self) -> Duration;

    /// Returns once [`elapsed`](Self::elapsed) has reached `moment`.
    fn wait_until(&self, moment: Duration);
}

/// The earliest moment at which an answer may be given. So the time of the answer tells nothing about
/// an account. No use case waits for this moment: the caller must wait before it sends the answer.
///
/// ```
/// use std::time::Instant;
/// # fn answer(not_before: backoffice::NotBefore) {
/// // A thread of its own:
/// std::thread::sleep(not_before.remaining(Instant::now()));
/// // Async code, which holds no thread:
/// // tokio::time::sleep_until(not_before.instant().into()).await;
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[must_use = "an answer that comes too early tells whether there is such a user"]
pub struct NotBefore(Instant);

impl NotBefore {
    /// An answer may be given from this moment on.
    pub fn new(moment: Instant) -> Self {
        Self(moment)
    }

    /// The moment itself, on the monotonic clock of the standard library.
    #[must_use]
    pub fn instant(self) -> Instant {
        self.0
    }

    /// How long the answer has to wait at the moment `now`: zero once it may be given.
    #[must_use]
    pub fn remaining(self, now: Instant) -> Duration {
        self.0.saturating_duration_since(now)
    }
}

/// The source of random bytes for a use case.
pub trait RandomSource: Send + Sync {
    /// Fills `buffer` with bytes that can't be predicted.
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives none.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The error when the system gives no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gave no random bytes")]
pub struct NoRandomness;

/// When a clock is corrected, it usually moves back by no more than this.
pub const CLOCK_STEP: Duration = Duration::from_mins(1);

/// Whether `at` was written while the clock was ahead: `at` should be in the past, and is more than
/// [`CLOCK_STEP`] in the future. What was valid for some time from `at` is no longer valid.
#[must_use]
pub fn is_ahead(at: Timestamp, now: Timestamp) -> bool {
    at > later(now, CLOCK_STEP)
}

/// The moment `by` after `at`, or the last moment that a [`Timestamp`] can hold.
#[must_use]
pub fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// The moment `by` before `at`, or the first moment that a [`Timestamp`] can hold.
#[must_use]
pub fn earlier(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_sub(by).unwrap_or(Timestamp::MIN)
}
