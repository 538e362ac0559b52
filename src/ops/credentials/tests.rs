use std::time::Duration;

use super::*;
use crate::domain::reset::{ResetState, token_in};
use crate::domain::throttle::LockKind;
use crate::domain::token::PlainToken;
use crate::mail::Memory;
use crate::ops::testing::{EMAIL, OTHER_PASSWORD, PASSWORD, TestDesk, who};
use crate::ops::users::NewPassword;

/// A desk whose user is signed in, has two live links and has typed one wrong password. Users are
/// told by mail what happened. Gives the token of the first link too.
fn busy_desk() -> (TestDesk, Memory, PlainToken) {
    let (mut desk, memory) = TestDesk::that_mails(|options| options.policies.notices = true);
    desk.sign_in(PASSWORD).unwrap();
    let issued = desk.office.resets().issue(&who(), None).unwrap();
    let _ = desk.office.resets().request(EMAIL).unwrap();
    desk.office.mail().flush(drop).unwrap();
    desk.sign_in(OTHER_PASSWORD).unwrap_err();
    assert_eq!(memory.sent().len(), 1);
    desk.clock.pass(Duration::from_secs(1));
    (
        desk,
        memory,
        token_in(issued.url.unwrap().expose_secret()).unwrap(),
    )
}

/// Whether the user, the sessions, the links and the mail are as they must be after the password
/// became another one a moment ago.
fn assert_replaced(mut desk: TestDesk, memory: &Memory, sessions: usize) {
    let user = desk.user();
    assert_eq!(user.updated_at, desk.office.desk.clock.now());
    assert!(!user.must_change_password);
    assert_eq!(user.lock, LockKind::None);
    assert_eq!(failures(&desk), None);
    assert_eq!(desk.office.sessions().list(None).unwrap().len(), sessions);
    let links = desk.office.resets().list(None).unwrap();
    let is_live = |state: &ResetState| *state == ResetState::Live;
    assert_eq!(links.iter().filter(|listed| is_live(&listed.state)).count(), 0);
    desk.office.mail().flush(drop).unwrap();
    assert_eq!(memory.sent().len(), 2, "one notice");
    desk.sign_in(PASSWORD).unwrap_err();
    desk.sign_in(OTHER_PASSWORD).unwrap();
}

fn failures(desk: &TestDesk) -> Option<u32> {
    let user = desk.office.read(|view| lookup::get_user(view, &who())).unwrap();
    let failures = desk.office.read(|view| Ok(view.failures(user.id)?));
    failures.unwrap().map(|failures| failures.count)
}

#[test]
fn a_changed_password_ends_all_that_was_made_with_the_old_one() {
    let (desk, memory, _) = busy_desk();
    let changed = desk
        .office
        .passwords()
        .change(EMAIL, &PASSWORD.into(), &OTHER_PASSWORD.into())
        .unwrap();
    assert_eq!(
        (changed.ended_sessions, changed.revoked_resets),
        (Some(1), Some(2))
    );
    assert_eq!(changed.user.updated_at, desk.office.desk.clock.now());
    assert_replaced(desk, &memory, 0);
}

#[test]
fn a_sign_in_with_a_new_password_ends_the_same() {
    let (mut desk, memory, _) = busy_desk();
    desk.office.passwords().require_change(&who()).unwrap();
    desk.clock.pass(Duration::from_secs(1));
    let signed_in = desk.sign_in_with(PASSWORD, Some(OTHER_PASSWORD)).unwrap();
    let ended = Ended {
        sessions: 1,
        resets: 2,
    };
    assert_eq!(signed_in.ended, Some(ended));
    assert_eq!(signed_in.user.updated_at, desk.office.desk.clock.now());
    assert_replaced(desk, &memory, 1);
}

#[test]
fn a_completed_link_ends_the_same_and_supersedes_the_other_links() {
    let (desk, memory, token) = busy_desk();
    let resets = desk.office.resets();
    let link = resets.check(&token).unwrap();
    let completed = resets.complete(&link, &OTHER_PASSWORD.into()).unwrap();
    assert_eq!(
        (completed.ended_sessions, completed.revoked_resets),
        (Some(1), Some(1))
    );
    let links = desk.office.resets().list(None).unwrap();
    let states: Vec<ResetState> = links.into_iter().map(|listed| listed.state).collect();
    assert_eq!(states, [ResetState::Used, ResetState::Superseded]);
    assert_replaced(desk, &memory, 0);
}

#[test]
fn an_operator_who_sets_a_password_ends_the_same() {
    let (desk, memory, _) = busy_desk();
    let other = NewPassword::Plain(OTHER_PASSWORD.into());
    let set = desk.office.passwords().set(&who(), &other, false).unwrap();
    assert_eq!((set.ended_sessions, set.revoked_resets), (Some(1), Some(2)));
    assert_replaced(desk, &memory, 0);
}

#[test]
fn a_removed_password_ends_the_same_without_a_notice() {
    let (mut desk, memory, _) = busy_desk();
    let removed = desk.office.passwords().remove(&who()).unwrap();
    assert_eq!(
        (removed.ended_sessions, removed.revoked_resets),
        (Some(1), Some(2))
    );
    assert_eq!(desk.user().updated_at, desk.office.desk.clock.now());
    desk.office.mail().flush(drop).unwrap();
    assert_eq!(memory.sent().len(), 1);
}

#[test]
fn a_sign_in_that_changes_no_password_ends_nothing() {
    let (mut desk, _, _) = busy_desk();
    let before = desk.user().updated_at;
    let signed_in = desk.sign_in(PASSWORD).unwrap();
    assert_eq!(signed_in.ended, None);
    assert_eq!(desk.user().updated_at, before);
    assert_eq!(desk.office.sessions().list(None).unwrap().len(), 2);
}

/// "password", by another system's bcrypt.
const WEAK_BCRYPT: &str = "$2a$04$UuTkLRZZ6QofpDOlMz32MuuxEHA43WOemOYHPz6.SjsVsyO1tDU96";
/// [`PASSWORD`], as bcrypt of cost 4 has it.
const BCRYPT: &str = "$2b$04$UuTkLRZZ6QofpDOlMz32Muz5FSTNkoyj/rOxd6RGajZ0U.hD8cB6K";

#[test]
fn a_better_hash_or_another_flag_moves_the_time_of_the_last_change() {
    for (hash, password, is_signed_in) in [(BCRYPT, PASSWORD, true), (WEAK_BCRYPT, "password", false)] {
        let mut desk = TestDesk::new();
        let hash = NewPassword::Hash(hash.into());
        desk.office.passwords().set(&who(), &hash, false).unwrap();
        desk.clock.pass(Duration::from_secs(1));
        assert_eq!(desk.sign_in(password).is_ok(), is_signed_in);
        let user = desk.user();
        assert_eq!(user.updated_at, desk.office.desk.clock.now(), "{password}");
        assert_eq!(user.must_change_password, !is_signed_in, "{password}");
    }
}
