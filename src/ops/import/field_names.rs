//! Names of fields: the field that a column or a key names, in the ways that people write names, and the
//! field that was meant by a name that is none.

use super::unknown_names::UnknownName;
use super::user_fields::{EMAIL, FIELDS, find_place};
use crate::domain::likeness;

/// The place of the field that has this name, however it is written: `first_name`, `First Name`,
/// `firstName`, `E-Mail`.
pub(super) fn find(name: &str) -> Option<usize> {
    find_place(name).or_else(|| {
        let plain = plain(name)?;
        let is_meant = |known: &str| known.bytes().filter(|byte| *byte != b'_').eq(plain.bytes());
        FIELDS
            .iter()
            .position(|field| is_meant(field.name) || field.name == EMAIL && plain == "emailaddress")
    })
}

/// The letters and digits of a name, in small letters; `None` if there are more than in any name of a field.
pub(super) fn plain(name: &str) -> Option<String> {
    const LONGEST: usize = 64;
    let letters = || name.chars().filter(|c| c.is_alphanumeric());
    let is_short = name.len() <= LONGEST && letters().next().is_some();
    is_short.then(|| letters().flat_map(char::to_lowercase).collect())
}

/// A name that is not the name of a field.
pub(super) fn unknown(name: &str) -> UnknownName {
    let names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    UnknownName {
        name: shown(name),
        nearest: likeness::nearest(name, &names),
    }
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
    fn a_name_is_found_however_it_is_written() {
        for (written, field) in [
            ("email", "email"),
            ("Email", "email"),
            ("E-Mail", "email"),
            ("EMAIL", "email"),
            ("E-mail address", "email"),
            ("First Name", "first_name"),
            ("first-name", "first_name"),
            ("firstName", "first_name"),
            ("FirstName", "first_name"),
            ("LAST_NAME", "last_name"),
            ("Password Hash", "password_hash"),
            ("createdAt", "created_at"),
            ("ID", "id"),
        ] {
            assert_eq!(
                find(written).map(|place| FIELDS[place].name),
                Some(field),
                "{written}"
            );
        }
        for none in [
            "",
            "-",
            "mail",
            "name",
            "passwords",
            "prénom",
            &"x".repeat(1_000_000),
        ] {
            assert_eq!(find(none), None, "{none:.20}");
        }
    }

    #[test]
    fn a_slip_finds_what_was_meant() {
        for (slip, meant) in [
            ("mail", "email"),
            ("frist_name", "first_name"),
            ("passwd", "password"),
            ("pasword_hash", "password_hash"),
            ("group", "groups"),
        ] {
            assert_eq!(unknown(slip).nearest, Some(meant), "{slip}");
        }
        assert_eq!(unknown("shoe_size").nearest, None);
        assert_eq!(unknown(&"x".repeat(1_000_000)).nearest, None);
    }

    #[test]
    fn a_name_is_shown_short_and_on_one_line() {
        assert_eq!(shown("a\nb\u{1b}"), "a\\nb\\u{1b}");
        assert_eq!(shown(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
    }
}
