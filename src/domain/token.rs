//! Tokens: 256 random bits, with a prefix that names the kind of the token and with a checksum, which
//! finds typing errors.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::clock::{NoRandomness, RandomSource};

/// The kind of a token. A token of one kind is never accepted as another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The token of a session.
    Session,
    /// The token of a reset link.
    Reset,
}

impl TokenKind {
    /// The beginning of the text of a token of this kind.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Session => "bo_s_",
            Self::Reset => "bo_r_",
        }
    }
}

/// The text of a token. It is shown once and never stored.
#[derive(Clone)]
pub struct PlainToken {
    kind: TokenKind,
    text: Zeroizing<String>,
}

/// The stored form of a token: the SHA-256 of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

/// The error for a text that is not a token of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not the token that is needed here, or part of it is missing")]
pub struct MalformedToken;

const RANDOM_BYTES: usize = 32;
/// 32 bytes in base64 without padding (RFC 4648 §5).
const RANDOM_CHARS: usize = 43;
/// A CRC-32 in base 62.
const CHECKSUM_CHARS: usize = 6;

impl PlainToken {
    /// Draws a new token: 256 bits (OWASP ASVS 5.0 7.2.3 asks for 128).
    ///
    /// # Errors
    /// [`NoRandomness`] if the system gives none.
    pub fn draw(kind: TokenKind, random: &dyn RandomSource) -> Result<Self, NoRandomness> {
        let mut bytes = Zeroizing::new([0_u8; RANDOM_BYTES]);
        random.fill(&mut bytes[..])?;
        let mut text = Zeroizing::new(String::with_capacity(64));
        text.push_str(kind.prefix());
        URL_SAFE_NO_PAD.encode_string(&bytes[..], &mut text);
        let sum = checksum(&text);
        text.push_str(&sum);
        Ok(Self { kind, text })
    }

    /// Reads a token of one kind. The checksum must be right.
    ///
    /// # Errors
    /// [`MalformedToken`] for any other text. So a text that is no token never reaches a store.
    pub fn parse(kind: TokenKind, text: &str) -> Result<Self, MalformedToken> {
        let length = kind.prefix().len() + RANDOM_CHARS + CHECKSUM_CHARS;
        if text.len() != length || !text.is_ascii() || !text.starts_with(kind.prefix()) {
            return Err(MalformedToken);
        }
        let (body, sum) = text.split_at(length - CHECKSUM_CHARS);
        if checksum(body) != sum {
            return Err(MalformedToken);
        }
        Ok(Self {
            kind,
            text: Zeroizing::new(text.to_owned()),
        })
    }

    /// The kind of the token.
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        self.kind
    }

    /// The text of the token. A person who has it can act as the user it was made for.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// The stored form of the token.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.text.as_bytes()).into())
    }
}

impl fmt::Debug for PlainToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PlainToken({}…)", self.kind.prefix())
    }
}

fn checksum(body: &str) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut rest = crc32fast::hash(body.as_bytes());
    let mut digits = [b'0'; CHECKSUM_CHARS];
    for place in digits.iter_mut().rev() {
        *place = DIGITS[(rest % 62) as usize];
        rest /= 62;
    }
    digits.iter().map(|&d| char::from(d)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Fixed(u8);

    impl RandomSource for Fixed {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), NoRandomness> {
            buffer.fill(self.0);
            Ok(())
        }
    }

    #[test]
    fn a_token_is_read_back_and_debug_does_not_show_it() {
        let token = PlainToken::draw(TokenKind::Session, &Fixed(7)).unwrap();
        assert!(token.expose().starts_with("bo_s_BwcH"));
        assert_eq!(token.expose().len(), 54);
        let read = PlainToken::parse(TokenKind::Session, token.expose()).unwrap();
        assert_eq!(read.hash(), token.hash());
        assert_eq!(format!("{token:?}"), "PlainToken(bo_s_…)");
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_noticed(place in 0_usize..54, c in "[0-9A-Za-z_-]") {
            let token = PlainToken::draw(TokenKind::Session, &Fixed(7)).unwrap();
            let mut text = token.expose().to_owned();
            text.replace_range(place..=place, &c);
            let same = text == token.expose();
            prop_assert_eq!(PlainToken::parse(TokenKind::Session, &text).is_ok(), same);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,80}") {
            let _ = PlainToken::parse(TokenKind::Session, &text);
        }
    }
}
