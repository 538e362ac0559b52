//! The kernel's list of connections, and the user of each end.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use nix::unistd::Uid;

/// Where Linux lists its connections (proc(5), `/proc/net/tcp`).
const TABLES: [&str; 2] = ["/proc/net/tcp", "/proc/net/tcp6"];
/// The kernel does not write a list at one moment, so it may leave a connection out.
const TRIES: usize = 3;
/// What the kernel shows instead of a user who has no id in our user namespace (`user_namespaces(7)`).
const OVERFLOW_UID: &str = "/proc/sys/kernel/overflowuid";
/// The users who have an id in our user namespace.
const UID_MAP: &str = "/proc/self/uid_map";

/// The user of the other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PeerOwner {
    /// The user with this id.
    User(Uid),
    /// A user outside of our container.
    Outside,
    /// The list has our end of the connection, and no user of the other end: its program has closed
    /// it, or runs outside of this system.
    Unknown,
    /// There is no list, or the connection is not on it.
    NotTold,
}

/// The user at the other end of a connection from `peer` to our port.
pub(super) fn owner(peer: SocketAddr, our_port: u16) -> PeerOwner {
    let mut found = PeerOwner::NotTold;
    for _ in 0..TRIES {
        let tables = TABLES.map(|path| fs::read_to_string(path).ok());
        found = find(&tables, peer, our_port);
        if let PeerOwner::User(uid) = found {
            let is_outside = overflow().is_some_and(|overflow| overflow == uid.as_raw());
            return if is_outside { PeerOwner::Outside } else { found };
        }
    }
    found
}

fn find(tables: &[Option<String>; 2], peer: SocketAddr, our_port: u16) -> PeerOwner {
    let mut owner = PeerOwner::NotTold;
    for entry in tables
        .iter()
        .flatten()
        .flat_map(|table| table.lines())
        .filter_map(TableEntry::read)
    {
        if entry.is_our_end(peer, our_port) {
            owner = PeerOwner::Unknown;
        }
        // A socket that its program has closed has no inode any more, and may have root's uid.
        if entry.is_other_end(peer, our_port) && entry.inode != 0 {
            return PeerOwner::User(Uid::from_raw(entry.uid));
        }
    }
    owner
}

/// The uid that stands for users outside of our user namespace, if there can be such users.
fn overflow() -> Option<u32> {
    let overflow = fs::read_to_string(OVERFLOW_UID).ok()?.trim().parse().ok()?;
    outside_of(&fs::read_to_string(UID_MAP).ok()?, overflow)
}

/// `overflow`, if the map has no user with this id.
fn outside_of(map: &str, overflow: u32) -> Option<u32> {
    let has_it = map.lines().any(|line| {
        let mut numbers = line.split_ascii_whitespace().map(str::parse::<u32>);
        let (Some(Ok(first)), Some(Ok(count))) = (numbers.next(), numbers.nth(1)) else {
            return true;
        };
        (first..first.saturating_add(count)).contains(&overflow)
    });
    (!has_it).then_some(overflow)
}

/// A line of the list: one end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TableEntry {
    local: SocketAddr,
    remote: SocketAddr,
    uid: u32,
    inode: u64,
}

impl TableEntry {
    /// Reads a line. Gives none for the heading.
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

    fn is_our_end(&self, peer: SocketAddr, our_port: u16) -> bool {
        is_ours(self.local, our_port) && is_same(self.remote, peer)
    }

    fn is_other_end(&self, peer: SocketAddr, our_port: u16) -> bool {
        is_same(self.local, peer) && is_ours(self.remote, our_port)
    }
}

fn is_ours(address: SocketAddr, our_port: u16) -> bool {
    address.port() == our_port && address.ip().to_canonical().is_loopback()
}

/// A client may use IPv4 through an IPv6 socket. Its addresses are mapped ones then.
fn is_same(one: SocketAddr, other: SocketAddr) -> bool {
    one.port() == other.port() && one.ip().to_canonical() == other.ip().to_canonical()
}

/// An address as the kernel writes it: words of 32 bits in the byte order of the machine, and the
/// port as a number.
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
