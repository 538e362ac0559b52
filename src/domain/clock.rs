//! Time and randomness as parameters, so that a rule about time needs no waiting
//! to be tested and a drawn number can be known.

use std::time::{Duration, Instant};

pub use jiff::Timestamp;

/// What a use case may know of time.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;

    /// Time passed since some fixed moment, never stepping back.
    fn elapsed(&self) -> Duration;

    /// The moment of [`elapsed`](Self::elapsed), as the standard library has it.
    fn instant(&self) -> Instant;

    /// The processor time that the calling thread has used: other processes don't make it longer.
    fn worked(&self) -> Duration;

    /// Returns once [`elapsed`](Self::elapsed) has reached `moment`.
    fn wait_until(&self, moment: Duration);
}

/// The earliest moment at which an answer may be given, so that its time tells nothing about an
/// account. No use case waits for it: the caller does, before the answer leaves the program.
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
