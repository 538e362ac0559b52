//! What is shown at a terminal: tables that fit, colours, a bar that goes away.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;

/// The text without colours.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(
            part.split_once(|c: char| c.is_ascii_alphabetic())
                .map_or("", |(_, rest)| rest),
        );
    }
    plain
}

#[test]
fn a_table_fits_the_terminal_and_a_pipe_gets_all_of_it() {
    let desk = Desk::new();
    let email = "a.rather.long.address.of.somebody@departments.example.com";
    let name = "漢字".repeat(20);
    desk.run(["user", "create", email, "--first-name", &name])
        .succeeded();
    for columns in [50, 60, 100] {
        let ended = desk.at_narrow_terminal(columns, &["user", "list"]).ends();
        assert_eq!(ended.code, 0, "{ended:?}");
        let lines: Vec<String> = plain(&ended.shown).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].contains('…'), "{lines:?}");
        for line in lines {
            assert!(
                unicode_width::UnicodeWidthStr::width(line.as_str()) <= columns.into(),
                "{line:?}"
            );
        }
    }
    let piped = desk.run(["user", "list"]).ended(0);
    assert!(
        piped.stdout.contains(email) && piped.stdout.contains(&name),
        "{piped:?}"
    );
}

#[test]
fn the_id_of_a_session_can_be_copied_from_the_table() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.token("ada@example.com");
    let ids = desk.run(["session", "list", "-o", "ids"]).ended(0).stdout;
    let ended = desk.at_terminal(&["session", "list"]).ends();
    assert!(plain(&ended.shown).contains(ids.trim()), "{ended:?}");
}

#[test]
fn statuses_are_told_apart_by_colour_unless_colour_is_off() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com", "--activate"])
        .succeeded();
    desk.run(["user", "create", "bo@example.com"]).succeeded();
    let list = ["user", "list", "--fields", "status"];
    let coloured = desk.at_terminal(&list).ends().shown;
    assert_eq!(
        coloured,
        "\u{1b}[1mstatus\u{1b}[0m\r\n\u{1b}[32mactive\u{1b}[0m\r\n\u{1b}[33mpending\u{1b}[0m\r\n"
    );
    let off = desk
        .at_terminal(&[&list[..], &["--color", "never"]].concat())
        .ends()
        .shown;
    assert_eq!(off, "status\r\nactive\r\npending\r\n");
}

#[test]
fn an_error_is_coloured_and_says_what_to_do() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let ended = desk.at_terminal(&["user", "show", "ada@exmple.com"]).ends();
    assert_eq!(ended.code, 3);
    assert_eq!(
        ended.shown,
        "\u{1b}[31merror:\u{1b}[0m there is no user ada@exmple.com\r\n\
         \u{1b}[36mhint:\u{1b}[0m did you mean ada@example.com?\r\n"
    );
}

#[test]
fn the_bar_of_an_import_goes_away() {
    let desk = Desk::new();
    let people: Vec<String> = (0..30)
        .map(|number| format!("person{number}@example.com,umbrella tundra monocle {number}x\n"))
        .collect();
    let file = desk.file("people.csv", &format!("email,password\n{}", people.concat()));
    let ended = desk
        .at_terminal(&["user", "import", file.to_str().unwrap()])
        .ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
    assert!(ended.shown.contains("/30"), "no bar was shown: {ended:?}");
    let last = ended
        .shown
        .rsplit('\r')
        .find(|line| !line.trim().is_empty())
        .unwrap();
    assert!(plain(last).contains("created 30 users"), "{ended:?}");
}
