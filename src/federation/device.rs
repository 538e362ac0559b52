//! The device flow (RFC 8628): the code is typed in on another machine. The library has a loop for
//! the asking, but goes on after every fault, tells time by the wall clock and can't be stopped.

use std::fmt;
use std::time::Duration;

use oauth2::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use oauth2::{
    DeviceCodeErrorResponse, DeviceCodeErrorResponseType, HttpRequest, HttpResponse, RequestTokenError,
    StandardDeviceAuthorizationResponse, http,
};
use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded;

use super::client::Client;
use super::endpoints::Endpoints;
use super::error::{Endpoint, ProviderError, Unreachable};
use super::http::{Call, date, remaining};
use super::tokens::Tokens;
use super::transaction::Vouched;
use crate::domain::admission::Profile;
use crate::domain::clock::{Clock, later};
use crate::domain::provider::{ClientAuth, ProviderName, check_endpoint};
use crate::domain::third_party::{Lifetime, Purpose, StateHash};

/// RFC 8628 §3.4.
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// What `slow_down` adds (RFC 8628 §3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// However often the provider allows it.
const SHORTEST_INTERVAL: Duration = Duration::from_secs(1);
/// No code lives longer, even if the provider says so.
const LONGEST: Duration = Duration::from_hours(1);

/// A device code that waits to be typed in.
pub struct DeviceTransaction {
    details: StandardDeviceAuthorizationResponse,
    endpoints: Endpoints,
    provider: ProviderName,
    purpose: Purpose,
    lifetime: Lifetime,
}

impl fmt::Debug for DeviceTransaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceTransaction").finish_non_exhaustive()
    }
}

impl DeviceTransaction {
    /// Where the code is typed in.
    #[must_use]
    pub fn verification_uri(&self) -> &str {
        self.details.verification_uri()
    }

    /// Where the code need not be typed in (RFC 8628 §3.3.1), if the provider gives such an address and
    /// a user may be sent there.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        let uri = self.details.verification_uri_complete()?.secret();
        check_endpoint(uri).is_ok().then_some(uri)
    }

    /// The code.
    #[must_use]
    pub fn user_code(&self) -> &str {
        self.details.user_code().secret()
    }

    /// How long it may still take; `None` once its time is over.
    #[must_use]
    pub fn remaining(&self, clock: &dyn Clock) -> Option<Duration> {
        self.lifetime.remaining(clock.now())
    }
}

/// What came of asking once.
enum PollAnswer {
    Tokens(Box<Tokens>, HttpResponse),
    Pending,
    SlowDown,
}

