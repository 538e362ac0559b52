//! Reset links.

use serde::Serialize;

use crate::cli::terminal::Record;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ResetId, UserId};
use crate::domain::reset::{ResetKind, ResetState};
use crate::ops::resets::ListedLink;

/// A reset link, and where it stands.
#[derive(Debug, Serialize)]
pub struct ShownLink {
    id: ResetId,
    user_id: UserId,
    kind: ResetKind,
    state: ResetState,
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    created_at: Timestamp,
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    expires_at: Timestamp,
    #[serde(serialize_with = "crate::domain::moment::seconds_if_any")]
    sent_at: Option<Timestamp>,
}

impl From<&ListedLink> for ShownLink {
    fn from(listed: &ListedLink) -> Self {
        let link = &listed.link;
        Self {
            id: link.id,
            user_id: link.user_id,
            kind: link.kind,
            state: listed.state,
            created_at: link.created_at,
            expires_at: link.expires_at,
            sent_at: link.sent_at,
        }
    }
}

impl Record for ShownLink {
    fn fields() -> &'static [&'static str] {
        &[
            "id",
            "user_id",
            "kind",
            "state",
            "created_at",
            "expires_at",
            "sent_at",
        ]
    }

    fn columns() -> &'static [&'static str] {
        &["id", "email", "kind", "state", "expires_at", "sent_at"]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}
