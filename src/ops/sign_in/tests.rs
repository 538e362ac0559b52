use std::time::{Duration, Instant};

use super::*;
use crate::domain::audit::STRANGERS_INTERVAL;
use crate::domain::clock::{Clock, later};
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::throttle::LockKind;
use crate::hashing::LONGEST_PASSWORD;
use crate::ops::testing::{FLOOR, OTHER_PASSWORD, PASSWORD, TestDesk, who};
use crate::ops::users::NewPassword;
use crate::store::Keeping;

fn is_denied(outcome: &Result<SignedIn, Error>) -> bool {
    matches!(outcome, Err(Error::Denied { .. }))
}

/// How long the next try has to wait.
fn wait(desk: &mut TestDesk) -> Option<Duration> {
    let now = desk.office.desk.clock.now();
    let until = desk.user().locked_until?;
    (0..=3600)
        .map(Duration::from_secs)
        .find(|wait| later(now, *wait) == until)
}

#[test]
fn five_are_free_then_each_waits_twice_as_long_up_to_a_quarter_of_an_hour() {
    let mut desk = TestDesk::new();
    for _ in 0..5 {
        assert_eq!(wait(&mut desk), None);
        assert!(is_denied(&desk.sign_in(OTHER_PASSWORD)));
    }
    for seconds in [30, 60, 120, 240, 480, 900, 900] {
        let delay = Duration::from_secs(seconds);
        assert_eq!(wait(&mut desk), Some(delay));
        desk.clock.pass(delay.saturating_sub(Duration::from_secs(1)));
        assert!(is_denied(&desk.sign_in(PASSWORD)));
        assert!(is_denied(&desk.sign_in(OTHER_PASSWORD)));
        assert_eq!(wait(&mut desk), Some(Duration::from_secs(1)), "it counted");
        desk.clock.pass(Duration::from_secs(1));
        assert!(is_denied(&desk.sign_in(OTHER_PASSWORD)));
    }
    desk.clock.pass(Duration::from_mins(15));
    desk.sign_in(PASSWORD).unwrap();
    assert_eq!(desk.user().lock, LockKind::None);
    for _ in 0..4 {
        assert!(is_denied(&desk.sign_in(OTHER_PASSWORD)));
    }
    desk.sign_in(PASSWORD).unwrap();
}

#[test]
fn a_hundred_in_a_row_stop_the_account_until_it_is_unlocked() {
    let mut desk = TestDesk::new();
    for _ in 0..99 {
        assert!(is_denied(&desk.sign_in(OTHER_PASSWORD)));
        desk.clock.pass(Duration::from_mins(15));
    }
    assert_eq!(desk.user().lock, LockKind::None);
    assert!(is_denied(&desk.sign_in(OTHER_PASSWORD)));
    let user = desk.user();
    assert_eq!((user.lock, user.locked_until), (LockKind::Stopped, None));
    desk.clock.pass(Duration::from_hours(24 * 365));
    assert!(is_denied(&desk.sign_in(PASSWORD)));
    desk.office.users().unlock(&who()).unwrap();
    desk.sign_in(PASSWORD).unwrap();
}

/// How long after `began` a refusal may be answered.
fn answered_after(outcome: &Result<SignedIn, Error>, began: Instant) -> Duration {
    let Err(Error::Denied { not_before }) = outcome else {
        panic!("{outcome:?}");
    };
    not_before.remaining(began)
}

#[test]
fn a_failure_may_be_answered_at_the_floor_or_the_next_multiple_and_nothing_waits() {
    let mut desk = TestDesk::new();
    // The clock is looked at twice after the start.
    for (work, floors) in [(0, 1), (1, 1), (239, 1), (240, 2), (489, 2), (490, 3), (850, 4)] {
        desk.office.users().unlock(&who()).unwrap();
        desk.clock.work_takes(Duration::from_millis(work));
        let began = desk.clock.instant() + Duration::from_millis(work);
        let refused = desk.sign_in(OTHER_PASSWORD);
        assert_eq!(answered_after(&refused, began), FLOOR * floors, "{work} ms");
    }
}

#[test]
fn every_reason_may_be_answered_at_the_same_moment() {
    let mut desk = TestDesk::new();
    let refused = |desk: &mut TestDesk, email: &str| {
        let began = desk.clock.instant();
        let outcome = desk.office.sign_in(&SignIn {
            email,
            password: &SecretString::from(PASSWORD),
            new_password: None,
            replaces: None,
        });
        assert_eq!(answered_after(&outcome, began), FLOOR, "{email}");
    };
    refused(&mut desk, "nobody@example.com");
    refused(&mut desk, "no address");
    desk.office.users().deactivate(&who()).unwrap();
    refused(&mut desk, "ada@example.com");
    desk.office.users().delete(&who()).unwrap();
    refused(&mut desk, "ada@example.com");
    desk.office.users().restore(&who()).unwrap();
    desk.office.users().activate(&who()).unwrap();
    desk.office.passwords().remove(&who()).unwrap();
    for _ in 0..6 {
        refused(&mut desk, "ada@example.com");
    }
}

