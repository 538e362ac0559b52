//! Hashes of other systems.

use std::borrow::Cow;

use super::error::HashRefusal;
use super::keycloak;
use super::limits::DEAREST_ARGON2;
use super::refused::refusal_of;
use super::scheme::Scheme;
use crate::domain::password::PasswordHash;

/// What a system wrote where the hash of a password stands: this program too, in an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// A hash. It is stored as it was given, without the blanks and quotes around it. The hash in a credential of
    /// Keycloak is stored in the PHC string format.
    Hash(PasswordHash),
    /// A text that means that the user has no password, or that it is locked: an empty text, Django's
    /// `!…`, and `*` or `!` of `/etc/shadow`.
    Unusable,
}

/// Reads a hash of another system, or a hash of ours.
///
/// It can be read if it is:
/// - in the PHC string format: Argon2 (i, d, id), scrypt, and PBKDF2 with SHA-1 or SHA-2;
/// - bcrypt: `$2a$`, `$2b$`, `$2x$`, `$2y$`, WordPress's `$wp$2y$`, passlib's `$bcrypt-sha256$`;
/// - of Django: `pbkdf2_sha256$`, `pbkdf2_sha1$`, `argon2$`, `scrypt$`, `bcrypt$`, `bcrypt_sha256$`;
/// - of Werkzeug: `pbkdf2:` and `scrypt:`;
/// - of passlib: `$pbkdf2$`, `$pbkdf2-sha256$`, `$pbkdf2-sha512$`;
/// - SHA-crypt: `$5$` and `$6$`;
/// - phpass: `$P$`, `$H$`, Drupal's `$S$`;
/// - of an LDAP server or Dovecot: `{SSHA}`, `{SSHA256}`, `{SSHA512}`, `{PBKDF2…}`, and `{CRYPT}` or
///   `{ARGON2}` in front of one of the others;
/// - of ASP.NET Core Identity (version 2 and 3), in base64;
/// - a credential of Keycloak, in JSON.
///
/// Base64 can be padded. Blanks and quotes around a hash, and JSON's `\/` for a `/`, don't count.
///
/// # Errors
/// [`HashRefusal`] if the hash is of another kind, if it isn't written in the form of its kind, or if
/// it costs too much.
pub fn read_imported(text: &str) -> Result<Imported, HashRefusal> {
    let given = without_quotes(text.trim());
    if given.is_empty() || given.starts_with('!') {
        return Ok(Imported::Unusable);
    }
    let text = if keycloak::is_credential(given) {
        Cow::Owned(keycloak::in_phc_format(given)?)
    } else if given.contains("\\/") {
        Cow::Owned(given.replace("\\/", "/"))
    } else {
        Cow::Borrowed(given)
    };
    match Scheme::read(&text, DEAREST_ARGON2) {
        Ok(_) => Ok(Imported::Hash(PasswordHash::from_stored(text))),
        Err(HashRefusal::UnknownKind) => match refusal_of(&text) {
            HashRefusal::UnknownKind if text.starts_with('*') => Ok(Imported::Unusable),
            refusal => Err(refusal),
        },
        Err(other) => Err(other),
    }
}

fn without_quotes(text: &str) -> &str {
    let unquoted = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
    unquoted('"').or_else(|| unquoted('\'')).unwrap_or(text)
}

#[cfg(test)]
mod forms;
#[cfg(test)]
mod made_elsewhere;
#[cfg(test)]
mod tests;
