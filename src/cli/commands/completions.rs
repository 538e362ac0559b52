//! `backoffice completions`.

use clap::Args;
use clap_complete::Shell;

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};

/// Print the completion script for a shell
///
/// Save it where your shell looks for completions, for example with
/// `backoffice completions bash > ~/.local/share/bash-completion/completions/backoffice`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Whose script to print
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.terminal.text(&script(self.shell))?;
        Ok(Exit::Done)
    }
}

/// The completion script for a shell.
#[must_use]
pub fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::cli::command(), "backoffice", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
