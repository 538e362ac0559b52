//! Names of fields in messages: the name that is meant by a wrong one, and a name made short.

use super::user_fields::FIELDS;
use crate::domain::likeness;

/// The field that was meant by `name`.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    likeness::nearest(name, &names)
}

/// A name from the input, made fit for a message: short, on one line.
pub(super) fn shown(name: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = name.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if name.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_what_was_meant() {
        for (slip, meant) in [
            ("e-mail", "email"),
            ("Email", "email"),
            ("firstname", "first_name"),
            ("Last Name", "last_name"),
            ("passwd", "password"),
            ("pasword_hash", "password_hash"),
            ("group", "groups"),
        ] {
            assert_eq!(nearest(slip), Some(meant), "{slip}");
        }
        assert_eq!(nearest("shoe_size"), None);
        assert_eq!(nearest(&"x".repeat(1_000_000)), None);
    }

    #[test]
    fn a_name_is_shown_short_and_on_one_line() {
        assert_eq!(shown("a\nb\u{1b}"), "a\\nb\\u{1b}");
        assert_eq!(shown(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
    }
}
