//! Values that hold several: lists and tables.

use std::collections::BTreeMap;
use std::path::Path;

use toml::de::{DeInteger, DeValue};

use super::{Fact, Form, one_line};
use crate::domain::admission::ClaimValue;
use crate::domain::group::GroupName;
use crate::domain::password_sign_in::PasswordSignIn;

/// A list of group names, which can be empty.
pub(in crate::cli::config) struct GroupList;

impl Form for GroupList {
    type Value = Vec<GroupName>;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<Vec<GroupName>, String> {
        list(value, group_name).ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be a list of group names".to_owned()
    }
}

/// The users who can sign in with a password.
pub(in crate::cli::config) struct PasswordUsers;

impl Form for PasswordUsers {
    type Value = PasswordSignIn;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<PasswordSignIn, String> {
        let users = match value {
            DeValue::String(word) if word == "everyone" => Some(PasswordSignIn::Everyone),
            DeValue::String(word) if word == "nobody" => Some(PasswordSignIn::Nobody),
            DeValue::Array(names) if !names.is_empty() => list(value, group_name).map(PasswordSignIn::Groups),
            _ => None,
        };
        users.ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be \"everyone\", \"nobody\" or a list of group names".to_owned()
    }
}

/// A list of texts, each on one line and not empty. The list can be empty.
pub(in crate::cli::config) struct TextList;

impl Form for TextList {
    type Value = Vec<String>;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<Vec<String>, String> {
        let texts = list(value, |item| one_line(item.as_str()?).map(str::to_owned));
        texts.ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be a list of texts in quotation marks".to_owned()
    }

    fn of_fact(&self, fact: Fact) -> Option<Vec<String>> {
        match fact {
            Fact::Texts(texts) => Some(texts.iter().map(|&text| text.to_owned()).collect()),
            Fact::Text(_) | Fact::Ports(_) => None,
        }
    }
}

/// A list of ports, one at least.
pub(in crate::cli::config) struct PortList;

impl Form for PortList {
    type Value = Vec<u16>;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<Vec<u16>, String> {
        let ports = list(value, |item| {
            let number = item.as_integer()?;
            u16::from_str_radix(number.as_str(), number.radix()).ok()
        });
        ports.filter(|ports| !ports.is_empty()).ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be a list of ports from 0 to 65535, with one at least; 0 is any free one".to_owned()
    }

    fn of_fact(&self, fact: Fact) -> Option<Vec<u16>> {
        match fact {
            Fact::Ports(ports) => Some(ports.to_vec()),
            Fact::Text(_) | Fact::Texts(_) => None,
        }
    }
}

/// Texts by names that the file chooses.
pub(in crate::cli::config) struct TextTable;

impl Form for TextTable {
    type Value = BTreeMap<String, String>;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<Self::Value, String> {
        let texts = table(value, |value| {
            let text = value.as_str()?;
            (!text.chars().any(char::is_control)).then(|| text.to_owned())
        });
        texts.ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be a table of texts in quotation marks".to_owned()
    }
}

/// Texts, whole numbers, true and false by names that the file chooses.
pub(in crate::cli::config) struct ValueTable;

impl Form for ValueTable {
    type Value = BTreeMap<String, ClaimValue>;

    fn read(&self, value: &DeValue<'_>, _: &Path) -> Result<Self::Value, String> {
        let values = table(value, |value| match value {
            DeValue::String(text) => Some(ClaimValue::from(text.as_ref())),
            DeValue::Boolean(flag) => Some(ClaimValue::from(*flag)),
            DeValue::Integer(number) => integer(number).map(ClaimValue::from),
            _ => None,
        });
        values.ok_or_else(|| self.rule())
    }

    fn rule(&self) -> String {
        "must be a table of texts, whole numbers, true and false".to_owned()
    }
}

fn list<T>(value: &DeValue<'_>, read: impl Fn(&DeValue<'_>) -> Option<T>) -> Option<Vec<T>> {
    let items = value.as_array()?;
    items.iter().map(|item| read(item.get_ref())).collect()
}

fn table<T>(value: &DeValue<'_>, read: impl Fn(&DeValue<'_>) -> Option<T>) -> Option<BTreeMap<String, T>> {
    let entries = value.as_table()?.iter().map(|(name, value)| {
        let name = one_line(name.get_ref())?.to_owned();
        Some((name, read(value.get_ref())?))
    });
    entries.collect()
}

fn integer(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn group_name(name: &DeValue<'_>) -> Option<GroupName> {
    GroupName::parse(name.as_str()?).ok()
}
