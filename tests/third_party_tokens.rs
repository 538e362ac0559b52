//! ID tokens that must not be believed, and those that must (OpenID Connect Core §3.1.3.7).

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;
use common::rogue::{CLIENT_ID, CLIENT_SECRET, Instead, Key, Manners, Rogue, SUBJECT, Seen, Signed};
use serde_json::json;

/// A client with a secret: it must not make HS256 any better.
fn desk(rogue: &Rogue) -> Desk {
    let secret = "client_secret_file = \"client-secret\"\n";
    let desk = Desk::with_provider(&format!("{}{secret}", rogue.settings()));
    desk.client_secret(CLIENT_SECRET);
    desk.user("ada@example.com");
    desk
}

/// A login at a provider with these manners, which must fail for the reason that holds `words`.
#[track_caller]
fn refused(words: &str, change: impl FnOnce(&mut Manners)) -> Seen {
    let rogue = Rogue::start(change);
    let desk = desk(&rogue);
    let (page, run) = desk.sign_in(&["--print-token", "--json"]);
    let why = run.refused(8);
    assert!(why.contains(words), "{words:?} is not in {why:?}");
    assert_eq!(page.status, 502, "{page:?}");
    let seen = rogue.seen();
    assert_eq!(seen.exchanges.len(), 1);
    assert!(seen.exchanges[0].right, "the exchange itself was wrong");
    assert_eq!(desk.identities(), [json!(null); 0]);
    seen
}

/// A login at a provider with these manners, which must succeed.
#[track_caller]
fn accepted(change: impl FnOnce(&mut Manners)) -> Seen {
    let rogue = Rogue::start(change);
    let desk = desk(&rogue);
    let (page, run) = desk.sign_in(&["--print-token"]);
    assert!(run.ended(0).stdout.starts_with("bo_s_"));
    assert_eq!(page.status, 200, "{page:?}");
    assert_eq!(desk.identities()[0]["subject"], SUBJECT);
    rogue.seen()
}

/// A login that fails because of one claim.
#[track_caller]
fn claim_refused(words: &str, change: impl FnOnce(&mut common::rogue::Changes)) {
    refused(words, |rogue| change(&mut rogue.claims));
}

#[test]
fn issuer_mismatch() {
    claim_refused("another issuer", |claims| {
        claims.set("iss", "https://id.example.com");
    });
}

#[test]
fn issuer_with_a_slash_more() {
    let rogue = Rogue::start(|_| ());
    let issuer = format!("{}/", rogue.issuer());
    rogue.change(|manners| {
        manners.claims.set("iss", issuer);
    });
    let (_, run) = desk(&rogue).sign_in(&["--json"]);
    assert!(run.refused(8).contains("another issuer"));
}

#[test]
fn audience_wrong() {
    claim_refused("made for another client", |claims| {
        claims.set("aud", "another-client");
    });
}

#[test]
fn audience_missing() {
    claim_refused("", |claims| {
        claims.remove("aud");
    });
}

#[test]
fn audience_one_too_many() {
    claim_refused("for other clients too (`aud`)", |claims| {
        claims
            .set("aud", json!([CLIENT_ID, "another-client"]))
            .set("azp", CLIENT_ID);
    });
}

#[test]
fn azp_foreign() {
    claim_refused("azp", |claims| {
        claims.set("azp", "another-client");
    });
}

#[test]
fn sub_missing() {
    claim_refused("its claim `sub` is missing", |claims| {
        claims.remove("sub");
    });
}

#[test]
fn sub_empty() {
    claim_refused("its claim `sub`, the id of the person, is empty", |claims| {
        claims.set("sub", "");
    });
}

#[test]
fn iat_missing() {
    claim_refused("its claim `iat` is missing", |claims| {
        claims.remove("iat");
    });
}

#[test]
fn iat_tomorrow() {
    claim_refused("isn't valid yet", |claims| {
        claims.seconds_ahead("iat", 86_400).seconds_ahead("exp", 90_000);
    });
}

#[test]
fn exp_past_by_61_seconds() {
    claim_refused("expired (`exp`)", |claims| {
        claims.seconds_ahead("exp", -61);
    });
}

#[test]
fn nbf_ahead() {
    claim_refused("isn't valid yet", |claims| {
        // A second more for one that passes meanwhile.
        claims.seconds_ahead("nbf", 3600);
    });
}

#[test]
fn nonce_missing() {
    claim_refused("nonce", |claims| {
        claims.remove("nonce");
    });
}

#[test]
fn nonce_wrong() {
    claim_refused("nonce", |claims| {
        claims.set("nonce", "of-another-request");
    });
}

#[test]
fn alg_none() {
    refused("algorithm", |rogue| rogue.signed = Signed::Nobody);
}

