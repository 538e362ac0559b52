//! `backoffice reset …`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueHint};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::batch::{Answers, Targets, user_ref};
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::{WriteArgs, duration};
use crate::cli::input::InputArgs;
use crate::cli::office::Office;
use crate::cli::password_args::{PasswordSource, ask, ask_new, one_of};
use crate::cli::shapes::ShownLink;
use crate::cli::terminal::InputObject;
use crate::cli::wait;
use crate::domain::ids::ResetId;
use crate::domain::range::OutOfRange;
use crate::domain::reset::{LinkLife, token_in};
use crate::domain::token::PlainToken;
use crate::domain::user::UserRef;
use crate::ops;
use crate::ops::resets::{Disclosure, Issued};

/// Make, complete and take back links that set a password.
#[derive(Debug, Subcommand)]
pub enum ResetCommand {
    /// Make a link for each user: print it, mail it, or both
    Issue(IssueLinks),
    /// Ask for a link to be mailed: the public "forgot password"
    Request(RequestLink),
    /// Choose a new password with a link
    Complete(CompleteReset),
    /// List links and their states
    List(ListLinks),
    /// Take links back, by their ids or all of a user
    Revoke(RevokeLinks),
}

/// Make a link for each user: print it, mail it, or both
///
/// With the link the user chooses a new password. It replaces all earlier links of the user. For a
/// pending user it is an invitation. If the mail isn't sent, the link ends. If the server doesn't
/// say whether it accepted the mail, the link stays alive. In both cases the exit code is 8.
#[derive(Debug, Args)]
pub struct IssueLinks {
    /// E-mails or ids; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER")]
    users: Vec<String>,
    /// How long the link lives, at most 24h
    #[arg(long, value_name = "TIME", value_parser = duration)]
    ttl: Option<Duration>,
    /// Mail the link to the user
    #[arg(long)]
    send: bool,
    /// Print the link; this is the default, unless `--send` is given
    #[arg(long)]
    print: bool,
    #[command(flatten)]
    write: WriteArgs,
}

/// Ask for a link to be mailed: the public "forgot password"
///
/// The answer is the same for every address, and takes the same time. Nothing is sent yet:
/// `backoffice mail queue flush` does that. Without `base_url` and a section [mail] in the
/// configuration, every request is refused.
#[derive(Debug, Args)]
pub struct RequestLink {
    /// The e-mail address that the person gave
    email: Option<String>,
    #[command(flatten)]
    input: InputArgs,
}

/// Choose a new password with a link
///
/// Takes the token or the whole link. Every session and every other link of the user ends,
/// and the user is not signed in. If the password is refused, the link stays alive.
#[derive(Debug, Args)]
pub struct CompleteReset {
    /// Take the token from standard input, one line
    #[arg(long, conflicts_with = "token_file")]
    token_stdin: bool,
    /// Take the token from a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    source: PasswordSource,
    #[command(flatten)]
    input: InputArgs,
}

/// List links and their states
#[derive(Debug, Args)]
pub struct ListLinks {
    /// Only links of this user
    #[arg(value_name = "USER")]
    user: Option<String>,
}

/// Take links back, by their ids or all of a user
#[derive(Debug, Args)]
pub struct RevokeLinks {
    /// Users, or ids of links; `-` reads them from standard input, one a line
    #[arg(required = true, value_name = "USER|ID")]
    targets: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl ResetCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Issue(issue) => issue.run(context),
            Self::Request(request) => request.run(context),
            Self::Complete(complete) => complete.run(context),
            Self::List(list) => list.run(context),
            Self::Revoke(revoke) => revoke.run(context),
        }
    }
}

impl IssueLinks {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(self.prints())?;
        let invalid = |error: OutOfRange| Failure::new(Exit::Invalid, error.code(), error.to_string());
        let life = self.ttl.map(LinkLife::new).transpose().map_err(invalid)?;
        let targets = Targets::read(context, &self.users)?;
        let office = if self.send {
            context.office_that_mails(self.write)?
        } else {
            context.office_for(self.write)?
        };
        if self.send || targets.single {
            return targets.each(context, |name| {
                let who = user_ref(name)?;
                let issued = if self.send {
                    office.resets().issue_and_send(&who, life, self.disclosure())?
                } else {
                    office.resets().issue(&who, life)?
                };
                Ok(self.answer(&issued))
            });
        }
        self.print_many(context, &office, &targets, life)
    }

    /// Many at once share the wait for the disk.
    fn print_many(
        &self,
        context: &Context<'_>,
        office: &Office,
        targets: &Targets,
        life: Option<LinkLife>,
    ) -> Result<Exit, Failure> {
        let mut answers = Answers::begin(context);
        answers.each_of(
            targets,
            |known, each| office.resets().issue_many(known, life, each),
            |issued| self.answer(&issued),
        )?;
        answers.finish()
    }

    fn disclosure(&self) -> Disclosure {
        if self.prints() {
            Disclosure::ToCaller
        } else {
            Disclosure::ToUserAlone
        }
    }

    fn prints(&self) -> bool {
        self.print || !self.send
    }

    fn answer(&self, issued: &Issued) -> Answer {
        let mut answer = Answer::new(Reported::ResetIssued, self.write, issued.user.email.as_str())
            .with_id(issued.link.id);
        answer.set("user", json!(issued.user));
        // Nobody can use a link that was rolled back.
        answer.set_reset(issued, self.prints() && !self.write.dry_run);
        answer
    }
}

