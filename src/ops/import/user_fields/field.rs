//! What the table of fields says about a field of a user.

use serde::Serialize;

use super::value::FieldValue;
use crate::domain::clock::Timestamp;
use crate::domain::group::GroupName;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::UserId;
use crate::domain::user::User;
use crate::ops::import::error::RowError;
use crate::ops::import::given::FieldForm;

/// A field of a user. `Row` is the row of an import.
pub(in crate::ops::import) struct UserField<Row> {
    pub name: &'static str,
    pub form: FieldForm,
    /// Reads the value that a row gave for the field.
    pub read: fn(&mut FieldValue<'_, '_>, &mut Row) -> Result<(), RowError>,
    /// The value in an export, where an export has the field.
    pub export: Option<fn(&User) -> Exported<'_>>,
    /// How the record of a new user lists the field, if it does.
    pub given: Option<Recorded>,
}

/// How the record of a new user lists a field.
#[derive(Clone, Copy)]
pub(in crate::ops::import) struct Recorded {
    /// The name in the record.
    pub name: &'static str,
    /// Whether a user has a value in the field.
    pub has_value: fn(&User) -> bool,
}

/// The value of a field in an export.
#[derive(Serialize)]
#[serde(untagged)]
pub(in crate::ops::import) enum Exported<'a> {
    Id(UserId),
    Text(&'a str),
    Flag(bool),
    Groups(&'a [GroupName]),
    Identities(&'a [IdentityBond]),
    #[serde(serialize_with = "crate::domain::moment::exact")]
    Moment(Timestamp),
    #[serde(serialize_with = "crate::domain::moment::exact_if_any")]
    OptionalMoment(Option<Timestamp>),
}

impl<Row> UserField<Row> {
    /// A field that a list shows, and that an import ignores.
    pub const fn only_shown(name: &'static str) -> Self {
        Self::unread(name, FieldForm::Shown)
    }

    /// A field that is read with the state of the password.
    pub const fn secret(name: &'static str) -> Self {
        Self::unread(name, FieldForm::Secret)
    }

    const fn unread(name: &'static str, form: FieldForm) -> Self {
        Self {
            name,
            form,
            read: |_, _| Ok(()),
            export: None,
            given: None,
        }
    }
}

impl Recorded {
    /// The record always lists the field.
    pub const fn always(name: &'static str) -> Self {
        Self::if_any(name, |_| true)
    }

    /// The record lists the field if the user has a value in it.
    pub const fn if_any(name: &'static str, has_value: fn(&User) -> bool) -> Self {
        Self { name, has_value }
    }
}
