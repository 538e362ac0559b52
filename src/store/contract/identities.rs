//! Identities and refused sign-ins.

use uuid::Uuid;

use crate::domain::clock::later;
use crate::domain::identity::{Identity, IdentityBond, RefusedLogin};
use crate::domain::ids::AttemptId;
use crate::store::Store;

use super::{DAY, add_users, at, id, write, write_at};

contract![
    an_identity_belongs_to_one_user,
    a_refused_login_is_kept_until_it_is_linked_or_old,
];

fn bond(subject: &str) -> IdentityBond {
    IdentityBond {
        provider: "okta".to_owned(),
        issuer: "https://id.example.com".to_owned(),
        subject: subject.to_owned(),
    }
}

fn an_identity_belongs_to_one_user(store: &Store) {
    add_users(store, 1..=2);
    let identity = |n, subject: &str| Identity {
        user_id: id(n),
        bond: bond(subject),
        linked_at: at(1),
        last_login_at: None,
    };
    assert!(write(store, |tx| tx.add_identity(&identity(1, "a"))));
    assert!(
        !write(store, |tx| tx.add_identity(&identity(2, "a"))),
        "the subject is taken"
    );
    assert!(
        !write(store, |tx| tx.add_identity(&identity(1, "b"))),
        "one of an issuer"
    );
    let issuer = &bond("a").issuer;
    write_at(store, 5, |tx| tx.set_identity_last_login_at(issuer, "a")).unwrap();
    let found = store.read(at(0), |view| view.list_identities(None)).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].user_id, found[0].last_login_at), (id(1), Some(at(5))));
    let who = |subject| {
        store
            .read(at(0), |view| view.find_user_id_by_identity(issuer, subject))
            .unwrap()
    };
    assert_eq!((who("a"), who("A")), (Some(id(1)), None));
    assert!(write(store, |tx| tx.remove_identity(id(1), issuer)));
    assert!(!write(store, |tx| tx.remove_identity(id(1), issuer)));
}

fn a_refused_login_is_kept_until_it_is_linked_or_old(store: &Store) {
    add_users(store, 1..=1);
    let attempt = |n| AttemptId(Uuid::from_u128(n));
    let refused = |n, subject: &str| RefusedLogin {
        id: attempt(n),
        bond: bond(subject),
        user_id: Some(id(1)),
        refused_at: at(0),
    };
    write(store, |tx| tx.add_refused_login(&refused(1, "a")));
    write(store, |tx| tx.add_refused_login(&refused(2, "a")));
    let find = |n, days: u32| {
        let now = later(at(0), days * DAY);
        store
            .read(now, |view| view.find_refused_login(attempt(n)))
            .unwrap()
            .is_some()
    };
    assert!(!find(1, 0), "the later attempt takes its place");
    assert!(find(2, 0) && find(2, 30) && !find(2, 31));
    write(store, |tx| tx.remove_refused_login(&bond("a").issuer, "a"));
    assert!(!find(2, 0));
}
