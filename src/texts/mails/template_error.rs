//! What can be wrong with a template, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::files::Danger;

/// Why templates can't be loaded, or a message can't be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// Others could have written it.
    #[error("{} {why}: whoever can change a template reads the links", path.display())]
    Unsafe {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        why: Danger,
    },
    /// A symbolic link leads elsewhere.
    #[error("{} is a symbolic link that leads out of the folder of templates", path.display())]
    Outside {
        /// The link.
        path: PathBuf,
    },
    /// The system refused.
    #[error("{} can't be read: {source}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder where a file must be, or the reverse, or a pipe.
    #[error("{} isn't {expected}", path.display())]
    WrongKind {
        /// What stands there.
        path: PathBuf,
        /// What should.
        expected: &'static str,
    },
    /// Nobody writes a mail that long.
    #[error("{} is longer than a template may be (256 KiB)", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// Not UTF-8.
    #[error("{} isn't UTF-8 text", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// A name that means nothing here.
    #[error("{} is the template of no message", path.display())]
    UnknownFile {
        /// The file or folder.
        path: PathBuf,
        /// The closest name that means something.
        nearest: Option<String>,
    },
    /// Two spellings of one locale.
    #[error("{} stands there twice, in two spellings", path.display())]
    Twice {
        /// The second one.
        path: PathBuf,
    },
    /// A language of one's own lacks a part.
    #[error("{} is missing: a language that isn't built in needs all three parts", path.display())]
    Incomplete {
        /// The file that should be there.
        path: PathBuf,
    },
    /// It can't be read, or can't be carried out.
    #[error("{}: {why}", place(file, *line))]
    Broken {
        /// The file, or the name of the built-in template.
        file: PathBuf,
        /// Counted from 1.
        line: Option<usize>,
        /// What is wrong.
        why: String,
    },
    /// It names what its message doesn't have.
    #[error("{}: there is no `{name}` in this template", place(file, *line))]
    UnknownName {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: Option<usize>,
        /// The unknown name.
        name: String,
        /// The names there are, separated by commas.
        known: String,
        /// The closest of them.
        nearest: Option<String>,
    },
    /// The reader would never see the link.
    #[error("{} doesn't show the link as it has to", file.display())]
    NoLink {
        /// The file.
        file: PathBuf,
    },
    /// A mail without a subject.
    #[error("{} is empty", file.display())]
    Empty {
        /// The file.
        file: PathBuf,
    },
    /// The link handed in would be torn or lead elsewhere.
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
