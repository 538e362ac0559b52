//! The characters that a stored text can hold, and the comparison of two texts.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Whether `c` moves the cursor, ends a line or changes the direction of the text. No stored text can
/// hold it.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{2028}' | '\u{2029}'                     // line and paragraph separator
            | '\u{061C}' | '\u{200E}' | '\u{200F}'      // bidirectional marks
            | '\u{202A}'..='\u{202E}'                   // embeddings and overrides
            | '\u{2066}'..='\u{2069}') // isolates
}

/// Whether `c` is of the category Cf, that is invisible. No address can hold it.
#[must_use]
pub fn is_format(c: char) -> bool {
    c.general_category() == GeneralCategory::Format
}

/// Default-ignorable code points outside the category Cf, which `NFKC_Casefold`
/// drops (Unicode `DerivedCoreProperties`, `Default_Ignorable_Code_Point`).
fn is_ignorable(c: char) -> bool {
    is_format(c)
        || matches!(c,
            '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{2065}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{E0000}'..='\u{E0FFF}')
}

/// `NFKC_Casefold` (Unicode Standard §3.13, toNFKC\_Casefold): two texts that look
/// the same become equal.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let step = |t: &str| {
        let folded: String = caseless::default_case_fold_str(t);
        folded.nfkc().filter(|c| !is_ignorable(*c)).collect::<String>()
    };
    let once = step(&text.nfd().collect::<String>());
    step(&once)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn look_alikes_fold_to_one() {
        assert_eq!(fold("ａdmin"), "admin");
        assert_eq!(fold("\u{212A}ate"), "kate");
        assert_eq!(fold("ad\u{200B}min\u{FE0F}"), "admin");
        assert_eq!(fold("Straße"), "strasse");
        assert_eq!(fold("ſ"), "s");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
