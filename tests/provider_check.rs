//! `backoffice provider check`: what a provider announces in its metadata, and what follows for a
//! sign-in there.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;
use common::rogue::{CLIENT_ID, CLIENT_SECRET, Key, Manners, Rogue};
use serde_json::{Value, json};

const ADA: &str = "ada@example.com";

/// A home with Ada, and the provider for a client with a secret.
fn desk(rogue: &Rogue, more: &str) -> Desk {
    let secret = "client_secret_file = \"client-secret\"\n";
    let desk = Desk::with_provider(&format!("{}{secret}{more}", rogue.settings()));
    desk.client_secret(CLIENT_SECRET);
    desk.user(ADA);
    desk
}

/// The steps of a check that ends with this code.
#[track_caller]
fn steps(desk: &Desk, code: i32) -> Vec<Value> {
    let run = desk.run(["provider", "check", "desk", "--json"]).ended(code);
    run.json().as_array().unwrap().clone()
}

#[track_caller]
fn step(steps: &[Value], name: &str) -> Value {
    let found = steps.iter().find(|step| step["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {steps:?}")).clone()
}

#[test]
fn the_secret_is_sent_in_the_way_that_the_metadata_has() {
    let methods = "token_endpoint_auth_methods_supported";
    for (offered, in_body) in [
        (json!(["client_secret_post", "private_key_jwt"]), true),
        (json!(["client_secret_post", "client_secret_basic"]), false),
        (json!(null), false),
    ] {
        let rogue = Rogue::start(|manners| {
            manners.metadata.set(methods, offered.clone());
        });
        let desk = desk(&rogue, "device = true\n");
        let metadata = step(&steps(&desk, 0), "metadata");
        let word = if in_body { "post" } else { "basic" };
        let expected = format!("client_auth is \"{word}\", from the metadata");
        assert_eq!(metadata["detail"], expected.as_str());
        desk.sign_in(&[]).1.succeeded();
        desk.run(["login", "--with", "desk", "--device"]).succeeded();
        for exchange in rogue.seen().exchanges {
            assert_eq!(exchange.authorization.is_none(), in_body, "{offered}");
            let secret = exchange.fields.get("client_secret").map(String::as_str);
            assert_eq!(secret, in_body.then_some(CLIENT_SECRET));
        }
    }
}

#[test]
fn a_configured_way_to_send_the_secret_is_not_changed_by_the_metadata() {
    let rogue = Rogue::start(|manners| {
        let offered = json!(["client_secret_post"]);
        manners
            .metadata
            .set("token_endpoint_auth_methods_supported", offered);
    });
    let desk = desk(&rogue, "client_auth = \"basic\"\n");
    desk.sign_in(&[]).1.succeeded();
    assert!(rogue.seen().exchanges[0].authorization.is_some());
    let failed = step(&steps(&desk, 8), "metadata");
    assert_eq!(failed["ok"], false);
    assert!(
        failed["hint"]
            .as_str()
            .unwrap()
            .contains("leave `client_auth` out"),
        "{failed}"
    );
}

#[test]
fn where_the_setting_is_left_out_the_settings_say_where_it_comes_from() {
    let rogue = Rogue::start(|_| ());
    let desk = desk(&rogue, "");
    let shown = desk.run(["provider", "show", "desk", "--json"]).ended(0).json();
    assert_eq!(shown["client_auth"], "from the metadata");
    let config = desk.run(["config", "show"]).ended(0).stdout;
    let line = config
        .lines()
        .find(|line| line.starts_with("provider.desk.client_auth "));
    assert!(line.unwrap().ends_with("from the metadata"), "{config}");
}

#[test]
fn what_this_program_cannot_do_fails_the_check_and_is_named() {
    let cases: [(&str, Value, &[&str]); 8] = [
        ("require_pushed_authorization_requests", json!(true), &["pushed"]),
        ("require_signed_request_object", json!(true), &["signed"]),
        ("response_modes_supported", json!(["form_post"]), &["form_post"]),
        (
            "response_types_supported",
            json!(["id_token"]),
            &["codes", "id_token"],
        ),
        (
            "grant_types_supported",
            json!(["implicit"]),
            &["codes", "implicit"],
        ),
        ("code_challenge_methods_supported", json!(["plain"]), &["S256"]),
        (
            "token_endpoint_auth_methods_supported",
            json!(["private_key_jwt", "tls_client_auth"]),
            &["private_key_jwt", "secret"],
        ),
        (
            "id_token_signing_alg_values_supported",
            json!(["PS256"]),
            &["PS256", "algorithms = [\"PS256\"]"],
        ),
    ];
    for (field, value, words) in cases {
        let rogue = Rogue::start(|manners: &mut Manners| {
            manners.metadata.set(field, value.clone());
        });
        let desk = desk(&rogue, "");
        let failed = step(&steps(&desk, 8), "metadata");
        assert_eq!(
            (&failed["ok"], &failed["warning"]),
            (&json!(false), &json!(false))
        );
        for word in words {
            let said = format!("{} {}", failed["detail"], failed["hint"]).replace('\\', "");
            assert!(said.contains(word), "{field}: {said}");
        }
        let run = desk.run(["provider", "check", "desk", "--json"]).ended(8);
        assert_eq!(run.error()["code"], "provider_unsupported");
    }
}

