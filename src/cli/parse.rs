//! From the arguments to a command, or to a usage error in the form that was asked for.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Parser, ValueEnum};

use super::Cli;
use super::global::Global;
use super::usage;
use crate::cli::config::Environment;
use crate::cli::error::{Failure, quoted_path};
use crate::cli::terminal::{Format, Settings};
use crate::domain::clock::Clock as _;
use crate::ops::system::SystemClock;

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
            let refusal = usage::refusal(super::command(), &error, arguments);
            let settings = Settings {
                format: refusal.format.or(named).unwrap_or_default(),
                color: refusal.color.unwrap_or_default(),
                no_color_env: environment.get("NO_COLOR").is_some(),
                dumb_terminal: is_dumb(environment),
                utf8: is_utf8(environment),
                ..Settings::default()
            };
            match refusal.outcome {
                Ok(help) => Parsed::Text(help),
                Err(failure) => Parsed::Refused(failure, settings),
            }
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
        utf8: is_utf8(environment),
        quiet: global.quiet,
        verbose: global.verbose,
        yes: global.yes,
        no_input: global.no_input,
        csv_raw: global.csv_raw,
        csv_bom: global.csv_bom,
        places: places(global),
        now: Some(SystemClock::start().now()),
    }
}

/// The flags that say which store and which configuration, as they were given.
fn places(global: &Global) -> String {
    let mut places = String::new();
    for (flag, path) in [("--store", &global.store), ("--config", &global.config)] {
        if let Some(path) = path {
            places += &[" ", flag, " ", &quoted_path(path)].concat();
        }
    }
    places
}

/// Whether the terminal knows no escape sequences (terminfo has `dumb` and `unknown` for such).
fn is_dumb(environment: &Environment) -> bool {
    environment
        .get("TERM")
        .is_none_or(|term| term == "dumb" || term == "unknown")
}

/// Whether the locale says that the terminal shows UTF-8 (POSIX, "Environment Variables": the first of
/// these variables that is set counts).
fn is_utf8(environment: &Environment) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| environment.get(name))
        .map(|locale| locale.to_string_lossy().to_ascii_lowercase());
    locale.is_some_and(|locale| locale.contains("utf-8") || locale.contains("utf8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_names_the_characters_of_the_terminal() {
        let says = |pairs: &[(&str, &str)]| is_utf8(&Environment::from_pairs(pairs.iter().copied()));
        assert!(says(&[("LANG", "de_DE.UTF-8")]));
        assert!(says(&[("LC_ALL", ""), ("LC_CTYPE", "C.utf8"), ("LANG", "C")]));
        assert!(!says(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
        assert!(!says(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(!says(&[]));
    }
}
