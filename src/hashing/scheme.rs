//! The kinds of hashes that can be verified.

use argon2::Algorithm;

use super::argon2id::Argon2Hash;
use super::aspnet;
use super::bcrypt::BcryptHash;
use super::bcrypt_input::BcryptInput;
use super::error::HashRefusal;
use super::limits::{Argon2Limits, LONGEST_HASH};
use super::pbkdf2::Pbkdf2Hash;
use super::phpass::{PhpassHash, PhpassKind};
use super::salted_digest::SaltedDigestHash;
use super::scrypt::ScryptHash;
use super::sha::ShaFunction;
use super::sha_crypt::{ShaCryptHash, ShaCryptKind};
use crate::domain::floor::HashCost;

/// A hash that was read, of one of the kinds.
pub(super) enum Scheme {
    Argon2(Argon2Hash),
    Bcrypt(BcryptHash),
    Scrypt(ScryptHash),
    Pbkdf2(Pbkdf2Hash),
    ShaCrypt(ShaCryptHash),
    Phpass(PhpassHash),
    SaltedDigest(SaltedDigestHash),
}

impl Scheme {
    /// Reads a hash. A hash of Argon2 can cost as much as `dearest`.
    pub(super) fn read(text: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        if text.len() > LONGEST_HASH {
            return Err(HashRefusal::Malformed);
        }
        if let Some(rest) = text.strip_prefix('{') {
            let (name, body) = rest.split_once('}').ok_or(HashRefusal::UnknownKind)?;
            return Self::read_ldap(&name.to_ascii_uppercase(), body, dearest);
        }
        match text.split_once('$') {
            None => aspnet::read(text).map(Self::Pbkdf2),
            Some(("", body)) => Self::read_crypt(text, body, dearest),
            Some((kind, body)) => Self::read_named(kind, body, dearest),
        }
    }

    /// Reads a hash of Django or Werkzeug, which begins with the name of its kind; and Drupal's `U$S$`.
    fn read_named(kind: &str, body: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        match kind.split_once(':') {
            Some(("pbkdf2", method)) => return Pbkdf2Hash::read_werkzeug(method, body).map(Self::Pbkdf2),
            Some(("scrypt", method)) => return ScryptHash::read_werkzeug(method, body).map(Self::Scrypt),
            Some(_) => return Err(HashRefusal::UnknownKind),
            None => {}
        }
        match kind {
            "argon2" => Self::read_argon2(body, dearest),
            "bcrypt" => BcryptHash::read(BcryptInput::Password, body).map(Self::Bcrypt),
            "bcrypt_sha256" => BcryptHash::read(BcryptInput::Sha256Hex, body).map(Self::Bcrypt),
            "scrypt" => ScryptHash::read_django(body).map(Self::Scrypt),
            "pbkdf2_sha1" => Pbkdf2Hash::read_django(ShaFunction::Sha1, body).map(Self::Pbkdf2),
            "pbkdf2_sha256" => Pbkdf2Hash::read_django(ShaFunction::Sha256, body).map(Self::Pbkdf2),
            "U" => match body.strip_prefix("S$") {
                Some(body) => PhpassHash::read(PhpassKind::DrupalUpdated, body).map(Self::Phpass),
                None => Err(HashRefusal::UnknownKind),
            },
            _ => Err(HashRefusal::UnknownKind),
        }
    }

