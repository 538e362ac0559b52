//! Why a person can't sign in with an account at a provider.

/// Why a person can't sign in although the provider says who the person is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No user has this identity or this address.
    #[error("no user has this sign-in or its e-mail address")]
    Unknown,
    /// The user with this address is an administrator.
    #[error("an administrator is never linked by e-mail address")]
    Administrator,
    /// The user with this address has another identity of the same issuer.
    #[error("the user with this e-mail address is linked to another account there")]
    LinkedToAnother,
    /// The user is not activated yet.
    #[error("the user isn't activated yet")]
    Pending,
    /// The user is deactivated.
    #[error("the user is deactivated")]
    Deactivated,
    /// The user is deleted.
    #[error("the user is deleted")]
    Deleted,
    /// No user has this identity, and the provider gave no address.
    #[error("the provider gave no e-mail address, and nobody is linked to this sign-in yet")]
    EmailMissing,
    /// No user has this identity, and the provider doesn't say that the address is verified.
    #[error(
        "the provider doesn't say that the e-mail address is verified, and nobody is linked to this sign-in yet"
    )]
    EmailUnverified,
    /// No user has this identity, and we don't accept what the provider gave as an address.
    #[error("what the provider gave as the e-mail address isn't one")]
    EmailMalformed,
    /// The address looks like the address of a user, and is another one.
    #[error("the e-mail address only looks like that of a user")]
    LookAlike,
    /// No user has this identity, and the domain of the address is not among `email_domains`.
    #[error("the e-mail address is of a domain whose users can't sign in")]
    EmailDomain,
    /// A required claim is missing.
    #[error("the provider doesn't give the claim `{0}`, which is required")]
    ClaimMissing(String),
    /// A required claim has another value.
    #[error("the claim `{0}` does not have the value that `require_claims` asks for")]
    ClaimDifferent(String),
}

impl Refusal {
    /// The word for the refusal in the audit record.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Unknown => "unknown_user",
            Self::Administrator => "administrator",
            Self::LinkedToAnother => "linked_to_another",
            Self::Pending => "pending",
            Self::Deactivated => "deactivated",
            Self::Deleted => "deleted",
            Self::EmailMissing => "email_missing",
            Self::EmailUnverified => "email_unverified",
            Self::EmailMalformed => "email_malformed",
            Self::LookAlike => "look_alike",
            Self::EmailDomain => "email_domain",
            Self::ClaimMissing(_) => "claim_missing",
            Self::ClaimDifferent(_) => "claim_different",
        }
    }

    /// Whether the person can sign in after an operator links the identity by hand.
    #[must_use]
    pub fn is_mended_by_linking(&self) -> bool {
        match self {
            Self::Unknown
            | Self::Administrator
            | Self::LinkedToAnother
            | Self::EmailMissing
            | Self::EmailUnverified
            | Self::EmailMalformed
            | Self::LookAlike
            | Self::EmailDomain => true,
            Self::Pending
            | Self::Deactivated
            | Self::Deleted
            | Self::ClaimMissing(_)
            | Self::ClaimDifferent(_) => false,
        }
    }
}
