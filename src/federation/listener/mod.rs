//! The temporary listener on this machine that the provider sends the browser back to
//! (RFC 8252 §7.3). It is open for one sign-in of one operating-system user.

mod error;
mod peer;
mod ports;
mod request;
mod response;
mod server;

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use tiny_http::Request;

use self::peer::Peer;
use self::request::{Address, Verdict};
use self::response::Response;
use self::server::{ListeningSocket, Strays};
use super::callback::{Callback, CallbackFault, ExpectedCallback};
use super::pages::Ending;
use crate::domain::provider::Redirect;

pub use self::error::{ListenError, WaitError};
pub use self::server::silence_panics_of_library;

/// How often the caller is asked whether there is still time.
const PATIENCE: Duration = Duration::from_millis(100);
/// How long a browser is given to take its last page. The page fits into the buffers of the system,
/// so that only a browser that is gone needs the time.
const FAREWELL: Duration = Duration::from_secs(1);

/// An open port of this machine; with `localhost`, a port of both its addresses. Dropping it closes
/// the port, and tells each browser that came too late that the sign-in is over.
#[derive(Debug)]
pub struct Listener {
    address: Address,
    port: u16,
    redirect_uri: String,
    sockets: Vec<ListeningSocket>,
    requests: mpsc::Receiver<Request>,
    strays: Strays,
}

impl Listener {
    /// Listens on the first port that is free.
    ///
    /// # Errors
    /// [`ListenError`] if there is none, or the system refuses.
    pub fn bind(redirect: &Redirect) -> Result<Self, ListenError> {
        let bound = ports::bind(redirect)?;
        let port = bound.port;
        let address = Address::new(redirect, port);
        let (came, requests) = mpsc::channel();
        let open = |socket| ListeningSocket::open(socket, came.clone());
        let sockets = bound.all.into_iter().map(open).collect::<io::Result<_>>();
        Ok(Self {
            sockets: sockets.map_err(|source| ListenError::Refused {
                address: address.host_and_port(),
                source,
            })?,
            address,
            port,
            redirect_uri: redirect.uri(port),
            requests,
            strays: Strays::default(),
        })
    }

    /// Where the provider sends the browser.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        self.redirect_uri.clone()
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the answer to our request, and answers everything else. `remaining` says how much
    /// time there is, or that there is none; it is asked at least every 100 ms.
    ///
    /// # Errors
    /// [`WaitError::TimedOut`] once `remaining` gives `None`.
    pub fn wait(
        &self,
        expected: &ExpectedCallback,
        remaining: &dyn Fn() -> Option<Duration>,
    ) -> Result<Arrived, WaitError> {
        let mut refused = None;
        loop {
            let Some(remaining) = remaining() else {
                return Err(WaitError::TimedOut { refused });
            };
            let request = match self.requests.recv_timeout(remaining.min(PATIENCE)) {
                Ok(request) => request,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => return Err(WaitError::Broken),
            };
            let callback = match self.address.judge(&request) {
                Verdict::Callback { query } => Callback::from_query(&query, expected),
                Verdict::Refused(response) => {
                    self.strays.respond(request, response);
                    continue;
                }
            };
            // Whose it is takes longer to find out than whether it is right.
            let ending = match callback {
                Ok(callback) if self.address.peer(&request) == Peer::Ours => {
                    return Ok(Arrived::new(callback, request));
                }
                Ok(_) => Ending::OtherUser,
                Err(fault) => ending_of(refused.insert(fault)),
            };
            let response = Response::page(&ending, &request::language(&request));
            self.strays.respond(request, response);
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        for socket in &mut self.sockets {
            socket.close();
        }
        let too_late = self.requests.try_iter().map(|request| {
            let response = match self.address.judge(&request) {
                Verdict::Callback { .. } => Response::page(&Ending::Over, &request::language(&request)),
                Verdict::Refused(response) => response,
            };
            self.strays.respond(request, response)
        });
        let being_sent: Vec<_> = too_late.collect();
        // One client that reads nothing is waited for, not each of them.
        let _ = being_sent.iter().all(|sent| sent.wait(FAREWELL));
    }
}

/// The answer to our request, and the browser that waits to hear how the sign-in ends.
#[derive(Debug)]
pub struct Arrived {
    callback: Callback,
    request: Option<Request>,
}

impl Arrived {
    fn new(callback: Callback, request: Request) -> Self {
        Self {
            callback,
            request: Some(request),
        }
    }

    /// What the provider said.
    #[must_use]
    pub fn callback(&self) -> &Callback {
        &self.callback
    }

    /// Shows the browser how it ended. A browser that is gone is no error.
    pub fn answer(mut self, ending: &Ending) {
        self.show(ending);
    }

    fn show(&mut self, ending: &Ending) {
        if let Some(request) = self.request.take() {
            let response = Response::page(ending, &request::language(&request));
            server::send(request, response).wait(FAREWELL);
        }
    }
}

impl Drop for Arrived {
    /// The browser that waits is told at least that the sign-in failed.
    fn drop(&mut self) {
        self.show(&Ending::Failed);
    }
}

/// What a browser is told that brought another answer than the expected one.
fn ending_of(fault: &CallbackFault) -> Ending {
    match fault {
        CallbackFault::IssuerMissing | CallbackFault::IssuerWrong => Ending::WrongIssuer,
        _ => Ending::BadLink,
    }
}

#[cfg(test)]
mod tests;
