//! Sessions.

use std::sync::LazyLock;

use serde::Serialize;

use super::within::within;
use crate::cli::terminal::Record;
use crate::domain::session::Session;
use crate::domain::user::User;

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
        &["id", "email", "created_at", "idle_expires_at", "client"]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
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

    fn inner_fields() -> &'static [&'static str] {
        static FIELDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
            [
                within("user", User::fields()),
                within("session", Session::fields()),
            ]
            .concat()
        });
        &FIELDS
    }

    fn id(&self) -> Option<String> {
        Some(self.user.id.to_string())
    }
}
