//! The output of `manage.py dumpdata`: the users in it, and their groups.

mod entry;
mod groups;

use std::collections::VecDeque;

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
    /// Users that wait for the name of a group, and all after them: the order of the input is kept.
    waiting: VecDeque<Waiting>,
    ended: bool,
}

struct Waiting {
    row: Result<ImportRow, RowFailure>,
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
    /// The next user, if the names of the groups are known or never will be.
    fn next_known(&mut self) -> Option<Result<ImportRow, RowFailure>> {
        let first = self.waiting.front()?;
        if !self.ended && !self.groups.has_all(&first.groups) {
            return None;
        }
        let Waiting { row, groups } = self.waiting.pop_front()?;
        Some(
            row.and_then(|mut row| match self.groups.add_to(&mut row, &groups) {
                Ok(()) => Ok(row),
                Err(error) => Err(RowFailure::new(row.line, Some(row.email.as_str()), error)),
            }),
        )
    }

    fn take(&mut self, object: Object<'_>, options: &ReadOptions) -> Result<(), ReadError> {
        let line = object.line;
        let Some(bytes) = object.bytes else {
            self.wait(Err(RowFailure::new(line, None, RowError::TooLong)), Vec::new());
            return Ok(());
        };
        let entry = match json::object(bytes, line) {
            Ok(entry) => entry,
            Err(error) => {
                self.wait(Err(RowFailure::new(line, None, error)), Vec::new());
                return Ok(());
            }
        };
        let missing = |field| Err(RowFailure::new(line, None, RowError::MissingField { field }));
        let Some(model) = json::member(&entry, "model").and_then(Json::as_text) else {
            self.wait(missing("model"), Vec::new());
            return Ok(());
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
            let (row, groups) = self.read_user(line, members, options);
            self.wait(row, groups);
        } else {
            self.wait(missing("fields"), Vec::new());
        }
        Ok(())
    }

