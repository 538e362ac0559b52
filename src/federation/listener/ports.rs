//! The sockets: bound here, and not by the library, so that nothing can come in between.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

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
    let first: SocketAddr = match host {
        RedirectHost::Ipv4 | RedirectHost::Localhost => (Ipv4Addr::LOCALHOST, port).into(),
        RedirectHost::Ipv6 => (Ipv6Addr::LOCALHOST, port).into(),
    };
    let first = TcpListener::bind(first)?;
    let port = first.local_addr()?.port();
    let mut all = vec![first];
    if host == RedirectHost::Localhost {
        match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
            Ok(second) => all.push(second),
            Err(error) if is_without_ipv6(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Sockets { port, all })
}

/// Whether this machine has no `::1`: then no browser can be sent there.
fn is_without_ipv6(error: &io::Error) -> bool {
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
        if TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_err_and(|error| is_without_ipv6(&error)) {
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
