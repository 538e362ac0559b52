//! Whether a file can be trusted: a person who can change what is mailed, or which certificates
//! are believed, reads the tokens.
//!
//! Who can write a file is what counts. Kubernetes mounts the folder of a `ConfigMap` with the
//! mode 0777, but read-only: nobody can write there.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::sys::statvfs::{FsFlags, Statvfs, fstatvfs, statvfs};
use nix::unistd::geteuid;

const WRITABLE_BY_OTHERS: u32 = 0o022;
const STICKY: u32 = 0o1000;
const MOST_CERTIFICATE_BYTES: u64 = 4 * 1024 * 1024;

/// Why a file or folder can't be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Danger {
    /// Its permissions let others write.
    #[error("can be written by others")]
    Writable,
    /// It belongs to neither root nor the caller.
    #[error("belongs to neither root nor you")]
    Foreign,
}

/// Why a file of certificates can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CertificatesError {
    /// It can't be read, or holds none.
    #[error("the certificates in {} can't be used: {why}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Somebody else could have written what stands in it.
    #[error("the certificates aren't safe: {} {why}", path.display())]
    Unsafe {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: Danger,
    },
}

impl CertificatesError {
    /// The word by which a program knows the error. It never changes.
    #[must_use]
    #[expect(clippy::unused_self, reason = "as with every error")]
    pub fn code(&self) -> &'static str {
        "ca_file"
    }

    /// What stands there as a certificate isn't one.
    pub(crate) fn damaged(path: &Path) -> Self {
        Self::Unusable {
            path: path.to_owned(),
            why: "it is damaged".to_owned(),
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Unusable { .. } => "give a file of certificates in PEM form".to_owned(),
            Self::Unsafe { path, why } => match why {
                Danger::Writable => {
                    format!(
                        "see who could have changed it, then: chmod go-w {}",
                        path.display()
                    )
                }
                Danger::Foreign => format!("see what is in it, then: chown root {}", path.display()),
            },
        }
    }
}

/// What decides who can write a file or a folder.
pub(crate) struct FileTrust {
    metadata: Metadata,
    /// The file system is mounted read-only here: whatever the permissions say, nobody writes.
    read_only: bool,
}

impl FileTrust {
    /// Of a file, through its handle: what is looked at is what is read.
    pub(crate) fn of_file(file: &File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        Ok(Self::new(metadata, fstatvfs(file)))
    }

    /// Of what a path leads to.
    pub(crate) fn of_path(path: &Path) -> io::Result<Self> {
        let metadata = fs::metadata(path)?;
        Ok(Self::new(metadata, statvfs(path)))
    }

    fn new(metadata: Metadata, mount: nix::Result<Statvfs>) -> Self {
        // Where the mount can't be asked, the permissions count.
        let read_only = mount.is_ok_and(|mount| mount.flags().contains(FsFlags::ST_RDONLY));
        Self { metadata, read_only }
    }

    /// What the system says of it.
    pub(crate) fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Whether nothing can be changed here, not even the permissions.
    #[cfg(feature = "cli")]
    pub(crate) fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// What is wrong with the owner or the permissions.
    pub(crate) fn danger(&self) -> Option<Danger> {
        let owner = self.metadata.uid();
        judge(owner, self.metadata.mode(), self.read_only, geteuid().as_raw())
    }

    /// The same for the folder around: in a sticky one (`/tmp`) nobody can replace what is
    /// another's.
    pub(crate) fn danger_around(&self) -> Option<Danger> {
        let is_sticky = self.metadata.mode() & STICKY != 0;
        self.danger().filter(|why| *why == Danger::Foreign || !is_sticky)
    }
}

fn judge(owner: u32, mode: u32, read_only: bool, caller: u32) -> Option<Danger> {
    if owner != 0 && owner != caller {
        Some(Danger::Foreign)
    } else if mode & WRITABLE_BY_OTHERS != 0 && !read_only {
        Some(Danger::Writable)
    } else {
        None
    }
}

/// The PEM text of a file of certificates.
///
/// # Errors
/// [`CertificatesError`] if it can't be read, holds no certificate, or could have been written
/// by others.
pub(crate) fn read_certificates(path: &Path) -> Result<Vec<u8>, CertificatesError> {
    let refuse = |why: String| CertificatesError::Unusable {
        path: path.to_owned(),
        why,
    };
    // Asked before opening, which would wait for ever on a named pipe.
    if !fs::metadata(path).map_err(|e| refuse(e.to_string()))?.is_file() {
        return Err(refuse("it isn't a file".to_owned()));
    }
    let file = File::open(path).map_err(|e| refuse(e.to_string()))?;
    let trust = FileTrust::of_file(&file).map_err(|e| refuse(e.to_string()))?;
    if let Some(why) = trust.danger() {
        let path = path.to_owned();
        return Err(CertificatesError::Unsafe { path, why });
    }
    let mut pem = Vec::new();
    file.take(MOST_CERTIFICATE_BYTES)
        .read_to_end(&mut pem)
        .map_err(|e| refuse(e.to_string()))?;
    let marker = b"-----BEGIN CERTIFICATE-----";
    if !pem.windows(marker.len()).any(|window| window == marker) {
        return Err(refuse("there is no certificate in it".to_owned()));
    }
    Ok(pem)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: u32 = 0;
    const CALLER: u32 = 1000;
    const OTHER: u32 = 1001;

    #[test]
    fn permissions_count_where_the_mount_can_be_written() {
        for (owner, mode, danger) in [
            (ROOT, 0o644, None),
            (CALLER, 0o600, None),
            (CALLER, 0o664, Some(Danger::Writable)),
            (ROOT, 0o777, Some(Danger::Writable)),
            (ROOT, 0o2775, Some(Danger::Writable)),
            (OTHER, 0o600, Some(Danger::Foreign)),
        ] {
            assert_eq!(judge(owner, mode, false, CALLER), danger, "{owner} {mode:o}");
        }
    }

    #[test]
    fn on_a_read_only_mount_only_the_owner_counts() {
        for (owner, mode, danger) in [
            (ROOT, 0o777, None),
            (ROOT, 0o2777, None),
            (CALLER, 0o666, None),
            (OTHER, 0o644, Some(Danger::Foreign)),
            (OTHER, 0o777, Some(Danger::Foreign)),
        ] {
            assert_eq!(judge(owner, mode, true, CALLER), danger, "{owner} {mode:o}");
        }
    }

    #[test]
    fn a_folder_that_others_can_write_is_dangerous_unless_sticky() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        for (mode, around) in [(0o777, Some(Danger::Writable)), (0o1777, None), (0o755, None)] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            let trust = FileTrust::of_path(folder.path()).unwrap();
            assert_eq!(trust.danger_around(), around, "{mode:o}");
        }
    }
}
