//! Hashes passwords with Argon2id, and verifies hashes of each kind.

use std::hint::black_box;

use zeroize::Zeroizing;

use super::argon2id::{self, Salt};
use super::error::HashingError;
use super::limits::{Argon2Limits, DEAREST_ARGON2, LONGEST_PASSWORD};
use super::nfc;
use super::scheme::Scheme;
use crate::domain::clock::RandomSource;
use crate::domain::password::{Argon2Cost, PasswordHash};

/// Makes and verifies the hashes of passwords.
#[derive(Debug, Clone)]
pub struct Hasher {
    pub(super) cost: Argon2Cost,
}

impl Hasher {
    /// A hasher that makes hashes of this cost.
    #[must_use]
    pub fn new(cost: Argon2Cost) -> Self {
        Self { cost }
    }

    /// Hashes the NFC of `password` (NIST SP 800-63B-4 §3.1.1.2), with Argon2id
    /// (RFC 9106) and a new salt.
    ///
    /// # Errors
    /// [`HashingError`] if there is no randomness or not enough memory, or if the password is longer
    /// than [`LONGEST_PASSWORD`].
    pub fn hash(&self, password: &str, random: &dyn RandomSource) -> Result<PasswordHash, HashingError> {
        let mut salt = Salt::default();
        random.fill(&mut salt)?;
        argon2id::hash(self.cost, password, &salt, None)
    }

    /// Whether `hash` was made of `password`. The text is tried as it was typed, and then its NFC.
    /// A password longer than [`LONGEST_PASSWORD`] never fits.
    #[must_use]
    pub fn verify(&self, hash: &PasswordHash, password: &str) -> bool {
        if password.len() > LONGEST_PASSWORD {
            return false;
        }
        let Ok(scheme) = Scheme::read(hash.as_str(), self.dearest()) else {
            return false;
        };
        scheme.matches(password.as_bytes())
            || nfc::normalised(password).is_some_and(|nfc| scheme.matches(nfc.as_bytes()))
    }

    /// Does what [`verify`](Self::verify) does with a wrong password and a hash of ours, so that an
    /// address without a user takes as much time as the address of a user.
    pub fn dummy(&self, password: &str) {
        let short = password.len() <= LONGEST_PASSWORD;
        let typed = if short { password } else { "" };
        let nfc = nfc::normalised(typed);
        for attempt in [Some(typed), nfc.as_ref().map(|nfc| nfc.as_str())]
            .into_iter()
            .flatten()
        {
            let salt = Salt::default();
            let mut output = Zeroizing::new([0_u8; argon2id::OUTPUT_BYTES]);
            let done = argon2id::derive(self.cost, attempt.as_bytes(), &salt, None, &mut output);
            let _ = black_box((done, output));
        }
    }

    /// Whether the next successful sign-in should replace `hash`: it came from another system, or it
    /// costs less than a hash that is made today.
    #[must_use]
    pub fn is_outdated(&self, hash: &PasswordHash) -> bool {
        let ours = hash.as_str().starts_with(argon2id::PREFIX);
        match Scheme::read(hash.as_str(), self.dearest()) {
            Ok(Scheme::Argon2(hash)) if ours => hash.is_below(self.cost),
            _ => true,
        }
    }

    /// Whether `hash` protects its password too little: it is built on MD5 or SHA-1, or it has too few
    /// rounds. It is replaced at the next successful sign-in, as every outdated hash is.
    #[must_use]
    pub fn is_weak(&self, hash: &PasswordHash) -> bool {
        Scheme::read(hash.as_str(), self.dearest()).is_ok_and(|scheme| scheme.is_weak())
    }

    /// The most that a stored hash can cost: the limits of an import, or our own cost if that is more.
    pub(super) fn dearest(&self) -> Argon2Limits {
        Argon2Limits {
            memory_kib: self.cost.memory_kib().max(DEAREST_ARGON2.memory_kib),
            iterations: self.cost.iterations().max(DEAREST_ARGON2.iterations),
            parallelism: self.cost.parallelism().max(DEAREST_ARGON2.parallelism),
        }
    }
}
