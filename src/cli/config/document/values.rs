//! The values of a document, each of the kind that its key asks for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeInteger, DeValue};

use super::Document;
use crate::cli::config::error::ConfigError;
use crate::domain::duration::parse_duration;
use crate::domain::group::GroupName;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::range::{Durations, Numbers};

const DURATION_FORM: &str = "a duration such as \"500ms\", \"30m\" or \"1h30m\"";

impl Document<'_> {
    /// A whole number within `range`.
    pub(in crate::cli::config) fn number(
        &self,
        key: &str,
        range: Numbers,
    ) -> Result<Option<u32>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(*number));
        number
            .map(Some)
            .ok_or_else(|| self.refuse(&[key], &range.to_string()))
    }

    /// A duration within `range`.
    pub(in crate::cli::config) fn duration(
        &self,
        key: &str,
        range: Durations,
    ) -> Result<Option<Duration>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let duration = value.get_ref().as_str().and_then(parse_duration);
        let Some(duration) = duration else {
            return Err(self.refuse(&[key], &format!("must be {DURATION_FORM}, in quotation marks")));
        };
        if !range.contains(duration) {
            return Err(self.refuse(&[key], &range.to_string()));
        }
        Ok(Some(duration))
    }

    /// The path of a file; a relative one is below the folder of the configuration.
    pub(in crate::cli::config) fn path(&self, key: &str) -> Result<Option<PathBuf>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let text = value.get_ref().as_str();
        let text = text.filter(|text| !text.is_empty() && !text.chars().any(char::is_control));
        let path =
            text.ok_or_else(|| self.refuse(&[key], "must be the path of a file, in quotation marks"))?;
        let folder = self.file.parent().unwrap_or(Path::new("/"));
        Ok(Some(folder.join(path)))
    }

    /// A text that is not empty and stands on one line.
    pub(in crate::cli::config) fn text(&self, key: &str) -> Result<Option<String>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let text = value.get_ref().as_str();
        let rule = "must be a text on one line, in quotation marks";
        text.and_then(one_line)
            .map(|text| Some(text.to_owned()))
            .ok_or_else(|| self.refuse(&[key], rule))
    }

    /// One of several words.
    pub(in crate::cli::config) fn word<T: Copy>(
        &self,
        key: &str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let text = value.get_ref().as_str();
        let found = words.iter().find(|(word, _)| Some(*word) == text);
        let rule = || {
            let words: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
            format!("must be one of {}", words.join(", "))
        };
        found
            .map(|(_, meaning)| Some(*meaning))
            .ok_or_else(|| self.refuse(&[key], &rule()))
    }

    /// Names of groups; may be none.
    pub(in crate::cli::config) fn groups(&self, key: &str) -> Result<Option<Vec<GroupName>>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let groups = match value.get_ref() {
            DeValue::Array(names) => group_names(names),
            _ => None,
        };
        groups
            .map(Some)
            .ok_or_else(|| self.refuse(&[key], "must be a list of group names"))
    }

    /// Who may sign in with a password.
    pub(in crate::cli::config) fn sign_in(&self, key: &str) -> Result<Option<PasswordSignIn>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let sign_in = match value.get_ref() {
            DeValue::String(word) if word == "everyone" => Some(PasswordSignIn::Everyone),
            DeValue::String(word) if word == "nobody" => Some(PasswordSignIn::Nobody),
            DeValue::Array(names) if !names.is_empty() => group_names(names).map(PasswordSignIn::Groups),
            _ => None,
        };
        let rule = "must be \"everyone\", \"nobody\" or a list of group names";
        sign_in.map(Some).ok_or_else(|| self.refuse(&[key], rule))
    }

    /// Yes or no.
    pub(in crate::cli::config) fn flag(&self, key: &str) -> Result<Option<bool>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let flag = value.get_ref().as_bool();
        flag.map(Some)
            .ok_or_else(|| self.refuse(&[key], "must be true or false, without quotation marks"))
    }

    /// Texts, each on one line and not empty; may be none.
    pub(in crate::cli::config) fn texts(&self, key: &str) -> Result<Option<Vec<String>>, ConfigError> {
        self.list(key, "must be a list of texts in quotation marks", |value| {
            one_line(value.as_str()?).map(str::to_owned)
        })
    }

    /// Ports, of which there is one at least.
    pub(in crate::cli::config) fn ports(&self, key: &str) -> Result<Option<Vec<u16>>, ConfigError> {
        const RULE: &str = "must be a list of ports from 0 to 65535, with one at least; 0 is any free one";
        let ports = self.list(key, RULE, |value| {
            let number = value.as_integer()?;
            u16::from_str_radix(number.as_str(), number.radix()).ok()
        })?;
        match ports {
            Some(ports) if ports.is_empty() => Err(self.refuse(&[key], RULE)),
            ports => Ok(ports),
        }
    }

    fn list<T>(
        &self,
        key: &str,
        rule: &str,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Result<Option<Vec<T>>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let items = value.get_ref().as_array();
        let items = items.and_then(|items| items.iter().map(|item| read(item.get_ref())).collect());
        items.map(Some).ok_or_else(|| self.refuse(&[key], rule))
    }

    /// Texts by names of somebody's choice.
    pub(in crate::cli::config) fn named_texts(
        &self,
        key: &str,
    ) -> Result<Option<BTreeMap<String, String>>, ConfigError> {
        self.table(key, "must be a table of texts in quotation marks", |value| {
            let text = value.as_str()?;
            (!text.chars().any(char::is_control)).then(|| text.to_owned())
        })
    }

    /// Texts, whole numbers and yes or no, by names of somebody's choice.
    pub(in crate::cli::config) fn named_values(
        &self,
        key: &str,
    ) -> Result<Option<BTreeMap<String, Value>>, ConfigError> {
        const RULE: &str = "must be a table of texts, whole numbers, true and false";
        self.table(key, RULE, |value| match value {
            DeValue::String(text) => Some(Value::from(text.as_ref())),
            DeValue::Boolean(flag) => Some(Value::from(*flag)),
            DeValue::Integer(number) => integer(number).map(Value::from),
            _ => None,
        })
    }

    fn table<T>(
        &self,
        key: &str,
        rule: &str,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Result<Option<BTreeMap<String, T>>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let table = value.get_ref().as_table().and_then(|table| {
            let entries = table.iter().map(|(name, value)| {
                let name = one_line(name.get_ref())?.to_owned();
                Some((name, read(value.get_ref())?))
            });
            entries.collect()
        });
        table.map(Some).ok_or_else(|| self.refuse(&[key], rule))
    }
}

fn integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A text that says something, on one line.
fn one_line(text: &str) -> Option<&str> {
    (!text.trim().is_empty() && !text.chars().any(char::is_control)).then_some(text)
}

fn group_names(names: &[Spanned<DeValue<'_>>]) -> Option<Vec<GroupName>> {
    names
        .iter()
        .map(|name| GroupName::parse(name.get_ref().as_str()?).ok())
        .collect()
}
