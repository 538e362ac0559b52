use serde_json::{Value, json};

use super::*;
use crate::domain::clock::later;

/// What is said of one key in a set, if both are as given.
fn told(algorithms: &[SigningAlgorithm], keys: &Value) -> Result<String, String> {
    let mut oidc = Oidc::new("https://id.example.com");
    oidc.algorithms = algorithms.to_vec();
    let keys = serde_json::from_value(json!({ "keys": keys })).unwrap();
    usable(&oidc, &keys)
        .map(|step| step.detail)
        .map_err(|fault| fault.to_string())
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
