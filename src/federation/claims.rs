//! From the tokens of a provider to a person, everything verified.

use oauth2::TokenResponse as _;
use openidconnect::Nonce;
use openidconnect::core::CoreJsonWebKeySet;

use super::client::Client;
use super::endpoints::Endpoints;
use super::error::{Endpoint, IdTokenFault, ProviderError};
use super::http::Call;
use super::id_token;
use super::person;
use super::tokens::Tokens;
use crate::domain::admission::Profile;
use crate::domain::clock::Timestamp;
use crate::domain::provider::Protocol;

impl Client {
    /// Who the tokens are about. They are used for this and thrown away.
    pub(super) fn profile(
        &self,
        tokens: &Tokens,
        endpoints: &Endpoints,
        nonce: Option<&Nonce>,
        date: Option<Timestamp>,
        call: &Call<'_>,
    ) -> Result<Profile, ProviderError> {
        let access_token = tokens.access_token();
        let oidc = match &self.provider.protocol {
            Protocol::OAuth2(oauth2) => {
                return person::of_userinfo(&self.provider, oauth2, access_token.secret(), call);
            }
            Protocol::Oidc(oidc) => oidc,
        };
        let raw = tokens.extra_fields().id_token.as_deref();
        let raw = raw.ok_or(ProviderError::id_token(IdTokenFault::Missing))?;
        let now = call.clock.now();
        let expected = id_token::ExpectedIdToken {
            issuer: &oidc.issuer,
            client_id: &self.provider.client_id,
            algorithms: &oidc.algorithms,
            nonce,
            access_token,
            now,
        };
        let claims = believe(raw, endpoints, &expected, call).map_err(|error| match error {
            ProviderError::IdToken { fault, .. } if id_token::is_about_time(&fault) => {
                ProviderError::IdToken {
                    fault,
                    clock: date.map(|date| date.as_second() - now.as_second()),
                }
            }
            error => error,
        })?;
        let userinfo = endpoints.userinfo.as_deref();
        person::of_id_token(oidc, claims, userinfo, access_token.secret(), call)
    }
}

/// The claims of an ID token, if it can be believed. The keys are asked for only now, and an unknown
/// key is a reason to ask once more: a cache on the way may have given an old answer.
fn believe(
    raw: &str,
    endpoints: &Endpoints,
    expected: &id_token::ExpectedIdToken<'_>,
    call: &Call<'_>,
) -> Result<serde_json::Map<String, serde_json::Value>, ProviderError> {
    let url = endpoints.keys.as_deref();
    let url = url.ok_or(ProviderError::Lacks {
        endpoint: "address of the keys",
    })?;
    let keys = || -> Result<CoreJsonWebKeySet, ProviderError> { Ok(call.get(Endpoint::Keys, url, None)?.0) };
    match id_token::verify(raw, &keys()?, expected) {
        Err(fault) if id_token::is_about_keys(&fault) => id_token::verify(raw, &keys()?, expected),
        outcome => outcome,
    }
    .map_err(ProviderError::id_token)
}
