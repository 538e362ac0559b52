//! What a write answers: the answer of each use case, for every format.

mod reported;

use std::sync::LazyLock;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use super::global::WriteArgs;
use super::shapes::within;
pub use crate::cli::terminal::Answer;
use crate::cli::terminal::Record;
use crate::domain::duration::show_duration;
use crate::domain::group::Group;
use crate::domain::moment::whole_seconds;
use crate::domain::session::Session;
use crate::domain::user::User;
use crate::ops::resets::Issued;
use crate::ops::{Done, GroupWritten, Written};
pub use reported::Reported;
use reported::in_time;

/// Every key an answer can have.
const KEYS: &[&str] = &[
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
    "weak_hashes",
    "failures",
    "failures_not_listed",
    "groups_left_out",
    "dry_run",
];

/// What `--fields` may name of an answer: its keys, and the fields within them.
pub fn answer_fields() -> &'static [&'static str] {
    static FIELDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let session = within("session", &["id", "expires_at", "idle_expires_at"]);
        let reset = within("reset", &["id", "url", "expires_at", "sent", "superseded"]);
        let (user, group) = (within("user", User::fields()), within("group", Group::fields()));
        [KEYS, &user, &group, &session, &reset].concat()
    });
    &FIELDS
}

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
        let sentence = action.sentence(write, whom);
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
        if written.done == Done::Updated {
            answer.sentence.push_str(": ");
            answer.sentence.push_str(&written.changed_fields.join(", "));
        }
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

    /// The same in other words where something changed; a dry run says "would" before the second form.
    #[must_use]
    pub fn doing(mut self, past: &str, infinitive: &str) -> Self {
        if self.object.get("changed") == Some(&json!(true)) {
            self.sentence = in_time(self.is_rehearsal(), past, infinitive);
        }
        self
    }

    /// The same, saying what holds already where nothing changed: `ada@example.com is active already`.
    #[must_use]
    pub fn holding(mut self, fact: impl Into<String>) -> Self {
        if self.object.get("action") == Some(&json!(Reported::Unchanged)) {
            let fact = fact.into();
            let (now, dry) = (format!("unchanged: {fact}"), format!("stay unchanged: {fact}"));
            self.sentence = in_time(self.is_rehearsal(), &now, &dry);
        }
        self
    }

    fn is_rehearsal(&self) -> bool {
        self.object.contains_key("dry_run")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_within_an_answer_can_be_named() {
        for field in ["action", "user.email", "group.members", "session.id", "reset.url"] {
            assert!(answer_fields().contains(&field), "{field}");
        }
    }

    #[test]
    fn an_answer_says_what_was_done_or_what_holds_already() {
        let said = |action, dry_run| {
            Answer::new(action, WriteArgs { dry_run }, "ada@example.com")
                .doing(
                    "added ada@example.com to the group x",
                    "add ada@example.com to the group x",
                )
                .holding("ada@example.com is in the group x already")
                .sentence
        };
        assert_eq!(
            said(Reported::Updated, false),
            "added ada@example.com to the group x"
        );
        assert_eq!(
            said(Reported::Updated, true),
            "would add ada@example.com to the group x"
        );
        assert_eq!(
            said(Reported::Unchanged, false),
            "unchanged: ada@example.com is in the group x already"
        );
        assert_eq!(
            said(Reported::Unchanged, true),
            "would stay unchanged: ada@example.com is in the group x already"
        );
    }
}
