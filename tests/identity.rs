//! `backoffice identity`: who signs in at a provider as whom, linked and unlinked by hand.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD};
use serde_json::{Value, json};

/// Two providers nobody asks anything: what is linked by hand needs none.
const PROVIDERS: &str = r#"
[mail]
transport = "directory"
directory = "letters"
from = "Back Office <no-reply@example.com>"

[provider.okta]
preset = "okta"
issuer = "https://example.okta.com"
client_id = "0oa1"

[provider.github]
preset = "github"
client_id = "Iv1.1"
client_secret_file = "github-secret"
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.configure(PROVIDERS);
    desk
}

fn link(desk: &Desk, email: &str, provider: &str, subject: &str) -> common::Run {
    let arguments = [
        "identity",
        "link",
        email,
        "--provider",
        provider,
        "--subject",
        subject,
        "--json",
    ];
    desk.run(arguments)
}

fn identities(desk: &Desk) -> Vec<Value> {
    let run = desk.run(["identity", "list", "--format", "jsonl"]);
    run.succeeded();
    run.stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_link_by_hand_is_listed_and_told_by_mail() {
    let desk = desk();
    let id = desk.user("ada@example.com");
    let run = link(&desk, "ada@example.com", "okta", "00u1");
    run.succeeded();
    assert_eq!(run.json()["action"], "linked");
    assert_eq!(run.json()["changed_fields"], json!(["identities"]));
    let bond = json!([{"provider": "okta", "issuer": "https://example.okta.com", "subject": "00u1"}]);
    assert_eq!(run.json()["user"]["identities"], bond);

    let listed = identities(&desk);
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["user_id"], id.as_str());
    assert_eq!(listed[0]["subject"], "00u1");
    assert_eq!(listed[0]["last_login_at"], Value::Null);
    let by_provider = desk.run(["user", "list", "--provider", "okta", "--format", "ids"]);
    assert_eq!(by_provider.stdout.trim(), id);

    desk.run(["mail", "queue", "flush"]).succeeded();
    let letters = std::fs::read_dir(desk.path().join(".config/backoffice/letters")).unwrap();
    let letters: Vec<_> = letters.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(letters.len(), 1);
    let letter = std::fs::read_to_string(&letters[0]).unwrap();
    assert!(
        letter.contains("Subject: You can sign in with Okta now"),
        "{letter}"
    );
    assert!(!letter.contains("00u1"), "{letter}");
}

#[test]
fn linking_again_changes_nothing() {
    let desk = desk();
    desk.user("ada@example.com");
    link(&desk, "ada@example.com", "okta", "00u1").succeeded();
    let again = link(&desk, "ada@example.com", "okta", "00u1");
    again.succeeded();
    assert_eq!(again.json()["action"], "unchanged");
    assert_eq!(again.json()["changed"], false);
}

#[test]
fn one_person_is_one_user_and_one_user_one_person_there() {
    let desk = desk();
    desk.user("ada@example.com");
    desk.user("grace@example.com");
    link(&desk, "ada@example.com", "okta", "00u1").succeeded();
    let taken = link(&desk, "grace@example.com", "okta", "00u1").ended(4);
    assert_eq!(taken.error()["code"], "identity_taken");
    let another = link(&desk, "ada@example.com", "okta", "00u2").ended(4);
    assert_eq!(another.error()["code"], "linked_to_another");
    // The same id elsewhere is another person.
    link(&desk, "grace@example.com", "github", "00u1").succeeded();
    assert_eq!(identities(&desk).len(), 2);
}

#[test]
fn a_dry_run_links_nobody() {
    let desk = desk();
    desk.user("ada@example.com");
    let run = desk.run([
        "identity",
        "link",
        "ada@example.com",
        "--provider",
        "okta",
        "--subject",
        "00u1",
        "--dry-run",
    ]);
    run.succeeded();
    assert_eq!(run.stderr, "would link ada@example.com\n");
    assert!(identities(&desk).is_empty());
}

