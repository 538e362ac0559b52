//! Checks the parts of a row by the rules of the domain.

use secrecy::SecretString;
use uuid::Uuid;

use super::error::RowError;
use crate::domain::email::EmailAddress;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordHash;
use crate::domain::user::Name;
use crate::hashing::{self, Imported};

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

/// Ids grow in order of creation, and lists rely on it: no other version will do.
pub(super) fn id(text: &str) -> Result<UserId, RowError> {
    let uuid = Uuid::try_parse(text).map_err(|_| RowError::Id)?;
    if uuid.get_version() == Some(uuid::Version::SortRand) && uuid.get_variant() == uuid::Variant::RFC4122 {
        Ok(UserId(uuid))
    } else {
        Err(RowError::Id)
    }
}
