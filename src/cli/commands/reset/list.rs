//! `reset list`.

use clap::Args;

use crate::cli::batch::user_ref;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::shapes::{OfUser, ShownLink};
use crate::cli::whose;

/// List links and their states
#[derive(Debug, Args)]
pub struct ListLinks {
    /// Only links of this user
    #[arg(value_name = "USER")]
    user: Option<String>,
}

impl ListLinks {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let who = self.user.as_deref().map(user_ref).transpose()?;
        context.check_fields::<OfUser<ShownLink>>()?;
        let office = context.office()?;
        let links = office.resets().list(who.as_ref())?;
        let links = links
            .iter()
            .map(|listed| (Some(listed.link.user_id), ShownLink::from(listed)))
            .collect();
        whose::list(context, &office, links, "there is no link")
    }
}
