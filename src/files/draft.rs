//! A file is written under a random name and gets its real name when it is complete.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::unistd::{geteuid, syncfs};
use tempfile::NamedTempFile;

const PREFIX: &str = ".backoffice-";
const SUFFIX: &str = ".new";
/// SQLite makes these beside a draft that is a store.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];
/// The random part of the name: 12 letters and digits.
const RANDOM_CHARACTERS: usize = 12;
/// No run of this program writes one file for so long.
const ORPHAN_AGE: Duration = Duration::from_hours(24);

/// A new file that only its owner can read (mode 0600), under a random name. Dropping it removes
/// it, together with the files that SQLite makes beside a database.
#[derive(Debug)]
pub(crate) struct Draft {
    file: NamedTempFile,
    _beside: Beside,
}

/// The files that SQLite makes beside the draft of a database; removed when dropped.
#[derive(Debug)]
struct Beside(PathBuf);

/// Why a draft did not get its name.
#[derive(Debug)]
pub(crate) enum PutError {
    /// The name is as it was before. `AlreadyExists`: it was taken, and was to be kept.
    NotPut(io::Error),
    /// The file has its name, but a power failure could still take it away.
    NotSynced(io::Error),
}

impl From<PutError> for io::Error {
    fn from(error: PutError) -> Self {
        match error {
            PutError::NotPut(error) | PutError::NotSynced(error) => error,
        }
    }
}

impl Draft {
    /// Makes a draft in `folder`.
    ///
    /// # Errors
    /// What the system said.
    pub fn in_folder(folder: &Path) -> io::Result<Self> {
        let file = tempfile::Builder::new()
            .prefix(PREFIX)
            .suffix(SUFFIX)
            .rand_bytes(RANDOM_CHARACTERS)
            .tempfile_in(folder)?;
        Ok(Self {
            _beside: Beside(file.path().to_owned()),
            file,
        })
    }

    /// Where the draft is.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Removes the drafts that killed runs of this user left in the same folder more than a day
    /// ago. A folder that can't be listed is left as it is.
    pub fn remove_orphans(&self) {
        let (Some(folder), Ok(own)) = (self.path().parent(), self.file.as_file().metadata()) else {
            return;
        };
        for (path, _) in drafts(folder).filter(|(_, found)| is_orphan(found, &own)) {
            let _ = fs::remove_file(path);
        }
    }

    /// Gives the file the name `place`, unless something has it already.
    ///
    /// # Errors
    /// [`PutError`].
    pub fn put_new(self, place: &Path) -> Result<(), PutError> {
        self.put(place, |file| file.persist_noclobber(place))
    }

    /// Gives the file the name `place`, in the place of the file that had it.
    ///
    /// # Errors
    /// [`PutError`].
    #[cfg(any(feature = "cli", test))]
    pub fn replace(self, place: &Path) -> Result<(), PutError> {
        self.put(place, |file| file.persist(place))
    }

    /// Does all that [`put_new`](Self::put_new) does, under a name of its own, and removes the
    /// file again. The name is that of a draft: a killed run leaves nothing that is not removed
    /// later.
    ///
    /// # Errors
    /// [`PutError`]; a file that can't be removed is [`PutError::NotSynced`].
    pub fn rehearse(self) -> Result<(), PutError> {
        let own = self.path().file_name().unwrap_or_default().to_string_lossy();
        let random = own.strip_prefix(PREFIX).unwrap_or(&own);
        let place = self.path().with_file_name(format!("{PREFIX}check-{random}"));
        let put = self.put_new(&place);
        if matches!(put, Err(PutError::NotPut(_))) {
            return put;
        }
        fs::remove_file(&place).map_err(PutError::NotSynced).and(put)
    }

    fn put(
        mut self,
        place: &Path,
        rename: impl FnOnce(NamedTempFile) -> Result<File, tempfile::PersistError>,
    ) -> Result<(), PutError> {
        let folder = Folder::open(place).map_err(PutError::NotPut)?;
        self.file.flush().map_err(PutError::NotPut)?;
        self.file.as_file().sync_all().map_err(PutError::NotPut)?;
        let file = rename(self.file).map_err(|failed| PutError::NotPut(failed.error))?;
        folder.sync(&file).map_err(PutError::NotSynced)
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The folder around a file, as far as it takes to make a new name in it last.
enum Folder {
    Open(File),
    /// It can be written but not listed (mode 0300), and so can't be opened.
    Unlisted,
}

impl Folder {
    fn open(place: &Path) -> io::Result<Self> {
        match File::open(place.parent().unwrap_or(Path::new("/"))) {
            Ok(folder) => Ok(Self::Open(folder)),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(Self::Unlisted),
            Err(error) => Err(error),
        }
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        match self {
            Self::Open(folder) => folder.sync_all(),
            Self::Unlisted => Ok(syncfs(file)?),
        }
    }
}

/// Every draft in `folder`, finished or not.
fn drafts(folder: &Path) -> impl Iterator<Item = (PathBuf, Metadata)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let stem = BESIDE.iter().find_map(|end| name.strip_suffix(end));
            name.starts_with(PREFIX) && stem.unwrap_or(&name).ends_with(SUFFIX)
        })
        .filter_map(|entry| Some((entry.path(), fs::symlink_metadata(entry.path()).ok()?)))
}

