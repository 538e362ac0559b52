//! `backoffice user …`: creation, states, changes.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD};

/// Status of a user.
fn status(desk: &Desk, email: &str) -> String {
    desk.run(["user", "show", email, "--json"]).json()["status"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// The store as it is exported: what a dry run must leave alone.
fn everything(desk: &Desk) -> String {
    desk.run(["user", "export", "--include-hashes"]).ended(0).stdout
}

#[test]
fn the_first_user_makes_the_default_store_and_the_password_is_all_that_is_printed() {
    let desk = Desk::empty();
    let made = desk
        .run([
            "user",
            "create",
            "ada@example.com",
            "--activate",
            "--generate-password",
        ])
        .ended(0);
    assert_eq!(made.stdout.lines().count(), 1, "{made:?}");
    assert!(made.stderr.contains("created the store"), "{made:?}");
    let login = desk
        .pipe(&made.stdout, ["login", "ada@example.com", "--password-stdin"])
        .ended(0);
    assert_eq!(
        (login.stdout.as_str(), login.stderr.as_str()),
        ("", "signed in as ada@example.com\n")
    );
    let who = desk.run(["whoami", "--format", "json"]).ended(0).json();
    assert_eq!(who["user"]["email"], "ada@example.com");
}

#[test]
fn a_created_user_is_pending_and_cannot_sign_in_until_activated() {
    let desk = Desk::new();
    let created = desk
        .pipe(
            PASSWORD,
            ["user", "create", "ada@example.com", "--password-stdin", "--json"],
        )
        .ended(0)
        .json();
    assert_eq!(
        (&created["action"], &created["changed"]),
        (&"created".into(), &true.into())
    );
    assert_eq!(created["user"]["status"], "pending");
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .ended(5);
    let activated = desk
        .run(["user", "activate", "ada@example.com", "--json"])
        .ended(0)
        .json();
    assert_eq!(activated["action"], "activated");
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .ended(0);
    let again = desk
        .run(["user", "activate", "ada@example.com", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&again["action"], &again["changed"]),
        (&"unchanged".into(), &false.into())
    );
}

#[test]
fn every_move_between_states_that_the_rules_have_and_no_other() {
    let desk = Desk::new();
    desk.user("a@example.com");
    for (verb, code, after) in [
        ("restore", 4, "active"),
        ("purge", 4, "active"),
        ("deactivate", 0, "deactivated"),
        ("deactivate", 0, "deactivated"),
        ("restore", 0, "deactivated"),
        ("activate", 0, "active"),
        ("delete", 0, "deleted"),
        ("activate", 4, "deleted"),
        ("deactivate", 4, "deleted"),
        ("delete", 0, "deleted"),
        ("restore", 0, "deactivated"),
        ("purge", 4, "deactivated"),
        ("delete", 0, "deleted"),
    ] {
        desk.run(["user", verb, "a@example.com", "--yes"]).ended(code);
        assert_eq!(status(&desk, "a@example.com"), after, "after {verb}");
    }
    desk.run(["user", "purge", "a@example.com", "--yes"]).ended(0);
    desk.run(["user", "show", "a@example.com"]).ended(3);
    desk.run(["user", "create", "b@example.com"]).ended(0);
    desk.run(["user", "deactivate", "b@example.com"]).ended(0);
    assert_eq!(status(&desk, "b@example.com"), "deactivated");
}

#[test]
fn a_deactivation_ends_sessions_at_once_and_an_activation_brings_none_back() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let token = desk.token("a@example.com");
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(0);
    let answer = desk
        .run(["user", "deactivate", "a@example.com", "--json"])
        .ended(0)
        .json();
    assert_eq!(answer["ended_sessions"], 1);
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    desk.run(["user", "activate", "a@example.com"]).ended(0);
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
}

#[test]
fn one_address_has_one_user_however_it_is_spelt() {
    let desk = Desk::new();
    desk.run(["user", "create", "kate@bücher.example"]).ended(0);
    for twin in [
        "KATE@bücher.example",
        "\u{212A}ate@BÜCHER.example",
        "ｋate@xn--bcher-kva.example",
    ] {
        let taken = desk.run(["user", "create", twin, "--json"]).ended(4);
        assert_eq!(taken.error()["code"], "email_taken", "{twin}");
    }
    assert_eq!(
        desk.run(["user", "show", "KATE@bücher.example", "--json"]).json()["email"],
        "kate@bücher.example"
    );
    desk.run(["user", "delete", "kate@bücher.example", "--yes"])
        .ended(0);
    desk.run(["user", "create", "kate@bücher.example"]).ended(4);
}

#[test]
fn hostile_text_is_refused_and_any_script_is_taken() {
    let desk = Desk::new();
    for (flag, text) in [
        ("--first-name", "a\nb"),
        ("--last-name", "a\u{1b}[2J"),
        ("--first-name", "a\u{202E}b"),
    ] {
        let refused = desk
            .run(["user", "create", "x@example.com", flag, text, "--json"])
            .ended(6);
        assert_eq!(refused.error()["code"], "invalid_name");
    }
    for address in [
        "",
        "x",
        "x@",
        "a b@example.com",
        "a\u{200B}@example.com",
        "x@example.com\nBcc: y@example.com",
    ] {
        desk.run(["user", "create", address]).ended(6);
    }
    desk.run([
        "user",
        "create",
        "t@example.com",
        "--first-name",
        "Τιμολέων",
        "--last-name",
        "الأيوبي",
    ])
    .ended(0);
    let user = desk.run(["user", "show", "t@example.com", "--json"]).json();
    assert_eq!(
        (&user["first_name"], &user["last_name"]),
        (&"Τιμολέων".into(), &"الأيوبي".into())
    );
    assert_eq!(desk.run(["user", "list", "--count"]).stdout, "1\n");
}

#[test]
fn the_last_active_administrator_stays_on_every_path() {
    let desk = Desk::new();
    desk.run([
        "user",
        "create",
        "a@example.com",
        "--group",
        "administrators",
        "--activate",
    ])
    .ended(0);
    desk.run([
        "user",
        "create",
        "pending@example.com",
        "--group",
        "administrators",
    ])
    .ended(0);
    for arguments in [
        vec!["user", "deactivate", "a@example.com"],
        vec!["user", "delete", "a@example.com", "--yes"],
        vec![
            "user",
            "edit",
            "a@example.com",
            "--remove-group",
            "administrators",
        ],
        vec!["group", "remove-member", "administrators", "a@example.com"],
    ] {
        let refused = desk.run(arguments.iter().chain(&["--json"])).ended(4).error();
        assert_eq!(refused["code"], "last_administrator", "{arguments:?}");
        assert!(
            refused["hint"]
                .as_str()
                .unwrap()
                .contains("group add-member administrators"),
            "{refused}"
        );
    }
    desk.run(["user", "activate", "pending@example.com"]).ended(0);
    desk.run(["user", "deactivate", "a@example.com"]).ended(0);
}

#[test]
fn a_purged_user_leaves_an_id_in_the_record_and_nothing_else() {
    let desk = Desk::new();
    let id = desk.user("zanzibar.unique@example.com");
    desk.run(["user", "edit", &id, "--first-name", "Quetzalcoatl"])
        .ended(0);
    desk.token("zanzibar.unique@example.com");
    desk.run(["user", "delete", &id, "--yes"]).ended(0);
    desk.run(["user", "purge", &id, "--yes"]).ended(0);
    for suffix in ["", "-wal", "-shm"] {
        let mut path = desk.store().into_os_string();
        path.push(suffix);
        let Ok(bytes) = std::fs::read(path) else { continue };
        for text in ["zanzibar", "Quetzalcoatl"] {
            let found = bytes.windows(text.len()).any(|part| part == text.as_bytes());
            assert!(!found, "{text} in the file{suffix}");
        }
    }
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    let events: i64 = store
        .query_row(
            "SELECT count(*) FROM audit_events WHERE target = ?1",
            [&id],
            |row| row.get(0),
        )
        .unwrap();
    assert!(events >= 5, "{events}");
}

#[test]
fn a_dry_run_says_would_and_changes_nothing() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let before = everything(&desk);
    for arguments in [
        vec!["user", "create", "b@example.com", "--generate-password"],
        vec!["user", "edit", "a@example.com", "--first-name", "Ada"],
        vec!["user", "deactivate", "a@example.com"],
        vec!["user", "delete", "a@example.com"],
        vec!["password", "set", "a@example.com", "--generate-password"],
        vec!["password", "remove", "a@example.com"],
        vec!["group", "create", "x"],
    ] {
        let run = desk.run(arguments.iter().chain(&["--dry-run"])).ended(0);
        assert!(run.stderr.starts_with("would "), "{arguments:?}: {run:?}");
        assert_eq!(run.stdout, "", "{arguments:?}");
        let json = desk
            .run(arguments.iter().chain(&["--dry-run", "--json"]))
            .ended(0)
            .json();
        assert_eq!(json["dry_run"], true);
        assert!(json.get("password").is_none());
    }
    assert_eq!(everything(&desk), before);
    assert_eq!(
        desk.run(["group", "list", "--format", "ids"]).stdout,
        "administrators\n"
    );
}

