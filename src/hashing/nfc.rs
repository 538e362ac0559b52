//! Normalization Form C of a password (Unicode Standard Annex #15).

use unicode_normalization::{UnicodeNormalization, is_nfc};
use zeroize::Zeroizing;

/// UAX #15 §9, "Maximum Expansion Factors": NFC makes UTF-8 at most thrice as long.
const MOST_EXPANSION: usize = 3;

/// The NFC of `password`, or nothing if it is in that form already.
pub(super) fn normalised(password: &str) -> Option<Zeroizing<String>> {
    if is_nfc(password) {
        return None;
    }
    // Roomy enough never to move, for a move would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(password.len() * MOST_EXPANSION));
    text.extend(password.nfc());
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_combining_accent_is_joined() {
        assert_eq!(normalised("e\u{301}").unwrap().as_str(), "\u{E9}");
        assert!(normalised("\u{E9} and ascii").is_none());
    }

    proptest! {
        #[test]
        fn the_room_is_enough(text in "\\PC{0,60}") {
            if let Some(nfc) = normalised(&text) {
                prop_assert!(nfc.len() <= text.len() * MOST_EXPANSION);
            }
        }
    }
}
