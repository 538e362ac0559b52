//! One row of an import, checked by the rules of the domain.

use std::borrow::Cow;
use std::collections::HashSet;

use secrecy::SecretString;
use uuid::Uuid;

use super::error::RowError;
use super::fields::{Field, Given};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::identity::IdentityBond;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordHash;
use crate::domain::user::{Locale, Name, Status};
use crate::hashing::{self, Imported};

/// A row that keeps every rule that can be checked without a store. A field the row says
/// nothing about is `None` (or empty).
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// The physical line the row begins on, counted from 1.
    pub line: u64,
    /// A `UUIDv7`, where the row brings its own.
    pub id: Option<UserId>,
    /// The address.
    pub email: EmailAddress,
    /// May be given and empty.
    pub first_name: Option<Name>,
    /// May be given and empty.
    pub last_name: Option<Name>,
    /// The language to write to them in.
    pub locale: Option<Locale>,
    /// Where the user is to stand.
    pub status: Option<Status>,
    /// The groups they are to be in, each once.
    pub groups: Vec<GroupName>,
    /// What the row says of a password.
    pub credential: ImportedCredential,
    /// Whether the password has to be changed before the first session.
    pub must_change_password: Option<bool>,
    /// The third-party accounts that are theirs.
    pub identities: Vec<IdentityBond>,
    /// The last successful sign-in.
    pub last_login_at: Option<Timestamp>,
    /// When the user was created.
    pub created_at: Option<Timestamp>,
    /// When they were last changed.
    pub updated_at: Option<Timestamp>,
    /// Django's `is_staff`: gives nothing here, and is counted.
    pub was_staff: bool,
    /// Django's `is_superuser`: gives nothing here, and is counted.
    pub was_superuser: bool,
}

/// What a row says of a password.
#[derive(Debug, Clone)]
pub enum ImportedCredential {
    /// Nothing.
    Unsaid,
    /// That there is none, or that it wasn't exported.
    None,
    /// That nobody knows it (state `random`).
    Random,
    /// The password itself, not checked against any policy yet.
    Plain(SecretString),
    /// A hash of a kind that can be verified.
    Hash(PasswordHash),
}

/// A row that was refused.
#[derive(Debug)]
pub struct RowFailure {
    /// The physical line the row begins on, counted from 1.
    pub line: u64,
    /// The address as the row has it, if it can be made out; not checked, so to be escaped.
    pub email: Option<String>,
    /// Why.
    pub error: RowError,
}

impl RowFailure {
    pub(super) fn new(line: u64, email: Option<&str>, error: RowError) -> Self {
        // Anything without an `@` may be a cell that slipped here from another column.
        let address = email
            .map(str::trim)
            .filter(|text| text.contains('@') && text.len() <= EmailAddress::MAX_BYTES);
        Self {
            line,
            email: address.map(str::to_owned),
            error,
        }
    }
}

impl ImportRow {
    /// A row that says nothing but whom it is about.
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

    /// Checks what a row in our own words gave.
    pub(super) fn check(line: u64, given: &mut Given<'_>) -> Result<Self, RowError> {
        let text = given
            .text(Field::Email)
            .ok_or(RowError::MissingField { field: "email" })?;
        let mut row = Self::about(line, email("email", text)?);
        row.id = given.text(Field::Id).map(id).transpose()?;
        row.first_name = named(given, Field::FirstName)?;
        row.last_name = named(given, Field::LastName)?;
        row.locale = given.text(Field::Locale).map(Locale::parse).transpose()?;
        row.status = given.text(Field::Status).map(str::parse).transpose()?;
        row.groups = groups(&given.groups)?;
        row.credential = credential(given)?;
        row.must_change_password = given.must_change_password;
        row.identities = identities(std::mem::take(&mut given.identities))?;
        row.last_login_at = moment(given, Field::LastLoginAt)?;
        row.created_at = moment(given, Field::CreatedAt)?;
        row.updated_at = moment(given, Field::UpdatedAt)?;
        Ok(row)
    }
}

pub(super) fn email(field: &'static str, text: &str) -> Result<EmailAddress, RowError> {
    EmailAddress::parse(text).map_err(|error| RowError::Email { field, error })
}

pub(super) fn name(field: &'static str, text: &str) -> Result<Name, RowError> {
    Name::parse(text).map_err(|error| RowError::Name { field, error })
}

pub(super) fn hash(field: &'static str, text: &str) -> Result<ImportedCredential, RowError> {
    match hashing::read_imported(text) {
        Ok(Imported::Hash(hash)) => Ok(ImportedCredential::Hash(hash)),
        Ok(Imported::Unusable) => Ok(ImportedCredential::None),
        Err(refusal) => Err(RowError::Hash { field, refusal }),
    }
}

fn named(given: &Given<'_>, field: Field) -> Result<Option<Name>, RowError> {
    given.text(field).map(|text| name(field.name(), text)).transpose()
}

fn moment(given: &Given<'_>, field: Field) -> Result<Option<Timestamp>, RowError> {
    let parse = |text: &str| {
        text.parse()
            .map_err(|_| RowError::Timestamp { field: field.name() })
    };
    given.text(field).map(parse).transpose()
}

/// Ids grow in order of creation, and lists rely on it: no other version will do.
fn id(text: &str) -> Result<UserId, RowError> {
    let uuid = Uuid::try_parse(text).map_err(|_| RowError::Id)?;
    if uuid.get_version() == Some(uuid::Version::SortRand) && uuid.get_variant() == uuid::Variant::RFC4122 {
        Ok(UserId(uuid))
    } else {
        Err(RowError::Id)
    }
}

fn groups(given: &[Cow<'_, str>]) -> Result<Vec<GroupName>, RowError> {
    let mut groups = Vec::with_capacity(given.len());
    for text in given {
        groups.push(GroupName::parse(text)?);
    }
    if groups.len() > 1 {
        let mut seen = HashSet::new();
        groups.retain(|group| seen.insert(group.canonical()));
    }
    Ok(groups)
}

fn identities(given: Vec<[Cow<'_, str>; 3]>) -> Result<Vec<IdentityBond>, RowError> {
    let bond = |parts: [Cow<'_, str>; 3]| {
        let [provider, issuer, subject] = parts.map(Cow::into_owned);
        Ok(IdentityBond::new(provider, issuer, subject)?)
    };
    given.into_iter().map(bond).collect()
}

/// A state alone never makes a password: of `set` without its hash, nothing is left.
fn credential(given: &mut Given<'_>) -> Result<ImportedCredential, RowError> {
    let random = match given.text(Field::PasswordState) {
        None => None,
        Some("random") => Some(true),
        Some("none" | "set") => Some(false),
        Some(_) => return Err(RowError::PasswordState),
    };
    let plain = given.take(Field::Password);
    match (plain, given.text(Field::PasswordHash)) {
        (Some(_), Some(_)) => Err(RowError::BothPasswordAndHash),
        (Some(plain), None) => Ok(ImportedCredential::Plain(plain.into_owned().into())),
        (None, _) if random == Some(true) => Ok(ImportedCredential::Random),
        (None, Some(text)) => hash("password_hash", text),
        (None, None) if random.is_some() => Ok(ImportedCredential::None),
        (None, None) => Ok(ImportedCredential::Unsaid),
    }
}
