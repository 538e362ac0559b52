//! The browser of a third-party login: it is opened, it comes back, and it is told how the login
//! ended.

mod command;
mod opening;
mod text_browser;

use crate::cli::error::Failure;
use crate::domain::user::User;
use crate::federation::{Arrived, Ending, Listener, Person, ProviderError};
use crate::ops::{self, ThirdPartyError};

pub use self::opening::open;
pub use self::text_browser::TextBrowser;

/// The browser that came back, where one did. It is told how the login ended; dropped before, it
/// is told that the login failed.
pub struct Browser {
    label: String,
    // The browser is answered before the port is closed.
    arrived: Option<Arrived>,
    _listener: Option<Listener>,
    on_terminal: Option<TextBrowser>,
}

impl Browser {
    /// No browser waits.
    pub fn none(label: &str) -> Self {
        Self {
            label: label.to_owned(),
            arrived: None,
            _listener: None,
            on_terminal: None,
        }
    }

    /// The browser that came back from the provider of this label, and the browser that has the
    /// terminal.
    pub fn waiting(
        label: &str,
        arrived: Arrived,
        listener: Listener,
        on_terminal: Option<TextBrowser>,
    ) -> Self {
        Self {
            label: label.to_owned(),
            arrived: Some(arrived),
            _listener: Some(listener),
            on_terminal,
        }
    }

    /// Passes an outcome on, and shows the browser why it is an error.
    pub fn hears<T>(&mut self, outcome: Result<T, ops::Error>) -> Result<T, Failure> {
        outcome.map_err(|error| {
            self.shows(&failed(&self.label, &error));
            error.into()
        })
    }

    /// Shows the browser how the login ended. If the browser has the terminal, this waits until the user
    /// closes it.
    pub fn shows(&mut self, ending: &Ending) {
        if let Some(arrived) = self.arrived.take() {
            arrived.answer(ending);
            if let Some(browser) = self.on_terminal.take() {
                browser.wait_until_closed();
            }
        }
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
