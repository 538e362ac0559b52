//! The metadata of a provider: its discovery document (`OpenID` Connect Discovery §3, RFC 8414 §2). A
//! field that nothing reads can be of any type, or be there twice.

use serde_json::{Map, Value};

use super::error::{Endpoint, ProviderError, Unreachable};
use super::http::Call;
use crate::domain::clock::Timestamp;
use crate::domain::provider::{ClientAuth, Oidc};

/// The metadata of a provider.
#[derive(Debug)]
pub(super) struct Metadata(Map<String, Value>);

impl Metadata {
    /// Asks the provider for its metadata (`OpenID` Connect Discovery §4), which must be of the
    /// configured issuer byte for byte (§4.3). The second value is the time that the provider says it is.
    pub fn fetch(oidc: &Oidc, call: &Call<'_>) -> Result<(Self, Option<Timestamp>), ProviderError> {
        let url = discovery_url(&oidc.issuer);
        let (fields, date) = call.get(Endpoint::Discovery, &url, None)?;
        let metadata = Self(fields);
        let issuer = metadata.text("issuer")?.ok_or_else(|| unusable("issuer"))?;
        if issuer != oidc.issuer {
            let found = issuer.to_owned();
            return Err(ProviderError::OtherIssuer { found }.without(&[]));
        }
        Ok((metadata, date))
    }

    #[cfg(test)]
    pub fn of(fields: Value) -> Self {
        Self(serde_json::from_value(fields).unwrap())
    }

    /// A text. `null` counts as left out, here and below.
    pub fn text(&self, field: &'static str) -> Result<Option<&str>, ProviderError> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(unusable(field)),
        }
    }

    /// True or false; false if it is left out.
    pub fn flag(&self, field: &'static str) -> Result<bool, ProviderError> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(unusable(field)),
        }
    }

    /// The texts of a list. `None` if it is left out, is empty, or is no list: then it says nothing.
    pub fn list(&self, field: &str) -> Option<Vec<&str>> {
        let items = self.0.get(field)?.as_array()?;
        let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
        (!texts.is_empty()).then_some(texts)
    }

    /// How a client sends its secret where the configuration doesn't say it: by the first of our two
    /// ways that the provider takes. A provider that says nothing takes `client_secret_basic`.
    pub fn client_auth(&self) -> ClientAuth {
        let takes = |way: ClientAuth| {
            let methods = self.list("token_endpoint_auth_methods_supported");
            methods.is_some_and(|methods| methods.contains(&in_metadata(way)))
        };
        if takes(ClientAuth::Post) && !takes(ClientAuth::Basic) {
            ClientAuth::Post
        } else {
            ClientAuth::Basic
        }
    }
}

/// What the metadata calls a way to send the secret (`OpenID` Connect Core §9).
pub(super) fn in_metadata(way: ClientAuth) -> &'static str {
    match way {
        ClientAuth::Basic => "client_secret_basic",
        ClientAuth::Post => "client_secret_post",
    }
}

fn unusable(field: &'static str) -> ProviderError {
    ProviderError::at(Endpoint::Discovery)(Unreachable::Lacks(field))
}

/// A slash at the end of the issuer is dropped before the path is put on it (§4.1).
fn discovery_url(issuer: &str) -> String {
    let issuer = issuer.strip_suffix('/').unwrap_or(issuer);
    format!("{issuer}/.well-known/openid-configuration")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_slash_at_the_end_of_an_issuer_is_not_doubled() {
        for issuer in ["https://id.example.com/tenant", "https://id.example.com/tenant/"] {
            assert_eq!(
                discovery_url(issuer),
                "https://id.example.com/tenant/.well-known/openid-configuration"
            );
        }
    }

    #[test]
    fn a_field_that_is_read_has_its_type_and_is_named_otherwise() {
        let metadata = Metadata::of(json!({"a": "b", "n": null, "t": true, "five": 5}));
        assert_eq!(metadata.text("a"), Ok(Some("b")));
        assert_eq!(metadata.text("n"), Ok(None));
        assert_eq!(metadata.text("left out"), Ok(None));
        assert_eq!(metadata.flag("t"), Ok(true));
        assert_eq!(metadata.flag("n"), Ok(false));
        for error in [
            metadata.text("five").unwrap_err(),
            metadata.flag("five").unwrap_err(),
        ] {
            assert!(error.to_string().contains("`five`"), "{error}");
        }
    }

    #[test]
    fn a_field_that_is_there_twice_and_is_read_by_nothing_is_no_fault() {
        let text = r#"{"a": 1, "issuer": "https://id.example.com", "a": 2, "a": [3]}"#;
        let metadata = Metadata(serde_json::from_str(text).unwrap());
        assert_eq!(metadata.text("issuer"), Ok(Some("https://id.example.com")));
    }

    #[test]
    fn the_secret_is_sent_as_the_provider_takes_it_and_in_a_header_first() {
        let found = |methods: Value| {
            Metadata::of(json!({"token_endpoint_auth_methods_supported": methods})).client_auth()
        };
        assert_eq!(Metadata::of(json!({})).client_auth(), ClientAuth::Basic);
        assert_eq!(found(json!(["client_secret_post"])), ClientAuth::Post);
        assert_eq!(
            found(json!(["private_key_jwt", "client_secret_post"])),
            ClientAuth::Post
        );
        for methods in [
            json!(["client_secret_post", "client_secret_basic"]),
            json!(["private_key_jwt"]),
            json!([]),
            json!(null),
            json!("client_secret_post"),
            json!([5]),
        ] {
            assert_eq!(found(methods), ClientAuth::Basic);
        }
    }
}
