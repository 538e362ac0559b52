//! What was meant by a flag that a command does not have, and by a word too many after it.

use clap::{Arg, ValueEnum};

use super::line::TypedLine;
use super::secrets::any_of;
use crate::cli::error::quoted;
use crate::cli::terminal::Format;
use crate::domain::likeness;

/// Short flags of other programs, and the words they stand for.
const SHORT: [(&str, &str); 9] = [
    ("-a", "all"),
    ("-c", "config"),
    ("-d", "debug"),
    ("-f", "force"),
    ("-g", "group"),
    ("-j", "json"),
    ("-l", "limit"),
    ("-n", "dry-run"),
    ("-s", "search"),
];
/// Flags of other programs that name a file to write the answer to.
const OUTPUT: [&str; 6] = ["output", "out", "outfile", "output-file", "O", "to-file"];
/// Flags of other programs that name what this program takes as an argument, by its value name.
const ARGUMENTS: [(&str, &[&str]); 5] = [
    (
        "USER",
        &[
            "user", "email", "mail", "username", "id", "uid", "login", "u", "e",
        ],
    ),
    (
        "EMAIL",
        &["user", "email", "mail", "username", "address", "u", "e"],
    ),
    ("GROUP", &["group", "name", "g"]),
    ("NAME", &["name", "provider"]),
    ("FILE", &["file", "input", "path", "f", "i"]),
];

/// What to write instead of the unknown `flag`.
pub(super) fn hint(line: &TypedLine<'_>, program: &str, flag: &str) -> Option<String> {
    let typed = flag.trim_start_matches('-');
    let value = line.follows(flag);
    if OUTPUT.contains(&typed) {
        return Some(output(program, value));
    }
    if let Some(hint) = of_one_command(line, typed) {
        return Some(hint);
    }
    let word = SHORT
        .iter()
        .find(|(short, _)| *short == flag)
        .map_or(typed, |(_, word)| word);
    let flags = flags(line, word, value);
    if !flags.is_empty() {
        return Some(did_you_mean(&flags));
    }
    if let Some(format) = format(typed) {
        return Some(did_you_mean(&[format!("--format {format}")]));
    }
    let argument = argument(line, typed)?;
    Some(format!(
        "write the {argument} without a flag: `{program} {argument}`"
    ))
}

/// What to write instead of the `word` too many.
pub(super) fn hint_for_word(line: &TypedLine<'_>, program: &str, word: &str) -> Option<String> {
    let word = quoted(word);
    Some(match line.path.join(" ").as_str() {
        "user list" => did_you_mean(&[format!("{program} --search {word}")]),
        "init" => did_you_mean(&[format!("{program} --store {word}")]),
        "user export" => did_you_mean(&[format!("{program} > {word}")]),
        "whoami" => did_you_mean(&[format!("backoffice user show {word}")]),
        "logout" => did_you_mean(&[format!("backoffice session revoke --user {word}")]),
        "config show" => did_you_mean(&[format!("backoffice config explain {word}")]),
        "group list" => did_you_mean(&[format!("backoffice group show {word}")]),
        "provider list" => did_you_mean(&[format!("backoffice provider show {word}")]),
        "user edit" => {
            let own = line.command.get_arguments().filter(|arg| !arg.is_global_set());
            let fields = own
                .filter(|arg| arg.get_action().takes_values())
                .filter_map(Arg::get_long);
            let fields: Vec<String> = fields.map(|long| format!("`--{long}`")).collect();
            format!("name what to change: use {}", any_of(&fields))
        }
        _ => return None,
    })
}

/// What to write instead of `--format users.csv`: the value is the name of a file.
pub(super) fn hint_for_file(program: &str, value: &str) -> Option<String> {
    file(value).map(|_| output(program, Some(value)))
}

/// The name of a file that was typed where a format is awaited, as a word of a shell.
pub(super) fn file(value: &str) -> Option<String> {
    let is_file = value.contains(['.', '/']) && format(value).is_none();
    is_file.then(|| quoted(value))
}

