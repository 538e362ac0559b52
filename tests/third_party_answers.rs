//! What a provider sends beside what counts: liberal in what is never used, strict in what is.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::browser::Browser;
use common::oidc::Provider;
use common::rogue::{self, Instead, Manners, Rogue, SUBJECT, UserInfoForm};
use common::{Desk, Run};
use serde_json::{Value, json};

const ADA: &str = "ada@example.com";

/// A home with Ada, and a provider with these manners and these settings.
fn office(settings: &str, change: impl FnOnce(&mut Manners)) -> (Rogue, Desk) {
    let rogue = Rogue::start(change);
    let desk = Desk::with_provider(&format!("{}{settings}", rogue.settings()));
    desk.user(ADA);
    (rogue, desk)
}

#[track_caller]
fn accepted(change: impl FnOnce(&mut Manners)) {
    let (_rogue, desk) = office("", change);
    desk.sign_in(&[]).1.succeeded();
    assert_eq!(desk.identities()[0]["subject"], SUBJECT);
}

/// A sign-in that ends so, and says each of these words.
#[track_caller]
fn refused(code: i32, words: &[&str], change: impl FnOnce(&mut Manners)) {
    let (_rogue, desk) = office("", change);
    says(&desk.sign_in(&["--json"]).1, code, words);
    assert_eq!(desk.identities(), [json!(null); 0]);
}

#[track_caller]
fn says(run: &Run, code: i32, words: &[&str]) {
    let why = run.refused(code);
    for word in words {
        assert!(why.contains(word), "{word:?} is not in {why:?}");
    }
}

#[test]
fn a_claim_that_is_never_read_may_be_of_any_type() {
    accepted(|rogue| {
        rogue
            .claims
            .set("amr", "pwd")
            .set("acr", json!({"values": ["x"]}))
            .set("auth_time", "1766492270")
            .set("updated_at", "2025-12-23 10:59:07")
            .set("phone_number", 4_912_345)
            .set("address", "Main street 1")
            .set("birthdate", 19_700_101)
            .set("picture", json!({"data": {}}))
            .set("nickname", 5)
            .set("locale", json!({"country": "GB"}))
            .set("name", json!(["Ada"]));
    });
}

#[test]
fn a_field_of_the_tokens_that_is_never_read_may_be_of_any_type() {
    let odd: [fn(&mut Manners); 4] = [
        |rogue| {
            rogue.tokens.remove("token_type").remove("expires_in");
        },
        |rogue| {
            rogue
                .tokens
                .set("token_type", json!(null))
                .set("expires_in", "3600")
                .set("scope", json!(["openid"]))
                .set("refresh_token", 5)
                .set("error", "");
        },
        |rogue| {
            rogue.tokens.set("expires_in", -1.5);
        },
        |rogue| rogue.token_status = 201,
    ];
    for change in odd {
        accepted(change);
    }
}

#[test]
fn an_answer_without_an_access_token_is_refused_with_its_name() {
    refused(8, &["token endpoint", "`access_token`"], |rogue| {
        rogue.tokens.remove("access_token");
    });
}

#[test]
fn the_words_of_an_error_that_is_an_object_are_shown() {
    refused(
        8,
        &["OAuthException", "Error validating client secret."],
        |rogue| {
            let error =
                json!({"message": "Error validating client secret.", "type": "OAuthException", "code": 1});
            rogue.token = Instead::Json(400, json!({ "error": error }));
        },
    );
}

#[test]
fn an_address_counts_as_verified_if_the_provider_says_true_and_nothing_like_it() {
    let others = [
        json!(false),
        json!(null),
        json!("true"),
        json!(1),
        json!("1"),
        json!([]),
    ];
    for said in others.map(Some).into_iter().chain([None]) {
        let (_rogue, desk) = office("", |rogue| {
            match said.clone() {
                Some(value) => rogue.claims.set("email_verified", value),
                None => rogue.claims.remove("email_verified"),
            };
        });
        let (page, run) = desk.sign_in(&["--json"]);
        assert!(run.refused(5).contains("verified"), "{said:?}: {run:?}");
        assert_eq!(
            run.last_error()["reason"],
            "email_unverified",
            "{said:?}: {run:?}"
        );
        assert_eq!(page.status, 403, "{page:?}");
    }
}

