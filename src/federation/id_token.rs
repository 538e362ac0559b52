//! Whether an ID token can be believed (`OpenID` Connect Core §3.1.3.7).

use std::str::FromStr;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use oauth2::{AccessToken, ClientId};
use openidconnect::core::{CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{AccessTokenHash, ClaimsVerificationError, IssuerUrl, Nonce, SignatureVerificationError};
use serde_json::{Map, Value};

use super::error::IdTokenFault;
use crate::domain::clock::{Timestamp, earlier, later};
use crate::domain::provider::SigningAlgorithm;

/// How far two clocks may be apart.
pub(super) const LEEWAY: Duration = Duration::from_mins(1);
/// A token straight from the provider isn't older. Entra ID dates its tokens back by five minutes.
const OLDEST: Duration = Duration::from_mins(10);

/// What a token is held against.
pub(super) struct ExpectedIdToken<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub algorithms: &'a [SigningAlgorithm],
    /// What was sent along; nothing with a device code.
    pub nonce: Option<&'a Nonce>,
    /// The token it came with.
    pub access_token: &'a AccessToken,
    pub now: Timestamp,
}

/// The claims of a token that can be believed.
pub(super) fn verify(
    raw: &str,
    keys: &CoreJsonWebKeySet,
    expected: &ExpectedIdToken<'_>,
) -> Result<Map<String, Value>, IdTokenFault> {
    let token = CoreIdToken::from_str(raw).map_err(|_| unreadable(raw))?;
    let issuer = IssuerUrl::new(expected.issuer.to_owned()).map_err(|_| IdTokenFault::Issuer)?;
    let client = ClientId::new(expected.client_id.to_owned());
    let now = expected.now;
    // A public client's verifier never takes a shared secret for a key.
    let verifier = CoreIdTokenVerifier::new_public_client(client, issuer, keys.clone())
        .set_allowed_algs(expected.algorithms.iter().copied().map(in_library))
        .set_time_fn(move || in_chrono(earlier(now, LEEWAY)));
    let nonce = |found: Option<&Nonce>| match expected.nonce {
        Some(sent) if found != Some(sent) => Err("another nonce".to_owned()),
        _ => Ok(()),
    };
    let verified = token.claims(&verifier, nonce).map_err(|error| fault(&error))?;
    let claims = payload(raw).ok_or(IdTokenFault::Malformed)?;
    check_times(&claims, now)?;
    if verified.subject().as_str().is_empty() {
        return Err(IdTokenFault::Subject);
    }
    if claims.get("iss").and_then(Value::as_str) != Some(expected.issuer) {
        return Err(IdTokenFault::Issuer);
    }
    if claims
        .get("azp")
        .is_some_and(|azp| azp.as_str() != Some(expected.client_id))
    {
        return Err(IdTokenFault::AuthorizedParty);
    }
    if let Some(found) = verified.access_token_hash() {
        let algorithm = token.signing_alg().map_err(|_| IdTokenFault::Algorithm)?;
        let key = token
            .signing_key(&verifier)
            .map_err(|_| IdTokenFault::UnknownKey)?;
        let made = AccessTokenHash::from_token(expected.access_token, algorithm, key);
        if made.ok().as_ref() != Some(found) {
            return Err(IdTokenFault::AccessToken);
        }
    }
    Ok(claims)
}

/// The claims that each token must have (`OpenID` Connect Core §2).
const REQUIRED: [&str; 5] = ["iss", "sub", "aud", "exp", "iat"];

/// Why the library can't read a token: it doesn't name the claim.
fn unreadable(raw: &str) -> IdTokenFault {
    // A JWE has five parts (RFC 7516 §3.1), a JWS has three.
    if raw.split('.').count() == 5 {
        return IdTokenFault::Encrypted;
    }
    let Some(claims) = payload(raw) else {
        return IdTokenFault::Malformed;
    };
    let is_bad = |name: &&str| !claims.get(*name).is_some_and(|value| can_be_read(name, value));
    let bad = REQUIRED.into_iter().find(is_bad);
    bad.map_or(IdTokenFault::Malformed, IdTokenFault::Claim)
}

fn can_be_read(name: &str, value: &Value) -> bool {
    match name {
        "exp" | "iat" => seconds(value).is_some(),
        "aud" => value.is_string() || value.is_array(),
        _ => value.is_string(),
    }
}

/// What the library leaves to its caller: `nbf`, and an `iat` that isn't of this sign-in.
fn check_times(claims: &Map<String, Value>, now: Timestamp) -> Result<(), IdTokenFault> {
    let moment = |name| claims.get(name).map(seconds);
    let latest = later(now, LEEWAY).as_second();
    let issued = moment("iat").flatten().ok_or(IdTokenFault::Claim("iat"))?;
    if issued > latest {
        return Err(IdTokenFault::NotYet);
    }
    if issued < earlier(now, OLDEST).as_second() {
        return Err(IdTokenFault::Stale);
    }
    match moment("nbf") {
        Some(None) => Err(IdTokenFault::Claim("nbf")),
        Some(Some(begins)) if begins > latest => Err(IdTokenFault::NotYet),
        _ => Ok(()),
    }
}

