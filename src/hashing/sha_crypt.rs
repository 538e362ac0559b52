//! SHA-crypt (<https://www.akkadia.org/drepper/SHA-crypt.txt>), the kind of `/etc/shadow` on many
//! systems.

use sha_crypt::password_hash::PasswordVerifier;
use sha_crypt::{PasswordHashRef, ShaCrypt};

use super::error::{CostLimit, HashRefusal};
use super::form::decimal;
use super::limits::{FEWEST_SHA_CRYPT_ROUNDS, LONGEST_IN_ROUNDS, MOST_ROUNDS};
use crate::domain::floor::HashCost;

/// The rounds of a hash that doesn't say them.
const DEFAULT_ROUNDS: u32 = 5000;
/// The fewest rounds. crypt(3) writes this number where fewer were asked for.
const FEWEST: u32 = 1000;
/// The length of the longest salt.
const LONGEST_SALT: usize = 16;

/// The function of a SHA-crypt hash.
#[derive(Clone, Copy)]
pub(super) enum ShaCryptKind {
    /// `$5$`
    Sha256,
    /// `$6$`
    Sha512,
}

/// A SHA-crypt hash.
pub(super) struct ShaCryptHash {
    kind: ShaCryptKind,
    rounds: u32,
    text: String,
}

impl ShaCryptHash {
    /// Reads `text`, whose part after `$5$` or `$6$` is `body`: `[rounds=…$]salt$output`.
    pub(super) fn read(kind: ShaCryptKind, text: &str, body: &str) -> Result<Self, HashRefusal> {
        let (rounds, body) = match body.strip_prefix("rounds=") {
            Some(body) => {
                let (rounds, body) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
                (checked(decimal(rounds)?)?, body)
            }
            None => (DEFAULT_ROUNDS, body),
        };
        let (salt, output) = body.split_once('$').ok_or(HashRefusal::Malformed)?;
        let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/');
        let (output_chars, last) = kind.output_form();
        let is_output =
            output.len() == output_chars && output.bytes().all(is_digit) && output.ends_with(last);
        if salt.len() > LONGEST_SALT || !is_output || PasswordHashRef::new(text).is_err() {
            return Err(HashRefusal::Malformed);
        }
        Ok(Self {
            kind,
            rounds,
            text: text.to_owned(),
        })
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        let kind = match self.kind {
            ShaCryptKind::Sha256 => "sha256-crypt",
            ShaCryptKind::Sha512 => "sha512-crypt",
        };
        HashCost::new(format!("{kind} {}", self.rounds))
    }

    /// Whether the hash protects the password too little.
    pub(super) fn is_weak(&self) -> bool {
        self.rounds < FEWEST_SHA_CRYPT_ROUNDS
    }

    /// Whether this hash was made of `password`. The bytes are not normalised. A password longer than
    /// [`LONGEST_IN_ROUNDS`] never fits, and takes as much time.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let hashed = password.get(..LONGEST_IN_ROUNDS).unwrap_or(password);
        let is_same = PasswordHashRef::new(&self.text)
            .is_ok_and(|hash| ShaCrypt::default().verify_password(hashed, hash).is_ok());
        is_same && hashed.len() == password.len()
    }
}

impl ShaCryptKind {
    /// The length of the output, and the characters at its end: they stand for the bits that are left.
    fn output_form(self) -> (usize, &'static [char]) {
        match self {
            Self::Sha256 => (
                43,
                &[
                    '.', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D',
                ],
            ),
            Self::Sha512 => (86, &['.', '/', '0', '1']),
        }
    }
}

fn checked(rounds: u64) -> Result<u32, HashRefusal> {
    match u32::try_from(rounds) {
        Ok(rounds) if rounds < FEWEST => Err(HashRefusal::Malformed),
        Ok(rounds) if rounds <= MOST_ROUNDS => Ok(rounds),
        _ => Err(HashRefusal::TooDear(CostLimit::Rounds)),
    }
}
