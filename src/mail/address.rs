//! A stored address as the mail library takes it.

use lettre::Address;

use super::error::SendError;
use crate::domain::email::EmailAddress;

/// The stored address as the mail library has it.
pub(super) fn recipient(to: &EmailAddress) -> Result<Address, SendError> {
    address(to).ok_or_else(|| SendError::refused("no mail can be sent to the stored address"))
}

/// The address with its domain in ASCII, so that only an unusual local part needs a server
/// that knows SMTPUTF8 (RFC 6531).
pub(super) fn address(email: &EmailAddress) -> Option<Address> {
    let (local, domain) = email.as_str().rsplit_once('@')?;
    let domain = idna::domain_to_ascii(domain).ok()?;
    // Anything else would end a line of the dialogue.
    let clean = !local.chars().any(|c| c.is_control() || c == '<' || c == '>');
    clean.then(|| Address::new(local, domain).ok()).flatten()
}
