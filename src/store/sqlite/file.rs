//! The store as a file: where it may stand, whose it must be, and what its first bytes say.
//! All of it is looked at before SQLite may touch anything.

use std::fs::{self, DirBuilder, File, Metadata};
use std::io;
#[cfg(feature = "cli")]
use std::os::unix::fs::chown;
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use nix::sys::statfs::{self, FsType};
use nix::unistd::geteuid;

use super::migrate::{APPLICATION_ID, latest_version};
use crate::store::StoreError;

const PRIVATE_FOLDER: u32 = 0o700;
const WRITABLE_BY_OTHERS: u32 = 0o022;

/// An absolute path whose folder has no link in it. The last part is looked at, never followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StorePath(PathBuf);

impl StorePath {
    /// Makes `path` absolute, following links in its folder only.
    ///
    /// # Errors
    /// [`StoreError::Folder`] if the folder can't be found.
    pub fn resolve(path: &Path) -> Result<Self, StoreError> {
        let (folder, name) = split(path)?;
        let canonical = fs::canonicalize(&folder).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => StoreError::Missing {
                path: folder.join(&name),
            },
            _ => StoreError::Folder {
                path: folder.clone(),
                source,
            },
        })?;
        Ok(Self(canonical.join(name)))
    }

    /// The path itself.
    #[must_use]
    pub fn as_path(&self) -> &Path {
        &self.0
    }

    /// The folder it stands in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.0.parent().unwrap_or(Path::new("/"))
    }

    /// The path of a file beside it.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.0.clone().into_os_string();
        name.push(suffix);
        name.into()
    }
}

fn split(path: &Path) -> Result<(PathBuf, std::ffi::OsString), StoreError> {
    let absolute = std::path::absolute(path).map_err(|source| StoreError::Folder {
        path: path.to_owned(),
        source,
    })?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => Ok((folder.to_owned(), name.to_owned())),
        _ => Err(StoreError::NotAFile { path: absolute }),
    }
}

/// The uid of the file at `path`; where there is none yet, of the folder that it, or the
/// folders leading to it, would be made in.
#[cfg(feature = "cli")]
#[must_use]
pub(crate) fn owner_of(path: &Path) -> Option<u32> {
    let (folder, _) = split(path).ok()?;
    let found = fs::symlink_metadata(path).ok();
    let found = found.or_else(|| folder.ancestors().find_map(|folder| fs::metadata(folder).ok()));
    found.map(|metadata| metadata.uid())
}

/// Makes the folders that lead to `path`, each for its owner alone.
pub(super) fn make_folder(path: &Path) -> Result<(), StoreError> {
    let (folder, _) = split(path)?;
    if folder.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(PRIVATE_FOLDER)
        .create(&folder)
        .map_err(|source| StoreError::Folder { path: folder, source })
}

/// Makes the folder of a store that is to belong to another operating-system user, who could
/// not make it; only root can. One that is there already stays as it is.
///
/// # Errors
/// [`StoreError::Folder`] with what the system said.
#[cfg(feature = "cli")]
pub(crate) fn make_folder_for(path: &Path, owner: u32) -> Result<(), StoreError> {
    let (folder, _) = split(path)?;
    if folder.is_dir() {
        return Ok(());
    }
    // Those above it are for everybody to pass through.
    let above = folder.parent().unwrap_or(Path::new("/"));
    let made = DirBuilder::new().recursive(true).mode(0o755).create(above);
    let made = made.and_then(|()| DirBuilder::new().mode(PRIVATE_FOLDER).create(&folder));
    let given = made.and_then(|()| chown(&folder, Some(owner), None));
    given.map_err(|source| StoreError::Folder { path: folder, source })
}

/// Refuses a folder in which others could put files of their own.
pub(super) fn check_folder(path: &StorePath) -> Result<(), StoreError> {
    let folder = path.folder();
    let unsafe_folder = |why, owner| StoreError::UnsafeFolder {
        path: folder.to_owned(),
        why,
        owner,
    };
    let metadata = fs::metadata(folder).map_err(|source| StoreError::Folder {
        path: folder.to_owned(),
        source,
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

/// Which file it is, and how many names it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileId {
    device: u64,
    inode: u64,
    pub names: u64,
}

impl FileId {
    fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            names: metadata.nlink(),
        }
    }

    pub fn is_same_file(self, other: Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }
}

/// Which file has the name `path` now.
///
/// # Errors
/// [`StoreError::Replaced`] if none has.
pub(super) fn identify(path: &StorePath) -> Result<FileId, StoreError> {
    let found = fs::symlink_metadata(path.as_path()).map_err(|_| StoreError::Replaced {
        path: path.as_path().to_owned(),
    })?;
    Ok(FileId::of(&found))
}

/// What the system said when a file was to be written in the folder of `path`.
pub(super) fn cannot_write(path: &StorePath, source: io::Error) -> StoreError {
    match source.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            StoreError::Full
        }
        _ => StoreError::Folder {
            path: path.folder().to_owned(),
            source,
        },
    }
}

