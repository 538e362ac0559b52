//! Why a third-party login was refused, or failed.

use crate::domain::admission::{AdmissionFault, Refusal};
use crate::domain::group::GroupName;
use crate::domain::ids::AttemptId;
use crate::federation::{CheckFault, ProviderError, TransactionError};

/// Why nobody came in by way of a provider.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ThirdPartyError {
    /// The rules are against it.
    #[error("{} vouched for the person, but {}", .0.label, .0.refusal)]
    LoginRefused(LoginRefused),
    /// The provider, and what went wrong with it.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The login was completed before, is over, or belongs to something else.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// A step of the check of a provider.
    #[error(transparent)]
    Check(CheckFault),
    /// The strategy of the provider isn't sound.
    #[error(transparent)]
    Admission(#[from] AdmissionFault),
    /// A created user couldn't be put into their group.
    #[error("there is no group {0}, which `default_groups` of the provider names")]
    DefaultGroupMissing(GroupName),
}

/// A person who was refused although the provider vouched for them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginRefused {
    /// What people call the provider.
    pub label: String,
    /// Which rule it was.
    pub refusal: Refusal,
    /// What an operator links them by, where that would help.
    pub attempt: Option<AttemptId>,
}

impl From<CheckFault> for ThirdPartyError {
    fn from(fault: CheckFault) -> Self {
        match fault {
            CheckFault::Provider(error) => Self::Provider(error),
            fault => Self::Check(fault),
        }
    }
}

impl ThirdPartyError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LoginRefused(_) => "login_refused",
            Self::Provider(error) => error.code(),
            Self::Transaction(fault) => fault.code(),
            Self::Check(fault) => fault.code(),
            Self::Admission(_) => "unsound_strategy",
            Self::DefaultGroupMissing(_) => "default_group_missing",
        }
    }
}