impl RequestLink {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let mut input = self.input.read(context, &["email"])?;
        let office = context.office_to_change()?;
        office.resets().can_request()?;
        let email = match self.email.or(input.take_text("email")?) {
            Some(email) => email,
            None if context.terminal.can_ask() => context
                .terminal
                .ask_text("E-mail", None, |text| Ok(text.to_owned()))?,
            None => {
                return Err(Failure::unanswered(
                    "an e-mail is needed",
                    "`backoffice reset request EMAIL` or `--input`",
                ));
            }
        };
        let requested = office.resets().request(&email)?;
        drop(office);
        wait::until(requested.not_before);
        let words = "if a user has that address and may ask for a link, a mail with a link is queued";
        context
            .terminal
            .answer(&Answer::bare(Reported::ResetRequested, words))?;
        Ok(Exit::Done)
    }
}

impl CompleteReset {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let mut input = self
            .input
            .read(context, &["token", "password", "new_password", "password_again"])?;
        let (token, password) = self.secrets(context, &mut input)?;
        let office = context.office_to_change()?;
        // A bad token is refused before a password is asked for.
        let link = office.resets().check(&token)?;
        let password = match password {
            Some(password) => password,
            None if context.terminal.can_ask() => {
                let label = format!("New password for {}", link.user().email);
                ask_new(context, &label, |plain| {
                    Ok(office.check_choice(link.user(), plain)?)
                })?
            }
            None => {
                let flags = "`--password-stdin`, `--password-file` or `--input`";
                return Err(Failure::unanswered("a new password is needed", flags));
            }
        };
        let written = office.resets().complete(&link, &password)?;
        let write = WriteArgs { dry_run: false };
        context.terminal.answer(&Answer::of_user(&written, write))?;
        Ok(Exit::Done)
    }

    fn secrets(
        &self,
        context: &Context<'_>,
        input: &mut InputObject,
    ) -> Result<(PlainToken, Option<SecretString>), Failure> {
        if self.token_stdin && self.source.password_stdin {
            let mut secrets = context.stdin_secrets(&["the token", "the new password"])?;
            let password = secrets.pop();
            let token = secrets.pop().unwrap_or_default();
            return Ok((reset_token(&token)?, password));
        }
        let token = match one_of(
            context,
            (self.token_stdin, self.token_file.as_ref()),
            input,
            "token",
        )? {
            Some(token) => token,
            None => ask(
                context,
                "Token or link",
                "a reset link is needed",
                "`--token-stdin`, `--token-file` or `--input`",
            )?,
        };
        let token = reset_token(&token)?;
        let again = input.take_secret("password_again")?;
        let password = match input.take_secret("new_password")? {
            Some(password) => Some(password),
            None => self.source.read(context, input)?,
        };
        let differs = |again: &SecretString| {
            password.as_ref().map(ExposeSecret::expose_secret) != Some(again.expose_secret())
        };
        if again.as_ref().is_some_and(differs) {
            return Err(Failure::new(
                Exit::Invalid,
                "passwords_differ",
                "the two passwords differ; the link is still good",
            ));
        }
        Ok((token, password))
    }
}

fn reset_token(text: &SecretString) -> Result<PlainToken, Failure> {
    token_in(text.expose_secret()).map_err(|_| Failure::from(ops::Error::ResetInvalid))
}

impl ListLinks {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let who = self.user.as_deref().map(user_ref).transpose()?;
        let mut list = context
            .terminal
            .list::<ShownLink>()?
            .when_empty("there is no link");
        for listed in context.office()?.resets().list(who.as_ref())? {
            if list.row(&ShownLink::from(&listed))?.is_break() {
                break;
            }
        }
        list.finish()?;
        Ok(Exit::Done)
    }
}

impl RevokeLinks {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        let targets = Targets::read(context, &self.targets)?;
        let office = context.office_for(self.write)?;
        targets.each(context, |name| {
            let who = user_ref(name).map_err(|failure| {
                failure.hint("name a user, or a link by the id that `backoffice reset list` shows")
            })?;
            self.one(&office, &who)
        })
    }

    /// An id may be that of a link or of a user.
    fn one(&self, office: &Office, who: &UserRef) -> Result<Answer, Failure> {
        if let UserRef::Id(id) = who {
            match office.resets().revoke(ResetId(id.0)) {
                Err(ops::Error::ResetNotFound(_)) => {}
                outcome => {
                    let revoked = outcome?;
                    let (id, count) = (revoked.link.id, u64::from(revoked.was_live));
                    let whom = format!("the link {id}");
                    let mut answer = Answer::new(Reported::of_ended(count), self.write, &whom).with_id(id);
                    answer.set("revoked_resets", json!(count));
                    return Ok(answer);
                }
            }
        }
        let ended = office
            .resets()
            .revoke_all_of(who)
            .map_err(|error| match (error, who) {
                (ops::Error::UserNotFound { .. }, UserRef::Id(id)) => {
                    ops::Error::ResetNotFound(id.to_string())
                }
                (error, _) => error,
            })?;
        let user = &ended.user;
        let whom = format!("{} of {}", counted(ended.count, "link", "links"), user.email);
        let mut answer = Answer::new(Reported::of_ended(ended.count), self.write, &whom).with_id(user.id);
        answer.set("user", json!(user));
        answer.set("revoked_resets", json!(ended.count));
        Ok(answer)
    }
}
