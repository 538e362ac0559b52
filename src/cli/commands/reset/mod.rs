//! `backoffice reset …`.

mod complete;
mod issue;
mod list;
mod request;
mod revoke;

use clap::Subcommand;

use complete::CompleteReset;
use issue::IssueLinks;
use list::ListLinks;
use request::RequestLink;
use revoke::RevokeLinks;

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};

/// Make, complete and take back links that set a password.
#[derive(Debug, Subcommand)]
pub enum ResetCommand {
    /// Make a link for each user: print it, mail it, or both
    Issue(IssueLinks),
    /// Ask for a link to be mailed: the public "forgot password"
    Request(RequestLink),
    /// Choose a new password with a link
    Complete(CompleteReset),
    /// List links and their states
    List(ListLinks),
    /// Take links back, by their ids or all of a user
    Revoke(RevokeLinks),
}

impl ResetCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Issue(issue) => issue.run(context),
            Self::Request(request) => request.run(context),
            Self::Complete(complete) => complete.run(context),
            Self::List(list) => list.run(context),
            Self::Revoke(revoke) => revoke.run(context),
        }
    }
}
