//! A provider behind a proxy of the environment: the proxy is used, or the sign-in is refused.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::net::TcpListener;

use common::browser::Browser;
use common::login::Login;
use common::oidc::{CA, Provider};
use common::proxies::{ENCODED_PASSWORD, PASSWORD, Proxy, USER};
use common::{Desk, Run};

const ADA: &str = "ada@example.com";

/// A home with Ada, and a provider with TLS.
fn desk(provider: &Provider) -> Desk {
    let settings = format!("{}ca_file = \"ca.pem\"\n", provider.settings("public"));
    let desk = Desk::with_provider(&settings);
    desk.file(".config/backoffice/ca.pem", CA);
    desk.user(ADA);
    desk
}

/// Ada signs in, in this environment.
#[track_caller]
fn signs_in(provider: &Provider, environment: &[(&str, &str)]) {
    let desk = desk(provider);
    let mut command = desk.command(["login", "--with", "desk"]);
    command.envs(environment.iter().copied());
    let mut login = Login::of(command);
    Browser::default().sign_in(&login.url(), "ada");
    login.ends().succeeded();
    assert_eq!(desk.identities()[0]["subject"], "ada");
}

/// A sign-in that can't begin in this environment, and the reason.
#[track_caller]
fn refused(code: i32, provider: &Provider, (name, value): (&str, &str)) -> (Run, String) {
    let desk = desk(provider);
    let mut command = desk.command(["login", "--with", "desk", "--json", "--verbose"]);
    let run = Run::of(&command.env(name, value).output().unwrap());
    assert!(!run.to_string().contains("secret"), "{run:?}");
    let why = run.refused(code);
    (run, why)
}

/// Host and port of a provider.
fn host(provider: &Provider) -> &str {
    provider.issuer().strip_prefix("https://").unwrap()
}

/// A port at which nothing listens.
fn nowhere() -> String {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    free.local_addr().unwrap().to_string()
}

#[test]
fn through_a_proxy_that_speaks_http() {
    let provider = Provider::behind_tls();
    for name in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
        let proxy = Proxy::http("");
        signs_in(&provider, &[(name, &format!("http://{}", proxy.shown()))]);
        assert!(proxy.connected_to(host(&provider)), "{name}");
    }
}

#[test]
fn through_a_proxy_that_speaks_socks() {
    let provider = Provider::behind_tls();
    for kind in ["socks5", "socks5h", "SOCKS5H"] {
        let proxy = Proxy::socks(&[]);
        signs_in(
            &provider,
            &[("ALL_PROXY", &format!("{kind}://{}", proxy.shown()))],
        );
        assert!(proxy.connected_to(host(&provider)), "{kind}");
    }
}

#[test]
fn the_proxy_for_https_goes_before_the_one_for_everything() {
    let provider = Provider::behind_tls();
    let proxy = Proxy::http("");
    let (https, all) = (
        format!("  http://{} ", proxy.shown()),
        format!("socks5h://{}", nowhere()),
    );
    signs_in(&provider, &[("ALL_PROXY", &all), ("HTTPS_PROXY", &https)]);
    assert!(proxy.connected_to(host(&provider)));
}

#[test]
fn a_proxy_that_wants_a_password_gets_it_and_nobody_else_does() {
    let provider = Provider::behind_tls();
    for (kind, proxy) in [
        ("http", Proxy::http_with_password()),
        ("socks5h", Proxy::socks_with_password()),
    ] {
        let shown = proxy.shown();
        let right = format!("{kind}://{USER}:{ENCODED_PASSWORD}@{shown}");
        signs_in(&provider, &[("ALL_PROXY", &right)]);
        assert!(proxy.connected_to(host(&provider)), "{kind}");
        for credentials in ["", "ada:secret-that-is-wrong@"] {
            let wrong = format!("{kind}://{credentials}{shown}");
            let (_, why) = refused(8, &provider, ("ALL_PROXY", &wrong));
            let words = format!("the proxy {shown} asks for a user name and a password");
            assert!(why.contains(&words) && !why.contains(PASSWORD), "{why}");
        }
    }
}

#[test]
fn a_proxy_that_is_down_is_called_that() {
    let provider = Provider::behind_tls();
    for kind in ["http", "socks5h"] {
        let down = nowhere();
        let value = format!("{kind}://ada:secret@{down}");
        let (run, why) = refused(8, &provider, ("HTTPS_PROXY", &value));
        assert_eq!(run.last_error()["code"], "provider_failed");
        assert!(
            why.contains(&format!("the proxy {down} can't be reached")),
            "{why}"
        );
        assert!(
            why.contains("`https_proxy`") && why.contains("`no_proxy`"),
            "{why}"
        );
    }
}

#[test]
fn a_host_that_is_not_known_is_called_that() {
    let provider = Provider::behind_tls();
    let (_, why) = refused(
        8,
        &provider,
        ("ALL_PROXY", "http://ada:secret@proxy.invalid:3128"),
    );
    let words = "the host of the proxy proxy.invalid:3128 isn't known";
    assert!(why.contains(words) && why.contains("`all_proxy`"), "{why}");
    let settings = "[provider.desk]\nkind = \"oidc\"\nissuer = \"https://id.invalid\"\nclient_id = \"x\"\n";
    let run = Desk::with_provider(settings).run(["login", "--with", "desk", "--json"]);
    assert!(
        run.refused(8).contains("the host id.invalid isn't known"),
        "{run:?}"
    );
}

#[test]
fn a_proxy_that_makes_no_connection_says_why() {
    let provider = Provider::behind_tls();
    let strict = Proxy::http("ConnectPort 443");
    let (_, why) = refused(
        8,
        &provider,
        ("HTTPS_PROXY", &format!("http://{}", strict.shown())),
    );
    assert!(why.contains("made no connection") && why.contains("403"), "{why}");
    // Behind it nobody listens.
    let gone = Provider::behind_tls();
    let issuer = host(&gone).to_owned();
    let desk = desk(&gone);
    drop(gone);
    let proxy = Proxy::socks(&[]);
    let mut command = desk.command(["login", "--with", "desk", "--json"]);
    let command = command.env("ALL_PROXY", format!("socks5h://{}", proxy.shown()));
    let why = Run::of(&command.output().unwrap()).refused(8);
    assert!(why.contains("made no connection"), "{issuer}: {why}");
}

#[test]
fn a_variable_that_names_no_proxy_is_an_error_of_the_environment() {
    let provider = Provider::behind_tls();
    for value in [
        "http://[secret",
        "ftp://ada:secret@127.0.0.1:3128",
        "http://ada:secret@",
    ] {
        let (run, why) = refused(6, &provider, ("HTTPS_PROXY", value));
        assert_eq!(run.last_error()["code"], "proxy_unusable");
        assert!(why.contains("`HTTPS_PROXY`") && why.contains("socks5h"), "{why}");
    }
}

#[test]
fn a_host_of_no_proxy_is_reached_without_one() {
    let provider = Provider::behind_tls();
    let dead = format!("http://{}", nowhere());
    let named = host(&provider).to_owned();
    for list in ["127.0.0.1", "localhost,127.0.0.0/8", "*", named.as_str()] {
        for name in ["NO_PROXY", "no_proxy"] {
            signs_in(&provider, &[("HTTPS_PROXY", &dead), (name, list)]);
        }
    }
    // What isn't needed isn't looked at.
    signs_in(
        &provider,
        &[("ALL_PROXY", "http://[bad"), ("NO_PROXY", "127.0.0.1")],
    );
}
