//! What a handler works with: the terminal, the settings, the secrets of this run, the store.

use std::cell::{OnceCell, RefCell};
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use super::Global;
use super::answer::ANSWER_FIELDS;
use super::global::WriteArgs;
use super::mailer;
use super::office::Office;
use crate::cli::config::{self, Config, Environment, Flags, StoreOrigin};
use crate::cli::error::{Exit, Failure, quoted, quoted_path};
use crate::cli::local::{LocalFiles, StoreName};
use crate::cli::process::{self, Owner};
use crate::cli::terminal::{Record, Terminal, check_answer, check_fields};
use crate::domain::policies::Policies;
use crate::domain::rights::NotAllowed;
use crate::domain::token::{PlainToken, TokenKind};
use crate::federation::Client;
use crate::ops::mail::Mailer;
use crate::ops::{self, BackOffice, Caller, Options};
use crate::store::{Keeping, StoreError, Unwritable, make_folder_for, owner_of};

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
        let flags = Flags {
            store: self.global.store.as_deref(),
            config: self.global.config.as_deref(),
        };
        let config = config::load(&flags, self.environment, None)?;
        if let Ok(store) = config.store() {
            self.terminal
                .verbose(&format!("the store is {}", store.path.display()));
        }
        Ok(self.config.get_or_init(|| config))
    }

    /// Takes standard input for something that is no secret, or is many.
    pub(super) fn reserve_stdin(&self) -> Result<(), Failure> {
        if self.global.as_token_stdin {
            return Err(Failure::usage("standard input can be read for one thing only")
                .hint("put the token into a file and name it with `--as-token-file`"));
        }
        Ok(())
    }

    /// Refuses, before anything is done, a form that doesn't fit the answer of a write; and a
    /// secret that nobody would see.
    pub(super) fn check_answer(&self, makes_secret: bool) -> Result<(), Failure> {
        check_answer(self.terminal.settings(), ANSWER_FIELDS, makes_secret)?;
        if makes_secret {
            self.terminal.check_secret_is_kept()?;
        }
        Ok(())
    }

    /// Refuses, before anything is read, fields that the record doesn't have.
    pub(super) fn check_fields<R: Record>(&self) -> Result<(), Failure> {
        Ok(check_fields(self.terminal.settings(), R::fields())?)
    }

    /// Reads the secrets a command takes on standard input, one a line, in their order; the
    /// token of the acting user comes first.
    pub(super) fn stdin_secrets(&self, wanted: &[&'static str]) -> Result<Vec<SecretString>, Failure> {
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

    /// A client of a configured provider; root can still read its secret here. `ports` take the
    /// place of those in the configuration.
    pub(super) fn client(&self, name: &str, ports: &[u16]) -> Result<Client, Failure> {
        let mut provider = self.config()?.provider(name)?.clone();
        if !ports.is_empty() {
            provider.redirect.ports = ports.to_vec();
        }
        let what = "the client secret of the provider";
        let read = |file| self.terminal.read_secret_file(file, what);
        let secret = provider.client_secret_file.as_deref().map(read).transpose()?;
        Ok(Client::new(provider, secret)?)
    }

    /// What this process was started with.
    pub(super) fn environment(&self) -> &Environment {
        self.environment
    }

    /// Opens the store to read from it.
    pub(super) fn office(&self) -> Result<Office, Failure> {
        let office = self.open(Keeping::Commit, |path, options, _| {
            BackOffice::open_with(path, options)
        })?;
        if office.unwritable() == Some(Unwritable::TwoNames) {
            self.terminal.warn(&format!(
                "the store {} has a second name (a hard link): it is read, and nothing is written to it",
                office.path().display()
            ));
        }
        Ok(office)
    }

    /// Opens the store to write to it. A store that can only be read is refused here, before a
    /// person is asked for what is to be written.
    pub(super) fn office_for(&self, write: WriteArgs) -> Result<Office, Failure> {
        self.office_to_write(keeping(write))
    }

    /// Opens the store to write to it, for a command that has no dry run.
    pub(super) fn office_to_change(&self) -> Result<Office, Failure> {
        self.office_to_write(Keeping::Commit)
    }

    fn office_to_write(&self, keeping: Keeping) -> Result<Office, Failure> {
        self.open(keeping, |path, options, _| {
            let office = BackOffice::open_with(path, options)?;
            office.check_writable()?;
            Ok(office)
        })
    }

    /// Opens the store to write to it and to send mail.
    pub(super) fn office_that_mails(&self, write: WriteArgs) -> Result<Office, Failure> {
        self.prepare_mailer()?;
        self.office_for(write)
    }

    /// Makes ready what mail is made of and sent with, for the store that is opened next: root
    /// can still read the password here.
    pub(super) fn prepare_mailer(&self) -> Result<(), Failure> {
        let mailer = mailer::of(&self.config()?.mail, self.terminal)?;
        self.mailer.replace(Some(mailer));
        Ok(())
    }

    /// Opens the store to write to it; the default one is made if it isn't there.
    pub(super) fn office_or_new(&self, write: WriteArgs) -> Result<Office, Failure> {
        let is_default = matches!(self.config()?.store()?.origin, StoreOrigin::Default);
        if !is_default {
            return self.office_for(write);
        }
        self.open(keeping(write), |path, options, caller| {
            if write.dry_run && !path.exists() {
                return BackOffice::open_with(path, options);
            }
            let opened = BackOffice::init_with(path, options, caller)?;
            opened.office.check_writable()?;
            if opened.made {
                let path = opened.office.path().display();
                self.terminal.note(&format!("made a new store, {path}"));
            }
            Ok(opened.office)
        })
    }

    /// Makes the store, if it isn't there; tells whether it was made.
    pub(super) fn init(&self, write: WriteArgs, owner: Option<&Owner>) -> Result<(Office, bool), Failure> {
        if let Some(owner) = owner {
            if process::is_root() {
                make_folder_for(&self.config()?.store()?.path, owner.uid)?;
            }
            self.become_owner(owner.uid)?;
        }
        if self.acting_token()?.is_some() {
            return Err(ops::Error::from(NotAllowed::NotTheOwner).into());
        }
        let mut made = false;
        let office = self.open(keeping(write), |path, options, caller| {
            let opened = BackOffice::init_with(path, options, caller)?;
            made = opened.made;
            Ok(opened.office)
        })?;
        Ok((office, made))
    }

    /// The files of this operating-system user.
    pub(super) fn local(&self) -> Result<LocalFiles, Failure> {
        let _ = self.config()?;
        if let Some(home) = self.became.get().and_then(|owner| owner.home.clone()) {
            return Ok(LocalFiles::new(&home.join(".local/state")));
        }
        LocalFiles::of(self.environment).map_err(Failure::from)
    }

    /// The session that `login` keeps here for this store. One that an earlier version kept under
    /// the path of the store is taken over, if it is a session of this store.
    pub(super) fn saved_session(&self, office: &Office) -> Result<Option<PlainToken>, Failure> {
        let (local, name) = (self.local()?, store_name(office)?);
        if let Some(token) = local.session(name)? {
            return Ok(Some(token));
        }
        if name.id.is_none() {
            return Ok(None);
        }
        let Some(token) = local.session_by_path(name.path)? else {
            return Ok(None);
        };
        match office.sessions().verify(&token, &[]) {
            Ok(_) => {
                // Where it can't be kept under its new name, the old one does once more.
                let _ = local.save_session(name, &token);
                Ok(Some(token))
            }
            Err(ops::Error::SessionInvalid) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the session of this store, in the place of the one before.
    pub(super) fn save_session(&self, office: &Office, token: &PlainToken) -> Result<(), Failure> {
        Ok(self.local()?.save_session(store_name(office)?, token)?)
    }

    /// Forgets the session of this store.
    pub(super) fn forget_session(&self, office: &Office) -> Result<(), Failure> {
        self.local()?.remove_session(store_name(office)?)?;
        Ok(())
    }

    /// Asks before something is destroyed; `--yes` answers, and a dry run needs no answer.
    pub(super) fn confirm(&self, question: &str, write: WriteArgs) -> Result<(), Failure> {
        if write.dry_run {
            return Ok(());
        }
        if !self.terminal.can_ask() && !self.terminal.settings().yes {
            return Err(Failure::unanswered("this has to be confirmed", "`--yes`"));
        }
        if self.terminal.confirm(question, false)? {
            Ok(())
        } else {
            Err(Failure::declined())
        }
    }

    /// Records the client address an `--input` brought.
    pub(super) fn set_client(&self, client: IpAddr) {
        let _ = self.client.set(client);
    }

    fn open(
        &self,
        keeping: Keeping,
        open: impl FnOnce(&Path, Options, &Caller) -> Result<BackOffice, ops::Error>,
    ) -> Result<Office, Failure> {
        self.read_acting_token()?;
        let path = self.config()?.store()?.path.clone();
        let policies = self.policies()?;
        if process::is_root()
            && let Some(owner) = owner_of(&path).filter(|uid| *uid != 0)
        {
            self.become_owner(owner)?;
        }
        let options = Options {
            policies,
            lock_timeout: self.global.lock_timeout,
            keeping,
            mailer: self.mailer.take(),
            ..Options::default()
        };
        let runner = self.runner();
        let office = open(&path, options, &runner).map_err(|error| self.explain(error))?;
        let caller = match &*self.acting.borrow() {
            Some(token) => self.with_client(office.caller_of(token)?),
            None => runner,
        };
        Ok(Office::new(office, caller))
    }

    /// The operating-system user who runs this.
    fn runner(&self) -> Caller {
        let environment = self.environment.clone();
        self.with_client(Caller::operating_system_user(move || {
            process::actor(&environment)
        }))
    }

    fn with_client(&self, caller: Caller) -> Caller {
        match self.client.get().or(self.global.client.as_ref()) {
            Some(client) => caller.at(*client),
            None => caller,
        }
    }

    /// Refuses the token of an acting user where a command has no use for one.
    pub(super) fn refuse_acting(&self, why: &str) -> Result<(), Failure> {
        if self.global.as_token_file.is_some() || self.global.as_token_stdin {
            return Err(Failure::usage(format!(
                "{why}: `--as-token-file` and `--as-token-stdin` can't be used"
            ))
            .hint("leave the flag out"));
        }
        Ok(())
    }

    fn policies(&self) -> Result<Policies, Failure> {
        let config = self.config()?;
        Ok(Policies {
            password: config.password,
            breached_file: config.breached_file.clone(),
            argon2: config.argon2,
            sign_in: config.sign_in.clone(),
            failure_floor: config.failure_floor,
            session: config.session,
            throttle: config.throttle,
            reset: config.reset.clone(),
            notices: config.mail.transport.is_some(),
        })
    }

    fn become_owner(&self, uid: u32) -> Result<(), Failure> {
        if self.became.get().is_none() {
            let owner = process::become_owner(uid)?;
            self.terminal.verbose(&format!(
                "acting as {}, whose store it is",
                owner.name.as_deref().unwrap_or("its owner")
            ));
            let _ = self.became.set(owner);
        }
        Ok(())
    }

    fn read_acting_token(&self) -> Result<(), Failure> {
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

    /// The token of the acting user, if one was handed over.
    pub(super) fn acting_token(&self) -> Result<Option<PlainToken>, Failure> {
        self.read_acting_token()?;
        Ok(self.acting.borrow().clone())
    }

    /// Says what the store can't know: which setting named it, and how its owner runs this.
    fn explain(&self, error: ops::Error) -> Failure {
        let ops::Error::Store(store) = error else {
            return error.into();
        };
        let owner = match &store {
            StoreError::ForeignOwner { owner, .. } | StoreError::UnsafeFolder { owner, .. } => Some(*owner),
            _ => None,
        };
        let missing = matches!(store, StoreError::Missing { .. });
        let is_foreign = matches!(store, StoreError::ForeignOwner { .. });
        let mut failure = Failure::from(store);
        let Some(named) = self.config.get().and_then(|config| config.store().ok()) else {
            return failure;
        };
        if missing {
            failure.message = format!("{}, which {} names", failure.message, named.origin);
            if matches!(named.origin, StoreOrigin::Default) {
                failure.message = format!("there is no store yet at {}", named.path.display());
                failure.hint =
                    Some("`backoffice init` or the first `backoffice user create` makes it".to_owned());
            }
        }
        if is_foreign && let Some(name) = owner.and_then(process::name_of) {
            failure.hint = Some(self.line_for(&name, &named.path));
        }
        failure
    }

    /// This very command, run by the owner of the store.
    fn line_for(&self, owner: &str, store: &Path) -> String {
        let mut words = vec![
            "sudo".to_owned(),
            "-u".to_owned(),
            quoted(owner),
            "backoffice".to_owned(),
        ];
        words.extend(
            self.arguments
                .iter()
                .skip(1)
                .map(|word| argument(&word.to_string_lossy())),
        );
        if self.global.store.is_none() {
            words.extend(["--store".to_owned(), quoted_path(store)]);
        }
        format!("`{}`", words.join(" "))
    }
}

/// What a store is known by in the files of this operating-system user.
fn store_name(office: &BackOffice) -> Result<StoreName<'_>, Failure> {
    Ok(StoreName {
        id: office.store_id()?,
        path: office.path(),
    })
}

/// An argument as a shell takes it; the dashes of a flag need no quotes.
fn argument(text: &str) -> String {
    let rest = text.trim_start_matches('-');
    if rest.is_empty() || rest.len() == text.len() {
        return quoted(text);
    }
    format!("{}{}", &text[..text.len() - rest.len()], quoted(rest))
}

fn keeping(write: WriteArgs) -> Keeping {
    if write.dry_run {
        Keeping::RollBack
    } else {
        Keeping::Commit
    }
}

/// Reads a session token somebody handed over.
pub fn session_token(text: &SecretString) -> Result<PlainToken, Failure> {
    PlainToken::parse(TokenKind::Session, text.expose_secret()).map_err(|error| {
        Failure::new(Exit::Denied, "session_invalid", error.to_string())
            .hint("a session token begins with `bo_s_`; `backoffice login --print-token` gives one")
    })
}
