//! The audit record: to list it, to check it, and to keep its newest link elsewhere.

use std::collections::HashMap;
use std::ops::ControlFlow;

use uuid::Uuid;

use super::acting::{Acting, Gate};
use super::read_transaction::ReadTransaction;
use super::{Error, lookup};
use crate::domain::audit::{AuditEvent, BrokenLink, CHAIN_START, ChainCheck, ChainHash, Outcome};
use crate::domain::clock::Timestamp;
use crate::domain::email::EmailAddress;
use crate::domain::ids::UserId;
use crate::domain::user::UserRef;
use crate::store::{ActorFilter, EventFilter};

/// The number of addresses that a listing remembers.
const REMEMBERED: usize = 10_000;

/// The audit record of a back office.
pub struct AuditRecord<'o> {
    pub(super) office: Acting<'o>,
}

/// Which events to list. The default is every event.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct EventListing {
    /// Events at this time or later.
    pub since: Option<Timestamp>,
    /// Events before this time.
    pub until: Option<Timestamp>,
    /// Events about this user. A purged user is named by the id.
    pub user: Option<UserRef>,
    /// Events that were caused by this actor.
    pub actor: Option<EventCause>,
    /// Events of one of these actions, if the list is not empty.
    pub actions: Vec<String>,
    /// Events with this outcome.
    pub outcome: Option<Outcome>,
    /// Only the newest events of these, at most this number.
    pub limit: Option<u64>,
    /// Events after the event with this id.
    pub after: Option<Uuid>,
    /// Whether to look up the addresses of the users.
    pub with_addresses: bool,
}

/// The actor of the events that are listed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum EventCause {
    /// A user. A purged user is named by the id.
    User(UserRef),
    /// The operating-system user or the service of this name.
    Named(String),
    /// The visitors of public pages.
    Visitors,
}

/// An event, and the addresses of the users in it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ListedEvent {
    /// The event.
    pub event: AuditEvent,
    /// The address of the user who caused it, if it was looked up and the user still exists.
    pub actor_email: Option<EmailAddress>,
    /// The address of the user it is about, if it was looked up and the user still exists.
    pub target_email: Option<EmailAddress>,
}

/// The newest link of the record.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AuditHead {
    /// The link.
    pub hash: ChainHash,
    /// The event with this link. An empty record has none.
    pub event: Option<AuditEvent>,
}

/// What a check of the record found.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RecordChecked {
    /// The number of events up to the end, or to the first fault.
    pub events: u64,
    /// The newest link that was reached.
    pub head: ChainHash,
    /// The first fault of the chain.
    pub broken: Option<BrokenLink>,
    /// Whether the record holds the link that was kept elsewhere. `true` if none was given.
    pub goes_on_from_kept: bool,
}

impl<'o> Acting<'o> {
    /// The audit record.
    #[must_use]
    pub fn audit(self) -> AuditRecord<'o> {
        AuditRecord { office: self }
    }
}

