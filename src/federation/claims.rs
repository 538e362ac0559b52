//! From the tokens of a provider to a person, everything verified.

use oauth2::TokenResponse as _;
use openidconnect::Nonce;

use super::client::Client;
use super::endpoints::Endpoints;
use super::error::{ProviderError, TokenFault};
use super::http::Call;
use super::id_token::{self, ExpectedIdToken};
use super::jws::{Claims, SignedToken};
use super::keys::KeyRing;
use super::person::{self, Further};
use super::tokens::Tokens;
use crate::domain::admission::Profile;
use crate::domain::clock::Timestamp;
use crate::domain::provider::{Protocol, SigningAlgorithm};

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
        let oidc = match self.provider.protocol() {
            Protocol::OAuth2(oauth2) => {
                return person::of_userinfo(&self.provider, oauth2, access_token.secret(), call);
            }
            Protocol::Oidc(oidc) => oidc,
        };
        let raw = tokens.id_token();
        let raw = raw.ok_or(ProviderError::id_token(TokenFault::Missing))?;
        let mut keys = KeyRing::new(endpoints.keys.as_deref(), call)?;
        let now = call.clock.now();
        let expected = ExpectedIdToken {
            issuer: &oidc.issuer,
            client_id: self.provider.client_id(),
            nonce,
            access_token,
            now,
        };
        let claims = believe(raw, &oidc.algorithms, &mut keys, &expected).map_err(|error| match error {
            ProviderError::IdToken { fault, .. } if id_token::is_about_time(&fault) => {
                ProviderError::IdToken {
                    fault,
                    clock: date.map(|date| date.as_second() - now.as_second()),
                }
            }
            error => error,
        })?;
        let further = Further {
            userinfo: endpoints.userinfo.as_deref(),
            access_token: access_token.secret(),
            keys: &mut keys,
        };
        person::of_id_token(&self.provider, oidc, claims, further, call)
    }
}

/// The claims of an ID token, if it can be believed.
fn believe(
    raw: &str,
    algorithms: &[SigningAlgorithm],
    keys: &mut KeyRing<'_>,
    expected: &ExpectedIdToken<'_>,
) -> Result<Claims, ProviderError> {
    let token = SignedToken::parse(raw, algorithms).map_err(ProviderError::id_token)?;
    let token = keys.verify(&token, ProviderError::id_token)?;
    id_token::believe(token, expected).map_err(ProviderError::id_token)
}
