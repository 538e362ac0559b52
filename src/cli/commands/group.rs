//! `backoffice group …`.

use clap::{Args, Subcommand};

use crate::cli::answer::Answer;
use crate::cli::arguments::group;
use crate::cli::batch::{Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, quoted};
use crate::cli::global::WriteArgs;
use crate::domain::group::Group;
use crate::domain::user::UserRef;
use crate::ops::GroupWritten;

/// Make groups, and put users into them.
#[derive(Debug, Subcommand)]
pub enum GroupCommand {
    /// Make a group
    Create(GroupArgs),
    /// List groups
    List,
    /// Show a group
    Show(ShowGroup),
    /// Give a group another name
    Rename(RenameGroup),
    /// Delete an empty group
    Delete(GroupArgs),
    /// Put users into a group
    AddMember(MemberArgs),
    /// Take users out of a group
    RemoveMember(MemberArgs),
}

/// A group to write to.
#[derive(Debug, Args)]
pub struct GroupArgs {
    /// The name of the group
    #[arg(value_name = "GROUP")]
    name: String,
    #[command(flatten)]
    write: WriteArgs,
}

/// A group to look at.
#[derive(Debug, Args)]
pub struct ShowGroup {
    /// The name of the group
    #[arg(value_name = "GROUP")]
    name: String,
}

/// A group and its new name.
#[derive(Debug, Args)]
pub struct RenameGroup {
    /// The name of the group
    #[arg(value_name = "GROUP")]
    name: String,
    /// Its new name
    #[arg(value_name = "NEW")]
    new: String,
    #[command(flatten)]
    write: WriteArgs,
}

/// A group and users.
#[derive(Debug, Args)]
pub struct MemberArgs {
    /// The name of the group
    #[arg(value_name = "GROUP")]
    group: String,
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl GroupCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Create(name) => create(&name, context),
            Self::List => list(context),
            Self::Show(name) => show(&name, context),
            Self::Rename(rename) => rename.run(context),
            Self::Delete(name) => delete(&name, context),
            Self::AddMember(members) => members.add(context),
            Self::RemoveMember(members) => members.remove(context),
        }
    }
}

fn create(args: &GroupArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_answer(false)?;
    let name = group(&args.name)?;
    let written = context.office_for(args.write)?.groups().create(&name)?;
    answer(&written, args.write, context)
}

fn list(context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_fields::<Group>()?;
    let groups = context.office()?.groups().list()?;
    let mut list = context.terminal.list::<Group>()?;
    for group in &groups {
        if list.row(group)?.is_break() {
            break;
        }
    }
    list.finish()?;
    Ok(Exit::Done)
}

fn show(args: &ShowGroup, context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_fields::<Group>()?;
    let name = group(&args.name)?;
    let group = context.office()?.groups().get(&name)?;
    context.terminal.object(&group)?;
    Ok(Exit::Done)
}

impl RenameGroup {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let (old, new) = (group(&self.name)?, group(&self.new)?);
        let written = context.office_for(self.write)?.groups().rename(&old, &new)?;
        answer(&written, self.write, context)
    }
}

fn delete(args: &GroupArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_answer(false)?;
    let name = group(&args.name)?;
    let office = context.office_for(args.write)?;
    let found = office.groups().get(&name)?;
    let question = format!(
        "delete the group {}? `backoffice group create` makes it again, empty",
        found.name
    );
    context.confirm(&question, args.write)?;
    let written = office.groups().delete(&name)?;
    answer(&written, args.write, context)
}

fn answer(written: &GroupWritten, write: WriteArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    context.terminal.answer(&Answer::of_group(written, write))?;
    Ok(Exit::Done)
}

impl MemberArgs {
    /// What to say of a group that can't be used, where the user stands before the group.
    fn if_swapped(&self, verb: &str, failure: Failure) -> Failure {
        let [user] = self.users.as_slice() else {
            return failure;
        };
        let is_user = |text: &str| text.parse::<UserRef>().is_ok();
        if !is_user(&self.group) || is_user(user) || group(user).is_err() {
            return failure;
        }
        Failure::usage(format!(
            "`{}` names a user, and the group comes first",
            self.group
        ))
        .hint(format!(
            "did you mean `backoffice group {verb} {} {}`?",
            quoted(user),
            quoted(&self.group)
        ))
    }

    fn add(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let swapped = |failure| self.if_swapped("add-member", failure);
        let name = group(&self.group).map_err(swapped)?;
        let targets = Targets::read(context, &self.users)?;
        let office = context.office_for(self.write)?;
        // A group that isn't there is one mistake, not one a user.
        let found = office.groups().get(&name);
        found.map_err(|error| swapped(error.into()))?;
        targets.each(context, |who| {
            let written = office.groups().add_member(&name, &user_ref(who)?)?;
            Ok(Answer::of_user(&written, self.write))
        })
    }

    fn remove(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let swapped = |failure| self.if_swapped("remove-member", failure);
        let name = group(&self.group).map_err(swapped)?;
        let targets = Targets::read(context, &self.users)?;
        let office = context.office_for(self.write)?;
        let found = office.groups().get(&name);
        found.map_err(|error| swapped(error.into()))?;
        targets.each(context, |who| {
            let written = office.groups().remove_member(&name, &user_ref(who)?)?;
            Ok(Answer::of_user(&written, self.write))
        })
    }
}
