//! The hashes of ASP.NET Core Identity: PBKDF2 in bytes of a form of their own, in base64.

use super::error::HashRefusal;
use super::form::{Salted, base64};
use super::pbkdf2::Pbkdf2Hash;
use super::sha::ShaFunction;

/// Version 3 in base64: the byte 1, and the first bytes of a small number.
const VERSION_3: &str = "AQAAAA";
/// The length of an output, in bytes.
const OUTPUT_BYTES: usize = 32;
/// Version 2 has the byte 0, a salt of this length, and an output.
const VERSION_2_SALT_BYTES: usize = 16;
/// The rounds of version 2.
const VERSION_2_ROUNDS: u64 = 1000;

/// Reads a hash; `UnknownKind` if the text is nothing like it.
pub(super) fn read(text: &str) -> Result<Pbkdf2Hash, HashRefusal> {
    if text.starts_with(VERSION_3) {
        let bytes = base64(text)?;
        return version_3(&bytes).ok_or(HashRefusal::Malformed)?;
    }
    match base64(text).as_deref() {
        Ok([0, rest @ ..]) if rest.len() == VERSION_2_SALT_BYTES + OUTPUT_BYTES => {
            let (salt, output) = rest.split_at(VERSION_2_SALT_BYTES);
            let salted = Salted::new(salt.to_vec(), output.to_vec())?;
            Pbkdf2Hash::new(ShaFunction::Sha1, VERSION_2_ROUNDS, salted)
        }
        _ => Err(HashRefusal::UnknownKind),
    }
}

/// The byte 1; the number of the function, of rounds and of salt bytes, each in four bytes; the salt
/// and the output.
fn version_3(bytes: &[u8]) -> Option<Result<Pbkdf2Hash, HashRefusal>> {
    let (_, rest) = bytes.split_first()?;
    let (function, rest) = rest.split_first_chunk::<4>()?;
    let (rounds, rest) = rest.split_first_chunk::<4>()?;
    let (salt_bytes, rest) = rest.split_first_chunk::<4>()?;
    let sha = match u32::from_be_bytes(*function) {
        0 => ShaFunction::Sha1,
        1 => ShaFunction::Sha256,
        2 => ShaFunction::Sha512,
        _ => return None,
    };
    let salt_bytes = usize::try_from(u32::from_be_bytes(*salt_bytes)).ok()?;
    let (salt, output) = rest.split_at_checked(salt_bytes)?;
    if output.len() != OUTPUT_BYTES {
        return None;
    }
    let salted = Salted::new(salt.to_vec(), output.to_vec());
    let rounds = u32::from_be_bytes(*rounds).into();
    Some(salted.and_then(|salted| Pbkdf2Hash::new(sha, rounds, salted)))
}
