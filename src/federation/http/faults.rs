//! Why a request found no answer, in the words of this program.

use std::io::ErrorKind;

use ureq::Timeout;
use url::Url;

use super::super::error::{ProxyFault, Unreachable};
use super::proxies::ChosenProxy;
use crate::files::CertificateFault;

/// The way that a request took.
pub(super) struct Way<'a> {
    pub url: &'a Url,
    pub proxy: Option<&'a ChosenProxy>,
    /// Whether certificates of the configuration were trusted too.
    pub has_ca_file: bool,
}

impl Way<'_> {
    /// What went wrong on the way.
    pub fn fault(&self, error: ureq::Error) -> Unreachable {
        use ureq::Error as E;
        match error {
            E::HostNotFound | E::Timeout(Timeout::Resolve) => self.unknown_host(),
            E::Timeout(Timeout::Connect) => match self.shown() {
                Some(proxy) => ProxyFault::Silent { proxy }.into(),
                None => Unreachable::Silent,
            },
            E::Timeout(_) => Unreachable::Silent,
            E::BodyExceedsLimit(_) | E::LargeResponseHeader(..) => Unreachable::TooLong,
            E::Rustls(error) => self.tls(&error.to_string()),
            E::Tls(what) => self.tls(what),
            E::ConnectProxyFailed(said) => self.refused(&said),
            E::Io(error) => self.connection(&error),
            E::Protocol(_) => Unreachable::Connection("the answer isn't HTTP".to_owned()),
            error => Unreachable::Connection(error.to_string()),
        }
    }

    /// Host and port of the proxy.
    fn shown(&self) -> Option<String> {
        self.proxy.map(|proxy| proxy.shown.clone())
    }

    fn unknown_host(&self) -> Unreachable {
        let host = self.url.host_str().unwrap_or_default();
        match self.proxy {
            Some(proxy) if !proxy.resolves_here() => {
                let proxy = proxy.shown.clone();
                ProxyFault::UnknownHost { proxy }.into()
            }
            // Both are looked up here, and nobody says which was not found.
            Some(proxy) => Unreachable::UnknownHost {
                host: format!("{host}, or the one of the proxy {},", proxy.shown),
            },
            None => Unreachable::UnknownHost {
                host: host.to_owned(),
            },
        }
    }

    fn connection(&self, error: &std::io::Error) -> Unreachable {
        let text = error.to_string();
        // The standard library has no kind for it.
        if text.starts_with("failed to lookup address") {
            return self.unknown_host();
        }
        // What rustls finds arrives as the reason of a broken connection.
        if ["certificate", "TLS", "Tls"]
            .iter()
            .any(|word| text.contains(word))
        {
            return self.tls(&text);
        }
        let why = match error.kind() {
            ErrorKind::ConnectionRefused => "nothing listens there".to_owned(),
            ErrorKind::UnexpectedEof => "the connection was closed".to_owned(),
            _ => text,
        };
        let Some(proxy) = self.proxy else {
            return match error.kind() {
                ErrorKind::TimedOut => Unreachable::Silent,
                _ => Unreachable::Connection(why),
            };
        };
        let shown = proxy.shown.clone();
        match error.kind() {
            ErrorKind::TimedOut => ProxyFault::Silent { proxy: shown },
            // Nothing but the proxy is connected to from here.
            ErrorKind::ConnectionRefused
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::AddrNotAvailable => ProxyFault::Down { proxy: shown, why },
            ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => {
                let why = format!("the connection through the proxy {shown} was closed");
                return Unreachable::Connection(why);
            }
            _ if !proxy.is_socks() => return Unreachable::Connection(why),
            ErrorKind::PermissionDenied => ProxyFault::Credentials { proxy: shown },
            _ if why.contains("auth method") => ProxyFault::Credentials { proxy: shown },
            _ => ProxyFault::Refused { proxy: shown, why },
        }
        .into()
    }

    /// A proxy that speaks HTTP answered with another status than 200.
    fn refused(&self, said: &str) -> Unreachable {
        let proxy = self.shown().unwrap_or_default();
        let digits = |word: &&str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_digit());
        let status = said.split(|letter: char| !letter.is_ascii_digit()).find(digits);
        match status {
            // Some proxies have the status of a provider for it.
            Some("407" | "401") => ProxyFault::Credentials { proxy },
            Some(status) => ProxyFault::Refused {
                proxy,
                why: format!("its answer has the HTTP status {status}"),
            },
            None => ProxyFault::Refused {
                proxy,
                why: "the connection was closed".to_owned(),
            },
        }
        .into()
    }

    fn tls(&self, text: &str) -> Unreachable {
        match CertificateFault::of(text) {
            Some(fault) => Unreachable::Certificate {
                fault,
                has_ca_file: self.has_ca_file,
            },
            None => Unreachable::Tls(text.to_owned()),
        }
    }
}
