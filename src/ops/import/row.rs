//! Checks the parts of a row by the rules of the domain.

use secrecy::SecretString;
use uuid::Uuid;

use super::error::RowError;
use crate::domain::email::EmailAddress;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordHash;
use crate::domain::user::Name;
use crate::hashing::{self, Imported};

/// The password of a row.
#[derive(Debug, Clone)]
pub enum ImportedCredential {
    /// The row does not mention a password.
    Unsaid,
    /// There is no password, or it was not exported.
    None,
    /// The password is random and not known (state `random`).
    Random,
    /// The password itself. It is not checked against the policy yet.
    Plain(SecretString),
    /// A hash that can be verified.
    Hash(PasswordHash),
}

/// A row that was refused.
#[derive(Debug)]
pub struct RowFailure {
    /// The physical line the row begins on, counted from 1.
    pub line: u64,
    /// The address in the row, if it is recognised. It is not checked, so escape it before you show it.
    pub email: Option<String>,
    /// The reason.
    pub error: RowError,
}

impl RowFailure {
    pub(super) fn new(line: u64, email: Option<&str>, error: RowError) -> Self {
        // A text without an `@` may be a cell of another column, for example a password.
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

pub(super) fn email(field: &'static str, text: &str) -> Result<EmailAddress, RowError> {
    EmailAddress::parse(text).map_err(|error| RowError::Email { field, error })
}

/// As [`email`], for a row of an export: the user had the address before.
pub(super) fn existing_email(field: &'static str, text: &str) -> Result<EmailAddress, RowError> {
    EmailAddress::parse_existing(text).map_err(|error| RowError::Email { field, error })
}

/// As [`name`], for a row of an export: the user had the name before.
pub(super) fn existing_name(field: &'static str, text: &str) -> Result<Name, RowError> {
    Name::parse_existing(text).map_err(|error| RowError::Name { field, error })
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

/// Only version 7 is accepted: its ids grow in order of creation, and lists rely on it.
pub(super) fn id(text: &str) -> Result<UserId, RowError> {
    let uuid = Uuid::try_parse(text).map_err(|_| RowError::Id)?;
    if uuid.get_version() == Some(uuid::Version::SortRand) && uuid.get_variant() == uuid::Variant::RFC4122 {
        Ok(UserId(uuid))
    } else {
        Err(RowError::Id)
    }
}
