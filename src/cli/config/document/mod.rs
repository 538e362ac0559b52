//! A parsed configuration file that knows where everything stands, and complains by place and
//! key, never by quoting.

mod values;

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use super::keys::{Kind, hint_for, join, kind_of, section_hint};
use crate::domain::provider::ProviderNameError;
use crate::domain::range::OutOfRange;

const FIX_OR_LEAVE_OUT: &str = "correct it, or leave the key out to have the default";

/// A configuration file, parsed.
pub(super) struct Document<'a> {
    file: &'a Path,
    text: &'a str,
    root: DeTable<'a>,
}

/// The text of a file, or a complaint about the first byte that is none.
pub(super) fn decode<'a>(file: &Path, bytes: &'a [u8]) -> Result<&'a str, ConfigError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let text = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let what = "this isn't UTF-8".to_owned();
        in_file(file, &text, text.len(), what, "save the file as UTF-8".to_owned())
    })
}

fn in_file(file: &Path, text: &str, offset: usize, what: String, hint: String) -> ConfigError {
    let (line, column) = position(text, offset);
    ConfigError::InFile {
        path: file.to_owned(),
        line,
        column,
        what,
        hint,
    }
}

/// Line and character of a byte, both from 1.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// The parser's own messages may quote what it read: only these are taken, as a sign of what it was.
fn syntax_rule(message: &str) -> &'static str {
    match message {
        "duplicate key" => "this key stands in the file twice",
        "string values must be quoted" => "a text must stand in quotation marks",
        "missing value for key" | "key with no value" => "this key has no value",
        _ => "this isn't TOML",
    }
}

impl<'a> Document<'a> {
    /// Parses a file in which every key is a known one.
    pub(super) fn parse(file: &'a Path, text: &'a str) -> Result<Self, ConfigError> {
        let root = DeTable::parse(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let what = syntax_rule(error.message()).to_owned();
            let hint = "correct the file there; the form is TOML (https://toml.io)".to_owned();
            in_file(file, text, offset, what, hint)
        })?;
        let document = Self {
            file,
            text,
            root: root.into_inner(),
        };
        match document.first_wrong_key(&document.root, "") {
            Some((_, complaint)) => Err(complaint),
            None => Ok(document),
        }
    }

    /// The wrong key that stands first, by its offset: the parser gives them in alphabetical order.
    fn first_wrong_key(&self, table: &DeTable<'a>, section: &str) -> Option<(usize, ConfigError)> {
        let wrong = table.iter().filter_map(|(name, value)| {
            let path = join(section, name.get_ref());
            match (kind_of(section, name.get_ref()), value.get_ref()) {
                (Kind::Setting, _) => None,
                (Kind::Section, DeValue::Table(inner)) => self.first_wrong_key(inner, &path),
                (Kind::Section, _) => {
                    let what = format!("`{path}` must be a section");
                    Some(self.at(name.span().start, what, section_hint(&path)))
                }
                (Kind::Misnamed, _) => {
                    let what = "this is no name of a provider".to_owned();
                    Some(self.at(name.span().start, what, ProviderNameError.to_string()))
                }
                (Kind::Unknown, _) => {
                    let hint = hint_for(section, name.get_ref());
                    Some(self.at(name.span().start, unknown(section, name.get_ref()), hint))
                }
            }
        });
        wrong.min_by_key(|(offset, _)| *offset)
    }

    fn at(&self, offset: usize, what: String, hint: String) -> (usize, ConfigError) {
        (offset, in_file(self.file, self.text, offset, what, hint))
    }

    fn find(&self, key: &str) -> Option<&Spanned<DeValue<'a>>> {
        let mut steps = key.split('.');
        let first = self.root.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get_ref().get(step))
    }

    /// Whether the file has `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The names below a section whose keys are names of somebody's choice, in their order.
    pub(super) fn names_in(&self, section: &str) -> Vec<&str> {
        let table = self.find(section).and_then(|value| value.get_ref().as_table());
        table
            .into_iter()
            .flat_map(|table| table.keys().map(|name| name.get_ref().as_ref()))
            .collect()
    }

    /// A complaint about the value of the first of `keys` that the file has.
    pub(super) fn refuse(&self, keys: &[&str], rule: &str) -> ConfigError {
        self.refuse_with(keys, rule, FIX_OR_LEAVE_OUT)
    }

    /// The same, and what to do about it.
    pub(super) fn refuse_with(&self, keys: &[&str], rule: &str, hint: &str) -> ConfigError {
        let found = keys.iter().find_map(|key| Some((key, self.find(key)?)));
        let (key, offset) = found.map_or(("", 0), |(key, value)| (*key, value.span().start));
        let what = format!("`{key}` {rule}");
        in_file(self.file, self.text, offset, what, hint.to_owned())
    }

    /// A complaint about values in `section` that break a rule: the fields of the error are the
    /// keys there.
    pub(super) fn refuse_values(&self, section: &str, error: &OutOfRange) -> ConfigError {
        let keys: Vec<String> = error.fields().iter().map(|field| join(section, field)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.refuse(&keys, &error.rule())
    }

    /// The line on which each of `keys` that the file has is given its value.
    pub(super) fn lines(&self, keys: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
        let line = |key: String| {
            let offset = self.find(&key)?.span().start;
            Some((key, position(self.text, offset).0))
        };
        keys.into_iter().filter_map(line).collect()
    }
}

/// A key is named only if it looks like one: a secret may stand in the wrong place.
fn unknown(section: &str, name: &str) -> String {
    let looks_like_a_key = name.len() <= 32
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-'));
    match (looks_like_a_key && !name.is_empty(), section) {
        (true, _) => format!("`{}` is no key of the configuration", join(section, name)),
        (false, "") => "this is no key of the configuration".to_owned(),
        (false, _) => format!("this is no key of [{section}]"),
    }
}
