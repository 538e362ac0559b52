//! `backoffice audit`: the record of what happened, and the proof that nobody changed it.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};

use common::{Desk, PASSWORD};
use rusqlite::Connection;
use serde_json::Value;

/// A store in which two users were created, and one signed in and another was refused.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.user("bob@example.com");
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
    desk.pipe(
        "not this one at all",
        ["login", "bob@example.com", "--password-stdin"],
    )
    .ended(5);
    desk
}

/// The actions that a list shows, in its order.
fn actions(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let list = ["audit", "list", "--format", "jsonl"];
    let run = desk.run(list.iter().chain(arguments));
    run.succeeded();
    let action = |line: &str| {
        let event: Value = serde_json::from_str(line).unwrap();
        event["action"].as_str().unwrap().to_owned()
    };
    run.stdout.lines().map(action).collect()
}

/// Changes the record as somebody does who can write the file.
fn forge(desk: &Desk, sql: &str) {
    let connection = Connection::open(desk.store()).unwrap();
    let triggers = "DROP TRIGGER audit_events_are_not_changed; DROP TRIGGER audit_events_are_not_removed;";
    connection.execute_batch(triggers).unwrap();
    connection.execute_batch(sql).unwrap();
    connection
        .execute_batch(
            "CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events
             BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;
             CREATE TRIGGER audit_events_are_not_removed BEFORE DELETE ON audit_events
             BEGIN SELECT raise(ABORT, 'the audit record is append-only'); END;",
        )
        .unwrap();
}

#[test]
fn an_event_has_the_shape_of_the_contract() {
    let desk = desk();
    let run = desk.run(["audit", "list", "--json", "--limit", "1"]);
    run.succeeded();
    let events: Value = serde_json::from_str(&run.stdout).unwrap();
    let event = events[0].as_object().unwrap();
    let keys: Vec<&str> = event.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "id", "at", "actor", "action", "target", "fields", "client", "outcome", "reason", "hash"
        ]
    );
    assert_eq!(event["action"], "authn_login_fail");
    assert_eq!(event["outcome"], "failure");
    assert_eq!(event["hash"].as_str().unwrap().len(), 64);
    let actor: Vec<&str> = event["actor"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(actor, ["kind", "name", "uid", "claimed"]);
    assert!(!run.stdout.contains("bob@example.com"), "{}", run.stdout);
}

#[test]
fn a_list_holds_what_is_asked_for() {
    let desk = desk();
    let all = actions(&desk, &[]);
    assert_eq!(all.last().unwrap(), "authn_login_fail");
    assert_eq!(actions(&desk, &["--limit", "2"]), all[all.len() - 2..]);
    assert_eq!(actions(&desk, &["--outcome", "failure"]), ["authn_login_fail"]);
    assert_eq!(
        actions(&desk, &["--action", "user_created"]),
        ["user_created", "user_created"]
    );
    assert_eq!(
        actions(&desk, &["--action", "authn_login_success,authn_login_fail"]),
        ["authn_login_success", "authn_login_fail"]
    );
    assert_eq!(
        actions(&desk, &["--user", "ada@example.com"]).last().unwrap(),
        "authn_login_success"
    );
    assert_eq!(actions(&desk, &["--since", "1h"]), all);
    assert_eq!(actions(&desk, &["--until", "1h"]), Vec::<String>::new());
    assert_eq!(actions(&desk, &["--since", "2099-01-01"]), Vec::<String>::new());
    assert_eq!(actions(&desk, &["--actor", "visitor"]), Vec::<String>::new());
    assert_eq!(actions(&desk, &["--actor", "root"]), all, "the tests run as root");
}

#[test]
fn a_wrong_word_is_answered_with_what_was_meant() {
    let desk = desk();
    let run = desk.run(["audit", "list", "--action", "user_create"]).ended(2);
    assert!(run.stderr.contains("user_created"), "{}", run.stderr);
    let run = desk.run(["audit", "list", "--since", "yesterday"]).ended(6);
    assert!(run.stderr.contains("2h"), "{}", run.stderr);
    let run = desk.run(["audit", "list", "--user", "eve@example.com"]).ended(3);
    assert!(run.stderr.contains("eve@example.com"), "{}", run.stderr);
    let run = desk.run(["audit", "list", "--follow", "--json"]).ended(2);
    assert!(run.stderr.contains("jsonl"), "{}", run.stderr);
    let run = desk.run(["audit", "check", "--since-head", "12"]).ended(6);
    assert!(run.stderr.contains("backoffice audit head"), "{}", run.stderr);
}

#[test]
fn a_table_shows_the_address_of_a_user_who_still_exists() {
    let desk = desk();
    let run = desk.run(["audit", "list"]);
    run.succeeded();
    assert!(run.stdout.contains("bob@example.com"), "{}", run.stdout);
    for command in ["deactivate", "delete", "purge"] {
        desk.run(["user", command, "bob@example.com", "--yes"])
            .succeeded();
    }
    let run = desk.run(["audit", "list"]);
    run.succeeded();
    assert!(!run.stdout.contains("bob@example.com"), "{}", run.stdout);
    assert!(run.stdout.contains("ada@example.com"), "{}", run.stdout);
}

#[test]
fn the_record_of_a_purged_user_is_found_by_the_id() {
    let desk = Desk::new();
    let id = desk.user("ada@example.com");
    for command in ["delete", "purge"] {
        desk.run(["user", command, "ada@example.com", "--yes"])
            .succeeded();
    }
    assert_eq!(actions(&desk, &["--user", &id]).last().unwrap(), "user_purged");
}

