//! Reads and writes at the same time.

use std::ops::ControlFlow;
use std::sync::Mutex;

use uuid::Uuid;

use crate::domain::audit::{Action, Actor, Event, Outcome, Target};
use crate::domain::ids::{ResetId, SessionId};
use crate::store::{Busy, Keeping, Store, StoreError, UserFilter, WriteMode};

use super::{add_users, at, find, id, listed, user, write, write_at};

contract![
    a_write_that_fails_or_is_rolled_back_leaves_nothing,
    a_change_of_a_missing_row_is_an_error,
    a_read_sees_one_moment_and_can_hold_a_write,
    a_write_that_gives_up_does_not_wait,
    writes_of_many_threads_lose_nothing,
    moments_are_in_the_order_of_the_writes,
];

fn a_write_that_fails_or_is_rolled_back_leaves_nothing(store: &Store) {
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

fn a_change_of_a_missing_row_is_an_error(store: &Store) {
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
