//! One round of SHA with a salt, as LDAP servers store it: `{SSHA}`, `{SSHA256}`, `{SSHA512}`.

use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::error::HashRefusal;
use super::form::base64;
use super::sha::ShaFunction;
use crate::domain::floor::HashCost;

/// The length of a salt, in bytes.
const SALT: std::ops::RangeInclusive<usize> = 1..=64;
/// The names in braces, in upper case.
const NAMES: [(&str, ShaFunction); 4] = [
    ("SSHA", ShaFunction::Sha1),
    ("SSHA256", ShaFunction::Sha256),
    ("SSHA384", ShaFunction::Sha384),
    ("SSHA512", ShaFunction::Sha512),
];

/// A salted digest.
pub(super) struct SaltedDigestHash {
    name: &'static str,
    sha: ShaFunction,
    output: Vec<u8>,
    salt: Vec<u8>,
}

impl SaltedDigestHash {
    /// Reads the part after `{SSHA}`: the output and the salt, together in base64. `name` is the part
    /// in the braces; `None` if it is another name.
    pub(super) fn read(name: &str, body: &str) -> Option<Result<Self, HashRefusal>> {
        let (name, sha) = NAMES.into_iter().find(|(known, _)| *known == name)?;
        let split = |mut output: Vec<u8>| {
            let salt_bytes = output.len().checked_sub(sha.output_bytes());
            let salt_bytes = salt_bytes.filter(|length| SALT.contains(length));
            salt_bytes.ok_or(HashRefusal::Malformed)?;
            let salt = output.split_off(sha.output_bytes());
            Ok(Self {
                name,
                sha,
                output,
                salt,
            })
        };
        Some(base64(body).and_then(split))
    }

    /// The cost of one verification.
    pub(super) fn cost(&self) -> HashCost {
        HashCost::new(format!("ldap {}", self.name))
    }

    /// Whether this hash was made of `password`. The bytes are not normalised.
    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let output = Zeroizing::new(self.sha.salted(password, &self.salt));
        output.ct_eq(&self.output).into()
    }
}
