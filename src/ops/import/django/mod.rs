//! The output of `manage.py dumpdata`: the users in it, and their groups.

mod entry;
mod groups;

use std::collections::{BTreeSet, VecDeque};

use super::error::{ReadError, RowError};
use super::field_names;
use super::format::ReadOptions;
use super::json::{self, Json, JsonMembers};
use super::objects::{Object, Objects};
use super::row::RowFailure;
use super::user_fields::ImportRow;
use crate::domain::email::EmailAddress;
use entry::Entry;
use groups::{GroupKey, GroupNames};

/// Django's own model of a user, which a project can replace.
const OWN_MODEL: &str = "auth.user";
/// The model of the groups.
const GROUP_MODEL: &str = "auth.group";

/// A dump.
pub(super) struct Dump<'a> {
    objects: Objects<'a>,
    content: Content,
}

/// What was read of a dump so far.
#[derive(Default)]
struct Content {
    /// The model of the users, as soon as one was found.
    model: Option<String>,
    /// The field with the address, where the model has no `email`.
    address: Option<String>,
    /// The first models that are not the model of the users.
    others: Vec<String>,
    groups: GroupNames,
    /// The first fields with a value that are not taken.
    left_out: BTreeSet<String>,
    /// Users that wait for the name of a group, and all after them: the order of the input is kept.
    waiting: VecDeque<Waiting>,
    /// The last entry, if it was refused. It doesn't wait: there may be very many.
    refused: Option<RowFailure>,
    ended: bool,
}

struct Waiting {
    row: ImportRow,
    groups: Vec<GroupKey>,
}

/// Whether an object is an entry of a dump, of any model.
pub(super) fn is_entry(object: Object<'_>) -> bool {
    let Some(bytes) = object.bytes else { return false };
    json::object(bytes, object.line).is_ok_and(|entry| {
        let has_model = json::member(&entry, "model").is_some_and(|model| model.as_text().is_some());
        has_model && json::member(&entry, "fields").is_some()
    })
}

impl<'a> Dump<'a> {
    pub fn new(objects: Objects<'a>) -> Self {
        Self {
            objects,
            content: Content::default(),
        }
    }

    /// Reads the next user; none at the end.
    pub fn read(
        &mut self,
        options: &ReadOptions,
    ) -> Result<Option<Result<ImportRow, RowFailure>>, ReadError> {
        loop {
            if let Some(row) = self.content.next_known() {
                return Ok(Some(row));
            }
            if self.content.ended {
                return Ok(None);
            }
            match self.objects.read()? {
                Some(object) => self.content.take(object, options)?,
                None => self.content.end(options)?,
            }
        }
    }
}

impl Content {
    /// A refused entry, or the next user, if the names of the groups are known or never will be.
    fn next_known(&mut self) -> Option<Result<ImportRow, RowFailure>> {
        if let Some(refused) = self.refused.take() {
            return Some(Err(refused));
        }
        let first = self.waiting.front()?;
        if !self.ended && !self.groups.has_all(&first.groups) {
            return None;
        }
        let Waiting { mut row, groups } = self.waiting.pop_front()?;
        Some(match self.groups.add_to(&mut row, &groups) {
            Ok(()) => Ok(row),
            Err(error) => Err(RowFailure::new(row.line, Some(row.email.as_str()), error)),
        })
    }

    fn take(&mut self, object: Object<'_>, options: &ReadOptions) -> Result<(), ReadError> {
        let line = object.line;
        if let Err(error) = self.take_entry(object, options)? {
            self.refused = Some(RowFailure::new(line, None, error));
        }
        Ok(())
    }

    fn take_entry(
        &mut self,
        object: Object<'_>,
        options: &ReadOptions,
    ) -> Result<Result<(), RowError>, ReadError> {
        let line = object.line;
        let entry = match object.bytes.map(|bytes| json::object(bytes, line)) {
            Some(Ok(entry)) => entry,
            Some(Err(error)) => return Ok(Err(error)),
            None => return Ok(Err(RowError::TooLong)),
        };
        let Some(model) = json::member(&entry, "model").and_then(Json::as_text) else {
            return Ok(Err(RowError::MissingField { field: "model" }));
        };
        let fields = match json::member(&entry, "fields") {
            Some(Json::Object(fields)) => Some(fields),
            _ => None,
        };
        if model.eq_ignore_ascii_case(GROUP_MODEL) {
            self.groups.learn(json::member(&entry, "pk"), fields);
        } else if !self.is_user(model, fields, options)? {
            self.pass_over(model);
        } else if let Some(members) = fields {
            self.read_user(line, members, options);
        } else {
            return Ok(Err(RowError::MissingField { field: "fields" }));
        }
        Ok(Ok(()))
    }