#[test]
fn a_record_that_was_left_alone_is_whole() {
    let desk = desk();
    let head = desk.run(["audit", "head"]).succeeded().stdout.clone();
    assert_eq!(head.len(), 65, "{head}");
    desk.user("cat@example.com");
    let run = desk.run(["audit", "check", "--json"]);
    run.succeeded();
    let checked: Value = serde_json::from_str(&run.stdout).unwrap();
    let now = desk.run(["audit", "head"]).succeeded().stdout.clone();
    assert_eq!(checked["hash"], now.trim());
    assert_eq!(
        checked["events"].as_u64().unwrap(),
        actions(&desk, &[]).len() as u64
    );
    desk.run(["audit", "check", "--since-head", head.trim()])
        .succeeded();
}

#[test]
fn each_change_of_the_record_is_found_and_named() {
    for (sql, place) in [
        ("UPDATE audit_events SET reason = 'none' WHERE seq = 3", 3),
        (
            "UPDATE audit_events SET at = 9223372036854775807 WHERE seq = 3",
            3,
        ),
        ("DELETE FROM audit_events WHERE seq = 3", 4),
        (
            "UPDATE audit_events SET seq = -3 WHERE seq = 3;
             UPDATE audit_events SET seq = 3 WHERE seq = 4;
             UPDATE audit_events SET seq = 4 WHERE seq = -3",
            3,
        ),
        (
            "INSERT INTO audit_events
             SELECT (SELECT max(seq) + 1 FROM audit_events), id, at, actor_kind, actor_name, actor_uid,
                    actor_claimed, action, target, fields, client, outcome, reason, hash
             FROM audit_events WHERE seq = 2",
            0,
        ),
    ] {
        let desk = desk();
        let events = actions(&desk, &[]).len();
        forge(&desk, sql);
        let place = if place == 0 { events + 1 } else { place };
        let run = desk.run(["audit", "check"]).ended(7);
        let named = format!("broken at event {place} ");
        assert!(run.stderr.contains(&named), "{sql}: {}", run.stderr);
        assert_eq!(run.stdout, "", "{sql}");
    }
}

#[test]
fn an_end_that_was_cut_off_is_found_by_a_link_that_was_kept() {
    let desk = desk();
    let head = desk.run(["audit", "head"]).succeeded().stdout.clone();
    forge(
        &desk,
        "DELETE FROM audit_events WHERE seq = (SELECT max(seq) FROM audit_events)",
    );
    desk.run(["audit", "check"]).succeeded();
    let run = desk.run(["audit", "check", "--since-head", head.trim()]).ended(7);
    assert!(run.stderr.contains("does not hold the link"), "{}", run.stderr);
}

/// A list that is followed, and what it prints.
struct Followed {
    child: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Followed {
    fn begin(desk: &Desk, arguments: &[&str]) -> Self {
        let list = ["audit", "list", "--follow", "--format", "jsonl"];
        let mut command = desk.command(list.iter().chain(arguments));
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    fn next(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        let event: Value = serde_json::from_str(&line).unwrap();
        event["action"].as_str().unwrap().to_owned()
    }
}

#[test]
fn a_list_that_is_followed_goes_on_with_each_new_event_and_ends_with_its_reader() {
    let desk = desk();
    let mut followed = Followed::begin(&desk, &["--limit", "1"]);
    assert_eq!(followed.next(), "authn_login_fail");
    desk.run(["group", "create", "support"]).succeeded();
    assert_eq!(followed.next(), "group_created");
    desk.run(["group", "delete", "support", "--yes"]).succeeded();
    assert_eq!(followed.next(), "group_deleted");
    drop(followed.lines);
    assert_eq!(followed.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_list_that_is_followed_ends_with_130_at_ctrl_c() {
    let desk = desk();
    let mut followed = Followed::begin(&desk, &["--limit", "1"]);
    followed.next();
    let pid = nix::unistd::Pid::from_raw(followed.child.id().try_into().unwrap());
    nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGINT).unwrap();
    assert_eq!(followed.child.wait().unwrap().code(), Some(130));
    let mut rest = String::new();
    followed.lines.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn a_cursor_file_lets_the_next_list_go_on() {
    let desk = desk();
    let file = desk.path().join("cursor");
    let file = file.to_str().unwrap();
    let all = actions(&desk, &[]);
    assert_eq!(actions(&desk, &["--cursor-file", file]), all);
    assert_eq!(actions(&desk, &["--cursor-file", file]), Vec::<String>::new());
    desk.run(["group", "create", "support"]).succeeded();
    assert_eq!(actions(&desk, &["--cursor-file", file]), ["group_created"]);
    let pipe = desk.path().join("pipe");
    nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
    for unusable in [pipe.to_str().unwrap(), "/", "nowhere/cursor"] {
        let run = desk.run(["audit", "list", "--cursor-file", unusable]).ended(6);
        assert!(run.stderr.contains("can't be used"), "{}", run.stderr);
        assert_eq!(run.stdout, "", "{unusable}");
    }
    fs::write(file, "not an id").unwrap();
    let run = desk.run(["audit", "list", "--cursor-file", file]).ended(6);
    assert!(run.stderr.contains("does not hold the id"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(file).unwrap(), "not an id");
}

#[test]
fn only_administrators_and_the_owner_read_the_record() {
    let desk = desk();
    let login = ["login", "ada@example.com", "--password-stdin", "--print-token"];
    let token = desk.pipe(PASSWORD, login).succeeded().stdout.clone();
    let file = desk.file("token", &token);
    let file = file.to_str().unwrap();
    for command in ["list", "check", "head"] {
        desk.run(["audit", command, "--as-token-file", file]).ended(5);
    }
    desk.run(["group", "add-member", "administrators", "ada@example.com"])
        .succeeded();
    for command in ["list", "check", "head"] {
        desk.run(["audit", command, "--as-token-file", file]).succeeded();
    }
}
