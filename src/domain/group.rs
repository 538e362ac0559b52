//! Groups: named sets of users. The back office gives rights to groups.

use std::fmt;
use std::str::FromStr;

use super::clock::Timestamp;
use super::text;

/// The name of the group that must keep one active member.
pub const ADMINISTRATORS: &str = "administrators";

/// The name of a group. Two names that differ in case only are one name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct GroupName(String);

/// Why the name of a group is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupNameError {
    /// The name is empty.
    #[error("a group's name can't be empty")]
    Empty,
    /// The name has more than [`GroupName::MAX_CHARS`] code points.
    #[error("a group's name has at most 64 characters")]
    TooLong,
    /// The name holds a character that has a meaning in lists or tables, or that is not visible.
    #[error("a group's name can't hold control or invisible characters, `,` or `;`, nor begin with `-`")]
    Character,
}

impl GroupName {
    /// The length of the longest name, in code points.
    pub const MAX_CHARS: usize = 64;

    /// Reads a name. White space before and after it is removed.
    ///
    /// # Errors
    /// [`GroupNameError`], saying which rule the name breaks.
    pub fn parse(text: &str) -> Result<Self, GroupNameError> {
        let name = text.trim();
        if name.is_empty() {
            return Err(GroupNameError::Empty);
        }
        if name.chars().count() > Self::MAX_CHARS {
            return Err(GroupNameError::TooLong);
        }
        // `;` separates groups in CSV, `,` on command lines.
        let bad = |c| text::is_hostile(c) || text::is_format(c) || matches!(c, ',' | ';');
        if name.starts_with('-') || name.chars().any(bad) || text::fold(name).is_empty() {
            return Err(GroupNameError::Character);
        }
        Ok(Self(name.to_owned()))
    }

    /// The group `administrators`.
    #[must_use]
    pub fn administrators() -> Self {
        Self(ADMINISTRATORS.to_owned())
    }

    /// Whether this is the name of the group `administrators`, in any case.
    #[must_use]
    pub fn is_administrators(&self) -> bool {
        self.canonical() == ADMINISTRATORS
    }

    /// The name as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The canonical form. Two spellings of one name have the same canonical form.
    #[must_use]
    pub fn canonical(&self) -> String {
        text::fold(&self.0)
    }

    pub(crate) fn from_stored(name: String) -> Self {
        Self(name)
    }
}

impl FromStr for GroupName {
    type Err = GroupNameError;

    fn from_str(text: &str) -> Result<Self, GroupNameError> {
        Self::parse(text)
    }
}

impl fmt::Display for GroupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A group, with the number of its members.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Group {
    /// The name.
    pub name: GroupName,
    /// The number of its members. Deleted users don't count.
    pub members: u64,
    /// The time at which the group was made.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_that_differ_in_case_are_one_name() {
        let shouted = GroupName::parse(" ADMINISTRATORS ").unwrap();
        assert!(shouted.is_administrators());
        assert_eq!(shouted.as_str(), "ADMINISTRATORS");
    }

    #[test]
    fn a_name_with_a_special_or_invisible_character_is_refused() {
        use GroupNameError::{Character, Empty, TooLong};
        let long = "x".repeat(65);
        for (text, error) in [
            ("", Empty),
            ("a;b", Character),
            ("a,b", Character),
            ("a\tb", Character),
            ("-rf", Character),
            ("a\u{202E}b", Character),
            ("\u{3164}", Character),
            (long.as_str(), TooLong),
        ] {
            assert_eq!(GroupName::parse(text).unwrap_err(), error, "{text:?}");
        }
        assert!(GroupName::parse("Vertrieb Süd").is_ok());
    }
}
