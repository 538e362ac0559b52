//! The device flow (RFC 8628): the code is typed in on another machine. The library has a loop for
//! the asking, but goes on after every fault, tells time by the wall clock and can't be stopped.

mod code;
mod poll;

use std::fmt;
use std::time::Duration;

use oauth2::HttpResponse;
use secrecy::SecretString;

use self::code::{DeviceCode, LONGEST};
use self::poll::{Pace, PollAnswer};
use super::client::Client;
use super::endpoints::Endpoints;
use super::error::{Endpoint, ProviderError};
use super::http::{Call, date, remaining};
use super::tokens::Tokens;
use super::transaction::Vouched;
use crate::domain::admission::Profile;
use crate::domain::clock::{Clock, later};
use crate::domain::provider::ProviderName;
use crate::domain::third_party::{Lifetime, Purpose, StateHash};

/// RFC 8628 §3.4.
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// A device code that waits to be typed in.
pub struct DeviceTransaction {
    code: DeviceCode,
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
        &self.code.verification_uri
    }

    /// The same with the code in it, for a QR code or a link, where the provider gives one
    /// (RFC 8628 §3.3.1). The person still compares the code.
    #[must_use]
    pub fn verification_uri_complete(&self) -> Option<&str> {
        self.code.complete_uri.as_deref()
    }

    /// The code.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.code.user_code
    }

    /// How long it may still take; `None` once its time is over.
    #[must_use]
    pub fn remaining(&self, clock: &dyn Clock) -> Option<Duration> {
        self.lifetime.remaining(clock.now())
    }
}

impl Client {
    /// Begins a third-party login on another machine. Whether it may begin is decided elsewhere.
    pub(crate) fn begin_device(
        &self,
        purpose: Purpose,
        limit: Duration,
        clock: &dyn Clock,
    ) -> Result<DeviceTransaction, ProviderError> {
        if !self.provider.device() {
            return Err(ProviderError::DeviceOff);
        }
        let until = clock.elapsed().saturating_add(limit);
        let mut lifetime = Lifetime::begin(clock.now(), limit);
        let call = self.call(clock, until);
        let endpoints = Endpoints::of(&self.provider, &call)?;
        let code = self.ask_for_code(&endpoints, &call)?;
        lifetime.ends_at = lifetime
            .ends_at
            .min(later(clock.now(), code.expires_in.min(LONGEST)));
        Ok(DeviceTransaction {
            code,
            endpoints,
            provider: self.provider.name().clone(),
            purpose,
            lifetime,
        })
    }

    /// RFC 8628 §3.1.
    fn ask_for_code(&self, endpoints: &Endpoints, call: &Call<'_>) -> Result<DeviceCode, ProviderError> {
        let url = endpoints.device.as_deref().ok_or(ProviderError::NoDevice)?;
        let scopes = self.provider.scopes().join(" ");
        let scope = (!scopes.is_empty()).then_some(("scope", scopes.as_str()));
        let at = |why| ProviderError::at(Endpoint::DeviceCode)(why);
        let request = self
            .form(url, endpoints.client_auth, scope)
            .ok_or(ProviderError::Address {
                what: "device authorization endpoint",
            })?;
        let response = call.post(request).map_err(at)?;
        if !response.status().is_success() {
            let (error, description) = poll::error_in(&response).map_err(at)?;
            return Err(ProviderError::NoCode { error, description }.without(&self.secrets(None)));
        }
        DeviceCode::read(response.body()).map_err(at)?.checked()
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
        if transaction.provider != *self.provider.name() {
            return Err(ProviderError::OtherTransaction);
        }
        let profile = self.poll(transaction, clock)?;
        let state_hash = StateHash::of(transaction.code.secret());
        Vouched::new(
            profile,
            self.provider.name(),
            transaction.purpose,
            state_hash,
            transaction.lifetime,
        )
    }

    fn poll(&self, transaction: &DeviceTransaction, clock: &dyn Clock) -> Result<Profile, ProviderError> {
        let left = transaction.remaining(clock).ok_or(ProviderError::TimedOut)?;
        let until = clock.elapsed().saturating_add(left);
        let call = self.call(clock, until);
        let mut pace = Pace::new(transaction.code.interval);
        loop {
            let next = clock.elapsed().saturating_add(pace.pause());
            clock.wait_until(next.min(until));
            if remaining(clock, until).is_none() {
                return Err(ProviderError::TimedOut);
            }
            match self.ask(transaction, &call) {
                Ok((PollAnswer::Tokens(tokens), response)) => {
                    return self.profile_of_device(&tokens, transaction, &response, &call);
                }
                Ok((PollAnswer::Pending, _)) => pace.pending(),
                Ok((PollAnswer::SlowDown, _)) => pace.slow_down(),
                Ok((PollAnswer::Failing, _)) => pace.failed(),
                Err(ProviderError::Unreachable { why, .. }) if poll::may_pass(&why) => pace.failed(),
                Err(error) => return Err(error),
            }
        }
    }

    fn profile_of_device(
        &self,
        tokens: &Tokens,
        transaction: &DeviceTransaction,
        response: &HttpResponse,
        call: &Call<'_>,
    ) -> Result<Profile, ProviderError> {
        self.profile(tokens, &transaction.endpoints, None, date(response), call)
    }

    /// RFC 8628 §3.4.
    fn ask(
        &self,
        transaction: &DeviceTransaction,
        call: &Call<'_>,
    ) -> Result<(PollAnswer, HttpResponse), ProviderError> {
        let code = transaction.code.secret();
        let fields = [("grant_type", GRANT), ("device_code", code)];
        let request = self.form(
            &transaction.endpoints.token,
            transaction.endpoints.client_auth,
            fields,
        );
        let request = request.ok_or(ProviderError::Address {
            what: "token endpoint",
        })?;
        let response = call.post(request).map_err(ProviderError::at(Endpoint::Token))?;
        match poll::read(&response) {
            Ok(answer) => Ok((answer, response)),
            Err(error) => {
                let code = SecretString::from(code);
                Err(error.without(&self.secrets([&code])))
            }
        }
    }
}