impl Client {
    /// Begins a third-party login on another machine. Whether it may begin is decided elsewhere.
    pub(crate) fn begin_device(
        &self,
        purpose: Purpose,
        limit: Duration,
        clock: &dyn Clock,
    ) -> Result<DeviceTransaction, ProviderError> {
        if !self.provider.device {
            return Err(ProviderError::DeviceOff);
        }
        let until = clock.elapsed().saturating_add(limit);
        let mut lifetime = Lifetime::begin(clock.now(), limit);
        let call = self.call(clock, until);
        let endpoints = Endpoints::of(&self.provider, &call)?;
        let client = self.oauth(&endpoints)?;
        let request = client
            .exchange_device_code()
            .map_err(|_| ProviderError::NoDevice)?;
        let details: StandardDeviceAuthorizationResponse = request
            .add_scopes(self.scopes())
            .request(&|request: HttpRequest| call.post(request))
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(response) => ProviderError::NoCode {
                    error: response.error().to_string(),
                    description: response.error_description().cloned(),
                }
                .without(&self.secrets(None)),
                RequestTokenError::Request(why) => ProviderError::at(Endpoint::DeviceCode)(why),
                _ => ProviderError::at(Endpoint::DeviceCode)(Unreachable::Malformed),
            })?;
        // The user is told to go there.
        if check_endpoint(details.verification_uri()).is_err() {
            return Err(ProviderError::Insecure {
                endpoint: "address for the code",
            });
        }
        let lives = details.expires_in().min(LONGEST);
        lifetime.ends_at = lifetime.ends_at.min(later(clock.now(), lives));
        Ok(DeviceTransaction {
            details,
            endpoints,
            provider: self.provider.name.clone(),
            purpose,
            lifetime,
        })
    }

    /// Asks the provider, as often as it allows, until the code was typed in or its time is over,
    /// and verifies who it is. This is the network alone: no store is needed, and none is held.
    ///
    /// # Errors
    /// [`ProviderError`] if the code was not typed in, or if the provider can't be believed. The
    /// program that completes the login records it.
    pub fn vouch_device(
        &self,
        transaction: &DeviceTransaction,
        clock: &dyn Clock,
    ) -> Result<Vouched, ProviderError> {
        if transaction.provider != self.provider.name {
            return Err(ProviderError::OtherTransaction);
        }
        let profile = self.poll(transaction, clock)?;
        let state_hash = StateHash::of(transaction.details.device_code().secret());
        Vouched::new(
            profile,
            &self.provider.name,
            transaction.purpose,
            state_hash,
            transaction.lifetime,
        )
    }

    fn poll(&self, transaction: &DeviceTransaction, clock: &dyn Clock) -> Result<Profile, ProviderError> {
        let left = transaction.remaining(clock).ok_or(ProviderError::TimedOut)?;
        let until = clock.elapsed().saturating_add(left);
        let call = self.call(clock, until);
        let mut interval = transaction.details.interval().clamp(SHORTEST_INTERVAL, LONGEST);
        loop {
            let next = clock.elapsed().saturating_add(interval);
            clock.wait_until(next.min(until));
            if remaining(clock, until).is_none() {
                return Err(ProviderError::TimedOut);
            }
            match self.ask(transaction, &call) {
                Ok(PollAnswer::Tokens(tokens, response)) => {
                    let endpoints = &transaction.endpoints;
                    return self.profile(&tokens, endpoints, None, date(&response), &call);
                }
                Ok(PollAnswer::Pending) => {}
                Ok(PollAnswer::SlowDown) => interval = interval.saturating_add(SLOWER).min(LONGEST),
                // The way there may come back (RFC 8628 §3.5 asks for longer pauses).
                Err(ProviderError::Unreachable {
                    why: Unreachable::Silent | Unreachable::Connection(_) | Unreachable::UnknownHost,
                    ..
                }) => interval = interval.saturating_mul(2).min(LONGEST),
                Err(error) => return Err(error),
            }
        }
    }

    fn ask(&self, transaction: &DeviceTransaction, call: &Call<'_>) -> Result<PollAnswer, ProviderError> {
        let failed = ProviderError::at(Endpoint::Token);
        let request = self
            .token_request(transaction)
            .map_err(|_| ProviderError::Address {
                what: "token endpoint",
            })?;
        let response = call.post(request).map_err(failed)?;
        let malformed = |_| ProviderError::at(Endpoint::Token)(Unreachable::Malformed);
        if response.status().is_success() {
            let tokens: Tokens = serde_json::from_slice(response.body()).map_err(malformed)?;
            return Ok(PollAnswer::Tokens(Box::new(tokens), response));
        }
        let refused: DeviceCodeErrorResponse = serde_json::from_slice(response.body()).map_err(malformed)?;
        let (error, description) = (refused.error().to_string(), refused.error_description().cloned());
        match refused.error() {
            DeviceCodeErrorResponseType::AuthorizationPending => Ok(PollAnswer::Pending),
            DeviceCodeErrorResponseType::SlowDown => Ok(PollAnswer::SlowDown),
            DeviceCodeErrorResponseType::ExpiredToken => Err(ProviderError::TimedOut),
            DeviceCodeErrorResponseType::AccessDenied => Err(ProviderError::Denied { error, description }),
            DeviceCodeErrorResponseType::Basic(_) => Err(ProviderError::Refused { error, description }),
        }
        .map_err(|error: ProviderError| {
            let device_code = SecretString::from(transaction.details.device_code().secret().as_str());
            error.without(&self.secrets([&device_code]))
        })
    }

    /// RFC 8628 §3.4, signed in as RFC 6749 §2.3.1 says.
    fn token_request(&self, transaction: &DeviceTransaction) -> Result<HttpRequest, http::Error> {
        let id = &self.provider.client_id;
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", GRANT)
            .append_pair("device_code", transaction.details.device_code().secret());
        let mut request = http::Request::post(&transaction.endpoints.token)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        match (&self.secret, self.provider.client_auth) {
            (Some(secret), ClientAuth::Basic) => {
                let credentials = self.credentials(secret);
                request = request.header(AUTHORIZATION, format!("Basic {}", *credentials));
            }
            (Some(secret), ClientAuth::Post) => {
                form.append_pair("client_id", id)
                    .append_pair("client_secret", secret.expose_secret());
            }
            (None, _) => {
                form.append_pair("client_id", id);
            }
        }
        request.body(form.finish().into_bytes())
    }
}
