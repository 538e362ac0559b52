//! `backoffice config …`.

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::shapes::InForce;
use crate::cli::terminal::Record;

/// Show the settings in force.
#[derive(Debug, Subcommand)]
pub enum Config {
    Show(Show),
}

/// Show every setting in force
#[derive(Debug, Args)]
pub struct Show {
    /// And where each came from
    #[arg(long)]
    origin: bool,
}

impl Config {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let Self::Show(show) = self;
        let settings = context.config()?.shown();
        if show.origin {
            list(context, settings.into_iter())
        } else {
            list(context, settings.into_iter().map(InForce::from))
        }
    }
}

fn list<R: Record>(context: &Context<'_>, records: impl Iterator<Item = R>) -> Result<Exit, Failure> {
    let mut list = context.terminal.list::<R>()?;
    for record in records {
        if list.row(&record)?.is_break() {
            break;
        }
    }
    list.finish()?;
    Ok(Exit::Done)
}
