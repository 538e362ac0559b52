//! Reset links: issued, completed once, dead by whatever makes them untrue.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::process::Stdio;

use common::{Desk, OTHER_PASSWORD, PASSWORD, Run};

const ADA: &str = "ada@example.com";
const ALAN: &str = "alan@example.com";

fn desk() -> Desk {
    let desk = Desk::with_mail();
    desk.user(ADA);
    desk
}

/// The link that is printed.
fn issue(desk: &Desk, whom: &str) -> String {
    let run = desk.run(["reset", "issue", whom]).ended(0);
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    run.stdout.trim_end().to_owned()
}

fn complete(desk: &Desk, link: &str, password: &str) -> Run {
    let input = format!("{link}\n{password}\n");
    let arguments = ["reset", "complete", "--token-stdin", "--password-stdin", "--json"];
    desk.pipe(&input, arguments)
}

#[track_caller]
fn is_dead(desk: &Desk, link: &str) {
    let run = complete(desk, link, OTHER_PASSWORD).ended(5);
    assert_eq!(run.error()["code"], "reset_invalid");
}

fn sign_in(desk: &Desk, email: &str, password: &str) -> i32 {
    let arguments = ["login", email, "--password-stdin", "--print-token"];
    desk.pipe(password, arguments).code
}

fn states(desk: &Desk) -> Vec<String> {
    let list = desk.run(["reset", "list", "--json"]).ended(0).json();
    let state = |link: &serde_json::Value| link["state"].as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(state).collect()
}

#[test]
fn a_link_is_printed_alone_and_takes_the_place_of_the_one_before() {
    let desk = desk();
    let first = issue(&desk, ADA);
    assert!(
        first.starts_with("https://desk.example.com/reset#token=bo_r_"),
        "{first}"
    );
    let second = desk.run(["reset", "issue", ADA, "--json"]).ended(0).json();
    assert_eq!(second["action"], "reset_issued");
    assert_eq!(second["reset"]["superseded"], 1);
    assert_eq!(second["reset"]["sent"], false);
    is_dead(&desk, &first);
    assert_eq!(states(&desk), ["superseded", "live"]);
    let rehearsed = desk.run(["reset", "issue", ADA, "--dry-run"]).ended(0);
    assert_eq!(rehearsed.stdout, "");
    assert_eq!(states(&desk), ["superseded", "live"]);
}

#[test]
fn a_link_works_once_and_ends_what_was_before_it() {
    let desk = desk();
    let session = desk.token(ADA);
    let link = issue(&desk, ADA);
    let done = complete(&desk, &link, OTHER_PASSWORD).ended(0).json();
    assert_eq!(done["action"], "reset_completed");
    assert_eq!(
        (&done["ended_sessions"], &done["revoked_resets"]),
        (&1.into(), &0.into())
    );
    assert!(done.get("token").is_none() && done.get("session").is_none());
    is_dead(&desk, &link);
    assert_eq!(sign_in(&desk, ADA, PASSWORD), 5);
    desk.pipe(&session, ["session", "verify", "--token-stdin"])
        .ended(5);
    assert_eq!(sign_in(&desk, ADA, OTHER_PASSWORD), 0);
    assert_eq!(states(&desk), ["used"]);
}

#[test]
fn a_weak_password_leaves_the_link_alive() {
    let desk = desk();
    let link = issue(&desk, ADA);
    let weak = complete(&desk, &link, "short").ended(6);
    assert_eq!(weak.error()["code"], "weak_password");
    let input = serde_json::json!({ "token": link, "password": OTHER_PASSWORD, "password_again": PASSWORD });
    let differ = desk.pipe(
        &input.to_string(),
        ["reset", "complete", "--input", "-", "--json"],
    );
    assert_eq!(differ.ended(6).error()["code"], "passwords_differ");
    complete(&desk, &link, OTHER_PASSWORD).ended(0);
}