#[test]
fn an_address_that_is_taken_is_refused_skipped_or_updated() {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).ended(0);
    desk.user("a@example.com");
    let create = |more: &[&str]| {
        let arguments = [
            "user",
            "create",
            "a@example.com",
            "--first-name",
            "Ada",
            "--group",
            "support",
            "--json",
        ];
        desk.run(arguments.iter().chain(more))
    };
    assert_eq!(create(&[]).ended(4).error()["code"], "email_taken");
    let skipped = create(&["--if-exists", "skip"]).ended(0).json();
    assert_eq!(
        (&skipped["action"], &skipped["user"]["first_name"]),
        (&"skipped".into(), &"".into())
    );
    let updated = create(&["--if-exists", "update", "--generate-password"])
        .ended(0)
        .json();
    assert_eq!(
        updated["changed_fields"],
        serde_json::json!(["first_name", "groups"])
    );
    assert!(updated.get("password").is_none(), "the password is left alone");
    desk.pipe(PASSWORD, ["login", "a@example.com", "--password-stdin"])
        .ended(0);
    assert_eq!(
        create(&["--if-exists", "update"]).ended(0).json()["action"],
        "unchanged"
    );
}

#[test]
fn a_program_hands_everything_over_as_one_object() {
    let desk = Desk::new();
    let input = format!(
        r#"{{"email":"ada@example.com","first_name":"--store=x","password":"{PASSWORD}","client":"192.0.2.7"}}"#
    );
    let created = desk
        .pipe(&input, ["user", "create", "--input", "-", "--json"])
        .ended(0)
        .json();
    assert_eq!(created["user"]["first_name"], "--store=x");
    let hostile = r#"{"email":"--config=/tmp/x"}"#;
    assert_eq!(
        desk.pipe(hostile, ["user", "create", "--input", "-", "--json"])
            .ended(6)
            .error()["code"],
        "invalid_email"
    );
    let client: String = rusqlite::Connection::open(desk.store())
        .unwrap()
        .query_row(
            "SELECT client FROM audit_events WHERE action = 'user_created'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(client, "192.0.2.7");
}

#[test]
fn every_source_of_a_password_gives_one_that_signs_in() {
    let desk = Desk::new();
    let file = desk.file("secret", &format!("{PASSWORD}\r\n"));
    let from_file = [
        "user",
        "create",
        "b@example.com",
        "--activate",
        "--password-file",
        file.to_str().unwrap(),
    ];
    desk.run(from_file).ended(0);
    desk.pipe(PASSWORD, ["login", "b@example.com", "--password-stdin"])
        .ended(0);
    let export = everything(&desk);
    let hash = serde_json::from_str::<serde_json::Value>(&export).unwrap()["password_hash"]
        .as_str()
        .unwrap()
        .to_owned();
    let from_hash = [
        "user",
        "create",
        "c@example.com",
        "--activate",
        "--password-hash-stdin",
    ];
    desk.pipe(&hash, from_hash).ended(0);
    desk.pipe(PASSWORD, ["login", "c@example.com", "--password-stdin"])
        .ended(0);
    desk.pipe(
        "not a hash",
        ["user", "create", "d@example.com", "--password-hash-stdin"],
    )
    .ended(6);
    desk.run(["user", "create", "e@example.com", "--activate", "--no-password"])
        .ended(0);
    desk.pipe(PASSWORD, ["login", "e@example.com", "--password-stdin"])
        .ended(5);
    let weak = desk
        .pipe(
            "passwordpassword",
            ["user", "create", "f@example.com", "--password-stdin", "--json"],
        )
        .ended(6);
    assert_eq!(weak.error()["code"], "weak_password");
    desk.run(["user", "exists", "f@example.com"]).ended(3);
    let own = format!("{OTHER_PASSWORD} extra");
    desk.pipe(
        &own,
        [
            "user",
            "create",
            "g@example.com",
            "--password-stdin",
            "--must-change-password",
        ],
    )
    .ended(0);
    assert_eq!(
        desk.run(["user", "show", "g@example.com", "--json"]).json()["must_change_password"],
        true
    );
}

#[test]
fn a_list_of_users_from_a_pipe_keeps_its_order_and_a_failing_one_stops_nobody() {
    let desk = Desk::new();
    for email in ["a@example.com", "b@example.com"] {
        desk.run(["user", "create", email]).ended(0);
    }
    let mixed = desk
        .pipe(
            "b@example.com\n\nnobody@example.com\na@example.com\n",
            ["user", "activate", "-", "--format", "jsonl"],
        )
        .ended(9);
    let lines: Vec<serde_json::Value> = mixed
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["user"]["email"], "b@example.com");
    assert_eq!(lines[1]["target"], "nobody@example.com");
    assert_eq!(lines[1]["error"]["code"], "user_not_found");
    assert_eq!(lines[2]["user"]["email"], "a@example.com");
    desk.pipe("x@example.com\ny@example.com\n", ["user", "activate", "-"])
        .ended(3);
    desk.pipe("", ["user", "activate", "-"]).ended(6);
    desk.run(["user", "exists", "-"]).ended(2);
}

