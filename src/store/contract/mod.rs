//! What every engine must do. Each test gets an empty store of the engine under test.

/// Runs each of the tests with each engine.
macro_rules! contract {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $test() {
                super::$test(&crate::store::contract::sqlite().store);
            })*
        }
    };
}

mod audit;
mod expired;
mod groups;
mod hash_costs;
mod identities;
mod keys;
mod mail_queue;
mod resets;
mod sessions;
mod strangers;
mod transactions;
mod users;

use std::ops::ControlFlow;
use std::time::Duration;

use uuid::Uuid;

use crate::domain::clock::{Timestamp, later};
use crate::domain::ids::{ResetId, SessionId, UserId};
use crate::domain::password::PasswordState;
use crate::domain::reset::{ResetKind, ResetLink};
use crate::domain::session::{Session, SessionPolicy};
use crate::domain::throttle::LockKind;
use crate::domain::token::TokenHash;
use crate::domain::user::{Locale, Name, Status, StoredUser, User};
use crate::store::{Store, StoreError, UserFilter, Write, WriteMode};

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// An empty store, and the folder it is in.
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
