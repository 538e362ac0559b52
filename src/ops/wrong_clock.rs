//! Tests: what was made while the clock was ahead, after it is corrected; what ended long ago.

use std::time::Duration;

use super::Error;
use super::testing::{EMAIL, OTHER_PASSWORD, PASSWORD, TestDesk, who};
use crate::domain::reset::{LinkTemplate, ResetState, token_in};
use crate::mail::{Memory, Sender, Transport};
use crate::ops::mail::Mailer;
use crate::ops::users::{Listing, NewUser};
use crate::texts::mails::Templates;
use secrecy::ExposeSecret;

const MINUTE: Duration = Duration::from_mins(1);
const MONTH: Duration = Duration::from_hours(31 * 24);

fn desk() -> TestDesk {
    TestDesk::with(|options| {
        let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com");
        options.policies.reset.link = link.ok();
        options.mailer = Some(Mailer {
            templates: Templates::built_in(),
            transport: Transport::Memory(Memory::new(Sender::parse("desk@example.com").unwrap())),
        });
    })
}

/// Any write. Each removes what has ended.
fn write(desk: &mut TestDesk) {
    let count = desk.office.users().count(&Listing::default()).unwrap();
    let email = format!("user{count}@example.com").parse().unwrap();
    desk.office.users().create(NewUser::new(email)).unwrap();
}

#[test]
fn a_session_of_a_clock_that_was_ahead_ends_and_does_not_come_back() {
    let mut desk = desk();
    desk.clock.pass(MONTH);
    let token = desk.sign_in(PASSWORD).unwrap().token;
    let is_live = |desk: &mut TestDesk| desk.office.sessions().verify(&token, &[]).is_ok();
    assert!(is_live(&mut desk));
    desk.clock.step_back(MINUTE);
    assert!(is_live(&mut desk), "a small step ends nothing");
    desk.clock.step_back(MONTH.saturating_sub(MINUTE));
    assert!(!is_live(&mut desk));
    assert!(desk.office.sessions().list(None).unwrap().is_empty());
    write(&mut desk);
    desk.clock.pass(MONTH);
    assert!(!is_live(&mut desk), "it came alive a month later");
}

#[test]
fn a_session_used_while_the_clock_was_ahead_ends_when_it_is_idle() {
    let mut desk = desk();
    let token = desk.sign_in(PASSWORD).unwrap().token;
    desk.clock.pass(25 * MINUTE);
    desk.office.sessions().verify(&token, &[]).unwrap();
    desk.clock.step_back(20 * MINUTE);
    let session = desk.office.sessions().verify(&token, &[]).unwrap().session;
    desk.clock.pass(30 * MINUTE);
    assert!(matches!(
        desk.office.sessions().verify(&token, &[]),
        Err(Error::SessionInvalid)
    ));
    assert_eq!(desk.office.desk.clock.now(), session.idle_expires_at);
}

#[test]
fn a_link_of_a_clock_that_was_ahead_is_dead_for_good() {
    let mut desk = desk();
    desk.clock.pass(MONTH);
    let issued = desk.office.resets().issue(&who(), None).unwrap();
    let token = token_in(issued.url.unwrap().expose_secret()).unwrap();
    desk.office.resets().check(&token).unwrap();
    desk.clock.step_back(MONTH);
    assert!(desk.office.resets().check(&token).is_err());
    write(&mut desk);
    desk.clock.pass(MONTH);
    assert!(desk.office.resets().check(&token).is_err());
    let links = desk.office.resets().list(None).unwrap();
    assert_eq!(links[0].state, ResetState::Revoked);
}

#[test]
fn a_lock_and_a_request_of_a_clock_that_was_ahead_do_not_count() {
    let mut desk = desk();
    desk.clock.pass(MONTH);
    for _ in 0..5 {
        assert!(desk.sign_in(OTHER_PASSWORD).is_err());
    }
    assert!(desk.user().locked_until.is_some());
    let _ = desk.office.resets().request(EMAIL).unwrap();
    desk.clock.step_back(MONTH);
    assert!(desk.user().locked_until.is_none());
    let mut locked = Listing::default();
    locked.filter.locked = true;
    assert_eq!(desk.office.users().count(&locked).unwrap(), 0);
    desk.sign_in(PASSWORD).unwrap();
    let waiting = desk.office.mail().list().unwrap().len();
    let _ = desk.office.resets().request(EMAIL).unwrap();
    assert_eq!(
        desk.office.mail().list().unwrap().len(),
        waiting + 1,
        "it was not heard"
    );
}

#[test]
fn links_that_ended_a_month_ago_are_removed_by_later_writes_a_hundred_at_a_time() {
    let mut desk = desk();
    for _ in 0..150 {
        desk.office.resets().issue(&who(), None).unwrap();
    }
    let links = |desk: &mut TestDesk| desk.office.resets().list(None).unwrap().len();
    desk.clock.pass(Duration::from_hours(30 * 24));
    write(&mut desk);
    assert_eq!(links(&mut desk), 150);
    desk.clock.pass(Duration::from_hours(1));
    write(&mut desk);
    assert_eq!(links(&mut desk), 50);
    write(&mut desk);
    assert_eq!(links(&mut desk), 0);
}
