//! `backoffice help`.

use clap::{Args, Command};

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::usage;

/// Show the help of a command
///
/// It is what `--help` shows after the same words. Without words, it is the help of the program.
#[derive(Debug, Args)]
pub struct Help {
    /// The words of the command, such as `user create`
    #[arg(value_name = "COMMAND")]
    words: Vec<String>,
}

impl Help {
    /// Shows the help of a command in `root`, which is the whole command line.
    pub fn run(self, context: &Context<'_>, root: Command) -> Result<Exit, Failure> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        context.terminal.text(&usage::help(root, &words)?)?;
        Ok(Exit::Done)
    }
}
