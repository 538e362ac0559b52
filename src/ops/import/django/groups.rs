//! The groups of a dump: by their names, or by keys whose names other entries give.

use std::collections::HashMap;

use crate::domain::group::GroupName;
use crate::ops::import::error::RowError;
use crate::ops::import::json::{self, Json, JsonMembers};
use crate::ops::import::user_fields::ImportRow;

/// How a user of a dump names a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum GroupKey {
    /// The name, in a dump that was made with `--natural-foreign`.
    Name(String),
    /// The number of the group.
    Number(i64),
    /// The key of the group, where it is no number.
    Text(String),
}

/// The names of the groups, by their keys in the dump.
#[derive(Default)]
pub(super) struct GroupNames(HashMap<GroupKey, String>);

impl GroupNames {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the key and the name of an entry of `auth.group`.
    pub fn learn(&mut self, key: Option<&Json<'_>>, fields: Option<&JsonMembers<'_>>) {
        let name = fields.and_then(|fields| json::member(fields, "name"));
        if let (Some(key), Some(name)) = (key.and_then(key_of), name.and_then(Json::as_text)) {
            self.0.insert(key, name.to_owned());
        }
    }

    /// Whether the names of these groups are known.
    pub fn has_all(&self, keys: &[GroupKey]) -> bool {
        keys.iter().all(|key| self.name_of(key).is_some())
    }

    fn name_of<'k>(&'k self, key: &'k GroupKey) -> Option<&'k str> {
        match key {
            GroupKey::Name(name) => Some(name),
            key => self.0.get(key).map(String::as_str),
        }
    }

    /// Adds the groups to a row, each once. A group whose name the dump does not give is left out and
    /// counted.
    pub fn add_to(&self, row: &mut ImportRow, keys: &[GroupKey]) -> Result<(), RowError> {
        for key in keys {
            let Some(name) = self.name_of(key) else {
                row.groups_left_out += 1;
                continue;
            };
            let group = GroupName::parse(name)?;
            if !row
                .groups
                .iter()
                .any(|other| other.canonical() == group.canonical())
            {
                row.groups.push(group);
            }
        }
        Ok(())
    }
}

/// The keys in the field `groups` of a user.
pub(super) fn keys_in(groups: Option<&Json<'_>>) -> Result<Vec<GroupKey>, RowError> {
    let wrong = RowError::WrongType {
        field: "groups",
        expected: "a list of groups",
    };
    match groups {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(Json::List(list)) => list.iter().map(key_of).collect::<Option<_>>().ok_or(wrong),
        Some(_) => Err(wrong),
    }
}

fn key_of(key: &Json<'_>) -> Option<GroupKey> {
    match key {
        Json::Number(Some(number)) => Some(GroupKey::Number(*number)),
        Json::Text(text) => Some(GroupKey::Text(text.clone().into_owned())),
        Json::List(natural) => match natural.as_slice() {
            [Json::Text(name)] => Some(GroupKey::Name(name.clone().into_owned())),
            _ => None,
        },
        _ => None,
    }
}
