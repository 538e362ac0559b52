//! `backoffice password …`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use secrecy::SecretString;

use crate::cli::answer::Answer;
use crate::cli::batch::{Answers, Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::input::InputArgs;
use crate::cli::office::Office;
use crate::cli::password_args::{PasswordSource, ask, ask_new, must_be_given, one_of};
use crate::cli::terminal::InputObject;
use crate::cli::way_in;
use crate::domain::user::UserRef;
use crate::ops::Written;
use crate::ops::passwords;
use crate::ops::users::NewPassword;

/// Set, change and remove passwords.
#[derive(Debug, Subcommand)]
pub enum PasswordCommand {
    Set(SetPassword),
    Change(ChangePassword),
    /// Take passwords away
    Remove(PasswordTargets),
    /// Ask for passwords to be changed before the next session
    RequireChange(PasswordTargets),
}

/// Set a password, and end the sessions made with the old one
///
/// If the new password is the current one, no session and no link ends. With `--must-change` the
/// user must change the password before the next session; without it, an earlier `--must-change`
/// is taken away.
///
/// Several users can only be given generated passwords, which are printed one a line, in the
/// order of the users.
#[derive(Debug, Args)]
pub struct SetPassword {
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
    #[command(flatten)]
    source: PasswordSource,
    /// Make a password, and print it once
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file", "input"])]
    generate_password: bool,
    /// The user must change it before the first session
    #[arg(long)]
    must_change: bool,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// Change your own password: the current one is asked for first
///
/// No session is needed. Wrong passwords are throttled like those of a sign-in.
#[derive(Debug, Args)]
pub struct ChangePassword {
    /// Your own e-mail [default: the e-mail of the user who is signed in here]
    email: Option<String>,
    /// Take the current password from standard input, one line
    #[arg(long, conflicts_with = "current_password_file")]
    current_password_stdin: bool,
    /// Take the current password from a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    current_password_file: Option<PathBuf>,
    /// Take the new password from standard input, one line after the current one
    #[arg(long, conflicts_with = "new_password_file")]
    new_password_stdin: bool,
    /// Take the new password from a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    new_password_file: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// The users that a command is about.
#[derive(Debug, Args)]
pub struct PasswordTargets {
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl PasswordCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Set(set) => set.run(context),
            Self::Change(change) => change.run(context),
            Self::Remove(targeted) => targeted.run(context, |targets, office, who| {
                let written = office.passwords().remove(who)?;
                let hint = way_in::hint(&written.user, false).filter(|_| !targets.write.dry_run);
                Ok(Answer::of_user(&written, targets.write)
                    .holding(format!("{} has no password", written.user.email))
                    .hinting(hint))
            }),
            Self::RequireChange(targeted) => targeted.run(context, |targets, office, who| {
                let written = office.passwords().require_change(who)?;
                let email = &written.user.email;
                let what = format!("{email} to change the password before the next session");
                Ok(Answer::of_user(&written, targets.write)
                    .doing(&format!("required {what}"), &format!("require {what}"))
                    .holding(format!("{email} must change the password already")))
            }),
        }
    }
}

impl PasswordTargets {
    fn run(
        &self,
        context: &Context<'_>,
        step: fn(&Self, &Office, &UserRef) -> Result<Answer, Failure>,
    ) -> Result<Exit, Failure> {
        let targets = Targets::read(context, &self.users)?;
        let office = context.office_for(self.write)?;
        targets.each(context, |name| step(self, &office, &user_ref(name)?))
    }
}

impl SetPassword {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(self.generate_password)?;
        let targets = Targets::read(context, &self.users)?;
        if self.generate_password && !targets.single {
            return self.generate(context, &targets);
        }
        let (true, [name]) = (targets.single, targets.names.as_slice()) else {
            return Err(self.several(&targets));
        };
        let who = user_ref(name)?;
        let password = self.given(context)?;
        let office = context.office_for(self.write)?;
        let password = match password {
            Some(password) => password,
            None => NewPassword::Plain(ask_for(context, &office, &who)?),
        };
        let written = office.passwords().set(&who, &password, self.must_change)?;
        context.terminal.answer(&self.answer(&written))?;
        Ok(Exit::Done)
    }

    /// Why several users are refused. A word that names no user may be a password, and is not repeated.
    fn several(&self, targets: &Targets) -> Failure {
        let is_user = |name: &String| name.parse::<UserRef>().is_ok();
        if self.users.iter().any(|name| name == "-") || targets.names.iter().all(is_user) {
            return Failure::usage("several users can't be given one password")
                .hint("`--generate-password` makes one for each");
        }
        Failure::usage(
            "a word names no user, and may be a password: it stands in the history of the shell now, and other \
             users of this machine can see it",
        )
        .hint("take another password, and use `--password-stdin`, `--password-file FILE` or the prompt")
    }

    fn answer(&self, written: &Written) -> Answer {
        Answer::of_user(written, self.write)
            .holding(format!("{} has this password already", written.user.email))
    }

    fn given(&self, context: &Context<'_>) -> Result<Option<NewPassword>, Failure> {
        if self.generate_password {
            return Ok(Some(NewPassword::Generate));
        }
        let mut input = self.input.read(context, &["password"])?;
        Ok(self.source.read(context, &mut input)?.map(NewPassword::Plain))
    }

    fn generate(&self, context: &Context<'_>, targets: &Targets) -> Result<Exit, Failure> {
        let office = context.office_for(self.write)?;
        let mut answers = Answers::begin(context);
        let progress = context
            .terminal
            .progress("hashing passwords", Some(targets.names.len() as u64));
        let must_change = self.must_change;
        let outcome = answers.each_of(
            targets,
            |known, each| {
                let hashed = |done| progress.set(done);
                office.passwords().generate_for(known, must_change, &hashed, each);
            },
            |written| self.answer(&written),
        );
        progress.finish();
        outcome?;
        answers.finish()
    }
}

