//! Why a third-party login was refused, or failed.

use crate::domain::admission::{AdmissionFault, Refusal};
use crate::domain::group::GroupName;
use crate::domain::ids::AttemptId;
use crate::federation::{CheckFault, ProviderError, TransactionError};

/// Why a sign-in at a provider was refused, or failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ThirdPartyError {
    /// The provider vouched for the person, but a rule here refused the sign-in.
    #[error("{} vouched for the person, but {}", .0.label, .0.refusal)]
    LoginRefused(LoginRefused),
    /// The provider, or the way to it, failed.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The login was completed before, is over, or belongs to something else.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// A step of the check of a provider failed.
    #[error(transparent)]
    Check(CheckFault),
    /// The strategy of the provider is not allowed.
    #[error(transparent)]
    Admission(#[from] AdmissionFault),
    /// A group in `default_groups` of the provider does not exist.
    #[error("there is no group {0}, which `default_groups` of the provider names")]
    DefaultGroupMissing(GroupName),
}

/// A refusal of a person for whom the provider vouched.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoginRefused {
    /// The label of the provider.
    pub label: String,
    /// The rule that refused the person.
    pub refusal: Refusal,
    /// The id by which an operator can link the account, if a link would help.
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
