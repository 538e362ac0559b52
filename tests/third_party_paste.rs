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
