//! Setting the password that is set already: `unchanged`, and nothing ends.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD, Run};
use rusqlite::Connection;
use serde_json::Value;

const LINKS: &str = "base_url = \"https://desk.example.com\"\n[login]\nfailure_floor = \"1ms\"\n";

/// A desk with a user, a session and a link; with the token of the session.
fn desk() -> (Desk, String) {
    let desk = Desk::empty();
    desk.configure(LINKS);
    desk.run(["init"]).ended(0);
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    desk.run(["reset", "issue", "ada@example.com"]).ended(0);
    (desk, token)
}

fn set(desk: &Desk, password: &str, more: &[&str]) -> Value {
    let command = ["password", "set", "ada@example.com", "--password-stdin", "--json"];
    desk.pipe(password, command.iter().chain(more)).ended(0).json()
}

fn import(desk: &Desk, row: &str) -> Value {
    let command = [
        "user",
        "import",
        "-",
        "--if-exists",
        "update",
        "--reset-passwords",
        "--json",
    ];
    desk.pipe(row, command).ended(0).json()
}

fn export(desk: &Desk) -> String {
    desk.run(["user", "export", "--include-hashes"]).ended(0).stdout
}

fn hash(desk: &Desk) -> String {
    let user: Value = serde_json::from_str(&export(desk)).unwrap();
    user["password_hash"].as_str().unwrap().to_owned()
}

fn events(desk: &Desk) -> i64 {
    let db = Connection::open(desk.store()).unwrap();
    db.query_row("SELECT count(*) FROM audit_events", [], |row| row.get(0))
        .unwrap()
}

fn verify(desk: &Desk, token: &str) -> Run {
    desk.pipe(token, ["session", "verify", "--token-stdin"])
}

fn live_links(desk: &Desk) -> usize {
    let links = desk.run(["reset", "list", "--json"]).ended(0).json();
    let links = links.as_array().unwrap();
    links.iter().filter(|link| link["state"] == "live").count()
}

#[test]
fn the_same_password_set_again_is_unchanged_and_ends_nothing() {
    let (desk, token) = desk();
    let before = (export(&desk), events(&desk));
    for _ in 0..2 {
        let written = set(&desk, PASSWORD, &[]);
        assert_eq!(
            (&written["action"], &written["changed"]),
            (&"unchanged".into(), &false.into())
        );
    }
    assert_eq!((export(&desk), events(&desk)), before);
    verify(&desk, &token).ended(0);
    assert_eq!(live_links(&desk), 1);
    assert_eq!(set(&desk, OTHER_PASSWORD, &[])["action"], "password_set");
    verify(&desk, &token).ended(5);
    assert_eq!(live_links(&desk), 0);
}

#[test]
fn the_same_password_with_must_change_sets_the_flag_and_ends_nothing() {
    let (desk, token) = desk();
    let written = set(&desk, PASSWORD, &["--must-change"]);
    assert_eq!(
        (&written["action"], &written["changed_fields"]),
        (&"updated".into(), &serde_json::json!(["must_change_password"]))
    );
    assert_eq!(written["user"]["must_change_password"], true);
    verify(&desk, &token).ended(0);
    assert_eq!(set(&desk, PASSWORD, &["--must-change"])["action"], "unchanged");
}

#[test]
fn an_import_that_resets_passwords_leaves_those_that_are_the_same() {
    let (desk, token) = desk();
    let (before, count) = (export(&desk), events(&desk));
    let plain = format!("email,password\nada@example.com,{PASSWORD}\n");
    let hashed = format!("email,password_hash\nada@example.com,\"{}\"\n", hash(&desk));
    for text in [&plain, &hashed, &before] {
        let report = import(&desk, text);
        assert_eq!(
            (&report["updated"], &report["skipped"]),
            (&0.into(), &1.into()),
            "{text}"
        );
    }
    assert_eq!((export(&desk), events(&desk)), (before, count));
    verify(&desk, &token).ended(0);
    assert_eq!(live_links(&desk), 1);

    let flagged = "{\"email\":\"ada@example.com\",\"password\":\"PW\",\"must_change_password\":true}\n";
    let report = import(&desk, &flagged.replace("PW", PASSWORD));
    assert_eq!(report["updated"], 1);
    verify(&desk, &token).ended(0);

    let other = format!("email,password\nada@example.com,{OTHER_PASSWORD}\n");
    assert_eq!(import(&desk, &other)["updated"], 1);
    verify(&desk, &token).ended(5);
}

