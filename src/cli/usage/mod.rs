//! A command line that can't be carried out: what is wrong with it, and what was meant. Nothing here
//! runs where a command line is right.

mod flags;
mod line;
mod phrases;
mod proposals;
mod secrets;

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, ValueEnum};

use crate::cli::error::Failure;
use crate::cli::terminal::{ColorChoice, Format};
use crate::domain::likeness;
use flags::did_you_mean;
use line::TypedLine;

/// What a refused command line comes to.
pub(super) struct RefusedLine {
    /// The form of the answer it asks for.
    pub format: Option<Format>,
    /// When it wants colours.
    pub color: Option<ColorChoice>,
    /// What is wrong; or the help that it asks for in the words of another program, `user help`.
    pub outcome: Result<String, Failure>,
}

/// Looks at the arguments that clap refused with `error`; `root` is the whole command line.
pub(super) fn refusal(mut root: Command, error: &clap::Error, arguments: &[OsString]) -> RefusedLine {
    root.build();
    let line = TypedLine::read(&root, arguments);
    let value = |id| line.value(id);
    let named = value("format").and_then(|word| Format::from_str(word, false).ok());
    let is_json = line.has("json");
    RefusedLine {
        format: if is_json { Some(Format::Json) } else { named },
        color: value("color").and_then(|word| ColorChoice::from_str(word, false).ok()),
        outcome: match (error.kind(), line.words.first().map(String::as_str)) {
            (ErrorKind::InvalidSubcommand, Some("help")) => {
                help_in(&root, &[&line.path[..], &texts_of(&line.words[1..])].concat())
            }
            _ => Err(failure(&root, &line, error)),
        },
    }
}

/// The long help of the command that `words` name.
///
/// # Errors
/// A usage error if they name none.
pub(super) fn help(mut root: Command, words: &[&str]) -> Result<String, Failure> {
    root.build();
    help_in(&root, words)
}

fn help_in(root: &Command, words: &[&str]) -> Result<String, Failure> {
    let mut command = root;
    for (place, word) in words.iter().enumerate() {
        let Some(inner) = command.find_subcommand(word) else {
            return Err(no_help(root, command, words.split_at(place)));
        };
        command = inner;
    }
    Ok(command.clone().render_long_help().to_string())
}

/// The words after the path of `command` name no command within it.
fn no_help(root: &Command, command: &Command, (path, rest): (&[&str], &[&str])) -> Failure {
    let unknown = unknown_command(root, command, path, rest);
    let names = likeness::by_meaning(rest[0], &proposals::names(command));
    let meant: Vec<String> = match names.first() {
        Some(name) => vec![[path, &[name]].concat().join(" ")],
        None if !command.has_subcommands() => vec![path.join(" ")],
        None => proposals::commands(root, path, rest),
    };
    if meant.is_empty() {
        return unknown;
    }
    let lines: Vec<String> = meant
        .iter()
        .map(|line| format!("backoffice help {}", names_in(line)))
        .collect();
    unknown.hint(did_you_mean(&lines))
}

/// A line without its arguments: `user create` of `user create EMAIL --invite`.
fn names_in(line: &str) -> String {
    let names: Vec<&str> = line
        .split(' ')
        .take_while(|word| proposals::is_name(word))
        .collect();
    names.join(" ")
}

/// clap's complaint in one sentence and one hint.
fn failure(root: &Command, line: &TypedLine<'_>, error: &clap::Error) -> Failure {
    let program = line.command.get_bin_name().unwrap_or("backoffice");
    match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            Failure::usage(format!("`{program}` needs a command")).hint(verbs(line.command))
        }
        ErrorKind::InvalidSubcommand => {
            let unknown = unknown_command(root, line.command, &line.path, &texts_of(&line.words));
            match line.value("format").and_then(flags::file) {
                Some(file) => unknown.map_hint(|hint| hint.replace("`?", &format!(" > {file}`?"))),
                None => unknown,
            }
        }
        ErrorKind::UnknownArgument => unknown_argument(line, program, error),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::TooManyValues => {
            invalid_value(line, program, error)
        }
        ErrorKind::ArgumentConflict => Failure::usage(sentence(error)).hint("leave one of the two out"),
        ErrorKind::MissingRequiredArgument => {
            let missing = texts(error, ContextKind::InvalidArg).join(" and ");
            Failure::usage(format!("{missing} is missing")).hint(forms(line.command, program))
        }
        _ => Failure::usage(sentence(error)).hint(forms(line.command, program)),
    }
}

