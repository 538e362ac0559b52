//! Terminals that know no escape sequences, and people who want no colours.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD};

/// What a terminal without escape sequences is known by.
const PLAIN: [&[(&str, &str)]; 3] = [&[("TERM", "dumb")], &[], &[("TERM", "unknown")]];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.run(["group", "create", "support"]).ended(0);
    let rows: Vec<String> = (0..40)
        .map(|n| format!("u{n}@example.com,{PASSWORD}\n"))
        .collect();
    let rows = rows.concat();
    desk.file("people.csv", &format!("email,password\n{rows}"));
    desk
}

/// What a command without questions shows.
fn shown(desk: &Desk, variables: &[(&str, &str)], arguments: &[&str]) -> String {
    desk.at_terminal_with(variables, arguments).ends().shown
}

/// Commands that colour, draw a bar, or complain.
const COMMANDS: [&[&str]; 8] = [
    &["user", "list"],
    &["user", "show", "ada@example.com"],
    &["user", "show", "nobody@example.com"],
    &["user", "edit", "ada@example.com", "--first-name", "Ada"],
    &["user", "import", "people.csv", "--dry-run"],
    &["user", "nonsense"],
    &["--help"],
    &["config", "show"],
];

#[test]
fn no_escape_sequence_reaches_a_terminal_that_knows_none() {
    let desk = desk();
    for variables in PLAIN {
        for command in COMMANDS {
            let text = shown(&desk, variables, command);
            assert!(
                !text.contains('\x1b') && !text.is_empty(),
                "{variables:?} {command:?}: {text:?}"
            );
        }
    }
    // The same commands do colour elsewhere.
    let elsewhere = shown(&desk, &[("TERM", "xterm")], COMMANDS[0]);
    assert!(elsewhere.contains('\x1b'), "{elsewhere:?}");
}

#[test]
fn every_question_is_asked_without_an_escape_sequence() {
    let desk = desk();
    for (email, variables) in [("b@example.com", PLAIN[0]), ("c@example.com", PLAIN[1])] {
        let mut pty = desk.at_terminal_with(variables, &["user", "create"]);
        let mut text = pty.sees("E-mail: ");
        for (question, answer) in [
            ("", email),
            ("First name (optional): ", "Bob"),
            ("Last name (optional): ", ""),
            (
                "Groups:\r\n  1  support\r\n  2  administrators\r\nNumbers, separated by commas (optional): ",
                "1",
            ),
            ("Password:\r\n  1  make one and show it once\r\n", "2"),
            ("New password: ", OTHER_PASSWORD),
            ("New password, again: ", OTHER_PASSWORD),
            ("Activate the user at once? [Y/n] ", "y"),
            ("Create Bob", "y"),
        ] {
            text.push_str(&pty.sees(question));
            pty.types(answer);
        }
        let ended = pty.ends();
        text.push_str(&ended.shown);
        assert_eq!(ended.code, 0, "{text}");
        assert!(!text.contains('\x1b'), "{text:?}");
        let user = desk.run(["user", "show", email, "--json"]).json();
        assert_eq!(user["groups"], serde_json::json!(["support"]));
        desk.pipe(
            OTHER_PASSWORD,
            ["login", email, "--password-stdin", "--print-token"],
        )
        .ended(0);
    }
}

/// Whether a text holds a sequence that colours (ECMA-48 §8.3.117: SGR ends in `m`).
fn is_coloured(text: &str) -> bool {
    let ends_in_m = |rest: &str| {
        rest.strip_prefix('[').is_some_and(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';')
                .starts_with('m')
        })
    };
    text.split('\x1b').skip(1).any(ends_in_m)
}

#[test]
fn nothing_is_coloured_where_no_colours_are_wanted() {
    let desk = desk();
    let no_color: &[(&str, &str)] = &[("TERM", "xterm-256color"), ("NO_COLOR", "1")];
    for command in COMMANDS {
        let by_variable = shown(&desk, no_color, command);
        assert!(!is_coloured(&by_variable), "{command:?}: {by_variable:?}");
        let never: Vec<&str> = command.iter().copied().chain(["--color", "never"]).collect();
        let by_flag = shown(&desk, &no_color[..1], &never);
        assert!(!is_coloured(&by_flag), "{command:?}: {by_flag:?}");
    }
    assert!(is_coloured(&shown(&desk, &no_color[..1], COMMANDS[0])));
}

#[test]
fn a_list_of_answers_is_not_coloured_where_no_colours_are_wanted() {
    let desk = desk();
    let variables = [("TERM", "xterm-256color"), ("NO_COLOR", "1")];
    let mut pty = desk.at_terminal_with(&variables, &["user", "create"]);
    pty.answers("E-mail", "e@example.com");
    pty.answers("First name", "");
    pty.answers("Last name", "");
    let mut text = pty.sees("support");
    pty.keys("\r");
    text.push_str(&pty.sees("none"));
    pty.keys("\r");
    text.push_str(&pty.sees("Activate the user"));
    pty.types("n");
    pty.answers("Create", "n");
    assert_eq!(pty.ends().code, 10);
    assert!(text.contains('\x1b') && !is_coloured(&text), "{text:?}");
}
