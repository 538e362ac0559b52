//! What kind of failure it is, which exit code it has, and what to do next: their only home.

mod third_party;

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};

use crate::config::{ConfigError, ProviderNotFound};
use crate::domain::email::EmailAddress;
use crate::domain::rights::NotAllowed;
use crate::domain::user::{Status, TransitionRefused};
use crate::local::LocalError;
use crate::mail::{SettingsError, TemplateError};
use crate::ops::import::{ImportFailure, ImportProblem, ImportReport, TimeZoneError};
use crate::ops::{self};
use crate::process::{self, ProcessError};
use crate::store::StoreError;
use crate::terminal::{ErrorReport, OutputError, PromptError, SecretError, UsageError};

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

/// A failure as it is told to whoever ran the command.
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
        }
    }

    /// The same with what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
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
            format!("{what}, and there is nobody to ask: no terminal, or `--no-input`"),
        )
        .hint(format!("answer it with {answer}"))
    }

    /// A confirmation was answered no.
    pub fn declined() -> Self {
        Self::new(Exit::Declined, "declined", "nothing was changed")
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

impl From<ops::Error> for Failure {
    fn from(error: ops::Error) -> Self {
        use ops::Error as E;
        let message = error.to_string();
        let failure = |exit, code| Self::new(exit, code, message.clone());
        match error {
            E::Store(error) => error.into(),
            E::NoRandomness(_) | E::Hashing(_) => failure(Exit::Internal, "internal"),
            E::UserNotFound { nearest, .. } => failure(Exit::NotFound, "user_not_found").hint(match nearest {
                Some(nearest) => format!("did you mean {nearest}?"),
                None => "`backoffice user list --search TEXT` finds users by part of an address or a name".to_owned(),
            }),
            E::NoUserRef(_) => failure(Exit::Invalid, "invalid_user"),
            E::GroupNotFound { nearest, name } => failure(Exit::NotFound, "group_not_found").hint(match nearest {
                Some(nearest) => format!("did you mean {nearest}?"),
                None => format!("`backoffice group create {}` makes it", quoted(name.as_str())),
            }),
            E::SessionNotFound(_) => {
                failure(Exit::NotFound, "session_not_found").hint("`backoffice session list` shows those there are")
            }
            E::Email(_) => failure(Exit::Invalid, "invalid_email"),
            E::EmailTaken { email, status } => failure(Exit::Conflict, "email_taken").hint(taken_hint(&email, status)),
            E::IdTaken(_) => failure(Exit::Conflict, "id_taken").hint("leave the id out, and one is made"),
            E::IdentityTaken => failure(Exit::Conflict, "identity_taken")
                .hint("`backoffice identity list` shows who has it"),
            E::GroupTaken(_) => failure(Exit::Conflict, "group_taken"),
            E::GroupNotEmpty { name, .. } => failure(Exit::Conflict, "group_not_empty").hint(format!(
                "`backoffice user list --all --group {0} --format ids | backoffice group remove-member {0} -` empties it",
                quoted(name.as_str())
            )),
            E::AdministratorsFixed => failure(Exit::Conflict, "administrators_fixed"),
            E::AdministratorsNotAllowed => {
                failure(Exit::Conflict, "administrators_not_allowed").hint("`--allow-administrators` lets the import make some")
            }
            E::Transition { refused, email } => {
                let hint = transition_hint(refused, email.as_str());
                failure(Exit::Conflict, "transition_refused").maybe_hint(hint)
            }
            E::LastAdministrator { email } => failure(Exit::Conflict, "last_administrator").hint(format!(
                "hand the role over first: `backoffice group add-member administrators OTHER`, then \
                 `backoffice group remove-member administrators {}`",
                quoted(email.as_str())
            )),
            E::WeakPassword(refusal) => {
                let mut weak = failure(Exit::Invalid, "weak_password").hint(refusal.hint());
                weak.details = Some(json!({ "rule": refusal.rule() }));
                weak
            }
            E::PasswordReused => failure(Exit::Invalid, "password_reused").hint("choose another password"),
            E::NoPassword { email } => failure(Exit::Conflict, "no_password")
                .hint(format!("`backoffice password set {}` gives them one", quoted(email.as_str()))),
            E::HashRefused(_) => failure(Exit::Invalid, "invalid_hash"),
            E::BreachedFile(_) => {
                failure(Exit::Invalid, "breached_file").hint("see `password.breached_file` in the configuration")
            }
            E::NotAllowed(why) => failure(Exit::Denied, "not_allowed").hint(not_allowed_hint(why)),
            E::Denied => failure(Exit::Denied, "denied").hint(
                "wait a little before you try again; `backoffice user show EMAIL` tells an operator where the account stands",
            ),
            E::PasswordChangeRequired => failure(Exit::Denied, "password_change_required").hint(
                "change it with `backoffice password change EMAIL`, or give `new_password` beside the old one in `--input`",
            ),
            E::SessionInvalid => failure(Exit::Denied, "session_invalid").hint("sign in again with `backoffice login`"),
            E::NotInGroup => failure(Exit::Denied, "not_in_group")
                .hint("`backoffice group add-member GROUP USER` lets them in"),
            E::ResetInvalid => failure(Exit::Denied, "reset_invalid")
                .hint("take the whole link from the newest mail, or ask for another: `backoffice reset request EMAIL`"),
            E::ResetNotFound(_) => {
                failure(Exit::NotFound, "reset_not_found").hint("`backoffice reset list` shows those there are")
            }
            E::NoBaseUrl => failure(Exit::Invalid, "no_base_url")
                .hint("for example: base_url = \"https://desk.example.com\", at the top of the configuration"),
            E::PasswordSignInOff { .. } => failure(Exit::Conflict, "password_sign_in_off")
                .hint("put them into a group that `login.password` names, or let them sign in another way"),
            E::NoMailer => failure(Exit::Invalid, "no_mailer").hint(
                "the section [mail] of the configuration says how: `transport = \"smtp\"` with `host` and `from`, or `transport = \"directory\"`",
            ),
            E::MailFailed { error, .. } => failure(Exit::Outside, "mail_failed").hint(error.hint()),
            E::MailUncertain { link, .. } => failure(Exit::Outside, "mail_uncertain").hint(format!(
                "ask the user whether the mail is there; `backoffice reset revoke {link}` ends the link"
            )),
            E::MailNotFound(_) => {
                failure(Exit::NotFound, "mail_not_found").hint("`backoffice mail queue list` shows what waits")
            }
            E::ThirdParty(error) => error.into(),
            E::Identity(error) => error.into(),
            E::Import(error) => failure(Exit::Invalid, "invalid_input").maybe_hint(error.hint()),
            E::Refused(report) => refused(&report),
        }
    }
}

impl From<TimeZoneError> for Failure {
    fn from(error: TimeZoneError) -> Self {
        let message = error.to_string();
        match error {
            TimeZoneError::Unknown { .. } => {
                Self::usage(message).hint("write the name like Europe/Berlin, or leave out `--timezone` for UTC")
            }
            TimeZoneError::NoDatabase { .. } => Self::new(Exit::Invalid, "no_time_zone_database", message).hint(
                "install it (the package `tzdata` on most systems), or name its folder in the environment \
                 variable TZDIR; UTC needs no database",
            ),
        }
    }
}

fn not_allowed_hint(why: NotAllowed) -> &'static str {
    match why {
        NotAllowed::Visitor => "sign in first: `backoffice login`",
        NotAllowed::NoAdministrator | NotAllowed::AnotherAccount => {
            "use the token of an administrator, or run the command as the owner of the store, without a token"
        }
        NotAllowed::AnotherAdministrator => {
            "`backoffice reset issue USER --send` mails them a link; the owner of the store can do it without a token"
        }
        NotAllowed::NotTheOwner => "run the command as the owner of the store, without a token",
    }
}

