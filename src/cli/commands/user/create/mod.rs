//! `user create`.

mod given;

use clap::{Args, ValueEnum};

use given::{GivenUser, or_input};

use super::floor::tell_floor;
use crate::cli::answer::Answer;
use crate::cli::arguments::{email, existing_email, groups, locale, name};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, quoted};
use crate::cli::global::WriteArgs;
use crate::cli::input::InputArgs;
use crate::cli::office::Office;
use crate::cli::password_args::PasswordSource;
use crate::cli::terminal::InputObject;
use crate::cli::way_in;
use crate::domain::user::Status;
use crate::ops::users::{IfExists, Invitation, NewPassword, NewUser};
use crate::ops::{self, Done, Written};

/// The keys of `--input`.
const KEYS: [&str; 8] = [
    "email",
    "first_name",
    "last_name",
    "locale",
    "groups",
    "password",
    "password_hash",
    "must_change_password",
];

/// Create a user
///
/// A new user is pending until activated. At a terminal, `user create` without an address and
/// without flags asks for everything; with an address or flags it asks for nothing optional, and
/// the user has no password unless a flag gives one.
#[derive(Debug, Args)]
pub struct CreateUser {
    /// The e-mail address
    email: Option<String>,
    /// The first name
    #[arg(long, value_name = "NAME")]
    first_name: Option<String>,
    /// The last name
    #[arg(long, value_name = "NAME")]
    last_name: Option<String>,
    /// The language to write to them in, such as en or de-AT
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// A group to put them in; may be given several times
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
    /// Activate the user at once
    #[arg(long)]
    activate: bool,
    #[command(flatten)]
    password: PasswordArgs,
    /// The user must change the password before the first session
    #[arg(long = "must-change", alias = "must-change-password")]
    must_change: bool,
    /// Mail them a link to choose their password with
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file", "generate_password", "password_hash_stdin"])]
    invite: bool,
    /// What to do if a user has the address already
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = IfExistsWord::Error)]
    if_exists: IfExistsWord,
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Args)]
struct PasswordArgs {
    #[command(flatten)]
    source: PasswordSource,
    /// Make a password, and print it once
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file"])]
    generate_password: bool,
    /// Take the hash of the password from standard input, one line; `backoffice help user import` lists
    /// the kinds
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file", "generate_password"])]
    password_hash_stdin: bool,
    /// No password: they sign in another way, or get one later
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file", "generate_password", "password_hash_stdin"])]
    no_password: bool,
}

/// What to do if a user has the address already.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum IfExistsWord {
    /// Refuse
    Error,
    /// Leave them as they are
    Skip,
    /// Take over names and locale, add groups
    Update,
}

impl From<IfExistsWord> for IfExists {
    fn from(word: IfExistsWord) -> Self {
        match word {
            IfExistsWord::Error => Self::Error,
            IfExistsWord::Skip => Self::Skip,
            IfExistsWord::Update => Self::Update,
        }
    }
}

