//! What a write did.

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

/// What ended with a credential, or with the state that allowed its use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Ended {
    /// How many sessions.
    pub sessions: u64,
    /// How many live reset links.
    pub resets: u64,
}

/// What a write did to a user.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Written {
    /// What was done.
    pub done: Done,
    /// The fields that have another value now.
    pub changed_fields: Vec<&'static str>,
    /// The user as they are now; a purged one as they were.
    pub user: User,
    /// The password that was made for them. Nobody can see it a second time.
    pub password: Option<SecretString>,
    /// The sessions that ended by it, where it ends sessions.
    pub ended_sessions: Option<u64>,
    /// The reset links that died by it, where it kills links.
    pub revoked_resets: Option<u64>,
    /// When failed sign-ins are answered from now on, where an imported hash made it later.
    pub failure_floor: Option<Duration>,
    /// Whether a trace of a purged user may be left in the file's log, because another
    /// process is reading it.
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

    /// Whether anything is another way than it was.
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
    /// The fields that have another value now.
    pub changed_fields: Vec<&'static str>,
    /// The group as it is now; a deleted one as it was.
    pub group: Group,
}
