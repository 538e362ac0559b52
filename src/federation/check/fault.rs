//! Which step of a check failed, and why.

use super::super::error::ProviderError;
use super::super::listener::ListenError;
use super::announced::Unsupported;

/// What failed, and in which step.
#[derive(Debug, thiserror::Error)]
pub enum CheckFault {
    /// The provider.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The way back.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The provider has no key that could sign an ID token.
    #[error("the provider has no key for {}", algorithms.join(", "))]
    NoKey {
        /// The algorithms that are allowed.
        algorithms: Vec<&'static str>,
    },
    /// Every key has a twin, so no ID token says which key it is signed with.
    #[error("the provider has each key twice, or two keys with the same id (`kid`) for the same algorithm")]
    SameKeyId,
    /// The provider announces what this program can't do.
    #[error("{}", joined(.0))]
    Unsupported(Vec<Unsupported>),
    /// No ID token would be believed.
    #[error("the clock of this machine is {off} {side} the provider's")]
    Clock {
        /// By how much.
        off: String,
        /// `ahead of` or `behind`.
        side: &'static str,
    },
}

fn joined(unsupported: &[Unsupported]) -> String {
    let all: Vec<String> = unsupported.iter().map(ToString::to_string).collect();
    all.join("; ")
}

/// The step of a check that failed, and why.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedStep<F> {
    /// The name of the step.
    pub step: &'static str,
    /// Why it failed.
    pub fault: F,
}

impl<F> FailedStep<F> {
    /// Says of a fault at which step it happened.
    pub(crate) fn at<E: Into<F>>(step: &'static str) -> impl FnOnce(E) -> Self {
        move |fault| Self {
            step,
            fault: fault.into(),
        }
    }
}

impl CheckFault {
    /// The word by which a program tells the faults apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Provider(error) => error.code(),
            Self::Listen(error) => error.code(),
            Self::NoKey { .. } | Self::SameKeyId => "provider_failed",
            Self::Unsupported(_) => "provider_unsupported",
            Self::Clock { .. } => "clock_off",
        }
    }
}
