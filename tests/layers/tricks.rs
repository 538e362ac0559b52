//! Small packages, each with one trick by which a forbidden use could hide.

use crate::circles;
use crate::double_names;
use crate::modules::{Package, Sources};
use crate::rooms;

/// A package of files below `src/`; `lib.rs` names their rooms.
fn package(files: &[(&str, &str)]) -> Package {
    let mut sources = Sources::new();
    let mut rooms = String::new();
    for (path, text) in files {
        sources.insert((*path).to_owned(), (*text).to_owned());
        let room = path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
        if !room.contains('/') && room != "main" {
            rooms.extend(["pub mod ", room, ";"]);
        }
    }
    sources.insert("lib.rs".to_owned(), rooms);
    Package::read(&sources)
}

/// The crates that these packages can use.
fn crates() -> Vec<String> {
    ["rusqlite", "clap", "jiff"].map(str::to_owned).to_vec()
}

fn faults(files: &[(&str, &str)]) -> Vec<String> {
    rooms::faults(&package(files), &crates())
}

/// The faults of a `store` with this text, beside an `ops` and a `domain`.
fn faults_of_store(text: &str) -> Vec<String> {
    faults(&[
        (
            "domain.rs",
            "pub struct User; pub mod clock { pub use jiff::Timestamp; }",
        ),
        ("store.rs", text),
        (
            "ops/mod.rs",
            "pub struct Desk; pub fn desk() {} pub mod import; pub use crate::domain::User;
             macro_rules! ask { () => {} } pub(crate) use ask;",
        ),
        ("ops/import.rs", "pub struct Batch; pub const LIMIT: u8 = 1;"),
    ])
}

#[test]
fn a_use_of_a_room_below_is_none() {
    for text in [
        "use crate::domain::User;",
        "use crate::domain as words; fn f(_: words::User) {}",
        "pub(in crate::store) fn f() {} mod inner { use super::super::domain::User; }",
        "use crate::domain::clock::Timestamp;",
        "fn f(ops: u8) { g(ops); ops.desk(); } fn g(_: u8) {}",
        "// crate::ops::Desk\n/// [`crate::ops::Desk`]\nfn f() { let _ = \"crate::ops::Desk\"; }",
    ] {
        assert_eq!(faults_of_store(text), [""; 0], "{text}");
    }
}

#[test]
fn a_use_of_a_room_above_is_found_by_each_trick() {
    for text in [
        "use crate::ops::Desk;",
        "use crate::ops;",
        "use crate::{domain::User, ops::Desk};",
        "use crate::ops as words;",
        "use crate::ops::Desk as User;",
        "use crate::ops::Desk as _;",
        "use crate::ops::*;",
        "use crate as house; fn f(_: house::ops::Desk) {}",
        "use super::ops::Desk;",
        "use self::super::ops::Desk;",
        "mod inner { fn f(_: super::super::ops::Desk) {} }",
        "mod inner { pub use crate::ops::import; } fn f(_: inner::import::Batch) {}",
        "use crate::*; fn f(_: ops::Desk) {}",
        "fn f() { crate::ops::desk(); }",
        "fn f() { use crate::ops::desk as go; go(); }",
        "fn f() { let _ = crate::ops::import::LIMIT; }",
        "fn f() -> Vec<crate::ops::Desk> { Vec::new() }",
        "impl<T: Into<crate::ops::Desk>> From<T> for X {}",
        "fn f() { println_to!(\"{}\", crate::ops::desk()); }",
        "macro_rules! m { () => { $crate::ops::desk() } }",
        "macro_rules! m { () => { use $crate::ops::desk; } }",
        "fn f() { crate::ops::ask!(); }",
        "#[derive(crate::ops::Desk)] struct X;",
        "struct X { #[serde(with = \"crate::ops::import\")] a: u8 }",
        "#[serde(default = \"crate::ops::desk\")] struct X;",
        // What another room shows is a use of that room too.
        "use crate::ops::User;",
        "#[cfg(test)] mod tests { use crate::ops::Desk; }",
    ] {
        assert!(!faults_of_store(text).is_empty(), "{text}");
    }
}

#[test]
fn a_fault_says_file_line_and_path() {
    let text = "\n\nuse crate::ops as o;\nfn f(_: o::import::Batch) {}";
    assert_eq!(
        faults_of_store(text),
        [
            "store.rs:3: `store` may not use `ops` (written `crate::ops`)",
            "store.rs:4: `store` may not use `ops::import::Batch` (written `o::import::Batch`)",
        ]
    );
}

