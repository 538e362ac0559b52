//! What a provider says about a person.

use serde_json::{Map, Value};

use crate::domain::email::EmailAddress;

/// What the provider says about a person who signed in. The answer of the provider is verified.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The issuer.
    pub issuer: String,
    /// The id of the person at the provider. It never changes.
    pub subject: String,
    /// The e-mail address, as the provider gave it.
    pub email: Option<String>,
    /// Whether the provider says that the address is verified.
    pub email_verified: bool,
    /// The first name, as the provider gave it.
    pub first_name: Option<String>,
    /// The last name, as the provider gave it.
    pub last_name: Option<String>,
    /// The language, as the provider gave it.
    pub locale: Option<String>,
    /// The claims of the ID token; for plain OAuth 2.0, the fields of the `UserInfo` answer.
    pub claims: Map<String, Value>,
}

impl Profile {
    /// The e-mail address, if the provider gave one that a user can have. A new user may not get it.
    #[must_use]
    pub fn address(&self) -> Option<EmailAddress> {
        EmailAddress::parse_existing(self.email.as_deref()?).ok()
    }
}
