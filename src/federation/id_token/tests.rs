use openidconnect::core::CoreJsonWebKey;
use serde_json::json;

use super::*;
use crate::domain::provider::SigningAlgorithm;

const ISSUER: &str = "https://id.example.com";
const CLIENT: &str = "desk";
const NOW: i64 = 1_766_000_000;

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap()
}

fn key() -> CoreJsonWebKey {
    CoreJsonWebKey::new_rsa(vec![1], vec![1], None)
}

/// The claims of a right token, with these changes; `null` removes one.
fn changed(changes: &Value) -> Claims {
    let claims = json!({
        "iss": ISSUER, "sub": "1", "aud": CLIENT, "exp": NOW + 60, "iat": NOW, "nonce": "once",
    });
    let mut claims = claims.as_object().unwrap().clone();
    for (name, value) in changes.as_object().unwrap() {
        claims.insert(name.clone(), value.clone());
    }
    claims
}

/// What comes of a token with a right signature.
fn believed(changes: &Value, kind: Option<Value>) -> Result<Claims, TokenFault> {
    let key = key();
    let token = VerifiedToken {
        claims: changed(changes),
        kind,
        key: &key,
        algorithm: SigningAlgorithm::Rs256,
    };
    let expected = ExpectedIdToken {
        issuer: ISSUER,
        client_id: CLIENT,
        nonce: Some(&Nonce::new("once".to_owned())),
        access_token: &AccessToken::new("at".to_owned()),
        now: now(),
    };
    believe(token, &expected)
}

#[track_caller]
fn refused(changes: &Value, fault: &TokenFault) {
    assert_eq!(believed(changes, None).as_ref(), Err(fault), "{changes}");
}

#[track_caller]
fn accepted(changes: &Value) {
    assert!(
        believed(changes, None).is_ok(),
        "{changes}: {:?}",
        believed(changes, None)
    );
}

#[test]
fn a_claim_that_is_never_read_may_be_anything() {
    let any = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!("text"),
        json!(["list", {}]),
        json!({"an": ["object"]}),
    ];
    for name in [
        "acr",
        "amr",
        "auth_time",
        "updated_at",
        "address",
        "birthdate",
        "phone_number",
        "picture",
        "locale",
        "zoneinfo",
        "name",
        "email",
        "email_verified",
        "sid",
        "c_hash",
        "jti",
        "cnf",
    ] {
        for value in &any {
            accepted(&json!({ name: value }));
        }
    }
}

#[test]
fn each_claim_that_must_be_there_is_named_where_it_is_missing() {
    for name in ["iss", "sub", "aud", "exp", "iat", "nonce"] {
        refused(&json!({ name: null }), &TokenFault::Lacks(name));
        assert!(
            TokenFault::Lacks(name)
                .to_string()
                .contains(&format!("`{name}` is missing"))
        );
    }
}

#[test]
fn each_claim_that_counts_is_named_where_it_is_of_another_type() {
    for name in ["iss", "sub", "nonce", "exp", "iat", "nbf"] {
        for value in [json!(true), json!({}), json!([])] {
            refused(&json!({ name: value }), &TokenFault::Claim(name));
        }
    }
    for name in ["exp", "iat", "nbf"] {
        refused(&json!({ name: NOW.to_string() }), &TokenFault::Claim(name));
    }
    refused(&json!({"sub": 1}), &TokenFault::Claim("sub"));
    for aud in [json!(1), json!({"desk": true}), json!([CLIENT, 1])] {
        refused(&json!({ "aud": aud }), &TokenFault::Claim("aud"));
    }
}

#[test]
fn the_token_is_for_us_and_nobody_else() {
    accepted(&json!({"aud": [CLIENT]}));
    accepted(&json!({"azp": CLIENT}));
    accepted(&json!({"azp": null}));
    for aud in [json!([]), json!("other"), json!([CLIENT, "other"]), json!("Desk")] {
        refused(&json!({ "aud": aud }), &TokenFault::Audience);
    }
    for azp in [json!("other"), json!([CLIENT]), json!("")] {
        refused(&json!({ "azp": azp }), &TokenFault::AuthorizedParty);
    }
    refused(&json!({"iss": format!("{ISSUER}/")}), &TokenFault::Issuer);
    refused(&json!({"sub": ""}), &TokenFault::Subject);
    refused(&json!({"nonce": "twice"}), &TokenFault::Nonce);
}

#[test]
fn times_have_a_minute_of_leeway() {
    for (name, seconds) in [("exp", -59), ("nbf", 60), ("iat", 60), ("iat", -600)] {
        accepted(&json!({ name: NOW + seconds }));
    }
    accepted(&json!({"exp": 1e300, "iat": 1_766_000_000.5}));
    refused(&json!({"exp": NOW - 60}), &TokenFault::Expired);
    refused(&json!({"exp": -1e300}), &TokenFault::Expired);
    refused(&json!({"nbf": NOW + 61}), &TokenFault::NotYet);
    refused(&json!({"iat": NOW + 61}), &TokenFault::NotYet);
    refused(&json!({"iat": NOW - 601}), &TokenFault::Stale);
}

#[test]
fn an_access_token_is_no_id_token() {
    for kind in ["JWT", "jwt", "application/jwt", "JOSE"] {
        assert!(believed(&json!({}), Some(json!(kind))).is_ok(), "{kind}");
    }
    for kind in [json!("at+jwt"), json!("application/at+jwt"), json!(""), json!(1)] {
        assert_eq!(believed(&json!({}), Some(kind)), Err(TokenFault::Kind));
    }
}

#[test]
fn the_hash_of_the_access_token_counts_where_it_is_there() {
    // Half of the SHA-256 of "at".
    accepted(&json!({"at_hash": "sda5G2fCr6XjIpiNlGJjjQ"}));
    accepted(&json!({"at_hash": null}));
    for hash in [json!("AAAAAAAAAAAAAAAAAAAAAA"), json!(""), json!(1)] {
        refused(&json!({ "at_hash": hash }), &TokenFault::AccessToken);
    }
}

/// What comes of `UserInfo` with a right signature.
fn told(claims: &Value) -> Result<Claims, TokenFault> {
    let key = key();
    let token = VerifiedToken {
        claims: claims.as_object().unwrap().clone(),
        kind: Some(json!("userinfo+jwt")),
        key: &key,
        algorithm: SigningAlgorithm::Rs256,
    };
    believe_userinfo(token, ISSUER, CLIENT, now())
}

#[test]
fn signed_user_info_is_for_us_where_it_says_for_whom() {
    for claims in [
        json!({"sub": "1"}),
        json!({"sub": "1", "iss": ISSUER, "aud": CLIENT, "exp": NOW + 1, "iat": "whenever"}),
        json!({"sub": "1", "iss": null, "aud": [CLIENT]}),
    ] {
        assert!(told(&claims).is_ok(), "{claims}");
    }
    for (claims, fault) in [
        (json!({"iss": "https://other.example.com"}), TokenFault::Issuer),
        (json!({"iss": 1}), TokenFault::Claim("iss")),
        (json!({"aud": "other"}), TokenFault::Audience),
        (json!({"aud": [CLIENT, "other"]}), TokenFault::Audience),
        (json!({"exp": NOW - 61}), TokenFault::Expired),
        (json!({"nbf": NOW + 61}), TokenFault::NotYet),
    ] {
        assert_eq!(told(&claims), Err(fault), "{claims}");
    }
}

#[test]
fn a_wrong_clock_is_thought_of_for_times_only() {
    assert!(is_about_time(&TokenFault::Expired));
    assert!(!is_about_time(&TokenFault::Nonce));
}