#[test]
fn texts_count_where_the_configuration_says_so() {
    let setting = "email_verified_as_text = true\n";
    for (said, comes_in) in [
        (json!("true"), true),
        (json!(true), true),
        (json!("false"), false),
        (json!("True"), false),
        (json!(1), false),
    ] {
        let (_rogue, desk) = office(setting, |rogue| {
            rogue.claims.set("email_verified", said.clone());
        });
        let (_, run) = desk.sign_in(&["--json", "--print-token"]);
        assert_eq!(run.code, if comes_in { 0 } else { 5 }, "{said}: {run:?}");
    }
}

/// A provider that tells the address in `UserInfo` only, in this form.
fn tells_in(form: UserInfoForm) -> impl FnOnce(&mut Manners) {
    move |rogue| {
        rogue.claims.remove("email").remove("email_verified");
        rogue.user_info.set("email", ADA).set("email_verified", true);
        rogue.user_info_form = form;
    }
}

/// `rp-userinfo-sig` of the OpenID Foundation's cases.
#[test]
fn user_info_that_is_signed_is_believed() {
    accepted(tells_in(UserInfoForm::Signed));
    // With the claims of a token, which then count.
    accepted(|rogue| {
        tells_in(UserInfoForm::Signed)(rogue);
        rogue
            .user_info
            .set("aud", rogue::CLIENT_ID)
            .seconds_ahead("exp", 60);
    });
}

#[test]
fn user_info_that_is_signed_for_somebody_else_is_not() {
    refused(
        8,
        &["UserInfo", "its signature is wrong"],
        tells_in(UserInfoForm::Forged),
    );
    let wrong: [(&str, &str, Value); 3] = [
        ("another issuer (`iss`)", "iss", json!("https://id.example.com")),
        ("another client", "aud", json!("another-client")),
        ("expired (`exp`)", "exp", json!(1)),
    ];
    for (words, claim, value) in wrong {
        refused(8, &["UserInfo", words], |rogue| {
            tells_in(UserInfoForm::Signed)(rogue);
            rogue.user_info.set(claim, value);
        });
    }
    refused(8, &["about another person"], |rogue| {
        tells_in(UserInfoForm::Signed)(rogue);
        rogue.user_info.set("sub", "somebody-else");
    });
    refused(8, &["UserInfo", "its claim `sub` is missing"], |rogue| {
        tells_in(UserInfoForm::Json)(rogue);
        rogue.user_info.remove("sub");
    });
}

#[test]
fn what_is_encrypted_is_called_that_and_where_to_switch_it_off() {
    let words = ["UserInfo", "encrypted", "`userinfo_encrypted_response_alg`"];
    refused(8, &words, tells_in(UserInfoForm::Encrypted));
    let words = ["ID token", "encrypted", "`id_token_encrypted_response_alg`"];
    refused(8, &words, |rogue| {
        rogue.tokens.set("id_token", "e30.a2V5.dmVjdG9y.Y29udGVudA.dGFn");
    });
    // Nobody is refused for want of a name.
    accepted(|rogue| {
        rogue.claims.remove("given_name").remove("family_name");
        rogue.user_info_form = UserInfoForm::Encrypted;
    });
}

#[test]
fn a_plain_provider_has_no_keys_for_user_info_that_is_signed() {
    let rogue = Rogue::start(tells_in(UserInfoForm::Signed));
    let desk = Desk::with_provider(&rogue.plain_settings("desk"));
    desk.user(ADA);
    let (_, run) = desk.sign_in(&["--json"]);
    says(&run, 8, &["UserInfo", "it is signed", "`kind = \"oidc\"`"]);
}

/// The certified provider, for a client that registered `userinfo_signed_response_alg`.
#[test]
fn user_info_that_a_real_provider_signs_is_believed() {
    let provider = Provider::with_user_info_only();
    let desk = Desk::with_provider(&provider.settings("signed"));
    desk.user(ADA);
    let mut login = desk.begin_login(&[]);
    let page = Browser::default().sign_in(&login.url(), "ada");
    assert_eq!(page.status, 200, "{page:?}");
    login.ends().succeeded();
    assert_eq!(desk.identities()[0]["subject"], "ada");
}
