use super::content::PreparedMail;
use super::*;
use std::time::Duration;

use crate::domain::clock::Timestamp;
use crate::domain::ids::ResetId;
use crate::domain::mail::{LEASE, NOTICE_LIFE};
use crate::domain::reset::{LinkLife, LinkTemplate, ResetKind, ResetState, token_in};
use crate::mail::{
    ANSWER_TIMEOUT, MailStep, Memory, SendError, Sender, Smtp, SmtpSettings, Templates, Tls, Transport,
};
use crate::ops::resets::Disclosure;
use crate::ops::testing::{EMAIL, OTHER_PASSWORD, TestDesk, who};
use crate::ops::users::NewPassword;

/// A desk that mails into memory, with links that live for `ttl`.
fn desk(ttl: LinkLife) -> (TestDesk, Memory) {
    let memory = Memory::new(Sender::parse("Desk <desk@example.com>").unwrap());
    let transport = Transport::Memory(memory.clone());
    let desk = TestDesk::with(|options| {
        let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com");
        options.policies.reset.link = link.ok();
        options.policies.reset.ttl = ttl;
        options.policies.notices = true;
        options.mailer = Some(Mailer {
            templates: Templates::built_in(),
            transport,
        });
    });
    (desk, memory)
}

/// What a flush does up to the moment before it sends; then its process is gone.
fn killed_flush(desk: &mut TestDesk) -> Option<ResetId> {
    let lease = desk.office.desk.mailer().unwrap().lease();
    let leased = desk.office.write_for_good(|tx| Ok(tx.store.lease_mail(lease)?));
    let mail = leased.unwrap()?;
    let prepared = desk.office.mail().prepare(&mail).unwrap();
    desk.clock.pass(lease);
    match prepared {
        Some(PreparedMail::Ready(ready)) => ready.1.link(),
        _ => None,
    }
}

fn flush(desk: &mut TestDesk) -> Vec<Delivery> {
    let mut deliveries = Vec::new();
    let mail = desk.office.mail();
    mail.flush(|flushed| deliveries.push(flushed.delivery)).unwrap();
    deliveries
}

fn live_links(desk: &mut TestDesk) -> Vec<ResetId> {
    let links = desk.office.resets().list(None).unwrap();
    let live = links
        .into_iter()
        .filter(|listed| listed.state == ResetState::Live);
    live.map(|listed| listed.link.id).collect()
}

fn next_attempt(desk: &mut TestDesk) -> Option<Timestamp> {
    let waiting = desk.office.mail().list().unwrap();
    waiting.first().map(|mail| mail.next_attempt_at)
}

fn waiting(desk: &mut TestDesk) -> usize {
    desk.office.mail().list().unwrap().len()
}

#[test]
fn killed_runs_cost_a_mail_nothing() {
    let (mut desk, memory) = desk(LinkLife::LONGEST);
    let _ = desk.office.resets().request(EMAIL).unwrap();
    for _ in 0..40 {
        let link = killed_flush(&mut desk).unwrap();
        assert_eq!(live_links(&mut desk), [link]);
        assert_eq!(waiting(&mut desk), 1);
    }
    let deliveries = flush(&mut desk);
    assert!(matches!(deliveries[..], [Delivery::Sent]), "{deliveries:?}");
    assert_eq!(waiting(&mut desk), 0);
    assert_eq!(live_links(&mut desk).len(), 1);
    let token = token_in(&memory.sent()[0].mail.text).unwrap();
    let resets = desk.office.resets();
    let link = resets.check(&token).unwrap();
    resets.complete(&link, &OTHER_PASSWORD.into()).unwrap();
}

#[test]
fn a_mail_taken_out_of_the_queue_takes_its_unsent_link_along() {
    let (mut desk, _) = desk(LinkLife::LONGEST);
    let _ = desk.office.resets().request(EMAIL).unwrap();
    killed_flush(&mut desk).unwrap();
    let id = desk.office.mail().list().unwrap()[0].id;
    desk.office.mail().drop_queued(id).unwrap();
    assert_eq!(live_links(&mut desk), []);
}

