//! `backoffice user …`.

mod create;
mod edit;
mod export;
mod floor;
mod import;
mod list;
mod show;
mod states;

use clap::Subcommand;

use states::{ActivateUsers, UserTargets};

use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};

/// Create, find, change, activate and delete users.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    Create(create::CreateUser),
    Import(import::ImportUsers),
    Export(export::ExportUsers),
    List(Box<list::ListUsers>),
    Show(show::ShowUsers),
    Exists(show::UserExists),
    Edit(edit::EditUser),
    /// Activate users: an active user can sign in
    Activate(ActivateUsers),
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

impl UserCommand {
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