    /// Whether the entry is a user: of the model that was named, or of the first model that looks like
    /// one.
    fn is_user(
        &mut self,
        model: &str,
        fields: Option<&JsonMembers<'_>>,
        options: &ReadOptions,
    ) -> Result<bool, ReadError> {
        let is = |other: &str| model.eq_ignore_ascii_case(other);
        if let Some(named) = &options.django_model {
            let is_named = is(named);
            if is_named && self.model.is_none() {
                self.model = Some(model.to_owned());
            }
            return Ok(is_named);
        }
        let looks_like_one = is(OWN_MODEL) || fields.is_some_and(has_fields_of_user);
        match &self.model {
            Some(known) if is(known) => Ok(true),
            // A project that has Django's own users has replaced the model by no other.
            Some(known) if !looks_like_one || known.eq_ignore_ascii_case(OWN_MODEL) => Ok(false),
            Some(known) => Err(ReadError::SeveralUserModels {
                models: [known.clone(), field_names::shown(model)],
            }),
            None if looks_like_one => {
                self.model = Some(model.to_owned());
                Ok(true)
            }
            None => Ok(false),
        }
    }

    fn pass_over(&mut self, model: &str) {
        const MOST: usize = 10;
        let shown = field_names::shown(model);
        if self.others.len() < MOST && !self.others.contains(&shown) {
            self.others.push(shown);
        }
    }

    fn read_user(&mut self, line: u64, members: &JsonMembers<'_>, options: &ReadOptions) {
        if self.address.is_none() {
            self.address = address_field(members).map(str::to_owned);
        }
        let address = self.address.as_deref().unwrap_or("email");
        let entry = Entry {
            members,
            address,
            timezone: &options.timezone,
        };
        match entry.row(line).and_then(|row| Ok((row, entry.groups()?))) {
            Ok((mut row, groups)) => {
                row.fields_left_out = entry.new_left_out(&mut self.left_out);
                self.waiting.push_back(Waiting { row, groups });
            }
            Err(error) => {
                let email = json::member(members, address).and_then(Json::as_text);
                self.refused = Some(RowFailure::new(line, email, error));
            }
        }
    }

    fn end(&mut self, options: &ReadOptions) -> Result<(), ReadError> {
        self.ended = true;
        let has_groups = !self.groups.is_empty();
        if self.model.is_some() || self.others.is_empty() && !has_groups && options.django_model.is_none() {
            return Ok(());
        }
        let mut models = std::mem::take(&mut self.others);
        if has_groups {
            models.push(GROUP_MODEL.to_owned());
        }
        Err(ReadError::NoUsers { models })
    }
}

/// Whether an entry has the two fields that every model of a user has (`AbstractBaseUser`).
fn has_fields_of_user(fields: &JsonMembers<'_>) -> bool {
    let has_password = json::member(fields, "password").is_some_and(|password| password.as_text().is_some());
    has_password && json::member(fields, "last_login").is_some()
}

/// The field that holds the address. A model without `email` has it in another field, often the one that
/// people sign in with.
fn address_field<'m>(members: &'m JsonMembers<'_>) -> Option<&'m str> {
    let name = |(name, _): &'m (std::borrow::Cow<'_, str>, Json<'_>)| name.as_ref();
    if json::member(members, "email").is_some() {
        return Some("email");
    }
    let holds_address = |(name, value): &&(std::borrow::Cow<'_, str>, Json<'_>)| {
        name != "password"
            && value
                .as_text()
                .is_some_and(|text| EmailAddress::parse(text).is_ok())
    };
    let found = || members.iter().filter(holds_address).map(name);
    let is_mail = |name: &&str| name.contains("mail");
    let is_sign_in = |name: &&str| matches!(*name, "username" | "login");
    found()
        .find(is_mail)
        .or_else(|| found().find(is_sign_in))
        .or_else(|| found().next())
}

#[cfg(test)]
mod tests;
