//! What a handler works with: the terminal, the settings, the secrets of this run, the store.

mod acting;
mod faults;
mod saved_session;
mod stores;

use std::cell::{OnceCell, RefCell};
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::Path;

use crate::cli::answer::answer_fields;
use crate::cli::config::{self, Config, Environment, Flags};
use crate::cli::error::Failure;
use crate::cli::global::{Global, WriteArgs};
use crate::cli::mailer;
use crate::cli::process::Owner;
use crate::cli::terminal::{Record, Terminal, check_answer};
use crate::domain::token::PlainToken;
use crate::federation::Client;
use crate::ops::mail::Mailer;

pub use acting::session_token;

/// What a handler works with.
pub struct Context<'a> {
    /// Where answers, questions and complaints go.
    pub terminal: &'a Terminal,
    environment: &'a Environment,
    arguments: &'a [OsString],
    global: &'a Global,
    config: OnceCell<Config>,
    became: OnceCell<Owner>,
    acting: RefCell<Option<PlainToken>>,
    client: OnceCell<IpAddr>,
    mailer: RefCell<Option<Mailer>>,
}

impl<'a> Context<'a> {
    /// The context of one run.
    #[must_use]
    pub fn new(
        terminal: &'a Terminal,
        environment: &'a Environment,
        arguments: &'a [OsString],
        global: &'a Global,
    ) -> Self {
        Self {
            terminal,
            environment,
            arguments,
            global,
            config: OnceCell::new(),
            became: OnceCell::new(),
            acting: RefCell::new(None),
            client: OnceCell::new(),
            mailer: RefCell::new(None),
        }
    }

    /// The settings in force; read once.
    pub(super) fn config(&self) -> Result<&Config, Failure> {
        if let Some(config) = self.config.get() {
            return Ok(config);
        }
        let config = config::load(&self.flags(), self.environment, None)?;
        if let Ok(store) = config.store() {
            self.terminal
                .verbose(&format!("the store is {}", store.path.display()));
        }
        Ok(self.config.get_or_init(|| config))
    }

    /// The flags that name the files.
    pub(super) fn flags(&self) -> Flags<'_> {
        Flags {
            store: self.global.store.as_deref(),
            config: self.global.config.as_deref(),
        }
    }

    /// A failure, with the configuration file that has to be changed or made in its hint.
    pub(super) fn naming_configuration(&self, failure: Failure) -> Failure {
        if !failure.in_configuration {
            return failure;
        }
        let file = self.config.get().and_then(Config::file);
        let place = match file.map(|path| path.display().to_string()) {
            Some(path) => format!("the configuration file is {path}"),
            None => match config::new_file(&self.flags(), self.environment) {
                Some(path) => format!(
                    "`backoffice config init` makes the configuration file {}",
                    path.display()
                ),
                None => "`--config` names the configuration file".to_owned(),
            },
        };
        failure.map_hint(|hint| format!("{hint}; {place}"))
    }

    /// Refuses, before anything is done, a format that doesn't fit the answer of a write, and a new
    /// secret that no one would see.
    pub(super) fn check_answer(&self, makes_secret: bool) -> Result<(), Failure> {
        check_answer(self.terminal.settings(), answer_fields(), makes_secret)?;
        if makes_secret {
            self.terminal.check_secret_is_kept()?;
        }
        Ok(())
    }

    /// Refuses fields that the record doesn't have, before anything is read.
    pub(super) fn check_fields<R: Record>(&self) -> Result<(), Failure> {
        Ok(self.terminal.check_fields::<R>()?)
    }

    /// The client of a configured provider. The file of its secret is read now, while root still
    /// can. `ports` replace the ports of the configuration.
    pub(super) fn client(&self, name: &str, ports: &[u16]) -> Result<Client, Failure> {
        let provider = self.config()?.provider(name)?.clone().with_ports(ports);
        let read = |file: &Path| {
            let what = format!("the client secret in {}", file.display());
            self.terminal.read_secret_file(file, &what)
        };
        let secret = provider.client_secret_file().map(read).transpose()?;
        Ok(Client::new(provider, secret)?)
    }

    /// The environment variables of this process.
    pub(super) fn environment(&self) -> &Environment {
        self.environment
    }

    /// Prepares the mailer for the store that is opened next. The file of the password is read now,
    /// while root still can.
    pub(super) fn prepare_mailer(&self) -> Result<(), Failure> {
        let mailer = mailer::of(&self.config()?.mail, self.terminal)?;
        self.mailer.replace(Some(mailer));
        Ok(())
    }

    /// Whether a question has to be asked before something is destroyed. `--yes` answers it, and a dry
    /// run asks nothing.
    ///
    /// # Errors
    /// A usage error if it has to be asked, and can't be.
    pub(super) fn must_ask(&self, write: WriteArgs) -> Result<bool, Failure> {
        if write.dry_run || self.terminal.settings().yes {
            return Ok(false);
        }
        if !self.terminal.can_ask() {
            return Err(Failure::unanswered("this has to be confirmed", "`--yes`"));
        }
        Ok(true)
    }

    /// Asks before something is destroyed. Whatever can be refused was refused before.
    pub(super) fn ask(&self, question: &str) -> Result<(), Failure> {
        if self.terminal.confirm(question, false)? {
            Ok(())
        } else {
            Err(Failure::declined())
        }
    }
}
