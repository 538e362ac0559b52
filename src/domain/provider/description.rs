//! The settings from which a provider is made.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::name::ProviderName;
use super::preset::Preset;
use super::protocol::{ClientAuth, Protocol, ProviderKind};
use super::redirect::Redirect;
use crate::domain::admission::Admission;

/// The settings of a provider. Each field is what the setting of its name in the configuration is.
/// [`Provider::new`](super::Provider::new) checks them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProviderDescription {
    /// The name in the configuration.
    pub name: ProviderName,
    /// The name that people read.
    pub label: String,
    /// How we talk to the provider.
    pub protocol: Protocol,
    /// The preset. It says which further rules hold; it fills in nothing here.
    pub preset: Option<Preset>,
    /// The client id that the provider gave to this program.
    pub client_id: String,
    /// The file with the client secret. A public client has none.
    pub client_secret_file: Option<PathBuf>,
    /// How the client secret is sent to the token endpoint. If it is left out, the metadata of the
    /// provider says it; without metadata it is sent in a header.
    pub client_auth: Option<ClientAuth>,
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

impl ProviderDescription {
    /// A provider of this protocol that gave the program this client id. The other settings have
    /// their defaults.
    pub fn new(name: ProviderName, client_id: impl Into<String>, protocol: Protocol) -> Self {
        let scopes: &[&str] = match protocol.kind() {
            ProviderKind::Oidc => &["openid", "email", "profile"],
            ProviderKind::OAuth2 => &[],
        };
        Self {
            label: name.to_string(),
            name,
            preset: None,
            client_id: client_id.into(),
            client_secret_file: None,
            client_auth: None,
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            extra: BTreeMap::new(),
            redirect: Redirect::default(),
            device: false,
            ca_file: None,
            admission: Admission::default(),
            protocol,
        }
    }
}
