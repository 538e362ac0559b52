//! The proxies that the environment names. One that can't be used is an error: to pass it by would
//! tell the provider, and the network, what was to go through it.

use std::ffi::OsString;
use std::fmt;

use url::Url;

use super::super::error::ProxyFault;
use super::no_proxy::NoProxy;

/// The variables that name the proxy for `https`, the first that is set wins, as for curl.
const VARIABLES: [&str; 4] = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
const EXCEPTIONS: [&str; 2] = ["no_proxy", "NO_PROXY"];

/// The kinds of proxy, as curl names them. With the first ones the proxy looks up the host of the
/// provider; `socks5` and `socks4` get its address.
const KINDS: [&str; 6] = ["http", "https", "socks5h", "socks4a", "socks5", "socks4"];

/// The proxies that the environment names.
#[derive(Clone, Default)]
pub(super) struct Proxies {
    named: Option<Named>,
    exceptions: NoProxy,
}

/// A variable of the environment that is set, and its value unless it is no text.
#[derive(Clone)]
struct Named {
    variable: &'static str,
    value: Option<String>,
}

/// The proxy for a request.
#[derive(Clone)]
pub(super) struct ChosenProxy {
    pub proxy: ureq::Proxy,
    /// Its host and port.
    pub shown: String,
}

/// Shows no password.
impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variable = self.named.as_ref().map(|named| named.variable);
        f.debug_struct("Proxies")
            .field("variable", &variable)
            .field("exceptions", &self.exceptions)
            .finish()
    }
}

impl Proxies {
    /// Those of the environment of this process: a proxy is a matter of the machine, and no
    /// setting of this program.
    #[expect(
        clippy::disallowed_methods,
        reason = "programs that use the crate go through the proxies of their machine too"
    )]
    pub fn of_environment() -> Self {
        Self::read(|name| std::env::var_os(name))
    }

    fn read(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let set = |name: &&'static str| {
            let value = variable(name)?;
            // What is empty is the same as what is not set.
            let is_empty = value.to_str().is_some_and(|text| text.trim().is_empty());
            (!is_empty).then(|| Named {
                variable: name,
                value: value.into_string().ok(),
            })
        };
        let exceptions = EXCEPTIONS.iter().find_map(set).and_then(|named| named.value);
        Self {
            named: VARIABLES.iter().find_map(set),
            exceptions: exceptions.as_deref().map(NoProxy::parse).unwrap_or_default(),
        }
    }

    /// The proxy through which `url` is reached. What isn't encrypted goes to this machine alone,
    /// and through no proxy, which could read it.
    pub fn choose(&self, url: &Url) -> Result<Option<ChosenProxy>, ProxyFault> {
        match &self.named {
            Some(named) if url.scheme() == "https" && !self.exceptions.has(url) => named.proxy().map(Some),
            _ => Ok(None),
        }
    }
}

impl Named {
    fn proxy(&self) -> Result<ChosenProxy, ProxyFault> {
        let variable = self.variable;
        let unreadable = ProxyFault::Address { variable };
        let value = self.value.as_deref().ok_or(unreadable.clone())?.trim();
        let (kind, address) = value.split_once("://").unwrap_or(("http", value));
        let kind = kind.to_ascii_lowercase();
        if !KINDS.contains(&kind.as_str()) {
            return Err(ProxyFault::Kind { variable });
        }
        let address = format!("{kind}://{address}");
        // The client takes the default for a port that it can't read.
        let is_url = Url::parse(&address).is_ok_and(|url| url.has_host());
        let proxy = ureq::Proxy::new(&address).ok();
        let proxy = proxy.filter(|proxy| is_url && !proxy.host().is_empty());
        let proxy = proxy.ok_or(unreadable)?;
        Ok(ChosenProxy {
            shown: format!("{}:{}", proxy.host(), proxy.port()),
            proxy,
        })
    }
}

impl ChosenProxy {
    /// Whether the host of the provider is looked up here, before the proxy is asked.
    pub fn resolves_here(&self) -> bool {
        self.proxy.resolve_target()
    }

