//! bcrypt, in the forms of PHP, Django, passlib and WordPress.

use std::str::FromStr;

use base64::Engine;
use bcrypt::{BASE_64, HashParts};
use subtle::ConstantTimeEq;

use super::bcrypt_input::{BcryptInput, sign_extended_key};
use super::error::{CostLimit, HashRefusal};
use super::form::decimal;
use super::limits::LOWEST_BCRYPT;
use crate::domain::floor::HashCost;

/// The highest cost that is accepted: log₂ of the rounds. The cost 15 takes some seconds.
const DEAREST: u64 = 15;
/// The costs that bcrypt allows.
const RANGE: std::ops::RangeInclusive<u64> = 4..=31;
/// The place of the salt in `$2b$10$…`.
const SALT: std::ops::Range<usize> = 7..29;

/// A bcrypt hash.
pub(super) struct BcryptHash {
    input: BcryptInput,
    parts: HashParts,
    text: String,
}

impl BcryptHash {
    /// Reads `$2y$10$…`, which has 60 characters.
    pub(super) fn read(input: BcryptInput, text: &str) -> Result<Self, HashRefusal> {
        let known = match input {
            BcryptInput::SignExtended => &["$2x$"][..],
            _ => &["$2a$", "$2b$", "$2y$"],
        };
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
        Ok(Self {
            input,
            parts: HashParts::from_str(text).map_err(|_| HashRefusal::Malformed)?,
            text: text.to_owned(),
        })
    }

    /// Reads the part after passlib's `$bcrypt-sha256$`: `v=2,t=2b,r=12$salt$output`, or
    /// `2a,12$salt$output` in the older version.
    pub(super) fn read_passlib(body: &str) -> Result<Self, HashRefusal> {
        let fields: Vec<&str> = body.splitn(3, '$').collect();
        let [cost, salt, output] = fields[..] else {
            return Err(HashRefusal::Malformed);
        };
        let (input, cost) = match cost.strip_prefix("v=2,t=") {
            Some(cost) => (BcryptInput::HmacSha256, cost.split_once(",r=")),
            None => (BcryptInput::Sha256Base64, cost.split_once(',')),
        };
        let (kind, cost) = cost.ok_or(HashRefusal::Malformed)?;
        Self::read(input, &format!("${kind}${cost:0>2}${salt}{output}"))
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        HashCost::new(format!("bcrypt {}", self.parts.get_cost()))
    }

    /// Whether the hash protects the password too little.
    pub(super) fn is_weak(&self) -> bool {
        self.input == BcryptInput::SignExtended || self.parts.get_cost() < LOWEST_BCRYPT
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let salt = self.text.get(SALT).unwrap_or_default();
        match self.input.of(password, salt.as_bytes()) {
            // Other implementations stop at a NUL, and PHP refuses a password with a NUL.
            Some(input) if input.contains(&0) => false,
            Some(input) if self.input == BcryptInput::SignExtended => self.is_sign_extended(&input),
            Some(input) => bcrypt::verify(&*input, &self.text).unwrap_or(false),
            None => false,
        }
    }

    fn is_sign_extended(&self, password: &[u8]) -> bool {
        let key = sign_extended_key(password);
        let output = bcrypt::bcrypt(self.parts.get_cost(), self.parts.get_salt_raw(), &*key);
        let expected = self
            .text
            .get(SALT.end..)
            .and_then(|text| BASE_64.decode(text).ok());
        // The last byte of the output is not in a hash.
        expected.is_some_and(|expected| output[..23].ct_eq(&expected).into())
    }
}
