//! The output of `manage.py dumpdata auth.user`.

use jiff::tz::TimeZone;

use super::error::RowError;
use super::json::{self, Json, JsonMembers};
use super::objects::Object;
use super::row::{self, ImportedCredential, RowFailure};
use super::spryker::local_moment;
use super::user_fields::ImportRow;
use crate::domain::clock::Timestamp;
use crate::domain::user::{Name, Status};

/// Whether an object is an entry of a dump, of any model.
pub(super) fn is_entry(object: Object<'_>) -> bool {
    let Some(bytes) = object.bytes else { return false };
    json::object(bytes, object.line).is_ok_and(|entry| {
        let has_model = json::member(&entry, "model").is_some_and(|model| model.as_text().is_some());
        has_model && json::member(&entry, "fields").is_some()
    })
}

/// The user in an entry of the dump; `None` for other models. Times without an offset,
/// which Django writes with `USE_TZ = False`, are taken to be in `timezone`.
pub(super) fn row(object: Object<'_>, timezone: &TimeZone) -> Option<Result<ImportRow, RowFailure>> {
    let line = object.line;
    let fail = |email: Option<&str>, error| Some(Err(RowFailure::new(line, email, error)));
    let Some(bytes) = object.bytes else {
        return fail(None, RowError::TooLong);
    };
    let entry = match json::object(bytes, line) {
        Ok(entry) => entry,
        Err(error) => return fail(None, error),
    };
    match json::member(&entry, "model").and_then(Json::as_text) {
        None => return fail(None, RowError::MissingField { field: "model" }),
        Some(model) if !model.eq_ignore_ascii_case("auth.user") => return None,
        Some(_) => {}
    }
    let Some(Json::Object(members)) = json::member(&entry, "fields") else {
        return fail(None, RowError::MissingField { field: "fields" });
    };
    let fields = Fields { members, timezone };
    match fields.row(line) {
        Ok(row) => Some(Ok(row)),
        Err(error) => fail(json::member(members, "email").and_then(Json::as_text), error),
    }
}

struct Fields<'m, 'a> {
    members: &'m JsonMembers<'a>,
    timezone: &'m TimeZone,
}

impl Fields<'_, '_> {
    fn row(&self, line: u64) -> Result<ImportRow, RowError> {
        let email = self
            .text("email")?
            .ok_or(RowError::MissingField { field: "email" })?;
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
        Ok(row)
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

#[cfg(test)]
mod tests {
    use super::super::error::ReadError;
    use super::super::reader::tests::{failure, outcome, results, rows};
    use super::*;
    use crate::domain::email::EmailError;

    fn entry(fields: &str) -> String {
        format!("[\n{{\"model\": \"auth.user\", \"pk\": 1, \"fields\": {{{fields}}}}}\n]\n")
    }

    const PBKDF2: &str =
        "pbkdf2_sha256$60000$xMlwn0OLtmtjPuo9JaOHcR$lD+r9TMXXgWJjmO3yGJlwnAGfBln7CqYINSl7XvYAe0=";

    #[test]
    fn a_user_of_a_dump() {
        let row = rows(&entry(&format!(
            "\"password\":\"{PBKDF2}\",\"last_login\":null,\"is_superuser\":true,\"username\":\"ada\",\
             \"first_name\":\"Ada\",\"last_name\":\"\",\"email\":\"ada@example.com\",\"is_staff\":true,\
             \"is_active\":false,\"date_joined\":\"2022-09-19T18:47:00.5Z\",\"groups\":[1],\"user_permissions\":[]"
        )))
        .remove(0);
        assert_eq!(row.line, 2);
        assert_eq!(row.status, Some(Status::Deactivated));
        assert_eq!(row.first_name.unwrap().as_str(), "Ada");
        assert_eq!(row.last_name, None);
        assert!(matches!(row.credential, ImportedCredential::Hash(hash) if hash.as_str() == PBKDF2));
        assert_eq!(row.created_at.unwrap().to_string(), "2022-09-19T18:47:00.5Z");
        assert!(row.was_staff && row.was_superuser && row.groups.is_empty());
    }

    #[test]
    fn an_unusable_password_is_none() {
        for password in ["!aBcD", "!", ""] {
            let text = entry(&format!(
                "\"email\":\"a@example.com\",\"password\":\"{password}\""
            ));
            assert!(matches!(rows(&text)[0].credential, ImportedCredential::None));
        }
    }

    #[test]
    fn other_models_are_passed_over_and_lines_counted_through() {
        let text = "[{\"model\":\"auth.group\",\n\"pk\":1,\"fields\":{\"name\":\"a\"}},\n\
                    {\"model\":\"auth.user\",\"fields\":{\"email\":\"a@example.com\"}}]";
        let rows = rows(text);
        assert_eq!((rows.len(), rows[0].line), (1, 3));
        let lines = "{\"model\":\"auth.user\",\"fields\":{\"email\":\"a@example.com\"}}\n";
        assert_eq!(super::super::reader::tests::rows(lines).len(), 1);
    }

    #[test]
    fn a_dump_without_users_says_so() {
        let text = "[{\"model\":\"accounts.user\",\"pk\":1,\"fields\":{\"email\":\"a@example.com\"}}]";
        assert!(matches!(outcome(text.as_bytes()), Err(ReadError::NoUsers)));
    }

    #[test]
    fn each_bad_row_says_why() {
        let error = |fields: &str| failure(&entry(fields)).error;
        let empty = error("\"email\":\"\"");
        assert!(matches!(
            empty,
            RowError::Email {
                error: EmailError::Empty,
                ..
            }
        ));
        assert!(matches!(
            error("\"username\":\"a\""),
            RowError::MissingField { field: "email" }
        ));
        let also = |more: &str| error(&format!("\"email\":\"a@example.com\",{more}"));
        assert!(matches!(
            also("\"is_active\":1"),
            RowError::Flag { field: "is_active" }
        ));
        assert!(matches!(also("\"password\":\"md5$a$b\""), RowError::Hash { .. }));
        assert!(matches!(
            also("\"date_joined\":\"\""),
            RowError::Timestamp { field: "date_joined" }
        ));
        assert!(matches!(also("\"first_name\":[]"), RowError::WrongType { .. }));
        assert!(matches!(
            also("\"first_name\" 1"),
            RowError::NotJson { line: 2, .. }
        ));
    }

    #[test]
    fn a_bad_user_leaves_the_next_ones_readable() {
        let text = "[{\"model\":\"auth.user\",\"fields\":{\"email\":\"\"}},\n\
                    {\"model\":\"auth.user\",\"fields\":{\"email\":\"a@example.com\"}}]";
        let results = results(text.as_bytes());
        assert!(results[0].is_err() && results[1].is_ok());
    }
}
