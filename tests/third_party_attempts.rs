//! People whom a provider vouched for and who were refused: what the record says, and what an
//! operator makes of it.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::browser::Browser;
use common::rogue::{Changes, Rogue, SUBJECT};
use common::{Desk, Run};
use serde_json::{Value, json};
use uuid::Uuid;

const ADA: &str = "ada@example.com";
const COUNTESS: &str = "countess@example.com";

/// A provider and a home that knows it.
struct Office {
    rogue: Rogue,
    desk: Desk,
}

impl Office {
    fn new(settings: &str) -> Self {
        let rogue = Rogue::start(|_| ());
        let desk = Desk::with_provider(&format!("{}{settings}", rogue.settings()));
        Self { rogue, desk }
    }

    fn claims(&self, change: impl FnOnce(&mut Changes)) {
        self.rogue.change(|manners| change(&mut manners.claims));
    }

    /// A login that is refused for this reason; gives the id of the attempt.
    #[track_caller]
    fn refuses(&self, reason: &str) -> Value {
        let (_, run) = self.desk.sign_in(&["--json"]);
        run.refused(5);
        let error = run.last_error();
        assert_eq!(error["reason"], reason, "{run:?}");
        error["attempt"].clone()
    }

    #[track_caller]
    fn lets_in(&self) -> Value {
        let (_, run) = self.desk.sign_in(&["--json"]);
        run.ended(0).json()["user"]["email"].take()
    }

    fn link(&self, email: &str, attempt: &Value, flags: &[&str]) -> Run {
        let attempt = attempt.as_str().unwrap_or_default();
        let words = ["identity", "link", email, "--attempt", attempt, "--json"];
        self.desk.run([&words, flags].concat())
    }

