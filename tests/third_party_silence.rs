//! The store is not held while a third-party login waits: for the person, or for the provider.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;

use common::Desk;
use common::browser::Browser;
use common::login::Login;
use common::rogue::{Instead, Manners, Rogue};

const ADA: &str = "ada@example.com";

fn office(change: impl FnOnce(&mut Manners)) -> (Rogue, Desk) {
    let rogue = Rogue::start(change);
    let desk = Desk::with_provider(&format!("{}device = true\n", rogue.settings()));
    desk.user(ADA);
    (rogue, desk)
}

/// The files that the process has open.
fn open_files(login: &Login) -> Vec<String> {
    let files = fs::read_dir(format!("/proc/{}/fd", login.id())).unwrap();
    let names = files.filter_map(|file| fs::read_link(file.unwrap().path()).ok());
    names.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// Another process reads and writes, and waits for nobody.
#[track_caller]
fn store_is_free(desk: &Desk, login: &Login) {
    let open = open_files(login);
    assert!(!open.is_empty());
    // An open store has its log open too. (The descriptor of the file itself is never closed.)
    let held = open.iter().find(|name| name.ends_with("backoffice.db-wal"));
    assert_eq!(held, None);
    let words = [
        "user",
        "edit",
        ADA,
        "--first-name",
        "Ada",
        "--lock-timeout",
        "1ms",
    ];
    desk.run(words).succeeded();
    assert_eq!(desk.shows(ADA)["first_name"], "Ada");
}

#[track_caller]
fn is_interrupted(login: Login) {
    login.interrupt();
    login.ends().ended(130);
}

#[test]
fn while_the_browser_is_away() {
    let (_rogue, desk) = office(|_| ());
    let mut login = desk.begin_login(&[]);
    login.url();
    store_is_free(&desk, &login);
    is_interrupted(login);
}

#[test]
fn while_the_provider_never_answers_to_the_code() {
    let (rogue, desk) = office(|rogue| rogue.token = Instead::Silence);
    let mut login = desk.begin_login(&["--paste"]);
    let address = Browser::default().sent_to(&login.url());
    login.types(&address);
    rogue.wait_for_exchanges(1);
    store_is_free(&desk, &login);
    is_interrupted(login);
}

#[test]
fn while_a_link_waits_for_a_provider_that_never_answers() {
    let (rogue, desk) = office(|rogue| rogue.token = Instead::Silence);
    let mut login = desk.begin(&["identity", "link", ADA, "--with", "desk", "--paste"]);
    let address = Browser::default().sent_to(&login.url());
    login.types(&address);
    rogue.wait_for_exchanges(1);
    store_is_free(&desk, &login);
    is_interrupted(login);
}

#[test]
fn while_a_code_waits_to_be_typed_in() {
    let (rogue, desk) = office(|rogue| rogue.device = ["authorization_pending"; 100].into());
    let login = desk.begin_login(&["--device"]);
    rogue.wait_for_exchanges(1);
    store_is_free(&desk, &login);
    is_interrupted(login);
}
