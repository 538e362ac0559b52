//! Commands that are defined when one of them is invoked. Most of the time of a short command would
//! go into the definition of all the others.

use clap::builder::Resettable;
use clap::{ArgMatches, Command, Error, FromArgMatches, Subcommand};

/// The commands of a noun.
#[derive(Debug)]
pub(super) struct Deferred<C>(pub C);

impl<C: FromArgMatches> FromArgMatches for Deferred<C> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        C::from_arg_matches(matches).map(Self)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, Error> {
        C::from_arg_matches_mut(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches(matches)
    }

    fn update_from_arg_matches_mut(&mut self, matches: &mut ArgMatches) -> Result<(), Error> {
        self.0.update_from_arg_matches_mut(matches)
    }
}

impl<C: Subcommand> Subcommand for Deferred<C> {
    fn augment_subcommands(command: Command) -> Command {
        command.defer(|command| described(command, C::augment_subcommands))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        command.defer(|command| described(command, C::augment_subcommands_for_update))
    }

    fn has_subcommand(name: &str) -> bool {
        C::has_subcommand(name)
    }
}

/// Adds the commands of a noun, and leaves the description of the noun as it was.
fn described(command: Command, augment: fn(Command) -> Command) -> Command {
    let about = command
        .get_about()
        .cloned()
        .map_or(Resettable::Reset, Resettable::Value);
    let long = command
        .get_long_about()
        .cloned()
        .map_or(Resettable::Reset, Resettable::Value);
    augment(command).about(about).long_about(long)
}
