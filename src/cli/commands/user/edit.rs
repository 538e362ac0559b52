//! `user edit`.

use clap::Args;

use crate::cli::answer::Answer;
use crate::cli::arguments::{email, groups, locale, name};
use crate::cli::batch::user_ref;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::ops::users::UserEdit;

/// Change what is known of a user
#[derive(Debug, Args)]
pub struct EditUser {
    /// An e-mail or an id
    #[arg(value_name = "USER")]
    user: String,
    /// The new e-mail address
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    /// The new first name; may be empty
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    /// The new last name; may be empty
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
    /// The language to write to them in, such as en or de-AT
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// A group to put them in; may be given several times
    #[arg(long, value_name = "GROUP")]
    add_group: Vec<String>,
    /// A group to take them out of; may be given several times
    #[arg(long, value_name = "GROUP")]
    remove_group: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl EditUser {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let who = user_ref(&self.user)?;
        let edit = UserEdit {
            email: self.email.as_deref().map(email).transpose()?,
            first_name: self.first_name.as_deref().map(name).transpose()?,
            last_name: self.last_name.as_deref().map(name).transpose()?,
            locale: self.locale.as_deref().map(locale).transpose()?,
            add_groups: groups(&self.add_group)?,
            remove_groups: groups(&self.remove_group)?,
        };
        if edit == UserEdit::default() {
            return Err(Failure::usage("nothing to change is named").hint(
                "name it with `--email`, `--first-name`, `--last-name`, `--locale`, `--add-group` or `--remove-group`",
            ));
        }
        let written = context.office_for(self.write)?.users().edit(&who, &edit)?;
        let answer = Answer::of_user(&written, self.write)
            .holding(format!("{} has these values already", written.user.email));
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }
}
