//! One user of a dump.

use jiff::tz::TimeZone;

use super::groups::{self, GroupKey};
use crate::domain::clock::Timestamp;
use crate::domain::user::{Name, Status};
use crate::ops::import::error::RowError;
use crate::ops::import::json::{self, Json, JsonMembers};
use crate::ops::import::row::{self, ImportedCredential};
use crate::ops::import::user_fields::ImportRow;
use crate::ops::import::zone::local_moment;

/// The fields of a user in a dump.
pub(super) struct Entry<'m, 'a> {
    pub members: &'m JsonMembers<'a>,
    /// The name of the field that holds the address.
    pub address: &'m str,
    /// The zone of times without an offset, which Django writes with `USE_TZ = False`.
    pub timezone: &'m TimeZone,
}

impl Entry<'_, '_> {
    pub fn row(&self, line: u64) -> Result<ImportRow, RowError> {
        let email = match json::member(self.members, self.address) {
            Some(Json::Text(email)) => email,
            Some(Json::Null) | None => return Err(RowError::MissingField { field: "email" }),
            Some(_) => {
                let (field, expected) = ("email", "a text");
                return Err(RowError::WrongType { field, expected });
            }
        };
        let mut row = ImportRow::about(line, row::email("email", email)?);
        row.first_name = self.name("first_name")?;
        row.last_name = self.name("last_name")?;
        row.credential = self.credential()?;
        row.status = self.flag("is_active")?.map(|active| {
            if active {
                Status::Active
            } else {
                Status::Deactivated
            }
        });
        row.last_login_at = self.moment("last_login")?;
        row.created_at = self.moment("date_joined")?;
        row.was_staff = self.flag("is_staff")?.unwrap_or(false);
        row.was_superuser = self.flag("is_superuser")?.unwrap_or(false);
        let permissions = json::member(self.members, "user_permissions");
        row.had_permissions = matches!(permissions, Some(Json::List(list)) if !list.is_empty());
        Ok(row)
    }

    /// The groups, by their keys in the dump.
    pub fn groups(&self) -> Result<Vec<GroupKey>, RowError> {
        groups::keys_in(json::member(self.members, "groups"))
    }

    fn text(&self, field: &'static str) -> Result<Option<&str>, RowError> {
        match json::member(self.members, field) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(RowError::WrongType {
                field,
                expected: "a text",
            }),
        }
    }

    fn flag(&self, field: &'static str) -> Result<Option<bool>, RowError> {
        match json::member(self.members, field) {
            None | Some(Json::Null) => Ok(None),
            Some(Json::Flag(flag)) => Ok(Some(*flag)),
            Some(_) => Err(RowError::Flag { field }),
        }
    }

    /// Django writes a missing name as an empty text.
    fn name(&self, field: &'static str) -> Result<Option<Name>, RowError> {
        let text = self.text(field)?.filter(|text| !text.is_empty());
        text.map(|text| row::name(field, text)).transpose()
    }

    fn moment(&self, field: &'static str) -> Result<Option<Timestamp>, RowError> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        local_moment(text, self.timezone)
            .map(Some)
            .ok_or(RowError::Timestamp { field })
    }

    /// In Django no password matches an empty text or `!…`.
    fn credential(&self) -> Result<ImportedCredential, RowError> {
        match self.text("password")? {
            None => Ok(ImportedCredential::Unsaid),
            Some("") => Ok(ImportedCredential::None),
            Some(text) => row::hash("password", text),
        }
    }
}
