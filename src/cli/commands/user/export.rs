//! `user export`.

use clap::Args;

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::terminal::Format;
use crate::ops::import::ExportRow;

/// Write every user as JSONL, which `user import` reads
///
/// The deleted ones are included. With `--include-hashes` the users come back byte for byte,
/// passwords too; a person who has such a file can try passwords against it.
#[derive(Debug, Args)]
pub struct ExportUsers {
    /// Write the password hashes too
    #[arg(long)]
    include_hashes: bool,
}

impl ExportUsers {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let settings = context.terminal.settings();
        if settings.fields.is_some() || matches!(settings.format, Format::Csv | Format::Ids) {
            return Err(Failure::usage("an export is always JSONL")
                .hint("`backoffice user list --all` has the other forms"));
        }
        let office = context.office()?;
        let mut lines = context.terminal.lines();
        office.users().export(self.include_hashes, |user, hash| {
            Ok::<_, Failure>(lines.line(&ExportRow::new(user, hash))?)
        })?;
        lines.finish()?;
        Ok(Exit::Done)
    }
}
