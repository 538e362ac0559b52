//! What an import did, and which rows it refused.

use std::time::Duration;

use super::RowError;
use crate::ops::Error;

/// What an import did.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ImportReport {
    /// The number of new users.
    pub created: u64,
    /// The number of changed users.
    pub updated: u64,
    /// The number of users that stayed unchanged.
    pub skipped: u64,
    /// The refused rows, in the order of the input.
    pub failures: Vec<ImportFailure>,
    /// The number of new members of the group `administrators`.
    pub new_administrators: u64,
    /// The new time after which failed sign-ins are answered, if a hash of the input raised it. It
    /// falls again when the users of these hashes have signed in.
    pub failure_floor: Option<Duration>,
    /// The number of users whose hash was taken and protects the password too little: it is built on MD5
    /// or SHA-1, or it has too few rounds. The next sign-in of the user replaces it.
    pub weak_hashes: u64,
    /// The number of users with Django's `is_staff`. It gives no right here.
    pub was_staff: u64,
    /// The number of users with Django's `is_superuser`. It gives no right here.
    pub was_superuser: u64,
}

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

impl ImportReport {
    /// The word by which a program tells whether the input is wrong, or the store does not allow it. It
    /// never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        if self.is_malformed() {
            "invalid_rows"
        } else {
            "conflicting_rows"
        }
    }

    /// Whether the input must be corrected for one of the rows.
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

    /// Whether the input must be corrected, and not the store or the options.
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        match self {
            Self::Row(_) | Self::Repeated { .. } => true,
            Self::Refused(error) => matches!(**error, Error::WeakPassword(_) | Error::HashRefused(_)),
        }
    }
}

impl ImportReport {
    /// Adds the rows that were refused before anything was written.
    pub(super) fn with(mut self, failures: Vec<ImportFailure>) -> Self {
        self.failures.extend(failures);
        self.failures.sort_by_key(|failure| failure.line);
        self
    }
}

#[cfg(test)]
mod tests;
