//! The SHA functions that several kinds of hashes are built on.

use pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// A SHA function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShaFunction {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl ShaFunction {
    const ALL: [Self; 5] = [Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// The function of this name, in lower case.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sha| sha.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha224 => "sha224",
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The length of an output, in bytes.
    pub fn output_bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The output for `password` followed by `salt`.
    pub fn salted(self, password: &[u8], salt: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => salted::<Sha1>(password, salt),
            Self::Sha224 => salted::<Sha224>(password, salt),
            Self::Sha256 => salted::<Sha256>(password, salt),
            Self::Sha384 => salted::<Sha384>(password, salt),
            Self::Sha512 => salted::<Sha512>(password, salt),
        }
    }

    /// Fills `output` with PBKDF2 over the HMAC of this function.
    pub fn pbkdf2(self, password: &[u8], salt: &[u8], rounds: u32, output: &mut [u8]) {
        let derive = match self {
            Self::Sha1 => pbkdf2_hmac::<Sha1>,
            Self::Sha224 => pbkdf2_hmac::<Sha224>,
            Self::Sha256 => pbkdf2_hmac::<Sha256>,
            Self::Sha384 => pbkdf2_hmac::<Sha384>,
            Self::Sha512 => pbkdf2_hmac::<Sha512>,
        };
        derive(password, salt, rounds, output);
    }
}

fn salted<D: Digest>(password: &[u8], salt: &[u8]) -> Vec<u8> {
    D::new()
        .chain_update(password)
        .chain_update(salt)
        .finalize()
        .to_vec()
}
