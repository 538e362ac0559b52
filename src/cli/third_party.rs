//! The way to a provider and back: the browser and the listener, the pasted address, the code on
//! another machine. For `login --with` and `identity link --with`.

use std::time::Duration;

use clap::Args;

use super::context::Context;
use super::global::positive_duration;
use crate::cli::error::Failure;
use crate::cli::office::Office;
use crate::domain::admission::Admitted;
use crate::domain::duration::show_duration;
use crate::domain::provider::RedirectHost;
use crate::domain::token::PlainToken;
use crate::domain::user::{User, UserRef};
use crate::federation::{Beginning, Callback, Client, Ending, Listener, Person, ProviderError, Transaction};
use crate::ops::identities::Other;
use crate::ops::sign_in::SignedIn;
use crate::ops::{self, ThirdPartyError, Written};

/// Where the browser comes back to when nobody listens, and no port is configured.
const PASTE_PORT: u16 = 8765;

/// How the browser gets there and back.
#[derive(Debug, Args)]
#[command(next_help_heading = "With a provider")]
pub struct WayArgs {
    /// Print the address, and open no browser
    #[arg(long, requires = "with", conflicts_with = "device")]
    no_browser: bool,
    /// Take the address the browser ends at from the terminal or standard input: for a browser on another machine
    #[arg(long, requires = "with", conflicts_with = "device")]
    paste: bool,
    /// Show a code to type in on another machine, where the provider has such
    #[arg(long, requires = "with")]
    device: bool,
    /// Listen on this port; several are tried in order [default: the provider's `ports`]
    #[arg(
        long = "port",
        requires = "with",
        value_name = "PORT",
        conflicts_with = "device"
    )]
    ports: Vec<u16>,
    /// How long all of it may take
    #[arg(long, requires = "with", value_name = "TIME", default_value = "3m", value_parser = positive_duration)]
    timeout: Duration,
    /// Whose sign-in it is: the provider may fill it in
    #[arg(long, requires = "with", value_name = "EMAIL", conflicts_with = "device")]
    login_hint: Option<String>,
}

impl WayArgs {
    /// A client of the provider, on the ports that were asked for.
    pub fn client(&self, context: &Context<'_>, provider: &str) -> Result<Client, Failure> {
        context.client(provider, &self.ports)
    }
}

/// What a person at the provider is wanted for.
pub enum Purpose {
    /// To be signed in, in the place of this session.
    SignIn(Option<PlainToken>),
    /// To be linked to this user.
    Link(UserRef, Other),
}

/// What became of them.
pub enum Outcome {
    /// They are signed in.
    SignedIn(Box<SignedIn>, Admitted),
    /// They are linked.
    Linked(Box<Written>),
    /// They would be linked.
    Rehearsed(Box<Written>),
}

/// One way to a provider and back.
pub struct Way<'a> {
    /// How.
    pub arguments: &'a WayArgs,
    /// Where.
    pub client: &'a Client,
    /// What for.
    pub purpose: Purpose,
    /// Whether nothing is kept of it.
    pub dry_run: bool,
}

