//! Why a token of a provider can't be believed.

/// Why an ID token, or `UserInfo` that is signed, can't be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// There is none.
    #[error("the provider sent none")]
    Missing,
    /// It can't be read.
    #[error("it isn't a signed token (JWS) that can be read")]
    Malformed,
    /// It is a JWE.
    #[error("it is encrypted, and this program can't decrypt it")]
    Encrypted,
    /// Its header has an extension that the reader must know.
    #[error("its header has an extension that this program doesn't know (`crit`)")]
    Critical,
    /// It is a token of another kind.
    #[error("its header says that it is another kind of token (`typ`)")]
    Kind,
    /// It lacks a claim that it must have.
    #[error("its claim `{0}` is missing")]
    Lacks(&'static str),
    /// A claim that counts has a value of another type.
    #[error("its claim `{0}` can't be read: the value is of the wrong type")]
    Claim(&'static str),
    /// Another issuer.
    #[error("it is from another issuer (`iss`)")]
    Issuer,
    /// For another client.
    #[error("it is made for another client, or for other clients too (`aud`)")]
    Audience,
    /// Another client asked for it.
    #[error("another client asked for it (`azp`)")]
    AuthorizedParty,
    /// The id of the person is empty.
    #[error("its claim `sub`, the id of the person, is empty")]
    Subject,
    /// From another sign-in.
    #[error("it belongs to another sign-in (`nonce`)")]
    Nonce,
    /// It has expired.
    #[error("it has expired (`exp`)")]
    Expired,
    /// It becomes valid later.
    #[error("it isn't valid yet (`iat` or `nbf`)")]
    NotYet,
    /// It is too old.
    #[error("it was made too long ago (`iat`)")]
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
    /// The key can't be used.
    #[error("it is signed with a key of the provider that this program can't use")]
    UnusableKey,
    /// The signature is wrong.
    #[error("its signature is wrong")]
    Signature,
    /// It is signed by a provider whose keys nobody knows.
    #[error("it is signed, and a plain OAuth 2.0 provider has no keys to verify the signature with")]
    NoKeys,
    /// It belongs to another access token.
    #[error("it belongs to another access token (`at_hash`)")]
    AccessToken,
}
