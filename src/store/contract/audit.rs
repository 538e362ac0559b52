//! The audit record.

use std::ops::ControlFlow;

use uuid::Uuid;

use crate::domain::audit::{Action, Actor, ChainCheck, Event, Outcome, Target};
use crate::store::{ActorFilter, EventFilter, Read, Store, StoreError};

use super::{at, id, write_at};

contract![
    events_come_in_the_order_of_the_record_and_each_filter_selects,
    the_chain_goes_on_over_transactions,
];

fn event(number: u32, actor: Actor, action: Action, target: Target) -> Event {
    Event {
        id: Uuid::from_u128(u128::from(number)),
        at: at(number.into()),
        actor,
        action,
        target,
        fields: Vec::new(),
        client: None,
        outcome: if action == Action::Denied {
            Outcome::Failure
        } else {
            Outcome::Success
        },
        reason: None,
    }
}

/// Four events in two transactions.
fn fill(store: &Store) {
    let os = Actor::Os {
        name: Some("ada".to_owned()),
        uid: 1000,
        claimed: None,
    };
    let user = || Target::User(id(1));
    let first = [
        event(1, os, Action::UserCreated, user()),
        event(2, Actor::User(id(1)), Action::PasswordChanged, user()),
    ];
    let second = [
        event(3, Actor::Visitor, Action::Denied, Target::Unknown),
        event(4, Actor::Service("shop".to_owned()), Action::SignIn, user()),
    ];
    for events in [&first[..], &second] {
        write_at(store, 0, |tx| {
            events.iter().try_for_each(|event| tx.add_event(event))
        })
        .unwrap();
    }
}

fn selected(store: &Store, change: impl FnOnce(&mut EventFilter)) -> Vec<i64> {
    let mut filter = EventFilter::default();
    change(&mut filter);
    let mut numbers = Vec::new();
    let read = |view: &dyn Read| {
        view.each_event(&filter, &mut |event| {
            numbers.push(event.number);
            ControlFlow::Continue(())
        })
    };
    store.read(at(0), read).unwrap();
    numbers
}

fn events_come_in_the_order_of_the_record_and_each_filter_selects(store: &Store) {
    fill(store);
    let none: &[i64] = &[];
    assert_eq!(selected(store, |_| ()), [1, 2, 3, 4]);
    assert_eq!(selected(store, |filter| filter.after = Some(2)), [3, 4]);
    assert_eq!(selected(store, |filter| filter.since = Some(at(2))), [2, 3, 4]);
    assert_eq!(selected(store, |filter| filter.until = Some(at(2))), [1]);
    assert_eq!(selected(store, |filter| filter.user = Some(id(1))), [1, 2, 4]);
    assert_eq!(selected(store, |filter| filter.user = Some(id(2))), none);
    assert_eq!(
        selected(store, |filter| filter.outcome = Some(Outcome::Failure)),
        [3]
    );
    assert_eq!(selected(store, |filter| filter.newest = Some(2)), [3, 4]);
    assert_eq!(selected(store, |filter| filter.newest = Some(0)), none);
    let by = |actor| selected(store, |filter| filter.actor = Some(actor));
    assert_eq!(by(ActorFilter::User(id(1))), [2]);
    assert_eq!(by(ActorFilter::Named("ada".to_owned())), [1]);
    assert_eq!(by(ActorFilter::Named("shop".to_owned())), [4]);
    assert_eq!(by(ActorFilter::Visitors), [3]);
    let words = |words: &[Action]| words.iter().map(|action| action.as_str().to_owned()).collect();
    let of = |actions: &[Action]| selected(store, |filter| filter.actions = words(actions));
    assert_eq!(of(&[Action::SignIn, Action::UserCreated]), [1, 4]);
    assert_eq!(
        selected(store, |filter| {
            filter.user = Some(id(1));
            filter.newest = Some(2);
            filter.after = Some(1);
        }),
        [2, 4]
    );
}

fn the_chain_goes_on_over_transactions(store: &Store) {
    fill(store);
    let mut check = ChainCheck::new(None);
    let read = |view: &dyn Read| {
        view.each_event(&EventFilter::default(), &mut |event| check.see(&event))?;
        let newest = view.newest_event()?.unwrap();
        assert_eq!((newest.number, newest.hash), (4, check.head()));
        assert_eq!(view.event_number(newest.id)?, Some(4));
        assert_eq!(view.event_number(Uuid::nil())?, None);
        Ok::<_, StoreError>(())
    };
    store.read(at(0), read).unwrap();
    assert_eq!((check.events(), check.broken()), (4, None));
}
