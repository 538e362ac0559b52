//! Every command of README.md, run in its order in a home of its own; what it shows as output is
//! what comes. Its Rust is a doc test of the crate.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use common::{Desk, Run};
use serde_json::{Value, json};

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
            // See the tests below, `.ci/run` and the doc tests; `shell` needs a provider elsewhere.
            "toml" | "bash" | "rust" | "crontab" | "ini" | "html" | "shell" => {}
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

/// The configurations: one has every setting, the others a provider each.
fn configurations() -> (Vec<Block<'static>>, Vec<Block<'static>>) {
    let toml = blocks().into_iter().filter(|block| block.language == "toml");
    toml.partition(|block| block.text.starts_with("# The store."))
}

#[test]
fn the_settings_of_the_readme_are_all_there_are_with_their_defaults() {
    // What a provider can't do without, in the example too.
    const LEAST: &str = "[provider.example]\nkind = \"oidc\"\nissuer = \"https://id.example.com\"\nclient_id = \"x\"\n\
        [provider.plain]\nkind = \"oauth2\"\nclient_id = \"x\"\nauthorization_endpoint = \"https://login.example.com\"\n\
        token_endpoint = \"https://login.example.com\"\nuserinfo_endpoint = \"https://login.example.com\"\n";
    let desk = Desk::empty();
    let (example, _) = configurations();
    let shown = |name: &str, text: &str| {
        let file = desk.file(name, text);
        let show = ["config", "show", "--json", "--origin", "--config"];
        let arguments = show.into_iter().chain([file.to_str().unwrap()]);
        let settings = desk.run(arguments).ended(0).json();
        settings.as_array().unwrap().clone()
    };
    let all = shown("readme.toml", &example[0].text);
    let defaults = shown("least.toml", LEAST);
    assert_eq!(all.len(), defaults.len());
    let says_nothing = |value: &Value| *value == Value::Null || *value == json!([]) || *value == json!({});
    for (set, default) in all.iter().zip(&defaults) {
        let key = set["key"].as_str().unwrap();
        assert_eq!(key, default["key"]);
        let is_set = set["origin"].as_str().unwrap().contains("readme.toml");
        // What both kinds have is shown with one; a preset fills in what is shown here.
        let elsewhere = key.starts_with("provider.plain.") || key == "provider.example.preset";
        // Settings that exclude others stand there as comments.
        let name = key.rsplit('.').next().unwrap();
        let elsewhere = elsewhere || example[0].text.contains(&format!("\n#{name} = "));
        assert!(is_set || elsewhere, "not in the README: {set}");
        // Those that are not set unless somebody sets them.
        let has_default = default["origin"] == "default" && !says_nothing(&default["value"]);
        if has_default && !["store", "provider.example.label"].contains(&key) {
            assert_eq!(set["value"], default["value"], "{set}");
        }
        // Of one kind alone.
        if key.ends_with("_endpoint") || key.ends_with("_field") {
            assert!(is_set, "not in the README: {set}");
        }
    }
}

#[test]
fn every_provider_of_the_readme_is_one() {
    let desk = Desk::empty();
    let (_, examples) = configurations();
    let mut names = Vec::new();
    for Block { line, text, .. } in examples {
        let file = desk.file("provider.toml", &text);
        let config = file.to_str().unwrap();
        let list = desk.run(["provider", "list", "-o", "ids", "--config", config]);
        let name = list.ended(0).stdout.trim().to_owned();
        let show = ["provider", "show", &name, "--json", "--config", config];
        let shown = desk.run(show).ended(0).json();
        assert_eq!(shown["preset"], name.as_str(), "README.md:{line}");
        // Where one is to be registered, the text says which.
        for uri in shown["register"]["redirect_uris"].as_array().unwrap() {
            let uri = uri.as_str().unwrap();
            let port = uri.trim_end_matches("/callback").rsplit(':').next().unwrap();
            let said = README.contains(uri) || README.contains(port);
            assert!(said, "README.md:{line}: {uri}");
        }
        names.push(name);
    }
    names.sort();
    assert_eq!(names, ["entra", "github", "google", "keycloak", "okta"]);
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
