//! What a write answers: the answer of each use case, for every format.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::global::WriteArgs;
pub use crate::cli::terminal::Answer;
use crate::domain::duration::show_duration;
use crate::domain::moment::whole_seconds;
use crate::domain::session::Session;
use crate::ops::resets::Issued;
use crate::ops::{Done, GroupWritten, Written};

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

/// Every key an answer can have, for `--fields`.
pub const ANSWER_FIELDS: &[&str] = &[
    "action",
    "changed",
    "changed_fields",
    "user",
    "group",
    "store",
    "configuration",
    "password",
    "session",
    "token",
    "reset",
    "ended_sessions",
    "revoked_resets",
    "failure_floor",
    "created",
    "updated",
    "skipped",
    "failed",
    "administrators",
    "failures",
    "dry_run",
];

impl Answer {
    /// An answer about `action`.
    pub fn new(action: Reported, write: WriteArgs, whom: &str) -> Self {
        let changed = !matches!(action, Reported::Unchanged | Reported::Skipped);
        let mut object = Map::new();
        object.insert("action".to_owned(), json!(action));
        object.insert("changed".to_owned(), json!(changed));
        if write.dry_run {
            object.insert("dry_run".to_owned(), json!(true));
        }
        let sentence = sentence(action, write, whom);
        Self {
            object,
            sentence,
            secrets: Vec::new(),
            id: None,
            hint: None,
        }
    }

    /// An answer that tells what was asked for, and nothing of what came of it.
    pub fn bare(action: Reported, sentence: &str) -> Self {
        let mut object = Map::new();
        object.insert("action".to_owned(), json!(action));
        Self {
            object,
            sentence: sentence.to_owned(),
            secrets: Vec::new(),
            id: None,
            hint: None,
        }
    }

    /// What was done to a user.
    pub fn of_user(written: &Written, write: WriteArgs) -> Self {
        let mut answer = Self::new(written.done.into(), write, written.user.email.as_str());
        answer.set("changed_fields", json!(written.changed_fields));
        answer.set("user", json!(written.user));
        answer.id = Some(written.user.id.to_string());
        if let Some(ended) = written.ended_sessions {
            answer.set("ended_sessions", json!(ended));
            if ended > 0 {
                let sessions = counted(ended, "session ended", "sessions ended");
                answer.sentence.push_str(", ");
                answer.sentence.push_str(&sessions);
            }
        }
        if let Some(revoked) = written.revoked_resets {
            answer.set("revoked_resets", json!(revoked));
            if revoked > 0 {
                let links = counted(revoked, "link ended", "links ended");
                answer.sentence.push_str(", ");
                answer.sentence.push_str(&links);
            }
        }
        // Nobody has a password that was rolled back.
        if let Some(password) = written.password.as_ref().filter(|_| !write.dry_run) {
            answer.make("password", password.clone());
        }
        answer.set_floor(written.failure_floor);
        if written.traces_left {
            answer.hint = Some(
                "another process is reading the store, and its log may hold traces until the next purge"
                    .to_owned(),
            );
        }
        answer
    }

    /// What was done to a group.
    pub fn of_group(written: &GroupWritten, write: WriteArgs) -> Self {
        let mut answer = Self::new(
            written.done.into(),
            write,
            &format!("the group {}", written.group.name),
        );
        answer.set("changed_fields", json!(written.changed_fields));
        answer.set("group", json!(written.group));
        answer.id = Some(written.group.name.to_string());
        answer
    }

    /// The same with another key.
    pub fn set(&mut self, key: &str, value: Value) {
        self.object.insert(key.to_owned(), value);
    }

    /// The same with the floor of failed sign-ins, where it is higher than before.
    pub fn set_floor(&mut self, floor: Option<Duration>) {
        if let Some(floor) = floor {
            self.set("failure_floor", json!(show_duration(floor)));
        }
    }

    /// The same with the ends of a session.
    pub fn set_session(&mut self, session: &Session) {
        let ends = json!({
            "id": session.id,
            "expires_at": whole_seconds(session.expires_at),
            "idle_expires_at": whole_seconds(session.idle_expires_at),
        });
        self.set("session", ends);
    }

    /// The same with a link that was made; the link itself only where it is `shown`.
    pub fn set_reset(&mut self, issued: &Issued, shown: bool) {
        let mut reset = json!({
            "id": issued.link.id, "expires_at": whole_seconds(issued.link.expires_at),
            "sent": issued.link.sent_at.is_some(), "superseded": issued.superseded,
        });
        if issued.link.sent_at.is_some() {
            self.sentence.push_str(", and mailed it");
        }
        if let Some(url) = issued.url.as_ref().filter(|_| shown) {
            reset["url"] = json!(url.expose_secret());
            self.reveal(url.clone());
        }
        self.set("reset", reset);
    }

    /// The same with a secret that was made: shown once, alone on its line.
    pub fn make(&mut self, key: &str, secret: SecretString) {
        self.set(key, json!(secret.expose_secret()));
        self.reveal(secret);
    }

    fn reveal(&mut self, secret: SecretString) {
        self.secrets.push(secret);
    }

    /// The same in other words.
    #[must_use]
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.sentence = sentence.into();
        self
    }

    /// The same about another id.
    #[must_use]
    pub fn with_id(mut self, id: impl std::fmt::Display) -> Self {
        self.id = Some(id.to_string());
        self
    }

    /// The same with what to do next, unless something more pressing is said already.
    #[must_use]
    pub fn hinting(mut self, hint: Option<String>) -> Self {
        self.hint = self.hint.or(hint);
        self
    }
}

/// `3 sessions`, `1 session`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn sentence(action: Reported, write: WriteArgs, whom: &str) -> String {
    let (past, infinitive) = match action {
        Reported::Created => ("created", "create"),
        Reported::Updated => ("updated", "update"),
        Reported::Unchanged => ("unchanged:", "leave unchanged:"),
        Reported::Skipped => ("skipped, the user exists:", "skip, the user exists:"),
        Reported::Activated => ("activated", "activate"),
        Reported::Deactivated => ("deactivated", "deactivate"),
        Reported::Deleted => ("deleted", "delete"),
        Reported::Restored => ("restored, deactivated:", "restore, deactivated:"),
        Reported::Purged => ("purged", "purge"),
        Reported::Unlocked => ("unlocked", "unlock"),
        Reported::PasswordSet | Reported::ResetCompleted => ("set the password of", "set the password of"),
        Reported::PasswordRemoved => ("removed the password of", "remove the password of"),
        Reported::ResetIssued => ("made a link for", "make a link for"),
        Reported::ResetRequested => ("heard a request for", "hear a request for"),
        Reported::LoggedIn => ("signed in as", "sign in as"),
        Reported::LoggedOut => ("signed out", "sign out"),
        Reported::Linked => ("linked", "link"),
        Reported::Unlinked => ("unlinked", "unlink"),
        Reported::Revoked => ("ended", "end"),
        Reported::Imported => ("imported", "import"),
    };
    if write.dry_run {
        format!("would {infinitive} {whom}")
    } else {
        format!("{past} {whom}")
    }
}
