//! A parsed configuration file. It knows the line and the column of each value. A complaint names
//! them and the key, and never quotes the text.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::ConfigError;
use super::keys::{Keys, Place, join, section_hint};
use super::settings::form::Form;
use crate::domain::provider::ProviderNameError;
use crate::domain::range::OutOfRange;

/// What to do about a value of a setting that has a default.
pub(super) const FIX_OR_LEAVE_OUT: &str = "correct it, or leave the key out to have the default";

/// A configuration file, parsed.
pub(super) struct Document<'a> {
    file: &'a Path,
    text: &'a str,
    root: DeTable<'a>,
    keys: Keys,
}

/// The text of a file, or a complaint about the first byte that isn't UTF-8.
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

/// The line and the character of a byte, both from 1.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// What is wrong, in words of our own: the messages of the parser can quote the file. Its message only
/// tells which fault it was. Returns what is wrong, and what to do.
fn syntax_rule(message: &str) -> (&'static str, &'static str) {
    const FORM: &str = "correct the file there; the form is TOML (https://toml.io)";
    match message {
        "duplicate key" => (
            "this key stands in the file twice",
            "keep one of the two; all settings of a section stand below its one heading",
        ),
        "string values must be quoted" => (
            "a text must stand in quotation marks",
            "write it like base_url = \"https://desk.example.com\"",
        ),
        "missing value for key" | "key with no value" => ("this key has no value", FORM),
        _ => (
            "this isn't TOML",
            "correct the file there; the form is TOML (https://toml.io), in which a text stands in quotation marks",
        ),
    }
}

impl<'a> Document<'a> {
    /// Parses a file. Each of its keys must be known.
    pub(super) fn parse(file: &'a Path, text: &'a str, keys: Keys) -> Result<Self, ConfigError> {
        let root = DeTable::parse(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let (what, hint) = syntax_rule(error.message());
            in_file(file, text, offset, what.to_owned(), hint.to_owned())
        })?;
        let document = Self {
            file,
            text,
            root: root.into_inner(),
            keys,
        };
        match document.first_wrong_key(&document.root, "") {
            Some((_, complaint)) => Err(complaint),
            None => Ok(document),
        }
    }

    /// The first wrong key in the file, and its offset. The parser gives the keys in alphabetical order.
    fn first_wrong_key(&self, table: &DeTable<'a>, section: &str) -> Option<(usize, ConfigError)> {
        let wrong = table.iter().filter_map(|(name, value)| {
            let path = join(section, name.get_ref());
            match (self.keys.place_of(section, name.get_ref()), value.get_ref()) {
                (Place::Setting, _) => None,
                (Place::Section, DeValue::Table(inner)) => self.first_wrong_key(inner, &path),
                (Place::Section, _) => {
                    let what = format!("`{path}` must be a section");
                    Some(self.at(name.span().start, what, section_hint(&path)))
                }
                (Place::BadProviderName, _) => {
                    let what = "this is no name of a provider".to_owned();
                    Some(self.at(name.span().start, what, ProviderNameError.to_string()))
                }
                (Place::Unknown, _) => {
                    let hint = self.keys.hint_for(section, name.get_ref());
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

    /// Where the file is.
    pub(super) fn path(&self) -> &Path {
        self.file
    }

    /// The value of a key in the file, read as its form says. `hint` is what to do about a wrong one.
    pub(super) fn read<F: Form>(
        &self,
        key: &str,
        form: &F,
        hint: &str,
    ) -> Result<Option<F::Value>, ConfigError> {
        debug_assert!(
            self.keys.is_setting(key),
            "`{key}` is read, but stands in the list of no section"
        );
        let Some(value) = self.find(key) else {
            return Ok(None);
        };
        let folder = self.file.parent().unwrap_or(Path::new("/"));
        let value = form.read(value.get_ref(), folder);
        value
            .map(Some)
            .map_err(|rule| self.refuse_with(&[key], &rule, hint))
    }

    /// Whether the file has `key`.
    pub(super) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// The names below a section whose keys the file chooses, in alphabetical order.
    pub(super) fn names_in(&self, section: &str) -> Vec<&str> {
        let table = self.find(section).and_then(|value| value.get_ref().as_table());
        table
            .into_iter()
            .flat_map(|table| table.keys().map(|name| name.get_ref().as_ref()))
            .collect()
    }

    /// A complaint about the value of the first of `keys` that the file has, and what to do about it.
    pub(super) fn refuse_with(&self, keys: &[&str], rule: &str, hint: &str) -> ConfigError {
        let found = keys.iter().find_map(|key| Some((key, self.find(key)?)));
        let (key, offset) = found.map_or(("", 0), |(key, value)| (*key, value.span().start));
        let what = format!("`{key}` {rule}");
        in_file(self.file, self.text, offset, what, hint.to_owned())
    }

    /// A complaint about values in `section` that break a rule. The fields of the error are the names
    /// of the settings in that section; each of them has a default.
    pub(super) fn refuse_values(&self, section: &str, error: &OutOfRange) -> ConfigError {
        let keys: Vec<String> = error.fields().iter().map(|field| join(section, field)).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.refuse_with(&keys, &error.rule(), FIX_OR_LEAVE_OUT)
    }

    /// The line of each setting in the file, by its key.
    pub(super) fn lines(&self) -> BTreeMap<String, usize> {
        let mut lines = BTreeMap::new();
        self.add_lines(&mut lines, &self.root, "");
        lines
    }

    fn add_lines(&self, lines: &mut BTreeMap<String, usize>, table: &DeTable<'a>, section: &str) {
        for (name, value) in table {
            let key = join(section, name.get_ref());
            // Every key is known here: only a table can be a section instead of a setting.
            match value.get_ref() {
                DeValue::Table(inner) if self.keys.place_of(section, name.get_ref()) == Place::Section => {
                    self.add_lines(lines, inner, &key);
                }
                _ => {
                    lines.insert(key, position(self.text, value.span().start).0);
                }
            }
        }
    }
}

/// A complaint about an unknown key. It names the key only if the key looks like one: a secret can
/// stand in the wrong place.
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
