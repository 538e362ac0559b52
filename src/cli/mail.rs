//! `backoffice mail …`.

use clap::{Args, Subcommand};

use super::answer::{Answer, counted};
use super::batch::Targets;
use super::context::Context;
use super::global::WriteArgs;
use super::shapes::{Check as ShownCheck, FlushedMail, Queued};
use super::user::email;
use crate::domain::mail::MailId;
use crate::error::{Exit, Failure};
use crate::ops::Done;

/// Look whether mail can be sent, and send what waits.
#[derive(Debug, Subcommand)]
pub enum Mail {
    /// Try every step of sending, without sending anything
    Check(Check),
    /// See and send what waits
    #[command(subcommand, arg_required_else_help = true)]
    Queue(Queue),
}

/// Try every step of sending, without sending anything
///
/// Looks the server up, connects, protects the connection, signs in, and asks whether a
/// message to ADDRESS would be taken. The first step that fails ends it, with exit code 8.
#[derive(Debug, Args)]
pub struct Check {
    /// An address that could be written to
    #[arg(value_name = "ADDRESS")]
    address: String,
}

/// See and send what waits.
#[derive(Debug, Subcommand)]
pub enum Queue {
    /// List the mail that waits
    List,
    /// Send the mail that is due
    ///
    /// Says nothing where nothing is due, so that a timer can run it every minute. A message
    /// that no server takes waits on, longer each time, and makes the exit code 8. Two that
    /// run at once never send one message both.
    Flush,
    /// Remove mail that waits
    Drop(Drop),
}

/// Remove mail that waits
#[derive(Debug, Args)]
pub struct Drop {
    /// Ids of messages; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Mail {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Check(check) => check.run(context),
            Self::Queue(Queue::List) => list(context),
            Self::Queue(Queue::Flush) => flush(context),
            Self::Queue(Queue::Drop(dropped)) => dropped.run(context),
        }
    }
}

impl Check {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<ShownCheck>()?;
        let address = email(&self.address)?;
        let steps = context
            .office_that_mails(WriteArgs { dry_run: true })?
            .mail()
            .check(&address)?;
        let mut list = context.terminal.list::<ShownCheck>()?;
        let mut failed = None;
        for step in steps {
            let step = ShownCheck::from(step);
            let row = list.row(&step)?;
            if !step.ok {
                failed = Some(step);
            }
            if row.is_break() {
                break;
            }
        }
        list.finish()?;
        match failed {
            None => Ok(Exit::Done),
            Some(step) => {
                let message = format!(
                    "mail can't be sent: the step {} failed: {}",
                    step.name, step.detail
                );
                let failure = Failure::new(Exit::Outside, "mail_failed", message);
                Err(match step.hint {
                    Some(hint) => failure.hint(hint),
                    None => failure,
                })
            }
        }
    }
}

fn list(context: &Context<'_>) -> Result<Exit, Failure> {
    let mut list = context.terminal.list::<Queued>()?.when_empty("no mail waits");
    for mail in context.office()?.mail().list()? {
        if list.row(&Queued::from(&mail))?.is_break() {
            break;
        }
    }
    list.finish()?;
    Ok(Exit::Done)
}

fn flush(context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_fields::<FlushedMail>()?;
    let office = context.office_that_mails(WriteArgs { dry_run: false })?;
    let mut list = context.terminal.list::<FlushedMail>()?.silent_when_empty();
    let (mut failed, mut written) = (0, Ok(()));
    office.mail().flush(|flushed| {
        failed += u64::from(flushed.outcome.is_err());
        // A reader that went away stops no mail.
        let row = list.row(&FlushedMail::from(&flushed)).map(drop);
        written = std::mem::replace(&mut written, Ok(())).and(row);
    })?;
    written?;
    list.finish()?;
    if failed == 0 {
        return Ok(Exit::Done);
    }
    let what = counted(
        failed,
        "message wasn't sent and waits",
        "messages weren't sent and wait",
    );
    Err(
        Failure::new(Exit::Outside, "mail_failed", format!("{what} for the next try"))
            .hint("`backoffice mail check ADDRESS` shows which step fails"),
    )
}

impl Drop {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let targets = Targets::read(context, &self.ids)?;
        let office = context.office_for(self.write)?;
        targets.each(context, |name| {
            let id = uuid::Uuid::try_parse(name).map(MailId).map_err(|_| {
                Failure::new(Exit::Invalid, "invalid_mail", "a waiting mail is named by its id")
                    .hint("`backoffice mail queue list` shows the ids")
            })?;
            let mail = office.mail().drop_queued(id)?;
            let what = format!("the waiting {} mail {id}", mail.notice.as_str());
            Ok(Answer::new(Done::Deleted, self.write, &what).with_id(id))
        })
    }
}