impl AuditRecord<'_> {
    /// The events of the listing, in the order of the record.
    ///
    /// # Errors
    /// As [`for_each`](Self::for_each).
    pub fn list(&self, listing: &EventListing) -> Result<Vec<ListedEvent>, Error> {
        let mut events = Vec::new();
        self.for_each(listing, |event| {
            events.push(event);
            Ok::<_, Error>(ControlFlow::Continue(()))
        })?;
        Ok(events)
    }

    /// Calls `each` with each event of the listing, until it breaks. The memory does not grow with
    /// the number of events. Returns the id of the newest event of the record at that moment: a later
    /// listing goes on after it.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::EventNotFound`]; what `each` returns; [`Error::Store`] if the
    /// store can't be read.
    pub fn for_each<E: From<Error>>(
        &self,
        listing: &EventListing,
        mut each: impl FnMut(ListedEvent) -> Result<ControlFlow<()>, E>,
    ) -> Result<Option<Uuid>, E> {
        let mut refused = None;
        let newest = self.office.read(Gate::Administer, |view| {
            let mut addresses = Addresses::new(view, listing.with_addresses);
            let mut failed = None;
            view.each_event(&filter(view, listing)?, &mut |event| {
                let listed = addresses.of(event).map_err(|error| failed = Some(error));
                let flow = listed.and_then(|event| each(event).map_err(|error| refused = Some(error)));
                flow.unwrap_or(ControlFlow::Break(()))
            })?;
            let newest = view.newest_event()?.map(|event| event.id);
            failed.map_or(Ok(newest), Err)
        })?;
        refused.map_or(Ok(newest), Err)
    }

    /// The newest link. Keep it where nobody who can write the store can change it: a later
    /// [`check`](Self::check) then shows whether the end of the record was removed or rewritten.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn head(&self) -> Result<AuditHead, Error> {
        self.office.read(Gate::Administer, |view| {
            let event = view.newest_event()?;
            let hash = event.as_ref().map_or(CHAIN_START, |event| event.hash);
            Ok(AuditHead { hash, event })
        })
    }

    /// Walks along the chain from the first event to the last one, or to the first fault. `kept` is a
    /// link that was kept elsewhere. The memory does not grow with the number of events.
    ///
    /// # Errors
    /// [`Error::Store`] if the store can't be read.
    pub fn check(&self, kept: Option<ChainHash>) -> Result<RecordChecked, Error> {
        self.office.read(Gate::Administer, |view| {
            let mut check = ChainCheck::new(kept);
            view.each_event(&EventFilter::default(), &mut |event| check.see(&event))?;
            Ok(RecordChecked {
                events: check.events(),
                head: check.head(),
                broken: check.broken().cloned(),
                goes_on_from_kept: check.has_wanted(),
            })
        })
    }
}

fn filter(view: &ReadTransaction<'_>, listing: &EventListing) -> Result<EventFilter, Error> {
    let after = listing.after.map(|id| {
        let number = view.event_number(id)?;
        number.ok_or_else(|| Error::EventNotFound(id.to_string()))
    });
    let actor = match &listing.actor {
        None => None,
        Some(EventCause::User(who)) => Some(ActorFilter::User(user_id(view, who)?)),
        Some(EventCause::Named(name)) => Some(ActorFilter::Named(name.clone())),
        Some(EventCause::Visitors) => Some(ActorFilter::Visitors),
    };
    Ok(EventFilter {
        after: after.transpose()?,
        since: listing.since,
        until: listing.until,
        user: listing.user.as_ref().map(|who| user_id(view, who)).transpose()?,
        actor,
        actions: listing.actions.clone(),
        outcome: listing.outcome,
        newest: listing.limit,
    })
}

/// The id of a user. An id is taken as it is: the user may be purged.
fn user_id(view: &ReadTransaction<'_>, who: &UserRef) -> Result<UserId, Error> {
    match who {
        UserRef::Id(id) => Ok(*id),
        UserRef::Email(_) => Ok(lookup::get_user(view, who)?.id),
    }
}

/// The addresses of users, each looked up once.
struct Addresses<'v, 'a> {
    view: &'v ReadTransaction<'a>,
    is_wanted: bool,
    known: HashMap<UserId, Option<EmailAddress>>,
}

impl<'v, 'a> Addresses<'v, 'a> {
    fn new(view: &'v ReadTransaction<'a>, is_wanted: bool) -> Self {
        Self {
            view,
            is_wanted,
            known: HashMap::new(),
        }
    }

    fn of(&mut self, event: AuditEvent) -> Result<ListedEvent, Error> {
        let actor = event.actor.name.as_deref().filter(|_| event.actor.kind == "user");
        Ok(ListedEvent {
            actor_email: self.address(actor)?,
            target_email: self.address(event.target.as_deref())?,
            event,
        })
    }

    fn address(&mut self, id: Option<&str>) -> Result<Option<EmailAddress>, Error> {
        let id = id.filter(|_| self.is_wanted);
        let Some(id) = id.and_then(|id| Uuid::try_parse(id).ok()).map(UserId) else {
            return Ok(None);
        };
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let email = self.view.find_user_by_id(id)?.map(|user| user.email);
        if self.known.len() == REMEMBERED {
            self.known.clear();
        }
        self.known.insert(id, email.clone());
        Ok(email)
    }
}

#[cfg(test)]
mod tests;
