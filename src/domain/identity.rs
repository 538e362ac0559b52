//! Identities: the bonds between accounts at providers and users.

use super::clock::Timestamp;
use super::ids::{AttemptId, UserId};
use super::text;

/// An account at a provider: what names the account, without the user.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct IdentityBond {
    /// The name of the provider in the configuration when the bond was made.
    pub provider: String,
    /// The issuer. Issuer and [`subject`](Self::subject) together name one account in the world
    /// (OpenID Connect Core §5.7).
    pub issuer: String,
    /// The id of the account at the issuer. It is never an e-mail address.
    pub subject: String,
}

/// The bond between an account at a provider and a user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// The user.
    pub user_id: UserId,
    /// The account at the provider.
    pub bond: IdentityBond,
    /// The time at which the account was linked to the user.
    pub linked_at: Timestamp,
    /// The time of the last sign-in with the account.
    pub last_login_at: Option<Timestamp>,
}

/// A sign-in at a provider that succeeded there and was refused here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLogin {
    /// The id of the refused sign-in.
    pub id: AttemptId,
    /// The account at the provider.
    pub bond: IdentityBond,
    /// The user with the address of the account, if there is one.
    pub user_id: Option<UserId>,
    /// The time of the refusal.
    pub refused_at: Timestamp,
}

/// The error for an identity with a part that is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an identity needs a provider, an issuer and a subject of at most 255 characters each, without control characters"
)]
#[non_exhaustive]
pub struct MalformedIdentity;

impl IdentityBond {
    /// Checks the three parts. The subject is at most 255 characters (OpenID Connect Core §2).
    ///
    /// # Errors
    /// [`MalformedIdentity`] if a part is empty or too long, or holds control characters.
    pub fn new(provider: String, issuer: String, subject: String) -> Result<Self, MalformedIdentity> {
        let fine = |part: &str| {
            !part.is_empty() && part.chars().count() <= 255 && !part.chars().any(text::is_hostile)
        };
        if fine(&provider) && fine(&issuer) && fine(&subject) {
            Ok(Self {
                provider,
                issuer,
                subject,
            })
        } else {
            Err(MalformedIdentity)
        }
    }
}
