//! At a real terminal: what is asked, what Ctrl-C leaves behind, and what a table looks like.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::pty::Pty;
use common::{Desk, OTHER_PASSWORD, PASSWORD};

const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";
const DOWN: &str = "\u{1b}[B";
const ESCAPE: &str = "\u{1b}";
/// Shows the cursor (DECTCEM).
const CURSOR: &str = "\u{1b}[?25h";

/// `user create` up to the password, as somebody without groups.
fn creating(desk: &Desk) -> Pty {
    let mut pty = desk.at_terminal(&["user", "create"]);
    pty.answers("E-mail: ", "ada@example.com");
    pty.answers("First name (optional): ", "Ada");
    pty.answers("Last name (optional): ", "");
    pty.sees("Groups (arrows move, space chooses, Enter ends):");
    pty.sees("[ ]");
    pty.keys("\r");
    pty.sees("> make one and show it once");
    pty
}

/// The same, with the password typed.
fn typing_a_password(desk: &Desk) -> Pty {
    let mut pty = creating(desk);
    pty.keys(&format!("{DOWN}\r"));
    pty
}

#[test]
fn a_user_is_created_from_nothing_but_answers() {
    let desk = Desk::empty();
    let mut pty = desk.at_terminal(&["user", "create"]);
    pty.sees("created the store ");
    pty.answers("E-mail: ", "ada");
    pty.sees("the e-mail address isn't of the form name@domain");
    pty.answers("E-mail: ", "ada@example.com");
    pty.answers("First name (optional): ", "Ada");
    pty.answers("Last name (optional): ", "Lovelace");
    pty.sees("administrators");
    pty.keys(" \r");
    pty.sees("> make one and show it once");
    pty.keys(&format!("{DOWN}\r"));
    pty.answers("New password: ", "password");
    pty.sees("the password is too short: at least 15 characters are needed");
    pty.answers("New password: ", PASSWORD);
    pty.answers("New password, again: ", OTHER_PASSWORD);
    pty.sees("the two are not the same");
    pty.answers("New password: ", PASSWORD);
    let typed = pty.sees("New password, again: ");
    assert!(!typed.contains(PASSWORD), "{typed}");
    pty.types(PASSWORD);
    pty.answers("Activate the user at once? [Y/n] ", "");
    pty.answers(
        "Create Ada Lovelace <ada@example.com>, active, in administrators? [y/N] ",
        "y",
    );
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
    assert!(ended.shown.contains("created ada@example.com"), "{ended:?}");
    assert!(!ended.shown.contains(PASSWORD), "{ended:?}");
    let user = desk.run(["user", "show", "ada@example.com", "--json"]).json();
    assert_eq!(
        (&user["status"], &user["last_name"]),
        (&"active".into(), &"Lovelace".into())
    );
    assert_eq!(user["groups"], serde_json::json!(["administrators"]));
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}

#[test]
fn a_generated_password_is_shown_once_and_the_next_command_named() {
    let desk = Desk::new();
    let mut pty = creating(&desk);
    pty.keys("\r");
    pty.answers("Activate the user at once? [Y/n] ", "n");
    pty.answers("Create Ada <ada@example.com>, pending? [Y/n] ", "");
    pty.sees("created ada@example.com\r\n");
    let password = pty.sees("\r\n");
    pty.sees("`backoffice user activate ada@example.com` lets the user sign in");
    assert_eq!(pty.ends().code, 0);
    desk.run(["user", "activate", "ada@example.com"]).succeeded();
    desk.pipe(&password, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}

#[test]
fn a_command_with_an_address_or_flags_asks_for_nothing_optional() {
    let desk = Desk::new();
    let mut pty = desk.at_terminal(&["user", "create", "ada@example.com", "--first-name", "Ada"]);
    pty.sees("created ada@example.com");
    pty.sees("`backoffice password set ada@example.com --generate-password` makes a password");
    assert_eq!(pty.ends().code, 0);

    let mut pty = desk.at_terminal(&["user", "create", "--activate", "--no-password"]);
    pty.answers("E-mail: ", "grace@example.com");
    pty.sees("created grace@example.com");
    assert_eq!(pty.ends().code, 0);
}

#[test]
fn an_address_that_is_taken_is_refused_before_the_next_question() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let mut pty = desk.at_terminal(&["user", "create"]);
    pty.answers("E-mail: ", "Ada@example.com");
    pty.sees("ada@example.com is taken by a user who is pending");
    pty.answers("E-mail: ", "grace@example.com");
    pty.sees("First name (optional): ");
    pty.keys(CTRL_C);
    assert_eq!(pty.ends().code, 130);

    let mut pty = desk.at_terminal(&["user", "create", "--if-exists", "skip"]);
    pty.answers("E-mail: ", "ada@example.com");
    pty.sees("skipped, the user exists: ada@example.com");
    assert_eq!(pty.ends().code, 0);
}

