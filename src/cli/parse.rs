//! From the arguments to a command, or to a usage error in the form that was asked for.

use std::borrow::Cow;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Parser, ValueEnum};

use super::Cli;
use crate::cli::config::Environment;
use crate::cli::error::Failure;
use crate::cli::terminal::{ColorChoice, Format, Settings};

/// What the arguments come to.
pub enum Parsed {
    /// A command, and how it is to be answered.
    Command(Box<Cli>, Settings),
    /// Help or version: text for standard output.
    Text(String),
    /// Neither, and how to say so.
    Refused(Failure, Settings),
}

/// Reads the arguments; the environment holds defaults for some.
#[must_use]
pub fn parse(arguments: &[OsString], environment: &Environment) -> Parsed {
    let default = environment.get("BACKOFFICE_FORMAT");
    let parsed = Cli::try_parse_from(arguments);
    let named = default.as_ref().map(|word| {
        word.to_str()
            .and_then(|word| Format::from_str(word, false).ok())
            .ok_or_else(|| {
                Failure::usage("BACKOFFICE_FORMAT names no format")
                    .hint("it is one of table, json, jsonl, csv, ids")
            })
    });
    let (named, refusal) = match named.transpose() {
        Ok(format) => (format, None),
        Err(failure) => (None, Some(failure)),
    };
    match parsed {
        Ok(cli) => {
            let settings = settings(&cli, named, environment);
            match refusal.filter(|_| cli.global.format.is_none() && !cli.global.json) {
                Some(failure) => Parsed::Refused(failure, settings),
                None => Parsed::Command(Box::new(cli), settings),
            }
        }
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Parsed::Text(error.render().to_string())
        }
        Err(error) => {
            let words = words(arguments);
            let settings = Settings {
                format: format_in(&words).or(named).unwrap_or_default(),
                color: color_in(&words).unwrap_or_default(),
                no_color_env: environment.get("NO_COLOR").is_some(),
                dumb_terminal: is_dumb(environment),
                ..Settings::default()
            };
            Parsed::Refused(usage(&error, &words), settings)
        }
    }
}

fn settings(cli: &Cli, named: Option<Format>, environment: &Environment) -> Settings {
    let global = &cli.global;
    let flag = if global.json {
        Some(Format::Json)
    } else {
        global.format
    };
    Settings {
        format: flag.or(named).unwrap_or_default(),
        fields: global.fields.clone(),
        color: global.color,
        no_color_env: environment.get("NO_COLOR").is_some(),
        dumb_terminal: is_dumb(environment),
        quiet: global.quiet,
        verbose: global.verbose,
        yes: global.yes,
        no_input: global.no_input,
        csv_raw: global.csv_raw,
        csv_bom: global.csv_bom,
    }
}

/// Whether the terminal knows no escape sequences (terminfo has `dumb` and `unknown` for such).
fn is_dumb(environment: &Environment) -> bool {
    environment
        .get("TERM")
        .is_none_or(|term| term == "dumb" || term == "unknown")
}

/// The words after the name of the program, up to `--`.
fn words(arguments: &[OsString]) -> Vec<Cow<'_, str>> {
    let words = arguments.iter().skip(1).map(|word| word.to_string_lossy());
    words.take_while(|word| word != "--").collect()
}

/// The format the words ask for, even where the rest of them can't be read.
fn format_in(words: &[Cow<'_, str>]) -> Option<Format> {
    let named = |word: &str| Format::from_str(word, false).ok();
    words.iter().enumerate().find_map(|(place, word)| {
        let next = || words.get(place + 1).and_then(|next| named(next));
        match &**word {
            "--json" => Some(Format::Json),
            "--format" => next(),
            word => match word.strip_prefix("--format=").or_else(|| after_short(word)) {
                Some("") => next(),
                other => other.and_then(named),
            },
        }
    })
}

/// What stands behind the `o` of `-ojson`, `-o=json` and `-qo`.
fn after_short(word: &str) -> Option<&str> {
    let flags = word.strip_prefix('-').filter(|flags| !flags.starts_with('-'))?;
    let value = flags.trim_start_matches(['q', 'v', 'y']).strip_prefix('o')?;
    Some(value.strip_prefix('=').unwrap_or(value))
}

fn color_in(words: &[Cow<'_, str>]) -> Option<ColorChoice> {
    let named = |word: &str| ColorChoice::from_str(word, false).ok();
    words.iter().enumerate().find_map(|(place, word)| match &**word {
        "--color" => words.get(place + 1).and_then(|next| named(next)),
        word => word.strip_prefix("--color=").and_then(named),
    })
}

/// clap's complaint in one sentence and one hint.
fn usage(error: &clap::Error, words: &[Cow<'_, str>]) -> Failure {
    let mut root = super::command();
    root.build();
    let mut command = words
        .iter()
        .fold(&root, |command, word| {
            command.find_subcommand(&**word).unwrap_or(command)
        })
        .clone();
    let path = command.get_bin_name().unwrap_or("backoffice").to_owned();
    let message = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            format!("`{path}` needs a command")
        }
        ErrorKind::InvalidSubcommand => {
            let word = texts(error, ContextKind::InvalidSubcommand).concat();
            format!("`{path}` has no command `{word}`")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = texts(error, ContextKind::InvalidArg).join(" and ");
            format!("{missing} is missing")
        }
        _ => sentence(error),
    };
    let hint = suggestion(error).unwrap_or_else(|| match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("`{path} --help` tells what it takes")
        }
        ErrorKind::ArgumentConflict => "leave one of the two out".to_owned(),
        _ if command.has_subcommands() => {
            let names: Vec<_> = command.get_subcommands().map(clap::Command::get_name).collect();
            format!("the commands are {}", names.join(", "))
        }
        _ => {
            let usage = command.render_usage().to_string();
            let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
            let forms: Vec<_> = usage.lines().map(|form| format!("`{}`", form.trim())).collect();
            format!("write {}; `{path} --help` tells more", forms.join(" or "))
        }
    });
    Failure::usage(message).hint(hint)
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

fn suggestion(error: &clap::Error) -> Option<String> {
    let kinds = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let found = kinds
        .into_iter()
        .map(|kind| texts(error, kind))
        .find(|found| !found.is_empty())?;
    let quoted: Vec<_> = found.iter().map(|word| format!("`{word}`")).collect();
    Some(format!("did you mean {}?", quoted.join(" or ")))
}

/// What clap knows of this kind about its complaint.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(arguments: &str) -> Option<Format> {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        format_in(&words(&arguments))
    }

    #[test]
    fn the_format_is_found_however_it_is_written() {
        for asked in [
            "x --json frob",
            "x frob --format json",
            "x --format=json",
            "x -o json",
            "x -ojson",
            "x -o=json",
            "x -qo json",
            "x -yojson",
        ] {
            assert_eq!(format(asked), Some(Format::Json), "{asked}");
        }
        for other in [
            "x frob",
            "x -- --json",
            "x --format",
            "x -o nonsense",
            "x --fields o",
        ] {
            assert_eq!(format(other), None, "{other}");
        }
    }
}
