//! Killed at any moment: what was acknowledged is there, and the store is whole.

#![allow(clippy::print_stdout, reason = "what was tried is said")]
#![allow(clippy::unwrap_used, reason = "a test stops there")]
#![allow(clippy::print_stderr, reason = "it says what it shows, or doesn't")]

mod common;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use common::Desk;
use rusqlite::Connection;

const USERS: usize = 400;

/// A store with so many users; gives their ids.
fn crowd(desk: &Desk) -> Vec<String> {
    let rows: String = (0..USERS).fold("email\n".to_owned(), |rows, n| {
        format!("{rows}user{n}@example.com\n")
    });
    desk.pipe(&rows, ["user", "import", "-", "--input-format", "csv"])
        .ended(0);
    ids(desk, &[])
}

fn ids(desk: &Desk, filter: &[&str]) -> Vec<String> {
    let arguments = ["user", "list", "--format", "ids"].iter().chain(filter);
    let listed = desk.run(arguments).ended(0);
    listed.stdout.lines().map(str::to_owned).collect()
}

/// Runs `user VERB -` and kills it once it has answered `answers` times; gives the ids that
/// were acknowledged.
fn killed_after(desk: &Desk, verb: &str, ids: &[String], answers: usize) -> BTreeSet<String> {
    let mut command = desk.command(["user", verb, "-", "--format", "ids"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(ids.join("\n").as_bytes())
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut told: BTreeSet<String> = lines.by_ref().take(answers).map(Result::unwrap).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    told.extend(lines.map(Result::unwrap));
    told
}

/// Half of a line may have been written when the end came.
fn whole_ids(told: BTreeSet<String>) -> BTreeSet<String> {
    told.into_iter().filter(|id| id.len() == 36).collect()
}

fn kill(rounds: usize) {
    let desk = Desk::new();
    let everybody = crowd(&desk);
    let mut cut_short = 0;
    for round in 0..rounds {
        let (verb, status) = [("activate", "active"), ("deactivate", "deactivated")][round % 2];
        let told = whole_ids(killed_after(&desk, verb, &everybody, 1 + round % 40));
        let there: BTreeSet<String> = ids(&desk, &["--status", status]).into_iter().collect();
        let lost: Vec<_> = told.difference(&there).collect();
        assert!(lost.is_empty(), "round {round}: {lost:?}");
        cut_short += usize::from(told.len() < USERS);
        let db = Connection::open(desk.store()).unwrap();
        let answer: String = db
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(answer, "ok", "round {round}");
    }
    eprintln!("killed {rounds} times, {cut_short} in the middle");
    assert!(cut_short > 0, "nothing was killed in time");
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill() {
    kill(20);
}

#[test]
#[ignore = "minutes; run by hand"]
fn what_was_acknowledged_is_there_after_two_hundred_kills() {
    kill(200);
}
