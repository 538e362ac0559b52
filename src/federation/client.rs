//! This program as an OAuth 2.0 client of one provider (RFC 6749 §2).

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use oauth2::basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse};
use oauth2::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use oauth2::{
    AuthType, AuthUrl, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest, Scope,
    StandardRevocableToken, TokenUrl, http,
};
use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded;
use zeroize::Zeroizing;

use super::endpoints::Endpoints;
use super::error::ProviderError;
use super::http::{Call, Http};
use super::tokens::Tokens;
use crate::domain::clock::Clock;
use crate::domain::provider::{ClientAuth, Provider};

pub(super) type OAuthClient = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// This program as a client of one provider.
pub struct Client {
    pub(super) provider: Provider,
    pub(super) secret: Option<SecretString>,
    pub(super) http: Http,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("provider", self.provider.name())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of `provider`, with its secret if it has one. Requests go through the proxy that the
    /// environment of this process names: the first of `https_proxy`, `HTTPS_PROXY`, `all_proxy` and
    /// `ALL_PROXY` that is set, but for the hosts in `no_proxy` or `NO_PROXY`. If the proxy can't be
    /// used, they fail.
    ///
    /// # Errors
    /// [`ProviderError::Certificates`] if the extra certificates can't be used.
    pub fn new(provider: Provider, secret: Option<SecretString>) -> Result<Self, ProviderError> {
        let http = Http::new(provider.ca_file())?;
        Ok(Self {
            provider,
            secret,
            http,
        })
    }

    /// The provider.
    #[must_use]
    pub fn provider(&self) -> &Provider {
        &self.provider
    }

    pub(super) fn call<'a>(&'a self, clock: &'a dyn Clock, until: Duration) -> Call<'a> {
        Call {
            http: &self.http,
            clock,
            until,
        }
    }

    /// What a provider could echo of ours: these, the client's secret, and what that is sent as.
    pub(super) fn secrets<'s>(
        &'s self,
        more: impl IntoIterator<Item = &'s SecretString>,
    ) -> Vec<Zeroizing<String>> {
        let credentials = self.secret.iter().map(|secret| self.credentials(secret));
        let plain = self.secret.iter().chain(more);
        let plain = plain.map(|secret| Zeroizing::new(secret.expose_secret().to_owned()));
        plain.chain(credentials).collect()
    }

    /// What follows `Basic` where the client signs in by that (RFC 6749 §2.3.1).
    pub(super) fn credentials(&self, secret: &SecretString) -> Zeroizing<String> {
        let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let id = encoded(self.provider.client_id());
        let pair = Zeroizing::new(format!("{id}:{}", encoded(secret.expose_secret())));
        Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()))
    }

    /// A form of a device, signed in as RFC 6749 §2.3.1 says; `None` if it can't be sent there. Its
    /// `client_id` stands in the body too where a header has it: some providers need it there
    /// (RFC 8628 §3.1, §3.4).
    pub(super) fn form<'f>(
        &self,
        url: &str,
        client_auth: ClientAuth,
        fields: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Option<HttpRequest> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("client_id", self.provider.client_id())
            .extend_pairs(fields);
        let mut request = http::Request::post(url)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        match (&self.secret, client_auth) {
            (Some(secret), ClientAuth::Basic) => {
                let credentials = self.credentials(secret);
                request = request.header(AUTHORIZATION, format!("Basic {}", *credentials));
            }
            (Some(secret), ClientAuth::Post) => {
                form.append_pair("client_secret", secret.expose_secret());
            }
            (None, _) => {}
        }
        request.body(form.finish().into_bytes()).ok()
    }

    pub(super) fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.provider.scopes().iter().cloned().map(Scope::new)
    }

    pub(super) fn oauth(&self, endpoints: &Endpoints) -> Result<OAuthClient, ProviderError> {
        let address = |what| move |_| ProviderError::Address { what };
        let client = oauth2::Client::new(ClientId::new(self.provider.client_id().to_owned()))
            .set_auth_uri(
                AuthUrl::new(endpoints.authorization.clone()).map_err(address("authorization endpoint"))?,
            )
            .set_token_uri(TokenUrl::new(endpoints.token.clone()).map_err(address("token endpoint"))?)
            .set_auth_type(match endpoints.client_auth {
                ClientAuth::Basic => AuthType::BasicAuth,
                ClientAuth::Post => AuthType::RequestBody,
            });
        Ok(match &self.secret {
            Some(secret) => client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
            None => client,
        })
    }
}