#[test]
fn whoever_cannot_be_linked_is_said_so() {
    let desk = desk();
    desk.user("ada@example.com");
    for (arguments, code, word) in [
        (
            vec!["nobody@example.com", "--provider", "okta", "--subject", "00u1"],
            3,
            "user_not_found",
        ),
        (
            vec!["ada@example.com", "--provider", "octa", "--subject", "00u1"],
            3,
            "provider_not_found",
        ),
        (
            vec!["ada@example.com", "--provider", "okta", "--subject", "a\u{7}b"],
            6,
            "invalid_identity",
        ),
        (
            vec!["ada@example.com", "--provider", "okta", "--subject", ""],
            6,
            "invalid_identity",
        ),
        (
            vec![
                "ada@example.com",
                "--provider",
                "okta",
                "--subject",
                "ada@example.com",
            ],
            6,
            "subject_is_address",
        ),
        (
            vec![
                "ada@example.com",
                "--attempt",
                "01a20ff6-93b6-7f1f-b1cb-53bd135bcc21",
            ],
            3,
            "attempt_not_found",
        ),
        (vec!["ada@example.com", "--attempt", "yesterday"], 2, "usage"),
        (vec!["ada@example.com", "--provider", "okta"], 2, "usage"),
        (vec!["ada@example.com"], 2, "usage"),
    ] {
        let run = desk.run([vec!["--json", "identity", "link"], arguments.clone()].concat());
        assert_eq!(run.code, code, "{arguments:?}{run:?}");
        assert_eq!(run.error()["code"], word, "{arguments:?}");
    }
    desk.run(["user", "delete", "ada@example.com", "--yes"])
        .succeeded();
    let deleted = link(&desk, "ada@example.com", "okta", "00u1").ended(4);
    assert_eq!(deleted.error()["code"], "transition_refused");
}

#[test]
fn the_last_way_to_sign_in_stays() {
    let desk = desk();
    desk.run(["user", "create", "ada@example.com", "--activate", "--no-password"])
        .succeeded();
    link(&desk, "ada@example.com", "okta", "00u1").succeeded();
    let unlink = [
        "--json",
        "identity",
        "unlink",
        "ada@example.com",
        "--provider",
        "okta",
    ];
    let refused = desk.run(unlink).ended(4);
    assert_eq!(refused.error()["code"], "last_sign_in");

    // Another identity is another way.
    link(&desk, "ada@example.com", "github", "583231").succeeded();
    let unlinked = desk.run(unlink);
    unlinked.succeeded();
    assert_eq!(unlinked.json()["action"], "unlinked");
    assert_eq!(identities(&desk).len(), 1);

    // So is a password, where it may be used.
    link(&desk, "ada@example.com", "okta", "00u1").succeeded();
    desk.run(["identity", "unlink", "ada@example.com", "--provider", "github"])
        .succeeded();
    desk.pipe(
        OTHER_PASSWORD,
        ["password", "set", "ada@example.com", "--password-stdin"],
    )
    .succeeded();
    desk.configure(&format!("{PROVIDERS}\n[login]\npassword = \"nobody\"\n"));
    desk.run(unlink).ended(4);
    desk.configure(PROVIDERS);
    desk.run(unlink).succeeded();
    assert!(identities(&desk).is_empty());
}

#[test]
fn what_is_not_linked_is_left_unchanged() {
    let desk = desk();
    desk.user("ada@example.com");
    let unchanged = desk.run([
        "identity",
        "unlink",
        "ada@example.com",
        "--provider",
        "okta",
        "--json",
    ]);
    unchanged.succeeded();
    assert_eq!(unchanged.json()["action"], "unchanged");
    let unknown = desk
        .run([
            "identity",
            "unlink",
            "ada@example.com",
            "--provider",
            "octa",
            "--json",
        ])
        .ended(3);
    assert_eq!(unknown.error()["code"], "identity_not_found");
    assert_eq!(unknown.error()["hint"], "the providers are github, okta");
    for (name, hint) in [
        ("Okta", "did you mean okta?"),
        ("OKAT", "did you mean okta?"),
        ("no name", "the providers are github, okta"),
    ] {
        let unlink = ["identity", "unlink", "ada@example.com", "--json", "--provider"];
        let refused = desk.run([&unlink[..], &[name]].concat()).ended(3);
        assert_eq!(refused.error()["code"], "provider_not_found");
        assert_eq!(refused.error()["hint"], hint);
    }
}

#[test]
fn an_address_in_the_place_of_a_subject_is_answered_with_what_a_subject_is() {
    let desk = desk();
    desk.user("ada@example.com");
    for provider in ["okta", "github"] {
        let refused = link(&desk, "ada@example.com", provider, "ada@example.com").ended(6);
        let hint = refused.error()["hint"].as_str().unwrap().to_owned();
        assert!(
            hint.contains("never changes") && hint.contains("--with"),
            "{hint}"
        );
    }
    assert!(identities(&desk).is_empty());
}

/// A provider that left the configuration still can be unlinked by its old name.
#[test]
fn a_provider_of_yesterday_is_unlinked_by_its_name() {
    let desk = desk();
    desk.user("ada@example.com");
    link(&desk, "ada@example.com", "okta", "00u1").succeeded();
    desk.configure("");
    desk.run(["identity", "unlink", "ada@example.com", "--provider", "okta"])
        .succeeded();
    assert!(identities(&desk).is_empty());
    let login = desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"]);
    login.succeeded();
}
