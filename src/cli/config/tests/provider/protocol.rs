//! How a provider is spoken to.

use super::*;

#[test]
fn openid_connect_needs_an_issuer_and_a_client() {
    let provider = oidc("");
    assert_eq!(provider.name().as_str(), "id");
    assert_eq!(provider.label(), "id");
    assert_eq!(provider.issuer(), "https://id.example.com");
    assert_eq!(provider.scopes(), ["openid", "email", "profile"]);
    assert_eq!(provider.client_auth(), None);
    assert_eq!(*provider.redirect(), crate::domain::provider::Redirect::default());
    assert_eq!(
        *provider.admission(),
        crate::domain::admission::Admission::default()
    );
    assert!(!provider.device());
    let Protocol::Oidc(oidc) = provider.protocol() else {
        panic!("{:?}", provider.protocol());
    };
    assert_eq!(
        oidc.algorithms,
        [SigningAlgorithm::Rs256, SigningAlgorithm::Es256]
    );
    assert_eq!(oidc.email_verified_claim, "email_verified");
    for (content, lacks) in [
        ("[provider.id]\nkind = 'oidc'\nclient_id = 'desk'", "issuer"),
        (
            "[provider.id]\nkind = 'oidc'\nissuer = 'https://id.example.com'",
            "client_id",
        ),
        (
            "[provider.id]\nissuer = 'https://id.example.com'\nclient_id = 'desk'",
            "kind",
        ),
        ("[provider.id]", "kind"),
        ("[provider.id]\npreset = 'okta'\nclient_id = 'desk'", "issuer"),
        ("[provider.id]\npreset = 'github'", "client_id"),
    ] {
        let (line, _, what, hint) = complaint(&format!("# first\n{content}\n"));
        assert_eq!(
            (line, what),
            (2, format!("`provider.id` needs `{lacks}`")),
            "{content}"
        );
        assert!(hint.contains(" below it"), "{hint}");
    }
}

#[test]
fn plain_oauth2_needs_its_endpoints() {
    let provider = provider(OAUTH2);
    assert_eq!(provider.issuer(), "https://id.example.com/me");
    assert_eq!(provider.scopes(), [""; 0]);
    let Protocol::OAuth2(oauth2) = provider.protocol() else {
        panic!("{:?}", provider.protocol());
    };
    assert_eq!(oauth2.subject_field, "sub");
    assert_eq!(oauth2.email_verified_field.as_deref(), Some("email_verified"));
    assert_eq!(oauth2.emails_endpoint, None);
    for key in ["authorization_endpoint", "token_endpoint", "userinfo_endpoint"] {
        let without: Vec<&str> = OAUTH2.lines().filter(|line| !line.starts_with(key)).collect();
        let (.., what, _) = complaint(&without.join("\n"));
        assert_eq!(what, format!("`provider.id` needs `{key}`"));
    }
}

#[test]
fn texts_say_whether_an_address_is_verified_only_where_the_configuration_says_so() {
    for section in [OIDC, OAUTH2] {
        assert!(!provider(section).protocol().email_verified_as_text());
        let texts = provider(&format!("{section}email_verified_as_text = true\n"));
        assert!(texts.protocol().email_verified_as_text());
    }
}

#[test]
fn a_key_of_the_other_kind_is_refused() {
    assert_eq!(
        refused("token_endpoint = 'https://id.example.com/token'"),
        (
            "token_endpoint` is no key of the kind \"oidc\"".to_owned(),
            "leave it out, or correct `kind`".to_owned()
        )
    );
    is_each_taken(
        OAUTH2,
        &[
            ("issuer = 'https://id.example.com'", false),
            ("algorithms = ['RS256']", false),
            (
                "device_authorization_endpoint = 'https://id.example.com/device'",
                true,
            ),
            (
                "device_authorization_endpoint = 'http://id.example.com/device'",
                false,
            ),
            ("emails_endpoint = 'https://id.example.com/emails'", true),
            ("emails_endpoint = 5", false),
            ("subject_field = 'id'\nname_field = 'name'", true),
        ],
    );
}

#[test]
fn an_issuer_is_a_url_under_tls() {
    let with = |issuer: &str| OIDC.replace("https://id.example.com", issuer);
    for issuer in [
        "https://id.example.com/realms/a",
        "http://localhost:8080",
        "http://[::1]:3000",
    ] {
        assert_eq!(provider(&with(issuer)).issuer(), issuer);
    }
    for (issuer, rule) in [
        (
            "http://id.example.com",
            "must begin with https://; http:// is for this machine itself only",
        ),
        (
            "https://hunter2@id.example.com",
            "must not hold a user or a password",
        ),
        ("https://id.example.com/#a", "must not hold a fragment"),
        ("https://id.example.com/?a=b", "must not hold a query"),
        (
            "id.example.com",
            "must be a URL such as \"https://id.example.com/\"",
        ),
    ] {
        let (line, column, what, _) = complaint(&with(issuer));
        assert_eq!((line, column), (3, 10));
        assert_eq!(what, format!("`provider.id.issuer` {rule}"));
    }
}

