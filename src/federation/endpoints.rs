//! Where a provider is asked what: named in the configuration, or discovered.

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, ProviderMetadata};
use serde::{Deserialize, Serialize};

use super::error::{Endpoint, ProviderError};
use super::http::Call;
use crate::domain::clock::Timestamp;
use crate::domain::provider::{OAuth2, Oidc, Protocol, Provider, check_endpoint};

/// The endpoints of a provider, each `https` or on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Endpoints {
    pub authorization: String,
    pub token: String,
    pub device: Option<String>,
    pub userinfo: Option<String>,
    pub emails: Option<String>,
    pub keys: Option<String>,
    /// Whether answers name their issuer (RFC 9207 §3).
    pub iss_required: bool,
    /// The moment the provider said it was, where it was asked.
    pub date: Option<Timestamp>,
}

/// What the discovery document holds beside what `OpenID` Connect Discovery §3 has.
#[derive(Debug, Clone, Deserialize, Serialize)]
struct Additional {
    device_authorization_endpoint: Option<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Additional {}

type Metadata = ProviderMetadata<
    Additional,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

impl Endpoints {
    /// Those of `provider`; a discovered one is asked for them.
    pub fn of(provider: &Provider, call: &Call<'_>) -> Result<Self, ProviderError> {
        let endpoints = match provider.protocol() {
            Protocol::Oidc(oidc) => discover(oidc, call)?,
            Protocol::OAuth2(oauth2) => named(oauth2),
        };
        endpoints.check()?;
        Ok(endpoints)
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
        iss_required: false,
        date: None,
    }
}

/// `OpenID` Connect Discovery §4. The issuer must be the configured one byte for byte (§4.3).
fn discover(oidc: &Oidc, call: &Call<'_>) -> Result<Endpoints, ProviderError> {
    let url = discovery_url(&oidc.issuer);
    let (metadata, date): (Metadata, _) = call.get(Endpoint::Discovery, &url, None)?;
    if metadata.issuer().as_str() != oidc.issuer {
        let found = metadata.issuer().as_str().to_owned();
        return Err(ProviderError::OtherIssuer { found }.without(&[]));
    }
    let additional = metadata.additional_metadata();
    let token = metadata.token_endpoint().map(|url| url.as_str().to_owned());
    Ok(Endpoints {
        authorization: metadata.authorization_endpoint().as_str().to_owned(),
        token: token.ok_or(ProviderError::Lacks {
            endpoint: "token endpoint",
        })?,
        device: additional.device_authorization_endpoint.clone(),
        userinfo: metadata.userinfo_endpoint().map(|url| url.as_str().to_owned()),
        emails: None,
        keys: Some(metadata.jwks_uri().as_str().to_owned()),
        iss_required: additional.authorization_response_iss_parameter_supported,
        date,
    })
}

/// A slash at the end of the issuer is dropped before the path is put on it (§4.1).
fn discovery_url(issuer: &str) -> String {
    let issuer = issuer.strip_suffix('/').unwrap_or(issuer);
    format!("{issuer}/.well-known/openid-configuration")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_at_the_end_of_an_issuer_is_not_doubled() {
        for issuer in ["https://id.example.com/tenant", "https://id.example.com/tenant/"] {
            assert_eq!(
                discovery_url(issuer),
                "https://id.example.com/tenant/.well-known/openid-configuration"
            );
        }
    }
}
