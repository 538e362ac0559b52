//! What `tiny_http` does not do for a listener that strangers reach, and how it is done here:
//!
//! - It has no way to close its port at once: its thread holds the socket until it looks at a flag.
//!   [`ListeningSocket`] keeps a second handle of the socket and shuts that down.
//! - It panics in its threads when a client resets its connection at the wrong moment, and its
//!   accepting thread ends when descriptors or threads run out. The accept loop starts another server
//!   on the same socket, and [`silence_panics_of_library`] keeps the panics off standard error.
//! - It hands connections to few threads, which wait for silent clients while others are not served:
//!   a new connection wakes it, so the accept loop makes one itself at intervals.
//! - It reads the rest of a body when a request is dropped, and allocates as much as the client claims
//!   to send. A request that is not answered is forgotten ([`mem::forget`]) instead: its memory and
//!   its socket stay until the program ends, which is soon.
//! - It sends a response in the thread that asks for it. A thread of its own sends each response here,
//!   so that a client that reads nothing holds up no other.

use std::io::{self, Write};
use std::mem::{self, ManuallyDrop};
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsFd, AsRawFd};
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SendError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::libc::linger;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::{Shutdown, setsockopt, shutdown, sockopt};
use tiny_http::{Method, Request, Server};

use super::response::Response;

/// How often the accept loop looks after its socket.
const TICK: Duration = Duration::from_millis(100);
/// After so many ticks with a connection that is not accepted, a server is given up.
const MOST_NEGLECTED: u32 = 10;
/// The longest body that is read and thrown away, in bytes. A request with a longer one gets no
/// response.
const MOST_BODY: usize = 64 * 1024;
/// The most responses to stray clients that are on their way at once.
const MOST_STRAYS: usize = 64;

/// Keeps panics in threads of the library off standard error: a client that resets its connection is
/// enough for one, and it harms nothing but that connection.
pub fn silence_panics_of_library() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|place| is_of_library(place.file())) {
            report(info);
        }
    }));
}

/// Whether a source file belongs to the library, in the registry's folders or vendored.
fn is_of_library(file: &str) -> bool {
    file.split(['/', '\\'])
        .any(|part| part == "tiny_http" || part.starts_with("tiny_http-"))
}

/// A listening socket. Each request that comes in is handed on until the socket is closed.
#[derive(Debug)]
pub(super) struct ListeningSocket {
    /// The same socket as the server's: only with a handle of its own can it be closed at once.
    socket: Arc<TcpListener>,
    closed: Arc<AtomicBool>,
    accepting: Option<JoinHandle<()>>,
}

impl ListeningSocket {
    /// Sends each request to `came` from now on.
    pub(super) fn open(socket: TcpListener, came: Sender<Request>) -> io::Result<Self> {
        let socket = Arc::new(socket);
        let closed = Arc::new(AtomicBool::new(false));
        let accepting = AcceptLoop {
            server: serve(&socket)?,
            given_up: Vec::new(),
            socket: Arc::clone(&socket),
            closed: Arc::clone(&closed),
            came,
            neglected: 0,
        };
        let accepting = thread::Builder::new()
            .name("callback listener".to_owned())
            .spawn(move || accepting.run())?;
        Ok(Self {
            socket,
            closed,
            accepting: Some(accepting),
        })
    }

