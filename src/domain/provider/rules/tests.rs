//! Each rule, broken by a program that describes a provider without a configuration file.

use super::*;
use crate::domain::provider::{EndpointError, Provider, ProviderName, Redirect};

fn named(protocol: Protocol) -> ProviderDescription {
    ProviderDescription::new(ProviderName::parse("id").unwrap(), "desk", protocol)
}

fn oidc() -> ProviderDescription {
    of_issuer("https://id.example.com")
}

fn of_issuer(issuer: &str) -> ProviderDescription {
    named(Protocol::Oidc(Oidc::new(issuer)))
}

fn plain(change: impl FnOnce(&mut OAuth2)) -> ProviderDescription {
    let at = |path: &str| format!("https://id.example.com/{path}");
    let mut oauth2 = OAuth2::new(at("authorize"), at("token"), at("me"));
    change(&mut oauth2);
    named(Protocol::OAuth2(Box::new(oauth2)))
}

fn changed(change: impl FnOnce(&mut ProviderDescription)) -> ProviderDescription {
    let mut described = oidc();
    change(&mut described);
    described
}

fn redirect(path: &str, ports: &[u16]) -> Redirect {
    Redirect {
        path: path.to_owned(),
        ports: ports.to_vec(),
        ..Redirect::default()
    }
}

/// The setting that breaks a rule, and the rule.
#[track_caller]
fn broken(described: ProviderDescription) -> (&'static str, ProviderRule) {
    let fault = Provider::new(described).unwrap_err();
    (fault.setting, fault.rule)
}

#[test]
fn what_has_a_default_can_be_left_out() {
    let provider = Provider::new(oidc()).unwrap();
    assert_eq!(provider.label(), "id");
    assert_eq!(provider.scopes(), ["openid", "email", "profile"]);
    assert!(Provider::new(plain(|_| ())).unwrap().scopes().is_empty());
}

#[test]
fn a_url_is_that_of_a_server_with_tls() {
    assert_eq!(
        broken(of_issuer("http://id.example.com")),
        ("issuer", EndpointError::Insecure.into())
    );
    assert_eq!(
        broken(of_issuer("https://id.example.com?a=b")),
        ("issuer", EndpointError::Query.into())
    );
    let insecure = || "http://id.example.com".to_owned();
    for (described, setting) in [
        (
            plain(|oauth2| oauth2.authorization_endpoint = insecure()),
            "authorization_endpoint",
        ),
        (
            plain(|oauth2| oauth2.token_endpoint = insecure()),
            "token_endpoint",
        ),
        (
            plain(|oauth2| oauth2.userinfo_endpoint = insecure()),
            "userinfo_endpoint",
        ),
        (
            plain(|oauth2| oauth2.emails_endpoint = Some(insecure())),
            "emails_endpoint",
        ),
        (
            plain(|oauth2| oauth2.device_authorization_endpoint = Some(insecure())),
            "device_authorization_endpoint",
        ),
    ] {
        assert_eq!(broken(described), (setting, EndpointError::Insecure.into()));
    }
}

#[test]
fn entra_is_asked_for_one_tenant() {
    let at = |tenant: &str| of_issuer(&format!("https://login.microsoftonline.com/{tenant}"));
    for tenant in SHARED_TENANTS {
        let shared = at(&format!("{tenant}/v2.0"));
        assert_eq!(broken(shared), ("issuer", ProviderRule::SharedTenant));
    }
    assert!(Provider::new(at("contoso.com/v2.0")).is_ok());
    let mut entra = at("contoso.com");
    entra.preset = Some(Preset::Entra);
    assert_eq!(broken(entra.clone()), ("issuer", ProviderRule::NoTenant));
    entra.protocol = at("contoso.com/v2.0").protocol;
    entra.redirect.host = RedirectHost::Ipv6;
    assert_eq!(broken(entra), ("redirect_host", ProviderRule::RedirectHost));
}

