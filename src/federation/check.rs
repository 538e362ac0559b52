//! Looks at a provider step by step, as far as that goes without anybody signing in.

use std::time::Duration;

use jiff::SignedDuration;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet};
use openidconnect::{JsonWebKey as _, JsonWebKeyAlgorithm, JsonWebKeyUse, JwsSigningAlgorithm as _};
use serde_json::Value;

use super::client::Client;
use super::endpoints::Endpoints;
use super::error::{ProviderError, Step};
use super::id_token::{LEEWAY, in_library};
use super::listener::{ListenError, Listener};
use crate::domain::check::CheckStep;
use crate::domain::clock::{Clock, Timestamp};
use crate::domain::duration::show_duration;
use crate::domain::provider::{Oidc, Protocol, SigningAlgorithm};

/// How long all of it may take.
const LIMIT: Duration = Duration::from_mins(1);

/// What failed, and in which step.
#[derive(Debug, thiserror::Error)]
pub enum CheckFault {
    /// The provider.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The way back.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The provider has no key that could sign an ID token.
    #[error("the provider has no key for {}", algorithms.join(", "))]
    NoKey {
        /// The algorithms that are allowed.
        algorithms: Vec<&'static str>,
    },
    /// No ID token would be believed.
    #[error("the clock of this machine is {off} {side} the provider's")]
    Clock {
        /// By how much.
        off: String,
        /// `ahead of` or `behind`.
        side: &'static str,
    },
}

/// The step of a check that failed, and why.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedStep<F> {
    /// The name of the step.
    pub step: &'static str,
    /// Why it failed.
    pub fault: F,
}

impl<F> FailedStep<F> {
    /// Says of a fault at which step it happened.
    pub(crate) fn at<E: Into<F>>(step: &'static str) -> impl FnOnce(E) -> Self {
        move |fault| Self {
            step,
            fault: fault.into(),
        }
    }
}

impl CheckFault {
    /// The word by which a program tells the faults apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Provider(error) => error.code(),
            Self::Listen(error) => error.code(),
            Self::NoKey { .. } => "provider_failed",
            Self::Clock { .. } => "clock_off",
        }
    }
}

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
                .get::<CoreJsonWebKeySet>(Step::Keys, url, None)
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
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::clock::later;

    /// What is said of one key in a set, if both are as given.
    fn told(algorithms: &[SigningAlgorithm], keys: &Value) -> Result<String, String> {
        let oidc = Oidc {
            issuer: String::new(),
            algorithms: algorithms.to_vec(),
            email_verified_claim: String::new(),
        };
        let keys = serde_json::from_value(json!({ "keys": keys })).unwrap();
        usable(&oidc, &keys).map_err(|fault| fault.to_string())
    }

    fn rsa(more: &Value) -> Value {
        key(
            json!({"kty": "RSA", "n": "sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri", "e": "AQAB"}),
            more,
        )
    }

    /// The coordinates of RFC 7517 §A.1; a curve is known by its name.
    fn ec(curve: &str, more: &Value) -> Value {
        let x = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
        let y = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
        key(json!({"kty": "EC", "crv": curve, "x": x, "y": y}), more)
    }

    fn key(mut parts: Value, more: &Value) -> Value {
        let more = more.as_object().cloned().unwrap_or_default();
        parts.as_object_mut().unwrap().extend(more);
        parts
    }

    #[test]
    fn a_key_counts_if_it_can_sign_by_an_algorithm_that_is_allowed() {
        use SigningAlgorithm::{EdDsa, Es256, Es384, Ps256, Rs256};
        let ed25519 = json!({
            "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        });
        for (algorithm, key) in [
            (Rs256, rsa(&json!({}))),
            (
                Rs256,
                rsa(&json!({"use": "sig", "alg": "RS256", "kid": "a", "x5t": "b"})),
            ),
            (Ps256, rsa(&json!({"alg": "PS256"}))),
            (Es256, ec("P-256", &json!({"use": "sig"}))),
            (Es384, ec("P-384", &json!({"alg": "ES384"}))),
            (EdDsa, ed25519.clone()),
        ] {
            let expected = Ok(format!("1 of them, for {}", algorithm.as_str()));
            assert_eq!(told(&[algorithm], &json!([key])), expected, "{key}");
        }
        for (algorithm, key) in [
            (Rs256, rsa(&json!({"use": "enc"}))),
            (Rs256, rsa(&json!({"use": "tls"}))),
            (Rs256, rsa(&json!({"alg": "RSA-OAEP"}))),
            (Rs256, rsa(&json!({"alg": "RS512"}))),
            (Ps256, rsa(&json!({"alg": "RS256"}))),
            (Es256, rsa(&json!({}))),
            (Es256, ec("P-384", &json!({}))),
            (Es256, ec("P-521", &json!({}))),
            (Es256, ec("secp256k1", &json!({}))),
            (Es384, ec("P-256", &json!({}))),
            (Rs256, ec("P-256", &json!({}))),
            (Es256, ed25519),
            (EdDsa, ec("P-256", &json!({}))),
            (Rs256, json!({"kty": "oct", "k": "c2VjcmV0"})),
        ] {
            let expected = Err(format!("the provider has no key for {}", algorithm.as_str()));
            assert_eq!(told(&[algorithm], &json!([key])), expected, "{key}");
        }
        let several = json!([
            rsa(&json!({})),
            rsa(&json!({"use": "enc"})),
            ec("P-384", &json!({}))
        ]);
        assert_eq!(
            told(&[Rs256, Es256], &several),
            Ok("1 of them, for RS256".to_owned())
        );
        assert_eq!(
            told(&[Rs256, Es384], &several),
            Ok("2 of them, for RS256, ES384".to_owned())
        );
        assert_eq!(
            told(&[Rs256, Es256], &json!([])),
            Err("the provider has no key for RS256, ES256".to_owned())
        );
    }

    #[test]
    fn a_minute_apart_is_near_enough_and_no_more() {
        let theirs = Timestamp::UNIX_EPOCH;
        let told = |seconds| compare(later(theirs, Duration::from_secs(seconds)), theirs);
        assert_eq!(told(1).unwrap(), "the same as the provider's");
        assert_eq!(
            told(60).unwrap(),
            "1m ahead of the provider's, which is near enough"
        );
        let fault = told(301).unwrap_err().to_string();
        assert_eq!(fault, "the clock of this machine is 5m1s ahead of the provider's");
        let behind = compare(theirs, later(theirs, Duration::from_secs(61))).unwrap_err();
        assert_eq!(
            behind.to_string(),
            "the clock of this machine is 1m1s behind the provider's"
        );
    }
}