#[test]
fn an_import_of_several_changes_only_those_whose_password_is_another() {
    let desk = Desk::new();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    let row = |n: usize, password: &str| format!("u{n}@example.com,{password}\n");
    let rows = |other: &[usize]| -> String {
        let password = |n| {
            if other.contains(&n) {
                OTHER_PASSWORD
            } else {
                PASSWORD
            }
        };
        let rows: String = (0..5).map(|n| row(n, password(n))).collect();
        format!("email,password\n{rows}")
    };
    desk.pipe(&rows(&[]), ["user", "import", "-", "--activate"])
        .ended(0);
    let report = import(&desk, &format!("{}new@example.com,{PASSWORD}\n", rows(&[1, 3])));
    assert_eq!(
        (&report["created"], &report["updated"], &report["skipped"]),
        (&1.into(), &2.into(), &3.into())
    );
    for n in 0..5 {
        let password = if [1, 3].contains(&n) {
            OTHER_PASSWORD
        } else {
            PASSWORD
        };
        let email = format!("u{n}@example.com");
        desk.pipe(password, ["login", &email, "--password-stdin", "--print-token"])
            .ended(0);
    }
}

#[test]
fn a_generated_password_is_another_one_each_time() {
    let (desk, token) = desk();
    let command = [
        "password",
        "set",
        "ada@example.com",
        "--generate-password",
        "--json",
    ];
    let made = desk.run(command).ended(0).json();
    assert_eq!(
        (&made["action"], &made["ended_sessions"]),
        (&"password_set".into(), &1.into())
    );
    verify(&desk, &token).ended(5);
}

#[test]
fn a_link_of_a_user_who_must_change_refuses_the_current_password_and_stays_good() {
    let (desk, _) = desk();
    set(&desk, PASSWORD, &["--must-change"]);
    let link = desk.run(["reset", "issue", "ada@example.com"]).ended(0).stdout;
    let complete = |password: &str| {
        let arguments = ["reset", "complete", "--token-stdin", "--password-stdin", "--json"];
        desk.pipe(&format!("{link}{password}\n"), arguments)
    };
    assert_eq!(complete(PASSWORD).ended(6).error()["code"], "password_reused");
    assert_eq!(
        complete(OTHER_PASSWORD).ended(0).json()["action"],
        "reset_completed"
    );
}

#[test]
fn a_link_takes_the_current_password_where_no_change_is_required() {
    let (desk, token) = desk();
    let link = desk.run(["reset", "issue", "ada@example.com"]).ended(0).stdout;
    let arguments = ["reset", "complete", "--token-stdin", "--password-stdin", "--json"];
    let done = desk
        .pipe(&format!("{link}{PASSWORD}\n"), arguments)
        .ended(0)
        .json();
    assert_eq!(
        (&done["action"], &done["ended_sessions"]),
        (&"reset_completed".into(), &1.into())
    );
    verify(&desk, &token).ended(5);
}

#[test]
fn a_password_prompt_refuses_the_current_one_before_it_is_typed_again() {
    let (desk, _) = desk();
    let mut pty = desk.at_terminal(&["password", "change", "ada@example.com"]);
    pty.answers("Current password", PASSWORD);
    pty.answers("New password", PASSWORD);
    pty.sees("the new password is the current one");
    pty.answers("New password", OTHER_PASSWORD);
    pty.answers("again", OTHER_PASSWORD);
    assert_eq!(pty.ends().code, 0);
}
