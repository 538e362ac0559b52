//! Why a provider couldn't be reached or understood.

use std::fmt;

use super::proxy::ProxyFault;
use crate::files::CertificateFault;

/// What was asked of the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Its discovery document (`OpenID` Connect Discovery §4).
    Discovery,
    /// Its keys (RFC 7517).
    Keys,
    /// To exchange a code for tokens.
    Token,
    /// Who it is.
    UserInfo,
    /// The list of addresses.
    Emails,
    /// A device code (RFC 8628).
    DeviceCode,
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Discovery => "the provider's discovery document",
            Self::Keys => "the provider's keys",
            Self::Token => "the provider's token endpoint",
            Self::UserInfo => "the provider's UserInfo endpoint",
            Self::Emails => "the provider's list of e-mail addresses",
            Self::DeviceCode => "the provider's device authorization endpoint",
        })
    }
}

/// Why a provider couldn't be reached or understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// No such host.
    #[error("the host {host} isn't known")]
    UnknownHost {
        /// Its name.
        host: String,
    },
    /// The proxy on the way can't be used.
    #[error(transparent)]
    Proxy(#[from] ProxyFault),
    /// No answer in time.
    #[error("no answer came in time")]
    Silent,
    /// The certificate isn't trusted.
    #[error("the certificate isn't trusted: {fault}")]
    Certificate {
        /// Why not.
        fault: CertificateFault,
        /// Whether certificates of the configuration were trusted too.
        has_ca_file: bool,
    },
    /// TLS failed in another way.
    #[error("TLS failed ({0})")]
    Tls(String),
    /// The answer has no end.
    #[error("the answer is longer than 1 MiB")]
    TooLong,
    /// It sent us elsewhere, which is never followed.
    #[error("the answer is a redirect, and redirects are not followed")]
    Redirected,
    /// It answered with an error.
    #[error("the answer has the HTTP status {0}")]
    Status(u16),
    /// The answer isn't JSON.
    #[error("the answer isn't JSON of the expected form")]
    Malformed,
    /// A field of the answer that is needed is missing, or is no text.
    #[error("the answer has no `{0}` that can be used")]
    Lacks(&'static str),
    /// The connection couldn't be made, or broke.
    #[error("{0}")]
    Connection(String),
}
