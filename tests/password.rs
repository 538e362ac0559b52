//! `backoffice password …`.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD};

fn login(desk: &Desk, email: &str, password: &str) -> i32 {
    desk.pipe(password, ["login", email, "--password-stdin", "--print-token"])
        .code
}

#[test]
fn a_set_password_replaces_the_old_one_and_ends_its_sessions() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let token = desk.token("a@example.com");
    let set = desk
        .pipe(
            OTHER_PASSWORD,
            ["password", "set", "a@example.com", "--password-stdin", "--json"],
        )
        .ended(0)
        .json();
    assert_eq!(
        (&set["action"], &set["ended_sessions"]),
        (&"password_set".into(), &1.into())
    );
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    assert_eq!(login(&desk, "a@example.com", PASSWORD), 5);
    assert_eq!(login(&desk, "a@example.com", OTHER_PASSWORD), 0);
}

#[test]
fn many_get_a_password_each_from_a_pipe_in_order() {
    let desk = Desk::new();
    let emails: Vec<String> = (0..8).map(|n| format!("u{n}@example.com")).collect();
    for email in &emails {
        desk.run(["user", "create", email, "--activate"]).ended(0);
    }
    let list = desk.run(["user", "list", "--format", "ids"]).ended(0).stdout;
    let made = desk
        .pipe(&list, ["password", "set", "-", "--generate-password"])
        .ended(0);
    assert_eq!(made.stdout.lines().count(), emails.len(), "{made:?}");
    for (email, password) in emails.iter().zip(made.stdout.lines()) {
        assert_eq!(login(&desk, email, password), 0, "{email}");
    }
    let mixed = "u0@example.com\nx\nnobody@example.com\nu1@example.com\n";
    let made = desk
        .pipe(
            mixed,
            ["password", "set", "-", "--generate-password", "--format", "jsonl"],
        )
        .ended(9);
    let lines: Vec<serde_json::Value> = made
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[1]["error"]["code"], "invalid_user");
    assert_eq!(lines[2]["error"]["code"], "user_not_found");
    assert_eq!(
        login(&desk, "u1@example.com", lines[3]["password"].as_str().unwrap()),
        0
    );
    desk.pipe(
        PASSWORD,
        [
            "password",
            "set",
            "u0@example.com",
            "u1@example.com",
            "--password-stdin",
        ],
    )
    .ended(2);
}

#[test]
fn ones_own_password_is_changed_with_the_current_one() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let arguments = [
        "password",
        "change",
        "a@example.com",
        "--current-password-stdin",
        "--new-password-stdin",
    ];
    desk.pipe(&format!("wrong\n{OTHER_PASSWORD}\n"), arguments)
        .ended(5);
    let weak = desk
        .pipe(&format!("{PASSWORD}\nqwertyuiopasdfgh\n"), arguments)
        .ended(6);
    assert!(weak.stderr.contains("password"), "{weak:?}");
    desk.pipe(&format!("{PASSWORD}\n{PASSWORD}\n"), arguments)
        .ended(6);
    desk.pipe(&format!("{PASSWORD}\n"), arguments).ended(6);
    desk.pipe(&format!("{PASSWORD}\n{OTHER_PASSWORD}\nx\n"), arguments)
        .ended(6);
    desk.pipe(&format!("{PASSWORD}\n{OTHER_PASSWORD}\n"), arguments)
        .ended(0);
    assert_eq!(login(&desk, "a@example.com", OTHER_PASSWORD), 0);
}

#[test]
fn guessing_through_a_change_or_its_dry_run_is_counted_like_a_sign_in() {
    let desk = Desk::new();
    desk.configure("[throttle]\nfree_attempts = 2\nbase_delay = \"1h\"\nmax_delay = \"1h\"\n[login]\nfailure_floor = \"1ms\"\n");
    desk.user("a@example.com");
    let input = format!("wrong\n{OTHER_PASSWORD}\n");
    for more in [None, Some("--dry-run")] {
        let change = [
            "password",
            "change",
            "a@example.com",
            "--current-password-stdin",
            "--new-password-stdin",
        ];
        desk.pipe(&input, change.iter().chain(more.iter())).ended(5);
    }
    assert_eq!(
        desk.run(["user", "show", "a@example.com", "--json"]).json()["lock"],
        "slowed"
    );
    assert_eq!(login(&desk, "a@example.com", PASSWORD), 5);
}