#[test]
fn a_re_export_does_not_hide_the_room_of_an_item() {
    let files = [
        ("domain.rs", ""),
        ("store/mod.rs", "mod rows; pub use rows::Row as Line;"),
        ("store/rows.rs", "pub struct Row;"),
        ("ops.rs", "pub use crate::store::Line;"),
        ("web.rs", "use crate::ops::Line;"),
    ];
    assert_eq!(
        faults(&files),
        [
            "web.rs:1: `web` may not use `store::Line` (written `crate::ops::Line`)",
            "web.rs:1: `web` may not use `store::rows::Row` (written `crate::ops::Line`)",
        ]
    );
}

#[test]
fn a_room_in_a_room_has_a_rule_of_its_own() {
    let of_terminal = |text| {
        faults(&[
            (
                "domain.rs",
                "pub mod text { pub fn f() {} } pub mod user { pub struct User; }",
            ),
            ("cli/mod.rs", "pub mod terminal; pub struct Context;"),
            ("cli/terminal.rs", text),
        ])
        .len()
    };
    assert_eq!(of_terminal("use crate::domain::text::f;"), 0);
    assert_eq!(of_terminal("use crate::domain::user::User;"), 1);
    assert_eq!(of_terminal("use super::Context;"), 1);
    assert_eq!(of_terminal("use crate::domain::*; fn g(_: user::User) {}"), 2);
}

#[test]
fn the_binary_uses_the_command_line_alone() {
    let of_main = |text| {
        faults(&[
            ("cli.rs", "pub fn run() {}"),
            ("ops.rs", "pub fn go() {}"),
            ("main.rs", text),
        ])
        .len()
    };
    assert_eq!(of_main("fn main() { backoffice::cli::run(); }"), 0);
    assert_eq!(of_main("fn main() { backoffice::ops::go(); }"), 1);
    assert_eq!(of_main("use backoffice as b; use b::{cli, ops};"), 1);
    assert_eq!(of_main("use ::backoffice::ops;"), 1);
}

#[test]
fn a_room_without_a_rule_is_found() {
    assert_eq!(
        faults(&[("attic.rs", "")]),
        ["attic.rs: the room `attic` is not in the layer rule"]
    );
}

#[test]
fn another_crate_in_the_wrong_room_is_found_by_each_trick() {
    let of_ops = |text| {
        faults(&[
            (
                "store.rs",
                "pub use rusqlite::Connection; pub use rusqlite as engine;",
            ),
            ("ops.rs", text),
        ])
    };
    for text in [
        "use rusqlite::Connection;",
        "use rusqlite as x;",
        "use ::rusqlite;",
        "use {rusqlite::Row};",
        "extern crate rusqlite;",
        "extern crate rusqlite as x;",
        "fn f(_: rusqlite::Row) {}",
        "fn f(_: &::rusqlite::Row) {}",
        "fn f() { use rusqlite::Row as R; }",
        "fn f() { let _ = rusqlite::params![1]; }",
        "use crate::store::Connection;",
        "use crate::store::engine::Row;",
        "use crate::store; fn f(_: store::engine::Row) {}",
        "#[derive(clap::ValueEnum)] enum E {}",
        "fn f() { std::env::var(\"HOME\"); }",
        "use std::env; fn f() { env::var(\"HOME\"); }",
        "use std as s; fn f() { s::env::var(\"HOME\"); }",
        "use std::{env as e};",
        "use std::*; fn f() { env::var(\"HOME\"); }",
        "use std::thread; fn f() { thread::sleep(left); }",
        "use std::thread::sleep as nap;",
        "use std::thread::*; fn f() { sleep(left); }",
        "fn f() { std::process::exit(1); }",
        "fn f() { println!(\"x\"); }",
        "fn f() { std::println!(\"x\"); }",
        "fn f() { vec![{ dbg!(1); }]; }",
        "use std::println as say; fn f() { say!(\"x\"); }",
    ] {
        let faults = of_ops(text);
        assert!(
            faults.iter().any(|fault| fault.starts_with("ops.rs:1: ")),
            "{text}: {faults:?}"
        );
    }
    for text in [
        "fn f(clap: u8) { g(clap); clap.go(); }",
        "mod clap { pub fn go() {} } fn f() { clap::go(); }",
        "const VERSION: &str = env!(\"CARGO_PKG_VERSION\");",
        "use std::thread; fn f() { thread::spawn(go); }",
        "fn f() { writeln!(out, \"x\"); }",
        "use std::process::ExitCode;",
        "use jiff::Timestamp;",
    ] {
        assert_eq!(of_ops(text), [""; 0], "{text}");
    }
}

