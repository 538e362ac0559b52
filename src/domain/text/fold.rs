//! The comparison of two texts.

use unicode_normalization::UnicodeNormalization;

use super::chars::is_ignorable;

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
