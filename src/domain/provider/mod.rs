//! Third-party providers: services that say who a person is.

use std::collections::BTreeMap;
use std::path::Path;

use super::admission::Admission;

mod algorithm;
mod description;
mod endpoint;
mod fault;
mod name;
mod preset;
mod protocol;
mod redirect;
mod registration;
mod remarks;
mod rules;
mod subjects;

pub use algorithm::SigningAlgorithm;
pub use description::ProviderDescription;
pub use endpoint::{EndpointError, check_endpoint, is_loopback};
pub use fault::{ProviderFault, ProviderRule};
pub use name::{ProviderName, ProviderNameError};
pub use preset::Preset;
pub use protocol::{ClientAuth, OAuth2, Oidc, Protocol, ProviderKind};
pub use redirect::{Redirect, RedirectHost};
pub use registration::Registration;
pub use subjects::different_subjects;

/// A provider. Its settings obey every rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    described: ProviderDescription,
}

impl Provider {
    /// The provider with these settings.
    ///
    /// # Errors
    /// [`ProviderFault`], which names the first setting that breaks a rule.
    pub fn new(mut described: ProviderDescription) -> Result<Self, ProviderFault> {
        described.check()?;
        // Google offers the account of this domain first. It is a hint: the ID token is checked.
        if described.preset == Some(Preset::Google)
            && let Some(domain) = described.admission.required_text("hd")
        {
            let domain = domain.to_owned();
            described.extra.entry("hd".to_owned()).or_insert(domain);
        }
        Ok(Self { described })
    }

    /// The same provider with these ports of the redirect URI. Without a port, nothing changes.
    #[must_use]
    pub fn with_ports(mut self, ports: &[u16]) -> Self {
        if !ports.is_empty() {
            self.described.redirect.ports = ports.to_vec();
        }
        self
    }

    /// The name in the configuration.
    #[must_use]
    pub fn name(&self) -> &ProviderName {
        &self.described.name
    }

    /// The name that people read.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.described.label
    }

    /// How we talk to the provider.
    #[must_use]
    pub fn protocol(&self) -> &Protocol {
        &self.described.protocol
    }

    /// The preset, if there is one.
    #[must_use]
    pub fn preset(&self) -> Option<Preset> {
        self.described.preset
    }

    /// The client id that the provider gave to this program.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.described.client_id
    }

    /// The file with the client secret. A public client has none.
    #[must_use]
    pub fn client_secret_file(&self) -> Option<&Path> {
        self.described.client_secret_file.as_deref()
    }

    /// How the client secret is sent to the token endpoint. `None` if the metadata of the provider
    /// says it; without metadata it is sent in a header.
    #[must_use]
    pub fn client_auth(&self) -> Option<ClientAuth> {
        self.described.client_auth
    }

    /// The scopes of the authorization request.
    #[must_use]
    pub fn scopes(&self) -> &[String] {
        &self.described.scopes
    }

    /// Further parameters of the authorization request.
    #[must_use]
    pub fn extra(&self) -> &BTreeMap<String, String> {
        &self.described.extra
    }

    /// The URI to which the provider sends the browser back.
    #[must_use]
    pub fn redirect(&self) -> &Redirect {
        &self.described.redirect
    }

    /// Whether a person can sign in with a device code (RFC 8628).
    #[must_use]
    pub fn device(&self) -> bool {
        self.described.device
    }

    /// A file of certificates that are trusted beside those of the system.
    #[must_use]
    pub fn ca_file(&self) -> Option<&Path> {
        self.described.ca_file.as_deref()
    }

    /// The rules that say who can sign in.
    #[must_use]
    pub fn admission(&self) -> &Admission {
        &self.described.admission
    }

    /// The issuer. A plain OAuth 2.0 provider has none: the URL of its `UserInfo` endpoint stands in
    /// its place. So two people with one subject stay two people when the provider gets another name
    /// or another URL in the configuration.
    #[must_use]
    pub fn issuer(&self) -> &str {
        match self.protocol() {
            Protocol::Oidc(oidc) => &oidc.issuer,
            Protocol::OAuth2(oauth2) => &oauth2.userinfo_endpoint,
        }
    }

    /// The subject of the person with this id. OpenID Connect has one field for the id. A plain
    /// OAuth 2.0 provider can have several; the name of a field other than `sub` stands before the id,
    /// because two fields can hold the same text for two people.
    #[must_use]
    pub fn subject(&self, id: &str) -> String {
        match self.protocol() {
            Protocol::OAuth2(oauth2) if self.preset().is_none() && oauth2.subject_field != "sub" => {
                format!("{}:{id}", oauth2.subject_field)
            }
            _ => id.to_owned(),
        }
    }
}
