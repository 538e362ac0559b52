//! The moves between states, each for one user or many.

use clap::Args;

use crate::cli::answer::Answer;
use crate::cli::batch::{Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, quoted};
use crate::cli::global::WriteArgs;
use crate::cli::office::Office;
use crate::domain::user::{Status, UserRef};
use crate::ops::{self, Written};

/// The users that a command is about.
#[derive(Debug, Args)]
pub struct UserTargets {
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// The users to activate.
#[derive(Debug, Args)]
pub struct ActivateUsers {
    #[command(flatten)]
    targets: UserTargets,
    /// Queue a mail that tells them so
    #[arg(long)]
    notify: bool,
}

type Step = fn(&Office, &UserRef) -> Result<Written, ops::Error>;

pub fn activate(activate: &ActivateUsers, context: &Context<'_>) -> Result<Exit, Failure> {
    let targets = &activate.targets;
    let whom = Targets::read(context, &targets.users)?;
    let step: Step = if activate.notify {
        |office, who| office.users().activate_and_tell(who)
    } else {
        |office, who| office.users().activate(who)
    };
    each(targets, &whom, context, step)
}

pub fn deactivate(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let whom = Targets::read(context, &targets.users)?;
    each(targets, &whom, context, |office, who| {
        office.users().deactivate(who)
    })
}

pub fn delete(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_answer(false)?;
    let whom = Targets::read(context, &targets.users)?;
    let question = format!(
        "delete {}? Their sessions end; `backoffice user restore` brings them back",
        whom.named("users")
    );
    context.confirm(&question, targets.write)?;
    each(targets, &whom, context, |office, who| office.users().delete(who))
}

pub fn restore(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let whom = Targets::read(context, &targets.users)?;
    each(targets, &whom, context, |office, who| office.users().restore(who))
}

pub fn purge(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_answer(false)?;
    let whom = Targets::read(context, &targets.users)?;
    let question = format!("erase {} for good? Nothing brings them back", whom.named("users"));
    context.confirm(&question, targets.write)?;
    each(targets, &whom, context, |office, who| office.users().purge(who))
}

pub fn unlock(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let whom = Targets::read(context, &targets.users)?;
    each(targets, &whom, context, |office, who| office.users().unlock(who))
}

fn each(targets: &UserTargets, whom: &Targets, context: &Context<'_>, step: Step) -> Result<Exit, Failure> {
    let office = context.office_for(targets.write)?;
    whom.each(context, |name| {
        let written = step(&office, &user_ref(name)?)?;
        let hint = whom.single.then(|| next(&written)).flatten();
        Ok(Answer::of_user(&written, targets.write).hinting(hint))
    })
}

/// What most people do next.
fn next(written: &Written) -> Option<String> {
    let email = quoted(written.user.email.as_str());
    match (written.done, written.user.status) {
        (ops::Done::Restored, _) => Some(format!("`backoffice user activate {email}` lets them in again")),
        (ops::Done::Deleted, _) => Some(format!("`backoffice user restore {email}` brings them back")),
        (ops::Done::Activated, Status::Active)
            if written.user.password_state == crate::domain::password::PasswordState::None =>
        {
            Some(format!(
                "they have no password yet: `backoffice password set {email}`"
            ))
        }
        _ => None,
    }
}
