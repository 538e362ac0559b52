//! Where a provider is asked what: named in the configuration, or discovered.

use super::error::ProviderError;
use super::http::Call;
use super::metadata::Metadata;
use crate::domain::clock::Timestamp;
use crate::domain::provider::{ClientAuth, OAuth2, Protocol, Provider, check_endpoint};

/// The endpoints of a provider, each `https` or on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoints {
    pub authorization: String,
    pub token: String,
    pub device: Option<String>,
    pub userinfo: Option<String>,
    pub emails: Option<String>,
    pub keys: Option<String>,
    /// How the client sends its secret to them.
    pub client_auth: ClientAuth,
    /// Whether answers name their issuer (RFC 9207 §3).
    pub iss_required: bool,
    /// The moment the provider said it was, where it was asked.
    pub date: Option<Timestamp>,
}

impl Endpoints {
    /// Those of `provider`; a discovered one is asked for them.
    pub fn of(provider: &Provider, call: &Call<'_>) -> Result<Self, ProviderError> {
        Ok(Self::with_metadata(provider, call)?.0)
    }

    /// The same, with the metadata of a provider that was asked.
    pub fn with_metadata(
        provider: &Provider,
        call: &Call<'_>,
    ) -> Result<(Self, Option<Metadata>), ProviderError> {
        let (mut endpoints, metadata) = match provider.protocol() {
            Protocol::Oidc(oidc) => {
                let (metadata, date) = Metadata::fetch(oidc, call)?;
                (discovered(&metadata, date)?, Some(metadata))
            }
            Protocol::OAuth2(oauth2) => (named(oauth2), None),
        };
        endpoints.check()?;
        if let Some(configured) = provider.client_auth() {
            endpoints.client_auth = configured;
        }
        Ok((endpoints, metadata))
    }

    fn check(&self) -> Result<(), ProviderError> {
        let protected = |endpoint, url: Option<&String>| match url {
            Some(url) if check_endpoint(url).is_err() => Err(ProviderError::Insecure { endpoint }),
            _ => Ok(()),
        };
        protected("authorization endpoint", Some(&self.authorization))?;
        protected("token endpoint", Some(&self.token))?;
        protected("device authorization endpoint", self.device.as_ref())?;
        protected("UserInfo endpoint", self.userinfo.as_ref())?;
        protected("list of e-mail addresses", self.emails.as_ref())?;
        protected("address of the keys", self.keys.as_ref())
    }
}

fn named(oauth2: &OAuth2) -> Endpoints {
    Endpoints {
        authorization: oauth2.authorization_endpoint.clone(),
        token: oauth2.token_endpoint.clone(),
        device: oauth2.device_authorization_endpoint.clone(),
        userinfo: Some(oauth2.userinfo_endpoint.clone()),
        emails: oauth2.emails_endpoint.clone(),
        keys: None,
        client_auth: ClientAuth::default(),
        iss_required: false,
        date: None,
    }
}

fn discovered(metadata: &Metadata, date: Option<Timestamp>) -> Result<Endpoints, ProviderError> {
    let maybe = |field| Ok::<_, ProviderError>(metadata.text(field)?.map(str::to_owned));
    let needed = |field, endpoint| maybe(field)?.ok_or(ProviderError::Lacks { endpoint });
    Ok(Endpoints {
        authorization: needed("authorization_endpoint", "authorization endpoint")?,
        token: needed("token_endpoint", "token endpoint")?,
        device: maybe("device_authorization_endpoint")?,
        userinfo: maybe("userinfo_endpoint")?,
        emails: None,
        keys: Some(needed("jwks_uri", "address of the keys")?),
        client_auth: metadata.client_auth(),
        iss_required: metadata.flag("authorization_response_iss_parameter_supported")?,
        date,
    })
}
