//! The fields of a user in import and export. The command line takes their names from here too.
//!
//! A new field of a user is added to the type in `domain`, to the table in the store, and to `table.rs`
//! here.

mod field;
mod table;
mod value;

use jiff::tz::TimeZone;
use value::FieldValue;

use super::error::RowError;
use super::given::Given;
use super::row;
use crate::domain::user::User;

pub(in crate::ops) use table::new_user;
pub(super) use table::{EMAIL, FIELDS, ImportRow, find_place};

/// The names of the fields that lists show, in their order.
pub const SHOWN_FIELDS: [&str; FIELDS.len() - table::SECRETS] = {
    let mut names = [""; FIELDS.len() - table::SECRETS];
    let mut place = 0;
    while place < names.len() {
        names[place] = FIELDS[place].name;
        place += 1;
    }
    names
};

/// The fields in which a new user has a value, for the record and the answer.
pub(in crate::ops) fn given_fields(user: &User) -> Vec<&'static str> {
    let given = FIELDS.iter().filter_map(|field| field.given);
    given
        .filter(|recorded| (recorded.has_value)(user))
        .map(|recorded| recorded.name)
        .collect()
}

/// Checks the values of a row in CSV or JSON of our own. Times without an offset are in `timezone`.
pub(super) fn check(line: u64, given: &mut Given<'_>, timezone: &TimeZone) -> Result<ImportRow, RowError> {
    let text = given
        .text(table::place_of(EMAIL))
        .ok_or(RowError::MissingField { field: EMAIL })?;
    // A user with an id was exported, and keeps what was accepted before a rule.
    let email = if given.text(table::place_of(table::ID)).is_some() {
        row::existing_email(EMAIL, text)?
    } else {
        row::email(EMAIL, text)?
    };
    let mut row = ImportRow::about(line, email);
    for (place, field) in FIELDS.iter().enumerate() {
        let mut value = FieldValue {
            given: &mut *given,
            place,
            field: field.name,
            timezone,
        };
        (field.read)(&mut value, &mut row)?;
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::super::given::FieldForm;
    use super::table::SECRETS;
    use super::*;
    use crate::domain::clock::Timestamp;
    use crate::domain::ids::UserId;

    #[test]
    fn no_two_fields_have_one_name_and_the_secret_ones_are_last() {
        for (place, field) in FIELDS.iter().enumerate() {
            assert_eq!(find_place(field.name), Some(place));
            let is_last = place >= FIELDS.len() - SECRETS;
            assert_eq!(field.form == FieldForm::Secret, is_last, "{}", field.name);
        }
    }

    #[test]
    fn the_table_has_the_fields_of_the_user_object() {
        let email = "ada@example.com".parse().unwrap();
        let user = new_user(UserId(uuid::Uuid::nil()), email, Timestamp::UNIX_EPOCH);
        let text = serde_json::to_string(&user).unwrap();
        let mut last = 0;
        for name in SHOWN_FIELDS {
            let place = text.find(&format!("\"{name}\":")).expect(name);
            assert!(place >= last, "{name}");
            last = place;
        }
        let object: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(object.as_object().unwrap().len(), SHOWN_FIELDS.len());
    }
}
