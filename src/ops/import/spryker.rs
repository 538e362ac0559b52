//! A CSV export of Spryker's table `spy_user`.

use jiff::tz::TimeZone;

use super::error::{ReadError, RowError};
use super::field_names::plain;
use super::records::{CsvRecord, trimmed};
use super::row::{self, ImportedCredential, RowFailure};
use super::user_fields::ImportRow;
use super::zone::local_moment;
use crate::domain::clock::Timestamp;
use crate::domain::user::Status;

/// The columns that an import reads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SprykerColumn {
    FirstName,
    LastName,
    Username,
    Password,
    LastLogin,
    Status,
    CreatedAt,
    UpdatedAt,
}

impl SprykerColumn {
    const ALL: [(Self, &'static str); 8] = [
        (Self::FirstName, "first_name"),
        (Self::LastName, "last_name"),
        (Self::Username, "username"),
        (Self::Password, "password"),
        (Self::LastLogin, "last_login"),
        (Self::Status, "status"),
        (Self::CreatedAt, "created_at"),
        (Self::UpdatedAt, "updated_at"),
    ];

    fn named(name: &str) -> Option<(Self, &'static str)> {
        let plain = plain(name)?;
        let is_meant = |known: &str| known.bytes().filter(|byte| *byte != b'_').eq(plain.bytes());
        Self::ALL.into_iter().find(|(_, known)| is_meant(known))
    }
}

/// What each column holds; `None` for a column that is not read.
pub(super) struct SprykerColumns {
    taken: Vec<Option<(SprykerColumn, &'static str)>>,
    /// The number of columns up to the last one that is read.
    needed: usize,
}

/// Whether a column of `spy_user` that is read has this name.
pub(super) fn is_column(name: &str) -> bool {
    SprykerColumn::named(name).is_some()
}

/// Whether a header with these names is one of `spy_user`.
pub(super) fn is_header(header: &[&str]) -> bool {
    let names: Vec<String> = header.iter().filter_map(|name| plain(name)).collect();
    let has = |name: &str| names.iter().any(|other| other == name);
    has("username") && !has("email") && (has("iduser") || has("status") && has("password"))
}

impl SprykerColumns {
    /// Reads the header.
    pub fn named(header: &[&str]) -> Result<Self, ReadError> {
        let taken: Vec<_> = header.iter().map(|name| SprykerColumn::named(name)).collect();
        for (column, name) in SprykerColumn::ALL {
            let count = taken
                .iter()
                .flatten()
                .filter(|(other, _)| *other == column)
                .count();
            if count > 1 {
                return Err(ReadError::RepeatedColumn { name });
            }
            if count == 0 && column == SprykerColumn::Username {
                return Err(ReadError::MissingColumn { name });
            }
        }
        let needed = taken.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        Ok(Self { taken, needed })
    }

    /// The user in a row. Times are in `timezone`.
    pub fn row(&self, record: CsvRecord<'_>, timezone: &TimeZone) -> Result<ImportRow, RowFailure> {
        let is_username =
            |taken: &Option<(SprykerColumn, _)>| matches!(taken, Some((SprykerColumn::Username, _)));
        let place = self.taken.iter().position(is_username).unwrap_or_default();
        let username = record.cell(place);
        self.checked(record, username, timezone)
            .map_err(|error| RowFailure::new(record.line, username, record.explain(error)))
    }

    fn checked(
        &self,
        record: CsvRecord<'_>,
        username: Option<&str>,
        timezone: &TimeZone,
    ) -> Result<ImportRow, RowError> {
        record.check_len(self.needed, self.taken.len())?;
        let email = row::email("username", trimmed(username.ok_or(RowError::BadEncoding)?))?;
        let mut row = ImportRow::about(record.line, email);
        for (taken, cell) in self.taken.iter().zip(record.cells()) {
            let Some((column, field)) = *taken else { continue };
            let cell = trimmed(cell.ok_or(RowError::BadEncoding)?);
            if is_null(cell) {
                if column == SprykerColumn::Password {
                    row.credential = ImportedCredential::None;
                }
                continue;
            }
            match column {
                SprykerColumn::Username => {}
                SprykerColumn::FirstName => row.first_name = Some(row::name(field, cell)?),
                SprykerColumn::LastName => row.last_name = Some(row::name(field, cell)?),
                SprykerColumn::Password => row.credential = row::hash(field, cell)?,
                SprykerColumn::Status => row.status = Some(status(cell)?),
                SprykerColumn::LastLogin => row.last_login_at = moment(field, cell, timezone)?,
                SprykerColumn::CreatedAt => row.created_at = moment(field, cell, timezone)?,
                SprykerColumn::UpdatedAt => row.updated_at = moment(field, cell, timezone)?,
            }
        }
        Ok(row)
    }
}

/// As `MySQL` and PostgreSQL write it into files.
fn is_null(cell: &str) -> bool {
    matches!(cell, "" | "NULL" | "\\N")
}

/// Propel stores an `ENUM` as its place in the list `active,blocked,deleted`.
fn status(cell: &str) -> Result<Status, RowError> {
    match cell {
        "active" | "0" => Ok(Status::Active),
        "blocked" | "1" => Ok(Status::Deactivated),
        "deleted" | "2" => Ok(Status::Deleted),
        _ => Err(RowError::SprykerStatus),
    }
}

fn moment(field: &'static str, cell: &str, timezone: &TimeZone) -> Result<Option<Timestamp>, RowError> {
    // MySQL's zero date means that there is no time.
    if cell.starts_with("0000-00-00") {
        return Ok(None);
    }
    local_moment(cell, timezone)
        .map(Some)
        .ok_or(RowError::Timestamp { field })
}

#[cfg(test)]
mod tests {
    use super::super::format::{InputFormat, ReadOptions};
    use super::super::reader::tests::{failure, refusal, rows, rows_in};
    use super::*;

