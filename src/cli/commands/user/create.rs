//! `user create`.

use clap::{Args, ValueEnum};

use super::{email, groups, locale, name, tell_floor};
use crate::cli::answer::Answer;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure, quoted};
use crate::cli::global::WriteArgs;
use crate::cli::input::InputArgs;
use crate::cli::office::Office;
use crate::cli::password_args::{PasswordSource, ask_new};
use crate::cli::terminal::InputObject;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::user::{Locale, Name, Status};
use crate::ops::passwords;
use crate::ops::resets::{Disclosure, Issued};
use crate::ops::users::{IfExists, NewPassword, NewUser};
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
/// A new user is pending until activated. At a terminal, whatever is missing is asked for.
#[derive(Debug, Args)]
pub struct Create {
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
    /// Let them in at once
    #[arg(long)]
    activate: bool,
    #[command(flatten)]
    password: PasswordArgs,
    /// The password has to be changed before the first session
    #[arg(long)]
    must_change_password: bool,
    /// Mail them a link to choose their password with
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file", "generate_password", "password_hash_stdin"])]
    invite: bool,
    /// What to do if somebody has the address already
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
    /// Take the hash of the password from standard input, one line
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file", "generate_password"])]
    password_hash_stdin: bool,
    /// No password: they sign in another way, or get one later
    #[arg(long, conflicts_with_all = ["password_stdin", "password_file", "generate_password", "password_hash_stdin"])]
    no_password: bool,
}

/// What to do if somebody has the address already.
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

