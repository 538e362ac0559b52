//! A third-party login by the address that the browser ends at, pasted or piped.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;
use common::browser::Browser;
use common::login::Login;
use common::rogue::Rogue;

fn office() -> (Rogue, Desk) {
    let rogue = Rogue::start(|_| ());
    let desk = Desk::with_provider(&rogue.settings());
    desk.user("ada@example.com");
    (rogue, desk)
}

/// Signs in at the provider; gives the address where the browser ends.
fn ends_at(login: &mut Login) -> String {
    Browser::default().sent_to(&login.url())
}

#[test]
fn nothing_comes_although_the_input_stays_open() {
    let (_rogue, desk) = office();
    let mut login = desk.begin_login(&["--paste", "--json", "--timeout", "1s"]);
    login.url();
    assert!(login.ends_unasked().refused(8).contains("in time"));
}

#[test]
fn half_an_address_comes_although_the_input_stays_open() {
    let (_rogue, desk) = office();
    let mut login = desk.begin_login(&["--paste", "--json", "--timeout", "3s"]);
    login.url();
    login.pipes("http://127.0.0.1:8765/callback?code=");
    assert!(login.ends_unasked().refused(8).contains("in time"));
}

#[test]
fn the_right_address_is_enough_although_the_input_stays_open() {
    let (_rogue, desk) = office();
    let mut login = desk.begin_login(&["--paste"]);
    let address = ends_at(&mut login);
    login.types(&address);
    login.ends_unasked().succeeded();
    desk.run(["whoami"]).succeeded();
}

/// A file or `printf` may leave the end of the line out.
#[test]
fn the_right_address_without_the_end_of_the_line() {
    let (_rogue, desk) = office();
    let mut login = desk.begin_login(&["--paste"]);
    let address = ends_at(&mut login);
    login.pipes(&address);
    login.ends().succeeded();
}

#[test]
fn a_wrong_address() {
    for (address, word) in [
        ("https://id.example.com/signed-in", "another page"),
        (
            "http://127.0.0.1:8765/callback?code=1&state=another",
            "`state` is different",
        ),
        ("http://127.0.0.1:8765/callback?code=1", "no `state`"),
        ("", "another page"),
    ] {
        let (rogue, desk) = office();
        let mut login = desk.begin_login(&["--paste", "--json"]);
        login.url();
        login.types(address);
        let why = login.ends_unasked().refused(6);
        assert!(why.contains(word), "{word:?} is not in {why:?}");
        assert_eq!(rogue.seen().exchanges.len(), 0);
    }
}

#[test]
fn an_input_that_ends_without_an_address() {
    let (_rogue, desk) = office();
    let mut login = desk.begin_login(&["--paste", "--json"]);
    login.url();
    login.ends().refused(6);
}

/// Signs in by what `pasted` makes of the address that the browser ends at, at a terminal.
#[track_caller]
fn signs_in_by_pasting(what: &str, pasted: impl FnOnce(&str) -> String) {
    let (_rogue, desk) = office();
    let mut pty = desk.at_terminal(&["login", "--with", "desk", "--paste", "--print-token"]);
    let url = pty.url();
    pty.sees("Paste its whole address here:");
    pty.keys(&format!("{}\r", pasted(&Browser::default().sent_to(&url))));
    pty.sees("signed in as ada@example.com");
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{what}: {ended:?}");
}

#[test]
fn what_programs_put_around_and_into_an_address_is_left_out() {
    signs_in_by_pasting("quotes", |address| format!("\"{address}\""));
    signs_in_by_pasting("brackets", |address| format!("<{address}>"));
    signs_in_by_pasting("marks", |address| format!("\u{1b}[200~{address}\n\u{1b}[201~"));
    signs_in_by_pasting("&amp;", |address| address.replace('&', "&amp;"));
    signs_in_by_pasting("localhost", |address| {
        address.replacen("127.0.0.1", "localhost", 1)
    });
}

#[test]
fn an_address_is_pasted_over_several_lines() {
    signs_in_by_pasting("lines", |address| {
        let (one, rest) = address.split_at(40);
        let (two, three) = rest.split_at(30);
        format!("{one}\r{two}\r\n{three}")
    });
}

#[test]
fn a_code_and_a_state_are_pasted_with_a_number_sign_between_them() {
    // Such a text has no `iss`, so the provider may not announce one.
    let rogue = Rogue::start(|manners| {
        let announced = "authorization_response_iss_parameter_supported";
        manners.metadata.remove(announced);
    });
    let desk = Desk::with_provider(&rogue.settings());
    desk.user("ada@example.com");
    let mut pty = desk.at_terminal(&["login", "--with", "desk", "--paste"]);
    let address = Browser::default().sent_to(&pty.url());
    let address = url::Url::parse(&address).unwrap();
    let value = |name: &str| {
        address
            .query_pairs()
            .find(|pair| pair.0 == name)
            .unwrap()
            .1
            .into_owned()
    };
    pty.sees("Paste its whole address here:");
    pty.types(&format!("{}#{}", value("code"), value("state")));
    assert_eq!(pty.ends().code, 0);
}

#[test]
fn an_address_of_60_kibibytes_is_pasted_whole() {
    signs_in_by_pasting("long", |address| format!("{address}&more={}", "x".repeat(60_000)));
}

#[test]
fn an_address_that_is_too_long_is_refused_and_asked_for_again() {
    let (_rogue, desk) = office();
    let mut pty = desk.at_terminal(&["login", "--with", "desk", "--paste"]);
    let address = Browser::default().sent_to(&pty.url());
    pty.sees("Paste its whole address here:");
    pty.types(&format!("{address}&more={}", "x".repeat(70_000)));
    pty.sees("longer than 64 KiB");
    pty.types("https://id.example.com/signed-in");
    pty.sees("that is the address of another page");
    pty.types(&address);
    assert_eq!(pty.ends().code, 0);
}

#[test]
fn ctrl_c_at_a_paste_ends_the_line_and_leaves_the_terminal_as_it_was() {
    let (_rogue, desk) = office();
    let mut pty = desk.at_terminal(&["login", "--with", "desk", "--paste"]);
    pty.sees("Paste its whole address here:");
    pty.keys("http://half");
    pty.sees("half");
    pty.keys("\u{3}");
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (130, true), "{ended:?}");
    assert!(ended.shown.contains("\r\n"), "{ended:?}");
    // The terminal marks pastes no longer.
    assert!(ended.shown.contains("\u{1b}[?2004l"), "{ended:?}");
}
