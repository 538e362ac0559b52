use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

use super::*;

const ES256: &[SigningAlgorithm] = &[SigningAlgorithm::Es256];

/// A key that is made of one number, and what is published of it.
fn signer(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

fn published(number: u8, more: &Value) -> Value {
    let point = signer(number).verifying_key().to_encoded_point(false);
    let [x, y] = [point.x(), point.y()].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part.unwrap()));
    let mut key = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y});
    key.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    key
}

fn keys(list: &[Value]) -> CoreJsonWebKeySet {
    let read = |key: &Value| serde_json::from_value(key.clone()).unwrap();
    CoreJsonWebKeySet::new(list.iter().map(read).collect())
}

/// A token with this header and this content, signed by the first key.
fn token(header: &Value, content: &str) -> String {
    let encode = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", encode(&header.to_string()), encode(content));
    let signature: Signature = signer(1).sign(signed.as_bytes());
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

fn claims(raw: &str, list: &[Value]) -> Result<Claims, TokenFault> {
    let keys = keys(list);
    let token = SignedToken::parse(raw, ES256)?;
    Ok(token.verify(&keys)?.claims)
}

fn one() -> Value {
    published(1, &json!({}))
}

#[test]
fn the_bytes_that_came_are_verified_whatever_they_hold() {
    for content in [
        r#"{"amr":"pwd","acr":{"a":[1]},"updated_at":"2025-12-23 10:59:07"}"#,
        "{ \"a\" : 1e400 , \"a\":\n2 }",
        r#"{"address":5,"sub":"ä"}"#,
    ] {
        let raw = token(&json!({"alg": "ES256"}), content);
        let read = claims(&raw, &[one()]);
        // A number beyond all measure is no JSON for the parser; the others are.
        assert_eq!(read.is_ok(), !content.contains("1e400"), "{content}: {read:?}");
    }
    let twice = token(&json!({"alg": "ES256"}), r#"{"x":1,"x":2}"#);
    assert_eq!(claims(&twice, &[one()]).unwrap()["x"], 2);
}

#[test]
fn one_bit_is_enough_to_break_a_signature() {
    let raw = token(&json!({"alg": "ES256"}), r#"{"sub":"1"}"#);
    let [header, _, signature]: [&str; 3] = raw.split('.').collect::<Vec<_>>().try_into().unwrap();
    let other = BASE64_URL_SAFE_NO_PAD.encode(r#"{"sub":"2"}"#);
    let forged = format!("{header}.{other}.{signature}");
    assert_eq!(claims(&forged, &[one()]), Err(TokenFault::Signature));
    let other_key = published(2, &json!({}));
    assert_eq!(claims(&raw, &[other_key]), Err(TokenFault::Signature));
}

#[test]
fn a_key_that_is_none_is_told_from_a_wrong_signature() {
    let raw = token(&json!({"alg": "ES256"}), "{}");
    // No point of the curve.
    let broken = published(1, &json!({"y": BASE64_URL_SAFE_NO_PAD.encode([1; 32])}));
    assert_eq!(claims(&raw, &[broken]), Err(TokenFault::UnusableKey));
}

#[test]
fn the_algorithm_is_one_that_is_allowed() {
    for alg in [
        json!("none"),
        json!("HS256"),
        json!("RS256"),
        json!("es256"),
        json!(null),
        json!(1),
    ] {
        let raw = token(&json!({ "alg": alg }), "{}");
        assert_eq!(claims(&raw, &[one()]), Err(TokenFault::Algorithm), "{alg}");
    }
    assert_eq!(
        claims(&token(&json!({}), "{}"), &[one()]),
        Err(TokenFault::Algorithm)
    );
}

#[test]
fn what_the_header_calls_critical_is_not_passed_over() {
    for crit in [json!(["b64"]), json!(["exp"]), json!([]), json!(null)] {
        let raw = token(&json!({"alg": "ES256", "crit": crit}), "{}");
        assert_eq!(claims(&raw, &[one()]), Err(TokenFault::Critical), "{crit}");
    }
    let others = json!({"alg": "ES256", "jku": 5, "x5c": "x", "cty": "json", "jwk": {"kty": "oct"}});
    assert!(claims(&token(&others, "{}"), &[one()]).is_ok());
}

#[test]
fn a_key_is_chosen_by_its_id_or_because_there_is_no_other() {
    let named = |number, kid: &str| published(number, &json!({"kid": kid}));
    let by_id = |kid: Value| token(&json!({"alg": "ES256", "kid": kid}), "{}");
    let unnamed = token(&json!({"alg": "ES256"}), "{}");
    let two = [named(2, "two"), named(1, "one")];
    assert!(claims(&by_id(json!("one")), &two).is_ok());
    assert_eq!(claims(&by_id(json!("two")), &two), Err(TokenFault::Signature));
    assert_eq!(claims(&by_id(json!("three")), &two), Err(TokenFault::UnknownKey));
    assert_eq!(claims(&by_id(json!(1)), &two), Err(TokenFault::Malformed));
    assert_eq!(claims(&unnamed, &two), Err(TokenFault::AmbiguousKey));
    assert_eq!(claims(&by_id(json!(null)), &two), Err(TokenFault::AmbiguousKey));
    assert_eq!(claims(&unnamed, &[]), Err(TokenFault::UnknownKey));
    // Keys for something else don't count.
    let others = [
        published(2, &json!({"use": "enc"})),
        published(2, &json!({"alg": "ES384"})),
        json!({"kty": "RSA", "n": "sXch", "e": "AQAB"}),
        named(1, "one"),
    ];
    assert!(claims(&unnamed, &others).is_ok());
}

#[test]
fn an_encrypted_token_and_a_text_that_is_no_token_are_told_apart() {
    for (raw, fault) in [
        ("a.b.c.d.e", TokenFault::Encrypted),
        ("a.b.c", TokenFault::Malformed),
        ("", TokenFault::Malformed),
        ("a.b.c.d", TokenFault::Malformed),
    ] {
        assert_eq!(claims(raw, &[one()]), Err(fault), "{raw}");
    }
    let nested = token(&json!({"alg": "ES256", "enc": "A128GCM"}), "{}");
    assert_eq!(claims(&nested, &[one()]), Err(TokenFault::Encrypted));
    for content in ["[]", "1", "\"text\"", "", "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"] {
        let raw = token(&json!({"alg": "ES256", "cty": "JWT"}), content);
        assert_eq!(claims(&raw, &[one()]), Err(TokenFault::Malformed), "{content}");
    }
}
