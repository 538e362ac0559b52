//! Every command of README.md, run in its order in a home of its own; what it shows as output is
//! what comes. Its Rust is a doc test of the crate.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Desk, Run};

const README: &str = include_str!("../README.md");

/// A fenced block.
struct Block<'t> {
    line: usize,
    language: &'t str,
    text: String,
}

fn blocks() -> Vec<Block<'static>> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for (place, line) in README.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if is_open => is_open = false,
            Some(language) => {
                is_open = true;
                blocks.push(Block {
                    line: place + 1,
                    language,
                    text: String::new(),
                });
            }
            None if is_open => {
                let block = blocks.last_mut().unwrap();
                block.text += line;
                block.text.push('\n');
            }
            None => {}
        }
    }
    assert!(!is_open, "a block is never closed");
    blocks
}

/// Puts the program on the path, and in its front a `cargo` that runs it instead of building it:
/// `.ci/run` does the building.
fn programs(desk: &Desk) -> String {
    let bin = desk.path().join("bin");
    fs::create_dir(&bin).unwrap();
    symlink(env!("CARGO_BIN_EXE_backoffice"), bin.join("backoffice")).unwrap();
    let cargo = desk.file(
        "bin/cargo",
        "#!/bin/sh\n[ \"$1 $2 $3 $4\" = 'run --quiet --release --' ] || exit 99\nshift 4\nexec backoffice \"$@\"\n",
    );
    fs::set_permissions(cargo, fs::Permissions::from_mode(0o755)).unwrap();
    format!("{}:{}", bin.display(), common::path())
}

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

/// `$ command` lines, as a script that prints them before what they print.
fn session(text: &str) -> String {
    let mut script = "exec 2>&1\n".to_owned();
    for command in text.lines().filter_map(|line| line.strip_prefix("$ ")) {
        let quoted = command.replace('\'', r"'\''");
        let echo = format!("code=$?; printf '%s\\n' '$ {quoted}'; (exit $code)");
        script.extend([&echo, "\n", command, "\n"]);
    }
    script
}

/// Whether a text is what was shown, where `…` stands for anything on one line.
fn is_like(shown: &str, text: &str) -> bool {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (shown, text) = (lines(shown), lines(text));
    shown.len() == text.len() && shown.iter().zip(&text).all(|(shown, line)| is_line(shown, line))
}

fn is_line(shown: &str, line: &str) -> bool {
    match shown.split_once('…') {
        None => shown == line,
        Some((before, after)) => line
            .strip_prefix(before)
            .is_some_and(|rest| rest.ends_with(after)),
    }
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let desk = Desk::empty();
    let path = programs(&desk);
    let mut printed = String::new();
    for Block { line, language, text } in blocks() {
        let place = format!("README.md:{line}");
        match language {
            "sh" => {
                let run = interpret(&desk, &path, &["bash", "-euo", "pipefail", "-c"], &text);
                assert_eq!(run.code, 0, "{place}: {run:?}");
                printed = run.stdout;
            }
            "python" => {
                let run = interpret(&desk, &path, &["python3", "-c"], &text);
                assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{place}: {run:?}");
                printed = run.stdout;
            }
            "console" => {
                let run = interpret(&desk, &path, &["bash", "-c"], &session(&text));
                assert!(is_like(&text, &run.stdout), "{place}: {run:?}");
            }
            "text" => assert!(is_like(&text, &printed), "{place}: {printed}"),
            // See the two tests below, `.ci/run` and the doc tests.
            "toml" | "bash" | "rust" | "crontab" | "ini" | "html" => {}
            other => panic!("{place}: nothing runs a block of `{other}`"),
        }
    }
}

#[test]
fn the_first_command_prints_a_password_and_nothing_else() {
    let desk = Desk::empty();
    let path = programs(&desk);
    let first = blocks().into_iter().find(|block| block.language == "sh").unwrap();
    let run = interpret(&desk, &path, &["bash", "-c"], &first.text).ended(0);
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    let login = desk.pipe(&run.stdout, ["login", "ada@example.com", "--password-stdin"]);
    login.succeeded();
    let who = desk.run(["whoami", "--json"]).json();
    assert_eq!(who["user"]["email"], "ada@example.com");
}

#[test]
fn the_settings_of_the_readme_are_all_there_are_with_their_defaults() {
    let desk = Desk::empty();
    let example = blocks()
        .into_iter()
        .find(|block| block.language == "toml")
        .unwrap();
    let file = desk.file("readme.toml", &example.text);
    let shown = |arguments: &[&str]| desk.run(arguments).ended(0).json();
    let all = shown(&[
        "config",
        "show",
        "--json",
        "--origin",
        "--config",
        file.to_str().unwrap(),
    ]);
    let defaults = shown(&["config", "show", "--json", "--origin"]);
    for (set, default) in all.as_array().unwrap().iter().zip(defaults.as_array().unwrap()) {
        let from = set["origin"].as_str().unwrap();
        assert!(from.contains("readme.toml"), "not in the README: {set}");
        // Those that are not set unless somebody sets them.
        if !default["value"].is_null() && set["key"] != "store" {
            assert_eq!(set["value"], default["value"], "{set}");
        }
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
