//! Normalization Form C of a password (Unicode Standard Annex #15).

use unicode_normalization::{UnicodeNormalization, is_nfc};
use zeroize::Zeroizing;

/// NFC makes a text in UTF-8 at most three times as long (UAX #15 §9, "Maximum Expansion Factors").
const MOST_EXPANSION: usize = 3;

/// The NFC of `password`; `None` if `password` is its own NFC.
pub(super) fn normalised(password: &str) -> Option<Zeroizing<String>> {
    if is_nfc(password) {
        return None;
    }
    // The text never needs more room. If it had to move, a copy would stay in memory.
    let mut text = Zeroizing::new(String::with_capacity(password.len() * MOST_EXPANSION));
    text.extend(password.nfc());
    Some(text)
}

/// Whether two texts are the same password, that is whether they have the same NFC.
#[must_use]
pub fn is_same_password(one: &str, other: &str) -> bool {
    let (one_nfc, other_nfc) = (normalised(one), normalised(other));
    one_nfc.as_ref().map_or(one, |nfc| nfc.as_str()) == other_nfc.as_ref().map_or(other, |nfc| nfc.as_str())
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

    #[test]
    fn two_forms_are_one_password_and_two_words_are_not() {
        assert!(is_same_password("caf\u{E9}", "cafe\u{301}"));
        assert!(is_same_password("cafe\u{301}", "cafe\u{301}"));
        assert!(!is_same_password("caf\u{E9}", "cafe"));
        assert!(!is_same_password("Cafe", "cafe"));
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
