//! `backoffice init`.

use clap::Args;

use crate::cli::answer::{Answer, Reported};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::process;

/// Make the store and the group `administrators`.
///
/// The file is readable by its owner only. On a store that is there already nothing changes.
#[derive(Debug, Args)]
pub struct Init {
    /// The operating-system user the store is to belong to; only root can give it away
    #[arg(long, value_name = "OSUSER")]
    owner: Option<String>,
}

impl Init {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let owner = self.owner.as_deref().map(process::owner_by_name).transpose()?;
        let write = WriteArgs { dry_run: false };
        let (office, made) = context.init(write, owner.as_ref())?;
        let path = office.path().display().to_string();
        let action = if made {
            Reported::Created
        } else {
            Reported::Unchanged
        };
        let mut answer = Answer::new(action, write, &format!("the store {path}"))
            .holding(format!("the store {path} exists already"))
            .with_id(&path);
        answer.set("store", path.into());
        let hint = "`backoffice user create EMAIL --group administrators --activate --generate-password` makes the first administrator";
        let answer = answer.hinting(made.then(|| hint.to_owned()));
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }
}
