//! What tests of stable codes share.

use std::collections::BTreeSet;

/// The code of each variant of an enum, beside the one that it must have. A variant that isn't
/// listed, or a sample of another variant, doesn't pass.
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

/// Checks that each code is the one it must be, and that no two variants have one code, but for
/// those in `shared`.
pub(crate) fn assert_codes(codes: &[(&'static str, &'static str)], shared: &[&str]) {
    let mut seen = BTreeSet::new();
    for (must_be, code) in codes {
        assert_eq!(code, must_be);
        assert!(shared.contains(code) || seen.insert(code), "{code} twice");
        let is_word = code.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
        assert!(is_word, "{code}");
    }
}