    /// Reads a hash that begins with a `$`.
    fn read_crypt(text: &str, rest: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        let (kind, body) = rest.split_once('$').ok_or(HashRefusal::UnknownKind)?;
        match kind {
            "2a" | "2b" | "2y" => BcryptHash::read(BcryptInput::Password, text).map(Self::Bcrypt),
            "2x" => BcryptHash::read(BcryptInput::SignExtended, text).map(Self::Bcrypt),
            "wp" => {
                let text = text.strip_prefix("$wp").unwrap_or_default();
                BcryptHash::read(BcryptInput::WordPress, text).map(Self::Bcrypt)
            }
            "bcrypt-sha256" => BcryptHash::read_passlib(body).map(Self::Bcrypt),
            "5" => ShaCryptHash::read(ShaCryptKind::Sha256, text, body).map(Self::ShaCrypt),
            "6" => ShaCryptHash::read(ShaCryptKind::Sha512, text, body).map(Self::ShaCrypt),
            "P" => PhpassHash::read(PhpassKind::WordPress, body).map(Self::Phpass),
            "H" => PhpassHash::read(PhpassKind::PhpBb, body).map(Self::Phpass),
            "S" => PhpassHash::read(PhpassKind::Drupal, body).map(Self::Phpass),
            "scrypt" => ScryptHash::read(body).map(Self::Scrypt),
            // passlib's name of PBKDF2 with SHA-1.
            "pbkdf2" => Pbkdf2Hash::read(ShaFunction::Sha1, body).map(Self::Pbkdf2),
            _ => match kind.strip_prefix("pbkdf2-").and_then(ShaFunction::named) {
                Some(sha) => Pbkdf2Hash::read(sha, body).map(Self::Pbkdf2),
                None => Self::read_argon2(rest, dearest),
            },
        }
    }

    /// Reads the part after braces, in which OpenLDAP, 389 Directory Server and Dovecot write the
    /// kind. `name` is in upper case.
    fn read_ldap(name: &str, body: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        if let Some(read) = SaltedDigestHash::read(name, body) {
            return read.map(Self::SaltedDigest);
        }
        let pbkdf2 = |sha| Pbkdf2Hash::read(sha, body).map(Self::Pbkdf2);
        match name {
            "PBKDF2" | "PBKDF2-SHA1" => pbkdf2(ShaFunction::Sha1),
            "PBKDF2-SHA256" => pbkdf2(ShaFunction::Sha256),
            "PBKDF2-SHA512" => pbkdf2(ShaFunction::Sha512),
            // Spring Security writes `{bcrypt}`.
            "CRYPT" | "BCRYPT" | "BLF-CRYPT" | "SHA256-CRYPT" | "SHA512-CRYPT" | "ARGON2" | "ARGON2I"
            | "ARGON2ID" => {
                let rest = body.strip_prefix('$').ok_or(HashRefusal::UnknownKind)?;
                Self::read_crypt(body, rest, dearest)
            }
            _ => Err(HashRefusal::UnknownKind),
        }
    }

    fn read_argon2(rest: &str, dearest: Argon2Limits) -> Result<Self, HashRefusal> {
        let (kind, body) = rest.split_once('$').ok_or(HashRefusal::UnknownKind)?;
        let kind = Algorithm::new(kind).map_err(|_| HashRefusal::UnknownKind)?;
        Argon2Hash::read(kind, body, dearest).map(Self::Argon2)
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        match self {
            Self::Argon2(hash) => hash.cost(),
            Self::Bcrypt(hash) => hash.cost(),
            Self::Scrypt(hash) => hash.cost(),
            Self::Pbkdf2(hash) => hash.cost(),
            Self::ShaCrypt(hash) => hash.cost(),
            Self::Phpass(hash) => hash.cost(),
            Self::SaltedDigest(hash) => hash.cost(),
        }
    }

    /// Whether the hash protects the password too little: it is built on MD5 or SHA-1, or has too few
    /// rounds.
    pub(super) fn is_weak(&self) -> bool {
        match self {
            Self::Argon2(hash) => hash.is_weak(),
            Self::Bcrypt(hash) => hash.is_weak(),
            Self::Scrypt(hash) => hash.is_weak(),
            Self::Pbkdf2(hash) => hash.is_weak(),
            Self::ShaCrypt(hash) => hash.is_weak(),
            Self::Phpass(hash) => hash.is_weak(),
            // One round is too few.
            Self::SaltedDigest(_) => true,
        }
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        match self {
            Self::Argon2(hash) => hash.matches(password),
            Self::Bcrypt(hash) => hash.matches(password),
            Self::Scrypt(hash) => hash.matches(password),
            Self::Pbkdf2(hash) => hash.matches(password),
            Self::ShaCrypt(hash) => hash.matches(password),
            Self::Phpass(hash) => hash.matches(password),
            Self::SaltedDigest(hash) => hash.matches(password),
        }
    }
}
