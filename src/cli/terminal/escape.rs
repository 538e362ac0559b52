//! Text that came from outside, made safe to look at.

use std::borrow::Cow;
use std::fmt::Write;

use crate::domain::text::hidden_in;

/// `text` with each hidden character spelt out as `\u{202e}`: what moves a cursor, ends a line, turns
/// the direction of reading, or is not seen. What a script needs for its letters stays. One line,
/// whatever was in it.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if is_seen_as_it_is(text) {
        return Cow::Borrowed(text);
    }
    spelt_out(text, hidden_in(text))
}

/// [`escaped`] for the value of a field. No address holds another space than that of ASCII today, so in
/// an address such a space is spelt out too.
pub(super) fn escaped_field<'t>(field: &str, text: &'t str) -> Cow<'t, str> {
    let name = field.rsplit_once('.').map_or(field, |(_, name)| name);
    if name != "email" || is_seen_as_it_is(text) {
        return escaped(text);
    }
    let is_space = |c: char| c.is_whitespace() && c != ' ' && !c.is_control();
    let hidden: Vec<(usize, char)> = hidden_in(text).collect();
    let spaces = text.char_indices().filter(|(_, c)| is_space(*c));
    let mut places: Vec<(usize, char)> = spaces.chain(hidden).collect();
    places.sort_unstable();
    places.dedup();
    spelt_out(text, places.into_iter())
}

/// Whether a text has neither hidden characters nor unusual spaces. It answers quickly, and can say no
/// where all is well.
pub(super) fn is_seen_as_it_is(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn spelt_out(text: &str, places: impl Iterator<Item = (usize, char)>) -> Cow<'_, str> {
    let mut places = places.peekable();
    if places.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    let mut written = 0;
    for (at, c) in places {
        safe.push_str(&text[written..at]);
        // Writing into a `String` cannot fail.
        let _ = write!(safe, "{}", c.escape_unicode());
        written = at + c.len_utf8();
    }
    safe.push_str(&text[written..]);
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::is_hostile;
    use proptest::prelude::*;

    #[test]
    fn hidden_characters_are_spelt_out() {
        assert_eq!(escaped("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(escaped("\x1b[31m\n"), "\\u{1b}[31m\\u{a}");
        assert_eq!(escaped("\u{2066}\u{200f}\u{9b}"), "\\u{2066}\\u{200f}\\u{9b}");
        assert_eq!(
            escaped("Ada\u{200b}\u{feff}\u{e0041}"),
            "Ada\\u{200b}\\u{feff}\\u{e0041}"
        );
        assert_eq!(escaped("ada\u{ffff}@example.com"), "ada\\u{ffff}@example.com");
        assert_eq!(escaped("Ada\u{200c}Byron"), "Ada\\u{200c}Byron");
    }

    #[test]
    fn innocent_text_is_not_copied() {
        for text in ["Ada Lovelace ünï 漢字", "می\u{200C}خواهم", "Jean\u{A0}Paul"] {
            assert!(matches!(escaped(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn an_address_shows_a_space_that_looks_like_the_usual_one() {
        let text = "ada\u{a0}b\u{3000}\u{200b}@example.com";
        assert_eq!(
            escaped_field("email", text),
            "ada\\u{a0}b\\u{3000}\\u{200b}@example.com"
        );
        assert_eq!(escaped_field("first_name", "Jean\u{a0}Paul"), "Jean\u{a0}Paul");
        assert_eq!(escaped_field("email", "\u{2028}\n"), "\\u{2028}\\u{a}");
    }

    proptest! {
        #[test]
        fn nothing_hostile_is_left(text in any::<String>()) {
            prop_assert!(!escaped(&text).contains(is_hostile));
            prop_assert!(!escaped_field("email", &text).contains(is_hostile));
        }
    }
}
