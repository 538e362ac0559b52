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
    /// The name holds an invisible character that its script does not need.
    #[error("a name can't hold the character U+{:04X}, which is invisible", u32::from(*.0))]
    HiddenCharacter(char),
}

impl Name {
    /// The length of the longest name, in code points.
    pub const MAX_CHARS: usize = 255;

    /// Reads a name. White space around it is dropped. Of the invisible characters, a name holds only
    /// those that give a letter its right shape, in Persian, Hindi, Sinhala and other scripts.
    ///
    /// # Errors
    /// [`NameError`], saying which rule the name breaks.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        // Checked before trimming, because trimming removes a line break at the end.
        if let Some(c) = text::find_hidden(text) {
            return Err(NameError::HiddenCharacter(c));
        }
        Self::parse_existing(text)
    }

    /// Reads a name that a user had before. It can be one that [`parse`](Self::parse) refuses today, but
    /// could be stored once.
    ///
    /// # Errors
    /// [`NameError`] if no user can have the name.
    pub(crate) fn parse_existing(text: &str) -> Result<Self, NameError> {
        if let Some(c) = text.chars().find(|c| text::is_hostile(*c)) {
            return Err(NameError::HiddenCharacter(c));
        }
        let name = text.trim();
        if name.chars().count() > Self::MAX_CHARS {
            return Err(NameError::TooLong);
        }
        Ok(Self(name.to_owned()))
    }

    /// Reads a name that a provider gave, without the invisible characters that its script does not need:
    /// they come from emoji and copied text, and the person can't correct them here.
    ///
    /// # Errors
    /// [`NameError`], saying which other rule the name breaks.
    pub(crate) fn parse_visible(text: &str) -> Result<Self, NameError> {
        if let Some(c) = text.chars().find(|c| text::is_hostile(*c)) {
            return Err(NameError::HiddenCharacter(c));
        }
        let mut visible = text.to_owned();
        let hidden: Vec<usize> = text::hidden_in(text).map(|(at, _)| at).collect();
        for at in hidden.into_iter().rev() {
            visible.remove(at);
        }
        Self::parse(&visible)
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
    fn names_hold_any_script_but_no_invisible_character() {
        for name in [
            "Τιμολέων",
            "الأيوبي",
            "治",
            "Nguyễn Văn A",
            "O'Neil",
            "D’Angelo",
            "می\u{200C}خواهم",
            "ශ්\u{200D}රී",
            "渡邉\u{E0102}",
            "Jean\u{A0}Paul",
            "山田\u{3000}太郎",
            "",
        ] {
            assert_eq!(Name::parse(name).unwrap().as_str(), name);
        }
        for c in [
            '\n',
            '\0',
            '\u{1b}',
            '\u{202E}',
            '\u{200B}',
            '\u{200C}',
            '\u{200D}',
            '\u{2060}',
            '\u{FEFF}',
            '\u{AD}',
            '\u{E0041}',
            '\u{FE0F}',
            '\u{FFFF}',
            '\u{3164}',
        ] {
            for name in [format!("Ada{c}Byron"), format!("Ada{c}"), format!("{c}Ada")] {
                assert_eq!(Name::parse(&name), Err(NameError::HiddenCharacter(c)), "{name:?}");
            }
        }
        assert!(Name::parse(&"é".repeat(255)).is_ok());
        assert_eq!(Name::parse(&"é".repeat(256)), Err(NameError::TooLong));
    }

    #[test]
    fn a_name_of_a_provider_loses_its_invisible_characters() {
        for (given, name) in [
            ("Ada", "Ada"),
            ("Ada ❤\u{FE0F}", "Ada ❤"),
            ("\u{FEFF}A\u{200B}da\u{200D}", "Ada"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("\u{200B}", ""),
        ] {
            assert_eq!(Name::parse_visible(given).unwrap().as_str(), name, "{given:?}");
        }
        for given in ["Ada\n", "Ada\u{202E}"] {
            assert!(Name::parse_visible(given).is_err(), "{given:?}");
        }
    }

    #[test]
    fn what_was_stored_before_a_rule_is_still_read() {
        for name in ["Ada\u{200B}", "\u{FEFF}Ada", "Ada\u{E0041}", "👩\u{200D}🚀"] {
            assert!(Name::parse(name).is_err(), "{name:?}");
            assert_eq!(Name::parse_existing(name).unwrap().as_str(), name);
        }
        for name in ["a\nb", "a\u{202E}b"] {
            assert!(Name::parse_existing(name).is_err(), "{name:?}");
        }
    }
}
