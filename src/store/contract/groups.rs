//! Groups and their members.

use crate::domain::group::GroupName;
use crate::domain::user::{Status, User};
use crate::store::Store;

use super::{add_users, at, find, id, user, write};

contract![groups_have_members, the_last_administrator_is_counted,];

fn groups_have_members(store: &Store) {
    add_users(store, 1..=3);
    let group: GroupName = "support".parse().unwrap();
    assert!(write(store, |tx| tx.add_group(&group, at(0))));
    assert!(!write(store, |tx| tx.add_group(&"Support".parse().unwrap(), at(0))));
    assert!(write(store, |tx| tx.add_member(&group, id(1))));
    assert!(!write(store, |tx| tx.add_member(&group, id(1))));
    assert!(write(store, |tx| tx.add_member(&group, id(2))));
    let deleted = User {
        status: Status::Deleted,
        ..user(2)
    };
    write(store, |tx| tx.set_user(&deleted));
    let found = store
        .read(at(0), |view| view.find_group(&"SUPPORT".parse().unwrap()))
        .unwrap()
        .unwrap();
    assert_eq!((found.name.as_str(), found.members), ("support", 2));
    assert_eq!(store.read(at(0), |view| view.count_members(&group)).unwrap(), 2);
    let new: GroupName = "helpdesk".parse().unwrap();
    write(store, |tx| tx.set_group_name(&group, &new));
    assert_eq!(
        store.read(at(0), |view| view.find_group_name(&group)).unwrap(),
        None
    );
    assert_eq!(find(store, 1).unwrap().groups, std::slice::from_ref(&new));
    assert!(write(store, |tx| tx.remove_member(&new, id(1))));
    assert!(!write(store, |tx| tx.remove_member(&new, id(1))));
    write(store, |tx| tx.remove_group(&new));
    assert!(store.read(at(0), |view| view.list_groups()).unwrap().is_empty());
}

fn the_last_administrator_is_counted(store: &Store) {
    add_users(store, 1..=3);
    let administrators = GroupName::administrators();
    write(store, |tx| tx.add_group(&administrators, at(0)));
    for n in 1..=3 {
        write(store, |tx| tx.add_member(&administrators, id(n)));
    }
    let pending = User {
        status: Status::Pending,
        ..user(3)
    };
    write(store, |tx| tx.set_user(&pending));
    let besides = |n| {
        store
            .read(at(0), |view| view.count_active_administrators(id(n)))
            .unwrap()
    };
    assert_eq!((besides(1), besides(3)), (1, 2));
}
