//! What `UserInfo` says of a person (`OpenID` Connect Core §5.3): JSON, or a signed token.

use super::error::{Endpoint, ProviderError, TokenFault, Unreachable};
use super::http::Call;
use super::id_token;
use super::jws::{Claims, SignedToken};
use super::keys::KeyRing;
use crate::domain::provider::{Oidc, Provider};

/// The answer of `UserInfo`.
enum Answer {
    Json(Claims),
    /// A token, signed or encrypted, that is not verified yet.
    Token(String),
}

/// `UserInfo` of an `OpenID` provider, which must be about `subject` (§5.3.2). If it is signed, the
/// provider's keys must verify it.
pub(super) fn of_subject(
    url: &str,
    subject: &str,
    access_token: &str,
    provider: &Provider,
    oidc: &Oidc,
    (keys, call): (&mut KeyRing<'_>, &Call<'_>),
) -> Result<Claims, ProviderError> {
    let wrong: fn(TokenFault) -> ProviderError = ProviderError::UserInfo;
    let claims = match ask(url, access_token, call)? {
        Answer::Json(claims) => claims,
        Answer::Token(raw) => {
            let token = SignedToken::parse(&raw, &oidc.algorithms).map_err(wrong)?;
            let token = keys.verify(&token, wrong)?;
            let now = call.clock.now();
            id_token::believe_userinfo(token, &oidc.issuer, provider.client_id(), now).map_err(wrong)?
        }
    };
    match claims.get("sub") {
        None => Err(wrong(TokenFault::Lacks("sub"))),
        Some(found) if found.as_str() == Some(subject) => Ok(claims),
        Some(_) => Err(ProviderError::OtherSubject),
    }
}

/// `UserInfo` of a plain OAuth 2.0 provider: there are no keys to verify a token with.
pub(super) fn plain(url: &str, access_token: &str, call: &Call<'_>) -> Result<Claims, ProviderError> {
    match ask(url, access_token, call)? {
        Answer::Json(claims) => Ok(claims),
        Answer::Token(raw) => Err(ProviderError::UserInfo(
            // A token that can't be decrypted is no matter of keys.
            match SignedToken::parse(&raw, &[]) {
                Err(TokenFault::Encrypted) => TokenFault::Encrypted,
                _ => TokenFault::NoKeys,
            },
        )),
    }
}

fn ask(url: &str, access_token: &str, call: &Call<'_>) -> Result<Answer, ProviderError> {
    // Which of the two it is was agreed at the registration of the client.
    let accept = "application/json, application/jwt";
    let response = call.fetch(Endpoint::UserInfo, url, accept, Some(access_token))?;
    let malformed = || ProviderError::at(Endpoint::UserInfo)(Unreachable::Malformed);
    read(response.body()).ok_or_else(malformed)
}

/// An object, or a text in three or five parts. The header `Content-Type` says which, but not at
/// every provider.
fn read(body: &[u8]) -> Option<Answer> {
    if let Ok(claims) = serde_json::from_slice(body) {
        return Some(Answer::Json(claims));
    }
    let text = std::str::from_utf8(body).ok()?.trim();
    let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_token = matches!(text.split('.').count(), 3 | 5) && text.bytes().all(is_base64url);
    is_token.then(|| Answer::Token(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_told_from_json_by_its_form() {
        let is_json = |body: &str| matches!(read(body.as_bytes()), Some(Answer::Json(_)));
        let is_token = |body: &str| matches!(read(body.as_bytes()), Some(Answer::Token(_)));
        assert!(is_json(r#" {"sub":"a.b.c","sub":"1"} "#));
        assert!(is_token("eyJ.eyJ.c2ln\n"));
        assert!(is_token("eyJ.e.i.c.t"));
        for neither in ["", "[]", "null", "a.b", "a.b.c.d", "<p>1.2.3</p>", "a b.c.d"] {
            assert!(read(neither.as_bytes()).is_none(), "{neither}");
        }
    }
}
