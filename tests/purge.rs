//! `user delete`, `restore` and `purge`: what stays, and what is gone for good.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, PASSWORD};

/// Whether `text` stands anywhere in the store, in either case.
fn found(desk: &Desk, text: &str) -> bool {
    let lower = text.to_lowercase();
    ["", "-wal", "-shm", "-journal"].into_iter().any(|suffix| {
        let mut path = desk.store().into_os_string();
        path.push(suffix);
        let bytes = std::fs::read(path).unwrap_or_default();
        [text, &lower]
            .into_iter()
            .any(|text| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
    })
}

/// The events there are about a user.
fn events(desk: &Desk, id: &str) -> Vec<String> {
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    let mut statement = store
        .prepare("SELECT action FROM audit_events WHERE target = ?1 ORDER BY rowid")
        .unwrap();
    let rows = statement.query_map([id], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn nothing_that_was_ever_theirs_is_left_in_the_file() {
    let desk = Desk::new();
    // Enough others around them that their rows stand on pages of their own, and move.
    let people = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/people.csv");
    desk.run(["user", "import", people, "--create-groups"]).ended(0);
    let old = ["Quetzalcoatl@bücher.example", "Xochiquetzal", "Ünlütürk"];
    let create = [
        "user",
        "create",
        old[0],
        "--first-name",
        old[1],
        "--last-name",
        old[2],
        "--group",
        "support",
        "--activate",
        "--password-stdin",
        "--format",
        "ids",
    ];
    let id = desk.pipe(PASSWORD, create).ended(0).stdout.trim().to_owned();
    let token = desk.token(old[0]);
    let new = ["Tlaloc.Unique@example.org", "Coatlicue", "Huitzilopochtli"];
    let edit = [
        "user",
        "edit",
        &id,
        "--email",
        new[0],
        "--first-name",
        new[1],
        "--last-name",
        new[2],
    ];
    desk.run(edit).ended(0);
    desk.pipe("wrong", ["login", new[0], "--password-stdin"]).ended(5);
    for text in new {
        assert!(found(&desk, text), "{text} can be found while it is there");
    }
    desk.run(["user", "delete", &id, "--yes"]).ended(0);
    let purged = desk
        .run(["user", "purge", new[0], "--yes", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&purged["action"], &purged["user"]["id"]),
        (&"purged".into(), &id.as_str().into())
    );
    for text in old.iter().chain(&new).chain(&["quetzalcoatl@xn--bcher-kva"]) {
        assert!(!found(&desk, text), "{text} is still in the store");
    }
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    desk.run(["user", "show", &id]).ended(3);
    assert_eq!(desk.run(["user", "list", "--all", "--count"]).stdout, "1000\n");
    let events = events(&desk, &id);
    assert_eq!(events.first().map(String::as_str), Some("user_created"));
    assert_eq!(events.last().map(String::as_str), Some("user_purged"));
}

#[test]
fn a_deleted_user_keeps_the_address_until_purged_and_the_refusal_says_so() {
    let desk = Desk::new();
    let id = desk.user("a@example.com");
    let alive = desk.run(["user", "create", "a@example.com"]).ended(4);
    assert_eq!(
        alive.stderr,
        "error: the e-mail address a@example.com is taken by a user who is active\n\
         hint: `backoffice user show a@example.com` shows the user who has it; \
         `--if-exists skip` or `update` takes that as it is\n"
    );
    desk.user("b@example.com");
    let edited = desk
        .run(["user", "edit", "b@example.com", "--email", "A@example.com"])
        .ended(4);
    assert_eq!(
        edited.stderr,
        "error: the e-mail address a@example.com is taken by a user who is active\n\
         hint: `backoffice user show a@example.com` shows the user who has it\n"
    );
    desk.run(["user", "delete", "a@example.com", "--yes"]).ended(0);
    let deleted = desk.run(["user", "create", "A@EXAMPLE.com"]).ended(4);
    assert_eq!(
        deleted.stderr,
        "error: the e-mail address a@example.com is taken by a user who is deleted\n\
         hint: `backoffice user restore a@example.com` brings the user back, deactivated; \
         `backoffice user purge a@example.com` frees the address\n"
    );
    desk.run(["user", "purge", "a@example.com", "--yes"]).ended(0);
    assert_ne!(desk.user("a@example.com"), id);
}

#[test]
fn what_a_deletion_ended_stays_ended_and_the_rest_comes_back() {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).ended(0);
    let id = desk.user("a@example.com");
    desk.run(["group", "add-member", "support", &id]).ended(0);
    let token = desk.token("a@example.com");
    let deleted = desk
        .run(["user", "delete", &id, "--yes", "--json"])
        .ended(0)
        .json();
    assert_eq!(deleted["ended_sessions"], 1);
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    for arguments in [
        vec!["user", "edit", &id, "--first-name", "Ada"],
        vec!["password", "remove", &id],
        vec!["password", "set", &id, "--generate-password"],
        vec!["password", "require-change", &id],
        vec!["group", "add-member", "support", &id],
        vec!["user", "activate", &id],
    ] {
        let refused = desk.run(arguments.iter().chain(&["--json"])).ended(4).error();
        assert_eq!(refused["code"], "transition_refused", "{arguments:?}");
        assert_eq!(
            refused["hint"], "`backoffice user restore a@example.com` brings the user back, deactivated",
            "{arguments:?}"
        );
    }
    let restored = desk.run(["user", "restore", &id]).ended(0);
    assert_eq!(
        restored.stderr,
        "restored, deactivated: a@example.com\n\
         hint: `backoffice user activate a@example.com` lets the user sign in again\n"
    );
    desk.run(["user", "activate", &id]).ended(0);
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    let user = desk.run(["user", "show", &id, "--json"]).json();
    assert_eq!(
        (&user["groups"][0], &user["password_state"]),
        (&"support".into(), &"set".into())
    );
    desk.token("a@example.com");
}

#[test]
fn a_group_that_only_deleted_users_are_in_can_be_emptied_as_the_hint_says() {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).ended(0);
    desk.run(["user", "create", "a@example.com", "--group", "support"])
        .ended(0);
    desk.run(["user", "delete", "a@example.com", "--yes"]).ended(0);
    let refused = desk.run(["group", "delete", "support", "--yes"]).ended(4);
    assert_eq!(
        refused.stderr,
        "error: the group support isn't empty (members: 1, including deleted users)\n\
         hint: `backoffice user list --all --group support --format ids | \
         backoffice group remove-member support -` empties it\n"
    );
    let list = ["user", "list", "--all", "--group", "support", "--format", "ids"];
    let members = desk.run(list).ended(0).stdout;
    desk.pipe(&members, ["group", "remove-member", "support", "-"])
        .ended(0);
    desk.run(["group", "delete", "support", "--yes"]).ended(0);
    desk.run(["user", "show", "a@example.com"]).ended(0);
}
