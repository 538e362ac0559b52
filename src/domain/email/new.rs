//! What an address must be before a user gets it. What was stored earlier can break these rules.

use std::net::IpAddr;

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};

use super::error::EmailError;
use crate::domain::text;

/// The length of the longest address, in bytes (RFC 5321 §4.5.3.1.3, without the angle brackets).
pub(super) const MAX_BYTES: usize = 254;

/// Checks that a mail server elsewhere accepts `address`.
pub(super) fn check(address: &str) -> Result<(), EmailError> {
    // An address can hold a space of ASCII between quotes: that is told below.
    let unseen = |c: &char| *c != ' ' && !text::is_visible_mark(*c);
    if let Some(c) = address.chars().find(unseen) {
        return Err(EmailError::HiddenCharacter(c));
    }
    let (local, domain) = address.rsplit_once('@').ok_or(EmailError::Malformed)?;
    if local.is_empty() || domain.is_empty() {
        return Err(EmailError::Malformed);
    }
    if local.starts_with('"') && local.ends_with('"') {
        return Err(EmailError::QuotedLocalPart);
    }
    let ascii = host_name(domain)?;
    if local.len() + 1 + ascii.len() > MAX_BYTES {
        return Err(EmailError::TooLong);
    }
    Ok(())
}

/// The ASCII form of a host name (RFC 1123 §2.1, RFC 5321 §2.3.5): labels of 1 to 63 letters, digits
/// and hyphens, no hyphen at either end; the last label is no number, because then it would be part
/// of an IP address. One label alone is a host name: mail systems inside of a company have such names.
fn host_name(domain: &str) -> Result<String, EmailError> {
    let bracketed = domain.starts_with('[');
    if bracketed || domain.parse::<IpAddr>().is_ok() {
        return Err(EmailError::AddressLiteral);
    }
    if domain.contains(|c: char| c.is_whitespace() || "<>()\",;".contains(c)) {
        return Err(EmailError::Malformed);
    }
    let ascii = Uts46::new()
        .to_ascii(
            domain.as_bytes(),
            AsciiDenyList::STD3,
            Hyphens::CheckFirstLast,
            DnsLength::Verify,
        )
        .map_err(|_| EmailError::NoHostName)?;
    if ascii.parse::<IpAddr>().is_ok() {
        return Err(EmailError::AddressLiteral);
    }
    let last = ascii.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last.strip_prefix("0x");
    let is_number = last.bytes().all(|b| b.is_ascii_digit())
        || hexadecimal.is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
    if is_number {
        return Err(EmailError::NoHostName);
    }
    Ok(ascii.into_owned())
}
