//! `reset complete`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use secrecy::{ExposeSecret, SecretString};

use crate::cli::answer::Answer;
use crate::cli::context::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::global::WriteArgs;
use crate::cli::input::InputArgs;
use crate::cli::password_args::{PasswordSource, ask, ask_new, must_be_given, one_of};
use crate::cli::terminal::InputObject;
use crate::domain::reset::token_in;
use crate::domain::token::PlainToken;
use crate::ops;

const TOKEN_NEEDED: &str = "a reset link is needed";
const TOKEN_FLAGS: &str = "`--token-stdin`, `--token-file` or `--input`";

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

impl CompleteReset {
    pub fn run(self, context: &Context<'_>) -> Result<Exit, Failure> {
        context.check_answer(false)?;
        let mut input = self
            .input
            .read(context, &["token", "password", "new_password", "password_again"])?;
        let (token, password) = self.given(context, &mut input)?;
        let token = token.as_ref().map(reset_token).transpose()?;
        if token.is_none() {
            must_be_given(context, TOKEN_NEEDED, TOKEN_FLAGS)?;
        }
        // The store and the token are checked before the next question.
        let office = context.office_to_change()?;
        let token = match token {
            Some(token) => token,
            None => reset_token(&ask(context, "Token or link", TOKEN_NEEDED, TOKEN_FLAGS)?)?,
        };
        let link = office.resets().check(&token)?;
        let password = if let Some(password) = password {
            password
        } else {
            let flags = "`--password-stdin`, `--password-file` or `--input`";
            must_be_given(context, "a new password is needed", flags)?;
            ask_new(
                context,
                &format!("New password for {}", link.user().email),
                |plain| Ok(office.check_choice(link.user(), plain)?),
            )?
        };
        let written = office.resets().complete(&link, &password)?;
        let write = WriteArgs { dry_run: false };
        context.terminal.answer(&Answer::of_user(&written, write))?;
        Ok(Exit::Done)
    }

    /// The token and the new password, where flags or the input give them.
    fn given(
        &self,
        context: &Context<'_>,
        input: &mut InputObject,
    ) -> Result<(Option<SecretString>, Option<SecretString>), Failure> {
        if self.token_stdin && self.source.password_stdin {
            let mut secrets = context.stdin_secrets(&["the token", "the new password"])?;
            let password = secrets.pop();
            return Ok((secrets.pop(), password));
        }
        let token = (self.token_stdin, self.token_file.as_ref());
        let token = one_of(context, token, input, "token")?;
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
