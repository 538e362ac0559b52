//! Why a row, or a whole input, was refused. No message quotes a cell: it may be a password.

use std::borrow::Cow;
use std::io;

use crate::domain::email::EmailError;
use crate::domain::group::GroupNameError;
use crate::domain::identity::IdentityError;
use crate::domain::user::{LocaleError, NameError, UnknownStatus};
use crate::hashing::HashRefusal;

/// Why one row was refused.
#[derive(Debug, thiserror::Error)]
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
    Identity(#[from] IdentityError),
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

impl RowError {
    /// What to do next, where the message doesn't say it.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        let hint = match self {
            Self::UnknownField { nearest, .. } => return nearest.map(did_you_mean),
            Self::UnquotedHash => "put the whole hash between double quotes, or use jsonl",
            Self::FieldCount { found, expected } if found > expected => {
                "a cell that holds a comma or a line break stands between double quotes"
            }
            Self::FieldCount { .. } => "give every row all cells of the header; an empty cell says nothing",
            Self::Id => "leave `id` out, and one is made",
            Self::BothPasswordAndHash => "leave one of the two out",
            Self::BadEncoding => "convert the file, for example with `iconv -t UTF-8`",
            Self::Email {
                error: EmailError::Empty,
                ..
            } => "give the row an address, or take it out",
            _ => return None,
        };
        Some(Cow::Borrowed(hint))
    }
}

/// Why an input can't be read, or not further.
#[derive(Debug, thiserror::Error)]
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
    /// What to do next, where the message doesn't say it.
    #[must_use]
    pub fn hint(&self) -> Option<Cow<'static, str>> {
        let hint = match self {
            Self::UnknownColumn {
                nearest: Some(known), ..
            } => return Some(did_you_mean(known)),
            Self::UnknownColumn { .. } => "take the column out, or rename it to the field it holds",
            Self::NotRecognised => "name the kind with `--input-format csv|jsonl|spryker|django`",
            Self::NoHeader => {
                "let the first line name the columns: email,first_name,last_name,locale,status,groups"
            }
            Self::Separator { .. } => {
                "save it as CSV with commas; only `groups` are separated by `;`, inside their cell"
            }
            Self::NotUtf8 { .. } => "convert the file, for example with `iconv -t UTF-8`",
            Self::NoUsers => "make it with `manage.py dumpdata auth.user`; other user models are not read",
            Self::MissingColumn { .. } => "every user has an address: add the column",
            Self::RepeatedColumn { .. } => "take one of the two out",
            Self::UnclosedQuote { .. } | Self::TooLong { .. } => {
                "close the quotes; one that belongs to a quoted cell is written twice"
            }
            Self::Malformed { .. } => "make the file anew; it may have been cut off or edited by hand",
            Self::Io(_) | Self::Empty => return None,
        };
        Some(Cow::Borrowed(hint))
    }
}

fn did_you_mean(known: &str) -> Cow<'static, str> {
    Cow::Owned(format!("did you mean `{known}`?"))
}