impl Way<'_> {
    /// Sends somebody to the provider, waits until they are back, and does what they came for.
    /// `conclude` is what has to go well before the browser is told that it did.
    pub fn go(
        &self,
        context: &Context<'_>,
        office: &Office,
        conclude: impl FnOnce(&Office, &Outcome) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        let outcome = if self.arguments.device {
            self.by_device(context, office)?
        } else if self.arguments.paste {
            self.by_paste(context, office)?
        } else {
            return self.by_listener(context, office, conclude);
        };
        conclude(office, &outcome)?;
        Ok(outcome)
    }

    fn by_listener(
        &self,
        context: &Context<'_>,
        office: &Office,
        conclude: impl FnOnce(&Office, &Outcome) -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        let provider = self.client.provider();
        let listener = Listener::bind(&provider.redirect)?;
        let (url, transaction) = self.begin(office, &listener.redirect_uri())?;
        let terminal = context.terminal;
        self.tell_address(context, "", &url);
        self.open_browser(context, &url, listener.port());
        let progress = terminal.progress("", None);
        let desk = office.third_party(self.client);
        let remaining = || {
            let left = desk.remaining(&transaction);
            progress.waiting(&waiting(&provider.label, left));
            left
        };
        let arrived = listener.wait(&transaction.expected(), &remaining);
        progress.finish();
        let arrived = arrived?;
        let outcome = match self.finish(office, &transaction, arrived.callback()) {
            Ok(outcome) => outcome,
            Err(error) => {
                arrived.answer(&unhappy(&provider.label, &error));
                return Err(error.into());
            }
        };
        if let Err(failure) = conclude(office, &outcome) {
            arrived.answer(&Ending::Failed);
            return Err(failure);
        }
        arrived.answer(&happy(&provider.label, &outcome));
        Ok(outcome)
    }

    fn by_paste(&self, context: &Context<'_>, office: &Office) -> Result<Outcome, Failure> {
        if context.terminal.settings().no_input {
            return Err(Failure::usage("the address has to be pasted").hint("leave `--no-input` out"));
        }
        context.reserve_stdin()?;
        let redirect = &self.client.provider().redirect;
        let fixed = redirect.ports.iter().copied().find(|port| *port != 0);
        let redirect_uri = redirect.uri(fixed.unwrap_or(PASTE_PORT));
        let (url, transaction) = self.begin(office, &redirect_uri)?;
        self.tell_address(context, ", in any browser", &url);
        context.terminal.instruct(&format!(
            "The browser ends at a page that it can't open, at {redirect_uri}. Paste its whole address here:"
        ));
        let callback = self.pasted(context, office, &transaction)?;
        Ok(self.finish(office, &transaction, &callback)?)
    }

    /// The address that was pasted; somebody who types may try again.
    fn pasted(
        &self,
        context: &Context<'_>,
        office: &Office,
        transaction: &Transaction,
    ) -> Result<Callback, Failure> {
        let terminal = context.terminal;
        let expected = transaction.expected();
        let desk = office.third_party(self.client);
        loop {
            let line = terminal.line_within(|| desk.remaining(transaction))?;
            let line = line.ok_or(ProviderError::TimedOut)?;
            match Callback::from_pasted(&line, transaction.redirect_uri(), &expected) {
                Err(fault) if terminal.can_ask() => {
                    terminal.instruct(&fault.to_string());
                }
                outcome => return Ok(outcome?),
            }
        }
    }

    fn by_device(&self, context: &Context<'_>, office: &Office) -> Result<Outcome, Failure> {
        let label = &self.client.provider().label;
        let limit = self.arguments.timeout;
        let desk = office.third_party(self.client);
        let transaction = match &self.purpose {
            Purpose::SignIn(_) => desk.begin_device(limit),
            Purpose::Link(who, _) => desk.begin_device_linking(limit, who),
        }?;
        let left = show_duration(whole_seconds(desk.remaining_device(&transaction)));
        let terminal = context.terminal;
        terminal.instruct(&format!(
            "Sign in at {label} within {left}, on any machine, at this address:"
        ));
        terminal.instruct(transaction.verification_uri());
        terminal.instruct("and type in this code there:");
        terminal.instruct(transaction.user_code());
        Ok(match &self.purpose {
            Purpose::SignIn(replaces) => {
                let (signed_in, admitted) = desk.finish_device(&transaction, replaces.as_ref())?;
                Outcome::SignedIn(Box::new(signed_in), admitted)
            }
            Purpose::Link(who, other) => {
                self.linked(desk.finish_device_linking(&transaction, who, *other)?)
            }
        })
    }

    fn begin(&self, office: &Office, redirect_uri: &str) -> Result<(String, Transaction), ops::Error> {
        let beginning = Beginning {
            redirect_uri,
            login_hint: self.arguments.login_hint.as_deref(),
            limit: self.arguments.timeout,
        };
        let desk = office.third_party(self.client);
        match &self.purpose {
            Purpose::SignIn(_) => desk.begin(&beginning),
            Purpose::Link(who, _) => desk.begin_linking(&beginning, who),
        }
    }

    fn finish(
        &self,
        office: &Office,
        transaction: &Transaction,
        callback: &Callback,
    ) -> Result<Outcome, ops::Error> {
        let desk = office.third_party(self.client);
        match &self.purpose {
            Purpose::SignIn(replaces) => {
                let (signed_in, admitted) = desk.finish(transaction, callback, replaces.as_ref())?;
                Ok(Outcome::SignedIn(Box::new(signed_in), admitted))
            }
            Purpose::Link(who, other) => {
                Ok(self.linked(desk.finish_linking(transaction, callback, who, *other)?))
            }
        }
    }

    fn linked(&self, written: Written) -> Outcome {
        if self.dry_run {
            Outcome::Rehearsed(Box::new(written))
        } else {
            Outcome::Linked(Box::new(written))
        }
    }

    /// The address, alone on its line.
    fn tell_address(&self, context: &Context<'_>, with: &str, url: &str) {
        let label = &self.client.provider().label;
        let limit = show_duration(self.arguments.timeout);
        let terminal = context.terminal;
        terminal.instruct(&format!(
            "Sign in at {label} within {limit}{with}, at this address:"
        ));
        terminal.instruct(url);
    }

    /// Opens the browser where there is one. That it doesn't open is no failure: the address is
    /// printed.
    fn open_browser(&self, context: &Context<'_>, url: &str, port: u16) {
        let terminal = context.terminal;
        let environment = context.environment();
        if let Some(connection) = environment.get("SSH_CONNECTION") {
            let connection = connection.to_string_lossy().into_owned();
            let here = connection.split(' ').nth(2).unwrap_or("HOST").to_owned();
            let target = match self.client.provider().redirect.host {
                RedirectHost::Ipv6 => "[::1]",
                RedirectHost::Ipv4 | RedirectHost::Localhost => "127.0.0.1",
            };
            terminal.note(&format!(
                "over SSH, the browser on your machine comes back through: ssh -L {port}:{target}:{port} {here}"
            ));
            return;
        }
        if self.arguments.no_browser {
            return;
        }
        let has_display = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"]
            .iter()
            .any(|name| environment.get(name).is_some());
        if !has_display && !cfg!(target_os = "macos") {
            terminal.note("there is no display here to open a browser on: open the address in a browser of this machine, or use `--paste`");
            return;
        }
        let mut options = webbrowser::BrowserOptions::new();
        options.with_suppress_output(true);
        if webbrowser::open_browser_with_options(webbrowser::Browser::Default, url, &options).is_err() {
            terminal.note("no browser could be opened: open the address by hand");
        }
    }
}