/// Seconds since 1970; fractions are allowed (RFC 7519 §2, `NumericDate`).
fn seconds(value: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole seconds are enough; it saturates"
    )]
    let whole = |fraction: f64| fraction.floor() as i64;
    value.as_i64().or_else(|| value.as_f64().map(whole))
}

fn payload(raw: &str) -> Option<Map<String, Value>> {
    let encoded = raw.split('.').nth(1)?;
    let decoded = BASE64_URL_SAFE_NO_PAD.decode(encoded).ok()?;
    serde_json::from_slice(&decoded).ok()
}

/// Whether another look at the provider's keys could help (`OpenID` Connect Core §10.1.1).
pub(super) fn is_about_keys(fault: &IdTokenFault) -> bool {
    matches!(fault, IdTokenFault::UnknownKey)
}

/// Whether a wrong clock could be behind it.
pub(super) fn is_about_time(fault: &IdTokenFault) -> bool {
    matches!(
        fault,
        IdTokenFault::Expired | IdTokenFault::NotYet | IdTokenFault::Stale
    )
}

fn fault(error: &ClaimsVerificationError) -> IdTokenFault {
    use ClaimsVerificationError as E;
    use SignatureVerificationError as S;
    match error {
        E::Expired(_) => IdTokenFault::Expired,
        E::InvalidAudience(_) => IdTokenFault::Audience,
        E::InvalidIssuer(_) => IdTokenFault::Issuer,
        E::InvalidNonce(_) => IdTokenFault::Nonce,
        E::InvalidSubject(_) => IdTokenFault::Subject,
        E::SignatureVerification(error) => match error {
            S::NoMatchingKey => IdTokenFault::UnknownKey,
            S::AmbiguousKeyId(_) => IdTokenFault::AmbiguousKey,
            S::DisallowedAlg(_) | S::UnsupportedAlg(_) | S::NoSignature => IdTokenFault::Algorithm,
            _ => IdTokenFault::Signature,
        },
        _ => IdTokenFault::Malformed,
    }
}

pub(super) fn in_library(algorithm: SigningAlgorithm) -> CoreJwsSigningAlgorithm {
    use CoreJwsSigningAlgorithm as Library;
    match algorithm {
        SigningAlgorithm::Rs256 => Library::RsaSsaPkcs1V15Sha256,
        SigningAlgorithm::Rs384 => Library::RsaSsaPkcs1V15Sha384,
        SigningAlgorithm::Rs512 => Library::RsaSsaPkcs1V15Sha512,
        SigningAlgorithm::Ps256 => Library::RsaSsaPssSha256,
        SigningAlgorithm::Ps384 => Library::RsaSsaPssSha384,
        SigningAlgorithm::Ps512 => Library::RsaSsaPssSha512,
        SigningAlgorithm::Es256 => Library::EcdsaP256Sha256,
        SigningAlgorithm::Es384 => Library::EcdsaP384Sha384,
        SigningAlgorithm::EdDsa => Library::EdDsa,
    }
}

/// The library tells time by `chrono`.
pub(super) fn in_chrono(at: Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(at.as_microsecond()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault_of(claims: &Value) -> IdTokenFault {
        let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        unreadable(&format!(
            "{}.{}.c2ln",
            encode(&json!({"alg": "RS256"})),
            encode(claims)
        ))
    }

    #[test]
    fn a_required_claim_that_is_missing_or_has_another_type_is_named() {
        let whole = json!({"iss": "https://id", "sub": "1", "aud": ["desk"], "exp": 2, "iat": 1.5});
        assert_eq!(fault_of(&whole), IdTokenFault::Malformed);
        for claim in REQUIRED {
            let mut without = whole.clone();
            without.as_object_mut().unwrap().remove(claim);
            assert_eq!(fault_of(&without), IdTokenFault::Claim(claim));
            let mut other = whole.clone();
            other[claim] = json!({});
            assert_eq!(fault_of(&other), IdTokenFault::Claim(claim));
        }
        assert!(IdTokenFault::Claim("iat").to_string().contains("`iat`"));
    }

    #[test]
    fn an_encrypted_token_and_a_text_that_is_no_token_are_told_apart() {
        assert_eq!(unreadable("a.b.c.d.e"), IdTokenFault::Encrypted);
        assert_eq!(unreadable("a.b.c"), IdTokenFault::Malformed);
        assert_eq!(unreadable(""), IdTokenFault::Malformed);
    }
}
