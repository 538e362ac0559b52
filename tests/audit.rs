//! The record: written in the same transaction as what it records, chained, and without a
//! name, an address or a secret in it.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD};
use rusqlite::Connection;
use rusqlite::types::Value;
use sha2::{Digest, Sha256};

/// A command that changes something: what is piped in, its arguments, and its events.
type Step = (&'static str, &'static str, &'static [&'static str]);

const STEPS: &[Step] = &[
    (
        "",
        "user create ada@example.com --first-name Ada --last-name Lovelace",
        &["user_created"],
    ),
    (
        "",
        "user create eve@example.com --activate --no-password",
        &["user_created"],
    ),
    (
        "",
        "user edit ada@example.com --last-name Byron --email countess@example.com",
        &["user_updated"],
    ),
    ("", "user activate countess@example.com", &["user_activated"]),
    ("", "group create support", &["group_created"]),
    ("", "group rename support desk", &["group_renamed"]),
    (
        "",
        "group add-member desk eve@example.com",
        &["group_member_added"],
    ),
    (
        "",
        "group remove-member desk eve@example.com",
        &["group_member_removed"],
    ),
    ("", "group delete desk --yes", &["group_deleted"]),
    (
        PASSWORD,
        "password set countess@example.com --password-stdin",
        &["authn_password_set"],
    ),
    (
        PASSWORD,
        "login countess@example.com --password-stdin",
        &["authn_login_success"],
    ),
    (
        PASSWORD,
        "login countess@example.com --password-stdin",
        &["session_ended", "authn_login_success"],
    ),
    ("", "logout", &["session_ended"]),
    (
        PASSWORD,
        "login countess@example.com --password-stdin",
        &["authn_login_success"],
    ),
    (
        "",
        "session revoke --user countess@example.com --yes",
        &["session_revoked"],
    ),
    (
        "",
        "password require-change countess@example.com",
        &["authn_password_change_required"],
    ),
    (
        "",
        "password remove countess@example.com",
        &["authn_password_removed"],
    ),
    ("", "user deactivate countess@example.com", &["user_deactivated"]),
    ("", "user delete countess@example.com --yes", &["user_deleted"]),
    ("", "user restore countess@example.com", &["user_restored"]),
    ("", "user delete countess@example.com --yes", &["user_deleted"]),
    ("", "user purge countess@example.com --yes", &["user_purged"]),
    (
        "email\nbob@example.com\n",
        "user import - --input-format csv",
        &["user_imported"],
    ),
];

fn run(desk: &Desk, (input, line, _): &Step) -> common::Run {
    desk.pipe(input, line.split(' '))
}

/// Everything in the store, row by row, but the tries that are being made.
fn everything(db: &Connection) -> Vec<String> {
    // A try is counted before anybody knows what comes of it, so that many at once are many.
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'failures' ORDER BY name";
    let mut statement = db.prepare(tables).unwrap();
    let tables: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    tables.iter().flat_map(|table| rows(db, table)).collect()
}

fn rows(db: &Connection, table: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| {
        (0..columns)
            .map(|n| row.get::<_, Value>(n))
            .collect::<Result<Vec<_>, _>>()
    };
    let rows = statement.query_map([], read).unwrap();
    rows.map(|row| format!("{table} {:?}", row.unwrap())).collect()
}

fn actions(db: &Connection) -> Vec<String> {
    let mut statement = db
        .prepare("SELECT action FROM audit_events ORDER BY seq")
        .unwrap();
    let actions = statement.query_map([], |row| row.get(0)).unwrap();
    actions.map(Result::unwrap).collect()
}

#[test]
fn every_change_writes_its_event_or_does_not_happen() {
    let desk = Desk::new();
    for step in STEPS {
        let db = Connection::open(desk.store()).unwrap();
        let (before, known) = (everything(&db), actions(&db).len());
        // What can't be recorded can't be done, in whatever order it was tried.
        db.execute_batch(
            "CREATE TRIGGER no_more BEFORE INSERT ON audit_events
             BEGIN SELECT raise(ABORT, 'no more events'); END",
        )
        .unwrap();
        let refused = run(&desk, step);
        db.execute_batch("DROP TRIGGER no_more").unwrap();
        assert_ne!(refused.code, 0, "{}: {refused:?}", step.1);
        assert_eq!(refused.stdout, "", "{}", step.1);
        assert!(everything(&db) == before, "{}", step.1);
        run(&desk, step).ended(0);
        assert_eq!(actions(&db)[known..], *step.2, "{}", step.1);
    }
}