impl Create {
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
        if context.terminal.can_ask() && !from_input {
            let opened = office.insert(context.office_or_new(self.write)?);
            new.ask(context, opened)?;
        }
        let new = new.finish()?;
        let office = match office {
            Some(office) => office,
            None => context.office_or_new(self.write)?,
        };
        if self.invite {
            office.resets().can_send()?;
        }
        let written = office.users().create(new).map_err(refused)?;
        let hint = self.next(&written);
        let mut answer = Answer::of_user(&written, self.write).hinting(hint);
        if self.invite && written.done == Done::Created && !self.write.dry_run {
            let issued = invite(&office, &written)?;
            answer = answer.saying(format!("created {}, made a link for them", written.user.email));
            answer.set_reset(&issued, false);
        }
        tell_floor(context, written.failure_floor, "this user has");
        answer.show(|answer| context.terminal.answer(answer))?;
        Ok(Exit::Done)
    }

    fn given(&self, context: &Context<'_>, input: &mut InputObject) -> Result<GivenUser, Failure> {
        let mut all_groups = self.group.clone();
        all_groups.extend(input.take_texts("groups")?.unwrap_or_default());
        let must_change = input.take_flag("must_change_password")?.unwrap_or(false);
        Ok(GivenUser {
            email: or_input(self.email.as_deref(), "email", input, email)?,
            first_name: or_input(self.first_name.as_deref(), "first_name", input, name)?,
            last_name: or_input(self.last_name.as_deref(), "last_name", input, name)?,
            locale: or_input(self.locale.as_deref(), "locale", input, locale)?,
            groups: groups(&all_groups)?,
            activate: self.activate,
            password: self.password.read(context, input)?,
            must_change_password: self.must_change_password || must_change,
            if_exists: self.if_exists.into(),
        })
    }

    fn next(&self, written: &Written) -> Option<String> {
        let user = quoted(written.user.email.as_str());
        match (written.done, written.user.status) {
            (Done::Created, Status::Pending) if !self.write.dry_run => {
                Some(format!("`backoffice user activate {user}` lets them in"))
            }
            _ => None,
        }
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

/// What a flag gives, or else the input.
fn or_input<T>(
    flag: Option<&str>,
    key: &'static str,
    input: &mut InputObject,
    read: impl Fn(&str) -> Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    match flag {
        Some(text) => read(text).map(Some),
        None => input.take_text(key)?.as_deref().map(read).transpose(),
    }
}

/// What is known of the new user so far. Each text was read once, where it was given.
struct GivenUser {
    email: Option<EmailAddress>,
    first_name: Option<Name>,
    last_name: Option<Name>,
    locale: Option<Locale>,
    groups: Vec<GroupName>,
    activate: bool,
    password: Option<NewPassword>,
    must_change_password: bool,
    if_exists: IfExists,
}

impl GivenUser {
    /// Asks for what is missing; and for all of it, with a last look, where not even an
    /// address was given.
    fn ask(&mut self, context: &Context<'_>, office: &Office) -> Result<(), Failure> {
        let terminal = context.terminal;
        let from_nothing = self.email.is_none();
        let said = |failure: Failure| failure.message;
        if from_nothing {
            self.email = Some(terminal.ask_text("E-mail", None, |text| email(text).map_err(said))?);
        }
        let ask_name = |label| terminal.ask_text(label, Some(""), |text| name(text).map_err(said));
        if self.first_name.is_none() {
            self.first_name = Some(ask_name("First name")?);
        }
        if self.last_name.is_none() {
            self.last_name = Some(ask_name("Last name")?);
        }
        if from_nothing && self.groups.is_empty() {
            self.groups = ask_groups(context, office)?;
        }
        if self.password.is_none() {
            self.password = Some(ask_password(context, office, self)?);
        }
        if from_nothing && !self.activate {
            self.activate = terminal.confirm("Let them in at once?", true)?;
        }
        if from_nothing && !terminal.confirm(&format!("Create {}?", self.summary()), true)? {
            return Err(Failure::declined());
        }
        Ok(())
    }

    fn finish(self) -> Result<NewUser, Failure> {
        let Some(email) = self.email else {
            return Err(Self::without_email());
        };
        let password = self.password.unwrap_or_default();
        if self.must_change_password && matches!(password, NewPassword::None) {
            return Err(
                Failure::usage("there is no password that could have to be changed")
                    .hint("`--generate-password` makes one"),
            );
        }
        Ok(NewUser {
            email,
            first_name: self.first_name.unwrap_or_default(),
            last_name: self.last_name.unwrap_or_default(),
            locale: self.locale,
            groups: self.groups,
            activate: self.activate,
            password,
            must_change_password: self.must_change_password,
            if_exists: self.if_exists,
        })
    }

    fn without_email() -> Failure {
        Failure::unanswered(
            "an e-mail is needed",
            "`backoffice user create EMAIL` or `--input`",
        )
    }

    /// `Ada Lovelace <ada@example.com>, active, in support`.
    fn summary(&self) -> String {
        let names = [&self.first_name, &self.last_name].into_iter().flatten();
        let mut words: Vec<String> = names
            .map(Name::as_str)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        words.extend(self.email.as_ref().map(|email| format!("<{email}>")));
        let status = if self.activate { "active" } else { "pending" };
        let mut summary = format!("{}, {status}", words.join(" "));
        if !self.groups.is_empty() {
            summary.push_str(", in ");
            let names: Vec<&str> = self.groups.iter().map(GroupName::as_str).collect();
            summary.push_str(&names.join(", "));
        }
        summary
    }
}

/// Mails a link to somebody who was just created, and stays so whatever comes of it.
fn invite(office: &Office, created: &Written) -> Result<Issued, Failure> {
    let outcome = office
        .resets()
        .issue_and_send(&created.user.id.into(), None, Disclosure::ToUserAlone);
    outcome.map_err(|error| {
        let mut failure = Failure::from(error);
        failure.message = format!("created {}, but: {}", created.user.email, failure.message);
        failure
    })
}

/// Whoever creates has a way out that whoever edits an address hasn't.
fn refused(error: ops::Error) -> Failure {
    let alive = matches!(&error, ops::Error::EmailTaken { status, .. } if *status != Status::Deleted);
    let mut failure = Failure::from(error);
    if let Some(hint) = failure.hint.as_mut().filter(|_| alive) {
        hint.push_str("; `--if-exists skip` or `update` takes that as it is");
    }
    failure
}

fn ask_groups(context: &Context<'_>, office: &Office) -> Result<Vec<GroupName>, Failure> {
    let names: Vec<GroupName> = office
        .groups()
        .list()?
        .into_iter()
        .map(|group| group.name)
        .collect();
    let shown: Vec<String> = names.iter().map(GroupName::to_string).collect();
    let chosen = context.terminal.choose_many("Groups", &shown)?;
    Ok(chosen
        .into_iter()
        .filter_map(|place| names.get(place).cloned())
        .collect())
}

fn ask_password(context: &Context<'_>, office: &Office, new: &GivenUser) -> Result<NewPassword, Failure> {
    let ways = ["make one and show it once", "type one", "none"].map(str::to_owned);
    match context.terminal.choose("Password", &ways, 0)? {
        0 => {
            context.check_answer(true)?;
            Ok(NewPassword::Generate)
        }
        1 => {
            let email = new.email.as_ref().ok_or_else(GivenUser::without_email)?;
            let none = Name::default();
            let first_name = new.first_name.as_ref().unwrap_or(&none);
            let last_name = new.last_name.as_ref().unwrap_or(&none);
            ask_new(context, "New password", |plain| {
                Ok(office.check_password(plain, passwords::owner(email, first_name, last_name))?)
            })
            .map(NewPassword::Plain)
        }
        _ => Ok(NewPassword::None),
    }
}
