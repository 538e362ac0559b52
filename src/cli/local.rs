//! Files of this operating-system user: the saved session of `login`, one per store.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::unistd::geteuid;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::cli::config::Environment;
use crate::domain::keys::StoreId;
use crate::domain::token::{PlainToken, TokenKind};
use crate::files::Draft;

const PRIVATE_FOLDER: u32 = 0o700;
const FOR_OTHERS: u32 = 0o077;
/// A token has 54 characters; what is longer than this is none.
const MOST_BYTES: usize = 256;
/// So much of the SHA-256 of its path names a store that has no id, in hexadecimal.
const NAME_BYTES: usize = 16;

/// What a store is known by here. Its id, where it has one: a store that was moved is the same
/// store, and one that was put in its place is another. Its path otherwise.
#[derive(Debug, Clone, Copy)]
pub struct StoreName<'a> {
    /// The id of the store. A store of an earlier version has none until somebody signs in.
    pub id: Option<StoreId>,
    /// Where the store is.
    pub path: &'a Path,
}

/// The private files of one operating-system user.
#[derive(Debug, Clone)]
pub struct LocalFiles {
    folder: PathBuf,
}

/// Why a saved session can't be kept or used.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// There is nowhere to keep it.
    #[error("neither XDG_STATE_HOME nor HOME says where your session is kept")]
    NoHome,
    /// A symbolic link stands in its place.
    #[error("{} is a symbolic link, and a saved session is never read through one", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// Not a file, or not a folder where one must be.
    #[error("{} isn't what it should be: {expected} must stand there", path.display())]
    WrongKind {
        /// What stands there.
        path: PathBuf,
        /// What should.
        expected: &'static str,
    },
    /// It belongs to another operating-system user.
    #[error("{} belongs to another operating-system user", path.display())]
    ForeignOwner {
        /// Whose it is not.
        path: PathBuf,
    },
    /// Its permissions let others in.
    #[error("{} is open to other operating-system users", path.display())]
    OpenToOthers {
        /// The file or folder.
        path: PathBuf,
    },
    /// There is no token in it.
    #[error("the saved session in {} is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("the saved session can't be read or written at {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl LocalError {
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::NoHome => {
                "set HOME, or use `backoffice login --print-token`, which keeps nothing".to_owned()
            }
            Self::Damaged { .. } => "sign in again: backoffice login".to_owned(),
            Self::Link { path } | Self::WrongKind { path, .. } | Self::ForeignOwner { path } => {
                format!("look at {}, take it away, then: backoffice login", path.display())
            }
            Self::OpenToOthers { path } => {
                format!("see who could have read it, then: chmod go= {}", path.display())
            }
            Self::Io { .. } => "use `backoffice login --print-token`, which keeps nothing".to_owned(),
        }
    }
}

impl LocalFiles {
    /// The files below a state folder, such as `~/.local/state`.
    #[must_use]
    pub fn new(state_home: &Path) -> Self {
        Self {
            folder: state_home.join("backoffice/sessions"),
        }
    }

    /// The files of the user who runs this: below `$XDG_STATE_HOME`, else `~/.local/state`.
    ///
    /// # Errors
    /// [`LocalError::NoHome`] if the environment names neither.
    pub fn of(env: &Environment) -> Result<Self, LocalError> {
        let state_home = env.base_folder("XDG_STATE_HOME", ".local/state");
        state_home
            .map(|folder| Self::new(&folder))
            .ok_or(LocalError::NoHome)
    }

    /// Keeps the session of a store, in place of the one before; of one that an earlier version
    /// kept too.
    ///
    /// # Errors
    /// [`LocalError`] if the folder isn't private, or the system refuses.
    pub fn save_session(&self, store: StoreName<'_>, token: &PlainToken) -> Result<(), LocalError> {
        let place = self.place(store)?;
        DirBuilder::new()
            .recursive(true)
            .mode(PRIVATE_FOLDER)
            .create(&self.folder)
            .map_err(at(&self.folder))?;
        self.check_folder()?;
        let saved = Draft::in_folder(&self.folder).and_then(|mut draft| {
            draft.remove_orphans();
            writeln!(draft, "{}", token.expose())?;
            Ok(draft.replace(&place)?)
        });
        saved.map_err(at(&place))?;
        if store.id.is_some() {
            remove(&self.place_by_path(store.path)?)?;
        }
        Ok(())
    }

