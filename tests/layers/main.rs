//! The layer rule, over the source as `syn` reads it: each path is resolved, through `use … as`,
//! `super`, `*` and re-exports, to the file that defines what it names. So this test knows which
//! room uses which, which room names which crate, and which files use each other in a circle.
//!
//! Not seen is what no path names: a call of a method on a value.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod circles;
mod commands;
mod modules;
mod reading;
mod resolve;
mod rooms;
mod tokens;
mod tricks;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use modules::{Package, SharedType, Sources};

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file of the crate, by its path below `src/`.
fn sources() -> Sources {
    let mut found = Sources::new();
    read_folder(&top().join("src"), "", &mut found);
    found
}

fn read_folder(folder: &Path, below: &str, found: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            read_folder(&entry.path(), &format!("{name}/"), found);
        } else if Path::new(&name).extension() == Some("rs".as_ref()) {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

/// The crates that `Cargo.toml` names, as Rust calls them.
fn crates() -> Vec<String> {
    let manifest = fs::read_to_string(top().join("Cargo.toml")).unwrap();
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (inside && !line.starts_with('#'), line.split_once(" = ")) {
            found.push(name.replace('-', "_"));
        }
    }
    found
}

/// The names that several types have, each with the files of these types.
fn double_names(types: &[SharedType]) -> BTreeMap<String, Vec<String>> {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for found in types {
        files
            .entry(found.name.clone())
            .or_default()
            .push(found.file.clone());
    }
    files.retain(|_, files| files.len() > 1);
    for files in files.values_mut() {
        files.sort();
    }
    files
}

#[test]
fn no_room_uses_what_it_must_not() {
    let package = Package::read(&sources());
    let faults = rooms::faults(&package, &crates());
    assert_eq!(faults, [""; 0], "{faults:#?}");
}

#[test]
fn each_room_of_the_rule_is_there() {
    let package = Package::read(&sources());
    let there: BTreeSet<&str> = package
        .modules
        .iter()
        .filter_map(|module| rooms::room_of(&module.path.join("::")))
        .map(|(room, _)| room)
        .collect();
    for (room, _) in rooms::ROOMS {
        let is_expected = !rooms::NOT_BUILT_YET.contains(&room);
        assert_eq!(there.contains(room), is_expected, "the room `{room}`");
    }
}

#[test]
fn each_crate_of_the_rule_is_a_dependency() {
    let crates = crates();
    for (name, _) in rooms::OUTSIDE {
        let first = name.split("::").next().unwrap();
        assert!(
            first == "std" || crates.iter().any(|known| known == first),
            "{name}"
        );
    }
}

#[test]
fn no_file_stands_in_a_circle_with_another() {
    let uses = circles::uses(&Package::read(&sources()), &crates());
    let circles = circles::circles(&uses);
    let reasons: Vec<String> = circles
        .iter()
        .flat_map(|circle| circles::explain(&uses, circle))
        .collect();
    assert!(circles.is_empty(), "{circles:#?}, by these uses: {reasons:#?}");
}

#[test]
fn no_two_types_have_the_same_name() {
    let doubles = double_names(&Package::read(&sources()).types);
    assert!(doubles.is_empty(), "{doubles:#?}");
}
