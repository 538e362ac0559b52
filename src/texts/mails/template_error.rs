//! The errors of templates, and their hints.

use std::io;
use std::path::{Path, PathBuf};

use crate::files::Danger;

/// Why templates can't be loaded, or why a message can't be rendered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// Other operating-system users can write the file or the folder.
    #[error("{} {why}: a user who can change a template can read the links", path.display())]
    Unsafe {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with the file or the folder.
        why: Danger,
    },
    /// A symbolic link leads out of the folder.
    #[error("{} is a symbolic link that leads out of the folder of templates", path.display())]
    Outside {
        /// The link.
        path: PathBuf,
    },
    /// The system can't read the file or the folder.
    #[error("{} can't be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// There is a folder in the place of a file, a file in the place of a folder, or a pipe.
    #[error("{} isn't {expected}", path.display())]
    WrongKind {
        /// The path.
        path: PathBuf,
        /// What must be there.
        expected: &'static str,
    },
    /// The file is too long for a mail.
    #[error("{} is longer than a template may be (256 KiB)", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// The file is not UTF-8.
    #[error("{} isn't UTF-8 text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// The name of a file or a folder is unknown.
    #[error("{} is the template of no message", path.display())]
    UnknownFile {
        /// The file or folder.
        path: PathBuf,
        /// The most similar known name, if one is similar.
        nearest: Option<String>,
    },
    /// There are two files for one locale and part.
    #[error("{} stands there twice, in two spellings", path.display())]
    Twice {
        /// The second one.
        path: PathBuf,
    },
    /// A language that the operator added lacks a part.
    #[error("{} is missing: a language that isn't built in needs all three parts", path.display())]
    Incomplete {
        /// The missing file.
        path: PathBuf,
    },
    /// The template can't be parsed or rendered.
    #[error("{}: {why}", place(file, *line))]
    Broken {
        /// The file, or the name of the built-in template.
        file: PathBuf,
        /// The line, counted from 1.
        line: Option<usize>,
        /// What is wrong.
        why: String,
    },
    /// The template uses a name that its message doesn't have.
    #[error("{}: there is no `{name}` in this template", place(file, *line))]
    UnknownName {
        /// The file.
        file: PathBuf,
        /// The line, counted from 1.
        line: Option<usize>,
        /// The unknown name.
        name: String,
        /// The known names, separated by commas.
        known: String,
        /// The most similar known name, if one is similar.
        nearest: Option<String>,
    },
    /// The template doesn't show the link.
    #[error("{} doesn't show the link as it has to", file.display())]
    NoLink {
        /// The file.
        file: PathBuf,
    },
    /// The subject is empty.
    #[error("{} is empty", file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// The link is not one line of ASCII.
    #[error("the link holds a space, a control character or a letter outside ASCII")]
    BadLink,
}

impl TemplateError {
    /// The word by which a program knows the error. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "invalid_template"
    }
}

fn place(file: &Path, line: Option<usize>) -> String {
    match line {
        Some(line) => format!("{}, line {line}", file.display()),
        None => file.display().to_string(),
    }
}
