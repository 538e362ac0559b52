//! A parsed configuration file that knows where everything stands, and complains by place and
//! key, never by quoting.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use super::keys::{KEYS, Kind, hint_for, join, kind_of};
use crate::domain::duration::{parse_duration, show_duration};
use crate::domain::group::GroupName;
use crate::domain::password::PasswordSignIn;

const FIX_OR_LEAVE_OUT: &str = "correct it, or leave the key out to have the default";
const DURATION_FORM: &str = "a duration such as \"500ms\", \"30m\" or \"1h30m\"";

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
            // A quoted name may hold a dot: `"session.idle"` is no path.
            let kind = if name.get_ref().contains('.') {
                Kind::Unknown
            } else {
                kind_of(&path)
            };
            match (kind, value.get_ref()) {
                (Kind::Setting, _) => None,
                (Kind::Section, DeValue::Table(inner)) => self.first_wrong_key(inner, &path),
                (Kind::Section, _) => {
                    let what = format!("`{path}` must be a section");
                    let hint = format!("write [{path}] on a line of its own and its keys below");
                    Some(self.at(name.span().start, what, hint))
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

    /// A complaint about the value of the first of `keys` that the file has.
    pub(super) fn refuse(&self, keys: &[&str], rule: &str) -> ConfigError {
        let found = keys.iter().find_map(|key| Some((key, self.find(key)?)));
        let (key, offset) = found.map_or(("", 0), |(key, value)| (*key, value.span().start));
        let what = format!("`{key}` {rule}");
        in_file(self.file, self.text, offset, what, FIX_OR_LEAVE_OUT.to_owned())
    }

    /// The line on which each key that the file has is given its value.
    pub(super) fn lines(&self) -> BTreeMap<&'static str, usize> {
        let line = |key: &'static str| Some((key, position(self.text, self.find(key)?.span().start).0));
        KEYS.into_iter().filter_map(line).collect()
    }

    /// A whole number within `range`.
    pub(super) fn number(&self, key: &str, range: RangeInclusive<u32>) -> Result<Option<u32>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|number| range.contains(number));
        let (least, most) = (range.start(), range.end());
        let rule = || format!("must be a whole number from {least} to {most}");
        number.map(Some).ok_or_else(|| self.refuse(&[key], &rule()))
    }

    /// A duration above zero, at most `most`.
    pub(super) fn duration(&self, key: &str, most: Duration) -> Result<Option<Duration>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let duration = value.get_ref().as_str().and_then(parse_duration);
        let Some(duration) = duration else {
            return Err(self.refuse(&[key], &format!("must be {DURATION_FORM}, in quotation marks")));
        };
        if duration.is_zero() || duration > most {
            let rule = format!("must be above zero and at most {}", show_duration(most));
            return Err(self.refuse(&[key], &rule));
        }
        Ok(Some(duration))
    }

    /// The path of a file; a relative one is below the folder of the configuration.
    pub(super) fn path(&self, key: &str) -> Result<Option<PathBuf>, ConfigError> {
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
    pub(super) fn text(&self, key: &str) -> Result<Option<String>, ConfigError> {
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let text = value.get_ref().as_str();
        let text = text.filter(|text| !text.trim().is_empty() && !text.chars().any(char::is_control));
        let rule = "must be a text on one line, in quotation marks";
        text.map(|text| Some(text.to_owned()))
            .ok_or_else(|| self.refuse(&[key], rule))
    }

    /// One of several words.
    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Result<Option<T>, ConfigError> {
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
    pub(super) fn groups(&self, key: &str) -> Result<Option<Vec<GroupName>>, ConfigError> {
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
    pub(super) fn sign_in(&self, key: &str) -> Result<Option<PasswordSignIn>, ConfigError> {
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
}

fn group_names(names: &[Spanned<DeValue<'_>>]) -> Option<Vec<GroupName>> {
    names
        .iter()
        .map(|name| GroupName::parse(name.get_ref().as_str()?).ok())
        .collect()
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