fn ask_for(context: &Context<'_>, office: &Office, who: &UserRef) -> Result<SecretString, Failure> {
    let user = office.passwords().check_settable(who)?;
    must_be_given(
        context,
        "a password is needed",
        "`--password-stdin`, `--password-file`, `--input` or `--generate-password`",
    )?;
    ask_new(context, &format!("New password for {}", user.email), |plain| {
        Ok(office.check_password(plain, passwords::owner_of(&user))?)
    })
}

impl ChangePassword {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let mut input = self
            .input
            .read(context, &["email", "current_password", "new_password"])?;
        let named = self.email.clone().or(input.take_text("email")?);
        let (current, new) = self.secrets(context, &mut input)?;
        let office = context.office_for(self.write)?;
        let email = match named {
            Some(email) => email,
            None => signed_in(context, &office)?,
        };
        let current = match current {
            Some(current) => current,
            None => ask(
                context,
                &format!("Current password of {email}"),
                "the current password is needed",
                "`--current-password-stdin`, `--current-password-file` or `--input`",
            )?,
        };
        let new = if let Some(new) = new {
            new
        } else {
            let flags = "`--new-password-stdin`, `--new-password-file` or `--input`";
            must_be_given(context, "a new password is needed", flags)?;
            let user = office.passwords().verify_current(&email, &current)?;
            ask_new(context, "New password", |plain| {
                passwords::check_differs(&current, plain)?;
                Ok(office.check_password(plain, passwords::owner_of(&user))?)
            })?
        };
        let written = office.passwords().change(&email, &current, &new)?;
        context.terminal.answer(&Answer::of_user(&written, self.write))?;
        Ok(Exit::Done)
    }

    /// Both may come on standard input, the current one first: they are read together.
    fn secrets(
        &self,
        context: &Context<'_>,
        input: &mut InputObject,
    ) -> Result<(Option<SecretString>, Option<SecretString>), Failure> {
        if self.current_password_stdin && self.new_password_stdin {
            let mut secrets = context.stdin_secrets(&["the current password", "the new password"])?;
            let new = secrets.pop();
            return Ok((secrets.pop(), new));
        }
        let current = (self.current_password_stdin, self.current_password_file.as_ref());
        let new = (self.new_password_stdin, self.new_password_file.as_ref());
        let current = one_of(context, current, input, "current_password")?;
        Ok((current, one_of(context, new, input, "new_password")?))
    }
}

/// The address of the user who is acted for, or signed in here.
fn signed_in(context: &Context<'_>, office: &Office) -> Result<String, Failure> {
    let token = match context.acting_token()? {
        Some(token) => Some(token),
        None => context.saved_session(office)?,
    };
    let found = token
        .map(|token| office.sessions().verify(&token, &[]))
        .transpose()?;
    match found {
        Some(found) => Ok(found.user.email.to_string()),
        None => Err(Failure::usage("nobody is signed in here, so an e-mail is needed")
            .hint("name yours: `backoffice password change EMAIL`")),
    }
}