#[test]
fn only_the_whole_token_counts_whatever_stands_around_it() {
    let desk = desk();
    let session = desk.token(ADA);
    let link = issue(&desk, ADA);
    is_dead(&desk, &link[..link.len() - 1]);
    is_dead(&desk, &session);
    is_dead(&desk, "https://desk.example.com/reset");
    // Refused before anybody is asked for a password.
    let early = desk.pipe(&session, ["reset", "complete", "--token-stdin"]);
    early.ended(5);
    let elsewhere = link.replace("https://desk.example.com", "http://evil.example");
    complete(&desk, &elsewhere, OTHER_PASSWORD).ended(0);
}

#[test]
fn a_link_runs_out() {
    let desk = desk();
    let run = desk.run(["reset", "issue", ADA, "--ttl", "1h"]).ended(0);
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    let an_hour_and_more = "UPDATE resets SET expires_at = expires_at - 3601000000";
    store.execute(an_hour_and_more, []).unwrap();
    is_dead(&desk, run.stdout.trim_end());
    assert_eq!(states(&desk), ["expired"]);
    desk.run(["reset", "issue", ADA, "--ttl", "25h"]).ended(6);
    desk.run(["reset", "issue", ADA, "--ttl", "0s"]).ended(6);
}

#[test]
fn whoever_is_pending_chooses_a_password_and_waits() {
    let desk = Desk::with_mail();
    desk.run(["user", "create", ADA, "--no-password"]).succeeded();
    let link = issue(&desk, ADA);
    let list = desk.run(["reset", "list", ADA, "--json"]).json();
    assert_eq!(list[0]["kind"], "invite");
    complete(&desk, &link, PASSWORD).ended(0);
    assert_eq!(sign_in(&desk, ADA, PASSWORD), 5);
    desk.run(["user", "activate", ADA]).succeeded();
    assert_eq!(sign_in(&desk, ADA, PASSWORD), 0);
}

#[test]
fn whoever_came_by_a_third_party_gets_a_password_by_a_link() {
    let desk = Desk::with_mail();
    let row = r#"{"email":"ada@example.com","status":"active","password_state":"random","identities":[{"provider":"okta","issuer":"https://id.example.com","subject":"00u1"}]}"#;
    desk.pipe(row, ["user", "import", "-", "--input-format", "jsonl"])
        .ended(0);
    let state = || desk.run(["user", "show", ADA, "--json"]).ended(0).json()["password_state"].clone();
    assert_eq!(state(), "random");
    assert_eq!(sign_in(&desk, ADA, PASSWORD), 5);
    desk.run(["reset", "request", ADA]).succeeded();
    desk.run(["mail", "queue", "flush"]).succeeded();
    complete(&desk, &desk.letters()[0].link(), PASSWORD).ended(0);
    assert_eq!(state(), "set");
    assert_eq!(sign_in(&desk, ADA, PASSWORD), 0);
    let user = desk.run(["user", "show", ADA, "--json"]).ended(0).json();
    assert_eq!(user["identities"][0]["subject"], "00u1");
}

#[test]
fn a_link_dies_with_what_it_was_made_for() {
    let desk = desk();
    for change in [
        &["user", "deactivate", ADA][..],
        &["user", "edit", ADA, "--email", "ada@example.org"],
        &["user", "edit", "ada@example.org", "--email", ADA],
        &["password", "set", ADA, "--generate-password"],
    ] {
        desk.run(["user", "activate", ADA]);
        let whom = if change[2] == ADA { ADA } else { "ada@example.org" };
        let link = issue(&desk, whom);
        desk.run(change).succeeded();
        is_dead(&desk, &link);
    }
    assert_eq!(states(&desk), ["revoked"; 4]);
    desk.run(["user", "deactivate", ADA]).succeeded();
    let refused = desk.run(["reset", "issue", ADA, "--json"]).ended(4);
    assert_eq!(refused.error()["code"], "transition_refused");
}

