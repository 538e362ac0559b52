//! What is wrong with the input of an import: its exit code, and what to do next.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::hints::{HASH_HINT, HASHES_HINT, transition_hint};
use super::{Exit, Failure};
use crate::domain::email::EmailError;
use crate::ops;
use crate::ops::import::{
    ImportError, ImportFailure, ImportProblem, ImportReport, ReadError, RowError, TimeZoneError,
};

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

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Read(error) => {
                Self::new(Exit::Invalid, error.code(), error.to_string()).maybe_hint(read_hint(&error))
            }
            ImportError::Refused(report) => refused(&report),
            ImportError::Other(error) => error.into(),
        }
    }
}

/// Rows were refused: the code of the worst, and each row for a program that reads JSON.
fn refused(report: &ImportReport) -> Failure {
    let exit = if report.is_malformed() {
        Exit::Invalid
    } else {
        Exit::Conflict
    };
    let count = report.failures.len();
    let (rows, them) = if count == 1 {
        ("row", "it")
    } else {
        ("rows", "them")
    };
    let hint = common_remedy(&report.failures).map_or_else(
        || format!("correct {them}, or import the other rows with `--keep-going`"),
        str::to_owned,
    );
    let mut failure = Failure::new(
        exit,
        report.code(),
        format!("{count} {rows} can't be imported, so nothing was imported"),
    )
    .hint(hint);
    failure.details =
        Some(json!({ "failures": report.failures.iter().map(row_failure).collect::<Vec<_>>() }));
    failure
}

/// The flag that takes all of the rows, if one does.
fn common_remedy(failures: &[ImportFailure]) -> Option<&'static str> {
    let remedy = |failure: &ImportFailure| {
        let error = match &failure.problem {
            ImportProblem::Row(RowError::Hash { .. }) => return Some(HASHES_HINT),
            ImportProblem::Refused(error) => error,
            ImportProblem::Row(_) | ImportProblem::Repeated { .. } => return None,
        };
        match **error {
            ops::Error::HashRefused(_) => Some(HASHES_HINT),
            ops::Error::EmailTaken { .. } => Some(
                "`--if-exists skip` leaves existing users unchanged, `--if-exists update` takes over their names",
            ),
            ops::Error::GroupNotFound { nearest: None, .. } => {
                Some("`--create-groups` makes the missing groups")
            }
            ops::Error::AdministratorsNotAllowed => {
                Some("`--allow-administrators` lets the import make administrators")
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
    let failure = |exit| Failure::new(exit, problem.code(), problem.to_string());
    match problem {
        ImportProblem::Row(error) => failure(Exit::Invalid).maybe_hint(row_hint(error)),
        ImportProblem::Repeated { .. } => failure(Exit::Invalid).hint("remove one of the two"),
        ImportProblem::Refused(error) => refused_row(error, failure),
    }
}

/// As the whole command would be refused, in few words where the row makes them differ.
fn refused_row(error: &ops::Error, failure: impl Fn(Exit) -> Failure) -> Failure {
    use ops::Error as E;
    let conflict = failure(Exit::Conflict);
    match error {
        E::IdTaken(_) => conflict.hint("leave `id` out, and the program makes one"),
        E::GroupNotFound { nearest, .. } => conflict.hint(match nearest {
            Some(nearest) => format!("did you mean {nearest}? `--create-groups` makes the missing groups"),
            None => "`--create-groups` makes the missing groups".to_owned(),
        }),
        E::AdministratorsNotAllowed => {
            conflict.hint("`--allow-administrators` lets the import make administrators")
        }
        E::Transition { refused, email } => conflict.maybe_hint(transition_hint(*refused, email.as_str())),
        E::HashRefused(_) => failure(Exit::Invalid).hint(HASH_HINT),
        E::WeakPassword(refusal) => {
            let mut weak = failure(Exit::Invalid).hint(
                "leave the password out, and `backoffice password set - --generate-password` makes one later",
            );
            weak.details = Some(json!({ "rule": refusal.rule() }));
            weak
        }
        _ => conflict,
    }
}

/// What to do about a row, where the message doesn't say it.
fn row_hint(error: &RowError) -> Option<Cow<'static, str>> {
    let hint = match error {
        RowError::UnknownField { nearest, .. } => return nearest.map(did_you_mean),
        RowError::UnquotedHash => "put the whole hash between double quotes, or use jsonl",
        RowError::FieldCount { found, expected } if found > expected => {
            "put a cell that holds a comma or a line break between double quotes"
        }
        RowError::FieldCount { .. } => "write a cell for every column in each row; a cell may be empty",
        RowError::Id => "leave `id` out, and the program makes one",
        RowError::BothPasswordAndHash => "leave one of the two out",
        RowError::Hash { .. } => HASH_HINT,
        RowError::BadEncoding => "convert the file, for example with `iconv -t UTF-8`",
        RowError::Email {
            error: EmailError::Empty,
            ..
        } => "give the row an address, or remove the row",
        _ => return None,
    };
    Some(Cow::Borrowed(hint))
}

/// What to do about an input, where the message doesn't say it.
fn read_hint(error: &ReadError) -> Option<Cow<'static, str>> {
    let hint = match error {
        ReadError::UnknownColumn {
            nearest: Some(known), ..
        } => return Some(did_you_mean(known)),
        ReadError::UnknownColumn { .. } => "remove the column, or rename it to the field it holds",
        ReadError::NotRecognised => "name the kind with `--input-format csv|jsonl|spryker|django`",
        ReadError::NoHeader => {
            "write the names of the columns in the first line: email,first_name,last_name,locale,status,groups"
        }
        ReadError::Separator { .. } => {
            "save it as CSV with commas; only `groups` are separated by `;`, inside their cell"
        }
        ReadError::NotUtf8 { .. } => "convert the file, for example with `iconv -t UTF-8`",
        ReadError::NoUsers => "make it with `manage.py dumpdata auth.user`; other user models are not read",
        ReadError::MissingColumn { .. } => "add the column: every user needs an address",
        ReadError::RepeatedColumn { .. } => "remove one of the two",
        ReadError::UnclosedQuote { .. } | ReadError::TooLong { .. } => {
            "close the quotes; write a quote inside a quoted cell twice"
        }
        ReadError::Malformed { .. } => "make the file again: it may have been cut off, or edited by hand",
        ReadError::Io(_) | ReadError::Empty => return None,
    };
    Some(Cow::Borrowed(hint))
}

fn did_you_mean(known: &str) -> Cow<'static, str> {
    Cow::Owned(format!("did you mean `{known}`?"))
}