fn waiting(label: &str, left: Option<Duration>) -> String {
    let left = show_duration(whole_seconds(left));
    format!("waiting for your sign-in at {label}, {left} left; Ctrl-C ends it")
}

/// Rounded up: the last second is one too.
fn whole_seconds(left: Option<Duration>) -> Duration {
    let left = left.unwrap_or_default();
    Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}

/// What the browser is told when all went well.
fn happy(label: &str, outcome: &Outcome) -> Ending {
    let provider = label.to_owned();
    match outcome {
        Outcome::SignedIn(signed_in, admitted) => {
            let person = person(&signed_in.user, provider);
            match admitted {
                Admitted::Known => Ending::SignedIn(person),
                Admitted::Linked => Ending::Linked(person),
                Admitted::Created(_) => Ending::Created(person),
            }
        }
        Outcome::Linked(written) => Ending::LinkedByHand(person(&written.user, provider)),
        Outcome::Rehearsed(_) => Ending::Rehearsed { provider },
    }
}

/// What the browser is told when it didn't.
fn unhappy(label: &str, error: &ops::Error) -> Ending {
    let provider = label.to_owned();
    let error = match error {
        ops::Error::ThirdParty(ThirdPartyError::Provider(error)) => error,
        ops::Error::ThirdParty(ThirdPartyError::LoginRefused(refused)) => {
            return Ending::Refused {
                provider,
                refusal: refused.refusal.clone(),
            };
        }
        _ => return Ending::Failed,
    };
    match error {
        ProviderError::Denied { error, description }
        | ProviderError::NotAuthorized { error, description } => Ending::Denied {
            provider,
            error: error.clone(),
            description: description.clone(),
        },
        ProviderError::IdToken { .. } | ProviderError::OtherSubject | ProviderError::BadSubject => {
            Ending::NotValid { provider }
        }
        _ => Ending::ProviderFailed { provider },
    }
}

fn person(user: &User, provider: String) -> Person {
    let name = format!("{} {}", user.first_name.as_str(), user.last_name.as_str());
    Person {
        name: name.trim().to_owned(),
        email: user.email.to_string(),
        provider,
    }
}
