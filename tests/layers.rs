//! The layer rule: which room of `src/` may know which, and who may use what from outside.
//!
//! `main → cli → ops → store, hashing, mail, federation → texts → domain`: a room uses those below it. Inside
//! `cli`, `terminal`, `config`, `local`, `process` and `error` are rooms of their own.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

use std::fs;
use std::path::Path;

/// A room, and what it may use of the others: a room, or one part of it. A room inside another is
/// one of its own.
const ROOMS: [(&str, &[&str]); 15] = [
    ("main", &["cli"]),
    (
        "cli",
        &[
            "ops",
            "store",
            "hashing",
            "mail",
            "federation",
            "texts",
            "files",
            "domain",
        ],
    ),
    ("cli::terminal", &["domain::text", "files"]),
    ("cli::config", &["domain", "files"]),
    ("cli::local", &["cli::config::Environment", "domain", "files"]),
    ("cli::process", &["cli::config::Environment", "domain"]),
    (
        "cli::error",
        &[
            "ops",
            "store",
            "mail",
            "federation",
            "texts",
            "files",
            "domain",
            "cli::terminal",
            "cli::config",
            "cli::local",
            "cli::process",
        ],
    ),
    (
        "ops",
        &["store", "hashing", "mail", "federation", "texts", "domain"],
    ),
    ("store", &["domain", "files"]),
    ("hashing", &["domain"]),
    ("mail", &["texts", "domain", "files"]),
    ("federation", &["texts", "domain", "files"]),
    ("texts", &["domain", "files"]),
    ("files", &[]),
    ("domain", &[]),
];

/// What comes from outside, and the rooms or files that may use it.
const OUTSIDE: [(&str, &[&str]); 20] = [
    ("rusqlite", &["store"]),
    ("clap", &["cli", "cli/terminal/settings.rs"]),
    ("clap_complete", &["cli"]),
    ("anyhow", &["main", "cli::error"]),
    ("toml", &["cli::config"]),
    ("rpassword", &["cli::terminal"]),
    ("dialoguer", &["cli::terminal"]),
    ("indicatif", &["cli::terminal"]),
    ("signal_hook", &["cli::process", "cli::terminal"]),
    ("argon2", &["hashing"]),
    ("tiny_http", &["federation"]),
    ("minijinja", &["texts"]),
    ("chacha20poly1305", &["federation"]),
    ("getrandom", &["ops/system.rs"]),
    ("std::env", &["cli::config", "main"]),
    // Nothing below `cli` waits, apart from the engine for its lock, and the asking of a provider
    // whether a device code was typed in (by the clock).
    ("thread::sleep", &["cli/wait.rs", "ops/system.rs"]),
    ("std::thread::sleep", &["store/sqlite/connection.rs"]),
    ("std::process::exit", &["main"]),
    ("std::net::TcpStream", &[]),
    (
        "std::io::stdin",
        &["cli/commands/user/import.rs", "cli::terminal"],
    ),
];

const MACROS: [&str; 5] = ["print!", "println!", "eprint!", "eprintln!", "dbg!"];

/// What is wrong with a file, by line.
fn faults(path: &str, text: &str) -> Vec<String> {
    let room = room_of(path);
    let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{path}: the room `{room}` is not in the layer rule")];
    };
    let mut faults = Vec::new();
    for (place, line) in text.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        let mut fault = |what: &str| faults.push(format!("{path}:{}: {what}", place + 1));
        for used in names_after(line, "crate::").chain(names_after(line, "backoffice::")) {
            let is = |name: &str| used == name || used.starts_with(&format!("{name}::"));
            if used.starts_with(['{', '*']) {
                fault("name one room in each `use`");
            } else if !is(room) && !allowed.iter().any(|name| is(name)) {
                fault(&format!("`{room}` may not use `{used}`"));
            }
        }
        if climbs_out(path, line) {
            fault("`super` leaves the room: name the other one by `crate::`");
        }
        for (name, users) in OUTSIDE {
            let may = users.iter().any(|user| *user == room || *user == path);
            if !may && mentions(line, name) {
                fault(&format!("`{room}` may not use `{name}`"));
            }
        }
        for name in MACROS {
            if mentions(line, name) {
                fault(&format!("`{name}`: `terminal` alone writes"));
            }
        }
    }
    faults
}