/// A deleted user keeps the address until purged.
fn taken_hint(email: &EmailAddress, status: Status) -> String {
    let email = quoted(email.as_str());
    match status {
        Status::Deleted => format!(
            "`backoffice user restore {email}` brings them back, deactivated; `backoffice user purge {email}` frees the address"
        ),
        _ => format!("`backoffice user show {email}` shows who has it"),
    }
}

/// Rows were refused: the code of the worst, and each of them for whoever reads JSON.
fn refused(report: &ImportReport) -> Failure {
    let malformed = report
        .failures
        .iter()
        .any(|failure| failure.problem.is_malformed());
    let (exit, code) = if malformed {
        (Exit::Invalid, "invalid_rows")
    } else {
        (Exit::Conflict, "conflicting_rows")
    };
    let count = report.failures.len();
    let (rows, them) = if count == 1 {
        ("row", "it")
    } else {
        ("rows", "them")
    };
    let hint = common_remedy(&report.failures).map_or_else(
        || format!("mend {them}, or take the other rows with `--keep-going`"),
        str::to_owned,
    );
    let mut failure = Failure::new(
        exit,
        code,
        format!("{count} {rows} can't be imported, so nothing was"),
    )
    .hint(hint);
    failure.details =
        Some(json!({ "failures": report.failures.iter().map(row_failure).collect::<Vec<_>>() }));
    failure
}