#[test]
fn several_are_shown_and_one_is_asked_for_without_a_word() {
    let desk = Desk::new();
    let id = desk.user("a@example.com");
    let both = desk
        .run(["user", "show", &id, "b@example.com", "--json"])
        .ended(9)
        .json();
    assert_eq!(both[0]["id"], id);
    assert_eq!(both[1]["error"]["code"], "user_not_found");
    for (who, code) in [("a@example.com", 0), (id.as_str(), 0), ("b@example.com", 3)] {
        let exists = desk.run(["user", "exists", who]).ended(code);
        assert_eq!((exists.stdout.as_str(), exists.stderr.as_str()), ("", ""));
    }
    let near = desk
        .run(["user", "show", "a@exmaple.com", "--json"])
        .ended(3)
        .error();
    assert_eq!(near["hint"], "did you mean a@example.com?");
}

#[test]
fn an_edit_names_what_it_changed() {
    let desk = Desk::new();
    desk.user("a@example.com");
    desk.user("b@example.com");
    desk.run(["group", "create", "support"]).ended(0);
    let edit = [
        "user",
        "edit",
        "a@example.com",
        "--email",
        "A.new@example.com",
        "--locale",
        "de-AT",
        "--add-group",
        "SUPPORT",
        "--json",
    ];
    let answer = desk.run(edit).ended(0).json();
    assert_eq!(
        answer["changed_fields"],
        serde_json::json!(["email", "locale", "groups"])
    );
    assert_eq!(answer["user"]["groups"], serde_json::json!(["support"]));
    desk.run(["user", "edit", "a.new@example.com", "--email", "b@example.com"])
        .ended(4);
    desk.run(["user", "edit", "a.new@example.com", "--locale", "not a tag"])
        .ended(6);
    desk.run(["user", "edit", "a.new@example.com", "--add-group", "suport"])
        .ended(3);
    desk.run(["user", "edit", "a.new@example.com"]).ended(2);
    let respelt = desk
        .run([
            "user",
            "edit",
            "a.new@example.com",
            "--email",
            "a.new@example.com",
            "--json",
        ])
        .ended(0)
        .json();
    assert_eq!(respelt["changed_fields"], serde_json::json!(["email"]));
}

