//! Why an identity was not linked or unlinked.

use crate::domain::email::EmailAddress;
use crate::domain::ids::AttemptId;
use crate::domain::provider::ProviderName;

/// Why an identity was not linked or unlinked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// No refused sign-in has this id, or it was removed after its 30 days.
    #[error("there is no refused sign-in {0} that could be linked: refused sign-ins are kept for 30 days")]
    AttemptNotFound(AttemptId),
    /// The user already has another identity at this issuer. A user has at most one.
    #[error("{email} is linked to another account at {label} already")]
    LinkedToAnother {
        /// The user.
        email: EmailAddress,
        /// The label of the provider.
        label: String,
    },
    /// A subject that was given by hand is an e-mail address. An address can go to another person.
    #[error("`{subject}` is an e-mail address, and not the subject of an account")]
    SubjectIsAddress {
        /// What was given.
        subject: String,
    },
    /// The user has no identity at the provider.
    #[error("{email} isn't linked to `{provider}`, and no provider of that name is configured")]
    NotLinked {
        /// The user.
        email: EmailAddress,
        /// The name of the provider that was given.
        provider: ProviderName,
    },
    /// Without the identity the user could not sign in.
    #[error(
        "{email} could no longer sign in: the user has no other identity and no password that may be used"
    )]
    LastSignIn {
        /// The user.
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
            Self::SubjectIsAddress { .. } => "subject_is_address",
            Self::NotLinked { .. } => "identity_not_found",
            Self::LastSignIn { .. } => "last_sign_in",
        }
    }
}
