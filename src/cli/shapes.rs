//! The shapes of the contract: what a record looks like in each format.

use serde::Serialize;
use serde_json::Value;

use crate::config::Setting;
use crate::domain::group::Group;
use crate::domain::session::Session;
use crate::domain::user::User;
use crate::terminal::Record;

impl Record for User {
    fn fields() -> &'static [&'static str] {
        &[
            "id",
            "email",
            "first_name",
            "last_name",
            "status",
            "locale",
            "groups",
            "password_state",
            "must_change_password",
            "identities",
            "lock",
            "locked_until",
            "last_login_at",
            "created_at",
            "updated_at",
        ]
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

impl Record for Setting {
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

/// A setting without its origin.
#[derive(Debug, Serialize)]
pub struct InForce {
    key: &'static str,
    value: Value,
}

impl From<Setting> for InForce {
    fn from(Setting { key, value, .. }: Setting) -> Self {
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
pub struct SignedIn<'a> {
    /// Who it is.
    pub user: &'a User,
    /// The session they have.
    pub session: &'a Session,
}

impl Record for SignedIn<'_> {
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