#[test]
fn what_changes_nothing_writes_nothing() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let db = Connection::open(desk.store()).unwrap();
    let before = everything(&db);
    for line in [
        "user activate ada@example.com",
        "user unlock ada@example.com",
        "user edit ada@example.com --locale en",
        "user edit ada@example.com --last-name Byron --dry-run",
        "user deactivate ada@example.com --dry-run",
        "user delete ada@example.com --dry-run",
        "password remove ada@example.com --dry-run",
        "user create eve@example.com --dry-run",
        "group create support --dry-run",
        "session revoke --user ada@example.com --yes",
        "init",
        "user list",
        "user show ada@example.com",
        "user export --include-hashes",
    ] {
        desk.run(line.split(' ')).ended(0);
        assert!(everything(&db) == before, "{line}");
    }
}

#[test]
fn the_record_holds_no_address_no_name_and_no_secret() {
    let desk = Desk::new();
    for step in STEPS {
        run(&desk, step).ended(0);
    }
    desk.user("kate@example.com");
    for password in [OTHER_PASSWORD, PASSWORD] {
        desk.pipe(password, ["login", "kate@example.com", "--password-stdin"]);
    }
    let db = Connection::open(desk.store()).unwrap();
    let events = rows(&db, "audit_events").join("\n");
    for word in [
        "@",
        // `ada` can stand in the hexadecimal digits of an id; `kate` can't.
        "Ada",
        "Lovelace",
        "Byron",
        "countess",
        "kate",
        PASSWORD,
        OTHER_PASSWORD,
        "argon2",
        "bo_s_",
    ] {
        // Ids are bytes here, shown as numbers.
        assert!(!events.contains(word), "{word}");
    }
}

/// One link, made by hand as the record's own description has it.
fn link(previous: &[u8], row: &rusqlite::Row<'_>) -> Vec<u8> {
    let text = |name: &str| row.get::<_, Option<String>>(name).unwrap();
    let mut hash = Sha256::new();
    hash.update(previous);
    hash.update(row.get::<_, Vec<u8>>("id").unwrap());
    hash.update(row.get::<_, i64>("at").unwrap().to_be_bytes());
    let uid = row.get::<_, Option<i64>>("actor_uid").unwrap();
    hash.update(uid.unwrap_or(-1).to_be_bytes());
    for name in [
        "actor_kind",
        "actor_name",
        "actor_claimed",
        "action",
        "target",
        "fields",
        "client",
        "outcome",
        "reason",
    ] {
        let part = text(name);
        let length = part
            .as_ref()
            .map_or(-1, |part| i64::try_from(part.len()).unwrap());
        hash.update(length.to_be_bytes());
        hash.update(part.unwrap_or_default());
    }
    hash.finalize().to_vec()
}

/// The number of the first event whose link doesn't hold.
fn first_broken(db: &Connection) -> Option<i64> {
    let mut statement = db.prepare("SELECT * FROM audit_events ORDER BY seq").unwrap();
    let mut rows = statement.query([]).unwrap();
    let (mut previous, mut expected) = (vec![0; 32], 1);
    while let Some(row) = rows.next().unwrap() {
        let seq: i64 = row.get("seq").unwrap();
        let hash: Vec<u8> = row.get("hash").unwrap();
        if seq != expected || hash != link(&previous, row) {
            return Some(expected);
        }
        (previous, expected) = (hash, seq + 1);
    }
    None
}

#[test]
fn every_event_is_chained_to_the_one_before() {
    let desk = Desk::new();
    for step in STEPS {
        run(&desk, step).ended(0);
    }
    let token = {
        desk.user("kate@example.com");
        let administrators = ["group", "add-member", "administrators", "kate@example.com"];
        desk.run(administrators).ended(0);
        desk.token("kate@example.com")
    };
    let acting = [
        "user",
        "activate",
        "bob@example.com",
        "--as-token-stdin",
        "--client",
        "::1",
    ];
    desk.pipe(&token, acting).ended(0);
    let db = Connection::open(desk.store()).unwrap();
    assert_eq!(first_broken(&db), None);
    for tampering in [
        "UPDATE audit_events SET outcome = 'failure' WHERE seq = 3",
        "DELETE FROM audit_events WHERE seq = 3",
    ] {
        assert!(db.execute_batch(tampering).is_err(), "the record is append-only");
    }
    db.execute_batch("DROP TRIGGER audit_events_are_not_changed")
        .unwrap();
    db.execute_batch("UPDATE audit_events SET outcome = 'failure' WHERE seq = 3")
        .unwrap();
    assert_eq!(first_broken(&db), Some(3));
}