#[test]
fn what_may_be_right_is_a_warning() {
    let rogue = Rogue::start(|manners| {
        manners
            .metadata
            .set("scopes_supported", json!(["email"]))
            .remove("device_authorization_endpoint");
    });
    let metadata = step(&steps(&desk(&rogue, "device = true\n"), 0), "metadata");
    assert_eq!(
        (&metadata["ok"], &metadata["warning"]),
        (&json!(true), &json!(true))
    );
    let detail = metadata["detail"].as_str().unwrap();
    assert!(
        detail.contains("`openid`") && detail.contains("device codes"),
        "{detail}"
    );
    let quiet = step(&steps(&desk(&Rogue::start(|_| ()), ""), 0), "metadata");
    assert_eq!(quiet["warning"], false);
}

#[test]
fn a_dangerous_setting_is_a_warning_too() {
    let rogue = Rogue::start(|_| ());
    let trusting = desk(&rogue, "trust_unverified_email = true\n");
    let configuration = step(&steps(&trusting, 0), "configuration");
    assert_eq!(configuration["warning"], true);
}

#[test]
fn a_key_that_is_there_twice_is_said() {
    let twice = |keys: &[(Key, Option<&'static str>)]| {
        Rogue::start(|manners| manners.keys = keys.iter().flat_map(|key| [*key, *key]).collect())
    };
    let all = twice(&[(Key::Rsa, Some("rsa")), (Key::Ec, Some("ec"))]);
    let failed = step(&steps(&desk(&all, ""), 8), "keys");
    assert!(failed["detail"].as_str().unwrap().contains("twice"), "{failed}");
    // So it is: no token can be believed.
    desk(&all, "").sign_in(&[]).1.ended(8);
    let one = Rogue::start(|manners| manners.keys.push((Key::OtherRsa, Some("rsa"))));
    let keys = step(&steps(&desk(&one, ""), 0), "keys");
    assert_eq!(keys["warning"], true, "{keys}");
}

#[test]
fn a_field_that_nothing_reads_can_be_of_any_type() {
    let rogue = Rogue::start(|manners| {
        manners
            .metadata
            .set("registration_endpoint", json!({"a": "b"}))
            .set("response_types_supported", json!("code"))
            .set("subject_types_supported", json!(5))
            .set("claims_parameter_supported", json!("yes"))
            .set("ui_locales_supported", json!("en"))
            .set("mtls_endpoint_aliases", json!([]))
            .set("display_values_supported", json!([7]))
            .remove("id_token_signing_alg_values_supported");
    });
    let desk = desk(&rogue, "");
    steps(&desk, 0);
    desk.sign_in(&[]).1.succeeded();
}

#[test]
fn a_field_that_counts_is_named_if_it_cannot_be_read() {
    for (field, value, word) in [
        ("issuer", json!(5), "`issuer`"),
        ("issuer", json!(null), "`issuer`"),
        ("authorization_endpoint", json!(["a"]), "`authorization_endpoint`"),
        ("token_endpoint", json!(null), "token endpoint"),
        ("jwks_uri", json!(null), "keys"),
        (
            "authorization_response_iss_parameter_supported",
            json!("true"),
            "`authorization_response_iss_parameter_supported`",
        ),
    ] {
        let rogue = Rogue::start(|manners| {
            manners.metadata.set(field, value.clone());
        });
        let desk = desk(&rogue, "");
        let failed = step(&steps(&desk, 8), "discovery");
        assert!(failed["detail"].as_str().unwrap().contains(word), "{failed}");
        desk.run(["login", "--with", "desk"]).ended(8);
    }
}

#[test]
fn a_public_client_needs_nothing_but_what_is_announced() {
    let rogue = Rogue::start(|_| ());
    let desk = Desk::with_provider(&rogue.settings());
    desk.user(ADA);
    let metadata = step(&steps(&desk, 0), "metadata");
    assert_eq!(metadata["detail"], "nothing that this program can't do");
    desk.sign_in(&[]).1.succeeded();
    let exchange = &rogue.seen().exchanges[0];
    assert_eq!(exchange.fields["client_id"], CLIENT_ID);
    assert!(exchange.authorization.is_none());
}
