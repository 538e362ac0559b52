//! Groups: named sets of users the back office gives rights to.

use std::fmt;
use std::str::FromStr;

use super::clock::Timestamp;
use super::text;

/// The group whose last active member cannot go.
pub const ADMINISTRATORS: &str = "administrators";

/// The name of a group, unique without regard to case.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct GroupName(String);

/// Why a group's name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupNameError {
    /// Nothing was given.
    #[error("a group's name can't be empty")]
    Empty,
    /// Over [`GroupName::MAX_CHARS`] code points.
    #[error("a group's name has at most 64 characters")]
    TooLong,
    /// A character that lists, tables or mails would stumble over.
    #[error("a group's name can't hold control or invisible characters, `,` or `;`, nor begin with `-`")]
    Character,
}

impl GroupName {
    /// Longest name in code points.
    pub const MAX_CHARS: usize = 64;

    /// Reads a name. White space around it is dropped.
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

    /// Whether this is the group `administrators`, however it was typed.
    #[must_use]
    pub fn is_administrators(&self) -> bool {
        self.canonical() == ADMINISTRATORS
    }

    /// The name as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two spellings of one name are equal.
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

/// A group as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Group {
    /// Its name.
    pub name: GroupName,
    /// How many users are in it, the deleted ones left out.
    pub members: u64,
    /// When it was made.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub created_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_their_case() {
        let shouted = GroupName::parse(" ADMINISTRATORS ").unwrap();
        assert!(shouted.is_administrators());
        assert_eq!(shouted.as_str(), "ADMINISTRATORS");
    }

    #[test]
    fn what_lists_stumble_over_is_refused() {
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
