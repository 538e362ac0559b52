//! The authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636, RFC 8252).

use std::net::IpAddr;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use oauth2::basic::BasicErrorResponse;
use oauth2::{
    AuthorizationCode, CsrfToken, HttpRequest, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError,
};
use openidconnect::Nonce;
use secrecy::{ExposeSecret, SecretString};
use url::Url;
use zeroize::Zeroizing;

use super::callback::Callback;
use super::client::{Client, OAuthClient};
use super::endpoints::Endpoints;
use super::error::{Endpoint, ProviderError, Unreachable};
use super::http::date;
use super::transaction::{self, Beginning, Transaction, Vouched};
use crate::domain::admission::Profile;
use crate::domain::clock::{Clock, RandomSource};
use crate::domain::provider::Protocol;
use crate::domain::third_party::Lifetime;

/// Bytes in each of state, nonce and verifier: 256 bits.
const RANDOM_BYTES: usize = 32;

impl Client {
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
            provider: self.provider.name().clone(),
            vouches: self.provider.issuer().to_owned(),
            purpose: beginning.purpose,
            redirect_uri: beginning.redirect_uri.to_owned(),
            state: draw(random)?,
            nonce: draw(random)?,
            verifier: draw(random)?,
            client: client_address,
            lifetime,
            issuer: transaction::callback_issuer(self.provider.protocol()),
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
        if matches!(self.provider.protocol(), Protocol::Oidc(_)) {
            request = request.add_extra_param("nonce", transaction.nonce.expose_secret());
        }
        if let Some(hint) = login_hint {
            request = request.add_extra_param("login_hint", hint);
        }
        for (name, value) in self.provider.extra() {
            request = request.add_extra_param(name, value);
        }
        Ok(request.url().0)
    }

    /// Asks the provider who came back: exchanges the code, once, and verifies who it is. This is
    /// the network alone: no store is needed, and none is held.
    ///
    /// # Errors
    /// [`ProviderError`] if the person or the provider says no, if the provider can't be reached or
    /// can't be believed, or if the time is over. The program that completes the login records it.
    pub fn vouch(
        &self,
        transaction: &Transaction,
        callback: &Callback,
        clock: &dyn Clock,
    ) -> Result<Vouched, ProviderError> {
        if transaction.provider != *self.provider.name() {
            return Err(ProviderError::OtherTransaction);
        }
        let profile = match callback {
            Callback::Code(code) => self.exchange(transaction, code, clock)?,
            Callback::Denied { error, description } => {
                return Err(ProviderError::of_callback(error.clone(), description.clone()));
            }
            Callback::Unusable(why) => return Err(ProviderError::UnusableAnswer(*why)),
        };
        let state_hash = transaction.state_hash();
        Vouched::new(
            profile,
            self.provider.name(),
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

    fn oauth_for(
        &self,
        transaction: &Transaction,
        endpoints: &Endpoints,
    ) -> Result<OAuthClient, ProviderError> {
        let redirect_uri = RedirectUrl::new(transaction.redirect_uri.clone())
            .map_err(|_| ProviderError::Address { what: "redirect URI" })?;
        Ok(self.oauth(endpoints)?.set_redirect_uri(redirect_uri))
    }
}

/// A value that can't be guessed, in the characters of RFC 7636 §4.1.
fn draw(random: &dyn RandomSource) -> Result<SecretString, ProviderError> {
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
        RequestTokenError::Request(why) => ProviderError::at(Endpoint::Token)(why),
        // It was an object: what it can lack is the one token that is read.
        RequestTokenError::Parse(..) => {
            ProviderError::at(Endpoint::Token)(Unreachable::Lacks("access_token"))
        }
        RequestTokenError::Other(_) => ProviderError::at(Endpoint::Token)(Unreachable::Malformed),
    }
}