/// The flag that takes all of the rows, if one does.
fn common_remedy(failures: &[ImportFailure]) -> Option<&'static str> {
    let remedy = |failure: &ImportFailure| {
        let ImportProblem::Refused(error) = &failure.problem else {
            return None;
        };
        match **error {
            ops::Error::EmailTaken { .. } => Some(
                "`--if-exists skip` leaves those who are there as they are, `--if-exists update` takes over their names",
            ),
            ops::Error::GroupNotFound { nearest: None, .. } => {
                Some("`--create-groups` makes the missing groups")
            }
            ops::Error::AdministratorsNotAllowed => {
                Some("`--allow-administrators` lets the import make some")
            }
            _ => None,
        }
    };
    let first = remedy(failures.first()?)?;
    failures
        .iter()
        .all(|failure| remedy(failure) == Some(first))
        .then_some(first)
}

/// A refused row as the contract shows it.
#[must_use]
pub fn row_failure(failure: &ImportFailure) -> Value {
    let problem = row_problem(&failure.problem);
    json!({ "line": failure.line, "email": failure.email, "error": problem.to_json() })
}

/// What was wrong with a row.
#[must_use]
pub fn row_problem(problem: &ImportProblem) -> Failure {
    let message = problem.to_string();
    match problem {
        ImportProblem::Row(error) => {
            Failure::new(Exit::Invalid, "invalid_row", message).maybe_hint(error.hint())
        }
        ImportProblem::Repeated { .. } => {
            Failure::new(Exit::Invalid, "repeated_row", message).hint("take one of the two out")
        }
        ImportProblem::Refused(error) => {
            let mut failure = refused_row(error);
            failure.message = message;
            failure
        }
    }
}

/// As the whole command would be refused, in few words where the row makes them differ.
fn refused_row(error: &ops::Error) -> Failure {
    use ops::Error as E;
    let message = error.to_string();
    match error {
        E::EmailTaken { .. } => Failure::new(Exit::Conflict, "email_taken", message),
        E::IdTaken(_) => {
            Failure::new(Exit::Conflict, "id_taken", message).hint("leave `id` out, and one is made")
        }
        E::IdentityTaken => Failure::new(Exit::Conflict, "identity_taken", message),
        E::GroupNotFound { nearest, .. } => {
            Failure::new(Exit::Conflict, "group_not_found", message).hint(match nearest {
                Some(nearest) => format!("did you mean {nearest}? `--create-groups` makes the missing ones"),
                None => "`--create-groups` makes the missing ones".to_owned(),
            })
        }
        E::AdministratorsNotAllowed => Failure::new(Exit::Conflict, "administrators_not_allowed", message)
            .hint("`--allow-administrators` lets the import make some"),
        E::Transition { refused, email } => Failure::new(Exit::Conflict, "transition_refused", message)
            .maybe_hint(transition_hint(*refused, email.as_str())),
        E::WeakPassword(refusal) => {
            let mut weak = Failure::new(Exit::Invalid, "weak_password", message).hint(
                "leave the password out, and `backoffice password set - --generate-password` makes one later",
            );
            weak.details = Some(json!({ "rule": refusal.rule() }));
            weak
        }
        _ => Failure::new(Exit::Conflict, "refused", message),
    }
}

