//! Which operating-system user is at the other end of a connection on this machine: the sign-in
//! URL stands in the browser's argument list, so another user could finish it with their account.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use nix::unistd::geteuid;

/// Where Linux lists its connections (proc(5), `/proc/net/tcp`).
const TABLES: [&str; 2] = ["/proc/net/tcp", "/proc/net/tcp6"];
/// A table isn't read in one moment, so a connection may be missed once.
const TRIES: usize = 3;

/// Who is at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Peer {
    /// Our own user, or the system can't tell.
    Ours,
    /// Another user.
    Foreign,
    /// No one: the client closed the connection, so the system no longer says which user it was.
    Gone,
}

/// Who is at the other end of a connection from `peer` to our port.
pub(super) fn of_connection(peer: SocketAddr, our_port: u16) -> Peer {
    let mut found = Peer::Gone;
    for _ in 0..TRIES {
        let tables = TABLES.map(|path| fs::read_to_string(path).ok());
        found = judge(&tables, peer, our_port, geteuid().as_raw());
        if found != Peer::Gone {
            break;
        }
    }
    found
}

fn judge(tables: &[Option<String>; 2], peer: SocketAddr, our_port: u16, our_uid: u32) -> Peer {
    let ours = SocketAddr::new(peer.ip(), our_port);
    let mut tells = false;
    for entry in tables
        .iter()
        .flatten()
        .flat_map(|table| table.lines())
        .filter_map(TableEntry::read)
    {
        // Our own end is there while the connection is: the system tells.
        tells |= entry.is_between(ours, peer);
        // A socket that its process has closed has no inode any more, and root's uid.
        if entry.is_between(peer, ours) && entry.inode != 0 {
            return if entry.uid == our_uid {
                Peer::Ours
            } else {
                Peer::Foreign
            };
        }
    }
    if tells { Peer::Gone } else { Peer::Ours }
}

/// A line of the table: one end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TableEntry {
    local: SocketAddr,
    remote: SocketAddr,
    uid: u32,
    inode: u64,
}

impl TableEntry {
    /// Reads a line; the heading is none.
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.split_ascii_whitespace();
        let local = address(fields.nth(1)?)?;
        let remote = address(fields.next()?)?;
        let uid = fields.nth(4)?.parse().ok()?;
        let inode = fields.nth(1)?.parse().ok()?;
        Some(Self {
            local,
            remote,
            uid,
            inode,
        })
    }

    /// Whether it is the end of `local` in its connection with `remote`. A client may speak IPv4
    /// by way of an IPv6 socket, and its addresses are mapped ones then.
    fn is_between(&self, local: SocketAddr, remote: SocketAddr) -> bool {
        let is = |one: SocketAddr, other: SocketAddr| {
            one.port() == other.port() && one.ip().to_canonical() == other.ip().to_canonical()
        };
        is(self.local, local) && is(self.remote, remote)
    }
}

/// An address as the kernel prints it: words of 32 bits in the machine's byte order, the port as
/// a number.
fn address(text: &str) -> Option<SocketAddr> {
    let (words, port) = text.split_once(':')?;
    let ip: IpAddr = match words.len() {
        8 => Ipv4Addr::from(word(words)?).into(),
        32 => {
            let mut bytes = [0; 16];
            for (place, chunk) in bytes.chunks_exact_mut(4).enumerate() {
                chunk.copy_from_slice(&word(words.get(8 * place..8 * place + 8)?)?);
            }
            Ipv6Addr::from(bytes).into()
        }
        _ => return None,
    };
    Some(SocketAddr::new(ip, u16::from_str_radix(port, 16).ok()?))
}

fn word(hex: &str) -> Option<[u8; 4]> {
    u32::from_str_radix(hex, 16).ok().map(u32::to_ne_bytes)
}

#[cfg(test)]
mod tests;
