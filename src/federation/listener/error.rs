//! Why the listener can't be opened, or ended without an answer.

use std::io;

use super::super::callback::CallbackFault;
use super::super::error::ProviderError;
use super::peer::PeerFault;

/// Why the listener can't be opened.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Other programs have the ports.
    #[error("{}; see the provider's setting `ports`", taken(ports))]
    PortTaken {
        /// Those that were tried.
        ports: Vec<u16>,
    },
    /// The system refused.
    #[error(
        "{address} can't be listened on: {source}; see the provider's settings `redirect_host` and `ports`"
    )]
    Refused {
        /// Where.
        address: String,
        /// What the system said.
        source: io::Error,
    },
}

fn taken(ports: &[u16]) -> String {
    match ports {
        [] => "there is no port to listen on".to_owned(),
        [0] => "no port is free".to_owned(),
        [port] => format!("another program has port {port}"),
        _ => {
            let all: Vec<String> = ports.iter().map(ToString::to_string).collect();
            format!("other programs have the ports {}", all.join(", "))
        }
    }
}

/// Why the wait for the browser ended without an answer.
#[derive(Debug, thiserror::Error)]
pub enum WaitError {
    /// The time was up.
    #[error("nobody came back from the provider in time")]
    TimedOut {
        /// Why the last answer that came was refused.
        refused: Option<RefusedAnswer>,
    },
    /// Nothing listens any more: the system took the socket away.
    #[error("the listener for the sign-in stopped: the system closed its port")]
    Broken,
}

/// Why an answer was refused. The wait for the right one goes on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusedAnswer {
    /// It isn't the answer to our request.
    #[error("a browser came back, but {0}")]
    Fault(#[from] CallbackFault),
    /// It may come from another user.
    #[error("{0}")]
    Peer(#[from] PeerFault),
}

impl ListenError {
    /// The word by which a program knows the error. It never changes.
    #[must_use]
    #[expect(clippy::unused_self, reason = "as with every error")]
    pub fn code(&self) -> &'static str {
        "port_in_use"
    }
}

impl WaitError {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TimedOut { .. } => ProviderError::TimedOut.code(),
            Self::Broken => "listener_failed",
        }
    }
}
