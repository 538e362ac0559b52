//! The keys by which a provider signs (RFC 7517).

use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet};
use serde_json::{Map, Value};

use super::error::{Endpoint, ProviderError, TokenFault, Unreachable};
use super::http::Call;
use super::jws::{SignedToken, VerifiedToken};

/// The keys of a provider during one sign-in. They are asked for when the first token comes, and an
/// unknown key is a reason to ask once more: a cache on the way may have given an old answer
/// (`OpenID` Connect Core §10.1.1).
pub(super) struct KeyRing<'a> {
    url: &'a str,
    call: &'a Call<'a>,
    keys: Option<CoreJsonWebKeySet>,
    asked_again: bool,
}

impl<'a> KeyRing<'a> {
    /// The keys at `url`, which must be known.
    pub fn new(url: Option<&'a str>, call: &'a Call<'a>) -> Result<Self, ProviderError> {
        let url = url.ok_or(ProviderError::Lacks {
            endpoint: "address of the keys",
        })?;
        Ok(Self {
            url,
            call,
            keys: None,
            asked_again: false,
        })
    }

    /// The token, if a key of the provider signed it. `wrong` says what it means if none did.
    pub fn verify(
        &mut self,
        token: &SignedToken<'_>,
        wrong: fn(TokenFault) -> ProviderError,
    ) -> Result<VerifiedToken<'_>, ProviderError> {
        let keys = match self.keys.take() {
            Some(keys) => keys,
            None => fetch(self.url, self.call)?,
        };
        let is_unknown = matches!(token.verify(&keys), Err(TokenFault::UnknownKey));
        let keys = if is_unknown && !std::mem::replace(&mut self.asked_again, true) {
            fetch(self.url, self.call)?
        } else {
            keys
        };
        token.verify(self.keys.insert(keys)).map_err(wrong)
    }
}

/// The keys at `url`.
pub(super) fn fetch(url: &str, call: &Call<'_>) -> Result<CoreJsonWebKeySet, ProviderError> {
    let (document, _): (Map<String, Value>, _) = call.get(Endpoint::Keys, url, None)?;
    let Some(Value::Array(listed)) = document.get("keys") else {
        return Err(ProviderError::at(Endpoint::Keys)(Unreachable::Lacks("keys")));
    };
    Ok(key_set(listed))
}

/// The keys of the list that can be read: a set may hold keys of other kinds, for other uses
/// (RFC 7517 §5).
fn key_set(listed: &[Value]) -> CoreJsonWebKeySet {
    let read = |key: &Value| serde_json::from_value::<CoreJsonWebKey>(key.clone()).ok();
    CoreJsonWebKeySet::new(listed.iter().filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use openidconnect::JsonWebKey as _;
    use serde_json::json;

    #[test]
    fn a_key_that_cannot_be_read_takes_no_other_key_with_it() {
        let good = json!({
            "kty": "RSA", "kid": "good", "n": "sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri", "e": "AQAB",
            "x5t": 5, "exp": "never", "key_ops": "verify",
        });
        let listed = [
            json!("a text"),
            json!({"kty": "MLWE", "kid": "of tomorrow"}),
            json!({"kty": "RSA", "kid": 5}),
            json!({"kty": "RSA", "kid": "encrypts", "alg": {"name": "RSA-OAEP"}}),
            good,
        ];
        let keys = key_set(&listed);
        let ids: Vec<_> = keys.keys().iter().filter_map(|key| key.key_id()).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(ids[0].as_str(), "good");
    }
}
