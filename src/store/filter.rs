//! Filters and orders for lists of users and of events. They are the same for each engine.

use crate::domain::audit::Outcome;
use crate::domain::clock::Timestamp;
use crate::domain::group::GroupName;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::user::Status;

/// Selects users. An empty filter selects all users but the deleted ones.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct UserFilter {
    /// Users with one of these statuses. If the list is empty: all users but the deleted ones.
    pub statuses: Vec<Status>,
    /// Users in this group.
    pub group: Option<GroupName>,
    /// Users with an identity at this provider.
    pub provider: Option<String>,
    /// Users with this state of the password.
    pub password: Option<PasswordState>,
    /// Users whose sign-ins are delayed or stopped after wrong passwords.
    pub locked: bool,
    /// Users who never signed in.
    pub never_logged_in: bool,
    /// Users whose last sign-in was before this time. For a user who never signed in, the time of
    /// creation counts.
    pub inactive_since: Option<Timestamp>,
    /// Users who were created at this time or later.
    pub created_since: Option<Timestamp>,
    /// Users after the user with this id, in the order of the list.
    pub after: Option<UserId>,
    /// The order of the list.
    pub order: UserOrder,
}

/// The order of a list of users. Users with equal values follow in the order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct UserOrder {
    /// The field to sort by.
    pub by: SortField,
    /// Whether the greatest value comes first.
    pub descending: bool,
}

/// The fields to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "each variant is the field of its name")]
#[non_exhaustive]
pub enum SortField {
    #[default]
    Id,
    Email,
    FirstName,
    LastName,
    Status,
    LastLoginAt,
    CreatedAt,
    UpdatedAt,
}

/// Selects events of the audit record. An empty filter selects all events.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct EventFilter {
    /// Events after this place in the record.
    pub after: Option<i64>,
    /// Events at this time or later.
    pub since: Option<Timestamp>,
    /// Events before this time.
    pub until: Option<Timestamp>,
    /// Events about this user.
    pub user: Option<UserId>,
    /// Events that were caused by this actor.
    pub actor: Option<ActorFilter>,
    /// Events of one of these actions, if the list is not empty.
    pub actions: Vec<String>,
    /// Events with this outcome.
    pub outcome: Option<Outcome>,
    /// Only the newest events of these, at most this number.
    pub newest: Option<u64>,
}

/// Selects the events that were caused by an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ActorFilter {
    /// The user with this id.
    User(UserId),
    /// The operating-system user or the service of this name.
    Named(String),
    /// The visitors of public pages.
    Visitors,
}
