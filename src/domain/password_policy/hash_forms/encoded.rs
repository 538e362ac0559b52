//! Hashes that are nothing but encoded bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// The lengths of MD5 and NTLM, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512, in hexadecimal digits.
const DIGEST_LENGTHS: [usize; 6] = [32, 40, 56, 64, 96, 128];

/// Whether `text` is a digest in hexadecimal digits, also with a mark between the bytes
/// (`5F-4D-CC-…`, as .NET writes it).
pub(super) fn is_digest(text: &str) -> bool {
    is_hex_digest(text) || is_hex_with_marks(text)
}

/// Whether `text` has the length of a digest, and only hexadecimal digits of one case with a letter
/// among them. A number is no digest.
pub(super) fn is_hex_digest(text: &str) -> bool {
    let only = |letters: std::ops::RangeInclusive<u8>| {
        text.bytes().all(|b| b.is_ascii_digit() || letters.contains(&b))
            && text.bytes().any(|b| letters.contains(&b))
    };
    DIGEST_LENGTHS.contains(&text.len()) && (only(b'a'..=b'f') || only(b'A'..=b'F'))
}

fn is_hex_with_marks(text: &str) -> bool {
    let bytes = |mark: char| {
        let pairs = text.split(mark);
        let is_pair = |pair: &str| pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit());
        pairs.clone().all(is_pair).then(|| pairs.count())
    };
    let count = bytes('-').or_else(|| bytes(':'));
    count.is_some_and(|count| DIGEST_LENGTHS.contains(&(2 * count)))
}

/// Whether `text` has only characters of Base64, in the standard or the URL alphabet or that of
/// `crypt`.
pub(super) fn is_base64(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+/=._-".contains(&b))
}

/// ASP.NET Core Identity, in Base64: version 2 is a zero, a salt of 16 bytes and a subkey of 32;
/// version 3 is a one, the function (0 to 2), the number of rounds, the length of the salt, the salt
/// and the subkey.
pub(super) fn is_aspnet(text: &str) -> bool {
    const VERSION_2_BYTES: usize = 1 + 16 + 32;
    const VERSION_3_HEADER: usize = 13;
    if text.len() > 400 || !text.starts_with('A') {
        return false;
    }
    let Ok(bytes) = STANDARD.decode(text).map(Zeroizing::new) else {
        return false;
    };
    match bytes.first() {
        Some(0) => bytes.len() == VERSION_2_BYTES,
        Some(1) => bytes.len() >= VERSION_3_HEADER + 32 && bytes[1..4] == [0, 0, 0] && bytes[4] <= 2,
        _ => false,
    }
}
