//! `backoffice user …`.

mod create;
mod edit;
mod export;
mod import;
mod list;
mod show;
mod states;

use std::time::Duration;

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::likeness;
use crate::domain::user::{Locale, Name};

/// Create, find, change, activate and delete users.
#[derive(Debug, Subcommand)]
pub enum User {
    Create(create::Create),
    Import(import::Import),
    Export(export::Export),
    List(Box<list::List>),
    Show(show::Show),
    Exists(show::Exists),
    Edit(edit::Edit),
    /// Let users in
    Activate(Activate),
    /// Shut users out, and end their sessions
    Deactivate(UserTargets),
    /// Delete users; they can be restored
    Delete(UserTargets),
    /// Bring deleted users back, deactivated
    Restore(UserTargets),
    /// Erase deleted users for good
    Purge(UserTargets),
    /// Forget the wrong passwords that slowed or stopped an account
    Unlock(UserTargets),
}

/// The languages whose names are understood where a tag is awaited.
const LANGUAGES: [&str; 8] = ["de", "en", "es", "fr", "it", "nl", "pl", "pt"];

/// Whom a command is about.
#[derive(Debug, Args)]
pub struct UserTargets {
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

/// Whom to let in.
#[derive(Debug, Args)]
pub struct Activate {
    #[command(flatten)]
    targets: UserTargets,
    /// Queue a mail that tells them so
    #[arg(long)]
    notify: bool,
}

impl User {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Create(create) => create.run(context),
            Self::Import(import) => import.run(context),
            Self::Export(export) => export.run(context),
            Self::List(list) => list.run(context),
            Self::Show(show) => show.run(context),
            Self::Exists(exists) => exists.run(context),
            Self::Edit(edit) => edit.run(context),
            Self::Activate(activate) => states::activate(&activate, context),
            Self::Deactivate(targets) => states::deactivate(&targets, context),
            Self::Delete(targets) => states::delete(&targets, context),
            Self::Restore(targets) => states::restore(&targets, context),
            Self::Purge(targets) => states::purge(&targets, context),
            Self::Unlock(targets) => states::unlock(&targets, context),
        }
    }
}

/// Tells that failed sign-ins are answered later from now on, until `who` has signed in.
fn tell_floor(context: &Context<'_>, floor: Option<Duration>, who: &str) {
    if let Some(floor) = floor {
        context.terminal.note(&format!(
            "failed sign-ins are answered after {} s until {who} signed in: the first sign-in replaces the hash \
             by a faster one",
            floor.as_secs_f64()
        ));
    }
}

fn invalid(code: &'static str, error: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Invalid, code, error.to_string())
}

/// An address from the command line.
pub fn email(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text).map_err(|error| invalid("invalid_email", error))
}

/// A name from the command line.
pub fn name(text: &str) -> Result<Name, Failure> {
    Name::parse(text).map_err(|error| invalid("invalid_name", error))
}

/// A locale from the command line.
pub fn locale(text: &str) -> Result<Locale, Failure> {
    Locale::parse(text).map_err(|error| {
        let hint = match tag_of(text) {
            Some(tag) => format!("did you mean `{tag}`?"),
            None => "write a language tag, such as en or de-AT".to_owned(),
        };
        invalid("invalid_locale", error).hint(hint)
    })
}

/// The language tag that was meant by the name of a language, or by a locale of the system
/// (`de_DE.UTF-8`).
fn tag_of(text: &str) -> Option<String> {
    if let Some(tag) = likeness::by_meaning(text, &LANGUAGES).first() {
        return Some((*tag).to_owned());
    }
    let name = text.trim().split(['.', '@']).next()?;
    let tag = Locale::parse(name).ok()?;
    Some(tag.as_str().replace('_', "-"))
}

/// A group from the command line.
pub fn group(text: &str) -> Result<GroupName, Failure> {
    GroupName::parse(text).map_err(|error| invalid("invalid_group", error))
}

/// Groups from the command line.
pub fn groups(texts: &[String]) -> Result<Vec<GroupName>, Failure> {
    texts.iter().map(|text| group(text)).collect()
}
