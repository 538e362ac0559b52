//! A provider that is never asked anything, for tests of what comes before and after it.

use std::collections::BTreeMap;

use super::Client;
use crate::domain::admission::{Admission, Profile};
use crate::domain::provider::{ClientAuth, OAuth2, Protocol, Provider, ProviderName, Redirect};

/// A plain OAuth 2.0 provider at `https://HOST`, by this name: a login begins there without the
/// network.
pub(crate) fn client(name: &str, host: &str) -> Client {
    let at = |path: &str| format!("https://{host}/{path}");
    let provider = Provider {
        name: ProviderName::parse(name).unwrap(),
        label: name.to_owned(),
        protocol: Protocol::OAuth2(Box::new(OAuth2 {
            authorization_endpoint: at("authorize"),
            token_endpoint: at("token"),
            device_authorization_endpoint: None,
            userinfo_endpoint: at("userinfo"),
            emails_endpoint: None,
            subject_field: "id".to_owned(),
            email_field: "email".to_owned(),
            email_verified_field: None,
            email_verified_as_text: false,
            first_name_field: None,
            last_name_field: None,
            name_field: None,
        })),
        preset: None,
        client_id: "desk".to_owned(),
        client_secret_file: None,
        client_auth: ClientAuth::Basic,
        scopes: Vec::new(),
        extra: BTreeMap::new(),
        redirect: Redirect::default(),
        device: false,
        ca_file: None,
        admission: Admission::default(),
    };
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
