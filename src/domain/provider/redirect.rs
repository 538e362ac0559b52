//! The redirect URI.

/// The URI to which the provider sends the browser back (RFC 8252 §7.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The host of the URI.
    pub host: RedirectHost,
    /// The path of the URI.
    pub path: String,
    /// The ports to listen on. They are tried in order; 0 stands for any free port.
    pub ports: Vec<u16>,
}

impl Default for Redirect {
    fn default() -> Self {
        Self {
            host: RedirectHost::default(),
            path: "/callback".to_owned(),
            ports: vec![0],
        }
    }
}

impl Redirect {
    /// The redirect URI with this port.
    #[must_use]
    pub fn uri(&self, port: u16) -> String {
        format!("http://{}:{port}{}", self.host.as_str(), self.path)
    }
}

/// The host of a redirect URI. Each of the three is this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RedirectHost {
    /// `127.0.0.1`.
    #[default]
    Ipv4,
    /// `localhost`: the listener uses both addresses.
    Localhost,
    /// `[::1]`.
    Ipv6,
}

impl RedirectHost {
    /// The text of the host in a URI.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ipv4 => "127.0.0.1",
            Self::Localhost => "localhost",
            Self::Ipv6 => "[::1]",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_uri_has_host_port_and_path() {
        let redirect = Redirect {
            host: RedirectHost::Ipv6,
            ..Redirect::default()
        };
        assert_eq!(redirect.uri(4711), "http://[::1]:4711/callback");
    }
}
