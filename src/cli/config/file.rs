//! The configuration file: where it is, and whether it can be trusted. A user who can change it
//! decides about the sign-in of every user.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;

use super::environment::Environment;
use super::error::{ConfigError, NewFileError};
use super::places::{Flags, absolute, base_folder};
use crate::files::{Danger, Draft, FileTrust};

const MOST_BYTES: u64 = 1024 * 1024;

/// A configuration file that was found, and its bytes.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

/// The first configuration file that exists. One that is named must exist.
pub(super) fn find(
    flags: &Flags<'_>,
    env: &Environment,
    home: Option<&Path>,
) -> Result<Option<Found>, ConfigError> {
    if let Some((path, named_by)) = named(flags, env) {
        return match read(&path)? {
            Some(bytes) => Ok(Some(Found { path, bytes })),
            None => Err(ConfigError::Missing { path, named_by }),
        };
    }
    for path in own(env, home)
        .into_iter()
        .chain([PathBuf::from("/etc/backoffice/config.toml")])
    {
        if let Some(bytes) = read(&path)? {
            return Ok(Some(Found { path, bytes }));
        }
    }
    Ok(None)
}

/// The file that a flag or a variable names, and the name of that.
fn named(flags: &Flags<'_>, env: &Environment) -> Option<(PathBuf, &'static str)> {
    let named = flags.config.map(|path| (path.to_owned(), "--config"));
    let named = named.or_else(|| {
        let path = env.get("BACKOFFICE_CONFIG")?;
        Some((path.into(), "BACKOFFICE_CONFIG"))
    });
    named.map(|(path, named_by)| (absolute(path), named_by))
}

/// The file of the user who runs the command; none without a home.
fn own(env: &Environment, home: Option<&Path>) -> Option<PathBuf> {
    let folder = base_folder(env, home, "XDG_CONFIG_HOME", ".config")?;
    Some(folder.join("backoffice/config.toml"))
}

/// The file that is named, or else the user's own, and whether it is the latter.
pub(super) fn new_file(flags: &Flags<'_>, env: &Environment) -> Option<(PathBuf, bool)> {
    match named(flags, env) {
        Some((path, _)) => Some((path, false)),
        None => own(env, None).map(|path| (path, true)),
    }
}

/// Makes the file that is named, or else the user's own with its folder. A file that exists stays.
/// Tells which file it is, and whether it was made.
///
/// # Errors
/// [`NewFileError`].
pub(super) fn create(
    flags: &Flags<'_>,
    env: &Environment,
    content: &str,
) -> Result<(PathBuf, bool), NewFileError> {
    let (path, is_own) = new_file(flags, env).ok_or(NewFileError::NoHome)?;
    if path.is_file() {
        return Ok((path, false));
    }
    let failed = |source: io::Error| NewFileError::NotMade {
        path: path.clone(),
        source,
    };
    let folder = path.parent().unwrap_or(Path::new("/"));
    if is_own {
        let mut builder = DirBuilder::new();
        builder
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(failed)?;
    }
    let mut draft = Draft::in_folder(folder).map_err(failed)?;
    draft.write_all(content.as_bytes()).map_err(failed)?;
    draft.put_new(&path).map_err(|error| failed(error.into()))?;
    Ok((path, true))
}

/// Reads a file that passes every check; `None` if there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    };
    // The checks use the open file, so that the file that is checked is the one that is read.
    // Without `O_NONBLOCK`, a pipe would make the program wait.
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(OFlag::O_NONBLOCK.bits())
        .open(path);
    let file = match opened {
        Ok(file) => file,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let standing = FileTrust::of_file(&file).map_err(unreadable)?;
    if !standing.metadata().is_file() {
        return Err(ConfigError::NotAFile {
            path: path.to_owned(),
        });
    }
    check(path, standing.danger())?;
    for folder in folders_of(path).map_err(unreadable)? {
        let standing = FileTrust::of_path(&folder).map_err(unreadable)?;
        check(&folder, standing.danger_around())?;
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(ConfigError::TooLong {
            path: path.to_owned(),
        });
    }
    Ok(Some(bytes))
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// The folder of the path and, if the path is a symbolic link, the folder of its target.
fn folders_of(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders: Vec<PathBuf> = path.parent().map(Path::to_owned).into_iter().collect();
    if fs::symlink_metadata(path)?.is_symlink() {
        folders.extend(fs::canonicalize(path)?.parent().map(Path::to_owned));
    }
    Ok(folders)
}

fn check(path: &Path, why: Option<Danger>) -> Result<(), ConfigError> {
    match why {
        Some(why) => Err(ConfigError::Unsafe {
            path: path.to_owned(),
            why,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::unistd::geteuid;
    use std::os::unix::fs::{PermissionsExt, chown, symlink};

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn config_in(folder: &Path) -> PathBuf {
        let path = folder.join("config.toml");
        fs::write(&path, "# nothing").unwrap();
        set_mode(&path, 0o644);
        path
    }

    fn danger(path: &Path) -> Option<Danger> {
        match read(path) {
            Ok(Some(_)) => None,
            Err(ConfigError::Unsafe { why, .. }) => Some(why),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_or_folder_others_can_write_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = config_in(folder.path());
        for (mode, why) in [
            (0o600, None),
            (0o644, None),
            (0o664, Some(Danger::Writable)),
            (0o646, Some(Danger::Writable)),
        ] {
            set_mode(&path, mode);
            assert_eq!(danger(&path), why, "{mode:o}");
        }
        set_mode(&path, 0o600);
        for (mode, why) in [
            (0o755, None),
            (0o775, Some(Danger::Writable)),
            (0o757, Some(Danger::Writable)),
            (0o1777, None),
        ] {
            set_mode(folder.path(), mode);
            assert_eq!(danger(&path), why, "{mode:o}");
        }
    }

    #[test]
    fn a_link_is_followed_and_the_folder_it_leads_to_is_looked_at() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let link = here.path().join("link.toml");
        symlink(config_in(there.path()), &link).unwrap();
        assert_eq!(danger(&link), None);
        set_mode(there.path(), 0o777);
        assert_eq!(danger(&link), Some(Danger::Writable));
    }

    #[test]
    fn a_strangers_file_or_folder_is_refused() {
        if !geteuid().is_root() {
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = config_in(folder.path());
        chown(&path, Some(65_534), None).unwrap();
        assert_eq!(danger(&path), Some(Danger::Foreign));
        chown(&path, Some(0), None).unwrap();
        chown(folder.path(), Some(65_534), None).unwrap();
        assert_eq!(danger(&path), Some(Danger::Foreign));
    }

    #[test]
    fn a_pipe_a_folder_and_a_huge_file_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRUSR).unwrap();
        assert!(matches!(read(&pipe), Err(ConfigError::NotAFile { .. })));
        assert!(matches!(read(folder.path()), Err(ConfigError::NotAFile { .. })));
        let path = config_in(folder.path());
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        file.set_len(MOST_BYTES + 1).unwrap();
        assert!(matches!(read(&path), Err(ConfigError::TooLong { .. })));
    }
}
