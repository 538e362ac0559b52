use std::time::Duration;

use crate::domain::clock::Clock;
use crate::domain::reset::{LinkLife, token_in};
use crate::ops::Error;
use crate::ops::testing::{EMAIL, FLOOR, OTHER_PASSWORD, PASSWORD, TestDesk, who};
use secrecy::ExposeSecret;

#[test]
fn requests_every_minute_send_few_mails_and_end_no_link() {
    let (desk, memory) = TestDesk::that_mails(|_| ());
    let held = desk
        .office
        .resets()
        .issue(&who(), Some(LinkLife::LONGEST))
        .unwrap();
    let token = token_in(held.url.unwrap().expose_secret()).unwrap();
    let mut sent_by_minute = vec![0];
    for _ in 0..180 {
        let _ = desk.office.resets().request(EMAIL).unwrap();
        desk.office.mail().flush(drop).unwrap();
        sent_by_minute.push(memory.sent().len());
        desk.clock.pass(Duration::from_mins(1));
    }
    let by_hour = sent_by_minute.windows(61).map(|hour| hour[60] - hour[0]);
    assert_eq!(by_hour.max(), Some(5));
    assert_eq!(sent_by_minute.last(), Some(&15));
    let resets = desk.office.resets();
    let link = resets.check(&token).unwrap();
    resets.complete(&link, &OTHER_PASSWORD.into()).unwrap();
}

#[test]
fn a_link_that_ended_after_it_was_checked_sets_no_password() {
    let (mut desk, _) = TestDesk::that_mails(|_| ());
    let issued = desk.office.resets().issue(&who(), None).unwrap();
    let token = token_in(issued.url.unwrap().expose_secret()).unwrap();
    let resets = desk.office.resets();
    let link = resets.check(&token).unwrap();
    resets.revoke(issued.link.id).unwrap();
    let refused = resets.complete(&link, &OTHER_PASSWORD.into());
    assert!(matches!(refused, Err(Error::ResetInvalid)), "{refused:?}");
    assert!(desk.sign_in(PASSWORD).is_ok());
}

#[test]
fn a_request_may_be_answered_at_the_floor_whether_or_not_a_user_has_the_address() {
    let (desk, _) = TestDesk::that_mails(|_| ());
    for email in [EMAIL, "nobody@example.com", "no address"] {
        let began = desk.clock.instant();
        let requested = desk.office.resets().request(email).unwrap();
        assert_eq!(requested.not_before.remaining(began), FLOOR, "{email}");
    }
}

#[test]
fn five_requests_an_hour_are_heard() {
    let (desk, memory) = TestDesk::that_mails(|_| ());
    let held = desk
        .office
        .resets()
        .issue(&who(), Some(LinkLife::LONGEST))
        .unwrap();
    let token = token_in(held.url.unwrap().expose_secret()).unwrap();
    // For less time than a link lives, because a request is outdated after that.
    for _ in 0..50 {
        let _ = desk.office.resets().request(EMAIL).unwrap();
        desk.clock.pass(Duration::from_secs(30));
    }
    assert_eq!(desk.office.mail().list().unwrap().len(), 5);
    desk.office.mail().flush(drop).unwrap();
    assert_eq!(memory.sent().len(), 5);
    assert_eq!(
        desk.office.resets().check(&token).unwrap().user().email.as_str(),
        EMAIL
    );
    // While five links are live, no other is made.
    desk.clock.pass(Duration::from_mins(26));
    let _ = desk.office.resets().request(EMAIL).unwrap();
    desk.office.mail().flush(drop).unwrap();
    assert_eq!(memory.sent().len(), 5);
    assert_eq!(desk.office.mail().list().unwrap().len(), 0);
}
