//! The authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636, RFC 8252).

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, DeviceAuthorizationUrl,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, ExtraTokenFields, HttpRequest, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, StandardRevocableToken, StandardTokenResponse,
    TokenResponse as _, TokenUrl,
};
use openidconnect::Nonce;
use openidconnect::core::CoreJsonWebKeySet;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::callback::Callback;
use super::endpoints::Endpoints;
use super::error::{IdTokenFault, ProviderError, Step, Unreachable};
use super::http::{Call, Http, date};
use super::id_token;
use super::person;
use super::seal;
use super::transaction::{Beginning, Transaction, Vouched};
use crate::domain::admission::Profile;
use crate::domain::clock::{Clock, RandomSource, Timestamp};
use crate::domain::provider::{ClientAuth, Protocol, Provider};
use crate::domain::third_party::Lifetime;

/// Bytes in each of state, nonce and verifier: 256 bits.
const RANDOM_BYTES: usize = 32;

/// The token that says who it is, beside those of OAuth 2.0.
#[derive(Serialize, Deserialize)]
pub(super) struct IdTokenField {
    #[serde(default)]
    id_token: Option<String>,
}

/// Shows no token.
impl fmt::Debug for IdTokenField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenField").finish_non_exhaustive()
    }
}

impl ExtraTokenFields for IdTokenField {}

pub(super) type Tokens = StandardTokenResponse<IdTokenField, BasicTokenType>;

pub(super) type OAuthClient = oauth2::Client<
    BasicErrorResponse,
    Tokens,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointMaybeSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// We, as a client of one provider.
pub struct Client {
    pub(super) provider: Provider,
    pub(super) secret: Option<SecretString>,
    pub(super) http: Http,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("provider", &self.provider.name)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of `provider`, with its secret if it has one.
    ///
    /// # Errors
    /// [`ProviderError::Certificates`] if the extra certificates can't be used.
    pub fn new(provider: Provider, secret: Option<SecretString>) -> Result<Self, ProviderError> {
        let http = Http::new(provider.ca_file.as_deref())?;
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

    /// Begins a third-party login, for the client at `client_address`: the URL for the browser,
    /// and what is needed to go on. Whether it may begin is decided elsewhere.
    pub(crate) fn begin(
        &self,
        beginning: &Beginning<'_>,
        client_address: Option<IpAddr>,
        clock: &dyn Clock,
        random: &dyn RandomSource,
    ) -> Result<(String, Transaction), ProviderError> {
        let until = clock.elapsed().saturating_add(beginning.limit);
        let lifetime = Lifetime::begin(clock.now(), beginning.limit);
        let endpoints = Endpoints::of(&self.provider, &self.call(clock, until))?;
        let transaction = Transaction {
            provider: self.provider.name.clone(),
            vouches: self.provider.issuer().to_owned(),
            purpose: beginning.purpose,
            redirect_uri: beginning.redirect_uri.to_owned(),
            state: draw(random)?,
            nonce: draw(random)?,
            verifier: draw(random)?,
            client: client_address,
            lifetime,
            issuer: seal::issuer(&self.provider.protocol),
            iss_required: endpoints.iss_required,
            endpoints: Some(endpoints.clone()),
        };
        let url = self.authorization_url(&transaction, &endpoints, beginning.login_hint)?;
        Ok((url.into(), transaction))
    }

    fn authorization_url(
        &self,
        transaction: &Transaction,
        endpoints: &Endpoints,
        login_hint: Option<&str>,
    ) -> Result<Url, ProviderError> {
        let client = self.oauth_for(transaction, endpoints)?;
        let verifier = PkceCodeVerifier::new(transaction.verifier.expose_secret().to_owned());
        let mut request = client
            .authorize_url(|| CsrfToken::new(transaction.state.expose_secret().to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .add_scopes(self.scopes());
        if matches!(self.provider.protocol, Protocol::Oidc(_)) {
            request = request.add_extra_param("nonce", transaction.nonce.expose_secret());
        }
        if let Some(hint) = login_hint {
            request = request.add_extra_param("login_hint", hint);
        }
        for (name, value) in &self.provider.extra {
            request = request.add_extra_param(name, value);
        }
        Ok(request.url().0)
    }

    /// Asks the provider who came back: exchanges the code, once, and verifies who it is. This is
    /// the network alone: no store is needed, and none is held.
    ///
    /// # Errors
    /// [`ProviderError`] if the person or the provider says no, if the provider can't be reached or
    /// can't be believed, or if the time is over. Whoever completes the login records it.
    pub fn vouch(
        &self,
        transaction: &Transaction,
        callback: &Callback,
        clock: &dyn Clock,
    ) -> Result<Vouched, ProviderError> {
        if transaction.provider != self.provider.name {
            return Err(ProviderError::OtherTransaction);
        }
        let profile = match callback {
            Callback::Code(code) => self.exchange(transaction, code, clock)?,
            Callback::Denied { error, description } => {
                return Err(ProviderError::of_callback(error.clone(), description.clone()));
            }
        };
        let state_hash = transaction.state_hash();
        Vouched::new(
            profile,
            &self.provider.name,
            transaction.purpose,
            state_hash,
            transaction.lifetime,
        )
    }

    fn exchange(
        &self,
        transaction: &Transaction,
        code: &SecretString,
        clock: &dyn Clock,
    ) -> Result<Profile, ProviderError> {
        let left = transaction.remaining(clock).ok_or(ProviderError::TimedOut)?;
        let call = self.call(clock, clock.elapsed().saturating_add(left));
        let endpoints = match &transaction.endpoints {
            Some(endpoints) => endpoints,
            None => &Endpoints::of(&self.provider, &call)?,
        };
        let client = self.oauth_for(transaction, endpoints)?;
        let moment = std::cell::Cell::new(None);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(
                transaction.verifier.expose_secret().to_owned(),
            ))
            .request(&|request: HttpRequest| {
                let response = call.post(request)?;
                moment.set(date(&response));
                Ok::<_, Unreachable>(response)
            })
            .map_err(|error| exchange_failed(error).without(&self.secrets([&transaction.verifier, code])))?;
        let nonce = Nonce::new(transaction.nonce.expose_secret().to_owned());
        self.profile(&tokens, endpoints, Some(&nonce), moment.get(), &call)
    }

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
        let expected = id_token::Expected {
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
        let id = encoded(&self.provider.client_id);
        let pair = Zeroizing::new(format!("{id}:{}", encoded(secret.expose_secret())));
        Zeroizing::new(BASE64_STANDARD.encode(pair.as_bytes()))
    }

    pub(super) fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.provider.scopes.iter().cloned().map(Scope::new)
    }

    fn oauth_for(
        &self,
        transaction: &Transaction,
        endpoints: &Endpoints,
    ) -> Result<OAuthClient, ProviderError> {
        let redirect_uri = RedirectUrl::new(transaction.redirect_uri.clone())
            .map_err(|_| ProviderError::Address { what: "redirect URI" })?;
        Ok(self.oauth(endpoints)?.set_redirect_uri(redirect_uri))
    }

    pub(super) fn oauth(&self, endpoints: &Endpoints) -> Result<OAuthClient, ProviderError> {
        let address = |what| move |_| ProviderError::Address { what };
        let device = endpoints
            .device
            .clone()
            .map(DeviceAuthorizationUrl::new)
            .transpose();
        let client = oauth2::Client::new(ClientId::new(self.provider.client_id.clone()))
            .set_auth_uri(
                AuthUrl::new(endpoints.authorization.clone()).map_err(address("authorization endpoint"))?,
            )
            .set_token_uri(TokenUrl::new(endpoints.token.clone()).map_err(address("token endpoint"))?)
            .set_device_authorization_url_option(device.map_err(address("device authorization endpoint"))?)
            .set_auth_type(match self.provider.client_auth {
                ClientAuth::Basic => AuthType::BasicAuth,
                ClientAuth::Post => AuthType::RequestBody,
            });
        Ok(match &self.secret {
            Some(secret) => client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned())),
            None => client,
        })
    }
}

