//! The path of a store.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::store::{StoreError, StoreFileFault};

/// An absolute path. Its folder is free of symbolic links; the last part can be one, and is never
/// followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StorePath(PathBuf);

impl StorePath {
    /// Makes `path` absolute. Symbolic links are followed in its folder only.
    ///
    /// # Errors
    /// [`StoreFileFault::Folder`] if the folder doesn't exist or can't be read.
    pub fn resolve(path: &Path) -> Result<Self, StoreError> {
        let (folder, name) = split(path)?;
        let canonical = fs::canonicalize(&folder).map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => StoreError::Missing {
                path: folder.join(&name),
            },
            _ => StoreError::File(StoreFileFault::Folder {
                path: folder.clone(),
                source,
            }),
        })?;
        Ok(Self(canonical.join(name)))
    }

    /// The path itself.
    #[must_use]
    pub fn as_path(&self) -> &Path {
        &self.0
    }

    /// The folder of the store.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.0.parent().unwrap_or(Path::new("/"))
    }

    /// The path of a file beside the store: the name of the store with `suffix` behind it.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = self.0.clone().into_os_string();
        name.push(suffix);
        name.into()
    }
}

/// The folder and the name of the store at `path`.
pub(super) fn split(path: &Path) -> Result<(PathBuf, OsString), StoreError> {
    let absolute = std::path::absolute(path).map_err(|source| {
        StoreError::File(StoreFileFault::Folder {
            path: path.to_owned(),
            source,
        })
    })?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => Ok((folder.to_owned(), name.to_owned())),
        _ => Err(StoreError::File(StoreFileFault::NotAFile { path: absolute })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_looks_like_a_uri_is_a_file_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = StorePath::resolve(&folder.path().join("file:x?mode=memory")).unwrap();
        assert!(path.as_path().is_absolute());
        assert!(path.as_path().ends_with("file:x?mode=memory"));
    }
}
