//! Which operating-system user sent a request. The sign-in URL is in the argument list of the browser,
//! and every user of the machine can read that list. Another user could open the URL, sign in with
//! their own account, and send the provider's answer to our port.
//!
//! The system tells the user of a connection that is open. It does not tell the user if a browser closed
//! its connection at once, if the connection comes from outside (Windows, for WSL2), or if root passes
//! on what others send (`kubectl port-forward`, published ports of containers). Such a connection
//! counts as ours where no other person uses this machine.

mod neighbours;
mod table;

use std::net::{SocketAddr, UdpSocket};

use nix::unistd::{Uid, geteuid};

pub(super) use self::neighbours::Neighbours;
use self::table::PeerOwner;

/// Why a request with the right answer is refused: another user sent it, or may have sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeerFault {
    /// The connection belongs to another operating-system user.
    #[error("the right answer came from the browser of another user of this machine (uid {uid})")]
    OtherUser {
        /// The user.
        uid: u32,
    },
    /// The connection belongs to root, and other users are here for whom root may pass it on.
    #[error(
        "the right answer came through a program of root, which another user of this machine may use too"
    )]
    Root,
    /// The system does not tell the user, and other users are here.
    #[error(
        "the right answer came over a connection whose user can't be found out, and another user of this machine may have made it"
    )]
    Unknown,
    /// The connection comes from another machine.
    #[error("the right answer came from another machine")]
    OtherMachine,
}

/// Checks that the connection from `peer` to our port is one that our user made.
pub(super) fn check(peer: SocketAddr, our_port: u16, neighbours: &Neighbours) -> Result<(), PeerFault> {
    if !is_of_this_machine(peer) {
        return Err(PeerFault::OtherMachine);
    }
    let owner = table::owner(peer, our_port);
    judge(owner, geteuid(), || neighbours.look())
}

fn judge(owner: PeerOwner, us: Uid, has_neighbours: impl FnOnce() -> bool) -> Result<(), PeerFault> {
    match owner {
        PeerOwner::NotTold => Ok(()),
        PeerOwner::User(uid) if uid == us => Ok(()),
        PeerOwner::User(uid) if !uid.is_root() => Err(PeerFault::OtherUser { uid: uid.as_raw() }),
        _ if !has_neighbours() => Ok(()),
        PeerOwner::User(_) | PeerOwner::Outside => Err(PeerFault::Root),
        PeerOwner::Unknown => Err(PeerFault::Unknown),
    }
}

/// Whether a source address is an address of this machine. A program may connect to `127.0.0.1` from
/// each of them. No other machine can, unless the kernel was told to let it (`route_localnet`).
fn is_of_this_machine(peer: SocketAddr) -> bool {
    let mut address = peer;
    // Only an address of this machine can be bound.
    address.set_port(0);
    peer.ip().to_canonical().is_loopback() || UdpSocket::bind(address).is_ok()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const US: Uid = Uid::from_raw(1000);

    fn alone(owner: PeerOwner) -> Result<(), PeerFault> {
        judge(owner, US, || false)
    }

    fn among_others(owner: PeerOwner) -> Result<(), PeerFault> {
        judge(owner, US, || true)
    }

    #[test]
    fn another_user_is_refused_even_if_nobody_else_was_seen() {
        for uid in [1, 1001, 65_534] {
            let other = PeerOwner::User(Uid::from_raw(uid));
            assert_eq!(alone(other), Err(PeerFault::OtherUser { uid }));
            assert_eq!(among_others(other), Err(PeerFault::OtherUser { uid }));
        }
    }

    #[test]
    fn our_user_is_taken_among_others_too() {
        assert_eq!(among_others(PeerOwner::User(US)), Ok(()));
        let root = Uid::from_raw(0);
        assert_eq!(judge(PeerOwner::User(root), root, || true), Ok(()));
    }

    #[test]
    fn root_and_connections_without_a_user_are_ours_where_we_are_alone() {
        let root = PeerOwner::User(Uid::from_raw(0));
        for (owner, fault) in [
            (root, PeerFault::Root),
            (PeerOwner::Outside, PeerFault::Root),
            (PeerOwner::Unknown, PeerFault::Unknown),
        ] {
            assert_eq!(alone(owner), Ok(()));
            assert_eq!(among_others(owner), Err(fault));
        }
    }

    #[test]
    fn where_the_system_does_not_tell_every_connection_counts() {
        assert_eq!(among_others(PeerOwner::NotTold), Ok(()));
    }

    #[test]
    fn an_address_of_another_machine_is_none_of_ours() {
        let from = |ip: Ipv4Addr| is_of_this_machine(SocketAddr::from((ip, 50_000)));
        assert!(from(Ipv4Addr::LOCALHOST));
        assert!(from(Ipv4Addr::new(127, 1, 2, 3)));
        assert!(is_of_this_machine("[::ffff:127.0.0.1]:50000".parse().unwrap()));
        // Reserved for documentation (RFC 5737).
        assert!(!from(Ipv4Addr::new(192, 0, 2, 1)));
        // The address by which this machine reaches others, where it has one. Nothing is sent.
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).unwrap();
        if socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).is_ok() {
            assert!(is_of_this_machine(socket.local_addr().unwrap()));
        }
    }
}
