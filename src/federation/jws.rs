//! Signed tokens (JWS, RFC 7515 §7.1). The signature is verified over the bytes that came, before
//! any of their content counts: a claim that this program doesn't read may be of any type.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{
    JsonWebKey as _, JsonWebKeyAlgorithm, JsonWebKeyUse, JwsSigningAlgorithm as _, SignatureVerificationError,
};
use serde_json::{Map, Value};

use super::error::TokenFault;
use crate::domain::provider::SigningAlgorithm;

/// What a token says.
pub(super) type Claims = Map<String, Value>;

/// A token whose signature is not verified yet.
pub(super) struct SignedToken<'a> {
    algorithm: SigningAlgorithm,
    key_id: Option<String>,
    kind: Option<Value>,
    /// The bytes that are signed: header and content as they came.
    signed: &'a str,
    content: Vec<u8>,
    signature: Vec<u8>,
}

/// A token whose signature is right.
pub(super) struct VerifiedToken<'k> {
    pub claims: Claims,
    /// The header `typ` (RFC 7515 §4.1.9).
    pub kind: Option<Value>,
    pub key: &'k CoreJsonWebKey,
    pub algorithm: SigningAlgorithm,
}

impl<'a> SignedToken<'a> {
    /// Reads the header of a token that is signed by one of `algorithms`.
    pub fn parse(raw: &'a str, algorithms: &[SigningAlgorithm]) -> Result<Self, TokenFault> {
        let parts: Vec<&str> = raw.split('.').collect();
        let [header, content, signature] = parts[..] else {
            // A JWE has five parts (RFC 7516 §3.1).
            return Err(match parts.len() {
                5 => TokenFault::Encrypted,
                _ => TokenFault::Malformed,
            });
        };
        let signed = &raw[..header.len() + 1 + content.len()];
        let header: Map<String, Value> =
            serde_json::from_slice(&decoded(header)?).map_err(|_| TokenFault::Malformed)?;
        if header.contains_key("enc") {
            return Err(TokenFault::Encrypted);
        }
        // What the header calls critical must be known to the reader (RFC 7515 §4.1.11), and this
        // program knows no extension.
        if header.contains_key("crit") {
            return Err(TokenFault::Critical);
        }
        let named = header.get("alg").and_then(Value::as_str);
        let allowed = algorithms.iter().find(|one| Some(one.as_str()) == named);
        Ok(Self {
            algorithm: *allowed.ok_or(TokenFault::Algorithm)?,
            key_id: match header.get("kid") {
                None | Some(Value::Null) => None,
                Some(Value::String(id)) => Some(id.clone()),
                Some(_) => return Err(TokenFault::Malformed),
            },
            kind: header.get("typ").filter(|kind| !kind.is_null()).cloned(),
            signed,
            content: decoded(content)?,
            signature: decoded(signature)?,
        })
    }

    /// The content, if one of `keys` signed it.
    pub fn verify<'k>(&self, keys: &'k CoreJsonWebKeySet) -> Result<VerifiedToken<'k>, TokenFault> {
        let key = self.key(keys)?;
        let algorithm = in_library(self.algorithm);
        key.verify_signature(&algorithm, self.signed.as_bytes(), &self.signature)
            .map_err(|error| match error {
                SignatureVerificationError::InvalidKey(_) => TokenFault::UnusableKey,
                _ => TokenFault::Signature,
            })?;
        Ok(VerifiedToken {
            claims: serde_json::from_slice(&self.content).map_err(|_| TokenFault::Malformed)?,
            kind: self.kind.clone(),
            key,
            algorithm: self.algorithm,
        })
    }

    /// The one key that may have signed the token. Without `kid` it must be the only key that can
    /// sign by this algorithm (`OpenID` Connect Core §10.1).
    fn key<'k>(&self, keys: &'k CoreJsonWebKeySet) -> Result<&'k CoreJsonWebKey, TokenFault> {
        let has_its_id = |key: &&CoreJsonWebKey| match &self.key_id {
            Some(id) => key.key_id().is_some_and(|found| found.as_str() == id),
            None => true,
        };
        let mut fitting = keys
            .keys()
            .iter()
            .filter(has_its_id)
            .filter(|key| can_sign(key, self.algorithm));
        match (fitting.next(), fitting.next()) {
            (Some(key), None) => Ok(key),
            (Some(_), Some(_)) => Err(TokenFault::AmbiguousKey),
            (None, _) => Err(TokenFault::UnknownKey),
        }
    }
}

fn decoded(part: &str) -> Result<Vec<u8>, TokenFault> {
    BASE64_URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| TokenFault::Malformed)
}

/// Whether a token of this algorithm could be verified with the key (RFC 7517 §4.2, §4.4;
/// RFC 7518 §3.4; RFC 8037 §3.1).
pub(super) fn can_sign(key: &CoreJsonWebKey, algorithm: SigningAlgorithm) -> bool {
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

#[cfg(test)]
mod tests;
