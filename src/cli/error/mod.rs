//! How a failure is told on the command line: with which exit code, and what to do next. The
//! stable code of an error stands beside its variants, below the command line.

mod audit;
mod hints;
mod identity;
mod import;
mod mail;
mod provider_check;
mod refusals;
mod store;
mod third_party;
mod unreachable;

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::cli::config::{ConfigError, NewFileError, ProviderNotFound, SettingNotFound};
use crate::cli::local::LocalError;
use crate::cli::process::ProcessError;
use crate::cli::terminal::{ErrorReport, OutputError, PromptError, SecretError, UsageError};
use crate::domain::clock::NotBefore;

pub use audit::record_fault;
pub use hints::{email_hint, group_hint, name_hint};
pub use import::{encoding_hint, failures_not_listed, import_failure, row_failure, row_problem};
pub use store::is_beside_a_store;

/// How the program ends (the table of `backoffice --help`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, or already so.
    Done = 0,
    /// A broken invariant; a bug.
    Internal = 1,
    /// Unknown flag or format; an answer needed and no terminal.
    Usage = 2,
    /// User, group, session, link, waiting mail or provider not found.
    NotFound = 3,
    /// E-mail taken; transition not allowed; last administrator; group not empty.
    Conflict = 4,
    /// Wrong credentials; token not valid; nobody signed in.
    Denied = 5,
    /// Weak password; malformed address, row, configuration.
    Invalid = 6,
    /// Missing, busy, read-only, full, damaged, newer, not ours.
    Store = 7,
    /// A mail server, or another service elsewhere.
    Outside = 8,
    /// A batch with failures, some of it done.
    Partly = 9,
    /// A confirmation answered no.
    Declined = 10,
    /// Ctrl-C.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failure, as the person who ran the command reads it.
#[derive(Debug)]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// The word a program can compare.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// More than a sentence can hold; only programs get it.
    pub details: Option<Value>,
    /// The earliest moment at which it may be told; `None`: at once.
    pub not_before: Option<NotBefore>,
    /// Whether the configuration file has to be changed, so that the hint names the file.
    pub in_configuration: bool,
}

impl Failure {
    /// A failure without a hint.
    pub fn new(exit: Exit, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            code,
            message: message.into(),
            hint: None,
            details: None,
            not_before: None,
            in_configuration: false,
        }
    }

    /// The same, for a failure that a change of the configuration file mends.
    #[must_use]
    pub fn in_configuration(mut self) -> Self {
        self.in_configuration = true;
        self
    }

    /// The same with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with another hint, if it has one.
    #[must_use]
    pub fn map_hint(mut self, change: impl FnOnce(String) -> String) -> Self {
        self.hint = self.hint.map(change);
        self
    }

    /// Something about the command line itself.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, "usage", message)
    }

    /// An answer is needed, and nobody can be asked.
    pub fn unanswered(what: &str, answer: &str) -> Self {
        Self::new(
            Exit::Usage,
            "answer_needed",
            format!("{what}, and no question can be asked: there is no terminal, or `--no-input` is given"),
        )
        .hint(format!("give it with {answer}"))
    }

    /// A confirmation was answered no.
    pub fn declined() -> Self {
        Self::new(Exit::Declined, "declined", "declined: nothing was changed")
    }

    /// As the terminal tells it.
    #[must_use]
    pub fn report(&self) -> ErrorReport<'_> {
        ErrorReport {
            code: self.code,
            message: &self.message,
            hint: self.hint.as_deref(),
            details: self.details.as_ref(),
        }
    }

    /// The error object of the contract, inside an answer.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut object = json!({ "code": self.code, "message": self.message, "hint": self.hint });
        if let (Some(Value::Object(details)), Some(object)) = (&self.details, object.as_object_mut()) {
            object.extend(details.clone());
        }
        object
    }

    fn maybe_hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hint = hint.map(Into::into);
        self
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(Exit::Invalid, "invalid_configuration", error.to_string()).hint(error.hint())
    }
}

impl From<ProviderNotFound> for Failure {
    fn from(error: ProviderNotFound) -> Self {
        Self {
            // A provider that was meant stands there already.
            in_configuration: error.proposal().is_none(),
            ..Self::new(Exit::NotFound, "provider_not_found", error.to_string()).hint(error.hint())
        }
    }
}

