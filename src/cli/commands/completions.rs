//! `backoffice completions`.

use clap::{Args, Command};
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
    /// Prints the script for `command`, which is the whole command line.
    pub fn run(self, context: &Context<'_>, command: Command) -> Result<Exit, Failure> {
        context.terminal.text(&script(self.shell, command))?;
        Ok(Exit::Done)
    }
}

fn script(shell: Shell, mut command: Command) -> String {
    let mut script = Vec::new();
    command.build();
    let mut command = with_plain_value_names(command);
    clap_complete::generate(shell, &mut command, "backoffice", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// `FIELD[:desc]` becomes `FIELD`: `clap_complete` writes the names of values into the script as they
/// are, and zsh runs what stands between `:` and the next one.
fn with_plain_value_names(command: Command) -> Command {
    let plain = |name: &str| {
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "_|.-".contains(c)));
        name[..end.unwrap_or(name.len())].to_owned()
    };
    command
        .mut_args(|arg| {
            let names: Vec<String> = arg
                .get_value_names()
                .unwrap_or_default()
                .iter()
                .map(|name| plain(name))
                .collect();
            if names.is_empty() {
                arg
            } else {
                arg.value_names(names)
            }
        })
        .mut_subcommands(with_plain_value_names)
}
