//! `backoffice session …`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use serde_json::json;

use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::arguments::{groups, limited};
use crate::cli::batch::{Targets, refuse_token, user_ref};
use crate::cli::context::{Context, session_token};
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::input::InputArgs;
use crate::cli::password_args::{ask, must_be_given, one_of};
use crate::cli::shapes::{self, OfUser};
use crate::cli::whose;
use crate::domain::ids::SessionId;
use crate::domain::session::Session;
use crate::domain::token::PlainToken;

const TOKEN_NEEDED: &str = "a token is needed";
const TOKEN_FLAGS: &str = "`--token-stdin`, `--token-file` or `--input`";

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
        context.check_fields::<OfUser<Session>>()?;
        let who = self.user.as_deref().map(user_ref).transpose()?;
        let office = context.office()?;
        let sessions = office.sessions().list(who.as_ref())?.into_iter();
        let sessions = sessions.map(|session| (Some(session.user_id), session)).collect();
        let empty = match &self.user {
            Some(user) => format!("{user} has no session"),
            None => "no user is signed in".to_owned(),
        };
        whose::list(context, &office, sessions, &empty)
    }
}

impl SessionTokenArgs {
    /// The token that a flag or the input gives. Without one, somebody must be there to be asked.
    fn given(&self, context: &Context<'_>) -> Result<Option<PlainToken>, Failure> {
        let mut input = self.input.read(context, &["token"])?;
        let token = (self.token_stdin, self.token_file.as_ref());
        match one_of(context, token, &mut input, "token")? {
            Some(token) => session_token(&token).map(Some),
            None => must_be_given(context, TOKEN_NEEDED, TOKEN_FLAGS).map(|()| None),
        }
    }
}

/// The token that was given, or asked for.
fn or_asked(given: Option<PlainToken>, context: &Context<'_>) -> Result<PlainToken, Failure> {
    match given {
        Some(token) => Ok(token),
        None => session_token(&ask(context, "Token", TOKEN_NEEDED, TOKEN_FLAGS)?),
    }
}

impl VerifySession {
    fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_fields::<shapes::ShownSession<'_>>()?;
        let groups = groups(&self.group)?;
        let given = self.source.given(context)?;
        let office = context.office()?;
        let token = or_asked(given, context)?;
        let found = office.sessions().verify(&token, &groups)?;
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
        let given = self.source.given(context)?;
        let office = context.office_for(self.write)?;
        let ended = office.sessions().end(&or_asked(given, context)?)?;
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
        if context.must_ask(self.write)? && !office.sessions().list(Some(&who))?.is_empty() {
            context.ask(&format!("end every session of {email}? They can sign in again"))?;
        }
        let ended = office.sessions().revoke_all_of(&who)?;
        let whom = format!("{} of {email}", counted(ended.count, "session", "sessions"));
        let action = Reported::of_ended(ended.count);
        let mut answer = Answer::new(action, self.write, &whom)
            .holding(format!("{email} has no session"))
            .with_id(ended.user.id);
        answer.set("user", json!(ended.user));
        answer.set("ended_sessions", json!(ended.count));
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }

    fn by_id(&self, context: &Context<'_>) -> Result<Exit, Failure> {
        let targets = Targets::read(context, &self.ids)?;
        let office = context.office_for(self.write)?;
        targets.each(context, |name| {
            refuse_token(name)?;
            let id = uuid::Uuid::try_parse(name).map(SessionId).map_err(|_| {
                let message = format!("`{}` is not the id of a session", limited(name));
                Failure::new(Exit::Invalid, "invalid_session", message).hint(
                    "`backoffice session list` shows the ids; `--user USER` ends every session of a user",
                )
            })?;
            let session = office.sessions().revoke(id)?;
            let mut answer =
                Answer::new(Reported::Revoked, self.write, &format!("the session {id}")).with_id(id);
            answer.set_session(&session);
            Ok(answer)
        })
    }
}
