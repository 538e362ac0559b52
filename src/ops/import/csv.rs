//! CSV with our names: the header has the names of the fields.

use std::borrow::Cow;

use super::error::{ReadError, RowError};
use super::field_names;
use super::given::{FieldForm, Given, GivenValue};
use super::records::CsvRecord;
use super::row::RowFailure;
use super::user_fields::{self, EMAIL, FIELDS, ImportRow, find_place};

/// The place of the field of each column in the table of fields.
pub(super) struct UserColumns(Vec<usize>);

impl UserColumns {
    /// Reads the header.
    pub fn named(header: &[&str]) -> Result<Self, ReadError> {
        if header.iter().all(|name| find_place(name).is_none()) {
            return Err(ReadError::NoHeader);
        }
        let mut columns = Vec::with_capacity(header.len());
        for name in header {
            let place = find_place(name).ok_or_else(|| ReadError::UnknownColumn {
                name: field_names::shown(name),
                nearest: field_names::nearest(name),
            })?;
            if columns.contains(&place) {
                return Err(ReadError::RepeatedColumn {
                    name: FIELDS[place].name,
                });
            }
            columns.push(place);
        }
        if columns.iter().any(|place| FIELDS[*place].name == EMAIL) {
            Ok(Self(columns))
        } else {
            Err(ReadError::MissingColumn { name: EMAIL })
        }
    }

    pub fn row(&self, record: CsvRecord<'_>) -> Result<ImportRow, RowFailure> {
        self.given(record)
            .and_then(|mut given| user_fields::check(record.line, &mut given))
            .map_err(|error| {
                let place = self.0.iter().position(|place| FIELDS[*place].name == EMAIL);
                let email = place.and_then(|place| record.cell(place));
                RowFailure::new(record.line, email, record.explain(error))
            })
    }

    fn given<'r>(&self, record: CsvRecord<'r>) -> Result<Given<'r>, RowError> {
        record.check_len(self.0.len())?;
        let mut given = Given::new(FIELDS.len());
        for (place, cell) in self.0.iter().zip(record.cells()) {
            let (field, cell) = (&FIELDS[*place], cell.ok_or(RowError::BadEncoding)?);
            // An empty cell gives no value: an update does not remove a name by it. Only an empty
            // address is a value, because the message for it differs from a missing column.
            if cell.is_empty() && field.name != EMAIL {
                continue;
            }
            let value = match field.form {
                FieldForm::Identities | FieldForm::Shown => continue,
                // A list never shows a secret, so a `'` in front of it is a part of it.
                FieldForm::Secret => GivenValue::Text(Cow::Borrowed(cell)),
                FieldForm::Names => {
                    GivenValue::Names(unguarded(cell).split(';').map(Cow::Borrowed).collect())
                }
                FieldForm::Flag => GivenValue::Flag(flag(field.name, cell)?),
                FieldForm::Text => GivenValue::Text(Cow::Borrowed(unguarded(cell))),
            };
            given.set(*place, value);
        }
        Ok(given)
    }
}

/// The cell without the `'` that our CSV output puts in front of a formula of a spreadsheet.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

