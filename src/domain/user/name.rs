//! The first and last names of users.

use std::str::FromStr;

use crate::domain::text;

/// A first or last name, in any script. It can be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
#[serde(transparent)]
pub struct Name(String);

/// Why a name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// The name has more than [`Name::MAX_CHARS`] code points.
    #[error("a name has at most 255 characters")]
    TooLong,
    /// The name holds a control character or a bidirectional character.
    #[error("a name can't hold control or bidirectional characters")]
    HiddenCharacter,
}

impl Name {
    /// The length of the longest name, in code points.
    pub const MAX_CHARS: usize = 255;

    /// Reads a name. White space around it is dropped.
    ///
    /// # Errors
    /// [`NameError`], saying which rule the name breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        // Checked before trimming, because trimming removes a line break at the end.
        if text.chars().any(text::is_hostile) {
            return Err(NameError::HiddenCharacter);
        }
        let name = text.trim();
        if name.chars().count() > Self::MAX_CHARS {
            return Err(NameError::TooLong);
        }
        Ok(Self(name.to_owned()))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_stored(name: String) -> Self {
        Self(name)
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hold_any_script_but_no_control_character() {
        for name in [
            "Τιμολέων",
            "الأيوبي",
            "治",
            "Nguyễn Văn A",
            "O'Neil",
            "می\u{200C}خواهم",
            "",
        ] {
            assert_eq!(Name::parse(name).unwrap().as_str(), name);
        }
        for name in ["a\nb", "a\u{0}b", "a\u{1b}[2J", "a\u{202E}b", "x\n"] {
            assert_eq!(Name::parse(name), Err(NameError::HiddenCharacter), "{name:?}");
        }
        assert!(Name::parse(&"é".repeat(255)).is_ok());
        assert_eq!(Name::parse(&"é".repeat(256)), Err(NameError::TooLong));
    }
}
