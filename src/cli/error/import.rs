//! What is wrong with the input of an import: its exit code, and what to do next.

use std::borrow::Cow;
use std::path::{Path, absolute};

use serde_json::{Map, Value, json};

use super::hints::{HASH_HINT, HASHES_HINT, email_hint, group_hint, name_hint, transition_hint};
use super::{Exit, Failure, quoted};
use crate::domain::email::EmailError;
use crate::domain::password_policy::PasswordRefusal;
use crate::ops;
use crate::ops::import::{
    ForeignKind, ImportError, ImportFailure, ImportProblem, ImportReport, ReadError, RowError, TimeZoneError,
    UnknownNames,
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

/// Why nothing was imported from `file`, which is `-` for standard input.
#[must_use]
pub fn import_failure(error: ImportError, file: &Path) -> Failure {
    match error {
        ImportError::Read(error) => {
            Failure::new(Exit::Invalid, error.code(), error.to_string()).maybe_hint(read_hint(&error, file))
        }
        ImportError::Refused(report) => refused(&report, file),
        ImportError::Other(error) => error.into(),
    }
}

/// Rows were refused: the code of the worst, and the first rows for a program that reads JSON.
fn refused(report: &ImportReport, file: &Path) -> Failure {
    let exit = if report.is_malformed() {
        Exit::Invalid
    } else {
        Exit::Conflict
    };
    let (rows, them) = if report.failed == 1 {
        ("row", "it")
    } else {
        ("rows", "them")
    };
    let hint = encoding_hint(report, file)
        .or_else(|| common_remedy(report).map(str::to_owned))
        .unwrap_or_else(|| format!("correct {them}, or import the other rows with `--keep-going`"));
    let message = format!(
        "{} {rows} can't be imported, so nothing was imported",
        report.failed
    );
    let mut failure = Failure::new(exit, report.code(), message).hint(hint);
    let mut details = Map::new();
    let failures: Vec<_> = report.failures.iter().map(row_failure).collect();
    details.insert("failed".to_owned(), json!(report.failed));
    details.insert("failures".to_owned(), json!(failures));
    if failures_not_listed(report) > 0 {
        details.insert(
            "failures_not_listed".to_owned(),
            json!(failures_not_listed(report)),
        );
    }
    failure.details = Some(Value::Object(details));
    failure
}

/// How many refused rows a report only counts.
#[must_use]
pub fn failures_not_listed(report: &ImportReport) -> u64 {
    report.failed.saturating_sub(report.failures.len() as u64)
}

/// How to convert a file with rows that are not UTF-8, if it has one.
#[must_use]
pub fn encoding_hint(report: &ImportReport, file: &Path) -> Option<String> {
    let is_no_text =
        |failure: &ImportFailure| matches!(&failure.problem, ImportProblem::Row(RowError::BadEncoding));
    report.failures.iter().any(is_no_text).then(|| convert(file))
}

/// Windows writes text like this, unless it is told otherwise. A line of `iconv` without `-f` would
/// depend on the locale.
fn convert(file: &Path) -> String {
    format!(
        "save the file as UTF-8; if it comes from Windows, this line converts and imports it: {}",
        piped("iconv -f WINDOWS-1252 -t UTF-8", file)
    )
}

/// A line that imports what `program` makes of the file.
fn piped(program: &str, file: &Path) -> String {
    let path = absolute(file).unwrap_or_else(|_| file.to_owned());
    let name = path
        .to_str()
        .filter(|name| file != Path::new("-") && !name.contains(|c: char| c.is_control() || c == '`'));
    match name {
        Some(name) => format!("`{program} {} | backoffice user import -`", quoted(name)),
        None => format!("`{program} | backoffice user import -`, with the file as its standard input"),
    }
}

/// The flag that takes all of the rows, if one does. The rows must all be known.
fn common_remedy(report: &ImportReport) -> Option<&'static str> {
    let remedy = |failure: &ImportFailure| match &failure.problem {
        ImportProblem::Row(RowError::UnknownFields(unknown)) if meant(unknown).is_none() => Some(KEYS_HINT),
        ImportProblem::Row(RowError::Hash { .. }) => Some(HASHES_HINT),
        ImportProblem::Refused(error) => match **error {
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
            ops::Error::WeakPassword(PasswordRefusal::Hash) => {
                Some("put the hashes into the field `password_hash` instead of `password`")
            }
            _ => None,
        },
        _ => None,
    };
    let first = remedy(report.failures.first()?)?;
    let is_same = |failure| remedy(failure) == Some(first);
    let is_common = failures_not_listed(report) == 0 && report.failures.iter().all(is_same);
    is_common.then_some(first)
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
        E::Email(error) => failure(Exit::Invalid).maybe_hint(email_hint(*error)),
        E::InvalidGroup(error) => failure(Exit::Invalid).maybe_hint(group_hint(*error)),
        E::WeakPassword(refusal) => {
            let mut weak = failure(Exit::Invalid).hint(match refusal {
                PasswordRefusal::Hash => "`password_hash` takes it: put the hash into that field",
                _ => {
                    "leave the password out, and `backoffice password set - --generate-password` makes one later"
                }
            });
            weak.details = Some(json!({ "rule": refusal.rule() }));
            weak
        }
        _ => conflict,
    }
}

