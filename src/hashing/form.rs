//! The parts that several forms of hashes have: decimal numbers, named costs, base64, hexadecimal
//! digits and lengths (PHC string format, <https://github.com/P-H-C/phc-string-format>).

use std::ops::RangeInclusive;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_PAD_INDIFFERENT;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::error::HashRefusal;

/// The length of a salt, in bytes.
const SALT: RangeInclusive<usize> = 1..=64;
/// The length of an output, in bytes.
const OUTPUT: RangeInclusive<usize> = 10..=64;
const HEX: &[u8; 16] = b"0123456789abcdef";

/// The last two parts of a hash.
pub(super) struct Salted {
    pub(super) salt: Vec<u8>,
    pub(super) output: Vec<u8>,
}

impl Salted {
    pub(super) fn new(salt: Vec<u8>, output: Vec<u8>) -> Result<Self, HashRefusal> {
        if SALT.contains(&salt.len()) && OUTPUT.contains(&output.len()) {
            Ok(Self { salt, output })
        } else {
            Err(HashRefusal::Malformed)
        }
    }

    /// Reads `salt$output`, both in base64.
    pub(super) fn read(text: &str) -> Result<Self, HashRefusal> {
        let (salt, output) = text.split_once('$').ok_or(HashRefusal::Malformed)?;
        Self::new(base64(salt)?, base64(output)?)
    }

    /// A salt that is text, and an output of `output_bytes` bytes.
    pub(super) fn with_text_salt(
        salt: &str,
        output: Vec<u8>,
        output_bytes: usize,
    ) -> Result<Self, HashRefusal> {
        let is_text = salt.bytes().all(|b| b.is_ascii_graphic());
        if is_text && output.len() == output_bytes {
            Self::new(salt.as_bytes().to_vec(), output)
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

/// Reads base64 with or without padding. passlib writes a `.` for the `+` of the usual alphabet.
pub(super) fn base64(text: &str) -> Result<Vec<u8>, HashRefusal> {
    let bytes = if text.contains('.') {
        STANDARD_PAD_INDIFFERENT.decode(text.replace('.', "+"))
    } else {
        STANDARD_PAD_INDIFFERENT.decode(text)
    };
    bytes.map_err(|_| HashRefusal::Malformed)
}

/// Reads hexadecimal digits, two for each byte.
pub(super) fn hexadecimal(text: &str) -> Result<Vec<u8>, HashRefusal> {
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Err(HashRefusal::Malformed);
    }
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    pairs
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect::<Option<_>>()
        .ok_or(HashRefusal::Malformed)
}

/// The hexadecimal digits of `bytes`, in lower case.
pub(super) fn lower_hex(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let digits = bytes
        .iter()
        .flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
    let mut text = Zeroizing::new(Vec::with_capacity(bytes.len() * 2));
    text.extend(digits);
    text
}

/// The password without the bytes at both ends that PHP's `trim` removes.
pub(super) fn trimmed_by_php(password: &[u8]) -> &[u8] {
    let is_kept = |byte: &u8| !b" \t\n\r\0\x0B".contains(byte);
    let Some(start) = password.iter().position(is_kept) else {
        return &[];
    };
    let end = password.iter().rposition(is_kept).map_or(start, |last| last + 1);
    password.get(start..end).unwrap_or_default()
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
    fn base64_may_be_padded_and_have_the_alphabet_of_passlib() {
        for text in ["+/8", "+/8=", "./8", "./8="] {
            assert_eq!(base64(text), Ok(vec![0xFB, 0xFF]), "{text}");
        }
        for wrong in ["+/8==", "+/9", "+/8 ", "-_8", "+", "=", "\u{E9}"] {
            assert_eq!(base64(wrong), Err(HashRefusal::Malformed), "{wrong}");
        }
    }

    #[test]
    fn hexadecimal_digits_come_in_pairs() {
        assert_eq!(hexadecimal("00fFa1"), Ok(vec![0, 0xFF, 0xA1]));
        assert_eq!(&lower_hex(&[0, 0xFF, 0xA1])[..], b"00ffa1");
        for wrong in ["0", "000", "0g", "+1", " 1", "\u{E9}"] {
            assert_eq!(hexadecimal(wrong), Err(HashRefusal::Malformed), "{wrong}");
        }
    }

    #[test]
    fn blanks_around_a_password_are_removed_as_php_does_it() {
        assert_eq!(trimmed_by_php(b" \t\n\r\0\x0Ba b\x0C "), b"a b\x0C");
        assert_eq!(trimmed_by_php("\u{A0}a".as_bytes()), "\u{A0}a".as_bytes());
        assert_eq!(trimmed_by_php(b"  "), b"");
        assert_eq!(trimmed_by_php(b""), b"");
    }

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
