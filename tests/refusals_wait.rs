//! A refusal is told at the floor, and the store is free until then.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::io::{Read, Write};
use std::process::{Child, Stdio};

use common::{Desk, OTHER_PASSWORD, PASSWORD};
use rusqlite::Connection;

/// So long that it isn't over before the test has looked.
const FLOOR: &str = "base_url = \"https://desk.example.com\"\n[login]\nfailure_floor = \"10s\"\n\
                     [mail]\ntransport = \"directory\"\ndirectory = \"mail\"\nfrom = \"desk@example.com\"\n";

fn begun(desk: &Desk, arguments: &[&str], given: &str) -> Child {
    let mut command = desk.command(arguments);
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = pipes.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(given.as_bytes()).unwrap();
    child
}

fn events(desk: &Desk) -> i64 {
    let store = Connection::open(desk.store()).unwrap();
    let count = "SELECT count(*) FROM audit_events";
    store.query_row(count, [], |row| row.get(0)).unwrap()
}

/// Runs the command until its try is in the record; then it waits, has said nothing, and another
/// process writes.
fn waits_with_the_store_free(desk: &Desk, arguments: &[&str], given: &str) {
    let before = events(desk);
    let mut child = begun(desk, arguments, given);
    while events(desk) == before {
        assert!(
            child.try_wait().unwrap().is_none(),
            "{arguments:?} ended too early"
        );
        std::thread::yield_now();
    }
    desk.run(["user", "edit", "ada@example.com", "--first-name", arguments[0]])
        .succeeded();
    assert!(child.try_wait().unwrap().is_none(), "{arguments:?} didn't wait");
    child.kill().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    assert_eq!(said, "", "{arguments:?}");
}

#[test]
fn a_refused_sign_in_a_wrong_current_password_and_a_request_wait_with_the_store_free() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.configure(FLOOR);
    let login = ["login", "ada@example.com", "--password-stdin"];
    waits_with_the_store_free(&desk, &login, OTHER_PASSWORD);
    let stdin = ["--current-password-stdin", "--new-password-stdin"];
    let change = ["password", "change", "ada@example.com", stdin[0], stdin[1]];
    waits_with_the_store_free(&desk, &change, &format!("{OTHER_PASSWORD}\n{PASSWORD}\n"));
    waits_with_the_store_free(&desk, &["reset", "request", "ada@example.com"], "");
}
