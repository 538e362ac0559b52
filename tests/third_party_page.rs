//! The last page in the browser: it says of a third-party login what the command says.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::browser::{Browser, Page};
use common::rogue::{Rogue, SUBJECT};
use common::{Desk, Run};
use serde_json::json;

const ADA: &str = "ada@example.com";
/// Whom no address would find.
const COUNTESS: &str = "countess@example.com";

fn office() -> (Rogue, Desk) {
    let rogue = Rogue::start(|_| ());
    let desk = Desk::with_provider(&rogue.settings());
    (rogue, desk)
}

/// `identity link` of the countess to whoever signs in.
fn link(desk: &Desk, flags: &[&str]) -> (Page, Run) {
    let words = ["identity", "link", COUNTESS, "--with", "desk"];
    let mut login = desk.begin(&[&words, flags].concat());
    let page = Browser::default().open(&login.url());
    (page, login.ends())
}

#[test]
fn a_session_that_cannot_be_kept() {
    let (_rogue, desk) = office();
    desk.user(ADA);
    // A file where the folder of the sessions belongs.
    desk.file(".local/state/backoffice/sessions", "");
    let (page, run) = desk.sign_in(&["--json"]);
    assert_eq!(page.status, 500, "{page:?}");
    assert!(page.body.contains("could not finish the sign-in"), "{page:?}");
    assert!(!page.body.contains("You’re signed in"), "{page:?}");
    run.refused(6);
    let sessions = desk.run(["session", "list", "--json"]).ended(0);
    assert_eq!(sessions.json(), json!([]));
}

#[test]
fn a_link_by_hand() {
    let (_rogue, desk) = office();
    desk.user(COUNTESS);
    let (page, run) = link(&desk, &[]);
    run.succeeded();
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.body.contains("The account is linked"), "{page:?}");
    assert!(page.body.contains(COUNTESS), "{page:?}");
    // Nobody is signed in by being linked.
    desk.run(["whoami"]).ended(5);
    assert_eq!(desk.identities()[0]["subject"], SUBJECT);

    let (page, run) = desk.sign_in(&["--json"]);
    assert_eq!(run.ended(0).json()["user"]["email"], COUNTESS);
    assert!(page.body.contains("You’re signed in"), "{page:?}");
}

#[test]
fn a_link_that_is_only_rehearsed() {
    let (_rogue, desk) = office();
    desk.user(COUNTESS);
    let (page, run) = link(&desk, &["--dry-run"]);
    let run = run.ended(0);
    assert!(run.stderr.contains(&format!("would link {COUNTESS}")), "{run:?}");
    assert_eq!(page.status, 200, "{page:?}");
    assert!(page.body.contains("That was a rehearsal"), "{page:?}");
    assert_eq!(desk.identities(), [json!(null); 0]);
}

#[test]
fn a_link_that_is_not_made() {
    let (_rogue, desk) = office();
    desk.user(COUNTESS);
    desk.user(ADA);
    desk.sign_in(&[]).1.succeeded();
    let (page, run) = link(&desk, &["--json"]);
    run.refused(4);
    assert_eq!(run.last_error()["code"], "identity_taken");
    assert_eq!(page.status, 500, "{page:?}");
    assert!(!page.body.contains("is linked"), "{page:?}");
}