impl CreateUser {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(self.password.generate_password)?;
        let mut input = self.input.read(context, &KEYS)?;
        let from_input = self.input.input.is_some();
        let mut new = self.given(context, &mut input)?;
        if self.invite {
            context.prepare_mailer()?;
            new.password.get_or_insert_default();
        }
        let mut office = None;
        // A program that hands over an object has said all it wants to say.
        if context.terminal.can_ask() && !from_input && new.email.is_none() {
            let opened = office.insert(context.office_or_new(self.write)?);
            if self.invite {
                opened.resets().can_send()?;
            }
            new.ask(context, opened, self.write)?;
        }
        let new = new.finish()?;
        let office = match office {
            Some(office) => office,
            None => context.office_or_new(self.write)?,
        };
        let (written, invitation) = self.create(&office, new).map_err(refused)?;
        let hint = self.next(&written);
        let mut answer = Answer::of_user(&written, self.write)
            .holding(format!("{} has these values already", written.user.email))
            .hinting(hint);
        match invitation {
            Invitation::Sent(issued) => {
                answer = answer.saying(format!("created {}, made a link for them", written.user.email));
                answer.set_reset(&issued, false);
            }
            Invitation::Failed(error) => return Err(not_invited(&written, error)),
            Invitation::None => {}
        }
        tell_floor(context, written.failure_floor, "this user has");
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }

    fn create(&self, office: &Office, new: NewUser) -> Result<(Written, Invitation), ops::Error> {
        if self.invite {
            let invited = office.users().invite(new)?;
            return Ok((invited.written, invited.invitation));
        }
        Ok((office.users().create(new)?, Invitation::None))
    }

    fn given(&self, context: &Context<'_>, input: &mut InputObject) -> Result<GivenUser, Failure> {
        let mut all_groups = self.group.clone();
        all_groups.extend(input.take_texts("groups")?.unwrap_or_default());
        let must_change = input.take_flag("must_change_password")?.unwrap_or(false);
        // A user who exists can have an address that no new user gets.
        let address = match self.if_exists {
            IfExistsWord::Error => email,
            IfExistsWord::Skip | IfExistsWord::Update => existing_email,
        };
        Ok(GivenUser {
            email: or_input(self.email.as_deref(), "email", input, address)?,
            first_name: or_input(self.first_name.as_deref(), "first_name", input, name)?,
            last_name: or_input(self.last_name.as_deref(), "last_name", input, name)?,
            locale: or_input(self.locale.as_deref(), "locale", input, locale)?,
            groups: groups(&all_groups)?,
            activate: self.activate,
            password: self.password.read(context, input)?,
            must_change_password: self.must_change || must_change,
            if_exists: self.if_exists.into(),
        })
    }

    /// What a user who was just created still lacks before a sign-in.
    fn next(&self, written: &Written) -> Option<String> {
        if written.done != Done::Created || self.write.dry_run {
            return None;
        }
        way_in::hint(&written.user, self.invite)
    }
}

impl PasswordArgs {
    fn read(&self, context: &Context<'_>, input: &mut InputObject) -> Result<Option<NewPassword>, Failure> {
        let hash = input.take_secret("password_hash")?;
        let in_input = hash.is_some() || input.keys().any(|key| key == "password");
        if in_input && (self.generate_password || self.password_hash_stdin || self.no_password) {
            return Err(
                Failure::usage("the input has a password, and a flag asks for another")
                    .hint("leave one of the two out"),
            );
        }
        if self.generate_password {
            return Ok(Some(NewPassword::Generate));
        }
        if self.no_password {
            return Ok(Some(NewPassword::None));
        }
        if self.password_hash_stdin {
            let hash = context.stdin_secrets(&["the hash of the password"])?.pop();
            return Ok(hash.map(NewPassword::Hash));
        }
        match (self.source.read(context, input)?, hash) {
            (Some(_), Some(_)) => Err(Failure::usage("a password and a hash of one are both given")
                .hint("leave one of the two out")),
            (Some(plain), None) => Ok(Some(NewPassword::Plain(plain))),
            (None, hash) => Ok(hash.map(NewPassword::Hash)),
        }
    }
}

/// The mail failed, and the user exists all the same.
fn not_invited(created: &Written, error: ops::Error) -> Failure {
    let mut failure = Failure::from(error);
    let email = &created.user.email;
    failure.message = format!("created {email}, but: {}", failure.message);
    let again = format!(
        "`backoffice reset issue {} --send` mails another link",
        quoted(email.as_str())
    );
    failure.hint = Some(match failure.hint {
        Some(hint) => format!("{hint}; then {again}"),
        None => again,
    });
    failure
}

/// A command that creates has flags for an address that is taken; one that edits has none.
fn refused(error: ops::Error) -> Failure {
    let alive = matches!(&error, ops::Error::EmailTaken { status, .. } if *status != Status::Deleted);
    let mut failure = Failure::from(error);
    if let Some(hint) = failure.hint.as_mut().filter(|_| alive) {
        hint.push_str("; `--if-exists skip` or `update` takes that as it is");
    }
    failure
}
