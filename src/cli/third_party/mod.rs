//! The way to a provider and back: the browser and the listener, the pasted address, the code on
//! another machine. For `login --with` and `identity link --with`, which open the store again for
//! what follows.

mod wait;

use std::time::Duration;

use clap::Args;

use self::wait::{Wait, whole_seconds};
use super::browser::{self, Browser};
use super::context::Context;
use super::global::positive_duration;
use crate::cli::error::Failure;
use crate::cli::office::Office;
use crate::cli::terminal::{Terminal, escaped_lines};
use crate::domain::duration::show_duration;
use crate::domain::third_party::Purpose;
use crate::federation::{
    Beginning, Callback, CallbackFault, Client, DeviceTransaction, Listener, PeerFault, ProviderError,
    Transaction, Vouched,
};
use crate::ops;
use crate::ops::system::SystemClock;
use crate::ops::third_party_login::Begun;

/// Where the browser comes back to when nobody listens, and no port is configured.
const PASTE_PORT: u16 = 8765;

/// How the browser gets there and back.
#[derive(Debug, Args)]
#[command(next_help_heading = "With a provider")]
pub struct WayArgs {
    /// Print the address, and open no browser
    #[arg(long, requires = "with", conflicts_with = "device")]
    no_browser: bool,
    /// Read the last address of the browser from the terminal or standard input: for a browser on another machine
    #[arg(long, requires = "with", conflicts_with = "device")]
    paste: bool,
    /// Show a code to type in on another machine, if the provider supports device codes
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
    /// The longest time for the whole sign-in
    #[arg(long, requires = "with", value_name = "TIME", default_value = "3m", value_parser = positive_duration)]
    timeout: Duration,
    /// The e-mail address that the provider may show in its sign-in form
    #[arg(long, requires = "with", value_name = "EMAIL", conflicts_with = "device")]
    login_hint: Option<String>,
}

/// What the provider said, and the browser that waits to hear how the login ends.
pub struct Returned {
    /// The person, or why nobody was vouched for.
    pub vouched: Result<Vouched, ProviderError>,
    /// The browser.
    pub browser: Browser,
}

impl WayArgs {
    /// A client of the provider, on the ports that were asked for.
    pub fn client(&self, context: &Context<'_>, provider: &str) -> Result<Client, Failure> {
        context.client(provider, &self.ports)
    }

    /// Sends a person to the provider, waits until they are back, and asks the provider who they
    /// are. The store is closed before anybody waits.
    pub fn go(
        &self,
        context: &Context<'_>,
        client: &Client,
        purpose: Purpose,
        office: Office,
    ) -> Result<Returned, Failure> {
        if self.device {
            self.by_device(context, client, purpose, office)
        } else if self.paste {
            self.by_paste(context, client, purpose, office)
        } else {
            self.by_listener(context, client, purpose, office)
        }
    }

    fn by_listener(
        &self,
        context: &Context<'_>,
        client: &Client,
        purpose: Purpose,
        office: Office,
    ) -> Result<Returned, Failure> {
        let provider = client.provider();
        let listener = Listener::bind(provider.redirect())?;
        let begun = self.begin(client, purpose, office, &listener.redirect_uri())?;
        let (url, transaction) = (&begun.url, &begun.transaction);
        let told = self.address(provider.label(), "", url);
        context.terminal.instruct_lines(&told);
        let host = provider.redirect().host;
        let on_terminal = browser::open(context, host, self.no_browser, url, listener.port());
        let clock = SystemClock::start();
        let wait = Wait::begin(context, provider.label(), &told, on_terminal);
        let remaining = || {
            let left = transaction.remaining(&clock);
            wait.goes_on(left);
            left
        };
        let refused = |fault: PeerFault| wait.refuses(fault);
        let arrived = listener.wait(&transaction.expected(), &remaining, &refused);
        let on_terminal = wait.end();
        let arrived = arrived?;
        Ok(Returned {
            vouched: client.vouch(transaction, arrived.callback(), &clock),
            browser: Browser::waiting(provider.label(), arrived, listener, on_terminal),
        })
    }

