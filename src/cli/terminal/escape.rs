//! Text that came from outside, made safe to look at.

use std::borrow::Cow;
use std::fmt::Write;

use crate::domain::text::is_hostile;

/// `text` with every character that moves a cursor, ends a line or turns the direction of
/// reading spelt out as `\u{202e}`. One line, whatever was in it.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_hostile) else {
        return Cow::Borrowed(text);
    };
    let (clean, rest) = text.split_at(first);
    let mut safe = String::with_capacity(text.len() + 16);
    safe.push_str(clean);
    for c in rest.chars() {
        if is_hostile(c) {
            // Writing into a `String` cannot fail.
            let _ = write!(safe, "{}", c.escape_unicode());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn overrides_and_controls_are_spelt_out() {
        assert_eq!(escaped("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(escaped("\x1b[31m\n"), "\\u{1b}[31m\\u{a}");
        assert_eq!(escaped("\u{2066}\u{200f}\u{9b}"), "\\u{2066}\\u{200f}\\u{9b}");
    }

    #[test]
    fn innocent_text_is_not_copied() {
        assert!(matches!(escaped("Ada Lovelace ünï 漢字"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn nothing_hostile_is_left(text in any::<String>()) {
            prop_assert!(!escaped(&text).contains(is_hostile));
        }
    }
}
