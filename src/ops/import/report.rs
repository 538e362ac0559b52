//! What an import did, and which rows it refused.

use std::time::Duration;

use super::RowError;
use crate::ops::Error;

/// What an import did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ImportReport {
    /// Users that are new.
    pub created: u64,
    /// Users that were changed.
    pub updated: u64,
    /// Users that stayed as they were.
    pub skipped: u64,
    /// Rows that were refused, in the order of the input.
    pub failures: Vec<ImportFailure>,
    /// New members of the group `administrators`.
    pub new_administrators: u64,
    /// When failed sign-ins are answered from now on, if that is later than before: a hash of the
    /// input needs so long. It ends when its users have signed in.
    pub failure_floor: Option<Duration>,
    /// Users that were Django's staff, which gives nothing here.
    pub was_staff: u64,
    /// Users that were Django's superusers, which gives nothing here.
    pub was_superuser: u64,
}

/// A row that was refused.
#[derive(Debug)]
#[non_exhaustive]
pub struct ImportFailure {
    /// The physical line the row begins on, counted from 1.
    pub line: u64,
    /// The address, if it can be made out; not checked, so to be escaped.
    pub email: Option<String>,
    /// Why.
    pub problem: ImportProblem,
}

/// Why a row was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ImportProblem {
    /// The row itself is at fault.
    #[error(transparent)]
    Row(#[from] RowError),
    /// The input has the address twice.
    #[error("the address stands in line {line} already")]
    Repeated {
        /// Where it stands first.
        line: u64,
    },
    /// The row doesn't fit the store or the rules.
    #[error(transparent)]
    Refused(Box<Error>),
}

impl ImportReport {
    /// The word by which a program tells whether the input is wrong, or only does not fit the
    /// store. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        if self.is_malformed() {
            "invalid_rows"
        } else {
            "conflicting_rows"
        }
    }

    /// Whether a row was refused for which the input has to be mended.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        self.failures.iter().any(|failure| failure.problem.is_malformed())
    }
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
                | Error::AdministratorsNotAllowed
                | Error::Transition { .. }
                | Error::NotAllowed(_)
                | Error::HashRefused(_)
                | Error::WeakPassword(_) => error.code(),
                _ => "refused",
            },
        }
    }

    /// Whether the input has to be mended, rather than the store or the command.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        match self {
            Self::Row(_) | Self::Repeated { .. } => true,
            Self::Refused(error) => matches!(**error, Error::WeakPassword(_) | Error::HashRefused(_)),
        }
    }
}

impl ImportReport {
    /// With the rows that were refused before anything was written.
    pub(super) fn with(mut self, failures: Vec<ImportFailure>) -> Self {
        self.failures.extend(failures);
        self.failures.sort_by_key(|failure| failure.line);
        self
    }
}

#[cfg(test)]
mod tests;
