//! What can be asked of users, whatever engine keeps them.

use crate::domain::clock::Timestamp;
use crate::domain::group::GroupName;
use crate::domain::ids::UserId;
use crate::domain::password::PasswordState;
use crate::domain::user::Status;

/// Which users are asked for. Empty: all but the deleted.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct UserFilter {
    /// Of one of these states; empty: all but the deleted.
    pub statuses: Vec<Status>,
    /// In this group.
    pub group: Option<GroupName>,
    /// With an identity at this provider.
    pub provider: Option<String>,
    /// With a password of this state.
    pub password: Option<PasswordState>,
    /// Slowed or stopped by wrong passwords.
    pub locked: bool,
    /// Never signed in.
    pub never_logged_in: bool,
    /// Last signed in, or created where they never did, before this.
    pub inactive_since: Option<Timestamp>,
    /// Created at or after this.
    pub created_since: Option<Timestamp>,
    /// After the user with this id, in the order asked for.
    pub after: Option<UserId>,
    /// In this order.
    pub order: UserOrder,
}

/// The order of a list. Equal ones follow in order of creation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct UserOrder {
    /// By what.
    pub by: SortField,
    /// Greatest first.
    pub descending: bool,
}

/// What a list can be ordered by.
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