    const HEADER: &str =
        "id_user,first_name,last_name,username,password,last_login,status,created_at,updated_at";
    const BCRYPT: &str = "$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m";

    #[test]
    fn a_row_of_spy_user() {
        let row = rows(&format!(
            "{HEADER}\n1,صقر,الأيوبي,h@example.com,{BCRYPT},,blocked,2021-10-02 14:02:00.000000,2021-11-11 01:20:00.123456\n"
        ))
        .remove(0);
        assert_eq!(row.email.as_str(), "h@example.com");
        assert_eq!(row.status, Some(Status::Deactivated));
        assert_eq!(row.last_login_at, None);
        assert_eq!(row.created_at.unwrap().to_string(), "2021-10-02T14:02:00Z");
        assert_eq!(row.updated_at.unwrap().to_string(), "2021-11-11T01:20:00.123456Z");
        assert!(matches!(row.credential, ImportedCredential::Hash(_)));
    }

    #[test]
    fn any_order_further_columns_and_every_kind_of_nothing() {
        let text = "uuid,status,username,password,fk_locale,is_agent,last_login\n\
                    x,deleted,a@example.com,NULL,46,0,\\N\n\
                    x,active,b@example.com,,46,0,0000-00-00 00:00:00\n";
        let rows = rows(text);
        assert_eq!(rows[0].status, Some(Status::Deleted));
        assert!(matches!(rows[0].credential, ImportedCredential::None));
        assert_eq!((rows[0].last_login_at, rows[1].last_login_at), (None, None));
    }

    #[test]
    fn a_raw_export_has_the_status_as_its_place_in_the_enum() {
        let text = "id_user,username,status\n1,a@example.com,0\n2,b@example.com,1\n3,c@example.com,2\n";
        let statuses: Vec<_> = rows(text).iter().filter_map(|row| row.status).collect();
        assert_eq!(statuses, [Status::Active, Status::Deactivated, Status::Deleted]);
        let unknown = failure("id_user,username,status\n1,a@example.com,3\n").error;
        assert!(matches!(unknown, RowError::SprykerStatus));
    }

    #[test]
    fn a_spreadsheet_may_have_written_it_again() {
        let text = "\u{FEFF}ID_User;Username;Status;;\r\n1;\u{A0}a@example.com;active;;\r\n;;;;\r\n";
        let rows = rows(text);
        assert_eq!((rows.len(), rows[0].email.as_str()), (1, "a@example.com"));
    }

    #[test]
    fn times_are_in_the_zone_that_was_named() {
        let options = ReadOptions {
            timezone: TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap(),
            ..ReadOptions::default()
        };
        let times = |text: &str| {
            let text = format!("username,id_user,created_at\na@example.com,1,{text}\n");
            rows_in(&text, &options).remove(0).created_at.unwrap().to_string()
        };
        assert_eq!(times("2021-09-22 17:54:00.000000"), "2021-09-22T15:54:00Z");
        assert_eq!(times("2021-01-22 17:54:00"), "2021-01-22T16:54:00Z");
        assert_eq!(times("2021-10-31 02:30:00"), "2021-10-31T00:30:00Z");
        assert_eq!(times("2021-03-28 02:30:00"), "2021-03-28T01:30:00Z");
        assert_eq!(times("2021-09-22 17:54:00+05:00"), "2021-09-22T12:54:00Z");
    }

    #[test]
    fn each_bad_row_says_why() {
        let error = |cells: &str| failure(&format!("{HEADER}\n{cells}\n")).error;
        let row = |username: &str, password: &str, login: &str, status: &str| {
            error(&format!("1,A,B,{username},{password},{login},{status},,"))
        };
        assert!(matches!(
            row("admin", BCRYPT, "", "active"),
            RowError::Email {
                field: "username",
                ..
            }
        ));
        assert!(matches!(
            row("a@example.com", "secret", "", "active"),
            RowError::Hash { .. }
        ));
        assert!(matches!(
            row("a@example.com", BCRYPT, "never", "active"),
            RowError::Timestamp { .. }
        ));
        assert!(matches!(
            row("a@example.com", BCRYPT, "", "pending"),
            RowError::SprykerStatus
        ));
        assert!(matches!(
            error("1,A"),
            RowError::FieldCount {
                expected: 9,
                found: 2
            }
        ));
        let argon = "$argon2id$v=19$m=65536,t=4,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo";
        assert!(matches!(
            row("a@example.com", argon, "", "active"),
            RowError::UnquotedHash
        ));
    }

    #[test]
    fn it_is_told_from_our_own_and_needs_the_username() {
        assert!(is_header(&["username", "status", "password"]));
        assert!(!is_header(&["username", "email", "status", "password"]));
        assert!(!is_header(&["username", "password"]));
        assert!(matches!(
            refusal("id_user,username,username\n"),
            ReadError::RepeatedColumn { name: "username" }
        ));
        let options = ReadOptions {
            format: Some(InputFormat::Spryker),
            ..ReadOptions::default()
        };
        let read = super::super::reader::read(Box::new(&b"id_user,status\n"[..]), &options);
        assert!(matches!(read, Err(ReadError::MissingColumn { name: "username" })));
    }
}
