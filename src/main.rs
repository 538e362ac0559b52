//! The binary: parse, build the context, run, report, end.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Context as _;
use backoffice::cli::config::Environment;
use backoffice::cli::error::{Exit, Failure};
use backoffice::cli::process;
use backoffice::cli::terminal::{Interrupts, Settings, Terminal};
use backoffice::cli::{Cli, Context, Parsed, parse, silence_panics_of_library};

fn main() -> ExitCode {
    process::harden();
    silence_panics_of_library();
    let environment = Environment::of_process();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let (settings, parsed) = match parse(&arguments, &environment) {
        Parsed::Command(cli, settings) => (settings, Ok(cli)),
        Parsed::Text(text) => return print(&text),
        Parsed::Refused(failure, settings) => (settings, Err(failure)),
    };
    let interrupts = Interrupts::install().context("Ctrl-C can't be handled");
    let terminal = Terminal::new(
        settings,
        interrupts.as_ref().ok().cloned().unwrap_or_else(Interrupts::none),
    );
    let run = |cli: Box<Cli>| {
        interrupts?;
        let global = cli.global.clone();
        cli.run(&Context::new(&terminal, &environment, &arguments, &global))
    };
    end(&terminal, parsed.and_then(run))
}

/// Help and version.
fn print(text: &str) -> ExitCode {
    let terminal = Terminal::new(Settings::default(), Interrupts::none());
    end(
        &terminal,
        terminal.text(text).map(|()| Exit::Done).map_err(Failure::from),
    )
}

fn end(terminal: &Terminal, outcome: Result<Exit, Failure>) -> ExitCode {
    let failed = |failure: Failure| {
        terminal.error(&failure.report());
        failure.exit
    };
    outcome.unwrap_or_else(failed).into()
}
