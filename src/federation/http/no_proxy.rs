//! Which hosts are reached without a proxy: `NO_PROXY`, as curl reads it.

use std::net::IpAddr;

use url::{Host, Url};

/// The hosts that need no proxy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NoProxy(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// `*`: every host.
    All,
    /// A host, and each host in its domain.
    Domain(String, Option<u16>),
    /// An address, or each address of a network.
    Network(IpAddr, u32, Option<u16>),
}

impl NoProxy {
    /// Reads a list with commas, or blanks, between its entries.
    pub fn parse(list: &str) -> Self {
        let entries = list.split([',', ' ', '\t']).filter(|entry| !entry.is_empty());
        Self(entries.filter_map(Entry::parse).collect())
    }

    /// Whether the host of this URL needs no proxy.
    pub fn has(&self, url: &Url) -> bool {
        let (host, port) = (url.host(), url.port_or_known_default());
        let fits = |wanted: &Option<u16>| wanted.is_none() || *wanted == port;
        self.0.iter().any(|entry| match (entry, &host) {
            (Entry::All, _) => true,
            (Entry::Domain(domain, wanted), Some(Host::Domain(name))) => {
                fits(wanted) && is_in_domain(name, domain)
            }
            (Entry::Network(network, bits, wanted), Some(Host::Ipv4(address))) => {
                fits(wanted) && is_in_network(IpAddr::V4(*address), *network, *bits)
            }
            (Entry::Network(network, bits, wanted), Some(Host::Ipv6(address))) => {
                fits(wanted) && is_in_network(IpAddr::V6(*address), *network, *bits)
            }
            _ => false,
        })
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        if let Some(network) = network(text, None) {
            return Some(network);
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (text, None),
        };
        // `*.example.com` isn't curl's, but is written often, and can mean nothing else.
        let domain = host.strip_prefix('*').unwrap_or(host).trim_matches('.');
        network(host, port)
            .or_else(|| (!domain.is_empty()).then(|| Self::Domain(domain.to_ascii_lowercase(), port)))
    }
}

/// An address, `address/bits`, or either in brackets.
fn network(text: &str, port: Option<u16>) -> Option<Entry> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let bare = address.trim_start_matches('[').trim_end_matches(']');
    let address: IpAddr = bare.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    // For curl no bits are all bits.
    let bits = bits.filter(|bits| *bits != 0).unwrap_or(most);
    (bits <= most).then_some(Entry::Network(address, bits, port))
}

fn is_in_domain(name: &str, domain: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    match name.strip_suffix(domain) {
        Some(before) => before.is_empty() || before.ends_with('.'),
        None => false,
    }
}

fn is_in_network(address: IpAddr, network: IpAddr, bits: u32) -> bool {
    let differs = match (address, network) {
        (IpAddr::V4(one), IpAddr::V4(other)) => (one.to_bits() ^ other.to_bits()) >> (32 - bits),
        (IpAddr::V6(one), IpAddr::V6(other)) => {
            return (one.to_bits() ^ other.to_bits()) >> (128 - bits) == 0;
        }
        _ => return false,
    };
    differs == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &str, url: &str, expected: bool) {
        let url = Url::parse(url).unwrap();
        assert_eq!(NoProxy::parse(list).has(&url), expected, "{list:?} {url}");
    }

    #[test]
    fn a_host_is_meant_with_its_whole_domain() {
        let id = "https://id.example.com/token";
        for list in [
            "id.example.com",
            "example.com",
            ".example.com",
            "ID.Example.COM",
            "example.com.",
            "com",
            "*.example.com",
            "localhost, example.com",
            "localhost example.com",
            ",,a,\t example.com,",
            "*",
            "a,*",
        ] {
            check(list, id, true);
        }
        for list in [
            "",
            ",",
            ".",
            "ample.com",
            "d.example.com",
            "www.id.example.com",
            "example.com.org",
            "id.example",
            "192.0.2.0/24",
        ] {
            check(list, id, false);
        }
        check("example.com", "https://id.example.com./", true);
    }

    #[test]
    fn a_port_counts_where_it_is_named() {
        let url = "https://id.example.com:8443";
        check("id.example.com:8443", url, true);
        check(".example.com:8443", url, true);
        check("id.example.com:443", url, false);
        check("id.example.com:443", "https://id.example.com", true);
        check("id.example.com:https", url, false);
        check("192.0.2.7:8443", "https://192.0.2.7:8443", true);
        check("192.0.2.7:8443", "https://192.0.2.7", false);
        check("[2001:db8::7]:8443", "https://[2001:db8::7]:8443", true);
        check("[2001:db8::7]:8443", "https://[2001:db8::7]", false);
    }

    #[test]
    fn an_address_is_compared_as_a_number() {
        for (list, url) in [
            ("127.0.0.1", "https://127.0.0.1"),
            ("127.0.0.0/8", "https://127.9.9.9"),
            ("192.0.2.0/24,x", "https://192.0.2.255:8443"),
            ("192.0.2.7/32", "https://192.0.2.7"),
            ("192.0.2.7/0", "https://192.0.2.7"),
            ("::1", "https://[::1]"),
            ("[::1]", "https://[::1]"),
            ("0:0::1", "https://[::1]"),
            ("2001:db8::/32", "https://[2001:db8:1::7]"),
        ] {
            check(list, url, true);
        }
        for (list, url) in [
            ("127.0.0.1", "https://127.0.0.2"),
            ("127.0.0.0/31", "https://127.0.0.2"),
            ("192.0.2.0/0", "https://192.0.2.7"),
            ("192.0.2.0/33", "https://192.0.2.0"),
            ("192.0.2.0/x", "https://192.0.2.0"),
            ("0.0.1", "https://127.0.0.1"),
            ("1", "https://127.0.0.1"),
            ("localhost", "https://127.0.0.1"),
            ("2001:db8::/32", "https://[2001:db9::7]"),
            ("::/1", "https://127.0.0.1"),
        ] {
            check(list, url, false);
        }
    }
}