#[test]
fn a_password_that_must_be_changed_gives_no_session_until_it_is() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let marked = desk
        .run(["password", "require-change", "a@example.com", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        marked["changed_fields"],
        serde_json::json!(["must_change_password"])
    );
    let refused = desk
        .pipe(PASSWORD, ["login", "a@example.com", "--password-stdin", "--json"])
        .ended(5);
    assert_eq!(refused.error()["code"], "password_change_required");
    let input =
        |new: &str| format!(r#"{{"email":"a@example.com","password":"{PASSWORD}","new_password":"{new}"}}"#);
    desk.pipe(&input(PASSWORD), ["login", "--input", "-"]).ended(6);
    desk.pipe(&input("short"), ["login", "--input", "-"]).ended(6);
    desk.pipe(&input(OTHER_PASSWORD), ["login", "--input", "-"])
        .ended(0);
    let user = desk.run(["user", "show", "a@example.com", "--json"]).json();
    assert_eq!(user["must_change_password"], false);
    assert_eq!(login(&desk, "a@example.com", OTHER_PASSWORD), 0);
}

#[test]
fn a_removed_password_signs_nobody_in() {
    let desk = Desk::new();
    desk.user("a@example.com");
    desk.run(["password", "remove", "a@example.com"]).ended(0);
    assert_eq!(login(&desk, "a@example.com", PASSWORD), 5);
    assert_eq!(
        desk.run(["password", "remove", "a@example.com", "--json"])
            .ended(0)
            .json()["action"],
        "unchanged"
    );
    assert_eq!(
        desk.run(["password", "require-change", "a@example.com", "--json"])
            .ended(4)
            .error()["code"],
        "no_password"
    );
    desk.run(["user", "delete", "a@example.com", "--yes"]).ended(0);
    desk.pipe(PASSWORD, ["password", "set", "a@example.com", "--password-stdin"])
        .ended(4);
}

#[test]
fn an_accent_typed_either_way_is_one_password() {
    let desk = Desk::new();
    let decomposed = "cafe\u{301} umbrella tundra monocle";
    desk.pipe(
        decomposed,
        [
            "user",
            "create",
            "a@example.com",
            "--activate",
            "--password-stdin",
        ],
    )
    .ended(0);
    assert_eq!(
        login(&desk, "a@example.com", "caf\u{e9} umbrella tundra monocle"),
        0
    );
}

#[test]
fn a_missing_file_of_breached_passwords_stops_who_chooses_one_and_nobody_else() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let token = desk.token("a@example.com");
    desk.configure("[password]\nbreached_file = \"nowhere.txt\"\n");
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(0);
    desk.run(["user", "list"]).ended(0);
    desk.token("a@example.com");
    let set = ["password", "set", "a@example.com", "--password-stdin", "--json"];
    let refused = desk.pipe(OTHER_PASSWORD, set).ended(6).error();
    assert_eq!(refused["code"], "breached_file");
    desk.token("a@example.com");
}

#[test]
fn a_breached_password_is_refused() {
    let desk = Desk::new();
    // SHA-1 of PASSWORD, as Have I Been Pwned gives it.
    let hash = sha1_hex(PASSWORD);
    desk.file(".config/backoffice/pwned.txt", &format!("{hash}:3\n"));
    desk.configure("[password]\nbreached_file = \"pwned.txt\"\n");
    let refused = desk
        .pipe(
            PASSWORD,
            ["user", "create", "a@example.com", "--password-stdin", "--json"],
        )
        .ended(6)
        .error();
    assert_eq!(
        (&refused["code"], &refused["rule"]),
        (&"weak_password".into(), &"breached".into())
    );
    desk.pipe(
        OTHER_PASSWORD,
        ["user", "create", "a@example.com", "--password-stdin"],
    )
    .ended(0);
}

fn sha1_hex(text: &str) -> String {
    use sha1::{Digest, Sha1};
    use std::fmt::Write;
    Sha1::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02X}");
        hex
    })
}

#[test]
fn a_change_ends_every_session_and_takes_the_mark_away() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let tokens = [desk.token("a@example.com"), desk.token("a@example.com")];
    desk.run(["password", "require-change", "a@example.com"]).ended(0);
    let again = desk.run(["password", "require-change", "a@example.com"]).ended(0);
    assert_eq!(
        again.stderr,
        "unchanged: a@example.com must change the password already\n"
    );
    let input = format!(r#"{{"current_password":"{PASSWORD}","new_password":"{OTHER_PASSWORD}"}}"#);
    let change = ["password", "change", "a@example.com", "--input", "-", "--json"];
    let changed = desk.pipe(&input, change).ended(0).json();
    assert_eq!(
        (&changed["action"], &changed["ended_sessions"]),
        (&"password_set".into(), &2.into())
    );
    assert_eq!(changed["user"]["must_change_password"], false);
    for token in tokens {
        desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    }
}

#[test]
fn whoever_cannot_sign_in_cannot_change_a_password_and_hears_nothing_of_why() {
    let desk = Desk::new();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    for (email, verb) in [("gone@example.com", "delete"), ("out@example.com", "deactivate")] {
        desk.user(email);
        desk.run(["user", verb, email, "--yes"]).ended(0);
    }
    let pending = ["user", "create", "pending@example.com", "--password-stdin"];
    desk.pipe(PASSWORD, pending).ended(0);
    desk.user("wrong@example.com");
    let change = |email: &str, current: &str| {
        let input = format!(r#"{{"current_password":"{current}","new_password":"{OTHER_PASSWORD}"}}"#);
        desk.pipe(&input, ["password", "change", email, "--input", "-"])
            .ended(5)
    };
    let unknown = change("nobody@example.com", PASSWORD);
    for email in ["gone@example.com", "out@example.com", "pending@example.com"] {
        assert!(change(email, PASSWORD) == unknown, "{email}");
    }
    assert!(change("wrong@example.com", OTHER_PASSWORD) == unknown);
}

#[test]
fn a_mark_needs_a_password_that_could_be_changed() {
    let desk = Desk::new();
    let refused = desk
        .run(["user", "create", "a@example.com", "--must-change"])
        .ended(2);
    assert_eq!(
        refused.stderr,
        "error: `--must-change` needs a password\nhint: `--generate-password` makes one\n"
    );
    desk.run(["user", "exists", "a@example.com"]).ended(3);
}