#[test]
fn a_wrong_current_password_may_be_answered_at_the_moment_of_a_refused_sign_in() {
    let desk = TestDesk::new();
    for email in ["ada@example.com", "nobody@example.com"] {
        let began = desk.clock.instant();
        let wrong = SecretString::from(OTHER_PASSWORD);
        let changed = desk.office.passwords().change(email, &wrong, &PASSWORD.into());
        let not_before = changed.unwrap_err().not_before().unwrap();
        assert_eq!(not_before.remaining(began), FLOOR, "{email}");
    }
}

#[test]
fn a_password_that_must_be_changed_is_right_but_gives_no_session() {
    let mut desk = TestDesk::new();
    desk.office.passwords().require_change(&who()).unwrap();
    for _ in 0..9 {
        let asked = desk.sign_in(PASSWORD);
        assert!(matches!(asked, Err(Error::PasswordChangeRequired)), "{asked:?}");
    }
    let weak = desk.sign_in_with(PASSWORD, Some("password"));
    assert!(matches!(weak, Err(Error::WeakPassword(_))), "{weak:?}");
    let same = desk.sign_in_with(PASSWORD, Some(PASSWORD));
    assert!(matches!(same, Err(Error::PasswordReused)), "{same:?}");
    assert!(desk.office.sessions().list(None).unwrap().is_empty());
    assert!(is_denied(
        &desk.sign_in_with(OTHER_PASSWORD, Some(OTHER_PASSWORD))
    ));
    let signed_in = desk.sign_in_with(PASSWORD, Some(OTHER_PASSWORD)).unwrap();
    assert!(!signed_in.user.must_change_password);
    assert!(is_denied(&desk.sign_in(PASSWORD)));
    desk.sign_in(OTHER_PASSWORD).unwrap();
}

#[test]
fn a_new_password_changes_nothing_where_no_change_is_required() {
    let mut desk = TestDesk::new();
    desk.sign_in_with(PASSWORD, Some(OTHER_PASSWORD)).unwrap();
    desk.sign_in(PASSWORD).unwrap();
}

#[test]
fn an_imported_hash_is_replaced_and_a_weak_password_behind_it_must_be_changed() {
    let mut desk = TestDesk::new();
    // "password", by another system's bcrypt.
    let hash = "$2a$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96";
    let imported = NewPassword::Hash(SecretString::from(hash));
    desk.office.passwords().set(&who(), &imported, false).unwrap();
    assert!(!desk.user().must_change_password);
    let asked = desk.sign_in("password");
    assert!(matches!(asked, Err(Error::PasswordChangeRequired)), "{asked:?}");
    assert!(desk.user().must_change_password);
    desk.sign_in_with("password", Some(OTHER_PASSWORD)).unwrap();
}

#[test]
fn a_password_works_for_those_the_configuration_names() {
    let support: crate::domain::group::GroupName = "support".parse().unwrap();
    let only = |rule: PasswordSignIn| TestDesk::with(|options| options.policies.sign_in = rule);
    assert!(is_denied(&only(PasswordSignIn::Nobody).sign_in(PASSWORD)));
    let mut desk = only(PasswordSignIn::Groups(vec![support.clone()]));
    assert!(is_denied(&desk.sign_in(PASSWORD)));
    desk.office.groups().create(&support).unwrap();
    desk.office.groups().add_member(&support, &who()).unwrap();
    desk.sign_in(PASSWORD).unwrap();
}

#[test]
fn a_guess_in_a_dry_run_is_counted() {
    let mut desk = TestDesk::with(|options| options.keeping = Keeping::RollBack);
    for _ in 0..5 {
        assert!(is_denied(&desk.sign_in(OTHER_PASSWORD)));
    }
    assert_eq!(desk.user().lock, LockKind::Slowed);
    assert!(is_denied(&desk.sign_in(PASSWORD)));
}

#[test]
fn a_password_too_long_to_be_hashed_is_wrong_like_any_other() {
    let mut desk = TestDesk::new();
    for _ in 0..5 {
        assert!(is_denied(&desk.sign_in(&"x".repeat(LONGEST_PASSWORD + 1))));
    }
    assert_eq!(desk.user().lock, LockKind::Slowed);
}

#[test]
fn tries_with_unknown_addresses_make_one_event_a_minute() {
    let desk = TestDesk::new();
    let mut events = Vec::new();
    for _ in 0..3 {
        for _ in 0..4 {
            let counted = desk
                .office
                .write_for_good(|tx| Ok(tx.store.count_unknown_sign_in(tx.now, STRANGERS_INTERVAL)?));
            events.extend(counted.unwrap());
        }
        desk.clock.pass(STRANGERS_INTERVAL);
    }
    assert_eq!(events, [1, 4, 4]);
}
