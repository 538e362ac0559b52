//! `backoffice mail …`.

use crate::domain::ids::MailId;
use clap::{Args, Subcommand};

use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::arguments::{existing_email, limited};
use crate::cli::batch::Targets;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::office::Office;
use crate::cli::shapes::{FlushedMail, OfUser, Queued, ShownStep};
use crate::cli::terminal::Format;
use crate::cli::whose;
use crate::domain::moment::whole_seconds;
use crate::ops::mail::{Delivery, Flushed};

/// Check the mail settings, and send queued mail.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Try every step of sending, without sending anything
    Check(CheckMail),
    /// See and send what waits
    #[command(subcommand, arg_required_else_help = true)]
    Queue(QueueCommand),
}

/// Try every step of sending, without sending anything
///
/// Looks the server up, connects, encrypts the connection, signs in, and asks whether a mail to
/// ADDRESS would be accepted; or, where mail goes into a folder, writes a file there and removes
/// it. The first step that fails ends it, with exit code 8.
#[derive(Debug, Args)]
pub struct CheckMail {
    /// An address that could be written to
    #[arg(value_name = "ADDRESS")]
    address: String,
}

/// See and send what waits.
#[derive(Debug, Subcommand)]
pub enum QueueCommand {
    /// List the mail that waits
    List,
    /// Send the mail that is due
    ///
    /// Says nothing where nothing is due (at a terminal: what waits), and with `--quiet` nothing about a mail that was sent,
    /// so that a timer can run it every minute. A mail that isn't sent waits for the next try,
    /// longer each time. It leaves the queue where the server refuses the recipient or the
    /// message for good, where its link would have ended already, and, if it is a notice, after
    /// 5 days. A mail with a link that may have been sent is not sent again: the link stays
    /// alive, and the user can ask for another. Each of these makes the exit code 8. Two runs at
    /// the same time never send the same mail.
    Flush,
    /// Remove mail that waits
    Drop(DropMail),
}

/// Remove mail that waits
#[derive(Debug, Args)]
pub struct DropMail {
    /// Ids of messages; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl MailCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Check(check) => check.run(context),
            Self::Queue(QueueCommand::List) => list(context),
            Self::Queue(QueueCommand::Flush) => flush(context),
            Self::Queue(QueueCommand::Drop(dropped)) => dropped.run(context),
        }
    }
}

