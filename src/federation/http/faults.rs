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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Error;

    /// What is said of an error on the way to a provider: directly, and through these proxies.
    #[track_caller]
    fn said(error: impl Fn() -> ureq::Error, [direct, http, socks]: [&str; 3]) {
        let url = Url::parse("https://id.example.com/token").unwrap();
        for (proxy, expected) in [
            (None, direct),
            (Some("http://proxy.example.com:3128"), http),
            (Some("socks5h://proxy.example.com:1080"), socks),
        ] {
            let chosen = proxy.map(|address| ChosenProxy {
                proxy: ureq::Proxy::new(address).unwrap(),
                shown: address.split_once("://").unwrap().1.to_owned(),
            });
            let way = Way {
                url: &url,
                proxy: chosen.as_ref(),
                has_ca_file: false,
            };
            let told = way.fault(error()).to_string();
            assert_eq!(told, expected, "{proxy:?}");
        }
    }

    fn io(kind: ErrorKind, text: &'static str) -> ureq::Error {
        ureq::Error::Io(Error::new(kind, text))
    }

    #[test]
    fn an_unknown_host_is_the_one_that_was_looked_up_here() {
        let of_proxies = [
            "the host id.example.com isn't known",
            "the host of the proxy proxy.example.com:3128 isn't known",
            "the host of the proxy proxy.example.com:1080 isn't known",
        ];
        said(|| ureq::Error::HostNotFound, of_proxies);
        let text = "failed to lookup address information: Name or service not known";
        said(|| io(ErrorKind::Other, text), of_proxies);
        let url = Url::parse("https://id.example.com").unwrap();
        let way = Way {
            url: &url,
            proxy: Some(&ChosenProxy {
                proxy: ureq::Proxy::new("socks5://proxy.example.com").unwrap(),
                shown: "proxy.example.com:1080".to_owned(),
            }),
            has_ca_file: false,
        };
        assert_eq!(
            way.fault(ureq::Error::HostNotFound).to_string(),
            "the host id.example.com, or the one of the proxy proxy.example.com:1080, isn't known"
        );
    }

    #[test]
    fn a_connection_that_is_not_made_is_the_one_to_the_proxy() {
        said(
            || io(ErrorKind::ConnectionRefused, ""),
            [
                "nothing listens there",
                "the proxy proxy.example.com:3128 can't be reached: nothing listens there",
                "the proxy proxy.example.com:1080 can't be reached: nothing listens there",
            ],
        );
        said(
            || ureq::Error::Timeout(Timeout::Connect),
            [
                "no answer came in time",
                "the proxy proxy.example.com:3128, or the provider behind it, didn't answer in time",
                "the proxy proxy.example.com:1080, or the provider behind it, didn't answer in time",
            ],
        );
        said(
            || io(ErrorKind::UnexpectedEof, ""),
            [
                "the connection was closed",
                "the connection through the proxy proxy.example.com:3128 was closed",
                "the connection through the proxy proxy.example.com:1080 was closed",
            ],
        );
    }

    #[test]
    fn what_a_socks_proxy_answers_is_told() {
        said(
            || io(ErrorKind::Other, "host unreachable"),
            [
                "host unreachable",
                "host unreachable",
                "the proxy proxy.example.com:1080 made no connection to the provider: host unreachable",
            ],
        );
        let needs = "the proxy proxy.example.com:1080 asks for a user name and a password";
        let text = "no acceptable auth methods";
        said(|| io(ErrorKind::Other, text), [text, text, needs]);
        let text = "password authentication failed";
        said(|| io(ErrorKind::PermissionDenied, text), [text, text, needs]);
    }

    #[test]
    fn a_certificate_is_that_of_the_provider_whatever_the_way() {
        let text = "invalid peer certificate: UnknownIssuer";
        let url = Url::parse("https://id.example.com").unwrap();
        let way = Way {
            url: &url,
            proxy: None,
            has_ca_file: true,
        };
        let fault = way.fault(io(ErrorKind::InvalidData, text));
        let expected = Unreachable::Certificate {
            fault: CertificateFault::UnknownAuthority,
            has_ca_file: true,
        };
        assert_eq!(fault, expected);
    }
}
