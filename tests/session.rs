//! Sessions: kept, checked, ended, and handed over to act for somebody.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use common::{Desk, OTHER_PASSWORD, PASSWORD, Run};

const INVALID: &str = "--- stderr\n\
    error: the session isn't valid: it has ended, or it never existed\n\
    hint: sign in again with `backoffice login`\n\
    --- exit 5";

fn login(desk: &Desk, email: &str) -> Run {
    desk.pipe(PASSWORD, ["login", email, "--password-stdin"])
}

fn verify(desk: &Desk, token: &str) -> Run {
    desk.pipe(token, ["session", "verify", "--token-stdin", "--json"])
}

fn folder(desk: &Desk) -> PathBuf {
    desk.path().join(".local/state/backoffice/sessions")
}

/// The saved sessions.
fn saved(desk: &Desk) -> Vec<PathBuf> {
    match fs::read_dir(folder(desk)) {
        Ok(entries) => entries.map(|entry| entry.unwrap().path()).collect(),
        Err(_) => Vec::new(),
    }
}

fn live(desk: &Desk) -> usize {
    let list = desk.run(["session", "list", "--json"]).json();
    list.as_array().unwrap().len()
}

#[test]
fn login_keeps_a_private_file_and_ends_the_session_it_replaces() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    assert_eq!(
        login(&desk, "ada@example.com").to_string(),
        "--- stderr\nsigned in as ada@example.com\n--- exit 0"
    );
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let files = saved(&desk);
    assert_eq!(files.len(), 1);
    assert_eq!((mode(folder(&desk)), mode(files[0].clone())), (0o700, 0o600));
    let first = fs::read_to_string(&files[0]).unwrap();
    login(&desk, "ada@example.com").ended(0);
    assert_eq!((saved(&desk), live(&desk)), (files, 1));
    assert_eq!(verify(&desk, &first).error()["code"], "session_invalid");
    let who = desk.run(["whoami", "--json"]).json();
    assert_eq!(who["user"]["email"], "ada@example.com");
    assert_eq!(who["session"]["user_id"], who["user"]["id"]);
}

#[test]
fn a_printed_token_stands_alone_and_nothing_is_kept() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let arguments = ["login", "ada@example.com", "--password-stdin", "--print-token"];
    let run = desk.pipe(PASSWORD, arguments).ended(0);
    let token = run.stdout.strip_suffix('\n').unwrap();
    assert!(
        token.starts_with("bo_s_") && !token.contains(char::is_whitespace),
        "{run:?}"
    );
    assert_eq!(saved(&desk), Vec::<PathBuf>::new());
    let nobody = desk.run(["whoami"]);
    assert_eq!(
        nobody.to_string(),
        "--- stderr\nerror: nobody is signed in here\nhint: sign in with `backoffice login EMAIL`\n--- exit 5"
    );
}

#[test]
fn a_session_that_cannot_be_kept_is_ended_again() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.file(".local/state/backoffice", "in the way");
    let run = login(&desk, "ada@example.com").ended(6);
    assert!(run.stderr.contains("--print-token"), "{run:?}");
    assert_eq!(live(&desk), 0);
}

#[test]
fn a_saved_session_others_could_have_read_or_put_there_is_refused() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    login(&desk, "ada@example.com").ended(0);
    let file = saved(&desk).remove(0);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let open = desk.run(["whoami", "--json"]).ended(6);
    assert_eq!(open.error()["code"], "session_file");
    let elsewhere = desk.path().join("token");
    fs::rename(&file, &elsewhere).unwrap();
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&elsewhere, &file).unwrap();
    let link = desk.run(["whoami", "--json"]).ended(6);
    assert!(
        link.error()["message"]
            .as_str()
            .unwrap()
            .contains("symbolic link")
    );
    login(&desk, "ada@example.com").ended(0);
    assert!(fs::symlink_metadata(&file).unwrap().is_file());
    assert!(elsewhere.exists());
}

