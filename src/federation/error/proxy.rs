//! Why a proxy can't be used.

/// Why the proxy that the environment names can't be used. What names it is never shown whole: it
/// may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProxyFault {
    /// The variable holds no address.
    #[error("the environment variable `{variable}` doesn't hold the address of a proxy")]
    Address {
        /// The environment variable.
        variable: &'static str,
    },
    /// The variable names a kind of proxy that nobody knows.
    #[error("the environment variable `{variable}` names a kind of proxy that this program doesn't know")]
    Kind {
        /// The environment variable.
        variable: &'static str,
    },
    /// No such host.
    #[error("the host of the proxy {proxy} isn't known")]
    UnknownHost {
        /// Its host and port.
        proxy: String,
    },
    /// The connection couldn't be made.
    #[error("the proxy {proxy} can't be reached: {why}")]
    Down {
        /// Its host and port.
        proxy: String,
        /// Why not.
        why: String,
    },
    /// No answer in time.
    #[error("the proxy {proxy}, or the provider behind it, didn't answer in time")]
    Silent {
        /// Its host and port.
        proxy: String,
    },
    /// It wants to know who asks.
    #[error("the proxy {proxy} asks for a user name and a password")]
    Credentials {
        /// Its host and port.
        proxy: String,
    },
    /// It makes no connection to the provider.
    #[error("the proxy {proxy} made no connection to the provider: {why}")]
    Refused {
        /// Its host and port.
        proxy: String,
        /// What it said.
        why: String,
    },
}

impl ProxyFault {
    /// Whether what the environment says is wrong, and not the way to the proxy.
    #[must_use]
    pub fn is_setting(&self) -> bool {
        matches!(self, Self::Address { .. } | Self::Kind { .. })
    }
}
