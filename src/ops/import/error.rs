//! Why a row or a whole input was refused. No message quotes a cell, because it may be a password.

use std::io;

use super::foreign::ForeignKind;
use super::format::Separator;
use super::unknown_names::UnknownNames;
use crate::domain::email::EmailError;
use crate::domain::group::GroupNameError;
use crate::domain::identity::MalformedIdentity;
use crate::domain::user::{LocaleError, NameError, UnknownStatus};
use crate::hashing::HashRefusal;

/// Why one row was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// The text is not an address.
    #[error("`{field}`: {error}")]
    Email {
        /// The name of the field in this format.
        field: &'static str,
        /// What is wrong with it.
        error: EmailError,
    },
    /// A first or last name breaks a rule.
    #[error("`{field}`: {error}")]
    Name {
        /// `first_name` or `last_name`.
        field: &'static str,
        /// What is wrong with it.
        error: NameError,
    },
    /// The locale isn't a language tag.
    #[error("`locale`: {0}")]
    Locale(#[from] LocaleError),
    /// The text is not a status.
    #[error("`status`: {0}")]
    Status(#[from] UnknownStatus),
    /// The text is not a status of Spryker.
    #[error("`status`: Spryker has active (0), blocked (1) and deleted (2)")]
    SprykerStatus,
    /// The name of a group breaks a rule.
    #[error("`groups`: {0}")]
    Group(#[from] GroupNameError),
    /// A third-party identity breaks a rule.
    #[error("`identities`: {0}")]
    Identity(#[from] MalformedIdentity),
    /// The hash can't be verified here.
    #[error("`{field}`: {refusal}")]
    Hash {
        /// The name of the field in this format.
        field: &'static str,
        /// What is wrong with it.
        refusal: HashRefusal,
    },
    /// The id isn't a `UUIDv7`.
    #[error("`id`: an id is a UUIDv7, as an export gives it")]
    Id,
    /// The text is not a state of a password.
    #[error("`password_state`: it is one of none, set, random")]
    PasswordState,
    /// The text is not a time.
    #[error("`{field}`: a time is needed, such as 2026-11-24T09:00:00Z")]
    Timestamp {
        /// The field.
        field: &'static str,
    },
    /// The value is neither `true` nor `false`.
    #[error("`{field}`: it is either true or false")]
    Flag {
        /// The field.
        field: &'static str,
    },
    /// A CSV cell with a hash has no quotes, so the commas of the hash split it.
    #[error("the password hash isn't in quotes, so its commas split it into several cells")]
    UnquotedHash,
    /// A CSV record is longer or shorter than its header.
    #[error("the row has a wrong number of cells: {found}, but the header has {expected}")]
    FieldCount {
        /// Cells in the header.
        expected: usize,
        /// Cells in the record.
        found: usize,
    },
    /// JSON keys are not names of fields of a user.
    #[error("{} {} of a user", .0, if .0.count == 1 { "is not a field" } else { "are not fields" })]
    UnknownFields(UnknownNames),
    /// A cell has a value, and the header has no name for its column.
    #[error("column {column} has a value here, but no name in the header")]
    NamelessCell {
        /// The place of the column, counted from 1.
        column: usize,
    },
    /// A JSON object has a key twice.
    #[error("`{field}` is given twice")]
    RepeatedField {
        /// The field.
        field: &'static str,
    },
    /// A row lacks a field that it needs.
    #[error("`{field}` is missing")]
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// A JSON value has the wrong type.
    #[error("`{field}`: {expected} is expected here")]
    WrongType {
        /// The field.
        field: &'static str,
        /// The value that is expected.
        expected: &'static str,
    },
    /// The text is not JSON, or is not one object.
    #[error("this isn't a JSON object: the error is at line {line}, column {column}")]
    NotJson {
        /// The physical line, counted from 1.
        line: u64,
        /// The byte in that line (in that object, where it is not the first of its line), counted from 1.
        column: usize,
    },
    /// The row has a password and a hash.
    #[error("`password` and `password_hash` are both given")]
    BothPasswordAndHash,
    /// The row is not UTF-8.
    #[error("the row isn't UTF-8 text")]
    BadEncoding,
    /// The row is too long.
    #[error("the row is longer than 1 MiB")]
    TooLong,
}

/// Why an input can't be read to its end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Reading the input failed.
    #[error("the input can't be read")]
    Io(#[from] io::Error),
    /// The input is empty.
    #[error("the input is empty")]
    Empty,
    /// The input is of no known kind, or not of the kind that was named.
    #[error("the input is not csv, jsonl, spryker or django, or not the kind that was named")]
    NotRecognised,
    /// The first line of a CSV file has no name of a field.
    #[error("the first line is not a header: it has no name of a field of a user")]
    NoHeader,
    /// The input is a file of a kind that an import doesn't read.
    #[error("the input is {kind}")]
    Foreign {
        /// What it is.
        kind: ForeignKind,
    },
    /// Another character than the named one separates the columns.
    #[error("the columns are separated by `{separator}`, not by the character that was named")]
    Separator {
        /// The character.
        separator: Separator,
    },
    /// A necessary column is missing.
    #[error("the header has no column `{name}`")]
    MissingColumn {
        /// The column.
        name: &'static str,
    },
    /// Names of columns are not fields of a user.
    #[error("the header has {} of a user: {}", not_fields(.0.count), .0)]
    UnknownColumns(UnknownNames),
    /// The header has a column twice.
    #[error("the header has the column `{name}` twice")]
    RepeatedColumn {
        /// The column.
        name: &'static str,
    },
    /// The header is not UTF-8.
    #[error("line {line} isn't UTF-8 text")]
    NotUtf8 {
        /// The physical line, counted from 1.
        line: u64,
    },
    /// A quote is not closed, so the next rows are not recognised.
    #[error("the quotes opened in the row of line {line} are never closed")]
    UnclosedQuote {
        /// The line the row begins on, counted from 1.
        line: u64,
    },
    /// A row is too long.
    #[error("the row of line {line} is longer than 1 MiB; if it has quotes, they may never be closed")]
    TooLong {
        /// The line the row begins on, counted from 1.
        line: u64,
    },
    /// The JSON around the objects is malformed.
    #[error("line {line}: {expected} is expected here")]
    Malformed {
        /// The physical line, counted from 1.
        line: u64,
        /// The value that is expected.
        expected: &'static str,
    },
    /// A Django dump has no user.
    #[error("the dump has no user; its models are {}", .models.join(", "))]
    NoUsers {
        /// The models of its objects, each once, the first ones only.
        models: Vec<String>,
    },
    /// A Django dump has objects of two models that look like users.
    #[error("the dump has two models of users: {} and {}", .models[0], .models[1])]
    SeveralUserModels {
        /// The models.
        models: [String; 2],
    },
}

impl ReadError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "invalid_input"
    }
}

fn not_fields(count: usize) -> String {
    if count == 1 {
        "a column that is not a field".to_owned()
    } else {
        format!("{count} columns that are not fields")
    }
}
