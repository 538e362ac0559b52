//! The names of groups.

use std::fmt;
use std::str::FromStr;

use super::error::GroupNameError;
use super::new;
use crate::domain::text;

/// The name of the group that must keep one active member.
pub const ADMINISTRATORS: &str = "administrators";

/// The name of a group. Two names that differ in case only are one name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct GroupName(String);

impl GroupName {
    /// The length of the longest name, in code points.
    pub const MAX_CHARS: usize = 64;

    /// Reads the name of a group that may exist. White space before and after it is removed. For a
    /// group that is made or renamed, more rules count, and the use cases check them.
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

    /// Checks that a group can get this name today.
    ///
    /// # Errors
    /// [`GroupNameError`], saying which rule the name breaks.
    pub(crate) fn check_new(&self) -> Result<(), GroupNameError> {
        new::check(&self.0)
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
