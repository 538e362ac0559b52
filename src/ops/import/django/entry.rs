//! One user of a dump.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::groups::{self, GroupKey};
use crate::domain::clock::Timestamp;
use crate::domain::user::{Name, Status};
use crate::ops::import::error::RowError;
use crate::ops::import::field_names;
use crate::ops::import::json::{self, Json, JsonMembers};
use crate::ops::import::row::{self, ImportedCredential};
use crate::ops::import::user_fields::ImportRow;
use crate::ops::import::zone::local_moment;

/// The fields that an import takes or counts, and the name for signing in, which is the address here.
const TAKEN: [&str; 12] = [
    "username",
    "email",
    "first_name",
    "last_name",
    "password",
    "is_active",
    "is_staff",
    "is_superuser",
    "last_login",
    "date_joined",
    "groups",
    "user_permissions",
];

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

    /// The names of the fields that have a value and are not taken, and are not in `known` yet. They are
    /// added to `known`, which keeps a few.
    pub fn new_left_out(&self, known: &mut BTreeSet<String>) -> Vec<String> {
        const MOST: usize = 20;
        let mut new = Vec::new();
        for (name, value) in self.members {
            let is_taken = TAKEN.contains(&name.as_ref()) || name == self.address;
            if is_taken || value.is_empty() || known.len() == MOST || known.contains(name.as_ref()) {
                continue;
            }
            known.insert(name.clone().into_owned());
            new.push(field_names::shown(name));
        }
        new
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
