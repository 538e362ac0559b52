//! Helpers for tests of stable codes.

use std::collections::BTreeSet;

/// The code of each variant of an enum, beside the expected code. The test fails if a variant is not
/// listed, or if a sample is of another variant.
macro_rules! coded {
    ($kind:ty, $($variant:pat => ($sample:expr, $word:literal)),* $(,)?) => {{
        let listed = |error: &$kind| -> &'static str {
            match error {
                $($variant => $word,)*
            }
        };
        let pair = |sample: $kind, word: &'static str| {
            assert_eq!(listed(&sample), word, "the sample of another variant");
            (word, sample.code())
        };
        vec![$(pair($sample, $word)),*]
    }};
}

pub(crate) use coded;

/// Checks that each code is the expected one, and that two variants never have the same code. A code in
/// `shared` can belong to several variants.
pub(crate) fn assert_codes(codes: &[(&'static str, &'static str)], shared: &[&str]) {
    let mut seen = BTreeSet::new();
    for (must_be, code) in codes {
        assert_eq!(code, must_be);
        assert!(shared.contains(code) || seen.insert(code), "{code} twice");
        let is_word = code.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
        assert!(is_word, "{code}");
    }
}
