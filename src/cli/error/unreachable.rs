//! What to do about a provider that can't be reached: certificates, proxies, addresses.

use crate::federation::{ProxyFault, Unreachable};
use crate::files::CertificateFault;

/// What to do about a provider that can't be reached or understood.
pub(super) fn unreachable(why: &Unreachable) -> &'static str {
    match why {
        Unreachable::Proxy(fault) => proxy(fault),
        Unreachable::UnknownHost { .. } => {
            "check the address in the configuration, and the name servers of this machine"
        }
        Unreachable::Silent => "try again; the provider, or a firewall on the way, does not answer",
        Unreachable::Certificate { fault, has_ca_file } => certificate(*fault, *has_ca_file),
        Unreachable::Tls(_) => "check the address: the other side may not speak TLS",
        Unreachable::TooLong | Unreachable::Malformed | Unreachable::Lacks(_) => {
            "check the address: a provider gives another answer"
        }
        Unreachable::Redirected => "name the address it redirects to in the configuration, if you trust it",
        Unreachable::Status(400..=499) => {
            "check the address in the configuration, and whether this client may use it"
        }
        Unreachable::Status(_) => "the provider has a fault; try again later",
        Unreachable::Connection(_) => {
            "check the address in the configuration, and the way there (a firewall, or a proxy that `https_proxy` has to name)"
        }
    }
}

/// What to do about a proxy that the environment names.
pub(super) fn proxy(fault: &ProxyFault) -> &'static str {
    match fault {
        ProxyFault::Address { .. } | ProxyFault::Kind { .. } => {
            "write it as `http://HOST:PORT`, or with `https`, `socks5h`, `socks5`, `socks4a` or `socks4` in place of `http`; `no_proxy` names the hosts that need no proxy"
        }
        ProxyFault::Credentials { .. } => {
            "write the user name and the password into the address of the proxy: `http://USER:PASSWORD@HOST:PORT`, with characters such as `@` as `%40`"
        }
        ProxyFault::Refused { .. } => {
            "ask the operator of the proxy whether it may connect to the provider; `no_proxy` names the hosts that need no proxy"
        }
        ProxyFault::UnknownHost { .. } | ProxyFault::Down { .. } | ProxyFault::Silent { .. } => {
            "check the proxy in the environment (`https_proxy`, `all_proxy`); `no_proxy` names the hosts that need no proxy"
        }
    }
}

fn certificate(fault: CertificateFault, has_ca_file: bool) -> &'static str {
    use CertificateFault as Fault;
    match fault {
        Fault::UnknownAuthority if has_ca_file => {
            "the file of `ca_file` doesn't hold the certificate of the authority that signed the provider's: ask the operator of the provider for it"
        }
        Fault::UnknownAuthority => {
            "name the certificate of the provider's authority with `ca_file`; if the provider has a public certificate, another machine may be reading the connection"
        }
        Fault::MarkedAsAuthority => {
            "the operator of the provider needs a certificate without that mark: `openssl req -x509` makes one with `-addext basicConstraints=critical,CA:FALSE`; name it in `ca_file`"
        }
        Fault::OtherName => {
            "check the address in the configuration: it needs the name that is in the certificate"
        }
        Fault::Expired | Fault::NotYetValid => {
            "check the clock of this machine, then tell the operator of the provider"
        }
    }
}