#[test]
fn a_change_of_a_user_says_what_it_did_or_what_holds_already() {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).succeeded();
    desk.user("ada@example.com");
    let no_way = "hint: the user has no way to sign in: `backoffice password set ada@example.com --generate-password` makes a password";
    let both = "hint: `backoffice password set ada@example.com --generate-password` makes a password; then `backoffice user activate ada@example.com` lets the user sign in";
    for (line, said) in [
        (
            "user activate ada@example.com",
            "unchanged: ada@example.com is active already",
        ),
        (
            "user activate ada@example.com --dry-run",
            "would stay unchanged: ada@example.com is active already",
        ),
        (
            "user unlock ada@example.com",
            "unchanged: ada@example.com is neither slowed nor stopped",
        ),
        (
            "user edit ada@example.com --first-name Ada --add-group support",
            "updated ada@example.com: first_name, groups",
        ),
        (
            "user edit ada@example.com --first-name Ada",
            "unchanged: ada@example.com has these values already",
        ),
        (
            "password require-change ada@example.com",
            "required ada@example.com to change the password before the next session",
        ),
        (
            "password remove ada@example.com",
            &format!("removed the password of ada@example.com\n{no_way}"),
        ),
        (
            "password remove ada@example.com",
            &format!("unchanged: ada@example.com has no password\n{no_way}"),
        ),
        ("user deactivate ada@example.com", "deactivated ada@example.com"),
        (
            "user deactivate ada@example.com",
            "unchanged: ada@example.com is deactivated already",
        ),
        (
            "user restore ada@example.com",
            "unchanged: ada@example.com is deactivated already, and not deleted",
        ),
        (
            "user activate ada@example.com",
            &format!("activated ada@example.com\n{no_way}"),
        ),
        ("user delete ada@example.com --yes -q", ""),
        (
            "user delete ada@example.com --yes",
            "unchanged: ada@example.com is deleted already",
        ),
        (
            "user restore ada@example.com",
            &format!("restored, deactivated: ada@example.com\n{both}"),
        ),
    ] {
        let run = desk.run(line.split(' ')).ended(0);
        assert_eq!(run.stderr.trim_end(), said, "{line}");
    }
}
