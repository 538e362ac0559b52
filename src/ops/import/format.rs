//! The kinds of file that an import reads.

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;

/// The kinds of file that an import reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputFormat {
    /// CSV whose header names the fields of a user.
    Csv,
    /// User objects as JSON, one a line or in one array.
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

/// What an input does not tell about itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The kind. If it is `None`, it is recognised by the beginning of the input.
    pub format: Option<InputFormat>,
    /// The time zone of times without an offset: all of Spryker's, some of Django's.
    pub timezone: TimeZone,
}

impl Default for ReadOptions {
    /// Recognise the kind; times are in UTC.
    fn default() -> Self {
        Self {
            format: None,
            timezone: TimeZone::UTC,
        }
    }
}