/// The room of a file below `src/`: the innermost that the rule knows.
fn room_of(path: &str) -> &str {
    let module = module_of(path);
    let holds = |room: &str| module == room || module.starts_with(&format!("{room}::"));
    let rooms = ROOMS.iter().map(|(room, _)| *room).filter(|room| holds(room));
    let first = path.split('/').next().unwrap_or_default();
    rooms
        .max_by_key(|room| room.len())
        .unwrap_or(first.strip_suffix(".rs").unwrap_or(first))
}

/// The path of the module that a file below `src/` holds.
fn module_of(path: &str) -> String {
    let path = path.strip_suffix(".rs").unwrap_or(path);
    path.strip_suffix("/mod").unwrap_or(path).replace('/', "::")
}

/// The paths that follow `root` in a line.
fn names_after<'l>(line: &'l str, root: &str) -> impl Iterator<Item = &'l str> {
    let starts = line
        .match_indices(root)
        .filter(|(start, _)| !is_inside_a_name(line, *start));
    let starts: Vec<usize> = starts.map(|(start, _)| start + root.len()).collect();
    starts.into_iter().map(|start| {
        let rest = &line[start..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "_:{*".contains(c)));
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// Whether more `super::` stand in a row than the file is deep in its room.
fn climbs_out(path: &str, line: &str) -> bool {
    // The tests at the end of a file are one module deeper.
    let parts = |path: &str| path.split("::").count();
    let depth = 1 + parts(&module_of(path)) - parts(room_of(path));
    let climb = "super::".repeat(depth + usize::from(line.starts_with("    ")));
    line.contains(&climb)
}

/// Whether a line has `name` as a path of its own, or as the beginning of one.
fn mentions(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(start, _)| {
        let after = &line[start + name.len()..];
        let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let is_path = name.contains("::") || name.ends_with('!') || after.starts_with("::");
        !is_inside_a_name(line, start) && !goes_on && is_path
    })
}

fn is_inside_a_name(line: &str, start: usize) -> bool {
    line[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
}

/// Every file below a folder, by its path below `src/`.
fn sources(folder: &Path, below: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            sources(&entry.path(), &format!("{name}/"), found);
        } else if Path::new(&name).extension() == Some("rs".as_ref()) && name != "lib.rs" {
            found.push((name, fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

#[test]
fn no_room_knows_what_it_must_not() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut files);
    let faults: Vec<String> = files.iter().flat_map(|(path, text)| faults(path, text)).collect();
    assert_eq!(faults, [""; 0]);
    let rooms: Vec<&str> = files.iter().map(|(path, _)| room_of(path)).collect();
    for (room, _) in ROOMS {
        assert!(
            rooms.contains(&room),
            "the rule has a room `{room}`, which is not there"
        );
    }
}

/// The rooms below all callers: they say what is wrong, and the command line says what to do.
const BELOW_ALL_CALLERS: [&str; 8] = [
    "domain",
    "files",
    "texts",
    "store",
    "hashing",
    "mail",
    "federation",
    "ops",
];

/// What is shown by `provider show` alone.
const FOR_THE_COMMAND_LINE: &str = "domain/provider/registration.rs";

/// The lines of a file that name a command or a flag of the command line. Comments and the tests
/// at the end of a file may.
fn named_commands(path: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    let shown = lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]");
    shown
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .filter(|(_, line)| line.contains("`backoffice ") || line.contains("`--"))
        .map(|(place, _)| format!("{path}:{}: a command or a flag is named", place + 1))
        .collect()
}

#[test]
fn no_room_below_all_callers_names_a_command_or_a_flag() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut files);
    let below = |path: &str| BELOW_ALL_CALLERS.contains(&room_of(path)) && path != FOR_THE_COMMAND_LINE;
    let named: Vec<String> = files
        .iter()
        .filter(|(path, _)| below(path))
        .flat_map(|(path, text)| named_commands(path, text))
        .collect();
    assert_eq!(named, [""; 0]);
    let advice = "    \"take it out; `backoffice group create NAME` makes one\"";
    assert_eq!(named_commands("domain/group.rs", advice).len(), 1);
    assert_eq!(named_commands("domain/group.rs", "// `backoffice init`").len(), 0);
}

