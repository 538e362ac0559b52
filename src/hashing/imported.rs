//! Hashes of other systems.

use super::error::HashRefusal;
use super::limits::DEAREST_ARGON2;
use super::scheme::Scheme;
use crate::domain::password::PasswordHash;

/// What a system wrote where the hash of a password stands: this program too, in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// A hash. It is stored as it was given.
    Hash(PasswordHash),
    /// Django's `!…`: the user has no password.
    Unusable,
}

/// Reads a hash of another system, or a hash of ours.
///
/// It can be read if it is, in the PHC string format, Argon2 (i, d, id), scrypt and PBKDF2 (SHA-1,
/// SHA-256, SHA-512); bcrypt (`$2a$`, `$2b$`, `$2y$`); and Django's `pbkdf2_sha256$`,
/// `argon2$`, `scrypt$`, `bcrypt_sha256$` and `!…`.
///
/// # Errors
/// [`HashRefusal`] if the hash is of another kind, if it isn't written exactly in the form of its
/// kind, or if it costs too much.
pub fn read_imported(text: &str) -> Result<Imported, HashRefusal> {
    if text.starts_with('!') {
        return Ok(Imported::Unusable);
    }
    Scheme::read(text, DEAREST_ARGON2)?;
    Ok(Imported::Hash(PasswordHash::from_stored(text)))
}

#[cfg(test)]
mod tests;