#[test]
fn a_late_process_leaves_the_mail_to_the_one_that_took_it_over() {
    let (mut desk, _) = desk(LinkLife::LONGEST);
    let _ = desk.office.resets().request(EMAIL).unwrap();
    let first = killed_flush(&mut desk);
    let mail = desk.office.mail().list().unwrap().remove(0);
    let second = killed_flush(&mut desk);
    assert_ne!(first, second);
    // The first one was not dead, only slow.
    let late = desk.office.mail();
    late.put_off(&mail, first, "no answer").unwrap();
    late.done(&mail, first).unwrap();
    let now = desk.office.mail().list().unwrap().remove(0);
    assert_eq!((now.link, now.attempts), (second, 0));
    assert_eq!(live_links(&mut desk), [second.unwrap()]);
}

#[test]
fn a_mail_that_may_have_arrived_keeps_its_link_and_is_not_repeated() {
    let (mut desk, memory) = desk(LinkLife::LONGEST);
    let _ = desk.office.resets().request(EMAIL).unwrap();
    memory.fail_with(Some(SendError::uncertain("no answer")));
    let deliveries = flush(&mut desk);
    assert!(
        matches!(deliveries[..], [Delivery::Uncertain { again: false, .. }]),
        "{deliveries:?}"
    );
    assert_eq!((waiting(&mut desk), live_links(&mut desk).len()), (0, 1));
    let sent = desk
        .office
        .resets()
        .issue_and_send(&who(), None, Disclosure::ToCaller);
    let Err(Error::MailUncertain { link, .. }) = sent else {
        panic!("{sent:?}");
    };
    assert!(live_links(&mut desk).contains(&link));
}

#[test]
fn a_notice_that_may_have_arrived_is_sent_three_times_at_most() {
    let (mut desk, memory) = desk(LinkLife::LONGEST);
    memory.fail_with(Some(SendError::uncertain("no answer")));
    desk.office
        .passwords()
        .set(&who(), &NewPassword::Plain(OTHER_PASSWORD.into()), false)
        .unwrap();
    let mut again = Vec::new();
    for _ in 0..10 {
        for delivery in flush(&mut desk) {
            let Delivery::Uncertain { again: more, .. } = delivery else {
                panic!("{delivery:?}");
            };
            again.push(more);
        }
        desk.clock.pass(Duration::from_hours(6));
    }
    assert_eq!(again, [true, true, false]);
    assert_eq!(waiting(&mut desk), 0);
}

#[test]
fn a_mail_refused_for_good_leaves_the_queue_and_its_link_ends() {
    let (mut desk, memory) = desk(LinkLife::LONGEST);
    let _ = desk.office.resets().request(EMAIL).unwrap();
    memory.fail_with(Some(SendError::refused("the server says 550 5.1.1")));
    let deliveries = flush(&mut desk);
    assert!(
        matches!(deliveries[..], [Delivery::Dropped(Dropped::Refused(_))]),
        "{deliveries:?}"
    );
    assert!(deliveries[0].is_failure());
    assert_eq!((waiting(&mut desk), live_links(&mut desk).len()), (0, 0));
}

