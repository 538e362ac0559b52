//! The moves between states, each for one user or many.

use clap::Args;

use crate::cli::answer::Answer;
use crate::cli::batch::{Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, quoted};
use crate::cli::global::WriteArgs;
use crate::cli::office::Office;
use crate::cli::way_in;
use crate::domain::user::UserRef;
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

/// A change of the state of a user.
struct Change {
    step: fn(&Office, &UserRef) -> Result<Written, ops::Error>,
    /// What is said of a user for whom nothing changes.
    holds: &'static str,
}

pub fn activate(activate: &ActivateUsers, context: &Context<'_>) -> Result<Exit, Failure> {
    let change = Change {
        step: if activate.notify {
            |office, who| office.users().activate_and_tell(who)
        } else {
            |office, who| office.users().activate(who)
        },
        holds: "is active already",
    };
    let targets = &activate.targets;
    change.each(targets, &Targets::read(context, &targets.users)?, context)
}

pub fn deactivate(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let change = Change {
        step: |office, who| office.users().deactivate(who),
        holds: "is deactivated already",
    };
    change.each(targets, &Targets::read(context, &targets.users)?, context)
}

pub fn delete(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let change = Change {
        step: |office, who| office.users().delete(who),
        holds: "is deleted already",
    };
    change.each_confirmed(targets, context, |whom| {
        format!("delete {whom}? Their sessions end; `backoffice user restore` brings them back")
    })
}

pub fn restore(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let change = Change {
        step: |office, who| office.users().restore(who),
        holds: "is deactivated already, and not deleted",
    };
    change.each(targets, &Targets::read(context, &targets.users)?, context)
}

pub fn purge(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let change = Change {
        step: |office, who| office.users().purge(who),
        holds: "is purged already",
    };
    change.each_confirmed(targets, context, |whom| {
        format!("erase {whom} for good? Nothing brings them back")
    })
}

pub fn unlock(targets: &UserTargets, context: &Context<'_>) -> Result<Exit, Failure> {
    let change = Change {
        step: |office, who| office.users().unlock(who),
        holds: "is neither slowed nor stopped",
    };
    change.each(targets, &Targets::read(context, &targets.users)?, context)
}

impl Change {
    fn each(&self, targets: &UserTargets, whom: &Targets, context: &Context<'_>) -> Result<Exit, Failure> {
        let office = context.office_for(targets.write)?;
        whom.each(context, |name| {
            let written = (self.step)(&office, &user_ref(name)?)?;
            let hint = whom.single.then(|| next(&written)).flatten();
            Ok(Answer::of_user(&written, targets.write)
                .holding(format!("{} {}", written.user.email, self.holds))
                .hinting(hint))
        })
    }

    /// The same after a question. What can be refused is refused before the question, and where
    /// nothing would change, nothing is asked.
    fn each_confirmed(
        &self,
        targets: &UserTargets,
        context: &Context<'_>,
        question: impl Fn(&str) -> String,
    ) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let whom = Targets::read(context, &targets.users)?;
        if context.must_ask(targets.write)? {
            let changing = self.rehearse(&whom, context)?;
            if let Some(whom) = named(&changing) {
                context.ask(&question(&whom))?;
            }
        }
        self.each(targets, &whom, context)
    }

    /// The users that would change. If one user is named, why that user can't.
    fn rehearse(&self, whom: &Targets, context: &Context<'_>) -> Result<Vec<Written>, Failure> {
        let office = context.office_for(WriteArgs { dry_run: true })?;
        let mut changing = Vec::new();
        for name in &whom.names {
            let outcome = user_ref(name).and_then(|who| Ok((self.step)(&office, &who)?));
            match outcome {
                Ok(written) if written.changed() => changing.push(written),
                Ok(_) => {}
                // It stands among the answers.
                Err(_) if !whom.single => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(changing)
    }
}

/// `ada@example.com`, or `3 users`; none if there is nobody.
fn named(changing: &[Written]) -> Option<String> {
    match changing {
        [] => None,
        [one] => Some(one.user.email.to_string()),
        many => Some(format!("{} users", many.len())),
    }
}

/// What most people do next.
fn next(written: &Written) -> Option<String> {
    let email = quoted(written.user.email.as_str());
    match written.done {
        ops::Done::Deleted => Some(format!("`backoffice user restore {email}` brings them back")),
        ops::Done::Restored | ops::Done::Activated => way_in::hint(&written.user, false),
        _ => None,
    }
}
