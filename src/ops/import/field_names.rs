//! Names of fields in messages: the name that is meant by a wrong one, and a name made short.

use super::user_fields::FIELDS;

/// The field with the name most similar to `name`, if one is similar enough.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    // The cost of a comparison grows with the square of the length.
    if name.len() > 40 {
        return None;
    }
    let plain = name.trim().to_ascii_lowercase().replace(['-', ' '], "_");
    FIELDS
        .iter()
        .map(|field| (strsim::jaro_winkler(&plain, field.name), field.name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, known)| known)
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