#[test]
fn a_request_is_outdated_when_its_link_would_have_ended() {
    let ttl = Duration::from_mins(30);
    let (mut desk, memory) = desk(LinkLife::new(ttl).unwrap());
    let _ = desk.office.resets().request(EMAIL).unwrap();
    memory.fail_with(Some(SendError::new(MailStep::Connect, "no server answers")));
    let mut tries = 0;
    while let Some(next) = next_attempt(&mut desk) {
        let now = desk.office.desk.clock.now();
        desk.clock.pass(next.duration_since(now).unsigned_abs());
        for delivery in flush(&mut desk) {
            match delivery {
                Delivery::Waits(_) => tries += 1,
                Delivery::Dropped(Dropped::Outdated) => assert!(delivery.is_failure()),
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!(tries, 5);
    assert_eq!(live_links(&mut desk), []);
}

#[test]
fn after_400_days_without_a_server_nothing_old_is_sent() {
    let (mut desk, memory) = desk(LinkLife::new(Duration::from_mins(30)).unwrap());
    memory.fail_with(Some(SendError::new(MailStep::Connect, "no server answers")));
    for day in (0..400).step_by(4) {
        let _ = desk.office.resets().request(EMAIL).unwrap();
        let password = if day % 8 == 0 {
            "saffron glacier lantern pewter"
        } else {
            "umbrella tundra monocle quartz"
        };
        desk.office
            .passwords()
            .set(&who(), &NewPassword::Plain(password.into()), false)
            .unwrap();
        flush(&mut desk);
        // The oldest is as old as a notice may be, and the link of yesterday is gone.
        assert!(waiting(&mut desk) <= 3, "{day}");
        desk.clock.pass(Duration::from_hours(4 * 24));
    }
    memory.fail_with(None);
    desk.clock.pass(NOTICE_LIFE);
    let deliveries = flush(&mut desk);
    assert!(!deliveries.is_empty());
    for delivery in deliveries {
        assert!(
            matches!(delivery, Delivery::Dropped(Dropped::Outdated)),
            "{delivery:?}"
        );
    }
    assert!(memory.sent().is_empty());
}

#[test]
fn a_mail_for_a_deactivated_user_is_dropped_and_is_not_a_failure() {
    let (mut desk, memory) = desk(LinkLife::LONGEST);
    let _ = desk.office.resets().request(EMAIL).unwrap();
    desk.office.users().deactivate(&who()).unwrap();
    let deliveries = flush(&mut desk);
    assert!(
        matches!(deliveries[..], [Delivery::Dropped(Dropped::Unwanted)]),
        "{deliveries:?}"
    );
    assert!(!deliveries[0].is_failure() && memory.sent().is_empty());
}

#[test]
fn a_user_with_five_live_links_gets_no_sixth() {
    let (mut desk, memory) = desk(LinkLife::LONGEST);
    for _ in 0..6 {
        let _ = desk.office.resets().request(EMAIL).unwrap();
        desk.clock.pass(Duration::from_mins(20));
    }
    let words: Vec<&str> = flush(&mut desk).iter().map(Delivery::as_str).collect();
    assert_eq!(words, ["sent", "sent", "sent", "sent", "sent", "dropped"]);
    assert_eq!(memory.sent().len(), 5);
    let links = desk.office.resets().list(None).unwrap();
    assert!(links.iter().all(|listed| listed.link.kind == ResetKind::Request));
}

#[test]
fn a_mail_is_kept_from_others_for_as_long_as_sending_may_take() {
    // Its server is found nowhere: what is looked at is the time in between.
    let timeout = Duration::from_mins(5);
    let smtp = Smtp::new(SmtpSettings {
        host: "mail.invalid".to_owned(),
        port: 587,
        tls: Tls::StartTls,
        username: None,
        password: None,
        token: None,
        timeout,
        answer_timeout: ANSWER_TIMEOUT,
        ca_file: None,
        from: "desk@example.com".to_owned(),
        reply_to: None,
        envelope_from: None,
        hello_name: None,
    });
    let mailer = Mailer {
        templates: Templates::built_in(),
        transport: Transport::Smtp(smtp.unwrap()),
    };
    let desk = TestDesk::with(|options| {
        let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com");
        options.policies.reset.link = link.ok();
        options.policies.notices = true;
    });
    let _ = desk.office.resets().request(EMAIL).unwrap();
    let lease = mailer.lease();
    let longest = 3 * timeout + ANSWER_TIMEOUT;
    assert!(lease > longest);
    let take = || {
        let taken = desk.office.write_for_good(|tx| Ok(tx.store.lease_mail(lease)?));
        taken.unwrap().is_some()
    };
    assert!(take());
    assert!(!take());
    desk.clock.pass(longest);
    assert!(!take());
    desk.clock.pass(LEASE);
    assert!(take());
}
