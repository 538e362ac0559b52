//! `reset request`.

use clap::Args;

use crate::cli::answer::{Answer, Reported};
use crate::cli::arguments::not_empty;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::input::InputArgs;
use crate::cli::wait;

/// Ask for a link to be mailed: the public "forgot password"
///
/// The answer is the same for every address, and takes the same time. Nothing is sent yet:
/// `backoffice mail queue flush` does that. Without `base_url` and a section [mail] in the
/// configuration, every request is refused.
#[derive(Debug, Args)]
pub struct RequestLink {
    /// The e-mail address that the person gave
    email: Option<String>,
    #[command(flatten)]
    input: InputArgs,
}

impl RequestLink {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let mut input = self.input.read(context, &["email"])?;
        let office = context.office_to_change()?;
        office.resets().can_request()?;
        let email = match self.email.or(input.take_text("email")?) {
            Some(email) => email,
            None if context.terminal.can_ask() => context.terminal.ask_text("E-mail", None, not_empty)?,
            None => {
                return Err(Failure::unanswered(
                    "an e-mail is needed",
                    "`backoffice reset request EMAIL` or `--input`",
                ));
            }
        };
        let requested = office.resets().request(&email)?;
        drop(office);
        wait::until(requested.not_before);
        let words = "if a user has that address and may ask for a link, a mail with a link is queued";
        context
            .terminal
            .answer(&Answer::bare(Reported::ResetRequested, words))?;
        Ok(Exit::Done)
    }
}
