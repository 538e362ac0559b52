//! The kinds of file that an import reads, and what a file does not tell about itself.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;

/// The kinds of file that an import reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputFormat {
    /// CSV whose header names the fields of a user.
    Csv,
    /// User objects as JSON: one after the other, or in one array.
    Jsonl,
    /// A CSV export of Spryker's `spy_user`.
    Spryker,
    /// What Django's `dumpdata auth.user` prints.
    Django,
}

impl InputFormat {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Jsonl, Self::Spryker, Self::Django];

    /// The name of the kind.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Spryker => "spryker",
            Self::Django => "django",
        }
    }
}

impl fmt::Display for InputFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The error for a text that is not the name of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an input format is one of csv, jsonl, spryker, django")]
pub struct UnknownFormat;

impl FromStr for InputFormat {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        let named = |format: &Self| format.as_str() == text;
        Self::ALL.into_iter().find(named).ok_or(UnknownFormat)
    }
}

/// The character between two columns of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Separator(u8);

/// The error for a character that can't separate columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a separator is one ASCII character, and no letter, digit, quote or line break; or the word `tab`")]
#[non_exhaustive]
pub struct BadSeparator;

impl Separator {
    pub(super) const COMMA: Self = Self(b',');
    pub(super) const SEMICOLON: Self = Self(b';');
    pub(super) const TAB: Self = Self(b'\t');
    pub(super) const BAR: Self = Self(b'|');

    /// The separator `character`.
    ///
    /// # Errors
    /// [`BadSeparator`] if it can't separate columns.
    pub fn of(character: char) -> Result<Self, BadSeparator> {
        let byte = u8::try_from(character).map_err(|_| BadSeparator)?;
        let can_separate = matches!(byte, b'\t' | b' ') || byte.is_ascii_punctuation() && byte != b'"';
        if can_separate {
            Ok(Self(byte))
        } else {
            Err(BadSeparator)
        }
    }

    pub(super) fn byte(self) -> u8 {
        self.0
    }
}

impl fmt::Display for Separator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b'\t' => f.write_str("tab"),
            byte => write!(f, "{}", char::from(byte)),
        }
    }
}

impl FromStr for Separator {
    type Err = BadSeparator;

    /// Takes the character itself, or the word `tab`, because a tab is hard to type.
    fn from_str(text: &str) -> Result<Self, BadSeparator> {
        let mut characters = text.chars();
        match (text, characters.next(), characters.next()) {
            ("tab" | "TAB" | "\\t", _, _) => Ok(Self::TAB),
            (_, Some(character), None) => Self::of(character),
            _ => Err(BadSeparator),
        }
    }
}

/// What an input does not tell about itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The kind. If it is `None`, it is recognised by the beginning of the input.
    pub format: Option<InputFormat>,
    /// The time zone of times without an offset.
    pub timezone: TimeZone,
    /// The character between two columns of CSV. If it is `None`, it is recognised by the header.
    pub separator: Option<Separator>,
    /// Pass over columns, and keys of JSON objects, that are not fields of a user.
    pub ignore_unknown_columns: bool,
    /// The model of the users in a Django dump, such as `people.account`. If it is `None`, it is
    /// recognised by its fields.
    pub django_model: Option<String>,
}

impl Default for ReadOptions {
    /// Recognise everything; times are in UTC.
    fn default() -> Self {
        Self {
            format: None,
            timezone: TimeZone::UTC,
            separator: None,
            ignore_unknown_columns: false,
            django_model: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separator_is_a_character_that_no_cell_is_made_of() {
        for (text, shown) in [
            (";", ";"),
            (",", ","),
            ("|", "|"),
            ("\t", "tab"),
            ("\\t", "tab"),
            ("tab", "tab"),
        ] {
            assert_eq!(text.parse::<Separator>().unwrap().to_string(), shown, "{text:?}");
        }
        for text in ["", "a", "1", "\"", "\n", ";;", "é", "§"] {
            assert_eq!(text.parse::<Separator>(), Err(BadSeparator), "{text:?}");
        }
    }
}
