//! The folder of a store: who owns it, and who can write in it.

use std::fs::{self, DirBuilder};
#[cfg(feature = "cli")]
use std::os::unix::fs::chown;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;

use nix::unistd::geteuid;

use super::path::{StorePath, split};
use crate::store::{StoreError, StoreFileFault};

const PRIVATE_FOLDER: u32 = 0o700;
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// The uid of the owner of the file at `path`. If there is no file yet: the owner of the folder in
/// which the file, or the first missing folder on the way to it, would be made.
#[cfg(feature = "cli")]
#[must_use]
pub(crate) fn owner_of(path: &Path) -> Option<u32> {
    let (folder, _) = split(path).ok()?;
    let found = fs::symlink_metadata(path).ok();
    let found = found.or_else(|| folder.ancestors().find_map(|folder| fs::metadata(folder).ok()));
    found.map(|metadata| metadata.uid())
}

/// Makes the missing folders on the way to `path`. Only their owner can use them.
pub(super) fn make_folder(path: &Path) -> Result<(), StoreError> {
    let (folder, _) = split(path)?;
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(PRIVATE_FOLDER)
        .create(&folder)
        .map_err(|source| StoreError::File(StoreFileFault::Folder { path: folder, source }))
}

/// Makes the folder of a store, and gives it to the operating-system user `owner`. Only root can do
/// this. A folder that exists stays as it is.
///
/// # Errors
/// [`StoreFileFault::Folder`] with the message of the system.
#[cfg(feature = "cli")]
pub(crate) fn make_folder_for(path: &Path, owner: u32) -> Result<(), StoreError> {
    let (folder, _) = split(path)?;
    if folder.is_dir() {
        return Ok(());
    }
    // Every user can pass through the folders above it.
    let above = folder.parent().unwrap_or(Path::new("/"));
    let made = DirBuilder::new().recursive(true).mode(0o755).create(above);
    let made = made.and_then(|()| DirBuilder::new().mode(PRIVATE_FOLDER).create(&folder));
    let given = made.and_then(|()| chown(&folder, Some(owner), None));
    given.map_err(|source| StoreError::File(StoreFileFault::Folder { path: folder, source }))
}

/// Refuses a folder in which other operating-system users can put files.
pub(super) fn check_folder(path: &StorePath) -> Result<(), StoreError> {
    let folder = path.folder();
    let unsafe_folder = |why, owner| {
        StoreError::File(StoreFileFault::UnsafeFolder {
            path: folder.to_owned(),
            why,
            owner,
        })
    };
    let metadata = fs::metadata(folder).map_err(|source| {
        StoreError::File(StoreFileFault::Folder {
            path: folder.to_owned(),
            source,
        })
    })?;
    let owner = metadata.uid();
    if owner != 0 && owner != geteuid().as_raw() {
        return Err(unsafe_folder("belongs to somebody else", owner));
    }
    if metadata.mode() & WRITABLE_BY_OTHERS != 0 {
        return Err(unsafe_folder("can be written by others", owner));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_folder_in_which_others_can_write_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = StorePath::resolve(&folder.path().join("store.db")).unwrap();
        for (mode, safe) in [
            (0o700, true),
            (0o755, true),
            (0o775, false),
            (0o777, false),
            (0o1777, false),
        ] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(check_folder(&path).is_ok(), safe, "{mode:o}");
        }
    }
}
