//! Standard output carries the answer and nothing else, and what becomes of it when nobody
//! takes it.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use common::browser::Browser;
use common::login::Login;
use common::rogue::Rogue;
use common::{Desk, PASSWORD, Run};

/// A table of 3,000 people: far more than a pipe holds.
fn crowd() -> Desk {
    let desk = Desk::new();
    let people: Vec<String> = (0..3000)
        .map(|number| format!("{{\"email\":\"person{number}@example.com\",\"first_name\":\"A long name\"}}"))
        .collect();
    let people = people.join("\n");
    desk.pipe(&people, ["user", "import", "-", "--input-format", "jsonl"])
        .succeeded();
    desk
}

#[test]
fn a_list_whose_reader_goes_away_ends_quietly() {
    let desk = crowd();
    for format in ["table", "json", "jsonl", "csv", "ids"] {
        let mut command = desk.command(["user", "list", "-o", format]);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        reader.read_line(&mut first).unwrap();
        drop(reader);
        let run = Run::of(&child.wait_with_output().unwrap());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{format}: {run:?}");
        assert!(!first.is_empty());
    }
}

#[test]
fn an_export_whose_reader_goes_away_ends_quietly() {
    let desk = crowd();
    let mut command = desk.command(["user", "export"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run:?}");
}

#[test]
fn a_write_whose_reader_went_away_is_done_all_the_same() {
    let desk = Desk::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = desk.command(["user", "create", "ada@example.com", "--json"]);
    let output = command.stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(Run::of(&output).to_string(), "--- stderr\n--- exit 0");
    desk.run(["user", "exists", "ada@example.com"]).succeeded();
}

fn full_disk() -> File {
    OpenOptions::new().write(true).open("/dev/full").unwrap()
}

fn on_a_full_disk(desk: &Desk, arguments: &[&str]) -> Run {
    let mut command = desk.command(arguments);
    Run::of(
        &command
            .stdout(full_disk())
            .stderr(Stdio::piped())
            .output()
            .unwrap(),
    )
}

#[test]
fn a_list_that_cannot_be_written_is_an_error() {
    let desk = Desk::new();
    assert_eq!(
        on_a_full_disk(&desk, &["group", "list"]).to_string(),
        "--- stderr\nerror: the answer could not be written: No space left on device (os error 28)\n--- exit 1"
    );
}

#[test]
fn a_write_is_done_and_says_that_its_answer_could_not_be_written() {
    let desk = Desk::new();
    let run = on_a_full_disk(&desk, &["user", "create", "ada@example.com", "--json"]).ended(1);
    let error = run.error();
    assert_eq!(error["code"], "output");
    assert_eq!(
        error["message"],
        "done, but the answer could not be written: No space left on device (os error 28)"
    );
    desk.run(["user", "exists", "ada@example.com"]).succeeded();
}

#[test]
fn a_lost_password_is_told() {
    let desk = Desk::new();
    let run = on_a_full_disk(
        &desk,
        &["user", "create", "ada@example.com", "--generate-password"],
    )
    .ended(1);
    assert!(
        run.stderr
            .contains("error: done, but the answer could not be written: "),
        "{run:?}"
    );
}

#[test]
fn help_that_cannot_be_written_is_an_error() {
    assert_eq!(on_a_full_disk(&Desk::empty(), &["--help"]).code, 1);
}

#[test]
fn what_is_stored_is_escaped_on_its_way_to_people() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com", "--first-name", "Ada"])
        .succeeded();
    let hostile = "\u{1b}[2J\u{202e}x\ny";
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    store
        .execute("UPDATE users SET first_name = ?1", [hostile])
        .unwrap();
    drop(store);
    let escaped = r"\u{1b}[2J\u{202e}x\u{a}y";
    let list = |format| {
        desk.run(["user", "list", "--fields", "first_name", "-o", format])
            .ended(0)
            .stdout
    };
    assert_eq!(list("table"), format!("first_name\n{escaped}\n"));
    assert_eq!(list("csv"), format!("first_name\n{escaped}\n"));
    let show = desk
        .run(["user", "show", "ada@example.com", "--fields", "first_name"])
        .ended(0);
    assert_eq!(show.stdout, format!("first_name  {escaped}\n"));
    let json = desk
        .run(["user", "list", "--fields", "first_name", "--json"])
        .ended(0);
    assert_eq!(json.json()[0]["first_name"], hostile);
    assert!(!json.stdout.contains('\u{1b}'));
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let list = ["user", "list", "--fields", "status"];
    let with = |flags: &[&'static str]| desk.run(list.iter().chain(flags)).ended(0).stdout;
    assert_eq!(with(&[]), "status\npending\n");
    assert_eq!(with(&["--color", "never"]), with(&[]));
    assert_eq!(
        with(&["--color=always"]),
        "\u{1b}[1mstatus\u{1b}[0m\n\u{1b}[33mpending\u{1b}[0m\n"
    );
    assert!(!with(&["--color=always", "--json"]).contains('\u{1b}'));
    let mut command = desk.command(list.iter().chain(&["--color=always"]));
    let outdone = Run::of(&command.env("NO_COLOR", "1").output().unwrap());
    assert_eq!(outdone.stdout, with(&["--color=always"]));
}

#[test]
fn verbose_tells_what_is_being_done_and_no_secret() {
    let desk = Desk::new();
    let run = desk
        .pipe(
            PASSWORD,
            ["user", "create", "ada@example.com", "--password-stdin", "-v"],
        )
        .ended(0);
    let store = format!("the store is {}\n", desk.store().display());
    assert!(run.stderr.starts_with(&store), "{run:?}");
    assert!(!run.stderr.contains(PASSWORD));
}

/// Nobody has the token of such a session.
#[test]
fn a_token_that_cannot_be_written_is_no_session() {
    let rogue = Rogue::start(|_| ());
    let desk = Desk::with_provider(&rogue.settings());
    desk.user("ada@example.com");
    desk.file("password", PASSWORD);

    let by_password = [
        "login",
        "ada@example.com",
        "--password-file",
        "password",
        "--print-token",
    ];
    let by_password = on_a_full_disk(&desk, &by_password);
    let mut command = desk.command(["login", "--with", "desk", "--print-token"]);
    let mut login = Login::onto(&mut command, full_disk().into());
    Browser::default().open(&login.url());
    for run in [by_password, login.ends()] {
        assert!(run.stderr.contains("could not be written"), "{run:?}");
        run.ended(1);
    }
    let sessions = desk.run(["session", "list", "--json"]).ended(0);
    assert_eq!(sessions.json(), serde_json::json!([]));
}
