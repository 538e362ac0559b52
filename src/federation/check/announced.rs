//! What a provider announces in its metadata that this program can't do, so that no user could sign in.

use super::super::metadata::{Metadata, in_metadata};
use crate::domain::provider::{ClientAuth, Oidc, Provider, SigningAlgorithm};

/// What a provider announces that this program can't do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsupported {
    /// Authorization requests must be pushed (RFC 9126 §5).
    #[error("the provider requires pushed authorization requests (RFC 9126), and this program sends none")]
    PushedRequests,
    /// Authorization requests must be signed (RFC 9101 §10.5).
    #[error("the provider requires signed authorization requests (RFC 9101), and this program sends none")]
    SignedRequests,
    /// There is no authorization code flow.
    #[error("the provider issues no authorization codes: `{field}` has {found}")]
    NoCode {
        /// The field of the metadata.
        field: &'static str,
        /// What is offered.
        found: String,
    },
    /// The browser never comes back with a query.
    #[error(
        "the provider doesn't send the answer in the query of the redirect URI: `response_modes_supported` has {0}"
    )]
    NoQuery(String),
    /// PKCE with S256 is not accepted (RFC 7636 §4.2).
    #[error("the provider takes no PKCE with S256: `code_challenge_methods_supported` has {0}")]
    NoS256(String),
    /// No way to send a client secret is accepted.
    #[error(
        "the provider takes no client secret in a header or in the body: `token_endpoint_auth_methods_supported` has {0}"
    )]
    NoSecret(String),
    /// The configured way to send the client secret is not accepted.
    #[error(
        "the provider doesn't take the client secret as `client_auth` says: `token_endpoint_auth_methods_supported` has {0}"
    )]
    OtherClientAuth(String),
    /// No ID token would be believed.
    #[error(
        "the provider signs ID tokens with no algorithm of `algorithms`: `id_token_signing_alg_values_supported` has {found}"
    )]
    NoAlgorithm {
        /// What is offered.
        found: String,
        /// What could be allowed.
        allowable: Vec<&'static str>,
    },
}