/// The circles of a package, each as its files.
fn circles_of(files: &[(&str, &str)]) -> Vec<String> {
    let uses = circles::uses(&package(files), &crates());
    circles::circles(&uses)
        .iter()
        .map(|circle| circle.join(" "))
        .collect()
}

#[test]
fn files_that_use_each_other_are_a_circle() {
    for (one, other) in [
        ("use super::b::B; pub struct A;", "use super::a::A; pub struct B;"),
        (
            "pub struct A(super::b::B);",
            "pub struct B(Box<crate::domain::a::A>);",
        ),
        (
            "use super::b as x; pub struct A(x::B);",
            "use super::*; pub struct B(a::A);",
        ),
        (
            "pub fn f() { super::b::g() } pub struct A;",
            "pub fn g() {} pub type B = super::a::A;",
        ),
        ("use super::B; pub struct A;", "use super::A; pub struct B;"),
    ] {
        let top = "mod a; mod b; pub use a::A; pub use b::B;";
        let files = [
            ("domain/mod.rs", top),
            ("domain/a.rs", one),
            ("domain/b.rs", other),
        ];
        assert_eq!(circles_of(&files), ["domain/a.rs domain/b.rs"], "{one}");
    }
}

#[test]
fn a_circle_over_several_files_is_found_whole() {
    let files = [
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "use crate::c::C; pub struct B;"),
        ("c.rs", "use crate::a::A; use crate::d::D; pub struct C;"),
        ("d.rs", "pub struct D;"),
    ];
    assert_eq!(circles_of(&files), ["a.rs b.rs c.rs"]);
}

#[test]
fn a_file_and_the_file_above_it_can_be_a_circle() {
    let with = |top: &str, child: &str| circles_of(&[("ops/mod.rs", top), ("ops/a.rs", child)]);
    let circle = ["ops/a.rs ops/mod.rs"];
    let child = "use super::Top; pub struct A; pub fn go() {}";
    for top in [
        "mod a; pub struct Top; use a::A;",
        "mod a; pub struct Top(a::A);",
        "mod a; pub struct Top; fn f() { a::go(); }",
        "mod a; pub struct Top; pub use a::A; impl From<A> for Top {}",
        "mod a; pub struct Top; pub use a::*; impl From<A> for Top {}",
        "mod a; pub struct Top; pub use a::go; fn f() { go(); }",
    ] {
        assert_eq!(with(top, child), circle, "{top}");
    }
    for top in [
        "mod a; pub struct Top;",
        "mod a; pub struct Top; pub use a::A;",
        "mod a; pub struct Top; pub(crate) use a::{A as B, go};",
        "mod a; pub struct Top; pub use a::*;",
        "mod a; pub struct Top; #[cfg(test)] mod tests { use super::a::A; }",
        "mod a; pub struct Top; impl Top { #[cfg(test)] fn f() -> a::A { a::A } }",
        "mod a; pub struct Top; pub enum Kind { A, #[cfg(test)] B(a::A), C }",
    ] {
        assert_eq!(with(top, child), [""; 0], "{top}");
    }
}

#[test]
fn two_shared_types_of_one_name_are_found() {
    let doubles =
        |one: &str, other: &str| double_names(&package(&[("a.rs", one), ("b.rs", other)]).types).len();
    for other in [
        "pub struct Group;",
        "pub(crate) enum Group {}",
        "mod inner { pub(super) trait Group {} }",
        "pub(in crate::b) type Group = u8;",
        "id_type! { /// A set of users.\n pub struct Group; }",
    ] {
        assert_eq!(doubles("pub struct Group;", other), 1, "{other}");
    }
    for other in [
        "struct Group;",
        "pub struct Groups;",
        "#[cfg(test)] pub struct Group;",
        "#[cfg(test)] mod tests { pub struct Group; }",
        "pub use crate::a::Group;",
    ] {
        assert_eq!(doubles("pub struct Group;", other), 0, "{other}");
    }
}
