//! One listening socket and the library's server behind it.

use std::io;
use std::mem;
use std::net::{TcpListener, TcpStream};
use std::os::fd::{AsFd, AsRawFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SendError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use nix::libc::linger;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::{Shutdown, setsockopt, shutdown, sockopt};
use tiny_http::{Request, Server};

/// So often the thread behind a door looks after it.
const TICK: Duration = Duration::from_millis(100);
/// So many ticks in a row somebody has to stand before a door until its server is given up.
const MOST_NEGLECTED: u32 = 10;

/// A listening socket. What comes in is handed on until it is closed.
#[derive(Debug)]
pub(super) struct Door {
    /// The same socket as the server's, for only with this one can it be closed at once.
    socket: Arc<TcpListener>,
    closed: Arc<AtomicBool>,
    porter: Option<JoinHandle<()>>,
}

impl Door {
    /// Hands `came` every request from now on.
    pub(super) fn open(socket: TcpListener, came: Sender<Request>) -> io::Result<Self> {
        let socket = Arc::new(socket);
        let closed = Arc::new(AtomicBool::new(false));
        let porter = Porter {
            server: serve(&socket)?,
            given_up: Vec::new(),
            socket: Arc::clone(&socket),
            closed: Arc::clone(&closed),
            came,
            neglected: 0,
        };
        let porter = thread::Builder::new()
            .name("callback listener".to_owned())
            .spawn(move || porter.work())?;
        Ok(Self {
            socket,
            closed,
            porter: Some(porter),
        })
    }

    /// Closes the port at once: the next connection is refused. What came before is handed on.
    pub(super) fn close(&mut self) {
        self.closed.store(true, Ordering::SeqCst);
        // The library's thread holds the socket until it sees that it is to end; this ends it now.
        let _ = shutdown(self.socket.as_raw_fd(), Shutdown::Both);
        if let Some(porter) = self.porter.take() {
            let _ = porter.join();
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.close();
    }
}

/// The thread behind a door.
struct Porter {
    server: Server,
    /// Servers before it, which may still have a request in hand.
    given_up: Vec<Server>,
    socket: Arc<TcpListener>,
    closed: Arc<AtomicBool>,
    came: Sender<Request>,
    neglected: u32,
}

impl Porter {
    fn work(mut self) {
        while !self.is_closed() {
            match self.server.recv_timeout(TICK) {
                Ok(Some(request)) => hand_on(request, &self.came),
                Ok(None) => self.look_after(),
                // The library's thread has ended: a client reset at the wrong moment, or
                // descriptors ran out. The sign-in goes on with another.
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
            leave(server);
        }
    }

    /// Does what the library doesn't.
    fn look_after(&mut self) {
        for server in &self.given_up {
            hand_on_all(server, &self.came);
        }
        if !self.is_somebody_waiting() {
            self.neglected = 0;
            self.knock();
            return;
        }
        // The library's thread panicked, as it does when descriptors or threads run out.
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

    /// Whether a connection is there that nobody has accepted.
    fn is_somebody_waiting(&self) -> bool {
        let mut socket = [PollFd::new(self.socket.as_fd(), PollFlags::POLLIN)];
        poll(&mut socket, PollTimeout::ZERO).is_ok_and(|ready| ready > 0)
    }

    /// Connects, and hangs up. Of several connections at once, the library may leave some to
    /// threads that wait for silent ones; each new connection makes it see to those.
    fn knock(&self) {
        let Ok(address) = self.socket.local_addr() else {
            return;
        };
        if let Ok(stream) = TcpStream::connect_timeout(&address, TICK) {
            // By a reset, for nothing of it is to stay behind.
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

/// Leaves a server whose socket is closed. It isn't dropped: that would drop the requests that
/// nobody took, and the library allocates and reads the rest of their bodies then, at any length
/// they claim.
fn leave(server: Server) {
    mem::forget(server);
}