#[test]
fn a_token_comes_from_standard_input_a_file_or_an_object() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    let by_stdin = verify(&desk, &token).ended(0);
    let file = desk.file("token", &format!("{token}\n"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let file = file.to_str().unwrap();
    let by_file = desk.run(["session", "verify", "--token-file", file, "--json"]);
    assert_eq!(by_file.to_string(), by_stdin.to_string());
    let object = format!(r#"{{"token":"{token}"}}"#);
    let by_object = desk.pipe(&object, ["session", "verify", "--input", "-", "--json"]);
    assert_eq!(by_object.to_string(), by_stdin.to_string());
    let rehearsed = desk.pipe(&token, ["session", "end", "--token-stdin", "--dry-run"]);
    assert_eq!(
        rehearsed.to_string(),
        "--- stderr\nwould sign out ada@example.com\n--- exit 0"
    );
    verify(&desk, &token).ended(0);
    desk.pipe(&object, ["session", "end", "--input", "-"]).ended(0);
    assert_eq!(
        desk.pipe(&token, ["session", "verify", "--token-stdin"])
            .to_string(),
        INVALID
    );
    assert_eq!(
        desk.pipe(&token, ["session", "end", "--token-stdin"]).to_string(),
        INVALID
    );
}

#[test]
fn what_is_no_token_is_denied() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    let wrong_end = format!(
        "{}{}",
        &token[..token.len() - 1],
        if token.ends_with('a') { 'b' } else { 'a' }
    );
    let other_kind = token.replace("bo_s_", "bo_r_");
    for text in [wrong_end.as_str(), other_kind.as_str(), "bo_s_", "x"] {
        let run = verify(&desk, text).ended(5);
        assert_eq!(
            (run.stdout.as_str(), &run.error()["code"]),
            ("", &"session_invalid".into())
        );
    }
}

#[test]
fn a_group_is_a_gate() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    for group in ["support", "catalog"] {
        desk.run(["group", "create", group]).ended(0);
    }
    desk.run(["group", "add-member", "Support", "ada@example.com"])
        .ended(0);
    let token = desk.token("ada@example.com");
    let gate = |groups: &[&str]| {
        let mut arguments = vec!["session", "verify", "--token-stdin", "--json"];
        arguments.extend(groups.iter().flat_map(|group| ["--group", group]));
        desk.pipe(&token, arguments)
    };
    gate(&["support"]).ended(0);
    gate(&["catalog", "SUPPORT"]).ended(0);
    let shut = gate(&["catalog"]).ended(5);
    assert_eq!(
        (shut.stdout.as_str(), &shut.error()["code"]),
        ("", &"not_in_group".into())
    );
    gate(&["nobody-made-this"]).ended(5);
}

#[test]
fn leaving_ends_every_session_at_once_and_coming_back_brings_none_back() {
    let desk = Desk::new();
    for (email, leave, back) in [
        ("ada@example.com", vec!["deactivate"], vec!["activate"]),
        (
            "eve@example.com",
            vec!["delete", "--yes"],
            vec!["restore", "activate"],
        ),
    ] {
        desk.user(email);
        let tokens = [desk.token(email), desk.token(email)];
        verify(&desk, &tokens[0]).ended(0);
        let left = desk
            .run(["user", leave[0], email, "--json"].iter().chain(&leave[1..]))
            .json();
        assert_eq!(left["ended_sessions"], 2);
        for token in &tokens {
            assert_eq!(verify(&desk, token).ended(5).error()["code"], "session_invalid");
        }
        for step in back {
            desk.run(["user", step, email]).ended(0);
        }
        for token in &tokens {
            assert_eq!(verify(&desk, token).ended(5).error()["code"], "session_invalid");
        }
    }
}

#[test]
fn another_password_ends_every_session() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    let set = ["password", "set", "ada@example.com", "--password-stdin", "--json"];
    assert_eq!(desk.pipe(OTHER_PASSWORD, set).json()["ended_sessions"], 1);
    verify(&desk, &token).ended(5);
    let change = [
        "password",
        "change",
        "--current-password-stdin",
        "--new-password-stdin",
        "--json",
    ];
    let back = ["login", "ada@example.com", "--password-stdin"];
    desk.pipe(OTHER_PASSWORD, back).ended(0);
    let both = format!("{OTHER_PASSWORD}\n{PASSWORD}\n");
    assert_eq!(desk.pipe(&both, change).json()["ended_sessions"], 1);
    assert_eq!(desk.run(["whoami"]).to_string(), INVALID);
    let token = desk.token("ada@example.com");
    desk.run(["password", "remove", "ada@example.com"]).ended(0);
    verify(&desk, &token).ended(5);
}

#[test]
fn logout_ends_the_session_kept_here_or_all_of_them() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let other = desk.token("ada@example.com");
    login(&desk, "ada@example.com").ended(0);
    let kept = fs::read_to_string(&saved(&desk)[0]).unwrap();
    let out = desk.run(["logout"]);
    assert_eq!(
        out.to_string(),
        "--- stderr\nsigned out ada@example.com\n--- exit 0"
    );
    assert_eq!(saved(&desk), Vec::<PathBuf>::new());
    verify(&desk, &kept).ended(5);
    verify(&desk, &other).ended(0);
    let again = desk.run(["logout"]);
    assert_eq!(
        again.to_string(),
        "--- stderr\nunchanged: nobody was signed in\n--- exit 0"
    );
    login(&desk, "ada@example.com").ended(0);
    let all = desk.run(["logout", "--all", "--json"]).json();
    assert_eq!(
        (&all["action"], &all["ended_sessions"]),
        (&"logged_out".into(), &2.into())
    );
    assert_eq!(live(&desk), 0);
}

