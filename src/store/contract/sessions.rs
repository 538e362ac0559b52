//! Sessions.

use uuid::Uuid;

use crate::domain::ids::SessionId;
use crate::store::Store;

use super::{add_users, at, hash, id, session, write};

contract![a_session_is_found_while_it_is_live,];

fn a_session_is_found_while_it_is_live(store: &Store) {
    add_users(store, 1..=2);
    for n in 1..=3_u8 {
        let owner = id(if n == 3 { 2 } else { 1 });
        write(store, |tx| tx.add_session(&session(n.into(), owner), &hash(n)));
    }
    let live = |n: u8, seconds| {
        store
            .read(at(seconds), |view| view.find_session_by_token(&hash(n)))
            .unwrap()
            .is_some()
    };
    assert!(live(1, 1799) && !live(1, 1800) && !live(9, 0));
    write(store, |tx| {
        tx.set_idle_expires_at(SessionId(Uuid::from_u128(1)), at(3600))
    });
    assert!(live(1, 1800) && !live(2, 1800));
    let count = |seconds, user| {
        store
            .read(at(seconds), |view| view.list_sessions(user))
            .unwrap()
            .len()
    };
    assert_eq!(
        (count(0, None), count(0, Some(id(1))), count(1800, None)),
        (3, 2, 1)
    );
    assert_eq!(write(store, |tx| tx.remove_sessions_of(id(1))), 2);
    assert!(!live(1, 0) && live(3, 0));
    write(store, |tx| tx.remove_session(SessionId(Uuid::from_u128(3))));
    assert_eq!(count(0, None), 0);
}