    /// Closes the port at once: the next connection is refused. What came before is handed on.
    pub(super) fn close(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        let _ = shutdown(self.socket.as_raw_fd(), Shutdown::Both);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

impl Drop for ListeningSocket {
    fn drop(&mut self) {
        self.close();
    }
}

/// What the thread behind a socket does.
struct AcceptLoop {
    server: Server,
    /// Earlier servers, which may still hold a request.
    given_up: Vec<Server>,
    socket: Arc<TcpListener>,
    closed: Arc<AtomicBool>,
    came: Sender<Request>,
    neglected: u32,
}

impl AcceptLoop {
    fn run(mut self) {
        while !self.is_closed() {
            match self.server.recv_timeout(TICK) {
                Ok(Some(request)) => hand_on(request, &self.came),
                Ok(None) => self.look_after(),
                // The accepting thread of the library has ended.
                Err(_) if !self.is_closed() => {
                    thread::park_timeout(TICK);
                    self.serve_anew();
                }
                Err(_) => {}
            }
        }
        self.given_up.push(self.server);
        for server in self.given_up {
            hand_on_all(&server, &self.came);
            // Dropping it would drop the requests that it holds.
            mem::forget(server);
        }
    }

    fn look_after(&mut self) {
        for server in &self.given_up {
            hand_on_all(server, &self.came);
        }
        if !self.is_connection_waiting() {
            self.neglected = 0;
            self.wake_library();
            return;
        }
        self.neglected += 1;
        if self.neglected >= MOST_NEGLECTED {
            self.serve_anew();
        }
    }

    fn serve_anew(&mut self) {
        if let Ok(server) = serve(&self.socket) {
            self.given_up.push(mem::replace(&mut self.server, server));
            self.neglected = 0;
        }
    }

    /// Whether there is a connection that the library has not accepted.
    fn is_connection_waiting(&self) -> bool {
        let mut socket = [PollFd::new(self.socket.as_fd(), PollFlags::POLLIN)];
        poll(&mut socket, PollTimeout::ZERO).is_ok_and(|ready| ready > 0)
    }

    /// Connects, and hangs up.
    fn wake_library(&self) {
        let Ok(address) = self.socket.local_addr() else {
            return;
        };
        if let Ok(stream) = TcpStream::connect_timeout(&address, TICK) {
            // With a reset: nothing of the connection stays behind.
            let at_once = linger {
                l_onoff: 1,
                l_linger: 0,
            };
            let _ = setsockopt(&stream, sockopt::Linger, &at_once);
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}

fn hand_on_all(server: &Server, came: &Sender<Request>) {
    loop {
        match server.try_recv() {
            Ok(Some(request)) => hand_on(request, came),
            Ok(None) => return,
            Err(_) => {}
        }
    }
}

fn hand_on(request: Request, came: &Sender<Request>) {
    if let Err(SendError(request)) = came.send(request) {
        mem::forget(request);
    }
}

fn serve(socket: &TcpListener) -> io::Result<Server> {
    Server::from_listener(socket.try_clone()?, None).map_err(io::Error::other)
}

/// A response on its way.
pub(super) struct Sending(Receiver<()>);

impl Sending {
    /// Nothing is sent.
    fn never() -> Self {
        Self(mpsc::channel().1)
    }

    /// Waits until the system has taken the response. False if that takes longer than `most`.
    pub(super) fn wait(&self, most: Duration) -> bool {
        self.0.recv_timeout(most) != Err(RecvTimeoutError::Timeout)
    }
}

/// The responses to clients that are not the browser that is waited for.
#[derive(Debug, Default)]
pub(super) struct Strays {
    /// As many clones as there are responses on their way.
    on_their_way: Arc<()>,
}

impl Strays {
    /// Sends a response, unless too many clients read none.
    pub(super) fn respond(&self, request: Request, response: Response) -> Sending {
        if Arc::strong_count(&self.on_their_way) > MOST_STRAYS {
            mem::forget(request);
            return Sending::never();
        }
        let on_its_way = Arc::clone(&self.on_their_way);
        send_and(request, response, move || drop(on_its_way))
    }
}

/// Sends a response. No error tells whether it arrives.
pub(super) fn send(request: Request, response: Response) -> Sending {
    send_and(request, response, || ())
}

fn send_and(request: Request, response: Response, then: impl FnOnce() + Send + 'static) -> Sending {
    let is_endless = request.body_length().is_some_and(|length| length > MOST_BODY);
    // If no thread can be started, the closure is dropped by this one, and with it the request.
    let request = ManuallyDrop::new(request);
    if is_endless {
        return Sending::never();
    }
    let (done, sending) = mpsc::channel();
    let send = move || {
        let request = ManuallyDrop::into_inner(request);
        let bytes = response.bytes(*request.method() != Method::Head);
        let mut writer = request.into_writer();
        let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
        drop(writer);
        then();
        let _ = done.send(());
    };
    let _ = thread::Builder::new()
        .name("callback response".to_owned())
        .spawn(send);
    Sending(sending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listeners_panics_are_kept_quiet() {
        for file in [
            "/home/kate/.cargo/registry/src/index-1949cf8c6b5b557f/tiny_http-0.12.0/src/client.rs",
            "vendor/tiny_http/src/client.rs",
        ] {
            assert!(is_of_library(file), "{file}");
        }
        for file in [
            "src/federation/listener/mod.rs",
            "library/std/src/thread/mod.rs",
            "src/not_tiny_http.rs",
        ] {
            assert!(!is_of_library(file), "{file}");
        }
    }
}
