//! The fields of a user, in one table: the name of each, how an import reads it, how an export
//! writes it, and when a new user has it. The command line takes the names from this table too.
//!
//! A new field of a user is added to the type in `domain`, to the table in the store, and here.

use std::collections::HashSet;

use serde::Serialize;

use super::error::RowError;
use super::given::{FieldForm, Given, GivenValue};
use super::row::{self, ImportedCredential};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::throttle::LockKind;
use crate::domain::user::{Locale, Name, Status, User};

/// A row that keeps every rule that can be checked without a store. A field that the row does not
/// give is `None` or empty.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// The physical line the row begins on, counted from 1.
    pub line: u64,
    /// A `UUIDv7`, if the row has one.
    pub id: Option<UserId>,
    /// The address.
    pub email: EmailAddress,
    /// It can be given and empty.
    pub first_name: Option<Name>,
    /// It can be given and empty.
    pub last_name: Option<Name>,
    /// The language of mails to the user.
    pub locale: Option<Locale>,
    /// The status.
    pub status: Option<Status>,
    /// The groups, each once.
    pub groups: Vec<GroupName>,
    /// The password.
    pub credential: ImportedCredential,
    /// Whether the user must change the password before the first session.
    pub must_change_password: Option<bool>,
    /// The identities.
    pub identities: Vec<IdentityBond>,
    /// The last successful sign-in.
    pub last_login_at: Option<Timestamp>,
    /// When the user was created.
    pub created_at: Option<Timestamp>,
    /// When the user was last changed.
    pub updated_at: Option<Timestamp>,
    /// Django's `is_staff`. It gives no right here, and is counted.
    pub was_staff: bool,
    /// Django's `is_superuser`. It gives no right here, and is counted.
    pub was_superuser: bool,
}

