//! Who acts: a session handed over makes its user the actor. And no secret is stored anywhere.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;

use common::{Desk, OTHER_PASSWORD, PASSWORD};
use rusqlite::Connection;

/// The actor of the newest event: its kind, its name and the client.
fn newest_actor(desk: &Desk) -> (String, Option<String>, Option<String>) {
    let db = Connection::open(desk.store()).unwrap();
    let sql = "SELECT actor_kind, actor_name, client FROM audit_events ORDER BY seq DESC LIMIT 1";
    db.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
}

#[test]
fn a_session_handed_over_makes_its_user_the_actor() {
    let desk = Desk::new();
    let ada = desk.user("ada@example.com");
    assert_eq!(newest_actor(&desk).0, "os");
    let administrators = ["group", "add-member", "administrators", "ada@example.com"];
    desk.run(administrators).ended(0);
    let token = desk.token("ada@example.com");
    let file = desk.file("token", &token);
    let by_file = [
        "user",
        "create",
        "eve@example.com",
        "--client",
        "192.0.2.7",
        "--as-token-file",
    ];
    desk.run(by_file.iter().copied().chain([file.to_str().unwrap()]))
        .ended(0);
    let client = Some("192.0.2.7".to_owned());
    assert_eq!(
        newest_actor(&desk),
        ("user".to_owned(), Some(ada.clone()), client)
    );
    desk.pipe(
        &token,
        ["user", "activate", "eve@example.com", "--as-token-stdin"],
    )
    .ended(0);
    assert_eq!(newest_actor(&desk), ("user".to_owned(), Some(ada), None));
    // The acting token is the first line.
    let set = [
        "password",
        "set",
        "eve@example.com",
        "--password-stdin",
        "--as-token-stdin",
    ];
    desk.pipe(&format!("{token}\n{OTHER_PASSWORD}\n"), set).ended(0);
    assert_eq!(newest_actor(&desk).0, "user");
    assert_eq!(desk.pipe(&token, set).code, 6);
    let who = desk.pipe(&token, ["whoami", "--as-token-stdin", "--json"]).json();
    assert_eq!(who["user"]["email"], "ada@example.com");
}

#[test]
fn a_dead_acting_token_does_nothing() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    desk.run(["user", "deactivate", "ada@example.com"]).ended(0);
    let create = ["user", "create", "eve@example.com", "--as-token-stdin", "--json"];
    for dead in [token.as_str(), "bo_s_nonsense"] {
        let run = desk.pipe(dead, create).ended(5);
        assert_eq!(
            (run.stdout.as_str(), &run.error()["code"]),
            ("", &"session_invalid".into())
        );
    }
    let count = desk.run(["user", "list", "--all", "--count"]);
    assert_eq!(count.to_string(), "1\n--- stderr\n--- exit 0");
}

#[test]
fn no_token_and_no_password_is_stored_anywhere() {
    let desk = Desk::new();
    // Held open, so that the log and its index stay to be looked at.
    let open = Connection::open(desk.store()).unwrap();
    open.query_row("SELECT count(*) FROM users", [], |row| row.get::<_, i64>(0))
        .unwrap();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    let wrong = ["login", "ada@example.com", "--password-stdin"];
    desk.pipe(OTHER_PASSWORD, wrong).ended(5);
    let generate = ["password", "set", "ada@example.com", "--generate-password"];
    let generated = desk.run(generate).stdout;
    let secrets = [
        PASSWORD,
        OTHER_PASSWORD,
        token.as_str(),
        &token[5..],
        generated.trim(),
    ];
    let mut names = Vec::new();
    for entry in fs::read_dir(desk.store().parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let is_in = |secret: &&str| {
            bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes())
        };
        assert_eq!(
            secrets.iter().find(|secret| is_in(secret)),
            None,
            "{}",
            path.display()
        );
        names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
    }
    names.sort();
    assert_eq!(names, ["backoffice.db", "backoffice.db-shm", "backoffice.db-wal"]);
}
