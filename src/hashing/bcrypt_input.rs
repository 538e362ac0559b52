//! What bcrypt hashes: the password itself, or a digest of it, because bcrypt takes 72 bytes alone.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha384};
use zeroize::Zeroizing;

use super::form::{lower_hex, trimmed_by_php};

/// The part of a password that bcrypt hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BcryptInput {
    /// The first 72 bytes.
    Password,
    /// The first 72 bytes, as `crypt_blowfish` before version 1.1 read them (`$2x$`): see
    /// [`sign_extended_key`].
    SignExtended,
    /// The SHA-256 of the whole password, in lower-case hex (Django's `bcrypt_sha256`).
    Sha256Hex,
    /// The SHA-256 of the whole password, in base64 (the first version of passlib's `bcrypt_sha256`).
    Sha256Base64,
    /// The HMAC-SHA-256 of the whole password, in base64. The key is the salt, as the hash has it
    /// (passlib's `bcrypt_sha256`).
    HmacSha256,
    /// The HMAC-SHA-384 of the whole password, in base64. The key is fixed, and blanks around the
    /// password don't count (WordPress 6.8).
    WordPress,
}

/// The key of WordPress's HMAC.
const WORDPRESS_KEY: &[u8] = b"wp-sha384";
/// The bytes of a bcrypt key.
const KEY_BYTES: usize = 72;

impl BcryptInput {
    /// What bcrypt hashes for `password`. `salt` is the salt as the hash has it.
    pub(super) fn of(self, password: &[u8], salt: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        Some(match self {
            Self::Password | Self::SignExtended => Zeroizing::new(password.to_vec()),
            Self::Sha256Hex => lower_hex(&sha256(password)[..]),
            Self::Sha256Base64 => in_base64(&sha256(password)[..]),
            Self::HmacSha256 => {
                let mac = Hmac::<Sha256>::new_from_slice(salt).ok()?;
                in_base64(&mac.chain_update(password).finalize().into_bytes())
            }
            Self::WordPress => {
                let mac = Hmac::<Sha384>::new_from_slice(WORDPRESS_KEY).ok()?;
                in_base64(&mac.chain_update(trimmed_by_php(password)).finalize().into_bytes())
            }
        })
    }
}

fn sha256(password: &[u8]) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Sha256::digest(password).into())
}

fn in_base64(digest: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(STANDARD.encode(digest).into_bytes())
}

/// The key that `crypt_blowfish` before version 1.1 made of a password. It read each byte above 127
/// as a negative number, so that all bits in front of it in its group of four bytes were set.
pub(super) fn sign_extended_key(password: &[u8]) -> Zeroizing<[u8; KEY_BYTES]> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    let mut bytes = password.iter().copied().chain([0]).cycle();
    for group in key.chunks_exact_mut(4) {
        let word = bytes.by_ref().take(4).fold(0_u32, |word, byte| {
            let extended = i32::from(i8::from_ne_bytes([byte])).cast_unsigned();
            word << 8 | extended
        });
        group.copy_from_slice(&word.to_be_bytes());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ascii_password_is_its_own_key() {
        let key = sign_extended_key(b"abc");
        assert_eq!(&key[..9], b"abc\0abc\0a");
        assert_eq!(&key[64..], b"abc\0abc\0");
    }

    #[test]
    fn a_byte_above_127_hides_the_bytes_before_it_in_its_group() {
        assert_eq!(sign_extended_key(b"ab\xA3d")[..4], *b"\xFF\xFF\xA3d");
        assert_eq!(sign_extended_key(b"xy\xA3d")[..4], *b"\xFF\xFF\xA3d");
    }

    #[test]
    fn every_digest_is_shorter_than_72_bytes_and_has_no_nul() {
        for input in [
            BcryptInput::Sha256Hex,
            BcryptInput::Sha256Base64,
            BcryptInput::HmacSha256,
            BcryptInput::WordPress,
        ] {
            let made = input.of(&[b'x'; 1000], b"......................").unwrap();
            assert!(made.len() < KEY_BYTES && !made.contains(&0), "{input:?}");
        }
    }
}