/// Spreadsheets write `TRUE`.
fn flag(field: &'static str, cell: &str) -> Result<bool, RowError> {
    if cell.eq_ignore_ascii_case("true") {
        Ok(true)
    } else if cell.eq_ignore_ascii_case("false") {
        Ok(false)
    } else {
        Err(RowError::Flag { field })
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::tests::{failure, refusal, rows};
    use super::super::row::ImportedCredential;
    use super::*;
    use secrecy::ExposeSecret;

    const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo";

    #[test]
    fn every_column_is_read() {
        let text = format!(
            "\u{FEFF}id,email,first_name,last_name,locale,status,groups,must_change_password,\
             password_hash,created_at,updated_at,last_login_at\r\n\
             0193b0e5-7c5e-7000-8000-000000000001,ada@example.com,Ada,\"Love\"\"lace\",en,active,\
             support; catalog;SUPPORT,TRUE,\"{HASH}\",2026-11-24T09:00:00Z,2026-11-24T09:00:00.123456Z,\r\n"
        );
        let row = rows(&text).remove(0);
        assert_eq!(row.line, 2);
        assert_eq!(
            row.id.unwrap().to_string(),
            "0193b0e5-7c5e-7000-8000-000000000001"
        );
        assert_eq!(row.email.as_str(), "ada@example.com");
        assert_eq!(row.last_name.unwrap().as_str(), "Love\"lace");
        assert_eq!(row.locale.unwrap().as_str(), "en");
        assert_eq!(row.status.unwrap().as_str(), "active");
        let groups: Vec<_> = row.groups.iter().map(ToString::to_string).collect();
        assert_eq!(groups, ["support", "catalog"]);
        assert_eq!(row.must_change_password, Some(true));
        assert!(matches!(row.credential, ImportedCredential::Hash(hash) if hash.as_str() == HASH));
        assert_eq!(row.created_at.unwrap().to_string(), "2026-11-24T09:00:00Z");
        assert_eq!(row.updated_at.unwrap().to_string(), "2026-11-24T09:00:00.123456Z");
        assert_eq!(row.last_login_at, None);
    }

    #[test]
    fn what_our_own_list_prints_reads_in() {
        let text = "id,email,first_name,last_name,status,locale,groups,password_state,must_change_password,\
                    identities,lock,locked_until,last_login_at,created_at,updated_at\n\
                    0193b0e5-7c5e-7000-8000-000000000001,ada@example.com,'=Ada,'x,active,en,support,set,false,\
                    \"[{}]\",slowed,2026-11-24T09:00:00Z,,2026-11-24T09:00:00Z,2026-11-24T09:00:00Z\n";
        let row = rows(text).remove(0);
        assert_eq!(row.first_name.unwrap().as_str(), "=Ada");
        assert_eq!(row.last_name.unwrap().as_str(), "'x");
        assert!(row.identities.is_empty());
        assert!(matches!(row.credential, ImportedCredential::None));
    }

    #[test]
    fn an_empty_cell_says_nothing_and_a_password_is_taken_as_it_stands() {
        let text = "email,password,first_name\na@example.com,,\nb@example.com,'=1+1 ,\n";
        let rows = rows(text);
        assert!(matches!(rows[0].credential, ImportedCredential::Unsaid));
        assert_eq!(rows[0].first_name, None);
        assert!(matches!(&rows[1].credential, ImportedCredential::Plain(p) if p.expose_secret() == "'=1+1 "));
    }

    #[test]
    fn each_bad_row_says_why() {
        let error = |header: &str, cells: &str| failure(&format!("{header}\n{cells}\n")).error;
        assert!(matches!(error("email,locale", ",en"), RowError::Email { .. }));
        assert!(matches!(error("email", "ada@"), RowError::Email { .. }));
        assert!(matches!(
            error("email,last_name", "a@example.com,\"x\ny\""),
            RowError::Name {
                field: "last_name",
                ..
            }
        ));
        assert!(matches!(
            error("email,first_name", "a@example.com,x\0"),
            RowError::Name {
                field: "first_name",
                ..
            }
        ));
        assert!(matches!(
            error("email,locale", "a@example.com,english language"),
            RowError::Locale(_)
        ));
        assert!(matches!(
            error("email,status", "a@example.com,blocked"),
            RowError::Status(_)
        ));
        assert!(matches!(
            error("email,groups", "a@example.com,a;;b"),
            RowError::Group(_)
        ));
    }

    #[test]
    fn a_bad_id_hash_time_or_password_says_why() {
        let error = |header: &str, cells: &str| failure(&format!("{header}\n{cells}\n")).error;
        assert!(matches!(error("email,id", "a@example.com,7"), RowError::Id));
        let v4 = "a@example.com,936da01f-9abd-4d9d-80c7-02af85c822a8";
        assert!(matches!(error("email,id", v4), RowError::Id));
        assert!(matches!(
            error("email,password_hash", "a@example.com,x"),
            RowError::Hash { .. }
        ));
        assert!(matches!(
            error("email,created_at", "a@example.com,yesterday"),
            RowError::Timestamp { field: "created_at" }
        ));
        assert!(matches!(
            error("email,must_change_password", "a@example.com,maybe"),
            RowError::Flag { .. }
        ));
        assert!(matches!(
            error("email,password_state", "a@example.com,secret"),
            RowError::PasswordState
        ));
        assert!(matches!(
            error("email,password,password_hash", "a@example.com,x,y"),
            RowError::BothPasswordAndHash
        ));
    }

    #[test]
    fn a_row_with_too_few_cells_is_refused_and_its_address_told() {
        let on = |header: &str, cells: &str| failure(&format!("{header}\n{cells}\n"));
        let error = |header: &str, cells: &str| on(header, cells).error;
        assert!(matches!(
            error("email,locale", "a@example.com"),
            RowError::FieldCount {
                expected: 2,
                found: 1
            }
        ));
        assert_eq!(
            on("email,locale", "a@example.com").email.as_deref(),
            Some("a@example.com")
        );
    }

    #[test]
    fn a_hash_without_quotes_is_named_as_such() {
        for text in [
            format!("email,password_hash\na@example.com,{HASH}\n"),
            format!("password_hash,email\n{HASH},a@example.com\n"),
            // Short of two cells, so that the number is right by chance.
            format!("email,password_hash,locale,status\na@example.com,{HASH}\n"),
        ] {
            let failure = failure(&text);
            assert!(matches!(failure.error, RowError::UnquotedHash), "{text}");
            assert!(!failure.error.to_string().contains("c2FsdHNhbHRzYWx0"));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_one_rows_trouble() {
        let mut bytes = b"email,first_name\na@example.com,x".to_vec();
        bytes.extend_from_slice(b"\xFF\nb@example.com,y\n");
        let results = super::super::reader::tests::results(&bytes);
        let failure = results[0].as_ref().unwrap_err();
        assert_eq!(
            (failure.line, failure.email.as_deref()),
            (2, Some("a@example.com"))
        );
        assert!(matches!(failure.error, RowError::BadEncoding));
        assert!(results[1].is_ok());
    }

    #[test]
    fn a_header_that_is_none_is_refused() {
        assert!(matches!(
            refusal("ada@example.com,Ada,hunter2\n"),
            ReadError::NoHeader
        ));
        assert!(matches!(
            refusal("first_name,last_name\n"),
            ReadError::MissingColumn { name: "email" }
        ));
        assert!(matches!(
            refusal("email,email\n"),
            ReadError::RepeatedColumn { name: "email" }
        ));
        assert!(matches!(
            refusal("email,firstname\n"),
            ReadError::UnknownColumn {
                nearest: Some("first_name"),
                ..
            }
        ));
        assert!(matches!(
            refusal("email;first_name\n"),
            ReadError::Separator { separator: ';' }
        ));
        assert!(matches!(
            refusal("email\tfirst_name\n"),
            ReadError::Separator { separator: '\t' }
        ));
    }
}