fn transition_hint(refused: TransitionRefused, email: &str) -> Option<String> {
    let email = quoted(email);
    match (refused.from, refused.to) {
        (Status::Deleted, _) => Some(format!(
            "`backoffice user restore {email}` brings them back, deactivated"
        )),
        (_, "purged") => Some(format!("`backoffice user delete {email}` comes first")),
        _ => None,
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        use StoreError as E;
        let failure = |code| Self::new(Exit::Store, code, error.to_string());
        match &error {
            E::Missing { path } => failure("store_missing").hint(format!(
                "`backoffice init --store {}` makes one",
                quoted_path(path)
            )),
            E::Folder { path, .. } => failure("store_folder").hint(format!(
                "`ls -ld {}` shows whose it is; `--store PATH` names another place",
                quoted_path(path)
            )),
            E::UnsafeFolder { path, owner, .. } => failure("store_folder_unsafe").hint(format!(
                "`chmod go-w {}` if it is yours{}; or keep the store in a folder of its own",
                quoted_path(path),
                process::name_of(*owner)
                    .map(|name| format!(" (it belongs to {name})"))
                    .unwrap_or_default()
            )),
            E::WritableByOthers { path } => failure("store_unsafe").hint(format!(
                "see who could have changed it, then `chmod 600 {}`",
                quoted_path(path)
            )),
            E::Link { .. } => failure("store_link").hint("name the file itself"),
            E::NotAFile { .. } => failure("store_not_a_file").hint("name a file, or where one is to be made"),
            E::ForeignOwner { owner, .. } => failure("store_foreign_owner")
                .hint(format!("run it as root, or as the user with the uid {owner}")),
            E::NotOurs { .. } => failure("store_not_ours").hint("check the path; the file was left as it is"),
            E::Newer { .. } => failure("store_newer").hint("use the newer backoffice that made it"),
            E::Damaged { .. } => failure("store_damaged")
                .hint("keep a copy of the file and of those beside it, and bring a backup back"),
            E::NetworkFileSystem { .. } => failure("store_network_file_system")
                .hint("keep the store on a local disk and run backoffice on that machine"),
            E::Busy => failure("store_busy").hint("try again, or wait longer with `--lock-timeout 30s`"),
            E::ReadOnly => failure("store_read_only").hint(
                "look at the permissions of the file and its folder, and at how the file system is mounted",
            ),
            E::Full => failure("store_full")
                .hint("make room (`df -h`), or raise the limit (`ulimit -f`, quota), and run the command again"),
            E::TwoNames { path } => failure("store_two_names").hint(format!(
                "`find FOLDER -samefile {0}` finds the other name; give the other one a file of its own (`cp OTHER OTHER.copy && mv OTHER.copy OTHER`), or remove it",
                quoted_path(path)
            )),
            E::Replaced { .. } => failure("store_replaced").hint("run the command again"),
            E::LogWithoutStore { log } => failure("store_log_without_store").hint(format!(
                "it may hold the last changes of a store that was moved or removed: bring that store back, or move {} away",
                quoted_path(log)
            )),
            E::NameOfALog { .. } => failure("store_name").hint("choose another name, such as backoffice.db"),
            E::Io(_) => failure("store_io").hint(
                "nothing was changed; look at the system's log: the disk may be failing",
            ),
            E::OldSqlite(_) | E::Broken(_) => Self::new(Exit::Internal, "internal", error.to_string()),
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(Exit::Invalid, "invalid_configuration", error.to_string()).hint(error.hint())
    }
}

impl From<ProviderNotFound> for Failure {
    fn from(error: ProviderNotFound) -> Self {
        Self::new(Exit::NotFound, "provider_not_found", error.to_string()).hint(error.hint())
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
                .hint("`getent passwd` shows those there are"),
            ProcessError::NotRoot => {
                Self::new(Exit::Store, "store_owner", message).hint("run it with `sudo`")
            }
            ProcessError::Lookup(_) | ProcessError::Refused { .. } | ProcessError::NotForGood { .. } => {
                Self::new(Exit::Store, "store_owner", message)
                    .hint("run it as the owner of the store instead of as root")
            }
        }
    }
}

impl From<SecretError> for Failure {
    fn from(error: SecretError) -> Self {
        Self::new(Exit::Invalid, "invalid_input", error.to_string())
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::new(Exit::Invalid, "invalid_mail_settings", error.to_string()).hint(error.hint())
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::new(Exit::Invalid, "invalid_template", error.to_string()).hint(error.hint())
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
            .hint("this is a bug, or a system in trouble: please report it with the command you ran")
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