/// Looks at what stands at `path` without letting SQLite near it.
///
/// # Errors
/// The [`StoreError`] that says why this can't be opened as a store.
pub(super) fn inspect(path: &StorePath) -> Result<FileId, StoreError> {
    let file = path.as_path();
    let metadata = fs::symlink_metadata(file).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => StoreError::Missing {
            path: file.to_owned(),
        },
        _ => StoreError::Folder {
            path: path.folder().to_owned(),
            source,
        },
    })?;
    if metadata.is_symlink() {
        return Err(StoreError::Link {
            path: file.to_owned(),
        });
    }
    if !metadata.is_file() {
        return Err(StoreError::NotAFile {
            path: file.to_owned(),
        });
    }
    check_owner(file, metadata.uid())?;
    for suffix in ["-wal", "-shm", "-journal"] {
        let beside = path.beside(suffix);
        if let Ok(found) = fs::symlink_metadata(&beside) {
            check_owner(&beside, found.uid())?;
        }
    }
    check_folder(path)?;
    check_file_system(path)?;
    check_header(path)?;
    if metadata.mode() & WRITABLE_BY_OTHERS != 0 {
        return Err(StoreError::WritableByOthers {
            path: file.to_owned(),
        });
    }
    Ok(FileId::of(&metadata))
}

fn check_owner(path: &Path, owner: u32) -> Result<(), StoreError> {
    if owner == geteuid().as_raw() {
        Ok(())
    } else {
        Err(StoreError::ForeignOwner {
            path: path.to_owned(),
            owner,
        })
    }
}

/// The file at `path`, which this process never closes. Closing it would give up the locks that
/// SQLite holds on it: they belong to the process and the file (POSIX.1, `fcntl`), whichever
/// descriptor they were taken with.
fn kept_open(path: &Path) -> io::Result<Arc<File>> {
    static KEPT: Mutex<Vec<(FileId, Arc<File>)>> = Mutex::new(Vec::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let wanted = FileId::of(&fs::symlink_metadata(path)?);
    if let Some((_, file)) = kept.iter().find(|(id, _)| id.is_same_file(wanted)) {
        return Ok(Arc::clone(file));
    }
    // Nobody can open a file again that has no name left.
    kept.retain(|(_, file)| file.metadata().is_ok_and(|found| found.nlink() > 0));
    let file = Arc::new(File::open(path)?);
    kept.push((FileId::of(&file.metadata()?), Arc::clone(&file)));
    Ok(file)
}

/// The first page of an SQLite file (<https://www.sqlite.org/fileformat2.html>, §1.3).
fn check_header(path: &StorePath) -> Result<(), StoreError> {
    let file = path.as_path();
    let unreadable = |source: io::Error| StoreError::Io(source.to_string());
    let mut header = [0_u8; 100];
    let open = kept_open(file).map_err(unreadable)?;
    open.read_exact_at(&mut header, 0)
        .map_err(|source| match source.kind() {
            io::ErrorKind::UnexpectedEof => StoreError::NotOurs {
                path: file.to_owned(),
            },
            _ => unreadable(source),
        })?;
    let word = |at: usize| u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if !header.starts_with(b"SQLite format 3\0") || word(68) != APPLICATION_ID {
        return Err(StoreError::NotOurs {
            path: file.to_owned(),
        });
    }
    let (found, known) = (i64::from(word(60)), latest_version());
    if found > known {
        return Err(StoreError::Newer {
            path: file.to_owned(),
            found,
            known,
        });
    }
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // A log beside it may hold the pages that seem to be missing. The length is looked at last:
    // whoever writes the log back meanwhile has lengthened the file by the time the log is gone.
    let log_is_empty = fs::metadata(path.beside("-wal")).map_or(true, |log| log.len() == 0);
    let length = open.metadata().map_err(unreadable)?.len();
    if log_is_empty && length < page_size * u64::from(word(28)) {
        return Err(StoreError::Damaged {
            path: file.to_owned(),
        });
    }
    Ok(())
}

fn check_file_system(path: &StorePath) -> Result<(), StoreError> {
    const NETWORKS: [(FsType, &str); 6] = [
        (statfs::NFS_SUPER_MAGIC, "NFS"),
        (statfs::SMB_SUPER_MAGIC, "SMB"),
        (FsType(0xFF53_4D42), "CIFS"),
        (FsType(0xFE53_4D42), "SMB2"),
        (statfs::CODA_SUPER_MAGIC, "Coda"),
        (FsType(0x0102_1997), "9P"),
    ];
    let Ok(found) = statfs::statfs(path.folder()) else {
        return Ok(());
    };
    match NETWORKS.iter().find(|(kind, _)| *kind == found.filesystem_type()) {
        Some((_, kind)) => Err(StoreError::NetworkFileSystem {
            path: path.as_path().to_owned(),
            kind,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_uri_is_a_file_name() {
        let folder = folder();
        let path = StorePath::resolve(&folder.path().join("file:x?mode=memory")).unwrap();
        assert!(path.as_path().is_absolute());
        assert!(path.as_path().ends_with("file:x?mode=memory"));
    }

    #[test]
    fn a_link_is_refused_and_not_followed() {
        let folder = folder();
        let link = folder.path().join("store.db");
        symlink("/etc/passwd", &link).unwrap();
        let path = StorePath::resolve(&link).unwrap();
        assert!(matches!(inspect(&path), Err(StoreError::Link { .. })));
    }

    #[test]
    fn files_of_something_else_are_told_apart() {
        let folder = folder();
        let file = folder.path().join("store.db");
        let path = StorePath::resolve(&file).unwrap();
        assert!(matches!(inspect(&path), Err(StoreError::Missing { .. })));
        for content in [&b""[..], b"root:x:0:0", &[7; 4096], b"SQLite format 3\0"] {
            fs::write(&file, content).unwrap();
            assert!(matches!(inspect(&path), Err(StoreError::NotOurs { .. })));
            assert_eq!(fs::read(&file).unwrap(), content);
        }
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert!(matches!(inspect(&path), Err(StoreError::NotAFile { .. })));
    }

    #[test]
    fn a_folder_others_can_write_is_refused() {
        let folder = folder();
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
