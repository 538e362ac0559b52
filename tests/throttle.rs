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

fn desk(throttle: &str) -> Desk {
    let desk = Desk::new();
    desk.configure(&format!(
        "[login]\nfailure_floor = \"1ms\"\n[throttle]\n{throttle}"
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
