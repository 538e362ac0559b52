//! Why there is no hash, and why a hash of another system is refused.

use std::time::Duration;

use crate::domain::clock::NoRandomness;
use crate::domain::floor::LONGEST_VERIFICATION;

/// Why a password was not hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashingError {
    /// There is no randomness for the salt.
    #[error("{NoRandomness}")]
    NoRandomness,
    /// Argon2 doesn't accept the cost, there is not enough memory, or the password is longer than
    /// [`LONGEST_PASSWORD`](super::LONGEST_PASSWORD).
    #[error("the password could not be hashed")]
    Failed,
}

impl From<NoRandomness> for HashingError {
    fn from(_: NoRandomness) -> Self {
        Self::NoRandomness
    }
}

/// Why a hash of another system is refused. No message holds the hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HashRefusal {
    /// The text is a hash of no kind that is known.
    #[error("the hash is of no kind that can be verified")]
    UnknownKind,
    /// The kind is known, and a password is found from such a hash within hours.
    #[error("the hash is of a kind that is too weak to be taken: {kind}")]
    TooWeak {
        /// The name of the kind.
        kind: &'static str,
    },
    /// The kind is known, and this program can't verify it.
    #[error("the hash is of a kind that can't be verified here: {kind}")]
    Unsupported {
        /// The name of the kind.
        kind: &'static str,
    },
    /// The kind is known, but the hash is cut off or not written in the form of its kind.
    #[error("the hash is damaged or not written as its kind is")]
    Malformed,
    /// One verification would need too much time or memory.
    #[error("the hash costs more than is allowed ({0})")]
    TooDear(CostLimit),
    /// One verification takes longer than [`LONGEST_VERIFICATION`] on this machine.
    #[error("one verification of the hash takes {:.1} s on this machine (at most {} s)", .time.as_secs_f64(), LONGEST_VERIFICATION.as_secs())]
    TooSlow {
        /// The processor time of one verification.
        time: Duration,
    },
}

/// The limit that a hash exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CostLimit {
    /// The memory of Argon2 and scrypt.
    #[error("at most 256 MiB")]
    Memory,
    /// The passes of Argon2.
    #[error("at most 16 passes")]
    Passes,
    /// The lanes of Argon2 and scrypt.
    #[error("at most 16 lanes")]
    Lanes,
    /// The cost of bcrypt.
    #[error("at most a bcrypt cost of 15")]
    Bcrypt,
    /// The rounds of PBKDF2, SHA-crypt and phpass.
    #[error("at most 5,000,000 rounds")]
    Rounds,
}