#[test]
fn links_are_taken_back_by_their_ids_or_by_user() {
    let desk = desk();
    let made = desk.run(["reset", "issue", ADA, "--json"]).json();
    let id = made["reset"]["id"].as_str().unwrap();
    let revoked = desk.run(["reset", "revoke", id, "--json"]).ended(0).json();
    assert_eq!(
        (&revoked["action"], &revoked["revoked_resets"]),
        (&"revoked".into(), &1.into())
    );
    is_dead(&desk, made["reset"]["url"].as_str().unwrap());
    let again = desk.run(["reset", "revoke", id, "--json"]).ended(0).json();
    assert_eq!(again["action"], "unchanged");
    let link = issue(&desk, ADA);
    desk.run(["reset", "revoke", ADA]).ended(0);
    is_dead(&desk, &link);
    let nothing = "0193a5b0-0000-7000-8000-000000000000";
    let missing = desk.run(["reset", "revoke", nothing, "--json"]).ended(3);
    assert_eq!(missing.error()["code"], "reset_not_found");
}

#[test]
fn without_a_base_url_there_is_no_link() {
    let desk = Desk::new();
    desk.user(ADA);
    let refused = desk.run(["reset", "issue", ADA, "--json"]).ended(6);
    assert_eq!(refused.error()["code"], "no_base_url");
    desk.configure("base_url = \"http://desk.example.com\"");
    desk.run(["reset", "issue", ADA]).ended(6);
}

#[test]
fn many_get_theirs_in_order_and_a_bad_one_fails_alone() {
    let desk = desk();
    desk.user(ALAN);
    let input = format!("{ALAN}\nnobody@example.com\nnonsense\n{ADA}\n");
    let run = desk
        .pipe(&input, ["reset", "issue", "--format", "jsonl", "-"])
        .ended(9);
    let lines: Vec<serde_json::Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 4, "{run:?}");
    assert_eq!(lines[0]["user"]["email"], ALAN);
    assert_eq!(lines[1]["error"]["code"], "user_not_found");
    assert_eq!(lines[2]["error"]["code"], "invalid_user");
    assert_eq!(lines[3]["user"]["email"], ADA);
    let url = lines[0]["reset"]["url"].as_str().unwrap();
    complete(&desk, url, OTHER_PASSWORD).ended(0);
}

#[test]
fn of_many_who_use_a_link_at_once_one_does() {
    let desk = desk();
    let link = issue(&desk, ADA);
    let input = serde_json::json!({ "token": link, "password": OTHER_PASSWORD }).to_string();
    let file = desk.file("answers.json", &input);
    let start = |_| {
        let mut command = desk.command(["reset", "complete", "--lock-timeout", "60s", "--input"]);
        command.arg(&file).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let started: Vec<_> = (0..64).map(start).collect();
    let mut codes: Vec<i32> = started
        .into_iter()
        .map(|child| Run::of(&child.wait_with_output().unwrap()).code)
        .collect();
    codes.sort_unstable();
    assert_eq!((codes[0], &codes[1..]), (0, &[5; 63][..]));
    let waiting = desk.run(["mail", "queue", "list", "--json"]).json();
    assert_eq!(waiting.as_array().unwrap().len(), 1, "one notice");
    assert_eq!(states(&desk), ["used"]);
}

#[test]
fn no_token_stands_in_the_store() {
    let desk = desk();
    let link = issue(&desk, ADA);
    desk.run(["reset", "issue", ADA, "--send"]).succeeded();
    desk.run(["reset", "request", ADA]).succeeded();
    desk.run(["mail", "queue", "flush"]).succeeded();
    let mut links: Vec<String> = desk.letters().iter().map(common::letters::Letter::link).collect();
    links.push(link);
    assert_eq!(links.len(), 3);
    for entry in std::fs::read_dir(desk.store().parent().unwrap()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for link in &links {
            let token = link.split("bo_r_").nth(1).unwrap().as_bytes();
            assert!(!bytes.windows(token.len()).any(|window| window == token));
        }
    }
}
