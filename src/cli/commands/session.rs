//! `backoffice session …`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use serde_json::json;

use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::arguments::groups;
use crate::cli::batch::{Targets, user_ref};
use crate::cli::context::{Context, session_token};
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::input::InputArgs;
use crate::cli::password_args::{ask, one_of};
use crate::cli::shapes;
use crate::domain::ids::SessionId;
use crate::domain::session::Session;
use crate::domain::token::PlainToken;

/// List, check and end sessions.
#[derive(Debug, Subcommand)]
pub enum SessionCommand {
    List(ListSessions),
    Verify(VerifySession),
    End(EndSession),
    Revoke(RevokeSessions),
}

/// List the live sessions
#[derive(Debug, Args)]
pub struct ListSessions {
    /// Only sessions of this user
    #[arg(value_name = "USER")]
    user: Option<String>,
}

/// Where a session token comes from.
#[derive(Debug, Args)]
pub struct SessionTokenArgs {
    /// Take the token from standard input, one line
    #[arg(long, conflicts_with_all = ["token_file", "input"])]
    token_stdin: bool,
    /// Take the token from a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "input")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
}

/// Print the user and the session of a token; exit 5 if it is not valid
///
/// A back office asks with it who sent a request. With `--group`, the user must also be in one of
/// the groups; otherwise the exit code is 5.
#[derive(Debug, Args)]
pub struct VerifySession {
    #[command(flatten)]
    source: SessionTokenArgs,
    /// Only a member of this group passes; may be given several times
    #[arg(long, value_name = "GROUP")]
    group: Vec<String>,
}

/// End the session of a token
#[derive(Debug, Args)]
pub struct EndSession {
    #[command(flatten)]
    source: SessionTokenArgs,
    #[command(flatten)]
    write: WriteArgs,
}

/// End sessions by their ids, or all of a user
#[derive(Debug, Args)]
#[command(override_usage = "backoffice session revoke [OPTIONS] <ID>...\n       \
                      backoffice session revoke [OPTIONS] --user <USER>")]
pub struct RevokeSessions {
    /// Ids of sessions; `-` reads them from standard input, one a line
    #[arg(value_name = "ID", required_unless_present = "user")]
    ids: Vec<String>,
    /// End every session of this user
    #[arg(long, value_name = "USER", conflicts_with = "ids")]
    user: Option<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl SessionCommand {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::List(list) => list.run(context),
            Self::Verify(verify) => verify.run(context),
            Self::End(end) => end.run(context),
            Self::Revoke(revoke) => revoke.run(context),
        }
    }
}

impl ListSessions {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<Session>()?;
        let who = self.user.as_deref().map(user_ref).transpose()?;
        let sessions = context.office()?.sessions().list(who.as_ref())?;
        let mut list = context
            .terminal
            .list::<Session>()?
            .when_empty("no user is signed in");
        for session in &sessions {
            if list.row(session)?.is_break() {
                break;
            }
        }
        list.finish()?;
        Ok(Exit::Done)
    }
}

impl SessionTokenArgs {
    fn read(&self, context: &Context<'_>) -> Result<PlainToken, Failure> {
        let mut input = self.input.read(context, &["token"])?;
        let given = one_of(
            context,
            (self.token_stdin, self.token_file.as_ref()),
            &mut input,
            "token",
        )?;
        let token = match given {
            Some(token) => token,
            None => ask(
                context,
                "Token",
                "a token is needed",
                "`--token-stdin`, `--token-file` or `--input`",
            )?,
        };
        session_token(&token)
    }
}

impl VerifySession {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<shapes::ShownSession<'_>>()?;
        let groups = groups(&self.group)?;
        let token = self.source.read(context)?;
        let found = context.office()?.sessions().verify(&token, &groups)?;
        context.terminal.object(&shapes::ShownSession {
            user: &found.user,
            session: &found.session,
        })?;
        Ok(Exit::Done)
    }
}

impl EndSession {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let token = self.source.read(context)?;
        let ended = context.office_for(self.write)?.sessions().end(&token)?;
        let (user, session) = (&ended.user, &ended.session);
        let mut answer =
            Answer::new(Reported::LoggedOut, self.write, user.email.as_str()).with_id(session.id);
        answer.set("user", json!(user));
        answer.set_session(session);
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }
}

impl RevokeSessions {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        match &self.user {
            Some(user) => self.all_of(context, user),
            None => self.by_id(context),
        }
    }

    fn all_of(&self, context: &Context<'_>, user: &str) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let who = user_ref(user)?;
        let office = context.office_for(self.write)?;
        let email = office.users().get(&who)?.email;
        context.confirm(
            &format!("end every session of {email}? They can sign in again"),
            self.write,
        )?;
        let ended = office.sessions().revoke_all_of(&who)?;
        let whom = format!("{} of {email}", counted(ended.count, "session", "sessions"));
        let action = Reported::of_ended(ended.count);
        let mut answer = Answer::new(action, self.write, &whom).with_id(ended.user.id);
        answer.set("user", json!(ended.user));
        answer.set("ended_sessions", json!(ended.count));
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }

    fn by_id(&self, context: &Context<'_>) -> Result<Exit, Failure> {
        let targets = Targets::read(context, &self.ids)?;
        let office = context.office_for(self.write)?;
        targets.each(context, |name| {
            let id = uuid::Uuid::try_parse(name).map(SessionId).map_err(|_| {
                Failure::new(Exit::Invalid, "invalid_session", "a session is named by its id")
                    .hint("`backoffice session list` shows the ids")
            })?;
            let session = office.sessions().revoke(id)?;
            let mut answer =
                Answer::new(Reported::Revoked, self.write, &format!("the session {id}")).with_id(id);
            answer.set_session(&session);
            Ok(answer)
        })
    }
}
