//! The number of users for each cost of a hash.

use std::time::Duration;

use crate::domain::floor::{HashCost, HashUse, Slow};
use crate::domain::password::{Credential, PasswordHash};
use crate::store::Store;

use super::{add_users, at, id, write};

contract![hashes_are_counted_by_cost,];

fn hashes_are_counted_by_cost(store: &Store) {
    let (cheap, dear) = (HashCost::new("bcrypt 4"), HashCost::new("bcrypt 15"));
    let list = || store.read(at(0), |view| view.list_hash_uses()).unwrap().unwrap();
    let found = |cost: &HashCost, users, seconds: Option<u64>| HashUse {
        cost: cost.clone(),
        users,
        time: seconds.map(Duration::from_secs),
        slow: None,
    };
    assert_eq!(list(), []);
    write(store, |tx| tx.add_hash_users(&cheap, 2));
    write(store, |tx| tx.add_hash_users(&dear, 1));
    let second = Duration::from_secs(1);
    write(store, |tx| tx.set_hash_time(&dear, second));
    write(store, |tx| tx.set_hash_time(&dear, second * 3));
    assert_eq!(list(), [found(&dear, 1, Some(3)), found(&cheap, 2, None)]);
    write(store, |tx| tx.add_hash_users(&cheap, -1));
    write(store, |tx| tx.add_hash_users(&dear, -1));
    assert_eq!(list(), [found(&cheap, 1, None)]);
    write(store, |tx| tx.set_hash_time(&dear, second));
    assert_eq!(list(), [found(&dear, 0, Some(1)), found(&cheap, 1, None)]);
    let slow = Slow {
        time: second * 9,
        at: at(7),
    };
    write(store, |tx| tx.set_hash_slow(&cheap, slow));
    assert_eq!(list()[1].slow, Some(slow));
    write(store, |tx| tx.set_hash_users(&[(dear.clone(), 7)]));
    assert_eq!(list(), [found(&dear, 7, None)]);

    add_users(store, 1..=3);
    let hash = PasswordHash::from_stored("$2b$04$…".to_owned());
    write(store, |tx| {
        tx.set_credential(id(2), &Credential::set(hash.clone(), false))
    });
    let mut hashes = Vec::new();
    let each = store.read(at(0), |view| view.each_hash(&mut |hash| hashes.push(hash)));
    each.unwrap();
    assert_eq!(hashes, [hash]);
}
