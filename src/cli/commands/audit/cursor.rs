//! The file that keeps the place in the audit record at which the next listing goes on.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::cli::error::{Exit, Failure};
use crate::files::Draft;

/// A place in the audit record that outlives this run.
pub(super) struct Cursor {
    path: PathBuf,
    event: Option<Uuid>,
}

impl Cursor {
    /// Reads the place from a file. Where there is no file, the place is the beginning of the record. A
    /// place that could not be kept later is refused.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let event = match fs::metadata(path) {
            // A pipe would be waited for, and a device has no end.
            Ok(found) if !found.is_file() => return Err(unusable(path, &io::ErrorKind::InvalidInput.into())),
            Ok(_) => Some(read(path)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unusable(path, &error)),
        };
        let cursor = Self {
            path: path.to_owned(),
            event,
        };
        cursor.draft().map_err(|error| unusable(path, &error))?;
        Ok(cursor)
    }

    /// The event after which the listing begins.
    pub fn event(&self) -> Option<Uuid> {
        self.event
    }

    /// Keeps another place. The file is always whole.
    pub fn move_to(&mut self, event: Uuid) -> Result<(), Failure> {
        if self.event == Some(event) {
            return Ok(());
        }
        let kept = self.draft().and_then(|mut draft| {
            writeln!(draft, "{event}")?;
            Ok(draft.replace(&self.path)?)
        });
        kept.map_err(|error| unusable(&self.path, &error))?;
        self.event = Some(event);
        Ok(())
    }

    /// A file beside the place, which gets its name when it is complete.
    fn draft(&self) -> io::Result<Draft> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Draft::in_folder(folder.unwrap_or(Path::new(".")))
    }
}

fn read(path: &Path) -> Result<Uuid, Failure> {
    let text = fs::read(path).map_err(|error| unusable(path, &error))?;
    Uuid::try_parse_ascii(text.trim_ascii()).map_err(|_| {
        let message = format!("{} does not hold the id of an event", path.display());
        Failure::new(Exit::Invalid, "invalid_cursor", message)
            .hint("name the file of an earlier run, or one that does not exist yet")
    })
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "its folder isn't there".to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not read and write it".to_owned(),
        io::ErrorKind::InvalidInput => "it is not a regular file".to_owned(),
        _ => error.to_string(),
    };
    let message = format!("the file {} can't be used: {why}", path.display());
    Failure::new(Exit::Invalid, "cursor_file", message)
        .hint("name a file in a folder that this user can write to")
}
