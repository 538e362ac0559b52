//! What the value of a setting can be: how it is read from the file, and the rule in words.

mod lists;

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::DeValue;

use crate::domain::duration::parse_duration;
use crate::domain::range::{Durations, Numbers};

pub(in crate::cli::config) use lists::{GroupList, PasswordUsers, PortList, TextList, TextTable, ValueTable};

/// A value that a preset gives.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli::config) enum Fact {
    Text(&'static str),
    Texts(&'static [&'static str]),
    Ports(&'static [u16]),
}

/// What the value of a setting can be.
pub(in crate::cli::config) trait Form: Sync {
    /// What the program makes of the value.
    type Value;

    /// Reads a value of the file. A relative path is below `folder`.
    ///
    /// # Errors
    /// The rule that the value breaks, in words that follow the name of the setting.
    fn read(&self, value: &DeValue<'_>, folder: &Path) -> Result<Self::Value, String>;

    /// What a value must be, in words that follow the name of the setting.
    fn rule(&self) -> String;

    /// The range of the value, in words that follow the name of the setting.
    fn limits(&self) -> Option<String> {
        None
    }

    /// The value that a preset gives.
    fn of_fact(&self, _fact: Fact) -> Option<Self::Value> {
        None
    }
}

/// A whole number.
pub(in crate::cli::config) struct NumberIn(pub(super) Numbers);

impl Form for NumberIn {
    type Value = u32;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<u32, String> {
        let number = value
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        number
            .filter(|number| self.0.contains(*number))
            .ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        self.0.to_string()
    }

    fn limits(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

/// A duration.
pub(in crate::cli::config) struct DurationIn(pub(super) Durations);

impl DurationIn {
    const RULE: &'static str =
        "must be a duration such as \"500ms\", \"30m\" or \"1h30m\", in quotation marks";
}

impl Form for DurationIn {
    type Value = Duration;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<Duration, String> {
        match value.as_str().and_then(parse_duration) {
            None => Err(Self::RULE.to_owned()),
            Some(duration) if self.0.contains(duration) => Ok(duration),
            Some(_) => Err(self.0.to_string()),
        }
    }

    fn rule(&self) -> String {
        format!("{}; it {}", Self::RULE, self.0)
    }

    fn limits(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

/// The path of a file or a folder. A relative one is below the folder of the configuration.
pub(in crate::cli::config) struct FilePath;

impl Form for FilePath {
    type Value = PathBuf;

    fn read(&self, value: &DeValue<'_>, folder: &Path) -> Result<PathBuf, String> {
        let text = value.as_str();
        let text = text.filter(|text| !text.is_empty() && !text.chars().any(char::is_control));
        text.map(|text| folder.join(text)).ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be the path of a file, in quotation marks".to_owned()
    }
}

/// A text on one line that is not empty.
pub(in crate::cli::config) struct OneLine;

impl Form for OneLine {
    type Value = String;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<String, String> {
        let text = value.as_str().and_then(one_line);
        text.map(str::to_owned).ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be a text on one line, in quotation marks".to_owned()
    }

    fn of_fact(&self, fact: Fact) -> Option<String> {
        match fact {
            Fact::Text(text) => Some(text.to_owned()),
            Fact::Texts(_) | Fact::Ports(_) => None,
        }
    }
}

/// One of several words, each of which stands for a value.
pub(in crate::cli::config) struct OneOf<T: 'static> {
    pub(super) all: &'static [T],
    pub(super) word: fn(T) -> &'static str,
}

impl<T: Copy + Sync> OneOf<T> {
    fn find(&self, word: &str) -> Option<T> {
        self.all.iter().copied().find(|one| (self.word)(*one) == word)
    }
}

impl<T: Copy + Sync> Form for OneOf<T> {
    type Value = T;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<T, String> {
        let found = value.as_str().and_then(|word| self.find(word));
        found.ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        let words = self.all.iter().map(|one| format!("\"{}\"", (self.word)(*one)));
        format!("must be one of {}", words.collect::<Vec<_>>().join(", "))
    }

    fn of_fact(&self, fact: Fact) -> Option<T> {
        match fact {
            Fact::Text(word) => self.find(word),
            Fact::Texts(_) | Fact::Ports(_) => None,
        }
    }
}

/// True or false.
pub(in crate::cli::config) struct YesOrNo;

impl Form for YesOrNo {
    type Value = bool;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<bool, String> {
        value.as_bool().ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be true or false, without quotation marks".to_owned()
    }
}

/// A text that is not blank, on one line.
fn one_line(text: &str) -> Option<&str> {
    (!text.trim().is_empty() && !text.chars().any(char::is_control)).then_some(text)
}