#[test]
fn a_preset_knows_its_protocol_and_its_id() {
    let with = |mut described: ProviderDescription, preset| {
        described.preset = Some(preset);
        described
    };
    assert_eq!(
        broken(with(oidc(), Preset::GitHub)),
        ("kind", ProviderRule::KindOfPreset(ProviderKind::OAuth2))
    );
    assert_eq!(
        broken(with(plain(|_| ()), Preset::Okta)),
        ("kind", ProviderRule::KindOfPreset(ProviderKind::Oidc))
    );
    let by = |field: &str| {
        with(
            plain(|oauth2| oauth2.subject_field = field.to_owned()),
            Preset::GitHub,
        )
    };
    assert_eq!(
        broken(by("login")),
        ("subject_field", ProviderRule::SubjectOfPreset)
    );
    assert!(Provider::new(by("id")).is_ok());
}

#[test]
fn an_authorization_request_asks_for_openid_and_sets_nothing_of_ours() {
    let asking = |scopes: &[&str]| {
        changed(|described| described.scopes = scopes.iter().map(|&scope| scope.to_owned()).collect())
    };
    assert_eq!(broken(asking(&["email"])), ("scopes", ProviderRule::NoOpenid));
    for scopes in [
        &["openid email"][..],
        &["openid", ""],
        &["openid", "a\"b"],
        &["openid", "ä"],
    ] {
        assert_eq!(broken(asking(scopes)), ("scopes", ProviderRule::ScopeWords));
    }
    let sending =
        |name: &str, value: &str| changed(|described| described.extra = [(name.into(), value.into())].into());
    for name in RESERVED {
        assert_eq!(
            broken(sending(name, "x")),
            ("extra", ProviderRule::ReservedParameter(name.to_owned()))
        );
    }
    assert_eq!(broken(sending("", "x")), ("extra", ProviderRule::OneLine));
    assert_eq!(broken(sending("a", "b\nc")), ("extra", ProviderRule::OneLine));
    assert!(Provider::new(sending("prompt", "login")).is_ok());
}

#[test]
fn a_browser_is_sent_back_to_a_plain_path_and_a_port() {
    let to = |path: &str, ports: &[u16]| changed(|described| described.redirect = redirect(path, ports));
    for path in [
        "", "callback", "/a?b", "/a#b", "/a%2e", "/a/../b", "/.", "/ä", "/a b",
    ] {
        assert_eq!(
            broken(to(path, &[0])),
            ("redirect_path", ProviderRule::RedirectPath)
        );
    }
    assert_eq!(broken(to("/", &[])), ("ports", ProviderRule::NoPort));
    assert!(Provider::new(to("/a~b.c_d", &[8765, 0])).is_ok());
}

#[test]
fn texts_and_lists_are_not_empty() {
    let described = |change: fn(&mut ProviderDescription)| broken(changed(change));
    let one_line = |setting| (setting, ProviderRule::OneLine);
    assert_eq!(
        described(|described| described.label = " ".to_owned()),
        one_line("label")
    );
    assert_eq!(
        described(|described| described.client_id = "a\nb".to_owned()),
        one_line("client_id")
    );
    let mut oidc = Oidc::new("https://id.example.com");
    oidc.algorithms.clear();
    assert_eq!(
        broken(named(Protocol::Oidc(oidc.clone()))),
        ("algorithms", ProviderRule::NoAlgorithm)
    );
    for field in ["", "a\u{1b}"] {
        let of = |change: fn(&mut OAuth2, String)| broken(plain(|oauth2| change(oauth2, field.to_owned())));
        assert_eq!(
            of(|oauth2, field| oauth2.subject_field = field),
            one_line("subject_field")
        );
        assert_eq!(
            of(|oauth2, field| oauth2.email_verified_field = Some(field)),
            one_line("email_verified_field")
        );
    }
}

#[test]
fn device_codes_need_an_endpoint() {
    let mut plain = plain(|_| ());
    plain.device = true;
    assert_eq!(broken(plain), ("device", ProviderRule::NoDeviceEndpoint));
}

#[test]
fn a_fault_names_the_setting() {
    let fault = Provider::new(of_issuer("id.example.com")).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "`issuer` must be a URL such as \"https://id.example.com/\""
    );
}
