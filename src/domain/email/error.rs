//! Why an address is refused.

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmailError {
    /// The text is empty.
    #[error("an e-mail address is needed, and this one is empty")]
    Empty,
    /// The address is longer than RFC 5321 §4.5.3.1.3 allows.
    #[error("the e-mail address is longer than 254 characters")]
    TooLong,
    /// The address holds an invisible character, or a space that is not ASCII.
    #[error("an e-mail address can't hold the character U+{:04X}", u32::from(*.0))]
    HiddenCharacter(char),
    /// The address doesn't have the form `name@domain`.
    #[error("the e-mail address isn't of the form name@domain")]
    Malformed,
    /// The part before the `@` is in quotes (RFC 5321 §4.1.2, `Quoted-string`).
    #[error("the part of the e-mail address before the `@` is in quotes")]
    QuotedLocalPart,
    /// The part after the `@` is an IP address (RFC 5321 §4.1.3).
    #[error("the part of the e-mail address after the `@` is an IP address, and not the name of a domain")]
    AddressLiteral,
    /// The part after the `@` is not the name of a host.
    #[error("the part of the e-mail address after the `@` is not the name of a domain")]
    NoHostName,
}
