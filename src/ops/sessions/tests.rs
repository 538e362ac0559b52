use std::time::Duration;

use super::*;
use crate::ops::testing::{OTHER_PASSWORD, PASSWORD, TestDesk, who};
use crate::ops::users::NewPassword;
use secrecy::SecretString;

const MINUTE: Duration = Duration::from_mins(1);

fn lives(desk: &mut TestDesk, token: &PlainToken) -> bool {
    match desk.office.sessions().verify(token, &[]) {
        Ok(_) => true,
        Err(Error::SessionInvalid) => false,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_session_ends_when_it_is_idle() {
    let mut desk = TestDesk::new();
    let token = desk.sign_in(PASSWORD).unwrap().token;
    desk.clock.pass(29 * MINUTE);
    assert!(lives(&mut desk, &token));
    desk.clock.pass(29 * MINUTE);
    assert!(lives(&mut desk, &token), "the idle end did not move");
    desk.clock.pass(30 * MINUTE);
    assert!(!lives(&mut desk, &token));
    assert!(desk.office.sessions().list(None).unwrap().is_empty());
    let ended = desk.office.sessions().end(&token);
    assert!(matches!(ended, Err(Error::SessionInvalid)));
}

#[test]
fn a_session_ends_after_eight_hours_however_much_it_is_used() {
    let mut desk = TestDesk::new();
    let token = desk.sign_in(PASSWORD).unwrap().token;
    for _ in 0..23 {
        desk.clock.pass(20 * MINUTE);
        assert!(lives(&mut desk, &token));
    }
    desk.clock.pass(19 * MINUTE);
    assert!(lives(&mut desk, &token));
    desk.clock.pass(MINUTE);
    assert!(!lives(&mut desk, &token));
}

#[test]
fn being_asked_for_moves_the_idle_end_at_most_once_a_minute() {
    let mut desk = TestDesk::new();
    let signed_in = desk.sign_in(PASSWORD).unwrap();
    let idle_end = |desk: &mut TestDesk| {
        let session = desk
            .office
            .sessions()
            .verify(&signed_in.token, &[])
            .unwrap()
            .session;
        assert_eq!(
            desk.office.sessions().list(None).unwrap(),
            std::slice::from_ref(&session)
        );
        session.idle_expires_at
    };
    desk.clock.pass(MINUTE);
    assert_eq!(idle_end(&mut desk), signed_in.session.idle_expires_at);
    desk.clock.pass(Duration::from_secs(1));
    assert!(idle_end(&mut desk) > signed_in.session.idle_expires_at);
}

#[test]
fn a_store_that_cannot_be_written_ends_no_session() {
    let mut desk = TestDesk::with(|options| options.lock_timeout = Duration::ZERO);
    let token = desk.sign_in(PASSWORD).unwrap().token;
    desk.clock.pass(10 * MINUTE);
    let other = desk.another(|_| ());
    let seen = other.write(|_| desk.office.sessions().verify(&token, &[]));
    let session = seen.unwrap().session;
    assert_eq!(desk.office.sessions().list(None).unwrap(), [session]);
}

#[test]
fn deactivation_and_deletion_end_the_sessions_for_good() {
    let mut desk = TestDesk::new();
    let token = desk.sign_in(PASSWORD).unwrap().token;
    let left = desk.office.users().deactivate(&who()).unwrap();
    assert_eq!(left.ended_sessions, Some(1));
    assert!(!lives(&mut desk, &token));
    desk.office.users().activate(&who()).unwrap();
    assert!(!lives(&mut desk, &token));
    let token = desk.sign_in(PASSWORD).unwrap().token;
    let other = NewPassword::Plain(SecretString::from(OTHER_PASSWORD));
    desk.office.passwords().set(&who(), &other, false).unwrap();
    assert!(!lives(&mut desk, &token));
}
