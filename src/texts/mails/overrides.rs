//! An operator's own templates: found, read from files that nobody else can write, tried out.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;

use super::message::{Message, Recipient};
use super::template_error::TemplateError;
use super::templates::{Part, Templates};
use crate::domain::email::EmailAddress;
use crate::domain::likeness::nearest;
use crate::domain::user::{Locale, Name};
use crate::files::Standing;
use crate::texts::language::{FALLBACK, plain_tag};
use crate::texts::moments::Moments;

const MOST_BYTES: u64 = 256 * 1024;

/// One template that takes the place of a built-in one, or adds a language.
#[derive(Debug)]
pub(super) struct Override {
    pub(super) message: &'static str,
    /// In lower case, with hyphens.
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

/// Reads every file of the folder; one that means nothing is an error, for it is a misspelt one.
pub(super) fn read(folder: &Path) -> Result<Vec<Override>, TemplateError> {
    let root = fs::canonicalize(folder).map_err(unreadable(folder))?;
    for named in [folder, root.as_path()] {
        if let Some(around) = named.parent().filter(|p| !p.as_os_str().is_empty()) {
            let standing = Standing::of_path(around).map_err(unreadable(around))?;
            if let Some(why) = standing.danger_around() {
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

/// Renders one language of one message with sample data: with names and without.
pub(super) fn try_out(templates: &Templates, one: &Override) -> Result<(), TemplateError> {
    let Some(message) = Message::samples().into_iter().find(|m| m.name() == one.message) else {
        return Ok(());
    };
    let email = EmailAddress::from_stored("ada@example.com".to_owned(), "ada@example.com".to_owned());
    let locale = Locale::from_stored(one.locale.clone());
    for (first_name, last_name) in [("Ada", "Lovelace"), ("", "")] {
        let mail = templates.render_in(
            &one.locale,
            &message,
            &Recipient {
                email: &email,
                first_name: &Name::from_stored(first_name.to_owned()),
                last_name: &Name::from_stored(last_name.to_owned()),
                locale: &locale,
            },
        )?;
        let file =
            |part: Part| templates.file_of(&format!("{}/{}.{}", one.message, one.locale, part.ending()));
        if mail.subject.is_empty() {
            let file = file(Part::Subject);
            return Err(TemplateError::Empty { file });
        }
        let Some(url) = message.url() else {
            continue;
        };
        if !mail.text.lines().any(|line| line == url) {
            let file = file(Part::Text);
            return Err(TemplateError::NoLink { file });
        }
        if !shown(&mail.html).contains(url) {
            let file = file(Part::Html);
            return Err(TemplateError::NoLink { file });
        }
    }
    Ok(())
}

/// The text between the tags: an attribute alone shows nobody a link.
fn shown(html: &str) -> String {
    let text: String = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_tag, text)| text))
        .collect();
    text.replace("&amp;", "&")
}

/// What the template may name.
pub(super) fn known_names(one: &Override, moments: &Moments) -> Vec<&'static str> {
    let Some(message) = Message::samples().into_iter().find(|m| m.name() == one.message) else {
        return Vec::new();
    };
    let nobody = Recipient {
        email: &EmailAddress::from_stored(String::new(), String::new()),
        first_name: &Name::default(),
        last_name: &Name::default(),
        locale: &Locale::default(),
    };
    let mut names: Vec<&'static str> = message.values(&nobody, FALLBACK, moments).into_keys().collect();
    if message.url().is_some() && one.part != Part::Subject {
        names.push("url");
    }
    // The block a layout may ask for.
    if one.part == Part::Html {
        names.push("self");
    }
    names
}

/// Says where a template names what there isn't.
pub(super) fn unknown_name(one: &Override, name: String, known: &[&'static str]) -> TemplateError {
    let names_it = |line: &str| {
        line.split(|c: char| c != '_' && !c.is_alphanumeric())
            .any(|word| word == name)
    };
    let line = one
        .source
        .lines()
        .position(|line| line.contains('{') && names_it(line))
        .or_else(|| one.source.lines().position(names_it))
        .map(|index| index + 1);
    let known: Vec<&str> = known.iter().copied().filter(|name| *name != "self").collect();
    TemplateError::UnknownName {
        file: one.path.clone(),
        line,
        nearest: nearest(&name, &known).map(str::to_owned),
        name,
        known: known.join(", "),
    }
}

/// What is in a folder that nobody else can write, by name.
fn entries(root: &Path, folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    let path = || folder.to_owned();
    check_inside(root, folder)?;
    let standing = Standing::of_path(folder).map_err(unreadable(folder))?;
    if !standing.metadata().is_dir() {
        let expected = "a folder";
        return Err(TemplateError::WrongKind {
            path: path(),
            expected,
        });
    }
    if let Some(why) = standing.danger() {
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

/// Kubernetes keeps the files of a `ConfigMap` in `..data`, which leads to `..2026_11_24_…`;
/// the names an operator gave are links into it.
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
    // Looked at through the handle: what is checked is what is read. A pipe must not make
    // the program wait.
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(OFlag::O_NONBLOCK.bits())
        .open(path)
        .map_err(unreadable(path))?;
    let standing = Standing::of_file(&file).map_err(unreadable(path))?;
    if !standing.metadata().is_file() {
        let (path, expected) = (named(), "a file");
        return Err(TemplateError::WrongKind { path, expected });
    }
    if let Some(why) = standing.danger() {
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

/// Follows links, and refuses one that leads out of the folder.
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
