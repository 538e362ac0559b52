//! `user show` and `user exists`.

use clap::Args;

use crate::cli::batch::{Answers, Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::terminal::{Format, UsageError};
use crate::domain::user::User;

/// Show users
#[derive(Debug, Args)]
pub struct ShowUsers {
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
}

impl ShowUsers {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<User>()?;
        let targets = Targets::read(context, &self.users)?;
        if !targets.single && context.terminal.format() == Format::Csv {
            return Err(UsageError::CsvOfWrite.into());
        }
        let office = context.office()?;
        if let (true, [name]) = (targets.single, targets.names.as_slice()) {
            let user = office.users().get(&user_ref(name)?)?;
            context.terminal.object(&user)?;
            return Ok(Exit::Done);
        }
        let mut answers = Answers::begin(context);
        for name in &targets.names {
            let found = user_ref(name).and_then(|who| Ok(office.users().get(&who)?));
            answers.record(name, found)?;
        }
        answers.finish()
    }
}

/// Tell by the exit code whether a user exists: 0 or 3
///
/// Nothing is printed either way. A deleted user exists until they are purged.
#[derive(Debug, Args)]
pub struct UserExists {
    /// An e-mail or an id
    #[arg(value_name = "USER")]
    user: String,
}

impl UserExists {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let who = user_ref(&self.user)?;
        let found = context.office()?.users().find(&who)?;
        Ok(if found.is_some() {
            Exit::Done
        } else {
            Exit::NotFound
        })
    }
}
