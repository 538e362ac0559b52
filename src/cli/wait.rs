//! The command line waits here, and nowhere else, until an answer may be given.

use std::thread;
use std::time::{Duration, Instant};

use crate::cli::error::Failure;
use crate::domain::clock::NotBefore;

/// Returns once an answer may be given.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the caller that waits"
)]
pub fn until(not_before: NotBefore) {
    loop {
        let left = not_before.remaining(Instant::now());
        if left.is_zero() {
            return;
        }
        thread::sleep(left);
    }
}

/// Returns after `time`, for a command that looks again and again.
#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the caller that waits"
)]
pub fn before_the_next_look(time: Duration) {
    thread::sleep(time);
}

/// The failure, once it may be told. Every failure of a command passes through here before the
/// terminal gets it.
pub fn until_told(failure: Failure) -> Failure {
    if let Some(not_before) = failure.not_before {
        until(not_before);
    }
    failure
}
