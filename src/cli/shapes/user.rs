//! Users and groups, and what belongs to a user.

use serde::Serialize;

use crate::cli::terminal::Record;
use crate::domain::email::EmailAddress;
use crate::domain::group::Group;
use crate::domain::user::User;
use crate::ops::import::SHOWN_FIELDS;

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

    fn handles() -> &'static [&'static str] {
        &["name"]
    }

    fn id(&self) -> Option<String> {
        Some(self.name.to_string())
    }
}

/// A record that belongs to a user. A table also has the address of the user, in the column `email`.
#[derive(Debug, Serialize)]
pub struct OfUser<R> {
    #[serde(flatten)]
    record: R,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<EmailAddress>,
}

impl<R> OfUser<R> {
    /// The record; with `email` for a table, without it for the other formats.
    pub fn new(record: R, email: Option<EmailAddress>) -> Self {
        Self { record, email }
    }
}

impl<R: Record> Record for OfUser<R> {
    const HAS_IDS: bool = R::HAS_IDS;

    fn fields() -> &'static [&'static str] {
        R::fields()
    }

    fn columns() -> &'static [&'static str] {
        R::columns()
    }

    fn handles() -> &'static [&'static str] {
        R::handles()
    }

    fn id(&self) -> Option<String> {
        self.record.id()
    }
}
