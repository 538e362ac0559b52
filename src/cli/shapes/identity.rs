//! Identities.

use serde::Serialize;

use crate::cli::terminal::Record;
use crate::domain::clock::Timestamp;
use crate::domain::identity;
use crate::domain::ids::UserId;

/// Who signs in at which provider.
#[derive(Debug, Serialize)]
pub struct ShownIdentity {
    user_id: UserId,
    provider: String,
    issuer: String,
    subject: String,
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    linked_at: Timestamp,
    #[serde(serialize_with = "crate::domain::moment::seconds_if_any")]
    last_login_at: Option<Timestamp>,
}

impl From<&identity::Identity> for ShownIdentity {
    fn from(identity: &identity::Identity) -> Self {
        let bond = identity.bond.clone();
        Self {
            user_id: identity.user_id,
            provider: bond.provider,
            issuer: bond.issuer,
            subject: bond.subject,
            linked_at: identity.linked_at,
            last_login_at: identity.last_login_at,
        }
    }
}

impl Record for ShownIdentity {
    fn fields() -> &'static [&'static str] {
        &[
            "user_id",
            "provider",
            "issuer",
            "subject",
            "linked_at",
            "last_login_at",
        ]
    }

    fn columns() -> &'static [&'static str] {
        &["email", "provider", "subject", "linked_at", "last_login_at"]
    }

    fn id(&self) -> Option<String> {
        Some(self.user_id.to_string())
    }
}
