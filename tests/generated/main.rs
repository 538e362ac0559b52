//! What is generated from the code and committed: completions, the manual pages of the commands, and
//! the page of the settings.
//!
//! `BACKOFFICE_REGENERATE=1 cargo test --test generated` writes them anew.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

#[path = "../common/mod.rs"]
mod common;
mod manual;
mod settings;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::Desk;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a folder with what the code makes, or writes it where that was asked for.
#[expect(clippy::disallowed_methods, reason = "the rule is for the product")]
fn compare(folder: &str, made: &BTreeMap<String, String>) {
    let folder = root().join(folder);
    if std::env::var_os("BACKOFFICE_REGENERATE").is_some() {
        write(&folder, made);
    }
    let committed: BTreeMap<String, String> = generated(&folder)
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    let names = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&committed), names(made), "{REGENERATE}");
    for (name, text) in made {
        assert!(committed[name] == *text, "{name} is stale. {REGENERATE}");
    }
}

const REGENERATE: &str = "Run: BACKOFFICE_REGENERATE=1 cargo test --test generated";

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path())
}

/// The files of a folder that the code makes. Pages of section 7 are written by hand.
fn generated(folder: &Path) -> impl Iterator<Item = PathBuf> {
    files(folder).filter(|path| path.extension().is_none_or(|section| section != "7"))
}

fn write(folder: &Path, made: &BTreeMap<String, String>) {
    std::fs::create_dir_all(folder).unwrap();
    for stale in generated(folder) {
        std::fs::remove_file(stale).unwrap();
    }
    for (name, text) in made {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn the_manual_pages_are_what_the_code_makes() {
    let mut pages = manual::pages();
    pages.insert("backoffice-config.5".to_owned(), settings::page());
    compare("man", &pages);
}

#[test]
fn the_completions_are_what_the_program_prints() {
    let desk = Desk::empty();
    let shells = [
        ("bash", "backoffice.bash"),
        ("zsh", "_backoffice"),
        ("fish", "backoffice.fish"),
        ("powershell", "_backoffice.ps1"),
        ("elvish", "backoffice.elv"),
    ];
    let script = |(shell, file): (&str, &str)| {
        let run = desk.run(["completions", shell]).ended(0);
        assert_eq!(run.stderr, "");
        (file.to_owned(), run.stdout)
    };
    compare("completions", &shells.map(script).into());
}

#[test]
fn a_command_tells_more_in_its_long_help_and_its_page() {
    let pages = manual::pages();
    let more = "The users are in order of creation. Deleted users are left out.";
    let help = Desk::empty().run(["user", "list", "--help"]).ended(0);
    assert!(help.stdout.contains(more), "{help:?}");
    assert!(pages["backoffice-user-list.1"].contains(more));
}

#[test]
fn the_linter_of_manual_pages_finds_no_error() {
    let folder = root().join("man");
    let lint = std::process::Command::new("mandoc")
        .args(["-T", "lint", "-W", "error"])
        .args(files(&folder))
        .output()
        .unwrap_or_else(|error| panic!("mandoc is needed, see .ci/test: {error}"));
    assert_eq!(String::from_utf8_lossy(&lint.stdout), "");
    assert!(lint.status.success());
}

#[test]
fn a_page_that_another_names_is_there() {
    for path in files(&root().join("man")) {
        let page = std::fs::read_to_string(&path).unwrap();
        for line in page.lines().filter_map(|line| line.strip_prefix(".BR ")) {
            let name = line.replace('\\', "").replace(" (", ".");
            let name = name.split(')').next().unwrap();
            assert!(
                root().join("man").join(name).is_file(),
                "{}: {line}",
                path.display()
            );
        }
    }
}
