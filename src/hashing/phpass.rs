//! phpass, the portable password hashing of PHP: with MD5 (WordPress, phpBB) and with SHA-512
//! (Drupal 7).

use md5::Md5;
use sha2::{Digest, Sha512};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::error::{CostLimit, HashRefusal};
use super::form::{lower_hex, trimmed_by_php};
use super::limits::{FEWEST_PBKDF2_ROUNDS, LONGEST_IN_ROUNDS, MOST_ROUNDS};
use crate::domain::floor::HashCost;

/// The digits of phpass: a number is written as the character at its place.
const DIGITS: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// log₂ of the rounds that phpass allows.
const RANGE: std::ops::RangeInclusive<u8> = 7..=30;
const SALT_CHARS: usize = 8;

/// The kinds of phpass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PhpassKind {
    /// `$P$`: MD5. WordPress doesn't count the blanks around a password.
    WordPress,
    /// `$H$`: MD5. phpBB escapes the password as HTML first.
    PhpBb,
    /// `$S$`: SHA-512.
    Drupal,
    /// `U$S$`: SHA-512 over the MD5 of the password. Drupal 7 made it of the hashes of Drupal 6.
    DrupalUpdated,
}

/// A phpass hash.
pub(super) struct PhpassHash {
    kind: PhpassKind,
    log_rounds: u8,
    salt: String,
    output: String,
}

impl PhpassHash {
    /// Reads the part after `$P$`: a digit for log₂ of the rounds, a salt of 8 characters, and the
    /// output.
    pub(super) fn read(kind: PhpassKind, body: &str) -> Result<Self, HashRefusal> {
        let is_digit = |byte: u8| DIGITS.contains(&byte);
        let is_whole = body.len() == 1 + SALT_CHARS + kind.output_chars() && body.bytes().all(is_digit);
        // The last digit of MD5 stands for the two bits that are left.
        if !is_whole || kind.has_md5() && !body.ends_with(['.', '/', '0', '1']) {
            return Err(HashRefusal::Malformed);
        }
        let (first, body) = body.split_at(1);
        let (salt, output) = body.split_at(SALT_CHARS);
        let place = DIGITS.iter().position(|digit| first.as_bytes() == [*digit]);
        let log_rounds = place
            .and_then(|place| u8::try_from(place).ok())
            .filter(|place| RANGE.contains(place))
            .ok_or(HashRefusal::Malformed)?;
        if 1 << log_rounds > MOST_ROUNDS {
            return Err(HashRefusal::TooDear(CostLimit::Rounds));
        }
        Ok(Self {
            kind,
            log_rounds,
            salt: salt.to_owned(),
            output: output.to_owned(),
        })
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        HashCost::new(format!("{} {}", self.kind.cost_name(), self.log_rounds))
    }

    /// Whether the hash protects the password too little.
    pub(super) fn is_weak(&self) -> bool {
        self.kind.has_md5() || 1 << self.log_rounds < FEWEST_PBKDF2_ROUNDS
    }

    /// Whether this hash was made of `password`. The bytes are not normalised. A password longer than
    /// [`LONGEST_IN_ROUNDS`] never fits, and takes as much time.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let input = self.kind.input(password);
        let hashed = input.get(..LONGEST_IN_ROUNDS).unwrap_or(&input);
        let output = if self.kind.has_md5() {
            self.derive::<Md5>(hashed)
        } else {
            self.derive::<Sha512>(hashed)
        };
        // Drupal cuts the end of the output off.
        let output = output.get(..self.output.len()).unwrap_or_default();
        let is_same: bool = output.ct_eq(self.output.as_bytes()).into();
        is_same && hashed.len() == input.len()
    }

    fn derive<D: Digest>(&self, password: &[u8]) -> Zeroizing<Vec<u8>> {
        let salted = D::new().chain_update(self.salt.as_bytes());
        let mut output = salted.chain_update(password).finalize();
        for _ in 0..1_u32 << self.log_rounds {
            output = D::new().chain_update(&output).chain_update(password).finalize();
        }
        encode(&output)
    }
}

impl PhpassKind {
    /// What is hashed for `password`.
    fn input(self, password: &[u8]) -> Zeroizing<Vec<u8>> {
        match self {
            Self::WordPress => Zeroizing::new(trimmed_by_php(password).to_vec()),
            Self::PhpBb => escaped_as_html(password),
            Self::Drupal => Zeroizing::new(password.to_vec()),
            Self::DrupalUpdated => lower_hex(&Md5::digest(password)),
        }
    }

    fn output_chars(self) -> usize {
        if self.has_md5() { 22 } else { 43 }
    }

    fn has_md5(self) -> bool {
        matches!(self, Self::WordPress | Self::PhpBb)
    }

    /// The word in the cost.
    fn cost_name(self) -> &'static str {
        if self.has_md5() {
            "phpass-md5"
        } else {
            "phpass-sha512"
        }
    }
}

/// The password as PHP's `htmlspecialchars` writes it.
fn escaped_as_html(password: &[u8]) -> Zeroizing<Vec<u8>> {
    // No character is longer than `&quot;`. If the text had to move, a copy would stay in memory.
    let mut text = Zeroizing::new(Vec::with_capacity(password.len() * 6));
    for byte in password {
        match byte {
            b'&' => text.extend(b"&amp;"),
            b'"' => text.extend(b"&quot;"),
            b'<' => text.extend(b"&lt;"),
            b'>' => text.extend(b"&gt;"),
            other => text.push(*other),
        }
    }
    text
}

/// The digit of a number below 64.
pub(super) fn digit(number: usize) -> Option<char> {
    DIGITS.get(number).map(|digit| char::from(*digit))
}

/// Writes bytes as phpass does: three bytes are four digits, the lowest six bits first.
fn encode(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(Vec::with_capacity(bytes.len() * 4 / 3 + 1));
    for group in bytes.chunks(3) {
        let number = group
            .iter()
            .rev()
            .fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        text.extend((0..=group.len()).map(|place| DIGITS[number >> (6 * place) & 63]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phpbb_hashes_a_password_that_is_escaped_as_html() {
        // Made with PHP: `htmlspecialchars`, then `HashPassword` of phpass.
        let hash = PhpassHash::read(PhpassKind::PhpBb, "Beo13ytDOVpav0kIIjDMi4m46NcAct1").unwrap();
        assert!(hash.matches(b"salt & \"pepper\" <on> it's own"));
        assert!(!hash.matches(b"salt &amp; \"pepper\" <on> it's own"));
    }

    #[test]
    fn the_lowest_bits_come_first() {
        assert_eq!(&encode(&[1, 0, 0])[..], b"/...");
        assert_eq!(&encode(&[0xFF, 0xFF, 0xFF])[..], b"zzzz");
        assert_eq!(&encode(&[0xFF])[..], b"z1");
        assert_eq!(encode(&[0; 16]).len(), 22);
        assert_eq!(encode(&[0; 64]).len(), 86);
    }
}
