//! What every engine must do. Each test gets an empty store of the engine under test.

use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::Duration;

use uuid::Uuid;

use super::{Busy, Keeping, SortField, Store, StoreError, UserFilter, UserOrder, Write, WriteMode};
use crate::domain::audit::{Action, Actor, Event, Outcome, Target};
use crate::domain::clock::{Timestamp, later};
use crate::domain::email::EmailAddress;
use crate::domain::floor::{HashCost, HashUse, Slow};
use crate::domain::group::GroupName;
use crate::domain::identity::{Identity, IdentityBond, RefusedLogin};
use crate::domain::ids::{AttemptId, MailId, ResetId, SessionId, UserId};
use crate::domain::keys::{KeyName, StoreId, StoreKey};
use crate::domain::mail::{Notice, QueuedMail};
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::reset::{ResetEnd, ResetKind, ResetLink};
use crate::domain::session::{Session, SessionPolicy};
use crate::domain::third_party::StateHash;
use crate::domain::throttle::{Failures, LockKind, ThrottlePolicy};
use crate::domain::token::TokenHash;
use crate::domain::user::{Locale, Name, Status, StoredUser, User, UserRef};

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// An empty store, and whatever it stands in.
struct Fresh {
    store: Store,
    _folder: tempfile::TempDir,
}

fn sqlite() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    let made = Store::open_or_create::<StoreError>(&path, Duration::from_secs(30), at(0), |_| Ok(()));
    Fresh {
        store: made.unwrap().0,
        _folder: folder,
    }
}

/// Runs each of the tests with each of the engines.
macro_rules! contract {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $test() {
                super::$test(&super::sqlite().store);
            })*
        }
    };
}

contract![
    a_user_is_found_by_id_and_by_any_spelling_of_the_address,
    an_address_and_an_id_are_taken_once,
    users_are_listed_in_every_order_and_from_a_cursor,
    users_are_filtered,
    the_locked_are_those_whom_the_rule_locks,
    a_removed_user_takes_along_what_hangs_on_them,
    hashes_are_counted_by_cost,
    groups_have_members,
    the_last_administrator_is_counted,
    an_identity_belongs_to_one_user,
    a_refused_login_is_kept_until_it_is_linked_or_old,
    a_session_is_found_while_it_is_live,
    a_link_ends_once,
    requests_count_in_their_window,
    a_waiting_mail_is_taken_by_one_at_a_time,
    tries_are_told_once_in_an_interval,
    what_fails_or_is_a_rehearsal_leaves_nothing,
    a_row_that_is_not_there_is_no_success,
    a_read_sees_one_moment_and_can_hold_a_write,
    a_write_that_gives_up_does_not_wait,
    writes_of_many_threads_lose_nothing,
    moments_are_in_the_order_of_the_writes,
    what_ended_goes_and_what_is_ahead_ends,
    a_store_has_one_id_and_keys_by_name,
    a_login_is_completed_once_until_it_is_forgotten,
    completed_logins_are_removed_a_hundred_at_a_time,
];

fn at(seconds: u64) -> Timestamp {
    later(
        Timestamp::from_second(1_800_000_000).unwrap(),
        Duration::from_secs(seconds),
    )
}

fn write_at<T>(
    store: &Store,
    seconds: u64,
    write: impl Fn(&dyn Write) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    store.write(WriteMode::default(), &|| at(seconds), write)
}

fn write<T>(store: &Store, write: impl Fn(&dyn Write) -> Result<T, StoreError>) -> T {
    write_at(store, 0, write).unwrap()
}

