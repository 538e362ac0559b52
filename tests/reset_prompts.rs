//! Reset links at a real terminal: what is asked, in which order, and what is never shown.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::pty::Ended;
use common::{Desk, OTHER_PASSWORD, PASSWORD};

const ADA: &str = "ada@example.com";

fn desk() -> (Desk, String) {
    let desk = Desk::with_mail();
    desk.user(ADA);
    let link = desk.run(["reset", "issue", ADA]).ended(0).stdout;
    (desk, link.trim_end().to_owned())
}

/// The token is typed, and refused before anybody is asked for a password.
fn refused(desk: &Desk, typed: &str) -> Ended {
    let mut pty = desk.at_terminal(&["reset", "complete"]);
    pty.answers("Token or link: ", typed);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (5, true), "{ended:?}");
    assert!(!ended.shown.contains("New password"), "{ended:?}");
    assert!(!ended.shown.contains(typed), "{ended:?}");
    ended
}

#[test]
fn the_link_is_asked_for_then_the_new_password_twice() {
    let (desk, link) = desk();
    let mut pty = desk.at_terminal(&["reset", "complete"]);
    pty.answers("Token or link: ", &link);
    let mut shown = pty.sees("New password for ada@example.com: ");
    pty.types("hunter2");
    shown += &pty.sees("the password is too short");
    pty.answers("New password for ada@example.com: ", OTHER_PASSWORD);
    shown += &pty.sees("again: ");
    pty.types(PASSWORD);
    shown += &pty.sees("the two are not the same");
    pty.answers("New password for ada@example.com: ", OTHER_PASSWORD);
    shown += &pty.sees("again: ");
    pty.types(OTHER_PASSWORD);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
    shown += &ended.shown;
    for secret in ["bo_r_", OTHER_PASSWORD, PASSWORD, "hunter2"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    desk.run(["whoami"]).ended(5);
    desk.pipe(OTHER_PASSWORD, ["login", ADA, "--password-stdin"])
        .ended(0);
}

#[test]
fn a_bad_token_is_refused_before_a_password_is_asked_for() {
    let (desk, link) = desk();
    let session = desk.token(ADA);
    for typed in [&link[..link.len() - 2], &session, "nonsense"] {
        refused(&desk, typed);
    }
    desk.run(["reset", "revoke", ADA]).succeeded();
    refused(&desk, &link);
}

#[test]
fn a_password_thought_better_of_leaves_the_link_alive() {
    let (desk, link) = desk();
    let mut pty = desk.at_terminal(&["reset", "complete"]);
    pty.answers("Token or link: ", &link);
    pty.sees("New password for ada@example.com: ");
    pty.keys("\u{3}");
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (130, true), "{ended:?}");
    assert_eq!(desk.run(["reset", "list", "--json"]).json()[0]["state"], "live");
}

#[test]
fn an_address_that_is_missing_is_asked_for() {
    let (desk, _) = desk();
    let answers = [ADA, "nobody@example.com"].map(|email| {
        let mut pty = desk.at_terminal(&["reset", "request"]);
        pty.answers("E-mail: ", email);
        let ended = pty.ends();
        assert_eq!(ended.code, 0, "{ended:?}");
        ended.shown.replace(email, "")
    });
    assert!(answers[0].contains("if a user has that address"), "{answers:?}");
    assert_eq!(answers[0], answers[1]);
    let waiting = desk.run(["mail", "queue", "list", "--json"]).ended(0).json();
    assert_eq!(waiting.as_array().unwrap().len(), 1);
}