    /// The saved session of a store, if there is one.
    ///
    /// # Errors
    /// [`LocalError`] if others could have read or written it, or it holds no token.
    pub fn session(&self, store: StoreName<'_>) -> Result<Option<PlainToken>, LocalError> {
        self.read(self.place(store)?)
    }

    /// The session that an earlier version saved for the store at this path. It may be that of
    /// another store, which stood there before.
    ///
    /// # Errors
    /// As [`session`](Self::session).
    pub fn session_by_path(&self, path: &Path) -> Result<Option<PlainToken>, LocalError> {
        self.read(self.place_by_path(path)?)
    }

    fn read(&self, path: PathBuf) -> Result<Option<PlainToken>, LocalError> {
        let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
        let opened = OpenOptions::new()
            .read(true)
            .custom_flags(flags.bits())
            .open(&path);
        let file = match opened {
            Ok(file) => file,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) if error.raw_os_error() == Some(Errno::ELOOP as i32) => {
                return Err(LocalError::Link { path });
            }
            Err(source) => return Err(LocalError::Io { path, source }),
        };
        self.check_folder()?;
        let metadata = file.metadata().map_err(at(&path))?;
        if !metadata.is_file() {
            let expected = "a file";
            return Err(LocalError::WrongKind { path, expected });
        }
        check_private(&path, &metadata)?;
        read_token(&file, &path).map(Some)
    }

    /// Forgets the session of a store. Says whether there was one.
    ///
    /// # Errors
    /// [`LocalError::Io`] if the system refuses.
    pub fn remove_session(&self, store: StoreName<'_>) -> Result<bool, LocalError> {
        let removed = remove(&self.place(store)?)?;
        Ok(remove(&self.place_by_path(store.path)?)? || removed)
    }

    /// Where the session of a store is kept.
    fn place(&self, store: StoreName<'_>) -> Result<PathBuf, LocalError> {
        match store.id {
            Some(id) => Ok(self.folder.join(hexadecimal(&id.0))),
            None => self.place_by_path(store.path),
        }
    }

    /// Where the session of a store without an id is kept: two ways to write the store's path
    /// lead to one file.
    fn place_by_path(&self, store: &Path) -> Result<PathBuf, LocalError> {
        let store = std::path::absolute(store).map_err(at(store))?;
        let canonical = match (store.parent(), store.file_name()) {
            // A folder that isn't there has no other name, and no session either.
            (Some(folder), Some(name)) => fs::canonicalize(folder)
                .unwrap_or_else(|_| folder.to_owned())
                .join(name),
            _ => store,
        };
        let hash = Sha256::digest(canonical.as_os_str().as_encoded_bytes());
        Ok(self.folder.join(hexadecimal(&hash[..NAME_BYTES])))
    }

    fn check_folder(&self) -> Result<(), LocalError> {
        let folder = &self.folder;
        let metadata = fs::symlink_metadata(folder).map_err(at(folder))?;
        if metadata.is_symlink() {
            return Err(LocalError::Link { path: folder.clone() });
        }
        check_private(folder, &metadata)
    }
}

/// Removes a file. `false`: it wasn't there.
fn remove(path: &Path) -> Result<bool, LocalError> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if is_absent(&error) => Ok(false),
        Err(source) => Err(at(path)(source)),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> LocalError {
    |source| LocalError::Io {
        path: path.to_owned(),
        source,
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn check_private(path: &Path, metadata: &Metadata) -> Result<(), LocalError> {
    let path = path.to_owned();
    if metadata.uid() != geteuid().as_raw() {
        return Err(LocalError::ForeignOwner { path });
    }
    if metadata.mode() & FOR_OTHERS != 0 {
        return Err(LocalError::OpenToOthers { path });
    }
    Ok(())
}

fn read_token(file: &File, path: &Path) -> Result<PlainToken, LocalError> {
    let damaged = || LocalError::Damaged {
        path: path.to_owned(),
    };
    let mut text = Zeroizing::new(String::with_capacity(2 * MOST_BYTES));
    file.take(MOST_BYTES as u64)
        .read_to_string(&mut text)
        .map_err(|source| match source.kind() {
            io::ErrorKind::InvalidData => damaged(),
            _ => at(path)(source),
        })?;
    let token = text.strip_suffix('\n').unwrap_or(&text);
    PlainToken::parse(TokenKind::Session, token).map_err(|_| damaged())
}

#[cfg(test)]
mod tests;
