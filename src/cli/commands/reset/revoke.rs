//! `reset revoke`.

use clap::Args;
use serde_json::json;

use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::batch::{Targets, refuse_token, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::office::Office;
use crate::domain::ids::ResetId;
use crate::domain::user::UserRef;
use crate::ops;

/// Take links back, by their ids or all of a user
#[derive(Debug, Args)]
pub struct RevokeLinks {
    /// Users, or ids of links; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER|ID")]
    targets: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl RevokeLinks {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let targets = Targets::read(context, &self.targets)?;
        let office = context.office_for(self.write)?;
        targets.each(context, |name| {
            refuse_token(name)?;
            let who = user_ref(name).map_err(|failure| {
                failure.hint("name a user, or a link by the id that `backoffice reset list` shows")
            })?;
            self.one(&office, &who)
        })
    }

    /// An id may be that of a link or of a user.
    fn one(&self, office: &Office, who: &UserRef) -> Result<Answer, Failure> {
        if let UserRef::Id(id) = who {
            match office.resets().revoke(ResetId(id.0)) {
                Err(ops::Error::ResetNotFound(_)) => {}
                outcome => {
                    let revoked = outcome?;
                    let (id, count) = (revoked.link.id, u64::from(revoked.was_live));
                    let whom = format!("the link {id}");
                    let mut answer = Answer::new(Reported::of_ended(count), self.write, &whom)
                        .holding(format!("{whom} has ended already"))
                        .with_id(id);
                    answer.set("revoked_resets", json!(count));
                    return Ok(answer);
                }
            }
        }
        let ended = office
            .resets()
            .revoke_all_of(who)
            .map_err(|error| match (error, who) {
                (ops::Error::UserNotFound { .. }, UserRef::Id(id)) => {
                    ops::Error::ResetNotFound(id.to_string())
                }
                (error, _) => error,
            })?;
        let user = &ended.user;
        let whom = format!("{} of {}", counted(ended.count, "link", "links"), user.email);
        let mut answer = Answer::new(Reported::of_ended(ended.count), self.write, &whom)
            .holding(format!("{} has no live link", user.email))
            .with_id(user.id);
        answer.set("user", json!(user));
        answer.set("revoked_resets", json!(ended.count));
        Ok(answer)
    }
}
