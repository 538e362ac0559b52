//! A browser of bytes.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use nix::libc::linger;
use nix::sys::socket::{setsockopt, sockopt};

use super::Listener;

/// A test that hangs fails at last.
const PATIENCE: Duration = Duration::from_mins(2);

pub(super) struct Client {
    pub(super) address: SocketAddr,
    pub(super) host: String,
}

/// What came back; status 0 if nothing did.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Client {
    pub(super) fn of(listener: &Listener) -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, listener.port()).into(),
            host: format!("127.0.0.1:{}", listener.port()),
        }
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    pub(super) fn get(&self, target: &str) -> Page {
        self.request("GET", target, "")
    }

    /// A request with our `Host`, and further lines, each with its CRLF.
    pub(super) fn request(&self, method: &str, target: &str, lines: &str) -> Page {
        self.raw(self.text(method, target, lines).as_bytes())
    }

    pub(super) fn text(&self, method: &str, target: &str, lines: &str) -> String {
        format!("{method} {target} HTTP/1.1\r\nHost: {}\r\n{lines}\r\n", self.host)
    }

    pub(super) fn raw(&self, bytes: &[u8]) -> Page {
        let mut stream = self.connect();
        // A client that is refused early may find the connection closed.
        let _ = stream.write_all(bytes);
        read(&mut stream)
    }

    /// Sends something and resets the connection without waiting for anything.
    pub(super) fn reset_after(&self, bytes: &[u8]) {
        let mut stream = self.connect();
        let at_once = linger {
            l_onoff: 1,
            l_linger: 0,
        };
        setsockopt(&stream, sockopt::Linger, &at_once).unwrap();
        let _ = stream.write_all(bytes);
    }
}

/// Reads one answer.
pub(super) fn read(stream: &mut TcpStream) -> Page {
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => bytes.push(byte[0]),
            Ok(_) => break,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error}"),
        }
    }
    let head = String::from_utf8(bytes).unwrap();
    let status = head.split(' ').nth(1).map_or(0, |status| status.parse().unwrap());
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = Vec::new();
    let length = length.map_or(0, |length| length.parse().unwrap());
    // What a HEAD is answered with has a length and no body.
    let is_there = stream.take(length).read_to_end(&mut body);
    assert!(is_there.is_ok() || body.is_empty(), "{is_there:?}");
    Page {
        status,
        head,
        body: String::from_utf8(body).unwrap(),
    }
}