/// What to do about a row, where the message doesn't say it.
fn row_hint(error: &RowError) -> Option<Cow<'static, str>> {
    let hint = match error {
        RowError::UnknownFields(unknown) => return Some(unknown_key_hint(unknown).into()),
        RowError::NamelessCell { .. } => {
            "write a name into the header, or remove the value; `--ignore-unknown-columns` passes over columns without a name"
        }
        RowError::UnquotedHash => "put the whole hash between double quotes, or use jsonl",
        RowError::FieldCount { found, expected } if found > expected => {
            "put a cell that holds a separator or a line break between double quotes"
        }
        RowError::FieldCount { .. } => "write a cell for every column in each row; a cell may be empty",
        RowError::Id => "leave `id` out, and the program makes one",
        RowError::BothPasswordAndHash => "leave one of the two out",
        RowError::Hash { .. } => HASH_HINT,
        RowError::BadEncoding => "convert the file to UTF-8",
        RowError::Email {
            error: EmailError::Empty,
            ..
        } => "give the row an address, or remove the row",
        RowError::Email { error, .. } => return email_hint(*error).map(Cow::Borrowed),
        RowError::Name { error, .. } => return name_hint(*error).map(Cow::Borrowed),
        RowError::Group(error) => return group_hint(*error).map(Cow::Borrowed),
        _ => return None,
    };
    Some(Cow::Borrowed(hint))
}

/// What to do about an input, where the message doesn't say it.
fn read_hint(error: &ReadError, file: &Path) -> Option<Cow<'static, str>> {
    let hint = match error {
        ReadError::UnknownColumns(unknown) => return Some(unknown_column_hint(unknown).into()),
        ReadError::Foreign { kind } => return Some(foreign_hint(*kind, file)),
        ReadError::NotRecognised => "name the kind with `--input-format csv|jsonl|spryker|django`",
        ReadError::NoHeader => {
            "write the names of the columns in the first line: email,first_name,last_name,locale,status,groups"
        }
        ReadError::Separator { .. } => "name this one with `--separator`, or leave `--separator` out",
        ReadError::NotUtf8 { .. } => return Some(convert(file).into()),
        ReadError::NoUsers { .. } => {
            "name the model of the users with `--django-model APP.MODEL`, or make the dump with \
             `manage.py dumpdata auth.group auth.user`"
        }
        ReadError::SeveralUserModels { .. } => "name one of them with `--django-model APP.MODEL`",
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

/// What to do with a file of another kind.
fn foreign_hint(kind: ForeignKind, file: &Path) -> Cow<'static, str> {
    use ForeignKind as K;
    let unpacked = |program| {
        Cow::Owned(format!(
            "this line unpacks and imports it: {}",
            piped(program, file)
        ))
    };
    Cow::Borrowed(match kind {
        K::Excel => "save it as CSV UTF-8 (in Excel: Save As, `CSV UTF-8`), and import that file",
        K::OpenDocument => "save it as CSV with the character set UTF-8, and import that file",
        K::Gzip => return unpacked("gzip -dc"),
        K::Bzip2 => return unpacked("bzip2 -dc"),
        K::Xz => return unpacked("xz -dc"),
        K::Zstd => return unpacked("zstd -dc"),
        K::Zip | K::Archive => "unpack it, and import the file inside",
        K::Utf32 => {
            let line = piped("iconv -f UTF-32 -t UTF-8", file);
            return Cow::Owned(format!("this line converts and imports it: {line}"));
        }
        K::Sql | K::PostgresDump | K::Sqlite => {
            "export the table of the users as CSV with a header, and import that file"
        }
        K::Xml | K::Yaml => {
            "export the users as CSV or JSON, and import that file; Django: `manage.py dumpdata auth.group auth.user --format json`"
        }
        K::Json => "leave `--input-format` out, or name `jsonl` or `django`",
        _ => "export the users as CSV or JSON, and import that file",
    })
}

/// Which fields may be meant by columns, and how to go on without the columns.
fn unknown_column_hint(unknown: &UnknownNames) -> String {
    let over = "`--ignore-unknown-columns` passes over columns that are not fields of a user";
    match meant(unknown) {
        Some(question) => format!("{question} {over}"),
        None => over.to_owned(),
    }
}

fn unknown_key_hint(unknown: &UnknownNames) -> String {
    meant(unknown).unwrap_or_else(|| KEYS_HINT.to_owned())
}

const KEYS_HINT: &str = "`--ignore-unknown-columns` passes over keys that are not fields of a user";

/// The question which fields are meant, if some are near.
fn meant(unknown: &UnknownNames) -> Option<String> {
    let near = unknown.first.iter();
    let near: Vec<_> = near.filter_map(|one| Some((&one.name, one.nearest?))).collect();
    let fields: Vec<_> = match near.as_slice() {
        [] => return None,
        [(_, known)] if unknown.count == 1 => vec![format!("`{known}`")],
        several => several
            .iter()
            .map(|(name, known)| format!("`{known}` for `{name}`"))
            .collect(),
    };
    Some(format!("did you mean {}?", fields.join(", ")))
}