/// A field of a user.
pub(super) struct UserField {
    pub name: &'static str,
    pub form: FieldForm,
    /// Reads the field of a row. The arguments are the values, the place of the field in the table,
    /// and the row.
    read: fn(&mut Given<'_>, usize, &mut ImportRow) -> Result<(), RowError>,
    /// The value in an export, where an export has the field.
    pub export: Option<fn(&User) -> Exported<'_>>,
    /// How the record of a new user lists the field, if it does.
    given: Option<Recorded>,
}

/// How the record of a new user lists a field.
#[derive(Clone, Copy)]
struct Recorded {
    /// The name in the record.
    name: &'static str,
    /// Whether a user has a value in the field.
    has_value: fn(&User) -> bool,
}

/// The value of a field in an export.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Exported<'a> {
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

/// The table, in the order of the user object: first the fields that lists show, then the secret
/// ones.
pub(super) const FIELDS: [UserField; 17] = [
    UserField {
        name: ID,
        form: FieldForm::Text,
        read: |given, at, row| {
            row.id = given.text(at).map(row::id).transpose()?;
            Ok(())
        },
        export: Some(|user| Exported::Id(user.id)),
        given: None,
    },
    UserField {
        name: EMAIL,
        form: FieldForm::Text,
        read: |_, _, _| Ok(()),
        export: Some(|user| Exported::Text(user.email.as_str())),
        given: Some(Recorded {
            name: EMAIL,
            has_value: |_| true,
        }),
    },
    UserField {
        name: "first_name",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.first_name = name_at(given, at, row)?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.first_name.as_str())),
        given: Some(Recorded {
            name: "first_name",
            has_value: |user| !user.first_name.as_str().is_empty(),
        }),
    },
    UserField {
        name: "last_name",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.last_name = name_at(given, at, row)?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.last_name.as_str())),
        given: Some(Recorded {
            name: "last_name",
            has_value: |user| !user.last_name.as_str().is_empty(),
        }),
    },
    UserField {
        name: "status",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.status = given.text(at).map(str::parse).transpose()?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.status.as_str())),
        given: Some(Recorded {
            name: "status",
            has_value: |_| true,
        }),
    },
    UserField {
        name: "locale",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.locale = given.text(at).map(Locale::parse).transpose()?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.locale.as_str())),
        given: Some(Recorded {
            name: "locale",
            has_value: |_| true,
        }),
    },
    UserField {
        name: "groups",
        form: FieldForm::Names,
        read: |given, at, row| {
            row.groups = groups_at(given, at)?;
            Ok(())
        },
        export: Some(|user| Exported::Groups(&user.groups)),
        given: Some(Recorded {
            name: "groups",
            has_value: |user| !user.groups.is_empty(),
        }),
    },
    UserField {
        name: "password_state",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.credential = given.credential(at, place_of("password"), place_of("password_hash"))?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.password_state.as_str())),
        given: Some(Recorded {
            name: "password",
            has_value: |user| user.password_state != PasswordState::None,
        }),
    },
    UserField {
        name: "must_change_password",
        form: FieldForm::Flag,
        read: |given, at, row| {
            if let Some(GivenValue::Flag(flag)) = given.take(at) {
                row.must_change_password = Some(flag);
            }
            Ok(())
        },
        export: Some(|user| Exported::Flag(user.must_change_password)),
        given: Some(Recorded {
            name: "must_change_password",
            has_value: |user| user.must_change_password,
        }),
    },
    UserField {
        name: "identities",
        form: FieldForm::Identities,
        read: |given, at, row| {
            row.identities = identities_at(given, at)?;
            Ok(())
        },
        export: Some(|user| Exported::Identities(&user.identities)),
        given: Some(Recorded {
            name: "identities",
            has_value: |user| !user.identities.is_empty(),
        }),
    },
    only_shown("lock"),
    only_shown("locked_until"),
    UserField {
        name: "last_login_at",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.last_login_at = moment_at(given, at)?;
            Ok(())
        },
        export: Some(|user| Exported::OptionalMoment(user.last_login_at)),
        given: None,
    },
    UserField {
        name: "created_at",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.created_at = moment_at(given, at)?;
            Ok(())
        },
        export: Some(|user| Exported::Moment(user.created_at)),
        given: None,
    },
    UserField {
        name: "updated_at",
        form: FieldForm::Text,
        read: |given, at, row| {
            row.updated_at = moment_at(given, at)?;
            Ok(())
        },
        export: Some(|user| Exported::Moment(user.updated_at)),
        given: None,
    },
    secret("password"),
    secret("password_hash"),
];

/// The name of the field that only the rows of an export have.
const ID: &str = "id";

/// The name of the field that every row needs.
pub(super) const EMAIL: &str = "email";

/// The number of secret fields. They stand at the end of the table.
const SECRETS: usize = 2;

/// The names of the fields that lists show, in their order.
pub const SHOWN_FIELDS: [&str; FIELDS.len() - SECRETS] = {
    let mut names = [""; FIELDS.len() - SECRETS];
    let mut place = 0;
    while place < names.len() {
        names[place] = FIELDS[place].name;
        place += 1;
    }
    names
};

const fn only_shown(name: &'static str) -> UserField {
    UserField {
        name,
        form: FieldForm::Shown,
        read: |_, _, _| Ok(()),
        export: None,
        given: None,
    }
}

/// A field that is read with the state of the password.
const fn secret(name: &'static str) -> UserField {
    UserField {
        name,
        form: FieldForm::Secret,
        read: |_, _, _| Ok(()),
        export: None,
        given: None,
    }
}

/// The place of the field of this name.
pub(super) fn find_place(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.name == name)
}

fn place_of(name: &'static str) -> usize {
    find_place(name).unwrap_or_default()
}

/// The fields in which a new user has a value, for the record and the answer.
pub(in crate::ops) fn given_fields(user: &User) -> Vec<&'static str> {
    let given = FIELDS.iter().filter_map(|field| field.given);
    given
        .filter(|recorded| (recorded.has_value)(user))
        .map(|recorded| recorded.name)
        .collect()
}

