//! Checks a provider step by step, as far as that is possible without a sign-in.

mod fault;

use std::time::Duration;

use jiff::SignedDuration;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet};
use openidconnect::{JsonWebKey as _, JsonWebKeyAlgorithm, JsonWebKeyUse, JwsSigningAlgorithm as _};
use serde_json::Value;

use super::client::Client;
use super::endpoints::Endpoints;
use super::error::{Endpoint, ProviderError};
use super::id_token::{LEEWAY, in_library};
use super::listener::Listener;
use crate::domain::check::CheckStep;
use crate::domain::clock::{Clock, Timestamp};
use crate::domain::duration::show_duration;
use crate::domain::provider::{Oidc, Protocol, SigningAlgorithm};

pub use self::fault::{CheckFault, FailedStep};

/// How long all of it may take.
const LIMIT: Duration = Duration::from_mins(1);

impl Client {
    /// Looks at the provider: `discovery`, `issuer`, `endpoints`, `keys`, `redirect`, `clock`, as far
    /// as there is something to look at. `each` gets every step that went well.
    ///
    /// # Errors
    /// The first step that didn't, and why.
    pub fn check(
        &self,
        clock: &dyn Clock,
        each: &mut dyn FnMut(CheckStep),
    ) -> Result<(), FailedStep<CheckFault>> {
        let call = self.call(clock, clock.elapsed() + LIMIT);
        let endpoints = Endpoints::of(&self.provider, &call).map_err(|error| {
            let step = match error {
                ProviderError::OtherIssuer { .. } => "issuer",
                ProviderError::Insecure { .. } | ProviderError::Address { .. } => "endpoints",
                _ => "discovery",
            };
            FailedStep::at(step)(error)
        })?;
        self.oauth(&endpoints).map_err(FailedStep::at("endpoints"))?;
        if let Protocol::Oidc(oidc) = &self.provider.protocol {
            each(CheckStep::passed("discovery", "the document is there"));
            each(CheckStep::passed(
                "issuer",
                format!("{}, to the letter", oidc.issuer),
            ));
            each(CheckStep::passed("endpoints", endpoints.named()));
            let url = endpoints.keys.as_deref().unwrap_or_default();
            let (keys, _) = call
                .get::<CoreJsonWebKeySet>(Endpoint::Keys, url, None)
                .map_err(FailedStep::at("keys"))?;
            each(CheckStep::passed(
                "keys",
                usable(oidc, &keys).map_err(FailedStep::at("keys"))?,
            ));
        } else {
            each(CheckStep::passed("endpoints", endpoints.named()));
        }
        let listener = Listener::bind(&self.provider.redirect).map_err(FailedStep::at("redirect"))?;
        each(CheckStep::passed(
            "redirect",
            way_back(&self.provider.redirect.ports, &listener),
        ));
        if let Some(theirs) = endpoints.date {
            let found = compare(clock.now(), theirs).map_err(FailedStep::at("clock"))?;
            each(CheckStep::passed("clock", found));
        }
        Ok(())
    }
}

impl Endpoints {
    fn named(&self) -> String {
        let device = if self.device.is_some() {
            ", device codes offered"
        } else {
            ""
        };
        format!(
            "sign-in at {}, tokens at {}{device}",
            self.authorization, self.token
        )
    }
}

fn usable(oidc: &Oidc, keys: &CoreJsonWebKeySet) -> Result<String, CheckFault> {
    let signs = |key: &CoreJsonWebKey| oidc.algorithms.iter().any(|one| can_sign(key, *one));
    let count = keys.keys().iter().filter(|key| signs(key)).count();
    let is_usable = |algorithm: &SigningAlgorithm| keys.keys().iter().any(|key| can_sign(key, *algorithm));
    let algorithms = oidc.algorithms.iter().copied();
    let usable: Vec<&str> = algorithms
        .filter(is_usable)
        .map(SigningAlgorithm::as_str)
        .collect();
    if usable.is_empty() {
        let algorithms = oidc.algorithms.iter().map(|one| one.as_str()).collect();
        return Err(CheckFault::NoKey { algorithms });
    }
    Ok(format!("{count} of them, for {}", usable.join(", ")))
}

/// Whether a token of this algorithm could be verified with the key (RFC 7517 §4.2, §4.4;
/// RFC 7518 §3.4; RFC 8037 §3.1).
fn can_sign(key: &CoreJsonWebKey, algorithm: SigningAlgorithm) -> bool {
    let needed = in_library(algorithm);
    let is_for_signatures = key.key_use().is_none_or(JsonWebKeyUse::allows_signature);
    let is_for_this = match key.signing_alg() {
        JsonWebKeyAlgorithm::Unspecified => true,
        JsonWebKeyAlgorithm::Algorithm(named) => *named == needed,
        JsonWebKeyAlgorithm::Unsupported => false,
    };
    let has_its_type = needed.key_type().as_ref() == Some(key.key_type());
    let has_its_curve = curve_of(algorithm).is_none_or(|curve| is_on(key, curve));
    is_for_signatures && is_for_this && has_its_type && has_its_curve
}

fn curve_of(algorithm: SigningAlgorithm) -> Option<&'static str> {
    match algorithm {
        SigningAlgorithm::Es256 => Some("P-256"),
        SigningAlgorithm::Es384 => Some("P-384"),
        SigningAlgorithm::EdDsa => Some("Ed25519"),
        _ => None,
    }
}

/// The library keeps the curve to itself, but writes it.
fn is_on(key: &CoreJsonWebKey, curve: &str) -> bool {
    let written = serde_json::to_value(key).unwrap_or_default();
    written.get("crv").and_then(Value::as_str) == Some(curve)
}

fn way_back(ports: &[u16], listener: &Listener) -> String {
    if ports.contains(&0) {
        "any free port can be listened on".to_owned()
    } else {
        format!("{} is free", listener.redirect_uri())
    }
}

fn compare(ours: Timestamp, theirs: Timestamp) -> Result<String, CheckFault> {
    let ahead: SignedDuration = ours.duration_since(theirs);
    let off = Duration::from_secs(ahead.unsigned_abs().as_secs());
    let side = if ahead.is_negative() { "behind" } else { "ahead of" };
    // The header has whole seconds, and was on its way.
    if off <= Duration::from_secs(2) {
        return Ok("the same as the provider's".to_owned());
    }
    let off_shown = show_duration(off);
    if off > LEEWAY {
        return Err(CheckFault::Clock { off: off_shown, side });
    }
    Ok(format!("{off_shown} {side} the provider's, which is near enough"))
}

#[cfg(test)]
mod tests;
