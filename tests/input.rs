//! `--input`: the answers of a program as one JSON object.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD};
use serde_json::json;

#[test]
fn a_program_hands_over_everything_in_one_object() {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).succeeded();
    let ada = json!({
        "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "locale": "de-AT",
        "groups": ["support"], "password": PASSWORD, "must_change_password": true, "client": "192.0.2.7",
    });
    let created = desk.pipe(
        &ada.to_string(),
        ["user", "create", "--activate", "--json", "--input", "-"],
    );
    let user = created.ended(0).json()["user"].clone();
    assert_eq!(
        (
            &user["first_name"],
            &user["last_name"],
            &user["locale"],
            &user["groups"],
            &user["must_change_password"]
        ),
        (
            &json!("Ada"),
            &json!("Lovelace"),
            &json!("de-AT"),
            &json!(["support"]),
            &json!(true)
        )
    );
    let login = json!({"email": "ada@example.com", "password": PASSWORD});
    let must = desk
        .pipe(&login.to_string(), ["login", "--input", "-", "--json"])
        .ended(5);
    assert_eq!(must.error()["code"], "password_change_required");
    let login = json!({"email": "ada@example.com", "password": PASSWORD, "new_password": OTHER_PASSWORD});
    desk.pipe(&login.to_string(), ["login", "--input", "-"])
        .succeeded();
}

#[test]
fn every_command_that_takes_secrets_takes_an_object() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let change =
        json!({"email": "ada@example.com", "current_password": PASSWORD, "new_password": OTHER_PASSWORD});
    desk.pipe(&change.to_string(), ["password", "change", "--input", "-"])
        .succeeded();
    let set = json!({"password": PASSWORD});
    desk.pipe(
        &set.to_string(),
        ["password", "set", "ada@example.com", "--input", "-"],
    )
    .succeeded();
    let token = json!({"token": desk.token("ada@example.com")}).to_string();
    let who = desk
        .pipe(&token, ["session", "verify", "--input", "-", "--json"])
        .ended(0);
    assert_eq!(who.json()["user"]["email"], "ada@example.com");
    desk.pipe(&token, ["session", "end", "--input", "-"]).succeeded();
    desk.pipe(&token, ["session", "verify", "--input", "-"]).ended(5);
}

#[test]
fn the_client_is_recorded() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let login = json!({"email": "ada@example.com", "password": PASSWORD, "client": "2001:db8::7"});
    desk.pipe(&login.to_string(), ["login", "--input", "-"])
        .succeeded();
    let sessions = desk.run(["session", "list", "--json"]).ended(0).json();
    assert_eq!(sessions[0]["client"], "2001:db8::7");
}

#[test]
fn text_that_looks_like_a_flag_is_only_text() {
    let desk = Desk::new();
    let object = json!({"email": "--config=evil.toml", "password": PASSWORD}).to_string();
    let run = desk.pipe(&object, ["user", "create", "--input", "-"]).ended(6);
    assert!(run.stderr.starts_with("error: the e-mail address"), "{run:?}");
    let object = json!({"email": "ada@example.com", "first_name": "--yes"}).to_string();
    desk.pipe(&object, ["user", "create", "--input", "-"]).succeeded();
    let ada = desk.run(["user", "show", "ada@example.com", "--json"]).json();
    assert_eq!(ada["first_name"], "--yes");
}

fn refused(object: &str) -> String {
    let desk = Desk::new();
    let run = desk.pipe(object, ["user", "create", "--input", "-"]).ended(6);
    assert!(!run.stderr.contains("hunter2"), "{run:?}");
    assert_eq!(run.stdout, "");
    assert_eq!(desk.run(["user", "list", "--count"]).ended(0).stdout, "0\n");
    run.stderr
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_one() {
    assert_eq!(
        refused(r#"{"email":"ada@example.com","pasword":"hunter2"}"#),
        "error: the input has a key `pasword`, which this command doesn't take\nhint: did you mean `password`?\n"
    );
    assert_eq!(
        refused(r#"{"email":"ada@example.com","x":"hunter2"}"#),
        "error: the input has a key `x`, which this command doesn't take\n\
         hint: the keys are email, first_name, last_name, locale, groups, password, password_hash, \
         must_change_password, client\n"
    );
}

#[test]
fn what_is_no_flat_object_is_refused_by_its_place_and_never_quoted() {
    let shape = "error: the input is not a JSON object of texts, booleans and lists of texts, each key once ";
    for object in [
        r#""hunter2""#,
        r#"["hunter2"]"#,
        r#"{"password":{"hunter2":"hunter2"}}"#,
        r#"{"password":null,"x":"hunter2"}"#,
        r#"{"password":7,"x":"hunter2"}"#,
        r#"{"password":"hunter2","password":"hunter2"}"#,
    ] {
        assert!(refused(object).starts_with(shape), "{object}");
    }
    for text in [
        "",
        "hunter2",
        r#"{"password":"hunter2"#,
        r#"{"password":"hunter2"} hunter2"#,
    ] {
        assert!(
            refused(text).starts_with("error: the input is not valid JSON (line 1, column "),
            "{text}"
        );
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_refused_by_its_key() {
    assert_eq!(
        refused(r#"{"email":"ada@example.com","password":["hunter2"]}"#),
        "error: `password` in the input must be a text\n"
    );
    assert_eq!(
        refused(r#"{"email":"ada@example.com","groups":"hunter2"}"#),
        "error: `groups` in the input must be a list of texts\n"
    );
    assert_eq!(
        refused(r#"{"email":"ada@example.com","must_change_password":"hunter2"}"#),
        "error: `must_change_password` in the input must be true or false\n"
    );
    assert_eq!(
        refused(r#"{"email":"ada@example.com","password":""}"#),
        "error: `password` in the input is empty\nhint: a secret is one line of text, and not empty\n"
    );
    assert_eq!(
        refused(r#"{"email":"ada@example.com","password":"hunter2\nhunter2"}"#),
        "error: `password` in the input has a line break inside\nhint: a secret is one line of text, and not empty\n"
    );
    assert_eq!(
        refused(r#"{"email":"ada@example.com","client":"hunter2"}"#),
        "error: `client` in the input: an IP address is needed\n"
    );
}

#[test]
fn a_secret_given_twice_is_refused() {
    let desk = Desk::new();
    let object = desk.file(
        "answers.json",
        &json!({"email": "ada@example.com", "password": PASSWORD}).to_string(),
    );
    let object = object.to_str().unwrap();
    let run = desk
        .pipe(
            PASSWORD,
            ["user", "create", "--input", object, "--password-stdin"],
        )
        .ended(2);
    assert!(
        run.stderr.contains(
            "error: `password` stands in the input, and a flag gives it too\nhint: leave one of the two out\n"
        ),
        "{run:?}"
    );
    let run = desk
        .run(["user", "create", "--input", object, "--generate-password"])
        .ended(2);
    assert!(
        run.stderr
            .contains("error: the input has a password, and a flag asks for another\n"),
        "{run:?}"
    );
}
