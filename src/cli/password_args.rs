//! Where a new password comes from: standard input, a file, `--input`, the prompt, or nowhere.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use secrecy::SecretString;

use super::context::Context;
use crate::cli::error::Failure;
use crate::cli::terminal::InputObject;

/// A password from standard input or a file.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct PasswordSource {
    /// Take the password from standard input, one line
    #[arg(long)]
    pub password_stdin: bool,
    /// Take the password from a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub password_file: Option<PathBuf>,
}

impl PasswordSource {
    /// The password, if one of the flags or the input gives it.
    pub fn read(
        &self,
        context: &Context<'_>,
        input: &mut InputObject,
    ) -> Result<Option<SecretString>, Failure> {
        one_of(
            context,
            (self.password_stdin, self.password_file.as_ref()),
            input,
            "password",
        )
    }
}

/// A secret from one of three places; more than one is a usage error.
pub fn one_of(
    context: &Context<'_>,
    (stdin, file): (bool, Option<&PathBuf>),
    input: &mut InputObject,
    key: &'static str,
) -> Result<Option<SecretString>, Failure> {
    if (stdin || file.is_some()) && input.keys().any(|given| given == key) {
        return Err(
            Failure::usage(format!("`{key}` stands in the input, and a flag gives it too"))
                .hint("leave one of the two out"),
        );
    }
    let what = spoken(key);
    if stdin {
        return Ok(context.stdin_secrets(&[what])?.pop());
    }
    match file {
        Some(file) => Ok(Some(context.terminal.read_secret_file(file, what)?)),
        None => Ok(input.take_secret(key)?),
    }
}

/// The words for a key.
pub fn spoken(key: &str) -> &'static str {
    match key {
        "password" => "the password",
        "current_password" => "the current password",
        "new_password" => "the new password",
        _ => "the token",
    }
}

/// Says the rule, and asks for a new password, twice, until `check` takes it.
pub fn ask_new(
    context: &Context<'_>,
    label: &str,
    check: impl Fn(&SecretString) -> Result<(), Failure>,
) -> Result<SecretString, Failure> {
    let least = context.config()?.policies.password.min_length();
    context.terminal.instruct(&format!(
        "A password has at least {least} characters; four or more unrelated words, with spaces, make a good one."
    ));
    let said = |text: &str| {
        check(&SecretString::from(text)).map_err(|failure| {
            match failure.hint.filter(|hint| is_advice(hint)) {
                Some(hint) => format!("{}; {hint}", failure.message),
                None => failure.message,
            }
        })
    };
    Ok(context.terminal.ask_new_password(label, said)?)
}

/// Whether a person at a prompt can follow a hint: no command and no flag can be typed there.
pub fn is_advice(hint: &str) -> bool {
    !hint.contains('`')
}

/// Refuses where a secret is missing and nobody can be asked for it; `needed` is a phrase such as `a
/// password is needed`.
pub fn must_be_given(context: &Context<'_>, needed: &str, answer: &str) -> Result<(), Failure> {
    if context.terminal.can_ask() {
        return Ok(());
    }
    Err(Failure::unanswered(needed, answer))
}

/// Asks for a secret that exists; `needed` is a phrase such as `a password is needed`.
pub fn ask(context: &Context<'_>, label: &str, needed: &str, answer: &str) -> Result<SecretString, Failure> {
    must_be_given(context, needed, answer)?;
    Ok(context.terminal.ask_password(label)?)
}
