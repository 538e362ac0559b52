//! What is known of a user who is to be created: from flags and the input, and asked for at a terminal.

use crate::cli::arguments::{email, name};
use crate::cli::context::Context;
use crate::cli::error::Failure;
use crate::cli::global::WriteArgs;
use crate::cli::office::Office;
use crate::cli::password_args::ask_new;
use crate::cli::terminal::InputObject;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::user::{Locale, Name, UserRef};
use crate::ops::passwords;
use crate::ops::users::{IfExists, NewPassword, NewUser};

/// What a flag gives, or else the input.
pub(super) fn or_input<T>(
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
pub(super) struct GivenUser {
    pub email: Option<EmailAddress>,
    pub first_name: Option<Name>,
    pub last_name: Option<Name>,
    pub locale: Option<Locale>,
    pub groups: Vec<GroupName>,
    pub activate: bool,
    pub password: Option<NewPassword>,
    pub must_change_password: bool,
    pub if_exists: IfExists,
}

impl GivenUser {
    /// Asks for the address; and for everything else, if nothing at all is given. What can be refused
    /// is refused before the next question.
    pub fn ask(&mut self, context: &Context<'_>, office: &Office, write: WriteArgs) -> Result<(), Failure> {
        self.check_must_change()?;
        let has_hash = matches!(self.password, Some(NewPassword::Hash(_)));
        office.users().check_creation(&self.groups, has_hash)?;
        let asks_for_all = self.is_empty() && !write.dry_run;
        self.email = Some(ask_email(context, office, self.if_exists)?);
        if asks_for_all {
            self.ask_for_the_rest(context, office)?;
        }
        Ok(())
    }

    fn check_must_change(&self) -> Result<(), Failure> {
        if self.must_change_password && matches!(self.password, None | Some(NewPassword::None)) {
            return Err(
                Failure::usage("`--must-change` needs a password").hint("`--generate-password` makes one")
            );
        }
        Ok(())
    }

    /// Whether nothing was given but the noun and the verb.
    fn is_empty(&self) -> bool {
        let texts = [
            self.first_name.is_none(),
            self.last_name.is_none(),
            self.locale.is_none(),
        ];
        let flags = [self.activate, self.must_change_password];
        texts.iter().all(|none| *none)
            && !flags.contains(&true)
            && self.groups.is_empty()
            && self.password.is_none()
            && self.if_exists == IfExists::default()
    }

    fn ask_for_the_rest(&mut self, context: &Context<'_>, office: &Office) -> Result<(), Failure> {
        let terminal = context.terminal;
        let ask_name = |label| {
            terminal.ask_text(label, Some(""), |text| {
                name(text).map_err(|failure| failure.message)
            })
        };
        self.first_name = Some(ask_name("First name")?);
        self.last_name = Some(ask_name("Last name")?);
        self.groups = ask_groups(context, office)?;
        self.password = Some(ask_password(context, office, self)?);
        self.activate = terminal.confirm("Activate the user at once?", true)?;
        let is_usual = !self.groups.iter().any(GroupName::is_administrators);
        if !terminal.confirm(&format!("Create {}?", self.summary()), is_usual)? {
            return Err(Failure::declined());
        }
        Ok(())
    }

    pub fn finish(self) -> Result<NewUser, Failure> {
        self.check_must_change()?;
        let Some(email) = self.email else {
            return Err(Self::without_email());
        };
        let password = self.password.unwrap_or_default();
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

/// An address; one that a user has only where `if_exists` says what to do then.
fn ask_email(context: &Context<'_>, office: &Office, if_exists: IfExists) -> Result<EmailAddress, Failure> {
    let usable = |text: &str| {
        let address = email(text).map_err(|failure| failure.message)?;
        if if_exists != IfExists::Error {
            return Ok(address);
        }
        let taken = office.users().find(&UserRef::Email(address.clone()));
        match taken.map_err(|error| Failure::from(error).message)? {
            Some(user) => Err(format!(
                "{} is taken by a user who is {}",
                user.email, user.status
            )),
            None => Ok(address),
        }
    };
    Ok(context.terminal.ask_text("E-mail", None, usable)?)
}

fn ask_groups(context: &Context<'_>, office: &Office) -> Result<Vec<GroupName>, Failure> {
    let mut names: Vec<GroupName> = office
        .groups()
        .list()?
        .into_iter()
        .map(|group| group.name)
        .collect();
    // The first answer is marked: nobody becomes an administrator by one key.
    names.sort_by_key(GroupName::is_administrators);
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
