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
    format!("{{\"model\":\"auth.group\",\"pk\":{key},\"fields\":{{\"name\":\"{name}\",\"permissions\":[]}}}}")
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