/// `own` has just been made: its time is that of the file system.
fn is_orphan(found: &Metadata, own: &Metadata) -> bool {
    let age = |since: std::time::SystemTime| own.modified().ok()?.duration_since(since).ok();
    found.is_file()
        && found.uid() == geteuid().as_raw()
        && found
            .modified()
            .ok()
            .and_then(age)
            .is_some_and(|age| age > ORPHAN_AGE)
}

impl Drop for Beside {
    fn drop(&mut self) {
        for end in BESIDE {
            let mut path = self.0.clone().into_os_string();
            path.push(end);
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::{FileTimes, Permissions};
    use std::os::unix::fs::PermissionsExt;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_draft_is_private_and_gets_its_name_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        let mut draft = Draft::in_folder(folder.path()).unwrap();
        draft.write_all(b"whole").unwrap();
        assert_eq!(fs::metadata(draft.path()).unwrap().mode() & 0o777, 0o600);
        assert!(!place.exists());
        draft.put_new(&place).unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"whole");
        assert_eq!(fs::metadata(&place).unwrap().nlink(), 1);
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn a_name_that_is_taken_is_kept_or_replaced_as_asked() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        fs::write(&place, "before").unwrap();
        let refused = Draft::in_folder(folder.path()).unwrap().put_new(&place);
        let Err(PutError::NotPut(error)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&place).unwrap(), b"before");
        Draft::in_folder(folder.path()).unwrap().replace(&place).unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"");
        assert_eq!(names(folder.path()), ["file"]);
    }

    #[test]
    fn a_check_of_a_place_leaves_nothing_and_fails_if_a_file_would() {
        let folder = tempfile::tempdir().unwrap();
        let mut draft = Draft::in_folder(folder.path()).unwrap();
        draft.write_all(b"tried").unwrap();
        draft.rehearse().unwrap();
        assert_eq!(names(folder.path()), [""; 0]);
        let draft = Draft::in_folder(folder.path()).unwrap();
        fs::remove_file(draft.path()).unwrap();
        let refused = draft.rehearse();
        assert!(matches!(refused, Err(PutError::NotPut(_))), "{refused:?}");
    }

    #[test]
    fn a_draft_that_is_dropped_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let draft = Draft::in_folder(folder.path()).unwrap();
        for end in BESIDE {
            fs::write(format!("{}{end}", draft.path().display()), "").unwrap();
        }
        assert_eq!(names(folder.path()).len(), 4);
        drop(draft);
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn the_drafts_of_killed_processes_are_removed_after_a_day() {
        let folder = tempfile::tempdir().unwrap();
        let now = std::fs::metadata(folder.path()).unwrap().modified().unwrap();
        for (name, hours) in [
            (".backoffice-abc.new", 25),
            (".backoffice-abc.new-wal", 25),
            (".backoffice-young.new", 23),
            (".backoffice-other.txt", 25),
            ("backoffice.db", 25),
        ] {
            let file = File::create(folder.path().join(name)).unwrap();
            let then = now - Duration::from_hours(hours);
            file.set_times(FileTimes::new().set_modified(then)).unwrap();
        }
        fs::create_dir(folder.path().join(".backoffice-folder.new")).unwrap();
        let draft = Draft::in_folder(folder.path()).unwrap();
        draft.remove_orphans();
        drop(draft);
        assert_eq!(
            names(folder.path()),
            [
                ".backoffice-folder.new",
                ".backoffice-other.txt",
                ".backoffice-young.new",
                "backoffice.db"
            ]
        );
    }

    #[test]
    fn a_file_can_be_put_into_a_folder_that_cannot_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("file");
        fs::set_permissions(folder.path(), Permissions::from_mode(0o300)).unwrap();
        let draft = Draft::in_folder(folder.path()).unwrap();
        draft.remove_orphans();
        draft.put_new(&place).unwrap();
        assert!(Folder::Unlisted.sync(&File::open(&place).unwrap()).is_ok());
        fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
        assert_eq!(names(folder.path()), ["file"]);
    }
}