#[test]
fn alg_hs256_with_the_client_secret() {
    refused("algorithm", |rogue| rogue.signed = Signed::ClientSecret);
}

#[test]
fn alg_hs256_with_the_public_key_as_the_secret() {
    refused("algorithm", |rogue| rogue.signed = Signed::PublicKey);
}

#[test]
fn signature_broken_rs256() {
    refused("signature is wrong", |rogue| rogue.broken = true);
}

#[test]
fn signature_broken_es256() {
    refused("signature is wrong", |rogue| {
        rogue.signed = Signed::Es256;
        rogue.broken = true;
    });
}

#[test]
fn key_unknown_after_one_more_fetch() {
    let seen = refused("a key that the provider doesn't have", |rogue| {
        rogue.signed = Signed::UnknownKey;
    });
    assert_eq!(seen.keys, 2);
}

#[test]
fn two_keys_and_no_kid() {
    refused("which of the provider's keys", |rogue| {
        rogue.header.remove("kid");
        rogue.keys = vec![(Key::Rsa, None), (Key::OtherRsa, None)];
    });
}

#[test]
fn at_hash_wrong() {
    claim_refused("at_hash", |claims| {
        claims.set("at_hash", "AAAAAAAAAAAAAAAAAAAAAA");
    });
}

#[test]
fn typ_at_jwt() {
    refused("", |rogue| {
        rogue.header.set("typ", "at+jwt");
    });
}

#[test]
fn user_info_with_another_sub() {
    refused("about another person", |rogue| {
        rogue.claims.remove("email").remove("email_verified");
        rogue.user_info.set("sub", "somebody-else");
        rogue
            .user_info
            .set("email", "ada@example.com")
            .set("email_verified", true);
    });
}

#[test]
fn accepted_no_kid_and_one_key() {
    accepted(|rogue| {
        rogue.header.remove("kid");
        rogue.keys = vec![(Key::Rsa, None)];
    });
}

#[test]
fn accepted_a_key_rotated_during_the_login() {
    let seen = accepted(|rogue| rogue.keys_at_first = Some(vec![(Key::OtherRsa, Some("old"))]));
    assert_eq!(seen.keys, 2);
}

#[test]
fn accepted_es256() {
    accepted(|rogue| rogue.signed = Signed::Es256);
}

#[test]
fn accepted_e_mail_only_in_user_info() {
    accepted(|rogue| {
        rogue.claims.remove("email").remove("email_verified");
        rogue
            .user_info
            .set("email", "ada@example.com")
            .set("email_verified", true);
    });
}

/// Nobody is refused for want of a name.
#[test]
fn accepted_no_name_in_the_token_and_a_user_info_that_fails() {
    for instead in [
        Instead::Html(500),
        Instead::Html(200),
        Instead::Redirect,
        Instead::Json(403, json!({"error": "insufficient_scope"})),
    ] {
        accepted(|rogue| {
            rogue.claims.remove("given_name").remove("family_name");
            rogue.user_info_instead = instead;
        });
    }
}

#[test]
fn no_name_in_the_token_and_user_info_with_another_sub() {
    refused("about another person", |rogue| {
        rogue.claims.remove("given_name").remove("family_name");
        rogue.user_info.set("sub", "somebody-else").set("name", "Eve");
    });
}

#[test]
fn no_e_mail_in_the_token_and_a_user_info_that_fails() {
    refused("UserInfo", |rogue| {
        rogue.claims.remove("email").remove("email_verified");
        rogue.user_info_instead = Instead::Html(500);
    });
}

#[test]
fn accepted_59_seconds_of_clock_skew() {
    // Ahead; a second that passes meanwhile makes it less.
    accepted(|rogue| rogue.clock = 59);
    // Behind, and with a token that is at its end: with a second or two for a busy machine.
    accepted(|rogue| {
        rogue.claims.seconds_ahead("exp", -50);
    });
}

#[test]
fn accepted_client_secret_basic() {
    let seen = accepted(|_| ());
    let header = seen.exchanges[0].authorization.as_deref().unwrap();
    assert!(header.starts_with("Basic "), "{header}");
    assert!(!seen.exchanges[0].fields.contains_key("client_secret"));
}

#[test]
fn accepted_client_secret_post() {
    let rogue = Rogue::start(|_| ());
    let post = "client_secret_file = \"client-secret\"\nclient_auth = \"post\"\n";
    let desk = Desk::with_provider(&format!("{}{post}", rogue.settings()));
    desk.client_secret(CLIENT_SECRET);
    desk.user("ada@example.com");
    desk.sign_in(&[]).1.succeeded();
    let exchange = &rogue.seen().exchanges[0];
    assert_eq!(exchange.authorization, None);
    assert_eq!(exchange.fields["client_secret"], CLIENT_SECRET);
    assert_eq!(exchange.fields["client_id"], CLIENT_ID);
}
