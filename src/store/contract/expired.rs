//! What has ended is removed.

use uuid::Uuid;

use crate::domain::ids::{ResetId, SessionId};
use crate::domain::reset::{ResetEnd, ResetKind, ResetLink};
use crate::domain::session::Session;
use crate::store::{Store, StoreError};

use super::{add_users, at, hash, id, link, session, write, write_at};

contract![what_ended_is_removed_and_what_is_from_the_future_ends,];

fn what_ended_is_removed_and_what_is_from_the_future_ends(store: &Store) {
    add_users(store, 1..=1);
    // An id of version 7 begins with the milliseconds of its moment.
    let number = |seconds| u128::from(at(seconds).as_millisecond().unsigned_abs()) << 80;
    let ahead = Session {
        id: SessionId(Uuid::from_u128(number(5000))),
        created_at: at(5000),
        ..session(1, id(1))
    };
    let link_ahead = ResetLink {
        id: ResetId(Uuid::from_u128(number(5000))),
        created_at: at(5000),
        expires_at: at(6800),
        ..link(1, id(1), ResetKind::Operator)
    };
    write(store, |tx| {
        tx.add_session(&session(number(0), id(1)), &hash(1))?;
        tx.add_session(&ahead, &hash(2))?;
        tx.add_reset(&link_ahead, &hash(3))
    });
    write(store, |tx| tx.end_what_is_ahead());
    let left = store.read(at(5000), |view| {
        Ok::<_, StoreError>((
            view.list_sessions(None)?.len(),
            view.find_reset_by_token(&hash(3))?,
        ))
    });
    let (sessions, reset) = left.unwrap();
    assert_eq!((sessions, reset.unwrap().end), (0, Some(ResetEnd::Revoked)));
    let count = || store.read(at(0), |view| view.list_sessions(None)).unwrap().len();
    assert_eq!(count(), 1);
    let month = 30 * 24 * 3600;
    write_at(store, 8 * 3600 + month, |tx| tx.remove_expired()).unwrap();
    assert_eq!(count(), 1);
    write_at(store, 8 * 3600 + month + 1, |tx| tx.remove_expired()).unwrap();
    assert_eq!(count(), 0);
}
