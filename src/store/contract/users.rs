//! Users: found, listed, filtered and removed.

use std::ops::ControlFlow;

use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::reset::ResetKind;
use crate::domain::throttle::{Failures, ThrottlePolicy};
use crate::domain::user::{Status, User, UserRef};
use crate::store::{Read, SortField, Store, StoreError, UserFilter, UserOrder};

use super::{MINUTE, add_users, at, find, hash, id, link, listed, session, user, write};

contract![
    a_user_is_found_by_id_and_by_any_spelling_of_the_address,
    an_address_and_an_id_belong_to_one_user,
    users_are_listed_in_every_order_and_from_a_cursor,
    users_are_filtered,
    the_rule_says_which_users_are_locked,
    what_belongs_to_a_user_is_removed_with_the_user,
];

fn a_user_is_found_by_id_and_by_any_spelling_of_the_address(store: &Store) {
    add_users(store, 1..=2);
    let found = find(store, 1).unwrap();
    assert_eq!(found.clone().at(at(0), &ThrottlePolicy::default()), user(1));
    let by = |reference: &UserRef| store.read(at(0), |view| view.find_user(reference)).unwrap();
    assert_eq!(by(&UserRef::Id(id(1))), Some(found.clone()));
    for spelling in ["User1@Example.com", "user1@EXAMPLE.com", "ｕser1@example.com"] {
        let email: EmailAddress = spelling.parse().unwrap();
        assert_eq!(by(&UserRef::Email(email)), Some(found.clone()), "{spelling}");
    }
    assert_eq!(find(store, 3), None);
    let changed = User {
        email: "other@example.com".parse().unwrap(),
        first_name: "Ada".parse().unwrap(),
        status: Status::Deactivated,
        updated_at: at(9),
        ..user(1)
    };
    write(store, |tx| tx.set_user(&changed));
    write(store, |tx| tx.set_last_login_at(id(1), at(7)));
    let found = find(store, 1).unwrap().at(at(0), &ThrottlePolicy::default());
    let expected = User {
        last_login_at: Some(at(7)),
        ..changed
    };
    assert_eq!(found, expected);
    let start = store
        .read(at(0), |view| view.emails_starting_with("oth", 10))
        .unwrap();
    assert_eq!(start, ["other@example.com"]);
}

fn an_address_and_an_id_belong_to_one_user(store: &Store) {
    add_users(store, 1..=1);
    let same_email = User {
        id: id(2),
        email: "USER1@example.COM".parse().unwrap(),
        ..user(2)
    };
    assert!(!write(store, |tx| tx.add_user(&same_email)));
    let same_id = User { id: id(1), ..user(2) };
    assert!(!write(store, |tx| tx.add_user(&same_id)));
    assert_eq!(listed(store, &UserFilter::default()), [1]);
}

fn users_are_listed_in_every_order_and_from_a_cursor(store: &Store) {
    for (n, first, last_login) in [
        (1, "c", Some(3)),
        (2, "a", None),
        (3, "b", Some(1)),
        (4, "a", Some(2)),
    ] {
        let user = User {
            first_name: first.parse().unwrap(),
            last_login_at: last_login.map(at),
            ..user(n)
        };
        assert!(write(store, |tx| tx.add_user(&user)));
    }
    let in_order = |by, descending, after: Option<u128>| {
        let filter = UserFilter {
            order: UserOrder { by, descending },
            after: after.map(id),
            ..UserFilter::default()
        };
        listed(store, &filter)
    };
    assert_eq!(in_order(SortField::Id, false, None), [1, 2, 3, 4]);
    assert_eq!(in_order(SortField::Id, true, Some(3)), [2, 1]);
    assert_eq!(in_order(SortField::FirstName, false, None), [2, 4, 3, 1]);
    assert_eq!(in_order(SortField::FirstName, false, Some(2)), [4, 3, 1]);
    assert_eq!(in_order(SortField::LastLoginAt, true, None), [1, 4, 3, 2]);
    assert_eq!(in_order(SortField::LastLoginAt, true, Some(3)), [2]);
    // Byte order, as every engine has it.
    assert_eq!(in_order(SortField::Email, false, None), [1, 2, 3, 4]);
}

