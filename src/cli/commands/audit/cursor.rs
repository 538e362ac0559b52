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
    /// Reads the place from a file. Where there is no file, the place is the beginning of the record.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let event = match fs::read_to_string(path) {
            Ok(text) => Some(Uuid::try_parse(text.trim()).map_err(|_| {
                let message = format!("{} does not hold the id of an event", path.display());
                Failure::new(Exit::Invalid, "invalid_cursor", message)
                    .hint("name the file of an earlier run, or one that does not exist yet")
            })?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unusable(path, &error)),
        };
        Ok(Self {
            path: path.to_owned(),
            event,
        })
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
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let kept = Draft::in_folder(folder).and_then(|mut draft| {
            writeln!(draft, "{event}")?;
            Ok(draft.replace(&self.path)?)
        });
        kept.map_err(|error| unusable(&self.path, &error))?;
        self.event = Some(event);
        Ok(())
    }
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    let message = format!("the file {} can't be used: {error}", path.display());
    Failure::new(Exit::Invalid, "cursor_file", message)
        .hint("name a file in a folder that this user can write to")
}