    fn store(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.desk.store()).unwrap()
    }

    /// The target and the reason of each login that failed, in order.
    fn failures(&self) -> Vec<(String, String)> {
        let store = self.store();
        let sql = "SELECT target, reason FROM audit_events WHERE action = 'authn_login_fail' ORDER BY seq";
        let mut statement = store.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, Option<String>>(0)?.unwrap_or_default(), row.get(1)?))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// How many refused sign-ins are kept.
    fn kept(&self) -> i64 {
        let sql = "SELECT count(*) FROM refused_logins";
        self.store().query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

#[test]
fn a_stranger_is_linked_by_the_id_of_the_attempt() {
    let office = Office::new("");
    office.desk.user(COUNTESS);
    let attempt = office.refuses("unknown_user");
    let run = office.link(COUNTESS, &attempt, &[]).ended(0);
    assert_eq!(run.json()["action"], "linked");
    assert_eq!(office.desk.identities()[0]["subject"], SUBJECT);
    assert_eq!(office.lets_in(), COUNTESS);
    let sql = "SELECT reason FROM audit_events WHERE action = 'authn_login_success'";
    let means: String = office.store().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(means, "desk: identity");
    // An attempt is good for one link.
    assert_eq!(office.kept(), 0);
    office.link(ADA, &attempt, &[]).ended(3);
}

#[test]
fn a_rehearsal_leaves_the_attempt() {
    let office = Office::new("");
    office.desk.user(COUNTESS);
    let attempt = office.refuses("unknown_user");
    office.link(COUNTESS, &attempt, &["--dry-run"]).ended(0);
    assert_eq!(office.desk.identities(), [json!(null); 0]);
    office.link(COUNTESS, &attempt, &[]).ended(0);
}

#[test]
fn strangers_within_a_minute_write_one_event_and_each_has_an_attempt() {
    let office = Office::new("");
    let mut attempts: Vec<_> = (0..5)
        .map(|number| {
            office.claims(|claims| {
                claims.set("sub", format!("stranger-{number}"));
            });
            office.refuses("unknown_user").as_str().unwrap().to_owned()
        })
        .collect();
    let told = "third_party x1, the last by desk: unknown_user".to_owned();
    assert_eq!(office.failures(), [(String::new(), told)]);
    attempts.sort();
    attempts.dedup();
    assert_eq!(attempts.len(), 5);
    for (number, attempt) in attempts.into_iter().enumerate() {
        let email = format!("user-{number}@example.com");
        office.desk.user(&email);
        office.link(&email, &attempt.into(), &[]).ended(0);
    }
    assert_eq!(office.desk.identities().len(), 5);
}

#[test]
fn what_no_link_would_mend_has_no_attempt() {
    let office = Office::new("require_claims = { hd = \"example.com\" }\n");
    office.desk.user(ADA);
    assert_eq!(office.refuses("claim_missing"), json!(null));
    office.claims(|claims| {
        claims.set("hd", "example.org");
    });
    assert_eq!(office.refuses("claim_different"), json!(null));
    office.claims(|claims| {
        claims.set("hd", "example.com");
    });
    office.desk.run(["user", "deactivate", ADA]).succeeded();
    assert_eq!(office.refuses("deactivated"), json!(null));
    assert_eq!(office.kept(), 0);
}

/// Whoever claims an address without proof says nothing about its owner.
#[test]
fn an_unverified_claim_names_nobody_in_the_record() {
    let office = Office::new("");
    office.desk.user(ADA);
    office.claims(|claims| {
        claims.set("email_verified", false);
    });
    office.refuses("email_unverified");
    let failures = office.failures();
    assert_eq!(failures.len(), 1);
    let (target, reason) = &failures[0];
    assert_eq!(target, "");
    assert!(reason.ends_with("email_unverified"), "{reason}");
    // Nor does the attempt: it outlives her.
    office.desk.run(["user", "delete", ADA, "--yes"]).succeeded();
    office.desk.run(["user", "purge", ADA, "--yes"]).succeeded();
    assert_eq!(office.kept(), 1);
}

#[test]
fn a_verified_claim_names_the_user_in_the_record() {
    let office = Office::new("");
    let id = office.desk.user(ADA);
    office
        .desk
        .run(["group", "add-member", "administrators", ADA])
        .succeeded();
    let attempt = office.refuses("administrator");
    assert_eq!(office.failures(), [(id, "desk: administrator".to_owned())]);
    // The attempt is the event: an operator finds one by the other.
    let sql = "SELECT id FROM audit_events WHERE action = 'authn_login_fail'";
    let id: Vec<u8> = office.store().query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(attempt, Uuid::from_slice(&id).unwrap().to_string());
}

#[test]
fn the_attempt_of_a_purged_user_is_gone() {
    let office = Office::new("");
    office.desk.user(ADA);
    office
        .desk
        .run(["group", "add-member", "administrators", ADA])
        .succeeded();
    let attempt = office.refuses("administrator");
    assert_eq!(office.kept(), 1);
    let others = ["group", "remove-member", "administrators", ADA];
    office.desk.user("grace@example.com");
    office
        .desk
        .run(["group", "add-member", "administrators", "grace@example.com"])
        .succeeded();
    office.desk.run(others).succeeded();
    office.desk.run(["user", "delete", ADA, "--yes"]).succeeded();
    office.desk.run(["user", "purge", ADA, "--yes"]).succeeded();
    assert_eq!(office.kept(), 0);
    let run = office.link("grace@example.com", &attempt, &[]).ended(3);
    assert_eq!(run.error()["code"], "attempt_not_found");
}

#[test]
fn replace_puts_one_account_in_the_place_of_another() {
    let office = Office::new("");
    office.desk.user(ADA);
    office.lets_in();
    office.desk.run(["logout"]).succeeded();
    office.claims(|claims| {
        claims.set("sub", "her-new-account");
    });
    let attempt = office.refuses("linked_to_another");
    let kept = office.link(ADA, &attempt, &[]).ended(4);
    assert_eq!(kept.error()["code"], "linked_to_another");
    assert_eq!(office.desk.identities()[0]["subject"], SUBJECT);
    office.link(ADA, &attempt, &["--replace"]).ended(0);
    let identities = office.desk.identities();
    assert_eq!(identities.len(), 1);
    assert_eq!(identities[0]["subject"], "her-new-account");
    assert_eq!(office.lets_in(), ADA);
    office.desk.run(["logout"]).succeeded();
    // The old one is a stranger's now.
    office.claims(|claims| {
        claims.set("sub", SUBJECT);
    });
    office.refuses("linked_to_another");
}

#[test]
fn a_link_for_which_nobody_was_vouched_is_recorded_too() {
    let office = Office::new("");
    office.desk.user(ADA);
    office.rogue.change(|manners| {
        manners.callback.remove("code").set("error", "access_denied");
    });
    let mut login = office
        .desk
        .begin(&["identity", "link", ADA, "--with", "desk", "--json"]);
    Browser::default().open(&login.url());
    login.ends().refused(5);
    let told = "third_party x1, the last by desk: denied".to_owned();
    assert_eq!(office.failures(), [(String::new(), told)]);
}
