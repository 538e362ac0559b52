//! The shapes of the contract: what a record looks like in each format.

use serde::Serialize;
use serde_json::Value;

use crate::cli::config::{Explanation, SettingInForce};
use crate::cli::terminal::Record;
use crate::domain::check::CheckStep;
use crate::domain::clock::Timestamp;
use crate::domain::group::Group;
use crate::domain::identity;
use crate::domain::ids::{MailId, ResetId, UserId};
use crate::domain::mail::{Notice, QueuedMail};
use crate::domain::reset::{ResetKind, ResetState};
use crate::domain::session::Session;
use crate::domain::user::User;
use crate::ops::import::SHOWN_FIELDS;
use crate::ops::mail::{Delivery, Flushed};
use crate::ops::resets::ListedLink;

impl Record for User {
    fn fields() -> &'static [&'static str] {
        &SHOWN_FIELDS
    }

    fn columns() -> &'static [&'static str] {
        &[
            "email",
            "first_name",
            "last_name",
            "status",
            "groups",
            "last_login_at",
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

impl Record for Group {
    fn fields() -> &'static [&'static str] {
        &["name", "members", "created_at"]
    }

    fn columns() -> &'static [&'static str] {
        Self::fields()
    }

    fn id(&self) -> Option<String> {
        Some(self.name.to_string())
    }
}

impl Record for Session {
    fn fields() -> &'static [&'static str] {
        &[
            "id",
            "user_id",
            "created_at",
            "expires_at",
            "idle_expires_at",
            "client",
        ]
    }

    fn columns() -> &'static [&'static str] {
        &["id", "user_id", "created_at", "idle_expires_at", "client"]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

impl Record for SettingInForce {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["key", "value", "origin"]
    }

    fn columns() -> &'static [&'static str] {
        Self::fields()
    }

    fn id(&self) -> Option<String> {
        None
    }
}

impl Record for Explanation {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["key", "meaning", "rule", "default", "section", "example"]
    }

    fn columns() -> &'static [&'static str] {
        Self::fields()
    }

    fn id(&self) -> Option<String> {
        None
    }
}

/// A setting without its origin.
#[derive(Debug, Serialize)]
pub struct InForce {
    key: String,
    value: Value,
}

impl From<SettingInForce> for InForce {
    fn from(SettingInForce { key, value, .. }: SettingInForce) -> Self {
        Self { key, value }
    }
}

impl Record for InForce {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["key", "value"]
    }

    fn columns() -> &'static [&'static str] {
        Self::fields()
    }

    fn id(&self) -> Option<String> {
        None
    }
}

/// Who is signed in, and how long.
#[derive(Debug, Serialize)]
pub struct ShownSession<'a> {
    /// Who it is.
    pub user: &'a User,
    /// The session they have.
    pub session: &'a Session,
}

impl Record for ShownSession<'_> {
    fn fields() -> &'static [&'static str] {
        &["user", "session"]
    }

    fn columns() -> &'static [&'static str] {
        Self::fields()
    }

    fn id(&self) -> Option<String> {
        Some(self.user.id.to_string())
    }
}

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
        &["user_id", "provider", "subject", "linked_at", "last_login_at"]
    }

    fn id(&self) -> Option<String> {
        Some(self.user_id.to_string())
    }
}

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
        &["id", "user_id", "kind", "state", "expires_at", "sent_at"]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

/// A mail that waits.
#[derive(Debug, Serialize)]
pub struct Queued {
    id: MailId,
    user_id: Option<UserId>,
    message: Notice,
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    created_at: Timestamp,
    attempts: u32,
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    next_attempt_at: Timestamp,
    last_error: Option<String>,
}

impl From<&QueuedMail> for Queued {
    fn from(mail: &QueuedMail) -> Self {
        Self {
            id: mail.id,
            user_id: mail.user_id,
            message: mail.notice,
            created_at: mail.created_at,
            attempts: mail.attempts,
            next_attempt_at: mail.next_attempt_at,
            last_error: mail.last_error.clone(),
        }
    }
}

impl Record for Queued {
    fn fields() -> &'static [&'static str] {
        &[
            "id",
            "user_id",
            "message",
            "created_at",
            "attempts",
            "next_attempt_at",
            "last_error",
        ]
    }

    fn columns() -> &'static [&'static str] {
        &[
            "id",
            "user_id",
            "message",
            "attempts",
            "next_attempt_at",
            "last_error",
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

/// A mail that was due, and what became of it.
#[derive(Debug, Serialize)]
pub struct FlushedMail {
    id: MailId,
    user_id: Option<UserId>,
    message: Notice,
    sent: bool,
    /// `sent`, `waits`, `uncertain` or `dropped`.
    outcome: &'static str,
    error: Option<String>,
}

impl From<&Flushed> for FlushedMail {
    fn from(flushed: &Flushed) -> Self {
        Self {
            id: flushed.mail.id,
            user_id: flushed.mail.user_id,
            message: flushed.mail.notice,
            sent: matches!(flushed.delivery, Delivery::Sent),
            outcome: flushed.delivery.as_str(),
            error: flushed.delivery.reason(),
        }
    }
}

impl Record for FlushedMail {
    fn fields() -> &'static [&'static str] {
        &["id", "user_id", "message", "sent", "outcome", "error"]
    }

    fn columns() -> &'static [&'static str] {
        Self::fields()
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}

/// One step of a check.
#[derive(Debug, Serialize)]
pub struct ShownStep {
    /// Which step.
    pub name: &'static str,
    /// Whether it went well.
    pub ok: bool,
    /// Whether it went well and there is something to think about.
    pub warning: bool,
    /// What was found.
    pub detail: String,
    /// What to do, where it didn't.
    pub hint: Option<String>,
}

impl From<CheckStep> for ShownStep {
    fn from(step: CheckStep) -> Self {
        Self {
            name: step.name,
            ok: step.ok,
            warning: step.warning,
            detail: step.detail,
            hint: step.hint,
        }
    }
}

impl Record for ShownStep {
    const HAS_IDS: bool = false;

    fn fields() -> &'static [&'static str] {
        &["name", "ok", "warning", "detail", "hint"]
    }

    fn columns() -> &'static [&'static str] {
        &["name", "ok", "detail"]
    }

    fn id(&self) -> Option<String> {
        None
    }
}