    /// Whether it speaks SOCKS.
    pub fn is_socks(&self) -> bool {
        !matches!(
            self.proxy.protocol(),
            ureq::ProxyProtocol::Http | ureq::ProxyProtocol::Https
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt as _;

    const ID: &str = "https://id.example.com/token";

    /// The proxy for a URL in an environment: its host and port.
    fn chosen(environment: &[(&str, &str)], url: &str) -> Result<Option<String>, ProxyFault> {
        let value = |name: &str| {
            let found = environment.iter().find(|(set, _)| *set == name);
            found.map(|(_, value)| OsString::from(*value))
        };
        let chosen = Proxies::read(value).choose(&Url::parse(url).unwrap())?;
        Ok(chosen.map(|chosen| chosen.shown))
    }

    /// That the proxy for a URL is this one.
    #[track_caller]
    fn check(environment: &[(&str, &str)], url: &str, shown: &str) {
        let chosen = chosen(environment, url).unwrap();
        assert_eq!(chosen.as_deref(), Some(shown), "{environment:?} {url}");
    }

    #[test]
    fn the_variable_for_https_goes_before_the_one_for_everything() {
        let https = ("https_proxy", "http://one:3128");
        let upper = ("HTTPS_PROXY", "http://two:3128");
        let all = ("all_proxy", "socks5h://three:1080");
        let upper_all = ("ALL_PROXY", "socks5h://four:1080");
        let http = [
            ("http_proxy", "http://five:3128"),
            ("HTTP_PROXY", "http://six:3128"),
        ];
        check(&[upper_all, all, upper, https], ID, "one:3128");
        check(&[upper_all, all, upper], ID, "two:3128");
        check(&[upper_all, all], ID, "three:1080");
        check(&[upper_all], ID, "four:1080");
        assert_eq!(chosen(&http, ID), Ok(None));
        for empty in ["", " "] {
            check(&[("https_proxy", empty), upper], ID, "two:3128");
        }
    }

    #[test]
    fn a_proxy_is_named_in_many_ways() {
        for (value, shown) in [
            ("proxy.example.com:3128", "proxy.example.com:3128"),
            ("http://proxy.example.com:3128/", "proxy.example.com:3128"),
            ("  http://proxy.example.com:3128\t", "proxy.example.com:3128"),
            ("HTTP://proxy.example.com", "proxy.example.com:80"),
            ("https://proxy.example.com", "proxy.example.com:443"),
            ("socks5h://proxy.example.com", "proxy.example.com:1080"),
            ("SOCKS5://192.0.2.1:9050", "192.0.2.1:9050"),
            ("socks4a://proxy.example.com", "proxy.example.com:1080"),
            (
                "http://ada:pa%3Ass@proxy.example.com:3128",
                "proxy.example.com:3128",
            ),
            ("http://[2001:db8::1]:3128", "[2001:db8::1]:3128"),
        ] {
            check(&[("HTTPS_PROXY", value)], ID, shown);
        }
    }

    #[test]
    fn one_that_cannot_be_used_is_an_error_that_never_shows_it() {
        let variable = "ALL_PROXY";
        for value in [
            "http://[bad",
            "http://",
            "http://ada:secret@",
            "http://ada:secret@host:port",
            "://x",
        ] {
            let fault = chosen(&[(variable, value)], ID).unwrap_err();
            assert!(fault.is_setting(), "{value}: {fault}");
            assert!(fault.to_string().contains(variable), "{value}: {fault}");
            assert!(!fault.to_string().contains("secret"), "{value}: {fault}");
        }
        for value in ["ftp://proxy.example.com", "socks://x", "socks6://x", "://x"] {
            assert_eq!(
                chosen(&[(variable, value)], ID),
                Err(ProxyFault::Kind { variable })
            );
        }
        let no_text = |name: &str| (name == variable).then(|| OsString::from_vec(vec![0xff]));
        let fault = Proxies::read(no_text).choose(&Url::parse(ID).unwrap());
        assert_eq!(fault.err(), Some(ProxyFault::Address { variable }));
    }

    #[test]
    fn one_that_is_not_needed_is_not_looked_at() {
        let bad = ("ALL_PROXY", "http://[bad");
        assert_eq!(chosen(&[bad, ("NO_PROXY", "example.com")], ID), Ok(None));
        let both = [bad, ("NO_PROXY", "other"), ("no_proxy", "example.com")];
        assert_eq!(chosen(&both, ID), Ok(None));
        assert!(chosen(&[bad, ("NO_PROXY", "example.org")], ID).is_err());
    }

    #[test]
    fn a_provider_on_this_machine_has_no_proxy_if_a_proxy_could_read_it() {
        let all = ("ALL_PROXY", "http://proxy.example.com:3128");
        for host in ["127.0.0.1", "localhost", "[::1]"] {
            assert_eq!(chosen(&[all], &format!("http://{host}:3000")), Ok(None));
            let encrypted = format!("https://{host}:3000");
            check(&[all], &encrypted, "proxy.example.com:3128");
            let direct = [all, ("no_proxy", "localhost,127.0.0.0/8,::1")];
            assert_eq!(chosen(&direct, &encrypted), Ok(None));
        }
    }

    #[test]
    fn passwords_are_never_shown() {
        let value = |name: &str| (name == "ALL_PROXY").then(|| "http://ada:secret@proxy:1".into());
        let proxies = Proxies::read(value);
        assert!(!format!("{proxies:?}").contains("secret"));
    }
}
