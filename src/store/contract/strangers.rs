//! Tries for addresses that no user has.

use crate::store::Store;

use super::{MINUTE, add_users, at, id, write_at};

contract![tries_are_reported_once_in_an_interval,];

fn tries_are_reported_once_in_an_interval(store: &Store) {
    add_users(store, 1..=1);
    let told = |seconds| {
        write_at(store, seconds, |tx| {
            Ok((
                tx.count_unknown_sign_in(at(seconds), MINUTE)?,
                tx.count_unknown_request(at(seconds), MINUTE)?,
                tx.count_failed_provider(at(seconds), MINUTE)?,
                tx.count_refused_try(id(1), at(seconds), MINUTE)?,
            ))
        })
        .unwrap()
    };
    let each = |count| (count, count, count, count);
    assert_eq!(told(0), each(Some(1)));
    assert_eq!(told(30), each(None));
    assert_eq!(told(59), each(None));
    assert_eq!(told(60), each(Some(3)));
    assert_eq!(told(0), each(Some(1)), "the clock was ahead before");
}
