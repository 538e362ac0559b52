//! bcrypt, in the forms of PHP and Django.

use std::str::FromStr;

use bcrypt::HashParts;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::{CostLimit, HashRefusal};
use super::form::decimal;
use crate::domain::floor::HashCost;

/// The highest cost that is accepted: log₂ of the rounds. The cost 15 takes some seconds.
const DEAREST: u64 = 15;
/// The costs that bcrypt allows.
const RANGE: std::ops::RangeInclusive<u64> = 4..=31;
const HEX: &[u8; 16] = b"0123456789abcdef";

/// The part of a password that bcrypt hashes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BcryptInput {
    /// The first 72 bytes.
    Password,
    /// The SHA-256 of the whole password, in lower-case hex (Django's `bcrypt_sha256`).
    Sha256Hex,
}

/// A bcrypt hash.
pub(super) struct BcryptHash {
    input: BcryptInput,
    cost: u64,
    text: String,
}

impl BcryptHash {
    /// Reads `$2y$10$…`, which has 60 characters.
    pub(super) fn read(input: BcryptInput, text: &str) -> Result<Self, HashRefusal> {
        let known = ["$2a$", "$2b$", "$2y$"];
        let body = known.iter().find_map(|prefix| text.strip_prefix(prefix));
        let (cost, _) = body
            .and_then(|body| body.split_once('$'))
            .ok_or(HashRefusal::Malformed)?;
        if cost.len() != 2 {
            return Err(HashRefusal::Malformed);
        }
        let cost = decimal(cost.strip_prefix('0').unwrap_or(cost))?;
        if !RANGE.contains(&cost) {
            return Err(HashRefusal::Malformed);
        }
        if cost > DEAREST {
            return Err(HashRefusal::TooDear(CostLimit::Bcrypt));
        }
        HashParts::from_str(text).map_err(|_| HashRefusal::Malformed)?;
        Ok(Self {
            input,
            cost,
            text: text.to_owned(),
        })
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        HashCost::new(format!("bcrypt {}", self.cost))
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        match self.input {
            // Other implementations stop at a NUL, and PHP refuses a password with a NUL.
            BcryptInput::Password => !password.contains(&0) && self.verify(password),
            BcryptInput::Sha256Hex => self.verify(&*sha256_hex(password)),
        }
    }

    fn verify(&self, input: &[u8]) -> bool {
        bcrypt::verify(input, &self.text).unwrap_or(false)
    }
}

fn sha256_hex(password: &[u8]) -> Zeroizing<[u8; 64]> {
    let digest: Zeroizing<[u8; 32]> = Zeroizing::new(Sha256::digest(password).into());
    let mut hex = Zeroizing::new([0; 64]);
    for (pair, byte) in hex.chunks_exact_mut(2).zip(digest.iter()) {
        pair.copy_from_slice(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    }
    hex
}
