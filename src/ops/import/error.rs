//! Why a row, or a whole input, was refused. No message quotes a cell: it may be a password.

use std::io;

use crate::domain::email::EmailError;
use crate::domain::group::GroupNameError;
use crate::domain::identity::MalformedIdentity;
use crate::domain::user::{LocaleError, NameError, UnknownStatus};
use crate::hashing::HashRefusal;

/// Why one row was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RowError {
    /// The address isn't one.
    #[error("`{field}`: {error}")]
    Email {
        /// What the format calls the field.
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
    /// The status is no word of ours.
    #[error("`status`: {0}")]
    Status(#[from] UnknownStatus),
    /// The status is no word of Spryker's.
    #[error("`status`: Spryker's are active, blocked and deleted")]
    SprykerStatus,
    /// A group's name breaks a rule.
    #[error("`groups`: {0}")]
    Group(#[from] GroupNameError),
    /// A third-party identity breaks a rule.
    #[error("`identities`: {0}")]
    Identity(#[from] MalformedIdentity),
    /// The hash isn't one we can verify.
    #[error("`{field}`: {refusal}")]
    Hash {
        /// What the format calls the field.
        field: &'static str,
        /// What is wrong with it.
        refusal: HashRefusal,
    },
    /// The id isn't a `UUIDv7`.
    #[error("`id`: an id is a UUIDv7, as an export gives it")]
    Id,
    /// The password state is no word of ours.
    #[error("`password_state`: it is one of none, set, random")]
    PasswordState,
    /// A time isn't one.
    #[error("`{field}`: a time is needed, such as 2026-11-24T09:00:00Z")]
    Timestamp {
        /// The field.
        field: &'static str,
    },
    /// Neither `true` nor `false`.
    #[error("`{field}`: it is either true or false")]
    Flag {
        /// The field.
        field: &'static str,
    },
    /// A CSV cell with a hash stands without quotes, and the commas of the hash ended it.
    #[error("the password hash isn't in quotes, so its commas split it into several cells")]
    UnquotedHash,
    /// A CSV record is longer or shorter than its header.
    #[error("the number of cells ({found}) isn't that of the header ({expected})")]
    FieldCount {
        /// Cells in the header.
        expected: usize,
        /// Cells in the record.
        found: usize,
    },
    /// A JSON key that is no field of a user.
    #[error("`{name}` is no field of a user")]
    UnknownField {
        /// As it stands in the input, shortened.
        name: String,
        /// What may have been meant.
        nearest: Option<&'static str>,
    },
    /// A JSON key that stands twice in one object.
    #[error("`{field}` is given twice")]
    RepeatedField {
        /// The field.
        field: &'static str,
    },
    /// A row without something it can't be without.
    #[error("`{field}` is missing")]
    MissingField {
        /// The field.
        field: &'static str,
    },
    /// A JSON value of another type.
    #[error("`{field}`: {expected} is needed here")]
    WrongType {
        /// The field.
        field: &'static str,
        /// What should stand there.
        expected: &'static str,
    },
    /// The text isn't JSON, or not one object.
    #[error("this isn't a JSON object: it breaks off or goes astray at line {line}, column {column}")]
    NotJson {
        /// The physical line, counted from 1.
        line: u64,
        /// The byte in that line (in that object, where it is not the first of its line), counted from 1.
        column: usize,
    },
    /// A password and a hash at once.
    #[error("`password` and `password_hash` are both given")]
    BothPasswordAndHash,
    /// Bytes that are not UTF-8.
    #[error("the row isn't UTF-8 text")]
    BadEncoding,
    /// More than a row may have.
    #[error("the row is longer than 1 MiB")]
    TooLong,
}

/// Why an input can't be read, or not further.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The input gave an error.
    #[error("the input can't be read")]
    Io(#[from] io::Error),
    /// There is nothing in it.
    #[error("the input is empty")]
    Empty,
    /// It looks like none of the formats, or not like the one that was named.
    #[error("the input is none of csv, jsonl, spryker and django, or not the one that was named")]
    NotRecognised,
    /// The first line of a CSV names no field.
    #[error("the first line names no field of a user, so it is no header")]
    NoHeader,
    /// The columns are not separated by commas.
    #[error("the columns are separated by {separator:?}, not by commas")]
    Separator {
        /// What separates them.
        separator: char,
    },
    /// A column that has to be there.
    #[error("the header has no column `{name}`")]
    MissingColumn {
        /// The column.
        name: &'static str,
    },
    /// A column that is no field of a user.
    #[error("the header names `{name}`, which is no field of a user")]
    UnknownColumn {
        /// As it stands in the header, shortened.
        name: String,
        /// What may have been meant.
        nearest: Option<&'static str>,
    },
    /// A column that is named twice.
    #[error("the header names `{name}` twice")]
    RepeatedColumn {
        /// The column.
        name: &'static str,
    },
    /// The header, or an array of JSON objects, holds bytes that are not UTF-8.
    #[error("line {line} isn't UTF-8 text")]
    NotUtf8 {
        /// The physical line, counted from 1.
        line: u64,
    },
    /// A quote that was opened is never closed; what follows can't be told apart any more.
    #[error("the quotes opened in the row of line {line} are never closed")]
    UnclosedQuote {
        /// The line the row begins on, counted from 1.
        line: u64,
    },
    /// A row without an end in sight.
    #[error("the row of line {line} is longer than 1 MiB; if it has quotes, they may never be closed")]
    TooLong {
        /// The line the row begins on, counted from 1.
        line: u64,
    },
    /// The JSON around the objects goes astray.
    #[error("line {line}: {expected} is needed here")]
    Malformed {
        /// The physical line, counted from 1.
        line: u64,
        /// What should stand there.
        expected: &'static str,
    },
    /// A Django dump without a single `auth.user`.
    #[error("the dump holds no `auth.user` object")]
    NoUsers,
}

impl ReadError {
    /// The word by which a program knows the error. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "invalid_input"
    }
}
