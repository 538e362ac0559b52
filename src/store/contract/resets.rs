//! Reset links and requests for them.

use uuid::Uuid;

use crate::domain::ids::ResetId;
use crate::domain::reset::{ResetEnd, ResetKind};
use crate::store::Store;

use super::{MINUTE, add_users, at, hash, id, link, write, write_at};

contract![a_link_ends_once, requests_count_in_their_window,];

fn a_link_ends_once(store: &Store) {
    add_users(store, 1..=1);
    for n in 1..=3_u8 {
        write(store, |tx| {
            tx.add_reset(&link(n.into(), id(1), ResetKind::Request), &hash(n))
        });
    }
    let end = |n, seconds, how| {
        write_at(store, seconds, |tx| {
            tx.end_reset(ResetId(Uuid::from_u128(n)), how)
        })
        .unwrap()
    };
    assert!(end(1, 0, ResetEnd::Used));
    assert!(!end(1, 0, ResetEnd::Used));
    assert!(!end(2, 1800, ResetEnd::Used), "its time is over");
    let alive = |seconds| {
        store
            .read(at(seconds), |view| {
                view.count_live_resets(id(1), ResetKind::Request)
            })
            .unwrap()
    };
    assert_eq!((alive(0), alive(1800)), (2, 0));
    assert_eq!(write(store, |tx| tx.end_resets_of(id(1), ResetEnd::Revoked)), 2);
    let all = store.read(at(0), |view| view.list_resets(Some(id(1)))).unwrap();
    let ends: Vec<_> = all.iter().map(|link| link.end).collect();
    assert_eq!(
        ends,
        [
            Some(ResetEnd::Used),
            Some(ResetEnd::Revoked),
            Some(ResetEnd::Revoked)
        ]
    );
    write(store, |tx| {
        tx.set_reset_sent_at(ResetId(Uuid::from_u128(3)), at(4))
    });
    let sent = store
        .read(at(0), |view| view.find_reset_by_token(&hash(3)))
        .unwrap()
        .unwrap();
    assert_eq!(sent.sent_at, Some(at(4)));
}

fn requests_count_in_their_window(store: &Store) {
    add_users(store, 1..=1);
    for seconds in [0, 100, 4000] {
        write_at(store, seconds, |tx| tx.add_reset_request(id(1), 60 * MINUTE)).unwrap();
    }
    let recent = |seconds| {
        store
            .read(at(seconds), |view| view.recent_reset_requests(id(1), 60 * MINUTE))
            .unwrap()
    };
    assert_eq!(recent(4000), (1, Some(at(4000))));
    assert_eq!(recent(7600), (0, None));
    assert_eq!(recent(3900), (0, None), "one of the future counts for nothing");
}