/// ``did you mean `a` or `b`?``
pub(super) fn did_you_mean(what: &[String]) -> String {
    let what: Vec<String> = what.iter().map(|line| format!("`{line}`")).collect();
    format!("did you mean {}?", any_of(&what))
}

fn output(program: &str, value: Option<&str>) -> String {
    if let Some(format) = value.and_then(format) {
        return did_you_mean(&[format!("--format {format}")]);
    }
    let file = value.map_or_else(|| "FILE".to_owned(), quoted);
    format!("the answer goes to standard output; to write it to a file: `{program} > {file}`")
}

/// The format of this name, or of one that means the same.
fn format(word: &str) -> Option<&'static str> {
    let names: Vec<&str> = Format::value_variants()
        .iter()
        .map(|format| format.as_str())
        .collect();
    likeness::by_meaning(word, &names).first().copied()
}

/// What only one command, or one kind of command, has another way for.
fn of_one_command(line: &TypedLine<'_>, flag: &str) -> Option<String> {
    let command = line.path.join(" ");
    let takes_users = line.command.get_positionals().any(|arg| {
        let is_many = arg.get_num_args().is_some_and(|range| range.max_values() > 1);
        is_many && names(arg).contains(&"USER")
    });
    let hint = match (flag, command.as_str()) {
        ("all", "session revoke") => "`backoffice session revoke --user USER` ends every session of a user",
        ("all", "session end") => "`backoffice logout --all` ends every session of the user who is signed in",
        ("all", "user show") => "`backoffice user list` shows all users",
        ("all", command) if command.ends_with(" list") || command.ends_with(" export") => {
            "leave it out: nothing is left out of the answer"
        }
        ("all", _) if takes_users => {
            "name the users; `-` reads them from standard input, one a line, as `backoffice user list --format ids` \
             prints them"
        }
        ("no-color" | "no-colour" | "nocolor", _) => "did you mean `--color never`?",
        ("colour", _) => "did you mean `--color`?",
        ("desc" | "reverse" | "r" | "descending", "user list") => "did you mean `--sort FIELD:desc`?",
        ("active" | "enabled", "user list") => "did you mean `--status active`?",
        ("pending" | "deactivated" | "deleted", "user list") => {
            "use `--status`: it takes `pending`, `active`, `deactivated` and `deleted`"
        }
        ("disabled" | "inactive" | "blocked", "user list") => "did you mean `--status deactivated`?",
        ("admin" | "administrator" | "superuser", "user create" | "user list") => {
            "did you mean `--group administrators`?"
        }
        ("2fa" | "otp" | "totp", "login") => {
            "a second factor is the task of a provider: `backoffice login --with PROVIDER`"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

/// The flags of the command that `word` may mean. A flag that can't have the value that follows is
/// named all the same: the value may be wrong too.
fn flags(line: &TypedLine<'_>, word: &str, value: Option<&str>) -> Vec<String> {
    if word == "force" && value.is_some_and(|value| format(value).is_some()) {
        return vec!["--format".to_owned()];
    }
    let visible = line.command.get_arguments().filter(|arg| !arg.is_hide_set());
    let longs: Vec<&str> = visible.filter_map(Arg::get_long).collect();
    let mut meant = likeness::by_meaning(word, &longs);
    if meant.is_empty() && word.chars().count() > 1 {
        meant.extend(likeness::by_spelling(word, &longs));
    }
    meant.into_iter().map(|long| format!("--{long}")).collect()
}

/// The argument of the command that another program has a flag for.
fn argument(line: &TypedLine<'_>, flag: &str) -> Option<&'static str> {
    let of_command: Vec<&str> = line.command.get_positionals().flat_map(names).collect();
    let mut rows = ARGUMENTS.iter();
    let found = rows.find(|(name, flags)| of_command.contains(name) && flags.contains(&flag));
    found.map(|(name, _)| *name)
}

fn names(arg: &Arg) -> Vec<&str> {
    let names = arg.get_value_names().unwrap_or_default();
    names.iter().map(clap::builder::Str::as_str).collect()
}