    fn by_paste(
        &self,
        context: &Context<'_>,
        client: &Client,
        purpose: Purpose,
        office: Office,
    ) -> Result<Returned, Failure> {
        if context.terminal.settings().no_input {
            return Err(Failure::usage("the address has to be pasted").hint("leave `--no-input` out"));
        }
        context.reserve_stdin()?;
        let provider = client.provider();
        let fixed = provider.redirect().ports.iter().copied().find(|port| *port != 0);
        let redirect_uri = provider.redirect().uri(fixed.unwrap_or(PASTE_PORT));
        let begun = self.begin(client, purpose, office, &redirect_uri)?;
        let question = self.address(provider.label(), ", in any browser", &begun.url)
            + &escaped_lines(&[&format!(
                "The browser ends at a page that it can't open, at {redirect_uri}. Paste its whole address here:"
            )]);
        let clock = SystemClock::start();
        let callback = pasted(context.terminal, &question, &begun.transaction, &clock)?;
        let vouched = client.vouch(&begun.transaction, &callback, &clock);
        Ok(Returned::without_browser(client, vouched))
    }

    fn by_device(
        &self,
        context: &Context<'_>,
        client: &Client,
        purpose: Purpose,
        office: Office,
    ) -> Result<Returned, Failure> {
        let begun = office.third_party(client).begin_device(purpose, self.timeout);
        drop(office);
        let transaction = begun?;
        let (label, clock) = (client.provider().label(), SystemClock::start());
        let left = show_duration(whole_seconds(transaction.remaining(&clock)));
        let told = device_code(context.terminal, label, &left, &transaction);
        context.terminal.instruct_lines(&told);
        let watch = context.terminal.watch(&told);
        let vouched = client.vouch_device(&transaction, &clock);
        drop(watch);
        Ok(Returned::without_browser(client, vouched))
    }

    /// Begins the login, and closes the store.
    fn begin(
        &self,
        client: &Client,
        purpose: Purpose,
        office: Office,
        redirect_uri: &str,
    ) -> Result<Begun, ops::Error> {
        let begun = office.third_party(client).begin(&Beginning {
            purpose,
            redirect_uri,
            login_hint: self.login_hint.as_deref(),
            limit: self.timeout,
        });
        drop(office);
        begun
    }

    /// What is told of the address, which stands alone on its line.
    fn address(&self, label: &str, with: &str, url: &str) -> String {
        let limit = show_duration(self.timeout);
        escaped_lines(&[
            &format!("Sign in at {label} within {limit}{with}, at this address:"),
            url,
        ])
    }
}

impl Returned {
    fn without_browser(client: &Client, vouched: Result<Vouched, ProviderError>) -> Self {
        Self {
            vouched,
            browser: Browser::none(client.provider().label()),
        }
    }
}

/// What is told of a code that is typed in on another machine.
fn device_code(terminal: &Terminal, label: &str, left: &str, transaction: &DeviceTransaction) -> String {
    let mut told = escaped_lines(&[
        &format!("Sign in at {label} within {left}, on any machine, at this address:"),
        transaction.verification_uri(),
        "and type in this code there:",
        transaction.user_code(),
    ]);
    if let Some(whole) = transaction.verification_uri_complete() {
        told += &escaped_lines(&[
            "or open this address, and check that it shows the same code:",
            whole,
        ]);
        told += &terminal.qr_code(whole).unwrap_or_default();
    }
    told
}

/// The address that was pasted. A user who types may try again, also if only a part was pasted.
fn pasted(
    terminal: &Terminal,
    question: &str,
    transaction: &Transaction,
    clock: &SystemClock,
) -> Result<Callback, Failure> {
    let expected = transaction.expected();
    let read = |text: &str| match Callback::from_pasted(text, transaction.redirect_uri(), &expected) {
        Ok(Callback::Unusable(why)) if terminal.can_ask() => Err(ProviderError::UnusableAnswer(why).into()),
        Ok(callback) => Ok(callback),
        Err(fault) => Err(PasteFault::Fault(fault)),
    };
    let pasted = terminal.paste(question, || transaction.remaining(clock), read)?;
    match pasted.ok_or(ProviderError::TimedOut)? {
        Ok(callback) => Ok(callback),
        Err(PasteFault::Fault(fault)) => Err(fault.into()),
        Err(PasteFault::Unusable(error)) => Err(error.into()),
    }
}

/// Why a pasted text is refused.
#[derive(Debug, thiserror::Error)]
enum PasteFault {
    #[error(transparent)]
    Fault(#[from] CallbackFault),
    #[error(transparent)]
    Unusable(#[from] ProviderError),
}
