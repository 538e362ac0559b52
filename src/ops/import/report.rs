//! What an import did, and which rows it refused.

use std::time::Duration;

use super::import_failure::ImportFailure;
use super::refused_rows::{MOST_FAILURES, RefusedRows};

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
    /// The number of refused rows.
    pub failed: u64,
    /// The first of the refused rows, at most 1000, in the order of the input.
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
    /// The number of users with permissions of Django's. They give no right here.
    pub had_permissions: u64,
    /// The number of memberships that were left out because a Django dump does not give the name of the
    /// group.
    pub groups_left_out: u64,
    /// The first fields of a Django dump that have a value and are not taken.
    pub fields_left_out: Vec<String>,
    /// Whether the input must be corrected for one of the refused rows.
    pub(super) has_malformed: bool,
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
        self.has_malformed
    }

    /// The report with further rows that were refused.
    pub(super) fn with(mut self, failures: RefusedRows) -> Self {
        self.failed += failures.count;
        self.has_malformed |= failures.is_malformed;
        self.failures.extend(failures.first());
        self.failures.sort_by_key(|failure| failure.line);
        self.failures.truncate(MOST_FAILURES);
        self
    }
}

#[cfg(test)]
mod tests;
