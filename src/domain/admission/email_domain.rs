//! The domains whose addresses are accepted.

use std::fmt;
use std::str::FromStr;

use crate::domain::email::EmailAddress;

/// A domain of e-mail addresses, in the form that it has in a canonical address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct EmailDomain(String);

/// Why a text is not a domain of e-mail addresses, in words that follow the name of the setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmailDomainFault {
    /// The text is a pattern.
    #[error("must hold no wildcards")]
    Wildcard,
    /// The text is an address.
    #[error("must hold domains, not addresses")]
    Address,
    /// No address can have this domain.
    #[error("must be a list of domains such as \"example.com\"")]
    Malformed,
}

impl EmailDomain {
    /// Reads a domain.
    ///
    /// # Errors
    /// [`EmailDomainFault`] if no address can have the domain.
    pub fn parse(text: &str) -> Result<Self, EmailDomainFault> {
        if text.starts_with("*.") {
            return Err(EmailDomainFault::Wildcard);
        }
        if text.contains('@') {
            return Err(EmailDomainFault::Address);
        }
        let address = EmailAddress::parse(&format!("x@{text}"));
        let domain = address.ok().and_then(|address| domain_of(&address).map(Self));
        domain.ok_or(EmailDomainFault::Malformed)
    }

    /// The text of the domain.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the address has this domain.
    pub(super) fn is_of(&self, address: &EmailAddress) -> bool {
        domain_of(address).as_ref() == Some(&self.0)
    }
}

impl FromStr for EmailDomain {
    type Err = EmailDomainFault;

    fn from_str(text: &str) -> Result<Self, EmailDomainFault> {
        Self::parse(text)
    }
}

impl fmt::Display for EmailDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn domain_of(address: &EmailAddress) -> Option<String> {
    let (_, domain) = address.canonical().as_str().rsplit_once('@')?;
    Some(domain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_the_form_of_canonical_addresses() {
        for (text, domain) in [
            ("Example.COM", "example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ] {
            assert_eq!(EmailDomain::parse(text).unwrap().as_str(), domain);
        }
        for (text, fault) in [
            ("*.example.com", EmailDomainFault::Wildcard),
            ("@example.com", EmailDomainFault::Address),
            ("", EmailDomainFault::Malformed),
            ("example..com", EmailDomainFault::Malformed),
            ("https://example.com", EmailDomainFault::Malformed),
        ] {
            assert_eq!(EmailDomain::parse(text), Err(fault), "{text}");
        }
    }
}
