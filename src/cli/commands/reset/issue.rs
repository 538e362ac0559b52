//! `reset issue`.

use std::time::Duration;

use clap::Args;
use serde_json::json;

use crate::cli::answer::{Answer, Reported};
use crate::cli::batch::{Answers, Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::{WriteArgs, duration};
use crate::cli::office::Office;
use crate::domain::duration::show_duration;
use crate::domain::reset::LinkLife;
use crate::ops::resets::{Disclosure, Issued};

/// Make a link for each user: print it, mail it, or both
///
/// With the link the user chooses a new password. It replaces all earlier links of the user. For a
/// pending user it is an invitation. If the mail isn't sent, the link ends. If the server doesn't
/// say whether it accepted the mail, the link stays alive. In both cases the exit code is 8.
#[derive(Debug, Args)]
pub struct IssueLinks {
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
    /// How long the link lives, at most 24h
    #[arg(long, value_name = "TIME", value_parser = duration)]
    ttl: Option<Duration>,
    /// Mail the link to the user
    #[arg(long)]
    send: bool,
    /// Print the link; this is the default, unless `--send` is given
    #[arg(long)]
    print: bool,
    #[command(flatten)]
    write: WriteArgs,
}

impl IssueLinks {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(self.prints())?;
        let life = self.ttl.map(life).transpose()?;
        let targets = Targets::read(context, &self.users)?;
        let office = if self.send {
            context.office_that_mails(self.write)?
        } else {
            context.office_for(self.write)?
        };
        if self.send || targets.single {
            return targets.each(context, |name| {
                let who = user_ref(name)?;
                let issued = if self.send {
                    office.resets().issue_and_send(&who, life, self.disclosure())?
                } else {
                    office.resets().issue(&who, life)?
                };
                Ok(self.answer(&issued))
            });
        }
        self.print_many(context, &office, &targets, life)
    }

    /// Many at once share the wait for the disk.
    fn print_many(
        &self,
        context: &Context<'_>,
        office: &Office,
        targets: &Targets,
        life: Option<LinkLife>,
    ) -> Result<Exit, Failure> {
        let mut answers = Answers::begin(context);
        answers.each_of(
            targets,
            |known, each| office.resets().issue_many(known, life, each),
            |issued| self.answer(&issued),
        )?;
        answers.finish()
    }

    fn disclosure(&self) -> Disclosure {
        if self.prints() {
            Disclosure::ToCaller
        } else {
            Disclosure::ToUserAlone
        }
    }

    fn prints(&self) -> bool {
        self.print || !self.send
    }

    fn answer(&self, issued: &Issued) -> Answer {
        let mut answer = Answer::new(Reported::ResetIssued, self.write, issued.user.email.as_str())
            .with_id(issued.link.id);
        answer.set("user", json!(issued.user));
        // Nobody can use a link that was rolled back.
        answer.set_reset(issued, self.prints() && !self.write.dry_run);
        answer
    }
}

/// How long a link lives.
fn life(ttl: Duration) -> Result<LinkLife, Failure> {
    LinkLife::new(ttl).map_err(|error| {
        let message = format!("{error}, and not {}", show_duration(ttl));
        Failure::new(Exit::Invalid, error.code(), message).hint("for example: `--ttl 30m`")
    })
}
