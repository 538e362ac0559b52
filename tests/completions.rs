//! The committed completions, each loaded in its real shell, and asked for the values of every option
//! of every command. A shell that is missing is a failure: `.ci/test` brings them.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use common::commands::leaves;
use common::{Desk, Run};

fn completions() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("completions")
}

/// Runs a script in a shell, beside the program and the completions, with a home of its own.
fn shell(program: &str, arguments: &[&str], script: &str) -> Run {
    let desk = Desk::empty();
    let lines: Vec<String> = asked().into_iter().map(|(line, _)| line).collect();
    desk.file("lines", &(lines.join("\n") + "\n"));
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

/// Every option of every command with the cursor behind it, and the values that the program knows for
/// it: none where it takes any.
fn asked() -> Vec<(String, Vec<String>)> {
    let mut asked = Vec::new();
    for leaf in leaves() {
        let options = leaf.command.get_arguments().filter(|arg| !arg.is_hide_set());
        for option in options.filter(|arg| arg.get_action().takes_values()) {
            let Some(long) = option.get_long() else { continue };
            let values = option
                .get_possible_values()
                .into_iter()
                .filter(|value| !value.is_hide_set());
            let values = values.map(|value| value.get_name().to_owned()).collect();
            asked.push((format!("backoffice {} --{long} ", leaf.name()), values));
        }
    }
    assert!(asked.len() > 100);
    asked
}

/// What is offered for each line: where the program knows values, those and no other.
fn check_offers(run: &Run) {
    assert_eq!((run.stderr.as_str(), run.code), ("", 0), "{run:?}");
    let offers: Vec<&str> = run.stdout.lines().collect();
    let asked = asked();
    assert_eq!(offers.len(), asked.len());
    let mut wrong = String::new();
    for ((line, values), offer) in asked.iter().zip(offers) {
        let mut offered: Vec<&str> = offer.split_whitespace().collect();
        let mut values: Vec<&str> = values.iter().map(String::as_str).collect();
        offered.sort_unstable();
        values.sort_unstable();
        if !values.is_empty() && offered != values {
            writeln!(wrong, "{line}: {offer}").unwrap();
        }
    }
    assert_eq!(wrong, "");
}

/// `compopt` is there while bash itself completes, and at no other time.
const BASH_EVERY_OPTION: &str = r#"
compopt() { true; }
source "$COMPLETIONS/backoffice.bash"
while IFS= read -r line; do
    read -ra COMP_WORDS <<<"$line"
    COMP_CWORD=${#COMP_WORDS[@]} COMP_WORDS+=('') COMPREPLY=()
    _backoffice backoffice '' "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "${COMPREPLY[*]}"
done <lines
"#;

#[test]
fn bash_completes_every_option_of_every_command() {
    check_offers(&shell(
        "bash",
        &["--norc", "--noprofile", "-euc"],
        BASH_EVERY_OPTION,
    ));
}

const FISH_EVERY_OPTION: &str = r#"
source "$COMPLETIONS/backoffice.fish"
while read -d \n line
    set offered (complete -C "$line " | string split -f 1 \t)
    echo $offered
end <lines
"#;

#[test]
fn fish_completes_every_option_of_every_command() {
    check_offers(&shell("fish", &["--no-config", "-c"], FISH_EVERY_OPTION));
}

/// After the tabulator, the line that zsh has is printed by a key of its own. What zsh says in between
/// about an error of the script stands before it.
const ZSH_EVERY_OPTION: &str = r#"
zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w -n inner $'PROMPT=; unsetopt auto_list beep; fpath=($COMPLETIONS $fpath); autoload -Uz compinit; compinit -u -D; bindkey -e\n'
zpty -w -n inner $'probe() { zle -I; print -r -- "<${BUFFER}>"; BUFFER= }; zle -N probe; bindkey "^O" probe; print rea""dy\n'
zpty -r -m inner seen '*ready*'
while IFS= read -r line; do
    zpty -w -n inner "$line"$'\t\C-o'
    zpty -r -m inner seen '*<backoffice *>*'
    [[ $seen == *"<$line"* ]] || print -r -- "another line after: $line: $seen"
    case $seen in
        *'not found'*|*_arguments*|*_backoffice:*|*error*|*'bad '*) print -r -- "wrong after: $line: $seen" ;;
    esac
done <lines
zpty -d inner
"#;

#[test]
fn zsh_completes_every_option_of_every_command() {
    // What never comes would be awaited for ever.
    let run = shell("timeout", &["180", "zsh", "-f", "-c"], ZSH_EVERY_OPTION);
    assert_eq!(run.to_string(), "--- stderr\n--- exit 0");
}
