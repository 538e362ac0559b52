//! `backoffice login`, `logout`, `whoami`.

mod name;
mod provider;

use clap::Args;
use secrecy::SecretString;
use serde_json::json;

use crate::cli::answer::{Answer, Reported, counted};
use crate::cli::arguments::not_empty;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::input::InputArgs;
use crate::cli::office::Office;
use crate::cli::password_args::{PasswordSource, ask, ask_new, is_advice, must_be_given};
use crate::cli::shapes;
use crate::cli::third_party::WayArgs;
use crate::domain::token::PlainToken;
use crate::domain::user::User;
use crate::ops;
use crate::ops::sessions::SignedIn;
use crate::ops::sign_in::SignIn;

const PASSWORD_NEEDED: &str = "a password is needed";
const PASSWORD_FLAGS: &str = "`--password-stdin`, `--password-file` or `--input`";
/// A sign-in is never a rehearsal.
const KEPT: WriteArgs = WriteArgs { dry_run: false };

/// Sign in with a password, or with a provider
///
/// The session is kept in a private file of this operating-system user, one file for each store. A
/// new sign-in ends the earlier session. With `--with`, the browser shows the sign-in page of the
/// provider and then comes back to this machine.
#[derive(Debug, Args)]
pub struct Login {
    /// Your e-mail
    #[arg(conflicts_with = "with")]
    email: Option<String>,
    #[command(flatten)]
    source: PasswordSource,
    /// Print the session's token instead of keeping it
    #[arg(long)]
    print_token: bool,
    /// Sign in with this provider of the configuration
    #[arg(long, value_name = "PROVIDER", conflicts_with_all = ["password_stdin", "password_file", "input"])]
    with: Option<String>,
    #[command(flatten)]
    way: WayArgs,
    #[command(flatten)]
    input: InputArgs,
}

/// Sign out
#[derive(Debug, Args)]
pub struct Logout {
    /// End every session of this user, not only the one kept here
    #[arg(long)]
    all: bool,
}

impl Login {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(self.print_token)?;
        context.refuse_acting("`login` signs its own user in")?;
        if let Some(provider) = &self.with {
            return self.with_provider(context, provider);
        }
        let mut input = self.input.read(context, &["email", "password", "new_password"])?;
        let new_password = input.take_secret("new_password")?;
        let named = self.email.clone().or(input.take_text("email")?);
        match &named {
            Some(email) => name::refuse_name(context, email)?,
            None => must_be_given(
                context,
                "an e-mail is needed",
                "`backoffice login EMAIL` or `--input`",
            )?,
        }
        let given = self.source.read(context, &mut input)?;
        if given.is_none() {
            must_be_given(context, PASSWORD_NEEDED, PASSWORD_FLAGS)?;
        }
        // Without a store, or a place for the session, nothing is asked.
        let office = context.office_to_change()?;
        let replaces = self.replaced(context, &office)?;
        let email = if let Some(email) = named {
            email
        } else {
            let email = context.terminal.ask_text("E-mail", None, not_empty)?;
            name::refuse_name(context, &email)?;
            email
        };
        let password = match given {
            Some(password) => password,
            None => ask(context, "Password", PASSWORD_NEEDED, PASSWORD_FLAGS)?,
        };
        let request = SignIn {
            email: &email,
            password: &password,
            new_password: new_password.as_ref(),
            replaces: replaces.as_ref(),
        };
        let signed_in = sign_in(context, &office, request)?;
        self.keep(context, &office, &signed_in)?;
        self.answer(context, &office, &signed_in, None)
    }

    /// The session that ends with this sign-in.
    fn replaced(&self, context: &Context<'_>, office: &Office) -> Result<Option<PlainToken>, Failure> {
        if self.print_token {
            return Ok(None);
        }
        // Without a place to keep the new session, nobody is signed in.
        context.local()?;
        // A session file that can't be read is replaced; it must not keep anybody out.
        Ok(context.saved_session(office).ok().flatten())
    }

    /// Keeps the session in the file of this operating-system user, unless it is printed.
    fn keep(&self, context: &Context<'_>, office: &Office, signed_in: &SignedIn) -> Result<(), Failure> {
        if !self.print_token
            && let Err(failure) = context.save_session(office, &signed_in.token)
        {
            // Nobody has its token.
            office.sessions().end(&signed_in.token)?;
            return Err(failure);
        }
        Ok(())
    }

    fn answer(
        &self,
        context: &Context<'_>,
        office: &Office,
        signed_in: &SignedIn,
        sentence: Option<String>,
    ) -> Result<Exit, Failure> {
        let mut answer =
            Answer::new(Reported::LoggedIn, KEPT, signed_in.user.email.as_str()).with_id(signed_in.user.id);
        if let Some(sentence) = sentence {
            answer = answer.saying(sentence);
        }
        answer.set("user", json!(signed_in.user));
        answer.set_session(&signed_in.session);
        if self.print_token {
            answer.make("token", SecretString::from(signed_in.token.expose()));
        }
        if let Err(error) = context.terminal.answer(&answer) {
            if self.print_token {
                // Nobody has its token.
                office.sessions().end(&signed_in.token)?;
            }
            return Err(error.into());
        }
        Ok(Exit::Done)
    }
}

