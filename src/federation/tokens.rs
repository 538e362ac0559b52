//! The provider's answer to the exchange of a code: the tokens.

use std::fmt;
use std::time::Duration;

use oauth2::basic::BasicTokenType;
use oauth2::{AccessToken, RefreshToken, Scope, TokenResponse};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::error::Unreachable;

/// The tokens that this program uses. `token_type`, `expires_in` and `scope` are never read: a
/// provider may leave them out, or send them in any form (RFC 6749 §5.1 has one).
#[derive(Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub(super) struct Tokens {
    access_token: AccessToken,
    #[serde(skip)]
    token_type: Bearer,
    id_token: Option<String>,
}

/// Each token is sent as RFC 6750 §2.1 says.
struct Bearer(BasicTokenType);

impl Default for Bearer {
    fn default() -> Self {
        Self(BasicTokenType::Bearer)
    }
}

impl Tokens {
    /// The token that says who it is, beside those of OAuth 2.0.
    pub fn id_token(&self) -> Option<&str> {
        self.id_token.as_deref()
    }
}

/// Of two fields of one name the last one counts, as in `UserInfo` and the tokens.
impl TryFrom<Map<String, Value>> for Tokens {
    type Error = Unreachable;

    fn try_from(mut answer: Map<String, Value>) -> Result<Self, Unreachable> {
        let mut text = |name: &str| match answer.remove(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        };
        Ok(Self {
            access_token: AccessToken::new(text("access_token").ok_or(Unreachable::Lacks("access_token"))?),
            token_type: Bearer::default(),
            id_token: text("id_token"),
        })
    }
}

/// Shows no token.
impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").finish_non_exhaustive()
    }
}

impl TokenResponse for Tokens {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    fn token_type(&self) -> &BasicTokenType {
        &self.token_type.0
    }

    fn expires_in(&self) -> Option<Duration> {
        None
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        None
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_used_may_have_any_form() {
        for beside in [
            "",
            r#","token_type":null"#,
            r#","token_type":["Bearer"]"#,
            r#","expires_in":"3600""#,
            r#","expires_in":3600.5"#,
            r#","expires_in":-1"#,
            r#","scope":["openid"]"#,
            r#","refresh_token":{"value":"x"}"#,
            r#","scope":"a","scope":"b""#,
            r#","access_token":"at""#,
        ] {
            let body = format!(r#"{{"access_token":"at","id_token":"it"{beside}}}"#);
            let tokens: Tokens = serde_json::from_str(&body).unwrap();
            assert_eq!(tokens.access_token().secret(), "at", "{body}");
            assert_eq!(tokens.id_token(), Some("it"), "{body}");
            assert!(!format!("{tokens:?}").contains("at\""), "{tokens:?}");
        }
    }

    #[test]
    fn without_an_access_token_there_are_none() {
        for body in [
            "{}",
            r#"{"access_token":""}"#,
            r#"{"access_token":5}"#,
            r#"{"access_token":null}"#,
        ] {
            let error = serde_json::from_str::<Tokens>(body).unwrap_err();
            assert!(error.to_string().contains("`access_token`"), "{body}: {error}");
        }
    }
}
