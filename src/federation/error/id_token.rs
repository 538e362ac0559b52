//! Why an ID token can't be believed.

/// Why an ID token can't be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenFault {
    /// There is none.
    #[error("there is none")]
    Missing,
    /// It isn't a token at all.
    #[error("it isn't a signed token with the claims it must have")]
    Malformed,
    /// Another issuer.
    #[error("it is from another issuer")]
    Issuer,
    /// For somebody else.
    #[error("it is made for somebody else, or for somebody else as well")]
    Audience,
    /// Authorized for somebody else.
    #[error("it was asked for by somebody else (`azp`)")]
    AuthorizedParty,
    /// Nobody is named.
    #[error("it names nobody (`sub`)")]
    Subject,
    /// An answer to another question.
    #[error("it answers another request (`nonce`)")]
    Nonce,
    /// Its time has run out.
    #[error("its time has run out")]
    Expired,
    /// From the future.
    #[error("it isn't valid yet")]
    NotYet,
    /// From long ago.
    #[error("it was made too long ago")]
    Stale,
    /// An algorithm that isn't allowed.
    #[error("it is signed with an algorithm that isn't allowed")]
    Algorithm,
    /// No key of the provider fits.
    #[error("it is signed with a key that the provider doesn't have")]
    UnknownKey,
    /// It doesn't say which of several keys.
    #[error("it doesn't say which of the provider's keys it is signed with")]
    AmbiguousKey,
    /// The signature is wrong.
    #[error("its signature is wrong")]
    Signature,
    /// It belongs to another access token.
    #[error("it belongs to another access token (`at_hash`)")]
    AccessToken,
}
