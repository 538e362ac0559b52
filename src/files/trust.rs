//! Whether a file can be trusted: whoever can change what is mailed, or whose certificates
//! are believed, reads the tokens.

use std::fs::{self, File, Metadata};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

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

/// What is wrong with the owner or the permissions of a file or folder.
pub(crate) fn danger(metadata: &Metadata) -> Option<Danger> {
    if metadata.uid() != 0 && metadata.uid() != geteuid().as_raw() {
        Some(Danger::Foreign)
    } else if metadata.mode() & WRITABLE_BY_OTHERS != 0 {
        Some(Danger::Writable)
    } else {
        None
    }
}

/// The same for the folder around: in a sticky one (`/tmp`) nobody can replace what is another's.
pub(crate) fn danger_around(metadata: &Metadata) -> Option<Danger> {
    danger(metadata).filter(|why| *why == Danger::Foreign || metadata.mode() & STICKY == 0)
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
    let metadata = file.metadata().map_err(|e| refuse(e.to_string()))?;
    if let Some(why) = danger(&metadata) {
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
