//! The fields of a user, in one table: the name of each, how an import reads it, how an export
//! writes it, and when the record of a new user lists it.

use super::field::{Exported, Recorded, UserField};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::throttle::LockKind;
use crate::domain::user::{Locale, Name, Status, User};
use crate::ops::import::given::FieldForm;
use crate::ops::import::row::{self, ImportedCredential};

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
    /// Whether the user had permissions of Django's. They give no right here, and are counted.
    pub had_permissions: bool,
    /// The number of groups of the user whose name a Django dump does not give.
    pub groups_left_out: u64,
    /// Fields of a Django dump that are not taken and that no earlier row has named.
    pub fields_left_out: Vec<String>,
}

/// The name of the field that only the rows of an export have.
pub(super) const ID: &str = "id";

/// The name of the field that every row needs.
pub(in crate::ops::import) const EMAIL: &str = "email";

/// The number of secret fields. They stand at the end of the table.
pub(super) const SECRETS: usize = 2;

/// The table, in the order of the user object: first the fields that lists show, then the secret
/// ones.
pub(in crate::ops::import) const FIELDS: [UserField<ImportRow>; 17] = [
    UserField {
        name: ID,
        form: FieldForm::Text,
        read: |value, row| {
            row.id = value.text().map(row::id).transpose()?;
            Ok(())
        },
        export: Some(|user| Exported::Id(user.id)),
        given: None,
    },
    UserField {
        name: EMAIL,
        form: FieldForm::Text,
        read: |_, _| Ok(()),
        export: Some(|user| Exported::Text(user.email.as_str())),
        given: Some(Recorded::always(EMAIL)),
    },
    UserField {
        name: "first_name",
        form: FieldForm::Text,
        read: |value, row| {
            row.first_name = value.name(row.id.is_some())?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.first_name.as_str())),
        given: Some(Recorded::if_any("first_name", |user| {
            !user.first_name.as_str().is_empty()
        })),
    },
    UserField {
        name: "last_name",
        form: FieldForm::Text,
        read: |value, row| {
            row.last_name = value.name(row.id.is_some())?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.last_name.as_str())),
        given: Some(Recorded::if_any("last_name", |user| {
            !user.last_name.as_str().is_empty()
        })),
    },
    UserField {
        name: "status",
        form: FieldForm::Text,
        read: |value, row| {
            row.status = value.text().map(str::parse).transpose()?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.status.as_str())),
        given: Some(Recorded::always("status")),
    },
    UserField {
        name: "locale",
        form: FieldForm::Text,
        read: |value, row| {
            row.locale = value.text().map(Locale::parse).transpose()?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.locale.as_str())),
        given: Some(Recorded::always("locale")),
    },
    UserField {
        name: "groups",
        form: FieldForm::Names,
        read: |value, row| {
            row.groups = value.groups()?;
            Ok(())
        },
        export: Some(|user| Exported::Groups(&user.groups)),
        given: Some(Recorded::if_any("groups", |user| !user.groups.is_empty())),
    },
    UserField {
        name: "password_state",
        form: FieldForm::Text,
        read: |value, row| {
            row.credential = value.credential(place_of("password"), place_of("password_hash"))?;
            Ok(())
        },
        export: Some(|user| Exported::Text(user.password_state.as_str())),
        given: Some(Recorded::if_any("password", |user| {
            user.password_state != PasswordState::None
        })),
    },
    UserField {
        name: "must_change_password",
        form: FieldForm::Flag,
        read: |value, row| {
            row.must_change_password = value.flag();
            Ok(())
        },
        export: Some(|user| Exported::Flag(user.must_change_password)),
        given: Some(Recorded::if_any("must_change_password", |user| {
            user.must_change_password
        })),
    },
    UserField {
        name: "identities",
        form: FieldForm::Identities,
        read: |value, row| {
            row.identities = value.identities()?;
            Ok(())
        },
        export: Some(|user| Exported::Identities(&user.identities)),
        given: Some(Recorded::if_any("identities", |user| !user.identities.is_empty())),
    },
    UserField::only_shown("lock"),
    UserField::only_shown("locked_until"),
    UserField {
        name: "last_login_at",
        form: FieldForm::Text,
        read: |value, row| {
            row.last_login_at = value.moment()?;
            Ok(())
        },
        export: Some(|user| Exported::OptionalMoment(user.last_login_at)),
        given: None,
    },
    UserField {
        name: "created_at",
        form: FieldForm::Text,
        read: |value, row| {
            row.created_at = value.moment()?;
            Ok(())
        },
        export: Some(|user| Exported::Moment(user.created_at)),
        given: None,
    },
    UserField {
        name: "updated_at",
        form: FieldForm::Text,
        read: |value, row| {
            row.updated_at = value.moment()?;
            Ok(())
        },
        export: Some(|user| Exported::Moment(user.updated_at)),
        given: None,
    },
    UserField::secret("password"),
    UserField::secret("password_hash"),
];

/// The place of the field of this name.
pub(in crate::ops::import) fn find_place(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.name == name)
}

pub(super) fn place_of(name: &'static str) -> usize {
    find_place(name).unwrap_or_default()
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
    pub(in crate::ops::import) fn about(line: u64, email: EmailAddress) -> Self {
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
            had_permissions: false,
            groups_left_out: 0,
            fields_left_out: Vec::new(),
        }
    }

    /// The user of the row, with `id` where the row has none. Groups, identities and the credential
    /// are left out.
    pub(in crate::ops::import) fn user(&self, id: UserId, now: Timestamp) -> User {
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