/// The claims of an ID token, if it can be believed. The keys are asked for only now, and an unknown
/// one makes us look once more: somebody on the way may have kept an old answer.
fn believe(
    raw: &str,
    endpoints: &Endpoints,
    expected: &id_token::Expected<'_>,
    call: &Call<'_>,
) -> Result<serde_json::Map<String, serde_json::Value>, ProviderError> {
    let url = endpoints.keys.as_deref();
    let url = url.ok_or(ProviderError::Lacks {
        endpoint: "address of the keys",
    })?;
    let keys = || -> Result<CoreJsonWebKeySet, ProviderError> { Ok(call.get(Step::Keys, url, None)?.0) };
    match id_token::verify(raw, &keys()?, expected) {
        Err(fault) if id_token::is_about_keys(&fault) => id_token::verify(raw, &keys()?, expected),
        outcome => outcome,
    }
    .map_err(ProviderError::id_token)
}

/// A value that nobody can guess, in the characters of RFC 7636 §4.1.
pub(super) fn draw(random: &dyn RandomSource) -> Result<SecretString, ProviderError> {
    let mut bytes = Zeroizing::new([0; RANDOM_BYTES]);
    random.fill(&mut *bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(*bytes).into())
}

/// What came of the exchange.
fn exchange_failed(error: RequestTokenError<Unreachable, BasicErrorResponse>) -> ProviderError {
    match error {
        RequestTokenError::ServerResponse(response) => ProviderError::Refused {
            error: response.error().to_string(),
            description: response.error_description().cloned(),
        },
        RequestTokenError::Request(why) => ProviderError::at(Step::Token)(why),
        _ => ProviderError::at(Step::Token)(Unreachable::Malformed),
    }
}