    fn wait(&mut self, row: Result<ImportRow, RowFailure>, groups: Vec<GroupKey>) {
        self.waiting.push_back(Waiting { row, groups });
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

    fn read_user(
        &mut self,
        line: u64,
        members: &JsonMembers<'_>,
        options: &ReadOptions,
    ) -> (Result<ImportRow, RowFailure>, Vec<GroupKey>) {
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
            Ok((row, groups)) => (Ok(row), groups),
            Err(error) => {
                let email = json::member(members, address).and_then(Json::as_text);
                (Err(RowFailure::new(line, email, error)), Vec::new())
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
mod tests {
    use super::super::reader::tests::{failure, outcome, results, rows, rows_in};
    use super::super::row::ImportedCredential;
    use super::*;
    use crate::domain::email::EmailError;
    use crate::domain::user::Status;

    fn entry(fields: &str) -> String {
        format!("[\n{{\"model\": \"auth.user\", \"pk\": 1, \"fields\": {{{fields}}}}}\n]\n")
    }

    const PBKDF2: &str =
        "pbkdf2_sha256$60000$xMlwn0OLtmtjPuo9JaOHcR$lD+r9TMXXgWJjmO3yGJlwnAGfBln7CqYINSl7XvYAe0=";

    #[test]
    fn a_user_of_a_dump() {
        let row = rows(&entry(&format!(
            "\"password\":\"{PBKDF2}\",\"last_login\":null,\"is_superuser\":true,\"username\":\"ada\",\
             \"first_name\":\"Ada\",\"last_name\":\"\",\"email\":\"ada@example.com\",\"is_staff\":true,\
             \"is_active\":false,\"date_joined\":\"2022-09-19T18:47:00.5Z\",\"groups\":[1],\"user_permissions\":[]"
        )))
        .remove(0);
        assert_eq!(row.line, 2);
        assert_eq!(row.status, Some(Status::Deactivated));
        assert_eq!(row.first_name.unwrap().as_str(), "Ada");
        assert_eq!(row.last_name, None);
        assert!(matches!(row.credential, ImportedCredential::Hash(hash) if hash.as_str() == PBKDF2));
        assert_eq!(row.created_at.unwrap().to_string(), "2022-09-19T18:47:00.5Z");
        assert!(row.was_staff && row.was_superuser);
    }

    #[test]
    fn an_unusable_password_is_none() {
        for password in ["!aBcD", "!", ""] {
            let text = entry(&format!(
                "\"email\":\"a@example.com\",\"password\":\"{password}\""
            ));
            assert!(matches!(rows(&text)[0].credential, ImportedCredential::None));
        }
    }

    #[test]
    fn other_models_are_passed_over_and_lines_counted_through() {
        let text = "[{\"model\":\"auth.group\",\n\"pk\":1,\"fields\":{\"name\":\"a\"}},\n\
                    {\"model\":\"auth.user\",\"fields\":{\"email\":\"a@example.com\"}}]";
        let rows = rows(text);
        assert_eq!((rows.len(), rows[0].line), (1, 3));
        let lines = "{\"model\":\"auth.user\",\"fields\":{\"email\":\"a@example.com\"}}\n";
        assert_eq!(super::super::reader::tests::rows(lines).len(), 1);
    }

    #[test]
    fn a_dump_without_users_names_its_models() {
        let text = "[{\"model\":\"accounts.user\",\"pk\":1,\"fields\":{\"email\":\"a@example.com\"}},\
                    {\"model\":\"auth.group\",\"pk\":1,\"fields\":{\"name\":\"x\"}}]";
        let Err(ReadError::NoUsers { models }) = outcome(text.as_bytes()) else {
            panic!("{text}")
        };
        assert_eq!(models, ["accounts.user", "auth.group"]);
    }

    fn user(model: &str, fields: &str) -> String {
        format!(
            "{{\"model\":\"{model}\",\"pk\":1,\"fields\":{{\"password\":\"!\",\"last_login\":null,{fields}}}}}"
        )
    }

    fn group(key: &str, name: &str) -> String {
        format!(
            "{{\"model\":\"auth.group\",\"pk\":{key},\"fields\":{{\"name\":\"{name}\",\"permissions\":[]}}}}"
        )
    }

    fn groups_of(row: &ImportRow) -> Vec<String> {
        row.groups.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn groups_are_taken_by_name_and_by_key_wherever_the_group_stands() {
        let by_name = user(
            "auth.user",
            "\"email\":\"a@example.com\",\"groups\":[[\"Editors\"],[\"editors\"],[\"Shop\"]]",
        );
        assert_eq!(groups_of(&rows(&by_name)[0]), ["Editors", "Shop"]);
        let by_key = user("auth.user", "\"email\":\"b@example.com\",\"groups\":[2,\"k\"]");
        let (editors, shop) = (group("2", "Editors"), group("\"k\"", "Shop"));
        for text in [
            format!("[{editors},{shop},{by_key},{by_name}]"),
            format!("[{editors},{by_key},{by_name},{shop}]"),
            format!("[{by_key},{by_name},{shop},{editors}]"),
        ] {
            let rows = rows(&text);
            assert_eq!(rows[0].email.as_str(), "b@example.com", "the order is kept");
            assert_eq!(groups_of(&rows[0]), ["Editors", "Shop"], "{text}");
            assert_eq!((groups_of(&rows[1]).len(), rows[1].groups_left_out), (2, 0));
        }
    }

    #[test]
    fn what_gives_no_group_is_counted() {
        let text = format!(
            "[{},{}]",
            user(
                "auth.user",
                "\"email\":\"a@example.com\",\"groups\":[1,2],\"user_permissions\":[7]"
            ),
            group("2", "Editors")
        );
        let row = rows(&text).remove(0);
        assert_eq!(
            (groups_of(&row), row.groups_left_out),
            (vec!["Editors".to_owned()], 1)
        );
        assert!(row.had_permissions);
        let error = |groups: &str| {
            failure(&user(
                "auth.user",
                &format!("\"email\":\"a@example.com\",\"groups\":{groups}"),
            ))
            .error
        };
        assert!(matches!(
            error("[[1]]"),
            RowError::WrongType { field: "groups", .. }
        ));
        assert!(matches!(error("7"), RowError::WrongType { field: "groups", .. }));
        assert!(matches!(error("[[\"\"]]"), RowError::Group(_)));
    }

    #[test]
    fn a_model_of_the_project_is_found_by_its_fields_or_named() {
        let account = user("people.account", "\"email\":\"a@example.com\"");
        let session = "{\"model\":\"sessions.session\",\"fields\":{\"last_login\":null}}";
        assert_eq!(rows(&format!("[{session},{account},{session}]")).len(), 1);
        let customer = user("shop.customer", "\"email\":\"b@example.com\"");
        let both = format!("[{account},{customer}]");
        let Err(ReadError::SeveralUserModels { models }) = outcome(both.as_bytes()) else {
            panic!("{both}")
        };
        assert_eq!(models, ["people.account", "shop.customer"]);
        for (named, email) in [
            ("People.Account", "a@example.com"),
            ("shop.customer", "b@example.com"),
        ] {
            let options = ReadOptions {
                django_model: Some(named.to_owned()),
                ..ReadOptions::default()
            };
            let rows = rows_in(&both, &options);
            assert_eq!((rows.len(), rows[0].email.as_str()), (1, email));
        }
        let own = user("auth.user", "\"email\":\"c@example.com\"");
        assert_eq!(
            rows(&format!("[{own},{customer}]"))[0].email.as_str(),
            "c@example.com"
        );
    }

    #[test]
    fn the_address_is_found_where_a_model_has_it() {
        for (fields, email) in [
            (
                "\"email_address\":\"a@example.com\",\"username\":\"x\"",
                "a@example.com",
            ),
            ("\"username\":\"a@example.com\",\"phone\":\"1\"", "a@example.com"),
            ("\"login\":\"a@example.com\"", "a@example.com"),
            (
                "\"manager\":\"m@example.com\",\"login\":\"a@example.com\"",
                "a@example.com",
            ),
            (
                "\"manager\":\"m@example.com\",\"e_mail\":\"a@example.com\"",
                "a@example.com",
            ),
            ("\"contact\":\"a@example.com\"", "a@example.com"),
        ] {
            assert_eq!(
                rows(&user("people.account", fields))[0].email.as_str(),
                email,
                "{fields}"
            );
        }
        // The first user of the dump decides for all.
        let text = format!(
            "[{},{}]",
            user("people.account", "\"login\":\"a@example.com\""),
            user(
                "people.account",
                "\"login\":\"\",\"backup_mail\":\"b@example.com\""
            )
        );
        assert!(results(text.as_bytes())[1].is_err());
        let empty = user("people.account", "\"email\":\"\",\"backup\":\"b@example.com\"");
        assert!(matches!(failure(&empty).error, RowError::Email { .. }));
    }

    #[test]
    fn each_bad_row_says_why() {
        let error = |fields: &str| failure(&entry(fields)).error;
        let empty = error("\"email\":\"\"");
        assert!(matches!(
            empty,
            RowError::Email {
                error: EmailError::Empty,
                ..
            }
        ));
        assert!(matches!(
            error("\"username\":\"a\""),
            RowError::MissingField { field: "email" }
        ));
        let also = |more: &str| error(&format!("\"email\":\"a@example.com\",{more}"));
        assert!(matches!(
            also("\"is_active\":1"),
            RowError::Flag { field: "is_active" }
        ));
        assert!(matches!(also("\"password\":\"md5$a$b\""), RowError::Hash { .. }));
        assert!(matches!(
            also("\"date_joined\":\"\""),
            RowError::Timestamp { field: "date_joined" }
        ));
        assert!(matches!(also("\"first_name\":[]"), RowError::WrongType { .. }));
        assert!(matches!(
            also("\"first_name\" 1"),
            RowError::NotJson { line: 2, .. }
        ));
    }

    #[test]
    fn a_bad_user_leaves_the_next_ones_readable() {
        let text = "[{\"model\":\"auth.user\",\"fields\":{\"email\":\"\"}},\n\
                    {\"model\":\"auth.user\",\"fields\":{\"email\":\"a@example.com\"}}]";
        let results = results(text.as_bytes());
        assert!(results[0].is_err() && results[1].is_ok());
    }
}