#[test]
fn scopes_are_words_with_openid_among_them() {
    assert_eq!(
        oidc("scopes = ['groups', 'openid']").scopes(),
        ["groups", "openid"]
    );
    assert_eq!(refused("scopes = ['email']").0, "scopes` must hold \"openid\"");
    assert_eq!(
        refused("scopes = ['openid email']").0,
        "scopes` must be a list of words without spaces"
    );
    is_each_taken(
        OIDC,
        &[
            ("scopes = 'openid'", false),
            ("scopes = []", false),
            ("scopes = ['openid', '']", false),
            ("scopes = ['openid', 'a\"b']", false),
            ("scopes = ['openid', 'a\\b']", false),
            ("scopes = ['openid', 'ä']", false),
            ("scopes = ['openid', 5]", false),
            ("scopes = ['openid', 'https://id.example.com/a!b']", true),
        ],
    );
    is_each_taken(OAUTH2, &[("scopes = []", true), ("scopes = ['read:user']", true)]);
}

#[test]
fn an_algorithm_has_a_public_key() {
    let signed = oidc("algorithms = ['EdDSA', 'PS512']");
    let Protocol::Oidc(parts) = signed.protocol() else {
        panic!("not OpenID Connect");
    };
    assert_eq!(
        parts.algorithms,
        [SigningAlgorithm::EdDsa, SigningAlgorithm::Ps512]
    );
    assert!(
        refused("algorithms = ['RS256', 'HS256']")
            .0
            .contains("has the client secret could make")
    );
    assert!(
        refused("algorithms = ['none']")
            .0
            .contains("anybody could have made")
    );
    assert!(refused("algorithms = ['RS1024']").1.contains("RS256, RS384"));
    is_each_taken(
        OIDC,
        &[("algorithms = []", false), ("algorithms = 'RS256'", false)],
    );
}

#[test]
fn where_the_browser_is_sent_back_to_is_this_machine() {
    let provider = oidc("redirect_host = '[::1]'\nredirect_path = '/back/office-1'\nports = [8765, 0]");
    assert_eq!(provider.redirect().uri(8765), "http://[::1]:8765/back/office-1");
    assert_eq!(provider.redirect().ports, [8765, 0]);
    is_each_taken(
        OIDC,
        &[
            ("redirect_host = 'localhost'", true),
            ("redirect_host = '0.0.0.0'", false),
            ("redirect_host = '::1'", false),
            ("redirect_path = '/'", true),
            ("redirect_path = '/a~b.c_d'", true),
            ("redirect_path = 'callback'", false),
            ("redirect_path = '/a?b=c'", false),
            ("redirect_path = '/a#b'", false),
            ("redirect_path = '/a%2e'", false),
            ("redirect_path = '/a b'", false),
            ("redirect_path = '/a/../b'", false),
            ("redirect_path = '/.'", false),
            ("redirect_path = '/ä'", false),
            ("redirect_path = ''", false),
            ("ports = [65535]", true),
            ("ports = [65536]", false),
            ("ports = [-1]", false),
            ("ports = []", false),
            ("ports = 8765", false),
            ("ports = ['8765']", false),
        ],
    );
}

#[test]
fn further_parameters_are_not_ours() {
    let provider = oidc("extra = { prompt = 'select_account', acr_values = 'a b' }");
    assert_eq!(provider.extra()["prompt"], "select_account");
    for ours in [
        "client_id",
        "redirect_uri",
        "response_type",
        "response_mode",
        "scope",
        "state",
        "nonce",
        "code_challenge",
        "code_challenge_method",
        "request",
        "request_uri",
        "login_hint",
        "id_token_hint",
        "max_age",
        "claims",
        "code_verifier",
        "client_secret",
        "client_assertion",
        "client_assertion_type",
        "grant_type",
        "device_code",
        "iss",
        "code",
        "error",
    ] {
        let (what, _) = refused(&format!("extra = {{ {ours} = 'hunter2' }}"));
        assert_eq!(
            what,
            format!("extra` must not hold `{ours}`, which is not free to choose")
        );
    }
    is_each_taken(
        OIDC,
        &[
            ("extra = { prompt = 5 }", false),
            ("extra = { prompt = ['login'] }", false),
            ("extra = { '' = 'a' }", false),
            ("extra = { 'a' = \"b\\nc\" }", false),
            ("extra = 'prompt=login'", false),
            ("[provider.id.extra]\nprompt = 'login'", true),
            ("[provider.id.extra.deep]\nprompt = 'login'", false),
        ],
    );
}
