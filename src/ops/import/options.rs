//! How an import is done, and how far it is.

use super::ReadOptions;
use crate::ops::users::IfExists;

/// How an import is done.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing an operator allows"
)]
#[non_exhaustive]
pub struct ImportOptions {
    /// The kind of the input and the zone of its times.
    pub read: ReadOptions,
    /// Import the good rows and report the others.
    pub keep_going: bool,
    /// What to do with rows whose address is taken.
    pub if_exists: IfExists,
    /// Activate the users that the input leaves pending.
    pub activate: bool,
    /// Make missing groups.
    pub create_groups: bool,
    /// Allow new members of the group `administrators`.
    pub allow_administrators: bool,
    /// Set the passwords of the input for existing users too.
    pub reset_passwords: bool,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportStep {
    /// This number of rows was read.
    Read(u64),
    /// Passwords are compared with the stored ones.
    Compared {
        /// The number done so far.
        done: u64,
        /// The number in all.
        of: u64,
    },
    /// Passwords are hashed.
    Hashed {
        /// The number done so far.
        done: u64,
        /// The number in all.
        of: u64,
    },
    /// Writing begins.
    Writing {
        /// The number of rows.
        of: u64,
    },
    /// Rows are written.
    Written {
        /// The number done so far.
        done: u64,
    },
}

/// The number of rows between two reports of progress.
pub(super) const STRIDE: u64 = 256;