#[test]
fn sessions_are_revoked_by_id_or_all_of_a_user_after_a_question() {
    let desk = Desk::new();
    for email in ["ada@example.com", "eve@example.com"] {
        desk.user(email);
    }
    let (one, other) = (desk.token("ada@example.com"), desk.token("ada@example.com"));
    desk.token("eve@example.com");
    let ids = desk
        .run(["session", "list", "ada@example.com", "--format", "ids"])
        .stdout;
    let id = ids.lines().next().unwrap();
    let revoked = desk.run(["session", "revoke", id]);
    assert_eq!(
        revoked.to_string(),
        format!("--- stderr\nended the session {id}\n--- exit 0")
    );
    verify(&desk, &one).ended(5);
    verify(&desk, &other).ended(0);
    assert_eq!(
        desk.run(["session", "revoke", id, "--json"]).ended(3).error()["code"],
        "session_not_found"
    );
    let both = [id, ids.lines().last().unwrap()].join("\n");
    assert_eq!(desk.pipe(&both, ["session", "revoke", "-"]).code, 9);
    desk.token("ada@example.com");
    let all = ["session", "revoke", "--user", "ada@example.com"];
    let unasked = desk.run(all).ended(2);
    assert!(unasked.stderr.contains("`--yes`"), "{unasked:?}");
    assert_eq!(live(&desk), 2);
    let done = desk.run(all.iter().chain(&["--yes"]));
    assert_eq!(
        done.to_string(),
        "--- stderr\nended 1 session of ada@example.com\n--- exit 0"
    );
    assert_eq!(live(&desk), 1);
}

#[test]
fn asking_again_within_a_minute_writes_nothing() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let token = desk.token("a@example.com");
    let verify = || {
        desk.pipe(&token, ["session", "verify", "--token-stdin", "--json"])
            .ended(0)
            .json()
    };
    let first = verify();
    assert_eq!(
        verify()["session"]["idle_expires_at"],
        first["session"]["idle_expires_at"]
    );
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    store
        .execute(
            "UPDATE sessions SET idle_expires_at = idle_expires_at - 120000000",
            [],
        )
        .unwrap();
    assert!(verify()["session"]["idle_expires_at"].as_str() >= first["session"]["idle_expires_at"].as_str());
    store
        .execute("UPDATE sessions SET idle_expires_at = 1", [])
        .unwrap();
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    assert_eq!(
        desk.run(["session", "list", "--json"]).json(),
        serde_json::json!([])
    );
}

#[test]
fn what_ended_more_than_a_month_ago_goes_with_the_next_writes() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let (old, young) = (desk.token("ada@example.com"), desk.token("ada@example.com"));
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    let rows = || -> i64 {
        db.query_row("SELECT count(*) FROM sessions", [], |row| row.get(0))
            .unwrap()
    };
    db.execute_batch(
        "UPDATE sessions SET expires_at = expires_at - 31 * 86400000000,
                             idle_expires_at = idle_expires_at - 31 * 86400000000
         WHERE id = (SELECT min(id) FROM sessions)",
    )
    .unwrap();
    let verify = ["session", "verify", "--token-stdin"];
    desk.pipe(&old, verify).ended(5);
    desk.pipe(&young, verify).ended(0);
    assert_eq!(rows(), 2, "asking who it is removes nothing");
    desk.run(["user", "create", "eve@example.com"]).ended(0);
    assert_eq!(rows(), 1);
    desk.pipe(&young, verify).ended(0);
}

#[test]
fn who_it_is_is_told_at_once_beside_a_writer_that_is_stuck() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    let writer = rusqlite::Connection::open(desk.store()).unwrap();
    // The idle end is due to be moved, and the writer never ends.
    writer
        .execute_batch("UPDATE sessions SET idle_expires_at = idle_expires_at - 600000000; BEGIN IMMEDIATE")
        .unwrap();
    let mut verify = desk.command([
        "session",
        "verify",
        "--token-stdin",
        "--lock-timeout",
        "1d",
        "--json",
    ]);
    verify
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped());
    let mut child = verify.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), token.as_bytes()).unwrap();
    // With a wait for the writer this test would not end.
    let run = common::Run::of(&child.wait_with_output().unwrap()).ended(0);
    assert_eq!(run.json()["user"]["email"], "ada@example.com");
    for read in [
        &["user", "show", "ada@example.com"][..],
        &["user", "list"],
        &["user", "exists", "ada@example.com"],
        &["user", "export"],
    ] {
        desk.run(read.iter().chain(&["--lock-timeout", "1d"])).ended(0);
    }
    writer.execute_batch("ROLLBACK").unwrap();
}