fn users_are_filtered(store: &Store) {
    add_users(store, 1..=4);
    let group: GroupName = "support".parse().unwrap();
    write(store, |tx| tx.add_group(&group, at(0)));
    write(store, |tx| tx.add_member(&group, id(2)));
    let hash = PasswordHash::from_stored("$argon2id$…".to_owned());
    write(store, |tx| {
        tx.set_credential(id(3), &Credential::set(hash.clone(), true))
    });
    for (n, status) in [(1, Status::Pending), (4, Status::Deleted)] {
        write(store, |tx| tx.set_user(&User { status, ..user(n) }));
    }
    write(store, |tx| tx.set_last_login_at(id(2), at(50)));
    let all = || UserFilter {
        statuses: Status::ALL.to_vec(),
        ..UserFilter::default()
    };
    assert_eq!(listed(store, &UserFilter::default()), [1, 2, 3]);
    assert_eq!(listed(store, &all()), [1, 2, 3, 4]);
    let statuses = vec![Status::Pending, Status::Deleted];
    assert_eq!(listed(store, &UserFilter { statuses, ..all() }), [1, 4]);
    let in_group = UserFilter {
        group: Some("SUPPORT".parse().unwrap()),
        ..all()
    };
    assert_eq!(listed(store, &in_group), [2]);
    let password = Some(PasswordState::Set);
    assert_eq!(listed(store, &UserFilter { password, ..all() }), [3]);
    let never_logged_in = true;
    assert_eq!(
        listed(
            store,
            &UserFilter {
                never_logged_in,
                ..all()
            }
        ),
        [1, 3, 4]
    );
    let inactive_since = Some(at(10));
    assert_eq!(
        listed(
            store,
            &UserFilter {
                inactive_since,
                ..all()
            }
        ),
        [1, 3, 4]
    );
    let created_since = Some(at(1));
    assert_eq!(
        listed(
            store,
            &UserFilter {
                created_since,
                ..all()
            }
        ),
        [0_u128; 0]
    );
    let found = find(store, 3).unwrap();
    assert_eq!(
        (found.password_state, found.must_change_password),
        (PasswordState::Set, true)
    );
    assert_eq!(find(store, 2).unwrap().groups, [group]);
}

fn the_rule_says_which_users_are_locked(store: &Store) {
    let throttle = ThrottlePolicy::default();
    let counts = [0, 1, 5, 6, 10, 99, 100];
    add_users(store, 1..=7);
    for (n, count) in (1..).zip(counts) {
        for _ in 0..count {
            write(store, |tx| tx.add_failure(id(n), at(1000)));
        }
    }
    for seconds in [0, 930, 1000, 1029, 1030, 1059, 1060, 1899, 1900, 10_000] {
        let locked = throttle.locked_at(at(seconds));
        let expected: Vec<u128> = (1..)
            .zip(counts)
            .filter(|(_, count)| {
                let last_at = at(1000);
                locked.holds(Failures {
                    count: *count,
                    last_at,
                })
            })
            .map(|(n, _)| n)
            .collect();
        let mut found = Vec::new();
        let filter = UserFilter {
            locked: true,
            ..UserFilter::default()
        };
        let list = |view: &dyn Read| {
            view.each_user(&filter, Some(&locked), &mut |user| {
                found.push(user.id.0.as_u128());
                ControlFlow::Continue(())
            })?;
            view.count_users(&filter, Some(&locked))
        };
        let count = store.read(at(seconds), list).unwrap();
        assert_eq!(
            (found, count),
            (expected.clone(), expected.len() as u64),
            "{seconds} s"
        );
    }
    assert!(write(store, |tx| tx.remove_failures(id(7))));
    assert!(!write(store, |tx| tx.remove_failures(id(7))));
    assert_eq!(find(store, 7).unwrap().failures, None);
}

fn what_belongs_to_a_user_is_removed_with_the_user(store: &Store) {
    add_users(store, 1..=1);
    write(store, |tx| tx.add_session(&session(1, id(1)), &hash(1)));
    write(store, |tx| {
        tx.add_reset(&link(1, id(1), ResetKind::Operator), &hash(2))
    });
    write(store, |tx| tx.add_failure(id(1), at(0)));
    write(store, |tx| tx.count_refused_try(id(1), at(0), MINUTE));
    write(store, |tx| tx.remove_user(id(1)));
    let left = store.read(at(0), |view| {
        Ok::<_, StoreError>((
            view.find_session_by_token(&hash(1))?,
            view.find_reset_by_token(&hash(2))?,
            view.failures(id(1))?,
            view.find_user_by_id(id(1))?,
        ))
    });
    assert_eq!(left.unwrap(), (None, None, None, None));
}
