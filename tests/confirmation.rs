//! What is destroyed is asked about first, and nobody is asked where nobody is.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::process::Command;

use common::commands::leaves;
use common::{Desk, Run};

/// Everything that destroys something, each possible on [`desk`].
const DESTRUCTIVE: [&[&str]; 4] = [
    &["user", "delete", "ada@example.com"],
    &["user", "purge", "gone@example.com"],
    &["session", "revoke", "--user", "ada@example.com"],
    &["group", "delete", "support"],
];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.token("ada@example.com");
    desk.run(["group", "create", "support"]).succeeded();
    desk.run(["user", "create", "gone@example.com"]).succeeded();
    desk.run(["user", "delete", "gone@example.com", "--yes"])
        .succeeded();
    desk
}

/// Everything that can be lost.
fn everything(desk: &Desk) -> Vec<String> {
    [
        &["user", "list", "--all", "--json"][..],
        &["group", "list", "--json"],
        &["session", "list", "--json"],
    ]
    .iter()
    .map(|list| desk.run(*list).ended(0).stdout)
    .collect()
}

#[test]
fn without_a_terminal_yes_has_to_be_given() {
    let desk = desk();
    let before = everything(&desk);
    for command in DESTRUCTIVE {
        let run = desk.pipe("y\n", command).ended(2);
        assert_eq!(
            run.to_string(),
            "--- stderr\nerror: this has to be confirmed, and no question can be asked: there is no terminal, or `--no-input` is given\n\
             hint: give it with `--yes`\n--- exit 2"
        );
        let json = desk.run(command.iter().chain(&["--json"])).ended(2);
        assert_eq!(json.error()["code"], "answer_needed");
    }
    assert_eq!(everything(&desk), before);
}

#[test]
fn yes_answers_and_each_is_done() {
    let desk = desk();
    for (command, action) in DESTRUCTIVE
        .iter()
        .zip(["deleted", "purged", "unchanged", "deleted"])
    {
        let run = desk.run(command.iter().chain(&["--yes", "--json"])).ended(0);
        assert_eq!(
            (run.stderr.as_str(), &run.json()["action"]),
            ("", &action.into()),
            "{command:?}"
        );
    }
}

#[test]
fn a_rehearsal_needs_no_answer() {
    let desk = desk();
    let before = everything(&desk);
    for command in DESTRUCTIVE {
        let run = desk.run(command.iter().chain(&["--dry-run"])).ended(0);
        assert!(run.stderr.starts_with("would "), "{run:?}");
    }
    assert_eq!(everything(&desk), before);
}

#[test]
fn at_a_terminal_the_question_says_what_can_be_undone_and_enter_is_no() {
    let questions = [
        "delete ada@example.com? Their sessions end; `backoffice user restore` brings them back [y/N] ",
        "erase gone@example.com for good? Nothing brings them back [y/N] ",
        "end every session of ada@example.com? They can sign in again [y/N] ",
        "delete the group support? `backoffice group create` makes it again, empty [y/N] ",
    ];
    let desk = desk();
    let before = everything(&desk);
    for (command, question) in DESTRUCTIVE.iter().zip(questions) {
        for answer in ["", "no"] {
            let mut pty = desk.at_narrow_terminal(200, command);
            pty.answers(question, answer);
            let ended = pty.ends();
            assert_eq!(ended.code, 10, "{ended:?}");
            assert!(ended.shown.contains("nothing was changed"), "{ended:?}");
        }
    }
    assert_eq!(everything(&desk), before);
}

#[test]
fn at_a_terminal_yes_is_y() {
    let desk = desk();
    let mut pty = desk.at_terminal(&["user", "delete", "ada@example.com"]);
    pty.answers("[y/N] ", "perhaps");
    pty.sees("answer y or n");
    pty.answers("[y/N] ", "y");
    let ended = pty.ends();
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.shown.contains("deleted ada@example.com"), "{ended:?}");
    let user = desk.run(["user", "show", "ada@example.com", "--json"]).json();
    assert_eq!(user["status"], "deleted");
}

#[test]
fn at_a_terminal_no_input_asks_nothing() {
    let desk = desk();
    for command in DESTRUCTIVE {
        let words = [command, &["--no-input"]].concat();
        let ended = desk.at_terminal(&words).ends();
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.shown.contains("give it with `--yes`"), "{ended:?}");
    }
    for command in [
        &["user", "create"][..],
        &["login"],
        &["login", "ada@example.com"],
        &["password", "set", "ada@example.com"],
        &["password", "change", "ada@example.com"],
        &["session", "verify"],
    ] {
        let words = [command, &["--no-input"]].concat();
        let ended = desk.at_terminal(&words).ends();
        assert_eq!(ended.code, 2, "{ended:?}");
        assert!(ended.shown.contains("give it with `"), "{ended:?}");
    }
}

/// The end of a run whose standard input somebody holds open and never writes to. A run
/// that reads it all the same hangs, and is seen here.
fn ends_by_itself(desk: &Desk, words: &[String]) -> Run {
    let (reader, writer) = std::io::pipe().unwrap();
    let run = Run::of(&desk.command(words).stdin(reader).output().unwrap());
    drop(writer);
    run
}

#[test]
fn no_command_waits_for_somebody_who_is_not_there() {
    let desk = desk();
    for leaf in leaves() {
        let words = leaf.words();
        let open = ends_by_itself(&desk, &words);
        let null = desk.run(&words);
        assert_eq!(null.code, open.code, "{}: {null:?}{open:?}", leaf.name());
        assert!(
            matches!(null.code, 0 | 2 | 3 | 5 | 6),
            "{}: {null:?}",
            leaf.name()
        );
    }
}

#[test]
fn no_command_waits_when_standard_input_is_closed() {
    let desk = desk();
    for leaf in leaves() {
        let words = leaf.words();
        let mut shell = Command::new("/bin/sh");
        shell
            .args(["-c", "exec \"$0\" \"$@\" <&-", env!("CARGO_BIN_EXE_backoffice")])
            .args(&words)
            .env_clear()
            .env("HOME", desk.path())
            .current_dir(desk.path());
        let run = Run::of(&shell.output().unwrap());
        assert!(matches!(run.code, 0 | 2 | 3 | 5 | 6), "{}: {run:?}", leaf.name());
        assert_eq!(run.code, desk.run(&words).code, "{}: {run:?}", leaf.name());
    }
}

#[test]
fn every_flag_that_reads_standard_input_ends_with_it() {
    let desk = desk();
    for leaf in leaves() {
        for argument in leaf.command.get_arguments() {
            let Some(flag) = argument.get_long().filter(|flag| flag.ends_with("-stdin")) else {
                continue;
            };
            let mut words = leaf.words();
            words.push(format!("--{flag}"));
            let run = desk.run(&words);
            let takes_none = [
                "completions",
                "config explain",
                "config init",
                "config show",
                "help",
                "provider list",
                "provider show",
                "provider check",
            ]
            .contains(&leaf.name().as_str());
            assert!(
                takes_none || run.code == 6 || run.code == 2,
                "{}: {run:?}",
                leaf.name()
            );
        }
    }
}

#[test]
fn whoever_types_a_secret_into_standard_input_is_told_what_is_awaited() {
    let desk = desk();
    let mut pty = desk.at_terminal(&["login", "ada@example.com", "--password-stdin"]);
    pty.answers(
        "waiting for the password on standard input, then Enter\r\n",
        common::PASSWORD,
    );
    let ended = pty.ends();
    assert_eq!(ended.code, 0, "{ended:?}");
}
