//! The outcome of a write.

use std::time::Duration;

use secrecy::SecretString;

use crate::domain::group::Group;
use crate::domain::user::User;

/// What was done to a user or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is its own word")]
#[non_exhaustive]
pub enum Done {
    Created,
    Updated,
    Unchanged,
    Skipped,
    Activated,
    Deactivated,
    Deleted,
    Restored,
    Purged,
    Unlocked,
    PasswordSet,
    PasswordRemoved,
    ResetCompleted,
    Linked,
    Unlinked,
}

/// What ended with a credential, or with the status that allowed its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Ended {
    /// The number of sessions.
    pub sessions: u64,
    /// The number of live reset links.
    pub resets: u64,
}

/// What a write did to a user.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Written {
    /// What was done.
    pub done: Done,
    /// The fields that have a new value.
    pub changed_fields: Vec<&'static str>,
    /// The user after the write; a purged user as before it.
    pub user: User,
    /// The password that was generated. It can't be shown again later.
    pub password: Option<SecretString>,
    /// The number of sessions that ended, if the write ends sessions.
    pub ended_sessions: Option<u64>,
    /// The number of reset links that ended, if the write ends links.
    pub revoked_resets: Option<u64>,
    /// The new time after which failed sign-ins are answered, if an imported hash raised it.
    pub failure_floor: Option<Duration>,
    /// Whether the log of the file may still have data of a purged user, because another process
    /// reads it.
    pub traces_left: bool,
}

impl Written {
    pub(super) fn new(done: Done, user: User, changed_fields: Vec<&'static str>) -> Self {
        Self {
            done,
            changed_fields,
            user,
            password: None,
            ended_sessions: None,
            revoked_resets: None,
            failure_floor: None,
            traces_left: false,
        }
    }

    pub(super) fn unchanged(user: User) -> Self {
        Self::new(Done::Unchanged, user, Vec::new())
    }

    pub(super) fn ending(mut self, ended: Ended) -> Self {
        self.ended_sessions = Some(ended.sessions);
        self.revoked_resets = Some(ended.resets);
        self
    }

    /// Whether the write changed anything.
    #[must_use]
    pub fn changed(&self) -> bool {
        !matches!(self.done, Done::Unchanged | Done::Skipped)
    }
}

/// What a write did to a group.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct GroupWritten {
    /// What was done.
    pub done: Done,
    /// The fields that have a new value.
    pub changed_fields: Vec<&'static str>,
    /// The group after the write; a deleted group as before it.
    pub group: Group,
}
