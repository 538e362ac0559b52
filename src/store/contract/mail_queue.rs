//! Mails that wait to be sent.

use uuid::Uuid;

use crate::domain::ids::{MailId, ResetId, UserId};
use crate::domain::mail::{Notice, QueuedMail};
use crate::domain::reset::ResetKind;
use crate::store::Store;

use super::{MINUTE, add_users, at, hash, id, link, write, write_at};

contract![one_process_at_a_time_takes_a_mail,];

fn mail(n: u128, user: Option<UserId>) -> QueuedMail {
    QueuedMail {
        id: MailId(Uuid::from_u128(n)),
        user_id: user,
        notice: Notice::PasswordChanged,
        address: None,
        old_address: None,
        new_address: None,
        provider: None,
        created_at: at(0),
        attempts: 0,
        next_attempt_at: at(0),
        last_error: None,
        link: None,
    }
}

fn one_process_at_a_time_takes_a_mail(store: &Store) {
    add_users(store, 1..=1);
    write(store, |tx| tx.add_mail(&mail(1, Some(id(1)))));
    // Of those for nobody the newest alone is kept.
    write(store, |tx| tx.add_mail(&mail(2, None)));
    write(store, |tx| tx.add_mail(&mail(3, None)));
    let take = |seconds| {
        let taken = write_at(store, seconds, |tx| tx.lease_mail(5 * MINUTE)).unwrap();
        taken.map(|mail| mail.id.0.as_u128())
    };
    assert_eq!((take(0), take(0), take(0)), (Some(1), Some(3), None));
    assert!(write(store, |tx| tx.remove_mail(MailId(Uuid::from_u128(3)))));
    assert_eq!((take(299), take(300)), (None, Some(1)));
    let first = MailId(Uuid::from_u128(1));
    write(store, |tx| tx.put_mail_off(first, None, at(1000), "no answer"));
    let waiting = store.read(at(0), |view| view.list_mail()).unwrap();
    assert_eq!((waiting.len(), waiting[0].attempts), (1, 1));
    assert_eq!(waiting[0].last_error.as_deref(), Some("no answer"));
    assert_eq!((take(999), take(1000)), (None, Some(1)));
    // Taken and put off while the clock was a month ahead.
    let month = 30 * 24 * 3600;
    assert_eq!(take(month), Some(1));
    assert_eq!(take(1000), Some(1));
    write(store, |tx| tx.put_mail_off(first, None, at(month), "no answer"));
    assert_eq!(take(1000), Some(1));
    // Who has another link than the mail has lost it to another process.
    let link = ResetId(Uuid::from_u128(7));
    write(store, |tx| {
        tx.add_reset(&self::link(7, id(1), ResetKind::Request), &hash(1))
    });
    write(store, |tx| tx.set_mail_reset(first, link));
    assert!(!write(store, |tx| tx.remove_tried_mail(first, None)));
    assert!(write(store, |tx| tx.remove_tried_mail(first, Some(link))));
    assert!(!write(store, |tx| tx.remove_mail(first)));
}