fn id(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

fn user(n: u128) -> User {
    User {
        id: id(n),
        email: format!("User{n}@Example.com").parse().unwrap(),
        first_name: Name::default(),
        last_name: Name::default(),
        status: Status::Active,
        locale: Locale::default(),
        groups: Vec::new(),
        password_state: PasswordState::None,
        must_change_password: false,
        identities: Vec::new(),
        lock: LockKind::None,
        locked_until: None,
        last_login_at: None,
        created_at: at(0),
        updated_at: at(0),
    }
}

fn add_users(store: &Store, numbers: std::ops::RangeInclusive<u128>) {
    for n in numbers {
        assert!(write(store, |tx| tx.add_user(&user(n))));
    }
}

fn find(store: &Store, n: u128) -> Option<StoredUser> {
    store.read(at(0), |view| view.find_user_by_id(id(n))).unwrap()
}

/// The numbers of the users that `filter` lets through, in its order.
fn listed(store: &Store, filter: &UserFilter) -> Vec<u128> {
    let mut found = Vec::new();
    let list = |view: &dyn super::Read| {
        view.each_user(filter, None, &mut |user| {
            found.push(user.id.0.as_u128());
            ControlFlow::Continue(())
        })
    };
    store.read(at(0), list).unwrap();
    let counted = store.read(at(0), |view| view.count_users(filter, None));
    if filter.after.is_none() {
        assert_eq!(counted.unwrap(), found.len() as u64);
    }
    found
}

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

fn an_address_and_an_id_are_taken_once(store: &Store) {
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

fn the_locked_are_those_whom_the_rule_locks(store: &Store) {
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
        let list = |view: &dyn super::Read| {
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

fn session(n: u128, user: UserId) -> Session {
    Session::begin(
        SessionId(Uuid::from_u128(n)),
        user,
        at(0),
        None,
        &SessionPolicy::default(),
    )
}

fn link(n: u128, user: UserId, kind: ResetKind) -> ResetLink {
    ResetLink {
        id: ResetId(Uuid::from_u128(n)),
        user_id: user,
        kind,
        created_at: at(0),
        expires_at: at(1800),
        sent_at: None,
        end: None,
    }
}

fn hash(n: u8) -> TokenHash {
    TokenHash([n; 32])
}

fn a_removed_user_takes_along_what_hangs_on_them(store: &Store) {
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
    assert_eq!((found.name.as_str(), found.members), ("support", 1));
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

fn a_waiting_mail_is_taken_by_one_at_a_time(store: &Store) {
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

fn tries_are_told_once_in_an_interval(store: &Store) {
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

fn what_fails_or_is_a_rehearsal_leaves_nothing(store: &Store) {
    let failed = write_at(store, 0, |tx| {
        tx.add_user(&user(1))?;
        Err::<(), _>(StoreError::Busy)
    });
    assert!(matches!(failed, Err(StoreError::Busy)));
    let rehearsal = WriteMode {
        keeping: Keeping::RollBack,
        ..WriteMode::default()
    };
    let rehearsed = store.write(rehearsal, &|| at(0), |tx| {
        tx.add_user(&user(2))?;
        tx.find_user_by_id(id(2))
    });
    assert!(rehearsed.unwrap().is_some());
    assert_eq!(listed(store, &UserFilter::default()), [0_u128; 0]);
}

fn a_row_that_is_not_there_is_no_success(store: &Store) {
    for outcome in [
        write_at(store, 0, |tx| tx.set_user(&user(1))),
        write_at(store, 0, |tx| tx.set_updated_at(id(1), at(0))),
        write_at(store, 0, |tx| tx.set_last_login_at(id(1), at(0))),
        write_at(store, 0, |tx| tx.remove_user(id(1))),
        write_at(store, 0, |tx| tx.remove_session(SessionId(Uuid::nil()))),
        write_at(store, 0, |tx| {
            tx.set_idle_expires_at(SessionId(Uuid::nil()), at(0))
        }),
        write_at(store, 0, |tx| tx.set_reset_sent_at(ResetId(Uuid::nil()), at(0))),
        write_at(store, 0, |tx| tx.set_identity_last_login_at("i", "s")),
    ] {
        assert!(matches!(outcome, Err(StoreError::Broken(_))), "{outcome:?}");
    }
}

fn a_read_sees_one_moment_and_can_hold_a_write(store: &Store) {
    add_users(store, 1..=2);
    store
        .read(at(0), |view| {
            let mut seen = 0;
            view.each_user(&UserFilter::default(), None, &mut |_| {
                seen += 1;
                add_users(store, 9 + seen..=9 + seen);
                ControlFlow::Continue(())
            })?;
            assert_eq!(seen, 2);
            assert!(view.find_user_by_id(id(10))?.is_none());
            assert!(find(store, 10).is_some(), "another read sees what was written");
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

fn a_write_that_gives_up_does_not_wait(store: &Store) {
    let gives_up = WriteMode {
        busy: Busy::GiveUp,
        ..WriteMode::default()
    };
    let inner = || store.write(gives_up, &|| at(0), |tx| tx.add_user(&user(2)));
    write(store, |_| {
        assert!(matches!(inner(), Err(StoreError::Busy)));
        Ok(())
    });
    assert!(inner().unwrap());
}

fn writes_of_many_threads_lose_nothing(store: &Store) {
    std::thread::scope(|scope| {
        for thread in 0..8 {
            scope.spawn(move || {
                for n in 0..25 {
                    add_users(store, thread * 1000 + n..=thread * 1000 + n);
                    assert!(find(store, thread * 1000 + n).is_some());
                }
            });
        }
    });
    assert_eq!(listed(store, &UserFilter::default()).len(), 200);
}

fn moments_are_in_the_order_of_the_writes(store: &Store) {
    let (clock, events) = (Mutex::new(0), Mutex::new(Vec::new()));
    let now = || {
        let mut seconds = clock.lock().unwrap();
        *seconds += 1;
        at(*seconds)
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let event = store.write(WriteMode::default(), &now, |tx| {
                        tx.add_event(&Event {
                            id: Uuid::nil(),
                            at: tx.now(),
                            actor: Actor::User(id(1)),
                            action: Action::UserCreated,
                            target: Target::Store,
                            fields: Vec::new(),
                            client: None,
                            outcome: Outcome::Success,
                            reason: None,
                        })?;
                        events.lock().unwrap().push(tx.now());
                        Ok::<_, StoreError>(())
                    });
                    event.unwrap();
                }
            });
        }
    });
    let events = events.into_inner().unwrap();
    assert!(events.len() == 40 && events.is_sorted(), "{events:?}");
}

fn what_ended_goes_and_what_is_ahead_ends(store: &Store) {
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
