//! Why an identity was not linked or unlinked.

use crate::domain::email::EmailAddress;
use crate::domain::ids::AttemptId;
use crate::domain::provider::ProviderName;

/// Why a user isn't linked, or stays so.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// No refused login of that id, or too long ago.
    #[error("there is no refused login {0} that could be linked: they are kept for 30 days")]
    AttemptNotFound(AttemptId),
    /// A user has one identity of an issuer.
    #[error("{email} is linked to another account at {label} already")]
    LinkedToAnother {
        /// Who is linked.
        email: EmailAddress,
        /// What people call the provider.
        label: String,
    },
    /// Nothing to unlink.
    #[error("{email} isn't linked to `{provider}`, and no provider of that name is configured")]
    NotLinked {
        /// Who isn't.
        email: EmailAddress,
        /// The name that was given.
        provider: ProviderName,
    },
    /// The user couldn't sign in any more.
    #[error("{email} could not sign in any more: there is no other identity, and no password they may use")]
    LastSignIn {
        /// Who couldn't.
        email: EmailAddress,
    },
}

impl IdentityError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::AttemptNotFound(_) => "attempt_not_found",
            Self::LinkedToAnother { .. } => "linked_to_another",
            Self::NotLinked { .. } => "identity_not_found",
            Self::LastSignIn { .. } => "last_sign_in",
        }
    }
}
