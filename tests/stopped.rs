//! After Ctrl-Z and `fg`: what was asked or waited for is shown again.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::browser::Browser;
use common::pty::Pty;
use common::rogue::Rogue;
use common::{Desk, PASSWORD};

const ADA: &str = "ada@example.com";
const DOWN: &str = "\u{1b}[B";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.user(ADA);
    desk
}

/// A provider that signs in everybody as Ada, and her home.
fn office() -> (Rogue, Desk) {
    let rogue = Rogue::start(|_| ());
    let desk = Desk::with_provider(&format!("{}device = true\n", rogue.settings()));
    desk.user(ADA);
    (rogue, desk)
}

/// Waits for a question, stops, and waits for it again.
#[track_caller]
fn asks_again(pty: &mut Pty, question: &str) {
    pty.sees(question);
    pty.stops_and_goes_on();
    pty.sees(question);
}

#[track_caller]
fn succeeds(pty: Pty) {
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
}

#[test]
fn a_text_is_asked_for_again() {
    let desk = desk();
    let mut pty = desk.as_job(&["login"]);
    pty.sees("E-mail: ");
    pty.keys("half");
    pty.sees("half");
    pty.stops_and_goes_on();
    pty.answers("E-mail: ", ADA);
    pty.answers("Password: ", PASSWORD);
    succeeds(pty);
}

#[test]
fn a_password_is_asked_for_again_and_never_shown() {
    let desk = desk();
    let mut pty = desk.as_job(&["login", ADA]);
    pty.sees("Password: ");
    pty.keys("half of a password");
    pty.stops_and_goes_on();
    pty.sees("Password: ");
    pty.types(PASSWORD);
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
    assert!(
        !ended.shown.contains("umbrella") && !ended.shown.contains("half"),
        "{ended:?}"
    );
}

#[test]
fn yes_or_no_is_asked_again() {
    let desk = desk();
    let mut pty = desk.as_job(&["user", "delete", ADA]);
    asks_again(&mut pty, "[y/N] ");
    pty.types("y");
    succeeds(pty);
}

#[test]
fn a_list_is_shown_again_with_the_choice_in_it() {
    let desk = Desk::new();
    let mut pty = desk.as_job(&["user", "create"]);
    pty.answers("E-mail: ", ADA);
    pty.answers("First name (optional): ", "Ada");
    pty.answers("Last name (optional): ", "");
    pty.sees("> [ ] administrators");
    pty.keys(" ");
    asks_again(&mut pty, "> [x] administrators");
    pty.keys("\r");
    pty.sees("> make one and show it once");
    pty.keys(&format!("{DOWN}{DOWN}"));
    asks_again(&mut pty, "> none");
    pty.keys("\r");
    pty.answers("Activate the user at once? [Y/n] ", "n");
    pty.answers("Create Ada <ada@example.com>", "y");
    succeeds(pty);
}

#[test]
fn the_address_of_a_sign_in_is_shown_again() {
    let (_rogue, desk) = office();
    let mut pty = desk.as_job(&["login", "--with", "desk", "--no-browser"]);
    let url = pty.url();
    pty.sees("waiting for your sign-in");
    pty.stops_and_goes_on();
    assert_eq!(pty.url(), url);
    pty.sees("waiting for your sign-in");
    assert_eq!(Browser::default().open(&url).status, 200);
    succeeds(pty);
}

#[test]
fn a_paste_is_asked_for_again() {
    let (_rogue, desk) = office();
    let mut pty = desk.as_job(&["login", "--with", "desk", "--paste"]);
    let url = pty.url();
    pty.sees("Paste its whole address here:");
    pty.keys("http://half");
    pty.sees("http://half");
    pty.stops_and_goes_on();
    assert_eq!(pty.url(), url);
    pty.sees("Paste its whole address here:");
    pty.types(&Browser::default().sent_to(&url));
    succeeds(pty);
}

#[test]
fn the_code_for_another_machine_is_shown_again() {
    let rogue = Rogue::start(|rogue| rogue.device = ["authorization_pending"; 100].into());
    let desk = Desk::with_provider(&format!("{}device = true\n", rogue.settings()));
    desk.user(ADA);
    let mut pty = desk.as_job(&["login", "--with", "desk", "--device"]);
    asks_again(&mut pty, common::rogue::USER_CODE);
    pty.keys("\u{3}");
    assert_eq!(pty.ends().code, 130);
}