#[test]
fn a_use_of_a_room_above_is_found() {
    let found = |path, line| faults(path, line).len();
    assert_eq!(found("store/users.rs", "use crate::domain::user::User;"), 0);
    assert_eq!(found("store/users.rs", "use crate::hashing::Hasher;"), 1);
    assert_eq!(found("hashing/mod.rs", "use crate::store::Store;"), 1);
    assert_eq!(
        found("domain/user.rs", "    let x = crate::store::Store::open();"),
        1
    );
    assert_eq!(found("federation/pages/mod.rs", "use crate::texts::Language;"), 0);
    assert_eq!(found("texts/pages/mod.rs", "use crate::federation::Ending;"), 1);
    assert_eq!(found("store/users.rs", "use crate::texts::Language;"), 1);
    assert_eq!(found("ops/users/mod.rs", "use crate::cli::Context;"), 1);
    assert_eq!(found("ops/users/mod.rs", "use crate::cli::error::Failure;"), 1);
    assert_eq!(
        found("cli/terminal/table.rs", "use crate::domain::user::User;"),
        1
    );
    assert_eq!(
        found("cli/terminal/escape.rs", "use crate::domain::text::is_hostile;"),
        0
    );
    assert_eq!(found("cli/local.rs", "use crate::cli::config::Config;"), 1);
    assert_eq!(found("main.rs", "use backoffice::ops::BackOffice;"), 1);
    assert_eq!(found("main.rs", "use backoffice::{ops, store};"), 1);
    assert_eq!(found("store/users.rs", "use super::super::hashing::Hasher;"), 1);
    assert_eq!(found("ops/users/edit.rs", "use super::super::change::Change;"), 0);
    assert_eq!(found("attic/mod.rs", ""), 1);
}

#[test]
fn a_use_from_outside_in_the_wrong_place_is_found() {
    let found = |path, line| faults(path, line).len();
    assert_eq!(found("ops/users/mod.rs", "use rusqlite::Connection;"), 1);
    assert_eq!(found("store/users.rs", "use rusqlite::Connection;"), 0);
    assert_eq!(found("ops/users/mod.rs", "#[derive(clap::ValueEnum)]"), 1);
    assert_eq!(found("cli/terminal/table.rs", "use clap::ValueEnum;"), 1);
    assert_eq!(found("cli/terminal/settings.rs", "use clap::ValueEnum;"), 0);
    assert_eq!(found("ops/office.rs", "let home = std::env::var(\"HOME\");"), 1);
    assert_eq!(found("cli/commands/login.rs", "std::process::exit(1);"), 1);
    assert_eq!(found("ops/sign_in.rs", "        thread::sleep(left);"), 1);
    assert_eq!(found("cli/wait.rs", "        thread::sleep(left);"), 0);
    assert_eq!(found("ops/sign_in.rs", "std::thread::sleep(left);"), 1);
    assert_eq!(found("ops/office.rs", "println!(\"done\");"), 1);
    assert_eq!(found("ops/office.rs", "// println!(\"done\");"), 0);
    assert_eq!(found("ops/office.rs", "writeln!(out, \"done\");"), 0);
    assert_eq!(found("cli/mod.rs", "self::clap::x"), 0);
}
