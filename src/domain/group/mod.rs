//! Groups: named sets of users. The back office gives rights to groups.

mod error;
mod look_alikes;
mod name;
mod new;

use super::clock::Timestamp;

pub use error::GroupNameError;
pub use look_alikes::LookAlikes;
pub use name::{ADMINISTRATORS, GroupName};

/// A group, with the number of its members.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Group {
    /// The name.
    pub name: GroupName,
    /// The number of its members. Deleted users count too: a group with members is not deleted.
    pub members: u64,
    /// The time at which the group was made.
    #[serde(serialize_with = "crate::domain::moment::seconds")]
    pub created_at: Timestamp,
}
