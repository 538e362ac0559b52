//! Every command of README.md, run in its order in a home of its own; what it shows as output is
//! what comes. Its Rust is a doc test of the crate.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod blocks;
#[path = "../common/mod.rs"]
mod common;
mod programs;
mod terminal;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use blocks::{Block, README, blocks, is_like};
use common::{Desk, Run};
use proc_macro2::{TokenStream, TokenTree};
use programs::Programs;

/// Runs a program without a terminal, as other programs do.
fn interpret(desk: &Desk, path: &str, program: &[&str], text: &str) -> Run {
    let output = Command::new(program[0])
        .args(&program[1..])
        .arg(text)
        .env_clear()
        .env("HOME", desk.path())
        .env("PATH", path)
        .current_dir(desk.path())
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{} is needed, see .ci/test: {error}", program[0]));
    Run::of(&output)
}

/// A script for bash that goes on where the script before has ended: in its folder, with its
/// variables.
fn going_on(text: &str) -> String {
    format!("if [ -e ~/.variables ]; then . ~/.variables; cd \"$PWD\"; fi\n{text}export -p > ~/.variables\n")
}

/// A script that prints each command before what the command prints.
fn session(block: &Block) -> String {
    let mut script = "exec 2>&1\n".to_owned();
    for shown in block.console() {
        let quoted = shown.command.replace('\'', r"'\''");
        let echo = format!("code=$?; printf '%s\\n' '$ {quoted}'; (exit $code)");
        script.extend([&echo, "\n", shown.command, "\n"]);
    }
    script
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    const BASH: [&str; 4] = ["bash", "-euo", "pipefail", "-c"];
    let desk = Desk::empty();
    let path = Programs::new(&desk).path();
    let mut printed = String::new();
    for block in blocks() {
        let (place, text) = (block.place(), block.text.as_str());
        match block.language {
            "sh" => {
                let run = interpret(&desk, &path, &BASH, &going_on(text));
                assert_eq!(run.code, 0, "{place}: {run:?}");
                printed = run.stdout;
            }
            "python" => {
                let run = interpret(&desk, &path, &["python3", "-c"], text);
                assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{place}: {run:?}");
                printed = run.stdout;
            }
            "console" => {
                let run = interpret(&desk, &path, &["bash", "-c"], &going_on(&session(&block)));
                assert!(is_like(text, &run.stdout), "{place}: {run:?}");
            }
            "text" => assert!(is_like(text, &printed), "{place}: {printed}"),
            // See the tests below, `.ci/run` and the doc tests; `shell` needs a network.
            "bash" | "rust" | "shell" => {}
            other => panic!("{place}: nothing runs a block of `{other}`"),
        }
    }
}

#[test]
fn the_first_command_prints_a_password_and_nothing_else() {
    let desk = Desk::empty();
    let path = Programs::new(&desk).path();
    let mut commands = blocks().into_iter().filter(|block| block.language == "sh");
    let install = commands.next().unwrap();
    let run = interpret(&desk, &path, &["bash", "-c"], &install.text).ended(0);
    assert_eq!(
        run.to_string(),
        "--- stderr\n--- exit 0",
        "cargo alone says something"
    );
    let first = commands.next().unwrap();
    let run = interpret(&desk, &path, &["bash", "-c"], &first.text).ended(0);
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    let login = desk.pipe(&run.stdout, ["login", "ada@example.com", "--password-stdin"]);
    login.succeeded();
    let who = desk.run(["whoami", "--json"]).json();
    assert_eq!(who["user"]["email"], "ada@example.com");
}

/// The words and signs of a program, one after the other.
fn tokens(program: TokenStream) -> Vec<String> {
    let mut all = Vec::new();
    for token in program {
        match token {
            TokenTree::Group(group) => all.extend(tokens(group.stream())),
            token => all.push(token.to_string()),
        }
    }
    all
}

/// The names with which the paths of a program begin, such as `std`, but for those of types.
fn crates_of(program: &str) -> BTreeSet<String> {
    let tokens = tokens(program.parse().unwrap());
    let begins_path = |place: usize| {
        let after = tokens.get(place + 1..place + 3);
        after.is_some_and(|after| after == [":", ":"]) && (place == 0 || tokens[place - 1] != ":")
    };
    let roots = (0..tokens.len()).filter(|place| begins_path(*place));
    let roots = roots.map(|place| tokens[place].clone());
    roots
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect()
}

#[test]
fn the_readme_names_every_crate_that_its_rust_needs() {
    let texts = |language| {
        let blocks = blocks()
            .into_iter()
            .filter(move |block| block.language == language);
        blocks.map(|block| block.text).collect::<String>()
    };
    let mut crates = crates_of(&texts("rust"));
    assert!(crates.remove("std"));
    assert!(crates.contains("backoffice"), "{crates:?}");
    let commands = texts("shell");
    for name in crates {
        let is_added = commands
            .lines()
            .any(|line| line.starts_with("cargo add ") && line.contains(&name));
        assert!(is_added, "no command adds {name}");
    }
}

#[test]
fn the_test_command_is_the_one_that_ci_runs() {
    let command = blocks()
        .into_iter()
        .find(|block| block.language == "bash")
        .unwrap()
        .text;
    let ci = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run");
    let ci = fs::read_to_string(ci).unwrap();
    assert!(ci.lines().any(|line| line == command.trim()), "{command}");
}

#[test]
fn the_exit_codes_are_those_of_the_help() {
    let help = Desk::empty().run(["--help"]).ended(0).stdout;
    let (_, table) = help.split_once("Exit codes:").unwrap();
    for line in README.lines().filter_map(|line| line.strip_prefix("| ")) {
        let code = line.split(' ').next().unwrap();
        if code.parse::<u8>().is_ok() {
            let listed = table
                .lines()
                .any(|line| line.split_whitespace().next() == Some(code));
            assert!(listed, "{code} is not in the help");
        }
    }
}

#[test]
fn every_file_that_the_readme_names_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = README.split(|c: char| c.is_whitespace() || "`(),;".contains(c));
    let names = names.map(|name| name.trim_end_matches(['.', ':']));
    let mut count = 0;
    for name in names.map(|name| name.trim_start_matches("./")) {
        let begins = ["man/", "examples/", "packaging/", ".ci/", "tests/", "src/"];
        if begins.iter().any(|begin| name.starts_with(begin)) {
            assert!(folder.join(name).exists(), "README.md: {name} is not there");
            count += 1;
        }
    }
    assert!(count >= 8, "{count}");
}
