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
    #[error(transparent)]
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
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{label} vouched for {}, but {refusal}{}", self.vouched_for(), self.given())]
#[non_exhaustive]
pub struct LoginRefused {
    /// The label of the provider.
    pub label: String,
    /// The rule that refused the person.
    pub refusal: Refusal,
    /// The e-mail address of the person, as the provider gave it.
    pub email: Option<String>,
    /// The claim or the field that says whether the address is verified, if there is one.
    pub verified_by: Option<String>,
    /// The id by which an operator can link the account, if a link would help.
    pub attempt: Option<AttemptId>,
}

impl LoginRefused {
    /// Whom the provider vouched for: the address, unless the refusal is that the address doesn't count.
    fn vouched_for(&self) -> &str {
        match &self.email {
            Some(email) if self.is_address_trusted() => email,
            _ => "the person",
        }
    }

    /// The address that doesn't count, and the claim that says so.
    fn given(&self) -> String {
        let Some(email) = self.email.as_ref().filter(|_| !self.is_address_trusted()) else {
            return String::new();
        };
        match &self.verified_by {
            Some(claim) if self.refusal == Refusal::EmailUnverified => {
                format!(" (the address is {email}, and `{claim}` is not true)")
            }
            _ => format!(" (the address is {email})"),
        }
    }

    fn is_address_trusted(&self) -> bool {
        let is_about_address = matches!(
            self.refusal,
            Refusal::EmailMissing
                | Refusal::EmailUnverified
                | Refusal::EmailMalformed
                | Refusal::ClaimMissing(_)
                | Refusal::ClaimDifferent(_)
        );
        !is_about_address
    }
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
