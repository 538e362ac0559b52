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

/// "umbrella tundra monocle quartz", as bcrypt of cost 4 has it.
const ROWS: &str = "email,password_hash,status\n\
                    b@example.com,$2b$04$UuTkLRZZ6QofpDOlMz32Muz5FSTNkoyj/rOxd6RGajZ0U.hD8cB6K,active\n";

/// What is stored of the costs of hashes: how many users have each, and whether its time is known.
fn hash_costs(desk: &Desk) -> Vec<(String, i64, bool)> {
    let store = Connection::open(desk.store()).unwrap();
    let sql = "SELECT cost, users, time IS NOT NULL FROM hash_costs ORDER BY cost";
    let mut statement = store.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn an_import_says_that_its_hashes_move_the_floor() {
    let desk = Desk::new();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    let import = ["user", "import", "-", "--dry-run"];
    let told = desk.pipe(ROWS, import).ended(0).stderr;
    assert!(told.contains("failed sign-ins are answered after 0.1"), "{told}");
    let answer = desk.pipe(ROWS, import.iter().chain(&["--json"])).ended(0).json();
    assert!(
        answer["failure_floor"].as_str().unwrap().ends_with("ms"),
        "{answer}"
    );
    desk.configure("");
    let told = desk.pipe(ROWS, ["user", "import", "-"]).ended(0);
    assert!(!told.stderr.contains("failed sign-ins"), "{told}");
}

#[test]
fn the_hashes_of_a_store_from_before_are_counted_and_measured_by_the_first_refusal() {
    let desk = Desk::new();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    desk.user("ada@example.com");
    desk.pipe(ROWS, ["user", "import", "-"]).ended(0);
    let ours = "argon2id m=19456,t=2,p=1".to_owned();
    let all = [(ours.clone(), 1, true), ("bcrypt 4".to_owned(), 1, true)];
    assert_eq!(hash_costs(&desk), all);
    Connection::open(desk.store())
        .unwrap()
        .execute_batch("DELETE FROM hash_costs; UPDATE hash_count SET done = 0")
        .unwrap();
    desk.pipe(PASSWORD, ["login", "nobody@example.com", "--password-stdin"])
        .ended(5);
    assert_eq!(hash_costs(&desk), all);
    desk.pipe(PASSWORD, ["login", "b@example.com", "--password-stdin"])
        .ended(0);
    assert_eq!(hash_costs(&desk), [(ours, 2, true)]);
}

#[test]
fn a_user_with_a_hash_that_moves_the_floor_is_created_with_a_note() {
    let desk = Desk::new();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    let hash = ROWS.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    let create = |email, more: &[&str]| {
        let flags = ["user", "create", email, "--password-hash-stdin"];
        desk.pipe(hash, flags.iter().chain(more)).ended(0)
    };
    let answer = create(
        "a@example.com",
        &["--dry-run", "--json", "--fields", "failure_floor"],
    );
    let floor = answer.json()["failure_floor"].as_str().unwrap().to_owned();
    assert!(floor.ends_with("ms"), "{floor}");
    let told = create("b@example.com", &[]);
    let note = "until this user has signed in: the first sign-in replaces the hash by a faster one";
    assert!(told.stderr.contains(note), "{told}");
    let second = create("c@example.com", &[]);
    assert!(!second.stderr.contains("failed sign-ins"), "{second}");
}

#[test]
fn a_refusal_that_is_late_is_recorded_with_the_floor_it_leaves() {
    let desk = Desk::new();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    let hash = "$2b$13$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m";
    let create = [
        "user",
        "create",
        "b@example.com",
        "--activate",
        "--password-hash-stdin",
    ];
    desk.pipe(hash, create).ended(0);
    let store = Connection::open(desk.store()).unwrap();
    // As if it had been measured on a machine that is far faster.
    store.execute("UPDATE hash_costs SET time = 1", []).unwrap();
    let login = ["login", "b@example.com", "--password-stdin"];
    desk.pipe(PASSWORD, login).ended(5);
    let sql = "SELECT count(*), min(target), min(reason) FROM audit_events WHERE action = 'sys_failure_floor_raised'";
    let event: (i64, String, String) = store
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap();
    assert_eq!((event.0, event.1.as_str()), (1, "store"));
    assert!(event.2.starts_with("busy_machine "), "{}", event.2);
    let sql = "SELECT cost, slow > 100000 FROM hash_costs WHERE slow IS NOT NULL";
    let kept: (String, bool) = store
        .query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(kept, ("bcrypt 13".to_owned(), true));
}
