#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the method is of one lifetime alone"
)]

mod busy;

use std::io::Cursor;

use super::*;
use crate::domain::clock::Clock;
use crate::domain::floor::HashCost;
use crate::domain::password::Argon2Cost;
use crate::hashing::HashRefusal;
use crate::ops::import::{ImportError, ImportOptions, ImportReport};
use crate::ops::sign_in::SignIn;
use crate::ops::testing::{EMAIL, FLOOR, OTHER_PASSWORD, PASSWORD, TestDesk, who};
use crate::ops::users::{IfExists, NewPassword, NewUser};

/// [`PASSWORD`], as bcrypt of cost 4 has it.
const BCRYPT: &str = "$2b$04$UuTkLRZZ6QofpDOlMz32Muz5FSTNkoyj/rOxd6RGajZ0U.hD8cB6K";
const BCRYPT_COST: &str = "bcrypt 4";

fn hash() -> NewPassword {
    NewPassword::Hash(BCRYPT.into())
}

fn new_user(email: &str, password: NewPassword) -> NewUser {
    NewUser {
        activate: true,
        password,
        ..NewUser::new(email.parse().unwrap())
    }
}

fn import(desk: &TestDesk, rows: &str, options: &ImportOptions) -> Result<ImportReport, ImportError> {
    let input = format!("email,password,password_hash\n{rows}");
    let input = Box::new(Cursor::new(input.into_bytes()));
    desk.office.users().import(input, options, &|_| ())
}

/// How long after its start a refused sign-in may be answered.
fn refused_after(desk: &TestDesk, email: &str, password: &str) -> Duration {
    let began = desk.clock.instant();
    let refused = desk.office.sign_in(&SignIn {
        email,
        password: &password.into(),
        new_password: None,
        replaces: None,
    });
    refused.unwrap_err().not_before().unwrap().remaining(began)
}

fn uses(desk: &TestDesk) -> Vec<HashUse> {
    let uses = desk.office.read(|view| Ok(view.list_hash_uses()?));
    uses.unwrap().unwrap()
}

fn users_with(desk: &TestDesk, cost: &str) -> u64 {
    let uses = uses(desk);
    let found = uses.iter().find(|found| found.cost.as_str() == cost);
    found.map_or(0, |found| found.users)
}

/// The counts, and those of a new count of every stored hash.
fn kept_and_recounted(desk: &TestDesk) -> [Vec<(HashCost, u64)>; 2] {
    let counts = |uses: Vec<HashUse>| {
        let used = uses.into_iter().filter(|found| found.users > 0);
        used.map(|found| (found.cost, found.users)).collect()
    };
    let kept = counts(uses(desk));
    let again = desk.office.write(|tx| tx.count_all_hashes().map(counts));
    [kept, again.unwrap()]
}

#[test]
fn every_use_case_that_changes_a_hash_keeps_the_counts() {
    let mut desk = TestDesk::new();
    let update = ImportOptions {
        if_exists: IfExists::Update,
        reset_passwords: true,
        activate: true,
        ..ImportOptions::default()
    };
    let check = |desk: &TestDesk, what: &str, bcrypts: u64| {
        let [kept, again] = kept_and_recounted(desk);
        assert_eq!(kept, again, "{what}");
        assert_eq!(users_with(desk, BCRYPT_COST), bcrypts, "{what}");
    };
    check(&desk, "a new store", 0);
    desk.office
        .users()
        .create(new_user("b@example.com", hash()))
        .unwrap();
    check(&desk, "create", 1);
    desk.office.passwords().set(&who(), &hash(), false).unwrap();
    check(&desk, "set", 2);
    let rows =
        format!("c@example.com,,{BCRYPT}\nd@example.com,{OTHER_PASSWORD},\nb@example.com,{PASSWORD},\n");
    import(&desk, &rows, &update).unwrap();
    check(&desk, "import", 2);
    import(&desk, &format!("d@example.com,,{BCRYPT}\n"), &update).unwrap();
    check(&desk, "import over a password", 3);
    desk.sign_in(PASSWORD).unwrap();
    check(&desk, "sign-in", 2);
    let (current, new) = (PASSWORD.into(), OTHER_PASSWORD.into());
    desk.office
        .passwords()
        .change("c@example.com", &current, &new)
        .unwrap();
    check(&desk, "change", 1);
    let d = "d@example.com".parse().unwrap();
    desk.office.users().delete(&d).unwrap();
    desk.office.users().purge(&d).unwrap();
    check(&desk, "purge", 0);
    desk.office.passwords().remove(&who()).unwrap();
    check(&desk, "remove", 0);
}

#[test]
fn a_dear_hash_moves_the_floor_for_every_account_and_its_last_sign_in_moves_it_back() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(1200));
    let imported = import(
        &desk,
        &format!("b@example.com,,{BCRYPT}\n"),
        &ImportOptions {
            activate: true,
            ..ImportOptions::default()
        },
    );
    let moved = FLOOR * 4;
    assert_eq!(imported.unwrap().failure_floor, Some(moved));
    for email in [EMAIL, "b@example.com", "nobody@example.com", "no address"] {
        assert_eq!(refused_after(&desk, email, OTHER_PASSWORD), moved, "{email}");
    }
    let (current, new) = (OTHER_PASSWORD.into(), PASSWORD.into());
    let began = desk.clock.instant();
    let changed = desk.office.passwords().change(EMAIL, &current, &new);
    assert_eq!(changed.unwrap_err().not_before().unwrap().remaining(began), moved);
    let signed_in = desk.office.sign_in(&SignIn {
        email: "b@example.com",
        password: &PASSWORD.into(),
        new_password: None,
        replaces: None,
    });
    signed_in.unwrap();
    for email in [EMAIL, "b@example.com", "nobody@example.com"] {
        assert_eq!(refused_after(&desk, email, OTHER_PASSWORD), FLOOR, "{email}");
    }
}

