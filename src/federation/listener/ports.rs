//! The sockets: bound here, and not by the library, so that nothing can come in between.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};

use nix::errno::Errno;

use super::error::ListenError;
use crate::domain::provider::{Redirect, RedirectHost};

/// So many free ports are tried until one is free on both addresses.
const TRIES: usize = 32;

/// What is listened on: one port of one or two addresses.
pub(super) struct Sockets {
    pub(super) port: u16,
    pub(super) all: Vec<TcpListener>,
}

/// Binds the first port that is free.
pub(super) fn bind(redirect: &Redirect) -> Result<Sockets, ListenError> {
    for port in &redirect.ports {
        let tries = if *port == 0 { TRIES } else { 1 };
        for _ in 0..tries {
            match bind_port(redirect.host, *port) {
                Ok(sockets) => return Ok(sockets),
                Err(error) if error.kind() == ErrorKind::AddrInUse => {}
                Err(source) => {
                    return Err(ListenError::Refused {
                        address: format!("{}:{port}", redirect.host.as_str()),
                        source,
                    });
                }
            }
        }
    }
    Err(ListenError::PortTaken {
        ports: redirect.ports.clone(),
    })
}

fn bind_port(host: RedirectHost, port: u16) -> io::Result<Sockets> {
    const IPV4: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
    const IPV6: IpAddr = IpAddr::V6(Ipv6Addr::LOCALHOST);
    match host {
        RedirectHost::Ipv4 => bind_all(&[IPV4], port),
        RedirectHost::Ipv6 => bind_all(&[IPV6], port),
        RedirectHost::Localhost => bind_all(&[IPV4, IPV6], port),
    }
}

/// Binds one port of each address that this machine has. It needs one of them at least.
fn bind_all(addresses: &[IpAddr], mut port: u16) -> io::Result<Sockets> {
    let mut all = Vec::new();
    let mut missing = None;
    for address in addresses {
        match TcpListener::bind((*address, port)) {
            Ok(socket) => {
                port = socket.local_addr()?.port();
                all.push(socket);
            }
            Err(error) if is_missing(&error) => missing = Some(error),
            Err(error) => return Err(error),
        }
    }
    match missing {
        Some(error) if all.is_empty() => Err(error),
        _ => Ok(Sockets { port, all }),
    }
}

/// Whether this machine does not have the address. Then no browser can be sent there.
fn is_missing(error: &io::Error) -> bool {
    let errno = error.raw_os_error().map(Errno::from_raw);
    matches!(errno, Some(Errno::EADDRNOTAVAIL | Errno::EAFNOSUPPORT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(host: RedirectHost, ports: &[u16]) -> Redirect {
        Redirect {
            host,
            ports: ports.to_vec(),
            ..Redirect::default()
        }
    }

    #[test]
    fn any_free_port_is_taken_or_the_first_free_one_of_a_list() {
        let any = bind(&redirect(RedirectHost::Ipv4, &[0])).unwrap();
        let free = bind(&redirect(RedirectHost::Ipv4, &[0])).unwrap().port;
        let next = bind(&redirect(RedirectHost::Ipv4, &[any.port, free])).unwrap();
        assert_eq!(next.port, free);
    }

    #[test]
    fn taken_ports_are_named_with_the_setting() {
        let [one, two] = [0, 0].map(|port| bind(&redirect(RedirectHost::Ipv4, &[port])).unwrap());
        let ports = [one.port, two.port];
        let error = bind(&redirect(RedirectHost::Ipv4, &ports))
            .map(|_| ())
            .unwrap_err();
        let said = error.to_string();
        assert!(matches!(error, ListenError::PortTaken { .. }), "{error:?}");
        for named in [ports[0].to_string(), ports[1].to_string(), "`ports`".to_owned()] {
            assert!(said.contains(&named), "{said}");
        }
    }

    #[test]
    fn localhost_is_both_addresses_on_one_port() {
        let sockets = bind(&redirect(RedirectHost::Localhost, &[0])).unwrap();
        if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err_and(|error| is_missing(&error)) {
            assert_eq!(sockets.all.len(), 1);
            return;
        }
        let ports: Vec<u16> = sockets
            .all
            .iter()
            .map(|one| one.local_addr().unwrap().port())
            .collect();
        assert_eq!(ports, [sockets.port; 2]);
    }

    #[test]
    fn an_address_that_this_machine_does_not_have_is_left_out_if_there_is_another() {
        // Reserved for documentation (RFC 5737).
        let [missing, ours] = [[192, 0, 2, 1], [127, 0, 0, 1]].map(IpAddr::from);
        for addresses in [[missing, ours], [ours, missing]] {
            let sockets = bind_all(&addresses, 0).unwrap();
            let bound: Vec<IpAddr> = sockets
                .all
                .iter()
                .map(|one| one.local_addr().unwrap().ip())
                .collect();
            assert_eq!(bound, [ours]);
        }
        let error = bind_all(&[missing], 0).map(|_| ()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AddrNotAvailable);
    }

    #[test]
    fn a_port_that_is_taken_on_one_address_is_taken() {
        let Ok(theirs) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)) else {
            return;
        };
        let port = theirs.local_addr().unwrap().port();
        let error = bind(&redirect(RedirectHost::Localhost, &[port]))
            .map(|_| ())
            .unwrap_err();
        assert!(matches!(error, ListenError::PortTaken { .. }), "{error:?}");
    }
}
