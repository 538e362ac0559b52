//! Wrong passwords slow an account down, then stop it. Waits are told in `ops`' own tests,
//! where the clock is handed in.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, OTHER_PASSWORD, PASSWORD};

fn code(desk: &Desk, email: &str, password: &str) -> i32 {
    let arguments = ["login", email, "--password-stdin", "--print-token"];
    desk.pipe(password, arguments).code
}

fn lock(desk: &Desk) -> (String, bool) {
    let user = desk.run(["user", "show", "ada@example.com", "--json"]).json();
    (
        user["lock"].as_str().unwrap().to_owned(),
        user["locked_until"].is_string(),
    )
}

fn failures(desk: &Desk) -> Option<u32> {
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    db.query_row("SELECT count FROM failures", [], |row| row.get(0))
        .ok()
}

/// The delays are so long that no test takes longer.
fn desk(throttle: &str) -> Desk {
    let desk = Desk::new();
    desk.configure(&format!(
        "[login]\nfailure_floor = \"1ms\"\n[throttle]\nbase_delay = \"1h\"\nmax_delay = \"1h\"\n{throttle}"
    ));
    desk.user("ada@example.com");
    desk
}

#[test]
fn five_wrong_ones_are_free_and_then_the_right_one_has_to_wait_too() {
    let desk = desk("");
    // However the address is written, it is one account.
    for email in [
        "ada@example.com",
        "ADA@example.com",
        "ada@EXAMPLE.com",
        " ada@example.com",
        "\u{FF41}da@example.com",
    ] {
        assert_eq!(code(&desk, email, OTHER_PASSWORD), 5);
    }
    assert_eq!(
        (failures(&desk), lock(&desk)),
        (Some(5), ("slowed".to_owned(), true))
    );
    assert_eq!(code(&desk, "ada@example.com", PASSWORD), 5);
    assert_eq!(failures(&desk), Some(5), "a try that has to wait doesn't count");
    let locked = desk.run(["user", "list", "--locked", "--count"]);
    assert_eq!(locked.to_string(), "1\n--- stderr\n--- exit 0");
    let unlocked = desk.run(["user", "unlock", "ada@example.com"]);
    assert_eq!(
        unlocked.to_string(),
        "--- stderr\nunlocked ada@example.com\n--- exit 0"
    );
    assert_eq!(code(&desk, "ada@example.com", PASSWORD), 0);
}

#[test]
fn success_forgets_what_went_wrong_before() {
    let desk = desk("");
    for _ in 0..2 {
        for _ in 0..4 {
            assert_eq!(code(&desk, "ada@example.com", OTHER_PASSWORD), 5);
        }
        assert_eq!(code(&desk, "ada@example.com", PASSWORD), 0);
        assert_eq!((failures(&desk), lock(&desk)), (None, ("none".to_owned(), false)));
    }
}

#[test]
fn a_stopped_account_stays_so_until_it_is_unlocked_or_gets_a_new_password() {
    let desk = desk("free_attempts = 3\nlock_after = 3\n");
    let stop = || {
        for _ in 0..3 {
            assert_eq!(code(&desk, "ada@example.com", "wrong"), 5);
        }
        assert_eq!(lock(&desk), ("stopped".to_owned(), false));
    };
    stop();
    assert_eq!(code(&desk, "ada@example.com", PASSWORD), 5);
    desk.run(["user", "unlock", "ada@example.com"]).ended(0);
    assert_eq!(code(&desk, "ada@example.com", PASSWORD), 0);
    stop();
    let set = ["password", "set", "ada@example.com", "--password-stdin"];
    desk.pipe(OTHER_PASSWORD, set).ended(0);
    assert_eq!(code(&desk, "ada@example.com", OTHER_PASSWORD), 0);
}

#[test]
fn changing_ones_password_is_throttled_by_the_same_counter() {
    let desk = desk("");
    for _ in 0..5 {
        let change = [
            "password",
            "change",
            "ada@example.com",
            "--current-password-stdin",
            "--new-password-stdin",
        ];
        desk.pipe(&format!("wrong\n{OTHER_PASSWORD}\n"), change).ended(5);
    }
    assert_eq!(code(&desk, "ada@example.com", PASSWORD), 5);
}

#[test]
fn an_address_nobody_has_is_stored_nowhere() {
    let desk = desk("");
    for typed in ["umbrella-in-the-wrong-field", "umbrella-in-the-wrong@example.com"] {
        assert_eq!(code(&desk, typed, PASSWORD), 5);
    }
    let folder = desk.store().parent().unwrap().to_owned();
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let found = bytes.windows(21).any(|window| window == b"umbrella-in-the-wrong");
        assert!(!found);
    }
}

/// The reasons of refused tries on an account that is slowed or stopped, oldest first.
fn refused_tries(desk: &Desk) -> Vec<String> {
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    let sql = "SELECT reason FROM audit_events
               WHERE reason LIKE 'throttled%' OR reason LIKE 'stopped%' ORDER BY seq";
    let mut statement = db.prepare(sql).unwrap();
    let reasons = statement.query_map([], |row| row.get(0)).unwrap();
    reasons.map(Result::unwrap).collect()
}

/// Lets a minute pass for the count of refused tries.
fn a_minute_later(desk: &Desk) {
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    let moved = "UPDATE refused_tries SET written_at = written_at - 60000000";
    assert_eq!(db.execute(moved, []).unwrap(), 1);
}

#[test]
fn tries_on_a_slowed_or_stopped_account_are_one_event_a_minute() {
    let desk = desk("free_attempts = 1\nlock_after = 2\n");
    for _ in 0..6 {
        assert_eq!(code(&desk, "ada@example.com", OTHER_PASSWORD), 5);
    }
    assert_eq!(refused_tries(&desk), ["throttled x1"]);
    a_minute_later(&desk);
    assert_eq!(code(&desk, "ada@example.com", PASSWORD), 5);
    assert_eq!(refused_tries(&desk), ["throttled x1", "throttled x5"]);
    // The delay is over, and the next wrong one stops the account.
    let db = rusqlite::Connection::open(desk.store()).unwrap();
    db.execute("UPDATE failures SET last_at = last_at - 3600000000", [])
        .unwrap();
    assert_eq!(code(&desk, "ada@example.com", OTHER_PASSWORD), 5);
    assert_eq!(lock(&desk), ("stopped".to_owned(), false));
    a_minute_later(&desk);
    for _ in 0..5 {
        assert_eq!(code(&desk, "ada@example.com", PASSWORD), 5);
    }
    assert_eq!(refused_tries(&desk).last().unwrap(), "stopped x1");
    assert_eq!(refused_tries(&desk).len(), 3);
    assert_eq!(failures(&desk), Some(2), "a try that is refused does not count");
}
