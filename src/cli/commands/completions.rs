//! `backoffice completions`.

use clap::{Arg, Args, Command};
use clap_complete::Shell;

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};

/// Print the completion script for a shell
///
/// Save it where your shell looks for completions, and make the folder first if it is not there: bash
/// looks for `~/.local/share/bash-completion/completions/backoffice`, fish for
/// `~/.config/fish/completions/backoffice.fish`, and zsh for `_backoffice` in a folder of `fpath`.
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
    let mut script = String::from_utf8_lossy(&script).into_owned();
    if shell == Shell::Fish {
        add_deep_options(&command, &mut Vec::new(), &mut script);
    }
    script
}

/// The options of commands of three words, which `clap_complete` leaves out for fish.
fn add_deep_options(command: &Command, words: &mut Vec<String>, script: &mut String) {
    for within in command.get_subcommands() {
        words.push(within.get_name().to_owned());
        if let [noun, deeper @ ..] = words.as_slice()
            && deeper.len() > 1
        {
            let deeper = deeper.join("; and __fish_seen_subcommand_from ");
            let place = format!(
                "__fish_backoffice_using_subcommand {noun}; and __fish_seen_subcommand_from {deeper}"
            );
            let is_own = |arg: &&Arg| !arg.is_global_set() && arg.get_id() != "help";
            let own = within.get_arguments().filter(is_own);
            script.extend(own.map(|option| fish_option(&place, option)));
        }
        add_deep_options(within, words, script);
        words.pop();
    }
}

/// The line of an option for fish; nothing for an argument without a name.
fn fish_option(place: &str, option: &Arg) -> String {
    let Some(long) = option.get_long().filter(|_| !option.is_hide_set()) else {
        return String::new();
    };
    let help = option.get_help().map(ToString::to_string).unwrap_or_default();
    let help = help.replace('\\', "\\\\").replace('\'', "\\'");
    let value = if option.get_action().takes_values() {
        " -r"
    } else {
        ""
    };
    format!("complete -c backoffice -n \"{place}\" -l {long} -d '{help}'{value}\n")
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
