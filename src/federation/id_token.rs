//! Whether an ID token can be believed (`OpenID` Connect Core §3.1.3.7). Each claim that counts is
//! read by its own rule, after the signature; every other claim may be anything.

use std::time::Duration;

use oauth2::AccessToken;
use openidconnect::{AccessTokenHash, Nonce};
use serde_json::Value;

use super::error::TokenFault;
use super::jws::{Claims, VerifiedToken, in_library};
use crate::domain::clock::{Timestamp, earlier, later};

/// How far two clocks may be apart.
pub(super) const LEEWAY: Duration = Duration::from_mins(1);
/// A token straight from the provider isn't older. Entra ID dates its tokens back by five minutes.
const OLDEST: Duration = Duration::from_mins(10);

/// What a token is held against.
pub(super) struct ExpectedIdToken<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    /// What was sent along; nothing with a device code.
    pub nonce: Option<&'a Nonce>,
    /// The token it came with.
    pub access_token: &'a AccessToken,
    pub now: Timestamp,
}

/// The claims of a token that can be believed.
pub(super) fn believe(
    token: VerifiedToken<'_>,
    expected: &ExpectedIdToken<'_>,
) -> Result<Claims, TokenFault> {
    check_kind(token.kind.as_ref())?;
    let claims = &token.claims;
    check_issuer(claims, expected.issuer)?;
    check_subject(claims)?;
    check_audience(claims, expected.client_id)?;
    let azp = present(claims, "azp");
    if azp.is_some_and(|azp| azp.as_str() != Some(expected.client_id)) {
        return Err(TokenFault::AuthorizedParty);
    }
    present(claims, "exp").ok_or(TokenFault::Lacks("exp"))?;
    check_validity(claims, expected.now)?;
    check_age(claims, expected.now)?;
    check_nonce(claims, expected.nonce)?;
    check_access_token(&token, expected.access_token)?;
    Ok(token.claims)
}

/// The claims of `UserInfo` that is signed, if they are for us (`OpenID` Connect Core §5.3.2):
/// issuer, audience and times are held against ours where the provider tells them.
pub(super) fn believe_userinfo(
    token: VerifiedToken<'_>,
    issuer: &str,
    client_id: &str,
    now: Timestamp,
) -> Result<Claims, TokenFault> {
    let claims = &token.claims;
    if present(claims, "iss").is_some() {
        check_issuer(claims, issuer)?;
    }
    if present(claims, "aud").is_some() {
        check_audience(claims, client_id)?;
    }
    check_validity(claims, now)?;
    Ok(token.claims)
}

/// A claim; `null` is the same as none.
fn present<'c>(claims: &'c Claims, name: &str) -> Option<&'c Value> {
    claims.get(name).filter(|value| !value.is_null())
}

/// A claim that must be there and be a text.
fn text<'c>(claims: &'c Claims, name: &'static str) -> Result<&'c str, TokenFault> {
    let value = present(claims, name).ok_or(TokenFault::Lacks(name))?;
    value.as_str().ok_or(TokenFault::Claim(name))
}

/// The header `typ`: an access token (`at+jwt`, RFC 9068 §2.1) is no ID token.
fn check_kind(kind: Option<&Value>) -> Result<(), TokenFault> {
    const KINDS: [&str; 4] = ["jwt", "application/jwt", "jose", "application/jose"];
    let Some(kind) = kind else { return Ok(()) };
    let kind = kind.as_str().unwrap_or_default();
    if KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind)) {
        Ok(())
    } else {
        Err(TokenFault::Kind)
    }
}

fn check_issuer(claims: &Claims, issuer: &str) -> Result<(), TokenFault> {
    if text(claims, "iss")? == issuer {
        Ok(())
    } else {
        Err(TokenFault::Issuer)
    }
}

fn check_subject(claims: &Claims) -> Result<(), TokenFault> {
    if text(claims, "sub")?.is_empty() {
        Err(TokenFault::Subject)
    } else {
        Ok(())
    }
}

/// We are the audience, and nobody else: another client could pass on its own token.
fn check_audience(claims: &Claims, client_id: &str) -> Result<(), TokenFault> {
    let audiences = match present(claims, "aud").ok_or(TokenFault::Lacks("aud"))? {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    if audiences.iter().any(|one| !one.is_string()) {
        return Err(TokenFault::Claim("aud"));
    }
    if audiences.is_empty() || audiences.iter().any(|one| one.as_str() != Some(client_id)) {
        return Err(TokenFault::Audience);
    }
    Ok(())
}

/// `exp` and `nbf`, where they are there.
fn check_validity(claims: &Claims, now: Timestamp) -> Result<(), TokenFault> {
    let ends = moment(claims, "exp")?;
    if ends.is_some_and(|ends| ends <= earlier(now, LEEWAY).as_second()) {
        return Err(TokenFault::Expired);
    }
    match moment(claims, "nbf")? {
        Some(begins) if begins > later(now, LEEWAY).as_second() => Err(TokenFault::NotYet),
        _ => Ok(()),
    }
}

/// An `iat` that isn't of this sign-in.
fn check_age(claims: &Claims, now: Timestamp) -> Result<(), TokenFault> {
    let issued = moment(claims, "iat")?.ok_or(TokenFault::Lacks("iat"))?;
    if issued > later(now, LEEWAY).as_second() {
        return Err(TokenFault::NotYet);
    }
    if issued < earlier(now, OLDEST).as_second() {
        return Err(TokenFault::Stale);
    }
    Ok(())
}

/// Seconds since 1970; fractions are allowed (RFC 7519 §2, `NumericDate`).
fn moment(claims: &Claims, name: &'static str) -> Result<Option<i64>, TokenFault> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole seconds are enough; it saturates"
    )]
    let whole = |fraction: f64| fraction.floor() as i64;
    let Some(value) = present(claims, name) else {
        return Ok(None);
    };
    let seconds = value.as_i64().or_else(|| value.as_f64().map(whole));
    seconds.map(Some).ok_or(TokenFault::Claim(name))
}

fn check_nonce(claims: &Claims, sent: Option<&Nonce>) -> Result<(), TokenFault> {
    let Some(sent) = sent else { return Ok(()) };
    if text(claims, "nonce")? == sent.secret() {
        Ok(())
    } else {
        Err(TokenFault::Nonce)
    }
}

/// `at_hash` (`OpenID` Connect Core §3.1.3.8), where it is there.
fn check_access_token(token: &VerifiedToken<'_>, access_token: &AccessToken) -> Result<(), TokenFault> {
    let Some(found) = present(&token.claims, "at_hash") else {
        return Ok(());
    };
    let made = AccessTokenHash::from_token(access_token, &in_library(token.algorithm), token.key);
    if made.is_ok_and(|made| found.as_str() == Some(made.as_str())) {
        Ok(())
    } else {
        Err(TokenFault::AccessToken)
    }
}

/// Whether a wrong clock could be behind it.
pub(super) fn is_about_time(fault: &TokenFault) -> bool {
    matches!(
        fault,
        TokenFault::Expired | TokenFault::NotYet | TokenFault::Stale
    )
}

#[cfg(test)]
mod tests;