/// `words` stand where a command of `command` is awaited, which is the one at `path`.
fn unknown_command(root: &Command, command: &Command, path: &[&str], words: &[&str]) -> Failure {
    let word = words.first().copied().unwrap_or_default();
    let program = command.get_bin_name().unwrap_or("backoffice");
    let meant = proposals::commands(root, path, words);
    let hint = if let Some(advice) = proposals::advice(path, word) {
        advice.to_owned()
    } else if meant.is_empty() {
        verbs(command)
    } else {
        let lines: Vec<String> = meant.iter().map(|line| format!("backoffice {line}")).collect();
        did_you_mean(&lines)
    };
    Failure::usage(format!("`{program}` has no command `{word}`")).hint(hint)
}

fn unknown_argument(line: &TypedLine<'_>, program: &str, error: &clap::Error) -> Failure {
    let typed = texts(error, ContextKind::InvalidArg).concat();
    let (hint, refused) = if typed.starts_with('-') && typed.len() > 1 {
        (
            flags::hint(line, program, &typed),
            secrets::flag(line, program, &typed),
        )
    } else {
        (
            flags::hint_for_word(line, program, &typed),
            secrets::word(line, program),
        )
    };
    refused.unwrap_or_else(|| {
        let hint = hint.unwrap_or_else(|| forms(line.command, program));
        Failure::usage(sentence(error)).hint(hint)
    })
}

fn invalid_value(line: &TypedLine<'_>, program: &str, error: &clap::Error) -> Failure {
    let value = texts(error, ContextKind::InvalidValue).concat();
    let named = texts(error, ContextKind::InvalidArg).concat();
    let arg = line.command.get_arguments().find(|arg| arg.to_string() == named);
    if let Some(refused) = arg
        .filter(|arg| !arg.get_action().takes_values())
        .and_then(secrets::value_of)
    {
        return refused;
    }
    let known: Vec<String> = arg.map(possible_values).unwrap_or_default();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let meant = likeness::nearest(&value, &known).map(|meant| did_you_mean(&[meant.to_owned()]));
    let is_format = arg.is_some_and(|arg| arg.get_id() == "format");
    let file = || flags::hint_for_file(program, &value).filter(|_| is_format);
    let hint = meant
        .or_else(file)
        .unwrap_or_else(|| format!("`{program} --help` tells what it takes"));
    let message = match arg.filter(|arg| secrets::may_be_secret(arg)) {
        Some(_) => format!("`{named}` takes one of {}", known.join(", ")),
        None => sentence(error),
    };
    Failure::usage(message).hint(hint)
}

fn possible_values(arg: &Arg) -> Vec<String> {
    let values = arg.get_possible_values().into_iter();
    values.map(|value| value.get_name().to_owned()).collect()
}

/// Which commands a command has.
fn verbs(command: &Command) -> String {
    format!("the commands are {}", proposals::names(command).join(", "))
}

/// How a command is written.
fn forms(command: &Command, program: &str) -> String {
    if command.has_subcommands() {
        return verbs(command);
    }
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let forms: Vec<_> = usage.lines().map(|form| format!("`{}`", form.trim())).collect();
    format!("write {}; `{program} --help` tells more", forms.join(" or "))
}

/// What clap says before its first empty line, on one line.
fn sentence(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let lines: Vec<&str> = text
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .map(str::trim)
        .collect();
    let sentence = lines.join(" ");
    let sentence = sentence.strip_prefix("error: ").unwrap_or(&sentence);
    sentence.trim_end_matches('.').to_owned()
}

/// What clap knows of this kind about its complaint.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

fn texts_of(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}
