//! The walk along the chain of the audit record.

use std::ops::ControlFlow;

use uuid::Uuid;

use super::{AuditEvent, CHAIN_START, ChainHash};
use crate::domain::clock::Timestamp;

/// The place where the chain is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BrokenLink {
    /// The place in the record at which the fault is seen, from 1.
    pub number: i64,
    /// The event at this place.
    pub id: Uuid,
    /// The time that the event has.
    pub at: Timestamp,
    /// What is wrong.
    pub fault: ChainFault,
}

/// What is wrong at a place of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChainFault {
    /// Events before it were removed.
    Missing,
    /// The event or its place was changed, or an event was put in before it.
    Altered,
}

/// A walk along the chain, from the first event to the last one.
#[derive(Debug, Clone)]
pub struct ChainCheck {
    events: u64,
    number: i64,
    head: ChainHash,
    wanted: Option<ChainHash>,
    has_wanted: bool,
    broken: Option<BrokenLink>,
}

impl ChainCheck {
    /// A walk that also looks for the link `wanted`.
    #[must_use]
    pub fn new(wanted: Option<ChainHash>) -> Self {
        Self {
            events: 0,
            number: 0,
            head: CHAIN_START,
            has_wanted: wanted.is_none_or(|wanted| wanted == CHAIN_START),
            wanted,
            broken: None,
        }
    }

    /// Looks at the next event. Breaks at the first fault.
    pub fn see(&mut self, event: &AuditEvent) -> ControlFlow<()> {
        let fault = if event.number != self.number + 1 {
            Some(ChainFault::Missing)
        } else if event.link_after(&self.head) != event.hash {
            Some(ChainFault::Altered)
        } else {
            None
        };
        if let Some(fault) = fault {
            self.broken = Some(BrokenLink {
                number: event.number,
                id: event.id,
                at: event.at,
                fault,
            });
            return ControlFlow::Break(());
        }
        self.events += 1;
        self.number = event.number;
        self.head = event.hash;
        self.has_wanted |= self.wanted == Some(event.hash);
        ControlFlow::Continue(())
    }

    /// The number of events up to the end, or to the first fault.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The newest link that was reached.
    #[must_use]
    pub fn head(&self) -> ChainHash {
        self.head
    }

    /// The first fault.
    #[must_use]
    pub fn broken(&self) -> Option<&BrokenLink> {
        self.broken.as_ref()
    }

    /// Whether the chain up to here has the link that was looked for.
    #[must_use]
    pub fn has_wanted(&self) -> bool {
        self.has_wanted
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Actor, Event, Outcome, Target};
    use super::*;

    fn record(length: u128) -> Vec<AuditEvent> {
        let mut head = CHAIN_START;
        let mut record = Vec::new();
        for number in 1..=length {
            let event = Event {
                id: Uuid::from_u128(number),
                at: Timestamp::UNIX_EPOCH,
                actor: Actor::Visitor,
                action: Action::SignInFailed,
                target: Target::Unknown,
                fields: vec!["first_name", "last_name"],
                client: None,
                outcome: Outcome::Failure,
                reason: Some(number.to_string()),
            };
            let number = i64::try_from(number).unwrap();
            let recorded = AuditEvent::following(&event, number, &head);
            head = recorded.hash;
            record.push(recorded);
        }
        record
    }

    fn check(record: &[AuditEvent], wanted: Option<ChainHash>) -> ChainCheck {
        let mut check = ChainCheck::new(wanted);
        let _ = record.iter().try_for_each(|event| check.see(event));
        check
    }

    fn fault(record: &[AuditEvent]) -> Option<(i64, ChainFault)> {
        check(record, None).broken().map(|link| (link.number, link.fault))
    }

    #[test]
    fn a_record_that_was_left_alone_is_whole() {
        let record = record(5);
        let seen = check(&record, None);
        assert_eq!((seen.events(), seen.head()), (5, record[4].hash));
        assert_eq!(seen.broken(), None);
    }

    #[test]
    fn each_part_of_an_event_is_covered() {
        type Edit = fn(&mut AuditEvent);
        let edits: [Edit; 12] = [
            |event| event.id = Uuid::from_u128(99),
            |event| event.at = Timestamp::MAX,
            |event| event.actor.kind = "os".to_owned(),
            |event| event.actor.name = Some("visitor".to_owned()),
            |event| event.actor.uid = Some(0),
            |event| event.actor.claimed = Some(String::new()),
            |event| event.action = "authn_login_success".to_owned(),
            |event| event.target = Some("store".to_owned()),
            |event| event.fields = "first_name".to_owned(),
            |event| event.client = Some("192.0.2.1".to_owned()),
            |event| event.outcome = "success".to_owned(),
            |event| event.reason = None,
        ];
        for edit in edits {
            let mut record = record(5);
            edit(&mut record[2]);
            assert_eq!(fault(&record), Some((3, ChainFault::Altered)));
        }
    }

    #[test]
    fn a_removed_a_swapped_and_an_added_event_are_found() {
        let whole = record(5);
        let mut removed = whole.clone();
        removed.remove(2);
        assert_eq!(fault(&removed), Some((4, ChainFault::Missing)));
        for (place, event) in removed.iter_mut().enumerate() {
            event.number = i64::try_from(place).unwrap() + 1;
        }
        assert_eq!(fault(&removed), Some((3, ChainFault::Altered)));

        let mut swapped = whole.clone();
        swapped.swap(1, 2);
        (swapped[1].number, swapped[2].number) = (2, 3);
        assert_eq!(fault(&swapped), Some((2, ChainFault::Altered)));

        let mut added = whole.clone();
        let mut forged = added[4].clone();
        forged.number = 6;
        added.push(forged);
        assert_eq!(fault(&added), Some((6, ChainFault::Altered)));
        assert_eq!(fault(&whole[1..]), Some((2, ChainFault::Missing)));
    }

    #[test]
    fn a_record_whose_end_was_cut_off_lacks_the_link_that_was_kept() {
        let whole = record(5);
        let kept = Some(whole[3].hash);
        assert!(check(&whole, kept).has_wanted());
        assert!(!check(&whole[..3], kept).has_wanted());
        assert!(check(&whole[..3], None).has_wanted());
        assert!(check(&[], Some(CHAIN_START)).has_wanted());
    }
}
