//! Who acts, and the secrets that a command reads from standard input.

use std::net::IpAddr;

use secrecy::{ExposeSecret, SecretString};

use super::Context;
use crate::cli::error::{Exit, Failure};
use crate::cli::process;
use crate::domain::token::{PlainToken, TokenKind};
use crate::ops::Caller;

impl Context<'_> {
    /// Refuses to read more than one thing from standard input: the token of the acting user stands
    /// there alone, or with other secrets.
    pub(in crate::cli) fn reserve_stdin(&self) -> Result<(), Failure> {
        if self.global.as_token_stdin {
            return Err(Failure::usage("standard input can be read for one thing only")
                .hint("put the token into a file and name it with `--as-token-file`"));
        }
        Ok(())
    }

    /// Reads the secrets that a command takes on standard input: one on each line, in this order.
    /// The token of the acting user comes first.
    pub(in crate::cli) fn stdin_secrets(
        &self,
        wanted: &[&'static str],
    ) -> Result<Vec<SecretString>, Failure> {
        let mut names = Vec::new();
        if self.global.as_token_stdin && self.acting.borrow().is_none() {
            names.push("the token of the acting user");
        }
        let own = names.is_empty();
        names.extend_from_slice(wanted);
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let mut secrets = self.terminal.read_stdin_secrets(&names)?;
        if !own {
            let token = secrets.remove(0);
            self.set_acting(&token)?;
        }
        Ok(secrets)
    }

    /// The token of the acting user, if a flag gave one.
    pub(in crate::cli) fn acting_token(&self) -> Result<Option<PlainToken>, Failure> {
        self.read_acting_token()?;
        Ok(self.acting.borrow().clone())
    }

    /// Refuses the token of an acting user, for a command that can't use it.
    pub(in crate::cli) fn refuse_acting(&self, why: &str) -> Result<(), Failure> {
        if self.global.as_token_file.is_some() || self.global.as_token_stdin {
            return Err(Failure::usage(format!(
                "{why}: `--as-token-file` and `--as-token-stdin` can't be used"
            ))
            .hint("leave the flag out"));
        }
        Ok(())
    }

    pub(super) fn read_acting_token(&self) -> Result<(), Failure> {
        if self.acting.borrow().is_some() {
            return Ok(());
        }
        if let Some(file) = &self.global.as_token_file {
            let token = self
                .terminal
                .read_secret_file(file, "the token of the acting user")?;
            return self.set_acting(&token);
        }
        self.stdin_secrets(&[]).map(drop)
    }

    fn set_acting(&self, token: &SecretString) -> Result<(), Failure> {
        *self.acting.borrow_mut() = Some(session_token(token)?);
        Ok(())
    }

    /// Records the client address of an `--input`.
    pub(in crate::cli) fn set_client(&self, client: IpAddr) {
        let _ = self.client.set(client);
    }

    /// The operating-system user who runs the command.
    pub(super) fn runner(&self) -> Caller {
        let environment = self.environment.clone();
        self.with_client(Caller::operating_system_user(move || {
            process::actor(&environment)
        }))
    }

    pub(super) fn with_client(&self, caller: Caller) -> Caller {
        match self.client.get().or(self.global.client.as_ref()) {
            Some(client) => caller.at(*client),
            None => caller,
        }
    }
}

/// Reads a session token.
pub fn session_token(text: &SecretString) -> Result<PlainToken, Failure> {
    PlainToken::parse(TokenKind::Session, text.expose_secret()).map_err(|error| {
        Failure::new(Exit::Denied, "session_invalid", error.to_string())
            .hint("a session token begins with `bo_s_`; `backoffice login --print-token` gives one")
    })
}
