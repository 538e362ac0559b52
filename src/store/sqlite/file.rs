//! The file of a store: what it is, who owns it, and what its first bytes say. All of this is
//! checked before SQLite opens the file.

use std::fs::{self, File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use nix::sys::statfs::{self, FsType};
use nix::unistd::geteuid;

use super::folder::check_folder;
use super::header::APPLICATION_ID;
use super::migrate::latest_version;
use super::path::StorePath;
use crate::store::{StoreError, StoreFileFault};

const WRITABLE_BY_OTHERS: u32 = 0o022;

/// The identity of a file, and the number of its names.
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

/// The file that is at `path` now.
///
/// # Errors
/// [`StoreFileFault::Replaced`] if there is no file.
pub(super) fn identify(path: &StorePath) -> Result<FileId, StoreError> {
    let found = fs::symlink_metadata(path.as_path()).map_err(|_| {
        StoreError::File(StoreFileFault::Replaced {
            path: path.as_path().to_owned(),
        })
    })?;
    Ok(FileId::of(&found))
}

/// Checks the file at `path`. SQLite doesn't open the file here.
///
/// # Errors
/// The [`StoreError`] that says why the file can't be opened as a store.
pub(super) fn inspect(path: &StorePath) -> Result<FileId, StoreError> {
    let file = path.as_path();
    let metadata = fs::symlink_metadata(file).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => StoreError::Missing {
            path: file.to_owned(),
        },
        _ => StoreError::File(StoreFileFault::Folder {
            path: path.folder().to_owned(),
            source,
        }),
    })?;
    if metadata.is_symlink() {
        return Err(StoreError::File(StoreFileFault::Link {
            path: file.to_owned(),
        }));
    }
    if !metadata.is_file() {
        return Err(StoreError::File(StoreFileFault::NotAFile {
            path: file.to_owned(),
        }));
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
        return Err(StoreError::File(StoreFileFault::WritableByOthers {
            path: file.to_owned(),
        }));
    }
    Ok(FileId::of(&metadata))
}

fn check_owner(path: &Path, owner: u32) -> Result<(), StoreError> {
    if owner == geteuid().as_raw() {
        Ok(())
    } else {
        Err(StoreError::File(StoreFileFault::ForeignOwner {
            path: path.to_owned(),
            owner,
        }))
    }
}

/// Opens the file at `path`, and never closes it. When a process closes a file, it loses all locks
/// on the file, and so those of SQLite: a lock belongs to the process and the file, and not to a
/// descriptor (POSIX.1, `fcntl`).
fn kept_open(path: &Path) -> io::Result<Arc<File>> {
    static KEPT: Mutex<Vec<(FileId, Arc<File>)>> = Mutex::new(Vec::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let wanted = FileId::of(&fs::symlink_metadata(path)?);
    if let Some((_, file)) = kept.iter().find(|(id, _)| id.is_same_file(wanted)) {
        return Ok(Arc::clone(file));
    }
    // A file without a name can't be opened again.
    kept.retain(|(_, file)| file.metadata().is_ok_and(|found| found.nlink() > 0));
    let file = Arc::new(File::open(path)?);
    kept.push((FileId::of(&file.metadata()?), Arc::clone(&file)));
    Ok(file)
}

/// Checks the header of an SQLite file (<https://www.sqlite.org/fileformat2.html>, §1.3).
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
    // A log beside the file can hold the pages that seem to be missing. So the length of the file is
    // read last: if another process writes the log back meanwhile, the file is longer before the log
    // is empty.
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
        Some((_, kind)) => Err(StoreError::File(StoreFileFault::NetworkFileSystem {
            path: path.as_path().to_owned(),
            kind,
        })),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_link_is_refused_and_not_followed() {
        let folder = folder();
        let link = folder.path().join("store.db");
        symlink("/etc/passwd", &link).unwrap();
        let path = StorePath::resolve(&link).unwrap();
        assert!(matches!(
            inspect(&path),
            Err(StoreError::File(StoreFileFault::Link { .. }))
        ));
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
        assert!(matches!(
            inspect(&path),
            Err(StoreError::File(StoreFileFault::NotAFile { .. }))
        ));
    }
}
