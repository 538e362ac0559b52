//! The parts that several forms of hashes have: decimal numbers, named costs, base64 and lengths
//! (PHC string format, <https://github.com/P-H-C/phc-string-format>).

use std::ops::RangeInclusive;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use subtle::ConstantTimeEq;

use super::error::HashRefusal;

/// The length of a salt, in bytes.
const SALT: RangeInclusive<usize> = 8..=64;
/// The length of an output, in bytes.
const OUTPUT: RangeInclusive<usize> = 10..=64;

/// The last two parts of a hash.
pub(super) struct Salted {
    pub(super) salt: Vec<u8>,
    pub(super) output: Vec<u8>,
}

impl Salted {
    /// Reads `salt$output`, both in base64 without padding.
    pub(super) fn read(text: &str) -> Result<Self, HashRefusal> {
        let (salt, output) = text.split_once('$').ok_or(HashRefusal::Malformed)?;
        let salt = base64(&STANDARD_NO_PAD, salt)?;
        let output = base64(&STANDARD_NO_PAD, output)?;
        if SALT.contains(&salt.len()) && OUTPUT.contains(&output.len()) {
            Ok(Self { salt, output })
        } else {
            Err(HashRefusal::Malformed)
        }
    }

    /// Reads salt and output in Django's form: the salt is text; the output is padded base64 and has
    /// `output_bytes` bytes.
    pub(super) fn read_django(salt: &str, output: &str, output_bytes: usize) -> Result<Self, HashRefusal> {
        let output = base64(&STANDARD, output)?;
        let is_text = salt.bytes().all(|b| b.is_ascii_graphic());
        if is_text && SALT.contains(&salt.len()) && output.len() == output_bytes {
            let salt = salt.as_bytes().to_vec();
            Ok(Self { salt, output })
        } else {
            Err(HashRefusal::Malformed)
        }
    }

    /// Whether `output` is the output of this hash. The time doesn't depend on the number of equal
    /// bytes.
    pub(super) fn is(&self, output: &[u8]) -> bool {
        self.output.ct_eq(output).into()
    }
}

fn base64(engine: &impl Engine, text: &str) -> Result<Vec<u8>, HashRefusal> {
    engine.decode(text).map_err(|_| HashRefusal::Malformed)
}

/// Reads `a=1,b=2`. The names must be these, in this order.
pub(super) fn costs<const N: usize>(names: [&str; N], text: &str) -> Result<[u64; N], HashRefusal> {
    let mut parts = text.split(',');
    let mut values = [0; N];
    for (name, value) in names.iter().zip(&mut values) {
        let part = parts.next().and_then(|part| part.strip_prefix(name));
        let digits = part.and_then(|part| part.strip_prefix('='));
        *value = decimal(digits.ok_or(HashRefusal::Malformed)?)?;
    }
    if parts.next().is_some() {
        return Err(HashRefusal::Malformed);
    }
    Ok(values)
}

/// Reads a decimal number without sign and leading zeros. A number too large for a `u64` becomes the
/// largest `u64`. So the hash is refused because it costs too much, and not as malformed.
pub(super) fn decimal(digits: &str) -> Result<u64, HashRefusal> {
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if digits.is_empty() || leading_zero || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(HashRefusal::Malformed);
    }
    Ok(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_one_form() {
        assert_eq!(decimal("0"), Ok(0));
        assert_eq!(decimal("19456"), Ok(19_456));
        assert_eq!(decimal("99999999999999999999999"), Ok(u64::MAX));
        for wrong in ["", "01", "+1", "-1", " 1", "1 ", "0x1", "١"] {
            assert_eq!(decimal(wrong), Err(HashRefusal::Malformed), "{wrong}");
        }
    }

    #[test]
    fn costs_have_one_order() {
        assert_eq!(costs(["m", "t"], "m=8,t=1"), Ok([8, 1]));
        for wrong in [
            "",
            "m=8",
            "t=1,m=8",
            "m=8,t=1,",
            "m=8,t=1,p=1",
            "m=8,,t=1",
            "m8,t1",
            "mm=8,t=1",
        ] {
            assert_eq!(costs(["m", "t"], wrong), Err(HashRefusal::Malformed), "{wrong}");
        }
    }
}
