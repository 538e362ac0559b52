//! The command line: one file a noun, each with its arguments (their doc comments are the
//! help text) and handlers that fill in a request and call a use case.

mod answer;
mod arguments;
mod batch;
mod browser;
mod commands;
pub mod config;
mod context;
mod deferred;
pub mod error;
mod global;
mod input;
mod local;
mod mailer;
mod office;
mod parse;
mod password_args;
pub mod process;
mod shapes;
pub mod terminal;
mod third_party;
mod usage;
mod wait;
mod way_in;
mod whose;

use clap::{CommandFactory, Parser, Subcommand};

use commands::{
    audit, completions, config as config_command, group, help, identity, init, login, mail, password,
    provider, reset, session, user,
};

pub use context::Context;
use deferred::Deferred;
pub use global::Global;
pub use parse::{Parsed, parse};

use crate::cli::error::{Exit, Failure};

/// The exit codes, at the end of the long help and of the manual page.
const EXIT_CODES: &str = "\
Exit codes:
    0  done, or already so
    1  internal error: a bug
    2  usage: unknown flag or format; an answer needed and no terminal
    3  not found: user, group, provider, session, link, waiting mail
    4  conflict: e-mail taken, transition not allowed, last administrator, group not empty
    5  denied: wrong credentials, sign-in refused, token not valid, nobody signed in
    6  invalid input: weak password, malformed address, row or configuration
    7  store unusable: missing, busy, read-only, full, damaged, newer, not ours
    8  outside service failed: mail server, provider, port in use, nobody came back
    9  partly done
   10  declined: a confirmation answered no
  130  interrupted";

/// Manage the users of a back office: create, activate and sign in.
///
/// Begin with `backoffice user create EMAIL --activate --generate-password`: it creates an active
/// user, and prints the password that `backoffice login EMAIL` asks for. Everything is kept in one
/// SQLite file, which the first `user create` or `user import` makes. Standard output has the answer
/// and nothing else; `--json` turns answers and errors into JSON. No flag takes a secret as its
/// value: use `--…-stdin`, `--…-file`, `--input` or the prompt.
#[derive(Debug, Parser)]
#[command(name = "backoffice", version, after_long_help = EXIT_CODES, disable_help_subcommand = true)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    /// Create, find, change, activate and delete users
    #[command(subcommand, arg_required_else_help = true)]
    User(Deferred<user::UserCommand>),
    /// Make groups, and put users into them
    #[command(subcommand, arg_required_else_help = true)]
    Group(Deferred<group::GroupCommand>),
    /// Set, change and remove passwords
    #[command(subcommand, arg_required_else_help = true)]
    Password(Deferred<password::PasswordCommand>),
    /// Make, complete and take back links that set a password
    #[command(subcommand, arg_required_else_help = true)]
    Reset(Deferred<reset::ResetCommand>),
    /// Look whether mail can be sent, and send what waits
    #[command(subcommand, arg_required_else_help = true)]
    Mail(Deferred<mail::MailCommand>),
    Login(login::Login),
    Logout(login::Logout),
    /// Tell who is signed in
    Whoami,
    /// Link users to their accounts at a provider, and take links away
    #[command(subcommand, arg_required_else_help = true)]
    Identity(Deferred<identity::IdentityCommand>),
    /// List, check and end sessions
    #[command(subcommand, arg_required_else_help = true)]
    Session(Deferred<session::SessionCommand>),
    /// Read the audit record, and check that nobody changed it
    #[command(subcommand, arg_required_else_help = true)]
    Audit(Deferred<audit::AuditCommand>),
    /// Show and test the providers
    #[command(subcommand, arg_required_else_help = true)]
    Provider(Deferred<provider::ProviderCommand>),
    /// Show and explain the settings, and begin a configuration file
    #[command(subcommand, arg_required_else_help = true)]
    Config(Deferred<config_command::ConfigCommand>),
    Completions(completions::Completions),
    Help(help::Help),
}

impl Cli {
    /// Carries the command out.
    ///
    /// # Errors
    /// The [`Failure`] to report, with the code to end with.
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        // The command has closed the store when its failure comes here to wait.
        self.carry_out(context)
            .map_err(|failure| wait::until_told(context.naming_configuration(failure)))
    }

    fn carry_out(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self.command {
            Command::Init(init) => init.run(context),
            Command::User(Deferred(user)) => user.run(context),
            Command::Group(Deferred(group)) => group.run(context),
            Command::Password(Deferred(password)) => password.run(context),
            Command::Reset(Deferred(reset)) => reset.run(context),
            Command::Mail(Deferred(mail)) => mail.run(context),
            Command::Login(login) => login.run(context),
            Command::Logout(logout) => logout.run(context),
            Command::Whoami => login::whoami(context),
            Command::Identity(Deferred(identity)) => identity.run(context),
            Command::Session(Deferred(session)) => session.run(context),
            Command::Audit(Deferred(audit)) => audit.run(context),
            Command::Provider(Deferred(provider)) => provider.run(context),
            Command::Config(Deferred(config)) => config.run(context),
            Command::Completions(completions) => completions.run(context, command()),
            Command::Help(help) => help.run(context, command()),
        }
    }
}

/// The whole command line, as completions and manual pages are made from it.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Keeps the panics of the library that listens for callbacks off standard error.
pub fn silence_panics_of_library() {
    crate::federation::silence_panics_of_library();
}
