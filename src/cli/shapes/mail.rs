//! Mail that waits, and what became of it.

use serde::Serialize;

use crate::cli::terminal::Record;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{MailId, UserId};
use crate::domain::mail::{Notice, QueuedMail};
use crate::ops::mail::{Delivery, Flushed};

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
            "email",
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

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}
