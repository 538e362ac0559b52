//! The committed completions, each loaded in its real shell. A shell that is missing is a
//! failure: `.ci/test` brings them.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use common::{Desk, Run};

fn completions() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("completions")
}

/// Runs a script in a shell, beside the program and the completions, with a home of its own.
fn shell(program: &str, arguments: &[&str], script: &str) -> Run {
    let desk = Desk::empty();
    let bin = desk.path().join("bin");
    fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_backoffice"), bin.join("backoffice")).unwrap();
    let output = Command::new(program)
        .args(arguments)
        .arg(script)
        .env_clear()
        .env("HOME", desk.path())
        .env("PATH", format!("{}:{}", bin.display(), common::path()))
        .env("TERM", "dumb")
        .env("COMPLETIONS", completions())
        .current_dir(desk.path())
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{program} is needed, see .ci/test: {error}"));
    Run::of(&output)
}

/// Completes the last of the words as bash does, and prints what it offers, one a line.
const BASH: &str = r#"
source "$COMPLETIONS/backoffice.bash"
complete -p backoffice >/dev/null && echo loaded
offer() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _backoffice backoffice "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[*]}"
}
offer backoffice us
offer backoffice user dea
offer backoffice user create --first
offer backoffice user list --status p
offer backoffice --format j
"#;

#[test]
fn bash_completes_commands_flags_and_values() {
    let run = shell("bash", &["--norc", "--noprofile", "-euc"], BASH);
    let expected = "\
loaded
user
deactivate
--first-name
pending
json jsonl
--- stderr
--- exit 0";
    assert_eq!(run.to_string(), expected);
}

/// Types into a zsh of its own, for there is no other way to see what zsh completes: after the
/// tabulator the line must read as awaited.
const ZSH: &str = r#"
zmodload zsh/zpty
zpty inner zsh -f -i
type() { zpty -w -n inner "$1" }
await() {
    zpty -r -m inner seen "*$1*" || { print -r -- "never saw: $1"; exit 1 }
    print -r -- $1
}
type $'PROMPT=; fpath=($COMPLETIONS $fpath); autoload -Uz compinit; compinit -u -D; bindkey -e; print made: ${_comps[backoffice]}\n'
await 'made: _backoffice'
complete() { type $'\C-g'$1$'\t'; await $2 }
complete 'backoffice us' 'backoffice user '
complete 'backoffice user dea' 'backoffice user deactivate '
complete 'backoffice user create --first' 'backoffice user create --first-name='
complete 'backoffice user list --status p' 'backoffice user list --status pending '
zpty -d inner
"#;

#[test]
fn zsh_completes_commands_flags_and_values() {
    // What never comes would be awaited for ever.
    let run = shell("timeout", &["60", "zsh", "-f", "-c"], ZSH);
    let expected = "\
made: _backoffice
backoffice user\x20
backoffice user deactivate\x20
backoffice user create --first-name=
backoffice user list --status pending\x20
--- stderr
--- exit 0";
    assert_eq!(run.to_string(), expected);
}

const FISH: &str = r#"
source "$COMPLETIONS/backoffice.fish"
for line in 'backoffice us' 'backoffice user dea' 'backoffice user create --first' 'backoffice user list --status p' 'backoffice user list --format j'
    complete -C $line | string split -f 1 \t | string join ' '
end
"#;

#[test]
fn fish_completes_commands_flags_and_values() {
    let run = shell("fish", &["--no-config", "-c"], FISH);
    let expected = "user\ndeactivate\n--first-name\npending\njson jsonl\n--- stderr\n--- exit 0";
    assert_eq!(run.to_string(), expected);
}
