//! A provider that is never asked anything, for tests of what comes before and after it.

use super::Client;
use crate::domain::admission::Profile;
use crate::domain::provider::{OAuth2, Protocol, Provider, ProviderDescription, ProviderName};

/// A plain OAuth 2.0 provider at `https://HOST`, by this name: a login begins there without the
/// network.
pub(crate) fn client(name: &str, host: &str) -> Client {
    let at = |path: &str| format!("https://{host}/{path}");
    let mut oauth2 = OAuth2::new(at("authorize"), at("token"), at("userinfo"));
    oauth2.subject_field = "id".to_owned();
    let name = ProviderName::parse(name).unwrap();
    let described = ProviderDescription::new(name, "desk", Protocol::OAuth2(Box::new(oauth2)));
    let provider = Provider::new(described).unwrap();
    Client::new(provider, None).unwrap()
}

/// The person with this id at the provider, and with this verified address.
pub(crate) fn profile(client: &Client, subject: &str, email: &str) -> Profile {
    Profile {
        issuer: client.provider().issuer().to_owned(),
        subject: subject.to_owned(),
        email: Some(email.to_owned()),
        email_verified: true,
        first_name: None,
        last_name: None,
        locale: None,
        claims: serde_json::Map::new(),
    }
}
