//! The id of a store, its keys, and completed logins.

use crate::domain::keys::{KeyName, StoreId, StoreKey};
use crate::domain::third_party::StateHash;
use crate::store::{Store, StoreError};

use super::{at, write, write_at};

contract![
    a_store_has_one_id_and_keys_by_name,
    a_login_is_completed_once_until_it_is_forgotten,
    completed_logins_are_removed_a_hundred_at_a_time,
];

fn a_store_has_one_id_and_keys_by_name(store: &Store) {
    let name = KeyName::ThirdPartyLogin;
    let key = |id| StoreKey::new(id, [id; 32]);
    let found = || {
        let found = store.read(at(0), |view| {
            Ok::<_, StoreError>((view.store_id()?, view.find_key(name, 7)?, view.newest_key(name)?))
        });
        found.unwrap()
    };
    assert_eq!(found(), (None, None, None));
    assert!(write(store, |tx| tx.add_store_id(StoreId([1; 16]))));
    assert!(!write(store, |tx| tx.add_store_id(StoreId([2; 16]))));
    assert!(write(store, |tx| tx.add_key(name, &key(7))));
    assert!(!write(store, |tx| tx.add_key(name, &StoreKey::new(7, [0; 32]))));
    assert!(write(store, |tx| tx.add_key(name, &key(255))));
    assert_eq!(found(), (Some(StoreId([1; 16])), Some(key(7)), Some(key(255))));
}

fn a_login_is_completed_once_until_it_is_forgotten(store: &Store) {
    let complete = |n: u8| {
        write(store, |tx| {
            tx.add_completed_login(StateHash([n; 32]), at(u64::from(n)))
        })
    };
    let wins = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| complete(10))).collect();
        tries
            .into_iter()
            .map(|one| one.join().unwrap())
            .filter(|won| *won)
            .count()
    });
    assert_eq!(wins, 1);
    assert!(complete(20));
    write_at(store, 10, |tx| tx.remove_expired()).unwrap();
    assert!(!complete(10));
    write_at(store, 11, |tx| tx.remove_expired()).unwrap();
    assert!(complete(10) && !complete(20));
}

/// More rows than one write removes.
fn completed_logins_are_removed_a_hundred_at_a_time(store: &Store) {
    let hash = |n: u8| StateHash([n; 32]);
    write(store, |tx| {
        (0..=100).try_for_each(|n| tx.add_completed_login(hash(n), at(n.into())).map(drop))
    });
    write_at(store, 1000, |tx| tx.remove_expired()).unwrap();
    assert!(write(store, |tx| tx.add_completed_login(hash(99), at(0))));
    assert!(!write(store, |tx| tx.add_completed_login(hash(100), at(0))));
}