impl From<NewFileError> for Failure {
    fn from(error: NewFileError) -> Self {
        Self::new(Exit::Invalid, "configuration_not_made", error.to_string()).hint(error.hint())
    }
}

impl From<SettingNotFound> for Failure {
    fn from(error: SettingNotFound) -> Self {
        Self::new(Exit::NotFound, "setting_not_found", error.to_string()).hint(error.hint())
    }
}

impl From<LocalError> for Failure {
    fn from(error: LocalError) -> Self {
        Self::new(Exit::Invalid, "session_file", error.to_string()).hint(error.hint())
    }
}

impl From<ProcessError> for Failure {
    fn from(error: ProcessError) -> Self {
        let message = error.to_string();
        match error {
            ProcessError::UnknownUser => Self::new(Exit::Invalid, "unknown_owner", message)
                .hint("`getent passwd` shows the users of this machine"),
            ProcessError::NotRoot => {
                Self::new(Exit::Store, "store_owner", message).hint("run it with `sudo`")
            }
            ProcessError::Lookup(_) | ProcessError::Refused { .. } | ProcessError::NotForGood { .. } => {
                Self::new(Exit::Store, "store_owner", message)
                    .hint("run the command as the owner of the store instead of as root")
            }
        }
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        let hint = match &error {
            SecretError::Io { .. } => Some("check the path, and whether you may read the file"),
            SecretError::NotText { .. } => Some("save the text as UTF-8"),
            SecretError::Empty { .. } | SecretError::LineBreak { .. } => {
                Some("a secret is one line of text, and not empty")
            }
            SecretError::TooMany { .. } | SecretError::TooFew { .. } => {
                Some("write each secret on one line of its own, and nothing else")
            }
            SecretError::NoTargets => Some("write the users on standard input, one a line"),
            SecretError::NotJson { .. } | SecretError::NotAnswers { .. } => {
                Some("write one object, such as {\"email\":\"ada@example.com\",\"password\":\"…\"}")
            }
            SecretError::TooLong { .. } | SecretError::WrongKind { .. } => None,
        };
        Self::new(Exit::Invalid, "invalid_input", error.to_string()).maybe_hint(hint)
    }
}

impl From<PromptError> for Failure {
    fn from(error: PromptError) -> Self {
        match error {
            PromptError::Interrupted => Self::interrupted(),
            error => Self::usage(error.to_string()),
        }
    }
}

impl From<UsageError> for Failure {
    fn from(error: UsageError) -> Self {
        Self::usage(error.to_string()).hint(error.hint())
    }
}

impl From<anyhow::Error> for Failure {
    /// What should never happen, with all that led to it.
    fn from(error: anyhow::Error) -> Self {
        Self::new(Exit::Internal, "internal", format!("{error:#}"))
            .hint("this is a bug, or a fault of the system: please report it together with the command")
    }
}

impl From<OutputError> for Failure {
    fn from(error: OutputError) -> Self {
        match error {
            OutputError::Usage(error) => error.into(),
            OutputError::SecretLost => Self::new(Exit::Internal, "output", error.to_string()).hint(
                "send standard output to a terminal, a pipe or a file; `> /dev/null` discards the secret on purpose",
            ),
            error => Self::new(Exit::Internal, "output", error.to_string()),
        }
    }
}

impl Failure {
    fn interrupted() -> Self {
        Self::new(
            Exit::Interrupted,
            "interrupted",
            "interrupted; nothing was changed",
        )
    }
}

/// `text` as one word of a shell.
#[must_use]
pub fn quoted(text: &str) -> String {
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+' | '/' | ':' | '=' | ',' | '%')
    };
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// `path` as one word of a shell.
#[must_use]
pub fn quoted_path(path: &Path) -> String {
    quoted(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_for_the_shell_is_quoted_where_it_has_to_be() {
        assert_eq!(quoted("ada+x@example.com"), "ada+x@example.com");
        assert_eq!(quoted("Vertrieb Süd"), "'Vertrieb Süd'");
        assert_eq!(quoted("o'neil;rm"), "'o'\\''neil;rm'");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("-rf"), "'-rf'");
    }
}
