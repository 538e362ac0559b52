//! The browser of a third-party login: it is opened, it comes back, and it is told how the login
//! ended.

use super::context::Context;
use crate::cli::error::Failure;
use crate::domain::provider::RedirectHost;
use crate::domain::user::User;
use crate::federation::{Arrived, Ending, Listener, Person, ProviderError};
use crate::ops::{self, ThirdPartyError};

/// The browser that came back, where one did. It is told how the login ended; dropped before, it
/// is told that the login failed.
pub struct Browser {
    label: String,
    // The browser is answered before the port is closed.
    arrived: Option<Arrived>,
    _listener: Option<Listener>,
}

impl Browser {
    /// No browser waits.
    pub fn none(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            arrived: None,
            _listener: None,
        }
    }

    /// The browser that came back from the provider of this label.
    pub fn waiting(label: &str, arrived: Arrived, listener: Listener) -> Self {
        Self {
            label: label.to_owned(),
            arrived: Some(arrived),
            _listener: Some(listener),
        }
    }

    /// Passes an outcome on, and shows the browser why it is an error.
    pub fn hears<T>(&mut self, outcome: Result<T, ops::Error>) -> Result<T, Failure> {
        outcome.map_err(|error| {
            self.shows(&failed(&self.label, &error));
            error.into()
        })
    }

    /// Shows the browser how the login ended.
    pub fn shows(&mut self, ending: &Ending) {
        if let Some(arrived) = self.arrived.take() {
            arrived.answer(ending);
        }
    }
}

/// Opens the browser where there is one. That it doesn't open is no failure: the address is
/// printed.
pub fn open(context: &Context<'_>, host: RedirectHost, no_browser: bool, url: &str, port: u16) {
    let terminal = context.terminal;
    let environment = context.environment();
    if let Some(connection) = environment.get("SSH_CONNECTION") {
        let connection = connection.to_string_lossy().into_owned();
        let here = connection.split(' ').nth(2).unwrap_or("HOST").to_owned();
        let target = match host {
            RedirectHost::Ipv6 => "[::1]",
            RedirectHost::Ipv4 | RedirectHost::Localhost => "127.0.0.1",
        };
        terminal.note(&format!(
            "over SSH, the browser on your machine comes back through: ssh -L {port}:{target}:{port} {here}"
        ));
        return;
    }
    if no_browser {
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

/// What the browser shows where the login failed.
fn failed(label: &str, error: &ops::Error) -> Ending {
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
        ProviderError::IdToken { .. }
        | ProviderError::UserInfo(_)
        | ProviderError::OtherSubject
        | ProviderError::BadSubject => Ending::NotValid { provider },
        _ => Ending::ProviderFailed { provider },
    }
}

/// A user, as the page of the browser names them.
pub fn person(user: &User, provider: &str) -> Person {
    let name = format!("{} {}", user.first_name.as_str(), user.last_name.as_str());
    Person {
        name: name.trim().to_owned(),
        email: user.email.to_string(),
        provider: provider.to_owned(),
    }
}
