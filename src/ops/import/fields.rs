//! The fields of a user in an import of our own, and what a row gave for each.

use std::borrow::Cow;

use crate::domain::likeness;

/// A field by its name in a CSV header or a JSON object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Email,
    FirstName,
    LastName,
    Status,
    Locale,
    Groups,
    PasswordState,
    MustChangePassword,
    Identities,
    Lock,
    LockedUntil,
    LastLoginAt,
    CreatedAt,
    UpdatedAt,
    Password,
    PasswordHash,
}

impl Field {
    pub const ALL: [(Self, &'static str); 17] = [
        (Self::Id, "id"),
        (Self::Email, "email"),
        (Self::FirstName, "first_name"),
        (Self::LastName, "last_name"),
        (Self::Status, "status"),
        (Self::Locale, "locale"),
        (Self::Groups, "groups"),
        (Self::PasswordState, "password_state"),
        (Self::MustChangePassword, "must_change_password"),
        (Self::Identities, "identities"),
        (Self::Lock, "lock"),
        (Self::LockedUntil, "locked_until"),
        (Self::LastLoginAt, "last_login_at"),
        (Self::CreatedAt, "created_at"),
        (Self::UpdatedAt, "updated_at"),
        (Self::Password, "password"),
        (Self::PasswordHash, "password_hash"),
    ];

    pub fn named(name: &str) -> Option<Self> {
        let (field, _) = Self::ALL.iter().find(|(_, known)| *known == name)?;
        Some(*field)
    }

    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// The field that was meant by `name`.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    likeness::nearest(name, &Field::ALL.map(|(_, known)| known))
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

/// What one row gave, not looked at yet. Borrows from the row's bytes.
#[derive(Default)]
pub(super) struct Given<'a> {
    texts: [Option<Cow<'a, str>>; Field::ALL.len()],
    pub groups: Vec<Cow<'a, str>>,
    pub must_change_password: Option<bool>,
    pub identities: Vec<[Cow<'a, str>; 3]>,
}

impl<'a> Given<'a> {
    pub fn set(&mut self, field: Field, text: Cow<'a, str>) {
        self.texts[field as usize] = Some(text);
    }

    pub fn text(&self, field: Field) -> Option<&str> {
        self.texts[field as usize].as_deref()
    }

    pub fn take(&mut self, field: Field) -> Option<Cow<'a, str>> {
        self.texts[field as usize].take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_stands_at_its_place() {
        for (place, (field, name)) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, place);
            assert_eq!(field.name(), name);
            assert_eq!(Field::named(name), Some(field));
        }
    }

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
