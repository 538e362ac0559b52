//! The URLs of a provider.

use url::{Host, Url};

/// Why a URL is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// The text is not a URL with a host.
    #[error("must be a URL such as \"https://id.example.com/\"")]
    Malformed,
    /// The connection would not be encrypted (RFC 6749 §3.1, §3.2; RFC 9700 §2.6).
    #[error("must begin with https://; http:// is for this machine itself only")]
    Insecure,
    /// The URL holds `user:password@` before the host.
    #[error("must not hold a user or a password")]
    Credentials,
    /// The URL holds `#…` (RFC 6749 §3.1, §3.2).
    #[error("must not hold a fragment")]
    Fragment,
    /// The issuer holds `?…` (OpenID Connect Discovery 1.0 §2; RFC 8414 §2).
    #[error("must not hold a query")]
    Query,
}

/// Checks the URL of an endpoint. The text itself is used later, byte for byte.
///
/// # Errors
/// [`EndpointError`], saying which rule it breaks.
pub fn check_endpoint(text: &str) -> Result<Url, EndpointError> {
    // The parser, which is made for browsers, skips white space and changes `\` to `/`.
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let has_host = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| text.strip_prefix(scheme))
        .any(|rest| !rest.starts_with(['/', '?', '#']));
    let url = Url::parse(text).map_err(|_| EndpointError::Malformed)?;
    if !plain || !matches!(url.scheme(), "https" | "http") || !has_host {
        return Err(EndpointError::Malformed);
    }
    if url.scheme() == "http" && !is_loopback(&url) {
        return Err(EndpointError::Insecure);
    }
    let authority = text.split("://").nth(1).unwrap_or_default();
    let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(EndpointError::Credentials);
    }
    if url.fragment().is_some() {
        return Err(EndpointError::Fragment);
    }
    Ok(url)
}

/// Checks an issuer, which is an endpoint without a query.
///
/// # Errors
/// [`EndpointError`], saying which rule it breaks.
pub fn check_issuer(text: &str) -> Result<Url, EndpointError> {
    let url = check_endpoint(text)?;
    match url.query() {
        None => Ok(url),
        Some(_) => Err(EndpointError::Query),
    }
}

/// Whether the host is this machine. `localhost` is the only name: for names that end in `.localhost`, a
/// resolver can ask the network, although RFC 6761 §6.3 forbids it.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether the host belongs to Entra ID: to its public cloud or to a national cloud.
#[must_use]
pub fn is_entra(url: &Url) -> bool {
    const HOSTS: [&str; 3] = [
        "login.microsoftonline.com",
        "login.microsoftonline.us",
        "login.partner.microsoftonline.cn",
    ];
    url.host_str().is_some_and(|host| HOSTS.contains(&host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_tls_or_is_on_this_machine() {
        for right in [
            "https://id.example.com",
            "https://id.example.com:8443/realms/a%20b?x=1",
            "http://localhost:3000",
            "http://LOCALHOST",
            "http://127.9.9.9",
            "http://[::1]:3000/realm",
        ] {
            assert!(check_endpoint(right).is_ok(), "{right}");
        }
        for (wrong, why) in [
            ("", EndpointError::Malformed),
            ("id.example.com", EndpointError::Malformed),
            ("HTTPS://id.example.com", EndpointError::Malformed),
            ("https:id.example.com", EndpointError::Malformed),
            ("https:///id.example.com", EndpointError::Malformed),
            ("https://", EndpointError::Malformed),
            ("https://id.example.com/a b", EndpointError::Malformed),
            (" https://id.example.com", EndpointError::Malformed),
            ("https://id.example.com\\@evil.example", EndpointError::Malformed),
            ("https://ìd.example.com", EndpointError::Malformed),
            ("file:///etc/passwd", EndpointError::Malformed),
            ("http://id.example.com", EndpointError::Insecure),
            ("http://localhost.example.com", EndpointError::Insecure),
            ("http://notlocalhost", EndpointError::Insecure),
            ("http://op.localhost/", EndpointError::Insecure),
            ("http://localhost.", EndpointError::Insecure),
            ("http://128.0.0.1", EndpointError::Insecure),
            ("http://[::2]", EndpointError::Insecure),
            ("https://ada@id.example.com", EndpointError::Credentials),
            ("https://ada:pw@id.example.com", EndpointError::Credentials),
            ("https://@id.example.com", EndpointError::Credentials),
            ("https://id.example.com/#", EndpointError::Fragment),
        ] {
            assert_eq!(check_endpoint(wrong).err(), Some(why), "{wrong}");
        }
    }

    #[test]
    fn an_issuer_has_no_query() {
        assert!(check_issuer("https://id.example.com/@realm").is_ok());
        assert_eq!(
            check_issuer("https://id.example.com/?"),
            Err(EndpointError::Query)
        );
    }
}