#[test]
fn a_last_look_answered_no_creates_nobody() {
    let desk = Desk::new();
    let mut pty = creating(&desk);
    pty.keys("\r");
    pty.answers("Activate the user at once? [Y/n] ", "y");
    pty.answers("Create Ada <ada@example.com>, active? [Y/n] ", "n");
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (10, true), "{ended:?}");
    desk.run(["user", "exists", "ada@example.com"]).ended(3);
}

#[test]
fn ctrl_c_at_the_password_leaves_the_terminal_as_it_was() {
    let desk = Desk::new();
    let mut pty = typing_a_password(&desk);
    pty.sees("New password: ");
    pty.keys("half a passw");
    pty.keys(CTRL_C);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (130, true), "{ended:?}");
    assert!(
        ended.shown.contains("interrupted; nothing was changed"),
        "{ended:?}"
    );
    assert!(!ended.shown.contains("half"), "{ended:?}");
    desk.run(["user", "exists", "ada@example.com"]).ended(3);
}

#[test]
fn ctrl_c_in_a_list_shows_the_cursor_again() {
    let desk = Desk::new();
    let mut pty = creating(&desk);
    pty.keys(CTRL_C);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (130, true), "{ended:?}");
    assert!(ended.shown.contains(CURSOR), "{ended:?}");
}

#[test]
fn escape_leaves_a_list() {
    let desk = Desk::new();
    let mut pty = creating(&desk);
    pty.keys(ESCAPE);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (130, true), "{ended:?}");
    assert!(ended.shown.contains(CURSOR), "{ended:?}");
}

#[test]
fn ctrl_c_and_ctrl_d_end_any_other_question() {
    let desk = Desk::new();
    for key in [CTRL_C, CTRL_D] {
        let mut pty = desk.at_terminal(&["user", "create"]);
        pty.sees("E-mail: ");
        pty.keys(key);
        let ended = pty.ends();
        assert_eq!((ended.code, ended.echo), (130, true), "{ended:?}");
        // What the shell writes begins on a line of its own.
        assert!(ended.shown.ends_with("\r\n"), "{ended:?}");
    }
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let mut pty = desk.at_terminal(&["user", "delete", "ada@example.com"]);
    pty.sees("[y/N] ");
    pty.keys(CTRL_C);
    let ended = pty.ends();
    assert_eq!(ended.code, 130);
    assert!(ended.shown.ends_with("\r\n"), "{ended:?}");
    desk.run(["user", "show", "ada@example.com"]).succeeded();
}

#[test]
fn signing_in_asks_for_both() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let mut pty = desk.at_terminal(&["login"]);
    pty.answers("E-mail: ", "ada@example.com");
    pty.answers("Password: ", "");
    pty.sees("nothing was typed");
    pty.answers("Password: ", PASSWORD);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
    assert!(ended.shown.contains("signed in as ada@example.com"), "{ended:?}");
    assert!(!ended.shown.contains(PASSWORD), "{ended:?}");
    desk.run(["whoami"]).succeeded();
}

#[test]
fn a_password_that_must_be_changed_is_changed_on_the_spot() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.run(["password", "require-change", "ada@example.com"])
        .succeeded();
    let mut pty = desk.at_terminal(&["login", "ada@example.com"]);
    pty.answers("Password: ", PASSWORD);
    pty.sees("your password must be changed first");
    pty.answers("New password: ", OTHER_PASSWORD);
    pty.answers("New password, again: ", OTHER_PASSWORD);
    let ended = pty.ends();
    assert_eq!(ended.code, 0, "{ended:?}");
    desk.pipe(OTHER_PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}

#[test]
fn changing_ones_password_asks_for_the_old_and_twice_for_the_new() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let mut pty = desk.at_terminal(&["password", "change", "ada@example.com"]);
    pty.answers("Current password of ada@example.com: ", PASSWORD);
    pty.answers("New password: ", "ada@example.com!");
    pty.answers("New password: ", OTHER_PASSWORD);
    pty.answers("New password, again: ", OTHER_PASSWORD);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
    desk.pipe(OTHER_PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}

#[test]
fn setting_a_password_says_whose_it_is() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let mut pty = desk.at_terminal(&["password", "set", "ada@example.com"]);
    pty.answers("New password for ada@example.com: ", OTHER_PASSWORD);
    pty.answers("New password for ada@example.com, again: ", OTHER_PASSWORD);
    assert_eq!(pty.ends().code, 0);
    desk.pipe(OTHER_PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}
