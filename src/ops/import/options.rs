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
    /// What the input doesn't say of itself.
    pub read: ReadOptions,
    /// Take the good rows, report the others.
    pub keep_going: bool,
    /// What to do with those whose address is taken.
    pub if_exists: IfExists,
    /// Activate the users that the input leaves pending.
    pub activate: bool,
    /// Make the groups that are missing.
    pub create_groups: bool,
    /// Let the input make administrators.
    pub allow_administrators: bool,
    /// Give those whose address is taken the password of the input.
    pub reset_passwords: bool,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportStep {
    /// So many rows were read.
    Read(u64),
    /// So many of so many passwords were compared with the stored ones.
    Compared {
        /// Done.
        done: u64,
        /// To do.
        of: u64,
    },
    /// So many of so many passwords were hashed.
    Hashed {
        /// Done.
        done: u64,
        /// To do.
        of: u64,
    },
    /// Writing begins.
    Writing {
        /// So many rows.
        of: u64,
    },
    /// So many rows were written.
    Written {
        /// Done.
        done: u64,
    },
}

/// Progress is told once in so many rows.
pub(super) const STRIDE: u64 = 256;