/// A pending user with this address and no other value, created `now`.
pub(in crate::ops) fn new_user(id: UserId, email: EmailAddress, now: Timestamp) -> User {
    User {
        id,
        email,
        first_name: Name::default(),
        last_name: Name::default(),
        status: Status::Pending,
        locale: Locale::default(),
        groups: Vec::new(),
        password_state: PasswordState::None,
        must_change_password: false,
        identities: Vec::new(),
        lock: LockKind::None,
        locked_until: None,
        last_login_at: None,
        created_at: now,
        updated_at: now,
    }
}

impl ImportRow {
    /// A row that gives an address and nothing else.
    pub(super) fn about(line: u64, email: EmailAddress) -> Self {
        Self {
            line,
            id: None,
            email,
            first_name: None,
            last_name: None,
            locale: None,
            status: None,
            groups: Vec::new(),
            credential: ImportedCredential::Unsaid,
            must_change_password: None,
            identities: Vec::new(),
            last_login_at: None,
            created_at: None,
            updated_at: None,
            was_staff: false,
            was_superuser: false,
        }
    }

    /// Checks the values of a row in CSV or JSON of our own.
    pub(super) fn check(line: u64, given: &mut Given<'_>) -> Result<Self, RowError> {
        let text = given
            .text(place_of(EMAIL))
            .ok_or(RowError::MissingField { field: EMAIL })?;
        // A user with an id was exported, and keeps what was accepted before a rule.
        let email = if given.text(place_of(ID)).is_some() {
            row::existing_email(EMAIL, text)?
        } else {
            row::email(EMAIL, text)?
        };
        let mut row = Self::about(line, email);
        for (place, field) in FIELDS.iter().enumerate() {
            (field.read)(given, place, &mut row)?;
        }
        Ok(row)
    }

    /// The user of the row, with `id` where the row has none. Groups, identities and the credential
    /// are left out.
    pub(super) fn user(&self, id: UserId, now: Timestamp) -> User {
        User {
            first_name: self.first_name.clone().unwrap_or_default(),
            last_name: self.last_name.clone().unwrap_or_default(),
            status: self.status.unwrap_or(Status::Pending),
            locale: self.locale.clone().unwrap_or_default(),
            last_login_at: self.last_login_at,
            created_at: self.created_at.unwrap_or(now),
            updated_at: self.updated_at.unwrap_or(now),
            ..new_user(self.id.unwrap_or(id), self.email.clone(), now)
        }
    }
}

fn name_at(given: &Given<'_>, place: usize, row: &ImportRow) -> Result<Option<Name>, RowError> {
    let field = FIELDS[place].name;
    let check = |text: &str| match row.id {
        Some(_) => row::existing_name(field, text),
        None => row::name(field, text),
    };
    given.text(place).map(check).transpose()
}

fn moment_at(given: &Given<'_>, place: usize) -> Result<Option<Timestamp>, RowError> {
    let field = FIELDS[place].name;
    let parse = |text: &str| text.parse().map_err(|_| RowError::Timestamp { field });
    given.text(place).map(parse).transpose()
}

fn groups_at(given: &mut Given<'_>, place: usize) -> Result<Vec<GroupName>, RowError> {
    let Some(GivenValue::Names(names)) = given.take(place) else {
        return Ok(Vec::new());
    };
    let mut groups = Vec::with_capacity(names.len());
    for text in names {
        groups.push(GroupName::parse(&text)?);
    }
    if groups.len() > 1 {
        let mut seen = HashSet::new();
        groups.retain(|group| seen.insert(group.canonical()));
    }
    Ok(groups)
}

fn identities_at(given: &mut Given<'_>, place: usize) -> Result<Vec<IdentityBond>, RowError> {
    let Some(GivenValue::Identities(identities)) = given.take(place) else {
        return Ok(Vec::new());
    };
    let bond = |[provider, issuer, subject]: [std::borrow::Cow<'_, str>; 3]| {
        let bond = IdentityBond::new(provider.into_owned(), issuer.into_owned(), subject.into_owned())?;
        Ok(bond)
    };
    identities.into_iter().map(bond).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
