//! What a command did: the word of its answer, and the sentence for people.

use serde::Serialize;

use crate::cli::global::WriteArgs;
use crate::ops::Done;

/// What a command did, in the word of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
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
    ResetIssued,
    ResetRequested,
    ResetCompleted,
    LoggedIn,
    LoggedOut,
    Linked,
    Unlinked,
    Revoked,
    Imported,
}

impl Reported {
    /// What was done where so many sessions or links ended.
    pub fn of_ended(count: u64) -> Self {
        if count == 0 {
            Self::Unchanged
        } else {
            Self::Revoked
        }
    }
}

impl From<Done> for Reported {
    fn from(done: Done) -> Self {
        match done {
            Done::Created => Self::Created,
            Done::Updated => Self::Updated,
            Done::Unchanged => Self::Unchanged,
            Done::Skipped => Self::Skipped,
            Done::Activated => Self::Activated,
            Done::Deactivated => Self::Deactivated,
            Done::Deleted => Self::Deleted,
            Done::Restored => Self::Restored,
            Done::Purged => Self::Purged,
            Done::Unlocked => Self::Unlocked,
            Done::PasswordSet => Self::PasswordSet,
            Done::PasswordRemoved => Self::PasswordRemoved,
            Done::ResetCompleted => Self::ResetCompleted,
            Done::Linked => Self::Linked,
            Done::Unlinked => Self::Unlinked,
        }
    }
}

impl Reported {
    /// What was done to `whom`, for people; or, in a dry run, what would be done.
    pub fn sentence(self, write: WriteArgs, whom: &str) -> String {
        let (past, infinitive) = match self {
            Self::Created => ("created", "create"),
            Self::Updated => ("updated", "update"),
            Self::Unchanged => ("unchanged:", "stay unchanged:"),
            Self::Skipped => ("skipped, the user exists:", "skip, the user exists:"),
            Self::Activated => ("activated", "activate"),
            Self::Deactivated => ("deactivated", "deactivate"),
            Self::Deleted => ("deleted", "delete"),
            Self::Restored => ("restored, deactivated:", "restore, deactivated:"),
            Self::Purged => ("purged", "purge"),
            Self::Unlocked => ("unlocked", "unlock"),
            Self::PasswordSet | Self::ResetCompleted => ("set the password of", "set the password of"),
            Self::PasswordRemoved => ("removed the password of", "remove the password of"),
            Self::ResetIssued => ("made a link for", "make a link for"),
            Self::ResetRequested => ("heard a request for", "hear a request for"),
            Self::LoggedIn => ("signed in as", "sign in as"),
            Self::LoggedOut => ("signed out", "sign out"),
            Self::Linked => ("linked", "link"),
            Self::Unlinked => ("unlinked", "unlink"),
            Self::Revoked => ("ended", "end"),
            Self::Imported => ("imported", "import"),
        };
        in_time(
            write.dry_run,
            &format!("{past} {whom}"),
            &format!("{infinitive} {whom}"),
        )
    }
}

/// What was done; or, in a dry run, what would be done.
pub(super) fn in_time(is_rehearsal: bool, past: &str, infinitive: &str) -> String {
    if is_rehearsal {
        format!("would {infinitive}")
    } else {
        past.to_owned()
    }
}
