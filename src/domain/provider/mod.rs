//! Third-party providers: services that say who a person is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::admission::Admission;

mod endpoint;
mod name;
mod preset;
mod protocol;
mod redirect;
mod registration;
mod remarks;

pub use endpoint::{EndpointError, check_endpoint, check_issuer, is_entra, is_loopback};
pub use name::{ProviderName, ProviderNameError};
pub use preset::Preset;
pub use protocol::{ClientAuth, OAuth2, Oidc, Protocol, SigningAlgorithm};
pub use redirect::{Redirect, RedirectHost};
pub use registration::Registration;

/// A provider as the configuration describes it. The defaults and the preset are filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// The name in the configuration.
    pub name: ProviderName,
    /// The name that people read.
    pub label: String,
    /// How we talk to the provider.
    pub protocol: Protocol,
    /// The preset, if the configuration names one.
    pub preset: Option<Preset>,
    /// The client id that the provider gave to this program.
    pub client_id: String,
    /// The file with the client secret. A public client has none.
    pub client_secret_file: Option<PathBuf>,
    /// How the client secret is sent to the token endpoint.
    pub client_auth: ClientAuth,
    /// The scopes of the authorization request.
    pub scopes: Vec<String>,
    /// Further parameters of the authorization request.
    pub extra: BTreeMap<String, String>,
    /// The URI to which the provider sends the browser back.
    pub redirect: Redirect,
    /// Whether a person can sign in with a device code (RFC 8628).
    pub device: bool,
    /// A file of certificates that are trusted beside those of the system.
    pub ca_file: Option<PathBuf>,
    /// The rules that say who can sign in.
    pub admission: Admission,
}

impl Provider {
    /// The issuer. A plain OAuth 2.0 provider has none: the URL of its `UserInfo` endpoint stands in
    /// its place. So two people with one subject stay two people when the provider gets another name
    /// or another URL in the configuration.
    #[must_use]
    pub fn issuer(&self) -> &str {
        match &self.protocol {
            Protocol::Oidc(oidc) => &oidc.issuer,
            Protocol::OAuth2(oauth2) => &oauth2.userinfo_endpoint,
        }
    }

    /// The subject of the person with this id. OpenID Connect has one field for the id. A plain
    /// OAuth 2.0 provider can have several; the name of a field other than `sub` stands before the id,
    /// because two fields can hold the same text for two people.
    #[must_use]
    pub fn subject(&self, id: &str) -> String {
        match &self.protocol {
            Protocol::OAuth2(oauth2) if self.preset.is_none() && oauth2.subject_field != "sub" => {
                format!("{}:{id}", oauth2.subject_field)
            }
            _ => id.to_owned(),
        }
    }
}
