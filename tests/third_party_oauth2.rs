//! Plain OAuth 2.0, as GitHub has it: no ID token, a numeric id, a list of addresses.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;
use common::rogue::Rogue;
use serde_json::{Value, json};

const ADA: &str = "ada@example.com";

fn address(email: &str, primary: bool, verified: bool) -> Value {
    json!({"email": email, "primary": primary, "verified": verified})
}

/// A provider with these addresses for whoever comes.
fn provider(emails: &Value) -> Rogue {
    Rogue::start(|manners| {
        // Not looked at: nobody has signed what it says.
        manners.claims.set("sub", "of an ID token");
        manners
            .user_info
            .set("id", 583_231)
            .set("login", "ada")
            .set("name", "Ada King Lovelace");
        manners.user_info.set("email", "in-public@example.com");
        manners.emails = emails.clone();
    })
}

fn desk(settings: &str) -> Desk {
    let desk = Desk::with_provider(settings);
    desk.user(ADA);
    desk
}

#[test]
fn the_numeric_id_is_the_identity_and_the_primary_verified_address_finds_the_user() {
    let rogue = provider(&json!([
        address("old@example.com", false, true),
        address(ADA, true, true),
        address("other@example.com", false, false),
    ]));
    let desk = desk(&rogue.plain_settings("desk"));
    desk.sign_in(&[]).1.succeeded();
    let identity = &desk.identities()[0];
    // With the name of the field, for another one may hold the same text for somebody else.
    assert_eq!(identity["subject"], "id:583231");
    assert_eq!(identity["issuer"], format!("{}/userinfo", rogue.issuer()));
    assert!(rogue.seen().exchanges[0].right);
    assert_eq!(rogue.seen().keys, 0);
}

#[test]
fn an_address_that_is_not_primary_or_not_verified_finds_nobody() {
    for (emails, reason) in [
        (json!([address(ADA, false, true)]), "email_missing"),
        (json!([address(ADA, true, false)]), "email_unverified"),
        (json!([]), "email_missing"),
    ] {
        let rogue = provider(&emails);
        let desk = desk(&rogue.plain_settings("desk"));
        let (page, run) = desk.sign_in(&["--json"]);
        run.refused(5);
        assert_eq!(run.last_error()["reason"], reason);
        assert_eq!(page.status, 403, "{page:?}");
    }
}

#[test]
fn a_renamed_provider_knows_its_people() {
    let rogue = provider(&json!([address(ADA, true, true)]));
    let desk = desk(&rogue.plain_settings("github"));
    let mut login = desk.begin(&["login", "--with", "github"]);
    common::browser::Browser::default().open(&login.url());
    login.ends().succeeded();
    rogue.change(|manners| manners.emails = json!([]));
    desk.configure(&rogue.plain_settings("desk"));
    desk.sign_in(&[]).1.succeeded();
    assert_eq!(desk.identities().len(), 1);
}

#[test]
fn a_person_without_an_id_is_nobody() {
    let rogue = provider(&json!([address(ADA, true, true)]));
    rogue.change(|manners| {
        manners.user_info.remove("id");
    });
    let (_, run) = desk(&rogue.plain_settings("desk")).sign_in(&["--json"]);
    assert!(run.refused(8).contains("`id`"));
}