/// What the metadata announces that this program can't do.
pub(super) fn unsupported(
    provider: &Provider,
    oidc: &Oidc,
    has_secret: bool,
    metadata: &Metadata,
) -> Vec<Unsupported> {
    let requires = |field| metadata.flag(field) == Ok(true);
    let lacks = |field, wanted: &str| {
        let found = metadata.list(field).filter(|found| !found.contains(&wanted));
        found.map(|found| shown(&found))
    };
    let no_code = |field, wanted| {
        let found = lacks(field, wanted)?;
        Some(Unsupported::NoCode { field, found })
    };
    [
        requires("require_pushed_authorization_requests").then_some(Unsupported::PushedRequests),
        requires("require_signed_request_object").then_some(Unsupported::SignedRequests),
        no_code("response_types_supported", "code"),
        no_code("grant_types_supported", "authorization_code"),
        lacks("response_modes_supported", "query").map(Unsupported::NoQuery),
        lacks("code_challenge_methods_supported", "S256").map(Unsupported::NoS256),
        client_auth(provider, has_secret, metadata),
        algorithms(oidc, metadata),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A client without a secret is refused only where no client can do without a key: many providers take
/// public clients and don't say so.
fn client_auth(provider: &Provider, has_secret: bool, metadata: &Metadata) -> Option<Unsupported> {
    let found = metadata.list("token_endpoint_auth_methods_supported")?;
    let takes = |way| found.contains(&in_metadata(way));
    let takes_none = !has_secret && found.contains(&"none");
    if !takes(ClientAuth::Basic) && !takes(ClientAuth::Post) && !takes_none {
        return Some(Unsupported::NoSecret(shown(&found)));
    }
    let configured = provider.client_auth().filter(|_| has_secret)?;
    (!takes(configured)).then(|| Unsupported::OtherClientAuth(shown(&found)))
}

fn algorithms(oidc: &Oidc, metadata: &Metadata) -> Option<Unsupported> {
    let found = metadata.list("id_token_signing_alg_values_supported")?;
    let is_offered = |algorithm: &SigningAlgorithm| found.contains(&algorithm.as_str());
    if oidc.algorithms.iter().any(is_offered) {
        return None;
    }
    let allowable = SigningAlgorithm::ALL.into_iter().filter(is_offered);
    Some(Unsupported::NoAlgorithm {
        found: shown(&found),
        allowable: allowable.map(SigningAlgorithm::as_str).collect(),
    })
}

/// What looks wrong in the metadata and may be right: a provider need not announce everything.
pub(super) fn doubts(provider: &Provider, metadata: &Metadata) -> Vec<&'static str> {
    let scopes = metadata.list("scopes_supported");
    let has_device = !matches!(metadata.text("device_authorization_endpoint"), Ok(None));
    let doubts = [
        (
            scopes.is_some_and(|scopes| !scopes.contains(&"openid")),
            "the provider doesn't announce the scope `openid`, without which it sends no ID token",
        ),
        (
            provider.device() && !has_device,
            "`device` is true, and the provider announces no device codes",
        ),
    ];
    let apply = doubts.into_iter().filter(|(applies, _)| *applies);
    apply.map(|(_, doubt)| doubt).collect()
}

/// A list of the provider, as much of it as one reads.
fn shown(found: &[&str]) -> String {
    const MOST: usize = 8;
    const LONGEST: usize = 40;
    let short = |text: &&str| text.chars().take(LONGEST).collect::<String>();
    let mut shown: Vec<String> = found.iter().take(MOST).map(short).collect();
    if found.len() > MOST {
        shown.push("…".to_owned());
    }
    format!("only {}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::provider::{Protocol, ProviderDescription, ProviderName};
    use serde_json::{Value, json};

    fn provider(change: impl FnOnce(&mut ProviderDescription)) -> Provider {
        let protocol = Protocol::Oidc(Oidc::new("https://id.example.com"));
        let mut described = ProviderDescription::new(ProviderName::parse("id").unwrap(), "desk", protocol);
        change(&mut described);
        Provider::new(described).unwrap()
    }

    fn found(provider: &Provider, has_secret: bool, fields: &Value) -> Vec<String> {
        let Protocol::Oidc(oidc) = provider.protocol() else {
            panic!("{provider:?}");
        };
        let found = unsupported(provider, oidc, has_secret, &Metadata::of(fields.clone()));
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn metadata_that_says_nothing_or_the_usual_is_taken() {
        let odd = json!({
            "response_types_supported": "code", "response_modes_supported": [], "grant_types_supported": 5,
            "require_pushed_authorization_requests": "true", "code_challenge_methods_supported": null,
        });
        let usual = json!({
            "response_types_supported": ["code", "id_token"], "response_modes_supported": ["query", "form_post"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "require_pushed_authorization_requests": false, "code_challenge_methods_supported": ["plain", "S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "private_key_jwt"],
            "id_token_signing_alg_values_supported": ["HS256", "ES256"], "scopes_supported": ["openid"],
        });
        for fields in [json!({}), odd, usual] {
            for has_secret in [true, false] {
                let provider = provider(|_| ());
                assert_eq!(found(&provider, has_secret, &fields), [""; 0], "{fields}");
                assert!(doubts(&provider, &Metadata::of(fields.clone())).is_empty());
            }
        }
    }

    #[test]
    fn each_thing_that_this_program_cannot_do_is_named_with_its_field() {
        for (fields, named) in [
            (json!({"require_pushed_authorization_requests": true}), "pushed"),
            (json!({"require_signed_request_object": true}), "signed"),
            (
                json!({"response_types_supported": ["id_token"]}),
                "response_types_supported",
            ),
            (
                json!({"grant_types_supported": ["implicit"]}),
                "grant_types_supported",
            ),
            (json!({"response_modes_supported": ["form_post"]}), "form_post"),
            (json!({"code_challenge_methods_supported": ["plain"]}), "S256"),
            (
                json!({"token_endpoint_auth_methods_supported": ["private_key_jwt", "tls_client_auth"]}),
                "only private_key_jwt, tls_client_auth",
            ),
            (
                json!({"id_token_signing_alg_values_supported": ["PS256"]}),
                "only PS256",
            ),
        ] {
            let said = found(&provider(|_| ()), true, &fields);
            assert_eq!(said.len(), 1, "{fields}: {said:?}");
            assert!(said[0].contains(named), "{said:?}");
        }
    }

    #[test]
    fn a_public_client_is_refused_only_where_every_client_needs_a_key() {
        let methods = |methods: Value| json!({"token_endpoint_auth_methods_supported": methods});
        let public = provider(|_| ());
        for fine in [
            json!(["none"]),
            json!(["client_secret_basic"]),
            json!(["none", "private_key_jwt"]),
        ] {
            assert_eq!(found(&public, false, &methods(fine)), [""; 0]);
        }
        assert_eq!(
            found(&public, false, &methods(json!(["private_key_jwt"]))).len(),
            1
        );
        assert_eq!(found(&public, true, &methods(json!(["none"]))).len(), 1);
    }

    #[test]
    fn a_configured_way_to_send_the_secret_must_be_one_of_the_providers() {
        let only_post = json!({"token_endpoint_auth_methods_supported": ["client_secret_post"]});
        assert_eq!(found(&provider(|_| ()), true, &only_post), [""; 0]);
        let basic = provider(|described| described.client_auth = Some(ClientAuth::Basic));
        assert!(found(&basic, true, &only_post)[0].contains("`client_auth`"));
        assert_eq!(found(&basic, false, &only_post), [""; 0]);
    }

    #[test]
    fn what_may_be_right_is_a_doubt() {
        let device = provider(|described| described.device = true);
        let metadata = Metadata::of(json!({"scopes_supported": ["email"]}));
        assert_eq!(doubts(&device, &metadata).len(), 2);
        let all =
            json!({"scopes_supported": ["openid"], "device_authorization_endpoint": "https://a.example"});
        assert!(doubts(&device, &Metadata::of(all)).is_empty());
    }

    #[test]
    fn a_long_list_of_the_provider_is_cut() {
        let long = "x".repeat(1000);
        let many: Vec<&str> = std::iter::repeat_n(long.as_str(), 100).collect();
        assert!(shown(&many).len() < 400);
    }
}