/// Signs in; where the password must be changed first, asks for a new one on the spot.
fn sign_in(context: &Context<'_>, office: &Office, request: SignIn<'_>) -> Result<SignedIn, Failure> {
    match office.sign_in(&request) {
        Err(ops::Error::PasswordChangeRequired) if context.terminal.can_ask() => {}
        outcome => return Ok(outcome?),
    }
    context.terminal.note("your password must be changed first");
    loop {
        let new = ask_new(context, "New password", |_| Ok(()))?;
        match office.sign_in(&SignIn {
            new_password: Some(&new),
            ..request
        }) {
            Err(error @ (ops::Error::WeakPassword(_) | ops::Error::PasswordReused)) => {
                let failure = Failure::from(error);
                context.terminal.warn(&failure.message);
                if let Some(hint) = failure.hint.filter(|hint| is_advice(hint)) {
                    context.terminal.hint(&hint);
                }
            }
            outcome => return Ok(outcome?),
        }
    }
}

impl Logout {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let office = context.office()?;
        let token = context.saved_session(&office);
        // Ended first: with its token gone, a session could not be ended by a second try.
        let ended = match &token {
            Ok(Some(token)) => self.end(&office, token)?,
            _ => None,
        };
        context.forget_session(&office)?;
        token?;
        let answer = match ended {
            Some((user, count)) => {
                let mut answer = Answer::new(Reported::LoggedOut, KEPT, user.email.as_str()).with_id(user.id);
                if count > 1 {
                    let sessions = counted(count, "session", "sessions");
                    answer = answer.saying(format!("signed out {}, {sessions} ended", user.email));
                }
                answer.set("user", json!(user));
                answer.set("ended_sessions", json!(count));
                answer
            }
            None => Answer::new(Reported::Unchanged, KEPT, "").saying("unchanged: nobody was signed in"),
        };
        context.terminal.answer(&answer)?;
        Ok(Exit::Done)
    }

    /// Ends the session, or all sessions of its user, and counts them; nothing if it had ended already.
    fn end(&self, office: &Office, token: &PlainToken) -> Result<Option<(User, u64)>, Failure> {
        let user = match office.sessions().end(token) {
            Ok(ended) => ended.user,
            Err(ops::Error::SessionInvalid) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let mut count = 1;
        if self.all {
            count += office.sessions().revoke_all_of(&user.id.into())?.count;
        }
        Ok(Some((user, count)))
    }
}

/// Tells who is signed in.
pub fn whoami(context: &Context<'_>) -> Result<Exit, Failure> {
    context.check_fields::<shapes::ShownSession<'_>>()?;
    let office = context.office()?;
    let token = match context.acting_token()? {
        Some(token) => Some(token),
        None => context.saved_session(&office)?,
    };
    let Some(token) = token else {
        return Err(
            Failure::new(Exit::Denied, "not_signed_in", "nobody is signed in here")
                .hint("sign in with `backoffice login EMAIL`"),
        );
    };
    let found = office.sessions().verify(&token, &[])?;
    context.terminal.object(&shapes::ShownSession {
        user: &found.user,
        session: &found.session,
    })?;
    Ok(Exit::Done)
}
