//! `backoffice group …`.

use std::fmt::Write as _;

use clap::{Args, Subcommand};

use crate::cli::answer::Answer;
use crate::cli::arguments::group;
use crate::cli::batch::{Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, quoted};
use crate::cli::global::WriteArgs;
use crate::cli::office::Office;
use crate::cli::terminal::{Format, escaped};
use crate::domain::group::{Group, GroupName};
use crate::domain::user::{Status, UserRef};
use crate::ops::users::Listing;

/// Make groups, and put users into them.
#[derive(Debug, Subcommand)]
pub enum GroupCommand {
    /// Make a group
    Create(GroupArgs),
    /// List groups
    List,
    /// Show a group, and its first 20 members
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
    let answer = Answer::of_group(&written, args.write)
        .holding(format!("the group {} exists already", written.group.name));
    context.terminal.answer(&answer)?;
    Ok(Exit::Done)
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
    let office = context.office()?;
    let group = office.groups().get(&name)?;
    context.terminal.object(&group)?;
    let settings = context.terminal.settings();
    if settings.format == Format::Table && settings.fields.is_none() && group.members > 0 {
        show_members(&office, &group, context)?;
    }
    Ok(Exit::Done)
}

/// The first members, for people.
fn show_members(office: &Office, group: &Group, context: &Context<'_>) -> Result<(), Failure> {
    const SHOWN: u64 = 20;
    let mut listing = Listing::default();
    listing.filter.statuses = Status::ALL.to_vec();
    listing.filter.group = Some(group.name.clone());
    listing.limit = Some(SHOWN);
    let mut text = "\nMembers:\n".to_owned();
    for user in office.users().list(&listing)? {
        let status = match user.status {
            Status::Active => String::new(),
            status => format!(" ({status})"),
        };
        let _ = writeln!(text, "  {}{status}", escaped(user.email.as_str()));
    }
    context.terminal.text(&text)?;
    if group.members > SHOWN {
        context.terminal.hint(&format!(
            "these are the first {SHOWN}: `backoffice user list --all --group {}` lists all {}",
            quoted(group.name.as_str()),
            group.members
        ));
    }
    Ok(())
}

impl RenameGroup {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let (old, new) = (group(&self.name)?, group(&self.new)?);
        let office = context.office_for(self.write)?;
        let before = office.groups().get(&old)?.name;
        let written = office.groups().rename(&old, &new)?;
        let what = format!("the group {before} to {}", written.group.name);
        let answer = Answer::of_group(&written, self.write)
            .doing(&format!("renamed {what}"), &format!("rename {what}"))
            .holding(format!("the group {before} has this name already"));
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }
}

fn delete(args: &GroupArgs, context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_answer(false)?;
    let name = group(&args.name)?;
    if context.must_ask(args.write)? {
        // What can be refused is refused before the question.
        let rehearsal = context.office_for(WriteArgs { dry_run: true })?;
        let found = rehearsal.groups().delete(&name)?.group;
        context.ask(&format!(
            "delete the group {}? `backoffice group create` makes it again, empty",
            found.name
        ))?;
    }
    let written = context.office_for(args.write)?.groups().delete(&name)?;
    context.terminal.answer(&Answer::of_group(&written, args.write))?;
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
        self.each(context, "add-member", |office, group, who| {
            let written = office.groups().add_member(group, who)?;
            let (email, write) = (&written.user.email, self.write);
            let what = format!("{email} to the group {group}");
            Ok(Answer::of_user(&written, write)
                .doing(&format!("added {what}"), &format!("add {what}"))
                .holding(format!("{email} is in the group {group} already")))
        })
    }

    fn remove(self, context: &Context<'_>) -> Result<Exit, Failure> {
        self.each(context, "remove-member", |office, group, who| {
            let written = office.groups().remove_member(group, who)?;
            let (email, write) = (&written.user.email, self.write);
            let what = format!("{email} from the group {group}");
            Ok(Answer::of_user(&written, write)
                .doing(&format!("removed {what}"), &format!("remove {what}"))
                .holding(format!("{email} is not in the group {group}")))
        })
    }

    /// Does `step` to each user, with the name of the group as it is stored.
    fn each(
        &self,
        context: &Context<'_>,
        verb: &str,
        step: impl Fn(&Office, &GroupName, &UserRef) -> Result<Answer, Failure>,
    ) -> Result<Exit, Failure> {
        let swapped = |failure| self.if_swapped(verb, failure);
        let name = group(&self.group).map_err(swapped)?;
        let targets = Targets::read(context, &self.users)?;
        let office = context.office_for(self.write)?;
        // A group that isn't there is one mistake, not one a user.
        let found = office.groups().get(&name);
        let found = found.map_err(|error| swapped(error.into()))?;
        targets.each(context, |who| step(&office, &found.name, &user_ref(who)?))
    }
}
