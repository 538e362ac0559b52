//! Whether a file can be trusted: whoever can change what is mailed, or whose certificates
//! are believed, reads the tokens.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use nix::unistd::geteuid;

const WRITABLE_BY_OTHERS: u32 = 0o022;
const STICKY: u32 = 0o1000;

/// Why a file or folder can't be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Danger {
    /// Its permissions let others write.
    #[error("can be written by others")]
    Writable,
    /// It belongs to neither root nor the caller.
    #[error("belongs to another operating-system user")]
    Foreign,
}

/// What is wrong with the owner or the permissions of a file or folder.
pub(super) fn danger(metadata: &Metadata) -> Option<Danger> {
    if metadata.uid() != 0 && metadata.uid() != geteuid().as_raw() {
        Some(Danger::Foreign)
    } else if metadata.mode() & WRITABLE_BY_OTHERS != 0 {
        Some(Danger::Writable)
    } else {
        None
    }
}

/// The same for the folder around: in a sticky one (`/tmp`) nobody can replace what is another's.
pub(super) fn danger_around(metadata: &Metadata) -> Option<Danger> {
    danger(metadata).filter(|why| *why == Danger::Foreign || metadata.mode() & STICKY == 0)
}
