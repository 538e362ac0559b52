//! Many processes at once: nothing lost, nobody refused, no try more than is free.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::process::{Child, Stdio};

use common::{Desk, OTHER_PASSWORD, PASSWORD, Run};
use rusqlite::Connection;

/// Starts them all, then waits for each.
fn at_once<T>(count: usize, start: impl Fn(usize) -> T, end: impl Fn(T) -> Run) -> Vec<Run> {
    let started: Vec<T> = (0..count).map(start).collect();
    started.into_iter().map(end).collect()
}

fn spawn(desk: &Desk, arguments: &[&str], input: Option<&str>) -> Child {
    let mut command = desk.command(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    if input.is_some() {
        command.stdin(Stdio::piped());
    }
    let mut child = command.spawn().unwrap();
    if let (Some(input), Some(mut stdin)) = (input, child.stdin.take()) {
        std::io::Write::write_all(&mut stdin, input.as_bytes()).unwrap();
    }
    child
}

fn ended(child: Child) -> Run {
    Run::of(&child.wait_with_output().unwrap())
}

/// One number from the store.
fn number(desk: &Desk, sql: &str) -> i64 {
    let db = Connection::open(desk.store()).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// So many writers, each creating so many users one after another.
fn write(writers: usize, users: usize) {
    let desk = Desk::new();
    let outcomes: Vec<Vec<Run>> = std::thread::scope(|scope| {
        let writer = |w: usize| {
            let desk = &desk;
            scope.spawn(move || {
                let one = |n| desk.run(["user", "create", &format!("user{w}-{n}@example.com")]);
                (0..users).map(one).collect()
            })
        };
        let threads: Vec<_> = (0..writers).map(writer).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let refused: Vec<_> = outcomes.iter().flatten().filter(|run| run.code != 0).collect();
    assert!(
        refused.is_empty(),
        "{} refused, such as {:?}",
        refused.len(),
        refused[0]
    );
    let all = i64::try_from(writers * users).unwrap();
    assert_eq!(number(&desk, "SELECT count(*) FROM users"), all);
    let events = "SELECT count(*) FROM audit_events WHERE action = 'user_created'";
    assert_eq!(number(&desk, events), all);
    let in_order =
        "SELECT count(*) FROM audit_events a JOIN audit_events b ON b.seq = a.seq + 1 WHERE b.at < a.at";
    assert_eq!(number(&desk, in_order), 0, "events out of order");
}

#[test]
fn writers_at_once_lose_nothing_and_none_is_refused() {
    write(16, 10);
}

#[test]
#[ignore = "minutes; run by hand"]
fn sixty_four_writers_of_fifty_users_each_lose_nothing() {
    write(64, 50);
}

#[test]
fn first_runs_at_once_make_one_store() {
    let desk = Desk::empty();
    let email = |n| format!("user{n}@example.com");
    let runs = at_once(64, |n| spawn(&desk, &["user", "create", &email(n)], None), ended);
    assert!(runs.iter().all(|run| run.code == 0), "{runs:?}");
    let makers = runs.iter().filter(|run| run.stderr.contains("created the store"));
    assert_eq!(makers.count(), 1);
    assert_eq!(number(&desk, "SELECT count(*) FROM users"), 64);
    let founded = "SELECT count(*) FROM audit_events WHERE action = 'sys_store_created'";
    assert_eq!(number(&desk, founded), 1);
    let left: Vec<_> = std::fs::read_dir(desk.store().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["backoffice.db"]);
}

/// `init` in containers that share a folder: in each of them it is the process with the number 1.
fn first_runs_with_one_number(rounds: u32) {
    for round in 0..rounds {
        let desk = Desk::empty();
        let runs = at_once(24, |_| in_a_container(&desk, "init"), ended);
        let made = runs
            .iter()
            .filter(|run| run.stderr.starts_with("created the store "));
        assert_eq!(made.count(), 1, "round {round}: {runs:?}");
        assert!(runs.iter().all(|run| run.code == 0), "round {round}: {runs:?}");
        assert_eq!(number(&desk, "SELECT count(*) FROM audit_events"), 1);
        desk.run(["user", "create", "ada@example.com"]).ended(0);
        let db = Connection::open(desk.store()).unwrap();
        let answer: String = db
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(answer, "ok", "round {round}");
    }
}

fn in_a_container(desk: &Desk, verb: &str) -> Child {
    let mut command = std::process::Command::new("unshare");
    if !nix::unistd::geteuid().is_root() {
        command.args(["--user", "--map-root-user"]);
    }
    command
        .args(["--pid", "--fork", env!("CARGO_BIN_EXE_backoffice"), verb])
        .env_clear()
        .env("PATH", common::path())
        .env("HOME", desk.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn first_runs_at_once_with_one_process_number_make_one_good_store() {
    first_runs_with_one_number(10);
}

#[test]
#[ignore = "a minute; run by hand"]
fn first_runs_at_once_with_one_process_number_make_one_good_store_forty_times() {
    first_runs_with_one_number(40);
}

#[test]
fn guesses_at_once_never_exceed_the_free_ones() {
    let desk = Desk::new();
    desk.configure("[throttle]\nbase_delay = \"1h\"\nmax_delay = \"1h\"\n[login]\nfailure_floor = \"1ms\"\n");
    desk.user("ada@example.com");
    let guess = ["login", "ada@example.com", "--password-stdin"];
    let runs = at_once(64, |_| spawn(&desk, &guess, Some(OTHER_PASSWORD)), ended);
    assert!(
        runs.iter()
            .all(|run| run.code == 5 && run.stderr == runs[0].stderr)
    );
    assert_eq!(number(&desk, "SELECT count FROM failures"), 5);
    let reasons = |reason| {
        number(
            &desk,
            &format!("SELECT count(*) FROM audit_events WHERE reason = '{reason}'"),
        )
    };
    // The tries that were not made are one event a minute, and counted.
    assert_eq!((reasons("wrong_password"), reasons("throttled x1")), (5, 1));
    assert_eq!(number(&desk, "SELECT count FROM refused_tries"), 58);
    // The right one among them would have had to wait as well.
    assert_eq!(desk.pipe(PASSWORD, guess).code, 5);
}

#[test]
fn sign_ins_at_once_all_succeed_while_there_are_free_tries() {
    let desk = Desk::new();
    // With an imported hash, each of them wants to replace it.
    let row = r#"{"email":"ada@example.com","status":"active","password_hash":"$2y$10$XnxMTxDzttj85J1iGGy0KOpiuWDbCMrdo6/xmRjs5.rW8QDV1uy/m"}"#;
    desk.pipe(row, ["user", "import", "-", "--input-format", "jsonl"])
        .ended(0);
    let login = ["login", "ada@example.com", "--password-stdin", "--print-token"];
    let runs = at_once(
        2,
        |_| spawn(&desk, &login, Some("start behind old travel60")),
        ended,
    );
    assert!(runs.iter().all(|run| run.code == 0), "{runs:?}");
    assert_eq!(number(&desk, "SELECT count(*) FROM sessions"), 2);
    assert_eq!(number(&desk, "SELECT count(*) FROM failures"), 0);
}

#[test]
fn of_two_administrators_leaving_at_once_one_stays() {
    let desk = Desk::new();
    let emails = ["ada@example.com", "eve@example.com"];
    for email in emails {
        desk.user(email);
        desk.run(["group", "add-member", "administrators", email])
            .ended(0);
    }
    let mut codes: Vec<_> = at_once(
        2,
        |n| spawn(&desk, &["user", "deactivate", emails[n]], None),
        ended,
    )
    .iter()
    .map(|run| run.code)
    .collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 4]);
}