#[test]
fn an_import_that_leaves_the_floor_where_it_is_says_nothing_of_it() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(50));
    let rows = format!("b@example.com,,{BCRYPT}\n");
    let report = import(&desk, &rows, &ImportOptions::default()).unwrap();
    assert_eq!(report.failure_floor, None);
    let plain = import(
        &desk,
        &format!("c@example.com,{PASSWORD},\n"),
        &ImportOptions::default(),
    );
    assert_eq!(plain.unwrap().failure_floor, None);
}

#[test]
fn a_created_user_and_a_set_hash_tell_that_they_move_the_floor() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(50));
    let users = desk.office.users();
    let create = |email: &str, password| users.create(new_user(email, password)).unwrap().failure_floor;
    let set = |password: NewPassword| desk.office.passwords().set(&who(), &password, false).unwrap();
    assert_eq!(create("b@example.com", hash()), None);
    let b = "b@example.com".parse().unwrap();
    users.delete(&b).unwrap();
    users.purge(&b).unwrap();
    desk.clock.hashes_take(Duration::from_millis(1200));
    assert_eq!(set(hash()).failure_floor, Some(FLOOR * 4));
    assert_eq!(create("c@example.com", hash()), None);
    assert_eq!(set(NewPassword::Plain(OTHER_PASSWORD.into())).failure_floor, None);
    assert_eq!(create("d@example.com", NewPassword::Generate), None);
}

#[test]
fn a_password_that_is_hashed_in_two_forms_takes_longer_for_every_account() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(1200));
    desk.office
        .users()
        .create(new_user("b@example.com", hash()))
        .unwrap();
    for email in [EMAIL, "b@example.com", "nobody@example.com"] {
        let after = refused_after(&desk, email, "cafe\u{301} tundra monocle quartz");
        assert_eq!(after, FLOOR * 7, "{email}");
    }
}

#[test]
fn a_hash_that_needs_more_than_two_seconds_is_refused_on_every_door() {
    let desk = TestDesk::new();
    let time = Duration::from_millis(2001);
    desk.clock.hashes_take(time);
    let is_refused =
        |error: Error| matches!(error, Error::HashRefused(HashRefusal::TooSlow { time: t }) if t == time);
    let set = desk.office.passwords().set(&who(), &hash(), false);
    assert!(is_refused(set.unwrap_err()));
    let created = desk.office.users().create(new_user("b@example.com", hash()));
    assert!(is_refused(created.unwrap_err()));
    let keep_going = ImportOptions {
        keep_going: true,
        ..ImportOptions::default()
    };
    let rows = format!("b@example.com,,{BCRYPT}\nc@example.com,,\n");
    let report = import(&desk, &rows, &keep_going).unwrap();
    assert_eq!((report.created, report.failures.len()), (1, 1));
    let problem = &report.failures[0].problem;
    assert_eq!((problem.code(), problem.is_malformed()), ("invalid_hash", true));
    assert_eq!(
        problem.to_string(),
        "one verification of the hash takes 2.0 s on this machine (at most 2 s)"
    );
    assert_eq!(users_with(&desk, BCRYPT_COST), 0);
    assert_eq!(refused_after(&desk, EMAIL, OTHER_PASSWORD), FLOOR);
    desk.clock.hashes_take(Duration::from_secs(2));
    desk.office.passwords().set(&who(), &hash(), false).unwrap();
}

#[test]
fn a_known_cost_is_not_measured_again() {
    let desk = TestDesk::new();
    desk.clock.hashes_take(Duration::from_millis(1200));
    desk.office
        .users()
        .create(new_user("b@example.com", hash()))
        .unwrap();
    desk.clock.hashes_take(Duration::from_secs(3));
    desk.office
        .users()
        .create(new_user("c@example.com", hash()))
        .unwrap();
    assert_eq!(users_with(&desk, BCRYPT_COST), 2);
}

#[test]
fn hashes_that_we_made_at_another_cost_move_the_floor_too() {
    let mut desk = TestDesk::new();
    desk.office = desk.another(|options| options.policies.argon2 = Argon2Cost::for_tests(128, 1, 1));
    desk.clock.hashes_take(Duration::from_millis(700));
    assert!(
        refused_after(&desk, EMAIL, OTHER_PASSWORD) > FLOOR * 2,
        "measured first"
    );
    for email in [EMAIL, "nobody@example.com"] {
        assert_eq!(refused_after(&desk, email, OTHER_PASSWORD), FLOOR * 2, "{email}");
    }
    desk.sign_in(PASSWORD).unwrap();
    desk.clock.hashes_take(Duration::from_millis(1));
    assert_eq!(refused_after(&desk, EMAIL, OTHER_PASSWORD), FLOOR);
}

#[test]
fn a_rehearsal_changes_no_count() {
    let mut desk = TestDesk::new();
    desk.office = desk.another(|options| options.keeping = crate::store::Keeping::RollBack);
    let rows = format!("b@example.com,,{BCRYPT}\n");
    import(&desk, &rows, &ImportOptions::default()).unwrap();
    assert_eq!(users_with(&desk, BCRYPT_COST), 0);
}
