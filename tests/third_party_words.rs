//! What a person reads whom a provider vouched for and who is refused: whom the provider vouched for,
//! and which claim was missing.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::rogue::{Manners, Rogue};
use common::{Desk, Run};
use serde_json::{Value, json};

/// A sign-in at a provider with these manners, by an empty store.
fn refused(more: &str, change: impl FnOnce(&mut Manners)) -> (Run, Value) {
    let rogue = Rogue::start(change);
    let desk = Desk::with_provider(&format!("{}{more}", rogue.settings()));
    let (_, run) = desk.sign_in(&["--json"]);
    run.refused(5);
    let error = run.last_error();
    (run, error)
}

#[test]
fn a_refusal_says_which_address_the_provider_vouched_for() {
    let (_, error) = refused("label = \"Desk\"\n", |_| ());
    assert_eq!(
        error["message"],
        "Desk vouched for ada@example.com, but no user has this sign-in or its e-mail address"
    );
    assert_eq!(error["email"], "ada@example.com");
    let hint = error["hint"].as_str().unwrap();
    assert!(
        hint.contains("`backoffice user create ada@example.com --activate`"),
        "{hint}"
    );
    let (_, error) = refused("email_domains = [\"elsewhere.example\"]\n", |_| ());
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("vouched for ada@example.com, but"), "{message}");
}

#[test]
fn an_address_that_is_not_verified_is_shown_with_the_claim_that_says_so() {
    let (_, error) = refused("", |manners| {
        manners.claims.set("email_verified", false);
    });
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("vouched for the person, but"), "{message}");
    assert!(
        message.ends_with("(the address is ada@example.com, and `email_verified` is not true)"),
        "{message}"
    );
}

#[test]
fn where_there_is_no_address_none_is_named() {
    let (_, error) = refused("", |manners| {
        manners.claims.remove("email");
    });
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("vouched for the person, but"), "{message}");
    assert!(!message.contains("(the address"), "{message}");
    assert_eq!(error["email"], json!(null));
}

#[test]
fn an_address_with_escapes_or_without_an_end_does_no_harm() {
    let hostile = format!("a\u{1b}[2J\u{202e}{}@example.com", "x".repeat(100_000));
    let rogue = Rogue::start(|manners| {
        manners.claims.set("email", hostile.as_str());
    });
    let desk = Desk::with_provider(&rogue.settings());
    let (_, run) = desk.sign_in(&[]);
    let run = run.ended(5);
    assert!(
        !run.stderr.contains('\u{1b}') && !run.stderr.contains('\u{202e}'),
        "{run:?}"
    );
    assert!(run.stderr.len() < 3000, "{}", run.stderr.len());
}

#[test]
fn a_required_claim_is_named() {
    let (_, error) = refused("require_claims = { hd = \"example.com\" }\n", |_| ());
    assert!(error["message"].as_str().unwrap().contains("`hd`"), "{error}");
}
