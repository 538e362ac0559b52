//! Why a secret could not be read, never quoting what was.

use std::io;

/// Why a secret, or what stands beside it, could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Nothing between two line ends.
    #[error("{what} is empty")]
    Empty {
        /// What was to be read.
        what: String,
    },
    /// More than one line.
    #[error("{what} has a line break inside")]
    LineBreak {
        /// What was to be read.
        what: String,
    },
    /// Over 1 MiB of secrets, or 64 MiB of targets.
    #[error("{from} is too long")]
    TooLong {
        /// Where it was to be read from.
        from: String,
    },
    /// More lines than secrets were asked for.
    #[error("standard input has more than {}", lines(*wanted))]
    TooMany {
        /// How many lines were expected.
        wanted: usize,
    },
    /// Fewer lines than secrets were asked for.
    #[error("standard input ended before {missing}")]
    TooFew {
        /// The first secret that is not there.
        missing: &'static str,
    },
    /// Not UTF-8.
    #[error("{from} is not UTF-8 text")]
    NotText {
        /// Where it was to be read from.
        from: String,
    },
    /// Not JSON.
    #[error("the input is not valid JSON (line {line}, column {column})")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// JSON, but not one object of texts, flags and lists of texts with each key once.
    #[error(
        "the input is not a JSON object of texts, booleans and lists of texts, each key once \
         (line {line}, column {column})"
    )]
    NotAnswers {
        /// Counted from 1.
        line: usize,
        /// Counted from 1, in bytes.
        column: usize,
    },
    /// A value of another kind than this key has.
    #[error("`{key}` in the input must be {wanted}")]
    WrongKind {
        /// The key that was asked for.
        key: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// No target on standard input.
    #[error("standard input is empty")]
    NoTargets,
    /// The system did not let it be read.
    #[error("{from} could not be read: {error}")]
    Io {
        /// Where it was to be read from.
        from: String,
        /// Why.
        error: io::Error,
    },
}

fn lines(count: usize) -> String {
    if count == 1 {
        "one line".to_owned()
    } else {
        format!("the {count} lines expected")
    }
}