impl CheckMail {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<ShownStep>()?;
        let address = existing_email(&self.address)?;
        let steps = context
            .office_that_mails(WriteArgs { dry_run: true })?
            .mail()
            .check(&address)?;
        let mut list = context.terminal.list::<ShownStep>()?;
        let mut failed = None;
        for step in steps {
            let step = ShownStep::from(step);
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
    context.check_fields::<OfUser<Queued>>()?;
    let office = context.office()?;
    let queue = office.mail().list()?;
    let queue = queue
        .iter()
        .map(|mail| (mail.user_id, Queued::from(mail)))
        .collect();
    whose::list(context, &office, queue, "no mail waits")
}

fn flush(context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_fields::<FlushedMail>()?;
    let office = context.office_that_mails(WriteArgs { dry_run: false })?;
    let settings = context.terminal.settings();
    // As with every write: a table is for people, and they are told line by line.
    let told = settings.format == Format::Table && settings.fields.is_none();
    let mut list = context.terminal.list::<FlushedMail>()?.silent_when_empty();
    let (mut count, mut written) = (Count::default(), Ok(()));
    let outcome = office.mail().flush(|flushed| {
        count.add(&flushed);
        if told {
            return tell(context, &flushed);
        }
        // A reader that went away stops no mail.
        let row = list.row(&FlushedMail::from(&flushed)).map(drop);
        written = std::mem::replace(&mut written, Ok(())).and(row);
    });
    written?;
    if count.all == 0 {
        // What was refused before anything was sent has no answer.
        outcome?;
        list.finish()?;
    } else {
        list.finish()?;
        outcome?;
    }
    if told && context.terminal.is_watched() {
        tell_waiting(context, &office, count.all)?;
    }
    count.end()
}

/// Says what still waits, to a person; a timer hears nothing.
fn tell_waiting(context: &Context<'_>, office: &Office, done: u64) -> Result<(), Failure> {
    let queue = office.mail().list()?;
    match queue.iter().map(|mail| mail.next_attempt_at).min() {
        Some(next) => {
            let waiting = counted(queue.len() as u64, "mail waits", "mails wait");
            let next = whole_seconds(next);
            let line = format!("{waiting} for a later try, the first one from {next} on");
            context.terminal.note(&line);
        }
        None if done == 0 => context.terminal.note("no mail waits"),
        None => {}
    }
    Ok(())
}

/// One line about one mail; a failure even under `--quiet`.
fn tell(context: &Context<'_>, flushed: &Flushed) {
    let Flushed { mail, delivery } = flushed;
    let what = format!("the {} mail {}", mail.notice.as_str(), mail.id);
    let whom = mail
        .user_id
        .map(|id| format!(" for the user {id}"))
        .unwrap_or_default();
    let reason = delivery.reason().unwrap_or_default();
    let line = match delivery {
        Delivery::Sent => format!("sent {what}{whom}"),
        Delivery::Waits(_) => format!("{what}{whom} waits for the next try: {reason}"),
        Delivery::Uncertain { again: true, .. } => {
            format!("{what}{whom}: {reason}; it is sent once more later")
        }
        Delivery::Uncertain { again: false, .. } => {
            format!("{what}{whom}: {reason}; it is not sent again, and a link in it is still live")
        }
        Delivery::Dropped(_) => format!("{what}{whom} left the queue unsent: {reason}"),
    };
    if delivery.is_failure() {
        context.terminal.complaint(&line);
    } else {
        context.terminal.status(&line);
    }
}

/// How many mails went wrong, and how.
#[derive(Default)]
struct Count {
    all: u64,
    waiting: u64,
    uncertain: u64,
    dropped: u64,
    /// What to do about the last of them.
    hint: Option<&'static str>,
}

impl Count {
    fn add(&mut self, flushed: &Flushed) {
        self.all += 1;
        let delivery = &flushed.delivery;
        let failed = u64::from(delivery.is_failure());
        match delivery {
            Delivery::Sent => {}
            Delivery::Waits(_) => self.waiting += failed,
            Delivery::Uncertain { .. } => self.uncertain += failed,
            Delivery::Dropped(_) => self.dropped += failed,
        }
        self.hint = delivery.hint().or(self.hint);
    }

    fn end(self) -> Result<Exit, Failure> {
        let mut parts = Vec::new();
        for (count, one, many) in [
            (
                self.waiting,
                "mail wasn't sent and waits for the next try",
                "mails weren't sent and wait for the next try",
            ),
            (
                self.dropped,
                "mail left the queue unsent",
                "mails left the queue unsent",
            ),
            (
                self.uncertain,
                "mail may have been sent, or not",
                "mails may have been sent, or not",
            ),
        ] {
            if count > 0 {
                parts.push(counted(count, one, many));
            }
        }
        if parts.is_empty() {
            return Ok(Exit::Done);
        }
        let failure = Failure::new(Exit::Outside, "mail_failed", parts.join("; "));
        Err(failure.hint(self.hint.unwrap_or(if self.uncertain > 0 {
            "a user to whom no mail came can ask for another link"
        } else {
            "a user who still needs a link can ask for another"
        })))
    }
}

impl DropMail {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let targets = Targets::read(context, &self.ids)?;
        let office = context.office_for(self.write)?;
        targets.each(context, |name| {
            let id = uuid::Uuid::try_parse(name).map(MailId).map_err(|_| {
                let message = format!("`{}` is not the id of a waiting mail", limited(name));
                Failure::new(Exit::Invalid, "invalid_mail", message)
                    .hint("`backoffice mail queue list` shows the ids")
            })?;
            let mail = office.mail().drop_queued(id)?;
            let what = format!("the waiting {} mail {id}", mail.notice.as_str());
            Ok(Answer::new(Reported::Deleted, self.write, &what).with_id(id))
        })
    }
}
