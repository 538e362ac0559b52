//! Identities: the bond between somebody at a provider and a user of ours.

use super::clock::Timestamp;
use super::ids::{AttemptId, UserId};
use super::text;

/// The bond as it is shown beside its user.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct IdentityBond {
    /// The name of the provider in the configuration when the bond was made.
    pub provider: String,
    /// Who vouches; with [`subject`](Self::subject) it names one person in the world
    /// (OpenID Connect Core §5.7).
    pub issuer: String,
    /// The person's name there; never an address.
    pub subject: String,
}

/// A bond with all that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// Whose it is.
    pub user_id: UserId,
    /// The bond itself.
    pub bond: IdentityBond,
    /// When it was made.
    pub linked_at: Timestamp,
    /// When somebody last signed in by it.
    pub last_login_at: Option<Timestamp>,
}

/// Somebody whom a provider vouched for and who wasn't let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLogin {
    /// Names it.
    pub id: AttemptId,
    /// Who it was.
    pub bond: IdentityBond,
    /// The user of their address, if there is one.
    pub user_id: Option<UserId>,
    /// When.
    pub refused_at: Timestamp,
}

/// Why an identity was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "an identity needs a provider, an issuer and a subject of at most 255 characters each, without control characters"
)]
#[non_exhaustive]
pub struct IdentityError;

impl IdentityBond {
    /// Checks the three parts. The subject is at most 255 characters (OpenID Connect Core §2).
    ///
    /// # Errors
    /// [`IdentityError`] if one is empty, too long or holds control characters.
    pub fn new(provider: String, issuer: String, subject: String) -> Result<Self, IdentityError> {
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
            Err(IdentityError)
        }
    }
}
