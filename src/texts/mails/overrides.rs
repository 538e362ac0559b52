//! Reads the templates of an operator, from files that other operating-system users can't write.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;

use super::message::Message;
use super::part::Part;
use super::template_error::TemplateError;
use crate::domain::likeness::nearest;
use crate::domain::user::Locale;
use crate::files::FileTrust;
use crate::texts::language::{FALLBACK, plain_tag};

const MOST_BYTES: u64 = 256 * 1024;

/// A template that replaces a built-in one, or adds a language.
#[derive(Debug)]
pub(super) struct Override {
    pub(super) message: &'static str,
    /// The locale, in lower case and with hyphens.
    pub(super) locale: String,
    pub(super) part: Part,
    pub(super) path: PathBuf,
    pub(super) source: String,
}

impl Override {
    pub(super) fn template_name(&self) -> String {
        format!("{}/{}.{}", self.message, self.locale, self.part.ending())
    }
}

/// Reads all files of the folder. A file with an unknown name is an error: its name is probably
/// misspelt.
pub(super) fn read(folder: &Path) -> Result<Vec<Override>, TemplateError> {
    let root = fs::canonicalize(folder).map_err(unreadable(folder))?;
    for named in [folder, root.as_path()] {
        if let Some(around) = named.parent().filter(|p| !p.as_os_str().is_empty()) {
            let trust = FileTrust::of_path(around).map_err(unreadable(around))?;
            if let Some(why) = trust.danger_around() {
                let path = around.to_owned();
                return Err(TemplateError::Unsafe { path, why });
            }
        }
    }
    let mut found = Vec::new();
    for place in entries(&root, folder)? {
        let name = file_name(&place);
        let message = Message::ALL_NAMES.into_iter().find(|known| *known == name);
        let Some(message) = message else {
            let nearest = nearest(&name, &Message::ALL_NAMES).map(str::to_owned);
            return Err(TemplateError::UnknownFile { path: place, nearest });
        };
        let mut seen = BTreeSet::new();
        for path in entries(&root, &place)? {
            let (locale, part) = locale_and_part(&path)?;
            if !seen.insert((locale.clone(), part)) {
                return Err(TemplateError::Twice { path });
            }
            let source = read_file(&root, &path)?;
            found.push(Override {
                message,
                locale,
                part,
                path,
                source,
            });
        }
    }
    Ok(found)
}

/// The entries of a folder, sorted by name. Other operating-system users must not be able to write
/// in the folder.
fn entries(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    let path = || folder.to_owned();
    check_inside(root, folder)?;
    let trust = FileTrust::of_path(folder).map_err(unreadable(folder))?;
    if !trust.metadata().is_dir() {
        let expected = "a folder";
        return Err(TemplateError::WrongKind {
            path: path(),
            expected,
        });
    }
    if let Some(why) = trust.danger() {
        return Err(TemplateError::Unsafe { path: path(), why });
    }
    let entries: io::Result<Vec<_>> = fs::read_dir(folder).and_then(Iterator::collect);
    let mut paths: Vec<PathBuf> = entries
        .map_err(unreadable(folder))?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| !is_of_kubernetes(path))
        .collect();
    paths.sort();
    Ok(paths)
}

/// Kubernetes keeps the files of a `ConfigMap` in `..data`, which is a link to `..2026_11_24_…`. The
/// files with the names of the operator are links to files in it.
fn is_of_kubernetes(path: &Path) -> bool {
    file_name(path).starts_with("..")
}

/// `de-AT.txt` → `de-at` and the text part.
fn locale_and_part(path: &Path) -> Result<(String, Part), TemplateError> {
    let name = file_name(path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name.as_str(), ""));
    let locale = Locale::parse(stem);
    let part = Part::ALL.into_iter().find(|part| part.ending() == ending);
    match (locale, part) {
        (Ok(locale), Some(part)) => Ok((plain_tag(locale.as_str()), part)),
        (locale, _) => {
            let stem = locale.map_or_else(|_| FALLBACK.to_owned(), |locale| locale.as_str().to_owned());
            let endings = Part::ALL.map(Part::ending);
            Err(TemplateError::UnknownFile {
                path: path.to_owned(),
                nearest: nearest(ending, &endings).map(|ending| format!("{stem}.{ending}")),
            })
        }
    }
}

fn read_file(root: &Path, path: &Path) -> Result<String, TemplateError> {
    let named = || path.to_owned();
    check_inside(root, path)?;
    // The open file is checked, so that no other file is read. With this flag, opening a pipe
    // doesn't wait.
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(OFlag::O_NONBLOCK.bits())
        .open(path)
        .map_err(unreadable(path))?;
    let trust = FileTrust::of_file(&file).map_err(unreadable(path))?;
    if !trust.metadata().is_file() {
        let (path, expected) = (named(), "a file");
        return Err(TemplateError::WrongKind { path, expected });
    }
    if let Some(why) = trust.danger() {
        return Err(TemplateError::Unsafe { path: named(), why });
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable(path))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(TemplateError::TooLong { path: named() });
    }
    String::from_utf8(bytes).map_err(|_| TemplateError::NotText { path: named() })
}

/// Follows symbolic links, and refuses a link to a place outside of the folder.
fn check_inside(root: &Path, path: &Path) -> Result<(), TemplateError> {
    let real = fs::canonicalize(path).map_err(unreadable(path))?;
    if real.starts_with(root) {
        Ok(())
    } else {
        Err(TemplateError::Outside {
            path: path.to_owned(),
        })
    }
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> TemplateError {
    |source| TemplateError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
