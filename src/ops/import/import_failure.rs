//! A row that an import refuses, and why.

use super::error::RowError;
use crate::ops::Error;

/// A row that was refused.
#[derive(Debug)]
#[non_exhaustive]
pub struct ImportFailure {
    /// The physical line the row begins on, counted from 1.
    pub line: u64,
    /// The address, if it is recognised. It is not checked, so escape it before you show it.
    pub email: Option<String>,
    /// The reason.
    pub problem: ImportProblem,
}

/// Why a row was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportProblem {
    /// The row itself is wrong.
    #[error(transparent)]
    Row(#[from] RowError),
    /// An earlier line has the same address.
    #[error("line {line} has the same address")]
    Repeated {
        /// The earlier line.
        line: u64,
    },
    /// The store or a rule does not allow the row.
    #[error(transparent)]
    Refused(Box<Error>),
}

impl ImportProblem {
    /// The word by which a program tells the problems apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Row(_) => "invalid_row",
            Self::Repeated { .. } => "repeated_row",
            Self::Refused(error) => match **error {
                Error::EmailTaken { .. }
                | Error::IdTaken(_)
                | Error::IdentityTaken
                | Error::GroupNotFound { .. }
                | Error::InvalidGroup(_)
                | Error::GroupLooksAlike { .. }
                | Error::AdministratorsNotAllowed
                | Error::Transition { .. }
                | Error::NotAllowed(_)
                | Error::HashRefused(_)
                | Error::WeakPassword(_) => error.code(),
                _ => "refused",
            },
        }
    }

    /// Whether the input must be corrected, and not the store or the options.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        match self {
            Self::Row(_) | Self::Repeated { .. } => true,
            Self::Refused(error) => matches!(
                **error,
                Error::WeakPassword(_) | Error::HashRefused(_) | Error::InvalidGroup(_)
            ),
        }
    }
}
