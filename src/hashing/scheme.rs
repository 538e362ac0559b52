//! The kinds of hashes that can be verified.

use argon2::Algorithm;

use super::argon2id::Argon2Hash;
use super::bcrypt::{BcryptHash, BcryptInput};
use super::error::HashRefusal;
use super::limits::{Argon2Limits, LONGEST_HASH};
use super::pbkdf2::{Digest, Pbkdf2Hash};
use super::scrypt::ScryptHash;

/// A hash that was read, of one of the kinds.
pub(super) enum Scheme {
    Argon2(Argon2Hash),
    Bcrypt(BcryptHash),
    Scrypt(ScryptHash),
    Pbkdf2(Pbkdf2Hash),
}

impl Scheme {
    /// Reads a hash. A hash of Argon2 can cost as much as `dearest`.
    pub(super) fn read(text: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        let (kind, body) = text.split_once('$').ok_or(HashRefusal::UnknownKind)?;
        if text.len() > LONGEST_HASH {
            return Err(HashRefusal::Malformed);
        }
        match kind {
            "" => Self::read_crypt(text, body, dearest),
            "argon2" => Self::read_argon2(body, dearest),
            "bcrypt_sha256" => BcryptHash::read(BcryptInput::Sha256Hex, body).map(Self::Bcrypt),
            "scrypt" => ScryptHash::read_django(body).map(Self::Scrypt),
            "pbkdf2_sha256" => Pbkdf2Hash::read_django(body).map(Self::Pbkdf2),
            _ => Err(HashRefusal::UnknownKind),
        }
    }

    /// Reads a hash that begins with a `$`.
    fn read_crypt(text: &str, rest: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        let (kind, body) = rest.split_once('$').ok_or(HashRefusal::UnknownKind)?;
        match kind {
            "2a" | "2b" | "2y" => BcryptHash::read(BcryptInput::Password, text).map(Self::Bcrypt),
            "scrypt" => ScryptHash::read(body).map(Self::Scrypt),
            "pbkdf2-sha1" => Pbkdf2Hash::read(Digest::Sha1, body).map(Self::Pbkdf2),
            "pbkdf2-sha256" => Pbkdf2Hash::read(Digest::Sha256, body).map(Self::Pbkdf2),
            "pbkdf2-sha512" => Pbkdf2Hash::read(Digest::Sha512, body).map(Self::Pbkdf2),
            _ => Self::read_argon2(rest, dearest),
        }
    }

    fn read_argon2(rest: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        let (kind, body) = rest.split_once('$').ok_or(HashRefusal::UnknownKind)?;
        let kind = Algorithm::new(kind).map_err(|_| HashRefusal::UnknownKind)?;
        Argon2Hash::read(kind, body, dearest).map(Self::Argon2)
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        match self {
            Self::Argon2(hash) => hash.matches(password),
            Self::Bcrypt(hash) => hash.matches(password),
            Self::Scrypt(hash) => hash.matches(password),
            Self::Pbkdf2(hash) => hash.matches(password),
        }
    }
}
