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

use self::peer::Neighbours;
use self::request::{Address, Verdict};
use self::response::Response;
use self::server::{ListeningSocket, Strays};
use super::callback::{Callback, CallbackFault, ExpectedCallback};
use super::pages::Ending;
use crate::domain::provider::Redirect;

pub use self::error::{ListenError, RefusedAnswer, WaitError};
pub use self::peer::PeerFault;
pub use self::server::silence_panics_of_library;

/// How often the caller is asked whether there is still time.
const PATIENCE: Duration = Duration::from_millis(100);
/// Other users of this machine are looked for each time after so many periods of `PATIENCE` without a
/// request.
const LOOK_AFTER: u32 = 10;
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
    neighbours: Neighbours,
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
            neighbours: Neighbours::default(),
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
    /// time there is, or that there is none; it is asked at least every 100 ms. `refused` is told when
    /// the right answer is refused because of its user, the first time that it happens.
    ///
    /// # Errors
    /// [`WaitError::TimedOut`] once `remaining` gives `None`.
    pub fn wait(
        &self,
        expected: &ExpectedCallback,
        remaining: &dyn Fn() -> Option<Duration>,
        refused: &dyn Fn(PeerFault),
    ) -> Result<Arrived, WaitError> {
        let mut last = None;
        let mut is_told = false;
        let mut quiet_periods = 0;
        loop {
            let Some(remaining) = remaining() else {
                return Err(WaitError::TimedOut { refused: last });
            };
            let request = match self.requests.recv_timeout(remaining.min(PATIENCE)) {
                Ok(request) => request,
                Err(RecvTimeoutError::Timeout) => {
                    if quiet_periods % LOOK_AFTER == 0 {
                        self.neighbours.look();
                    }
                    quiet_periods += 1;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return Err(WaitError::Broken),
            };
            let query = match self.address.judge(&request) {
                Verdict::Callback { query } => query,
                Verdict::Refused(response) => {
                    self.strays.respond(request, response);
                    continue;
                }
            };
            let why = match self.read(&request, &query, expected) {
                Ok(callback) => return Ok(Arrived::new(callback, request)),
                Err(why) => why,
            };
            if let (RefusedAnswer::Peer(fault), false) = (&why, is_told) {
                refused(*fault);
                is_told = true;
            }
            let response = Response::page(&ending_of(last.insert(why)), &request::language(&request));
            self.strays.respond(request, response);
        }
    }

    /// The answer to our request. Whose it is takes longer to find out than whether it is right.
    fn read(
        &self,
        request: &Request,
        query: &str,
        expected: &ExpectedCallback,
    ) -> Result<Callback, RefusedAnswer> {
        let callback = Callback::from_query(query, expected)?;
        self.address.check_peer(request, &self.neighbours)?;
        Ok(callback)
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

/// What a browser is told whose answer is refused.
fn ending_of(why: &RefusedAnswer) -> Ending {
    match why {
        RefusedAnswer::Fault(CallbackFault::IssuerMissing | CallbackFault::IssuerWrong) => {
            Ending::WrongIssuer
        }
        RefusedAnswer::Fault(_) => Ending::BadLink,
        RefusedAnswer::Peer(_) => Ending::OtherUser,
    }
}

#[cfg(test)]
mod tests;
