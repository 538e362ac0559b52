//! Every rule of a section `[provider.NAME]`.

use super::*;
use crate::domain::admission::Strategy;
use crate::domain::provider::{ClientAuth, Preset, Protocol, Provider, RedirectHost, SigningAlgorithm};

const OIDC: &str = "[provider.id]\nkind = 'oidc'\nissuer = 'https://id.example.com'\nclient_id = 'desk'\n";
const OAUTH2: &str = "[provider.id]\nkind = 'oauth2'\nclient_id = 'desk'\n\
    authorization_endpoint = 'https://id.example.com/authorize'\n\
    token_endpoint = 'https://id.example.com/token'\n\
    userinfo_endpoint = 'https://id.example.com/me'\n";

fn provider(content: &str) -> Provider {
    let config = Home::with(content)
        .load()
        .unwrap_or_else(|error| panic!("{content}: {error}"));
    let mut providers = config.providers.into_iter();
    let provider = providers.next().unwrap();
    assert!(providers.next().is_none());
    provider
}

fn oidc(more: &str) -> Provider {
    provider(&format!("{OIDC}{more}"))
}

/// The key that is complained of in a section with one line more, the rule and the hint.
#[track_caller]
fn refused(more: &str) -> (String, String) {
    let (line, _, what, hint) = complaint(&format!("{OIDC}{more}\n"));
    assert_eq!(line, 5, "{what}");
    let rule = what
        .strip_prefix("`provider.id.")
        .unwrap_or_else(|| panic!("{what}"));
    (rule.to_owned(), hint)
}

/// Lines that are taken beside the usual ones, and lines that aren't.
#[track_caller]
fn is_each_taken(section: &str, lines: &[(&str, bool)]) {
    for (line, taken) in lines {
        assert_eq!(is_taken(&format!("{section}{line}")), *taken, "{line}");
    }
}

#[test]
fn openid_connect_needs_an_issuer_and_a_client() {
    let provider = oidc("");
    assert_eq!(provider.name.as_str(), "id");
    assert_eq!(provider.label, "id");
    assert_eq!(provider.issuer(), "https://id.example.com");
    assert_eq!(provider.scopes, ["openid", "email", "profile"]);
    assert_eq!(provider.client_auth, ClientAuth::Basic);
    assert_eq!(provider.redirect, crate::domain::provider::Redirect::default());
    assert_eq!(provider.admission, crate::domain::admission::Admission::default());
    assert!(!provider.device);
    let Protocol::Oidc(oidc) = provider.protocol else {
        panic!("{:?}", provider.protocol);
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
    assert_eq!(provider.scopes, [""; 0]);
    let Protocol::OAuth2(oauth2) = &provider.protocol else {
        panic!("{:?}", provider.protocol);
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
fn a_preset_fills_in_what_is_the_same_for_every_company() {
    let github = provider("[provider.hub]\npreset = 'github'\nclient_id = 'x'");
    assert_eq!(github.label, "GitHub");
    assert_eq!(github.preset, Some(Preset::GitHub));
    assert_eq!(github.client_auth, ClientAuth::Post);
    assert_eq!(github.scopes, ["read:user", "user:email"]);
    assert_eq!(github.issuer(), "https://api.github.com/user");
    let Protocol::OAuth2(oauth2) = &github.protocol else {
        panic!("{:?}", github.protocol);
    };
    assert_eq!(oauth2.subject_field, "id");
    assert_eq!(oauth2.first_name_field, None);
    assert_eq!(oauth2.email_verified_field, None);
    let google = provider("[provider.google]\npreset = 'google'\nclient_id = 'x'");
    assert_eq!(google.issuer(), "https://accounts.google.com");
    let okta = provider("[provider.okta]\npreset = 'okta'\nissuer = 'https://a.okta.com'\nclient_id = 'x'");
    assert_eq!(okta.redirect.ports, [8765, 8766, 8767]);
    let own = provider(
        "[provider.okta]\npreset = 'okta'\nissuer = 'https://a.okta.com'\nclient_id = 'x'\nports = [1]\nlabel = 'A'",
    );
    assert_eq!(
        (own.redirect.ports.as_slice(), own.label.as_str()),
        (&[1][..], "A")
    );
    for (kind, taken) in [("oidc", true), ("oauth2", false)] {
        let content = format!("[provider.g]\npreset = 'google'\nkind = '{kind}'\nclient_id = 'x'");
        assert_eq!(is_taken(&content), taken, "{kind}");
    }
    assert!(!is_taken("[provider.g]\npreset = 'gitlab'\nclient_id = 'x'"));
}

#[test]
fn an_id_that_a_preset_knows_is_not_another() {
    let (line, _, what, hint) =
        complaint("[provider.hub]\npreset = 'github'\nclient_id = 'x'\nsubject_field = 'login'\n");
    assert_eq!(
        (line, what.as_str(), hint.as_str()),
        (
            4,
            "`provider.hub.subject_field` must not be here: the preset knows the id that lasts",
            "leave it out"
        )
    );
}

#[test]
fn one_place_is_asked_for_one_id() {
    let alike = |field: &str| format!("{OAUTH2}{field}").replace("provider.id", "provider.zwei");
    let both = |one: &str, other: &str| format!("{OAUTH2}{one}{}", alike(other));
    let field = |name: &str| format!("subject_field = '{name}'\n");
    for content in [
        both("", ""),
        both("", &field("sub")),
        both(&field("id"), &field("id")),
        both("", &field("id")).replacen("/me", "/person", 1),
    ] {
        assert!(is_taken(&content), "{content}");
    }
    for (content, line, key) in [
        (both("", &field("id")), 13, "zwei.subject_field"),
        (both(&field("id"), ""), 7, "id.subject_field"),
        (both(&field("login"), &field("id")), 14, "zwei.subject_field"),
    ] {
        let (found, _, what, hint) = complaint(&content);
        assert_eq!(found, line, "{what}");
        let key = format!("`provider.{key}` doesn't go with [provider.");
        assert!(what.starts_with(&key), "{what}");
        assert!(hint.contains("give both the same `subject_field`"), "{hint}");
    }
    // Neither names it: one has the preset's, the other the usual one.
    let plain = OAUTH2.replace("https://id.example.com/me", "https://api.github.com/user");
    let (line, _, what, _) = complaint(&format!(
        "[provider.hub]\npreset = 'github'\nclient_id = 'x'\n{plain}"
    ));
    assert_eq!(line, 9);
    assert!(
        what.starts_with("`provider.id.userinfo_endpoint` doesn't go with [provider.hub]"),
        "{what}"
    );
}

#[test]
fn a_preset_of_endpoints_is_taken_whole_or_not_at_all() {
    const HOUSE: &str = "[provider.hub]\npreset = 'github'\nclient_id = 'x'\n\
        authorization_endpoint = 'https://git.example.com/login/oauth/authorize'\n\
        token_endpoint = 'https://git.example.com/login/oauth/access_token'\n";
    let (.., what, _) = complaint(HOUSE);
    assert_eq!(what, "`provider.hub` needs `userinfo_endpoint`");
    let whole = provider(&format!(
        "{HOUSE}userinfo_endpoint = 'https://git.example.com/api/v3/user'"
    ));
    let Protocol::OAuth2(oauth2) = &whole.protocol else {
        panic!("{:?}", whole.protocol);
    };
    assert_eq!(
        (&oauth2.emails_endpoint, &oauth2.device_authorization_endpoint),
        (&None, &None)
    );
}

#[test]
fn entra_is_one_tenant() {
    let entra =
        |issuer: &str| format!("[provider.ms]\npreset = 'entra'\nclient_id = 'x'\nissuer = '{issuer}'\n");
    let own = provider(&entra(
        "https://login.microsoftonline.com/0f8fad5b-d9cb-469f-a165-70867728950e/v2.0",
    ));
    assert_eq!(own.redirect.host, RedirectHost::Localhost);
    let Protocol::Oidc(oidc) = &own.protocol else {
        panic!("{:?}", own.protocol);
    };
    assert_eq!(oidc.email_verified_claim, "xms_edov");
    for tenant in [
        "common",
        "Organizations",
        "consumers",
        "9188040d-6c67-4c5b-b112-36a304b66dad",
    ] {
        let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
        let (line, _, what, hint) = complaint(&entra(&issuer));
        assert_eq!(line, 4);
        assert!(what.contains("must be that of one tenant"), "{what}");
        assert!(hint.contains("your tenant's id"), "{hint}");
        // Without the preset too.
        assert!(
            !is_taken(&OIDC.replace("https://id.example.com", &issuer)),
            "{issuer}"
        );
    }
    assert!(!is_taken(&entra(
        "https://login.partner.microsoftonline.cn/common/v2.0"
    )));
    let national = OIDC.replace(
        "https://id.example.com",
        "https://login.microsoftonline.us/common/v2.0",
    );
    assert!(!is_taken(&national));
    assert!(is_taken(&entra(
        "https://login.partner.microsoftonline.cn/contoso.cn/v2.0"
    )));
    for issuer in [
        "https://login.microsoftonline.com/contoso.com",
        "https://login.microsoftonline.com/contoso.com/v2.0/",
        "https://login.microsoftonline.com/v2.0",
        "https://login.microsoftonline.com//v2.0",
    ] {
        assert!(!is_taken(&entra(issuer)), "{issuer}");
    }
    let own = entra("https://login.microsoftonline.com/contoso.com/v2.0");
    assert!(is_taken(&format!("{own}redirect_host = '127.0.0.1'")));
    assert!(!is_taken(&format!("{own}redirect_host = '[::1]'")));
}

#[test]
fn google_is_told_the_domain_that_is_required() {
    let google = |more: &str| {
        let provider = provider(&format!(
            "[provider.g]\npreset = 'google'\nclient_id = 'x'\n{more}"
        ));
        provider.extra.get("hd").cloned()
    };
    assert_eq!(
        google("require_claims = { hd = 'example.com' }").as_deref(),
        Some("example.com")
    );
    assert_eq!(
        google("require_claims = { hd = 'example.com' }\nextra = { hd = '*' }").as_deref(),
        Some("*")
    );
    assert_eq!(google("require_claims = { hd = true }"), None);
    assert_eq!(google(""), None);
    assert!(oidc("require_claims = { hd = 'example.com' }").extra.is_empty());
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
    assert_eq!(oidc("scopes = ['groups', 'openid']").scopes, ["groups", "openid"]);
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
    let Protocol::Oidc(parts) = oidc("algorithms = ['EdDSA', 'PS512']").protocol else {
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
    assert_eq!(provider.redirect.uri(8765), "http://[::1]:8765/back/office-1");
    assert_eq!(provider.redirect.ports, [8765, 0]);
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
    assert_eq!(provider.extra["prompt"], "select_account");
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

#[test]
fn required_claims_are_texts_numbers_and_flags() {
    let claims = oidc("require_claims = { hd = 'example.com', 'https://a.example/b' = true, level = 3 }")
        .admission
        .require_claims;
    assert_eq!(claims["hd"], json!("example.com"));
    assert_eq!(claims["https://a.example/b"], json!(true));
    assert_eq!(claims["level"], json!(3));
    is_each_taken(
        OIDC,
        &[
            ("require_claims = { a = 1.5 }", false),
            ("require_claims = { a = ['b'] }", false),
            ("require_claims = { a = { b = 'c' } }", false),
            ("require_claims = { a = 2026-11-24 }", false),
            ("require_claims = { a = 99999999999999999999 }", false),
            ("require_claims = { '' = 'a' }", false),
            ("require_claims = ['a']", false),
            ("require_claims = {}", true),
        ],
    );
}

#[test]
fn domains_are_kept_in_the_form_of_a_canonical_address() {
    let domains = oidc("email_domains = ['Example.COM', 'bücher.example', 'xn--bcher-kva.example']");
    assert_eq!(
        domains.admission.email_domains,
        ["example.com", "xn--bcher-kva.example", "xn--bcher-kva.example"]
    );
    let address: crate::domain::email::EmailAddress = "ada@BÜCHER.example".parse().unwrap();
    let domain = address.canonical().as_str().rsplit_once('@').unwrap().1;
    assert!(domains.admission.email_domains.iter().any(|one| one == domain));
    assert!(
        refused("email_domains = ['@example.com']")
            .1
            .contains("[\"example.com\"]")
    );
    assert!(refused("email_domains = ['ada@example.com']").1.contains("alone"));
    assert!(
        refused("email_domains = ['*.example.com']")
            .1
            .contains("without `*.`")
    );
    is_each_taken(
        OIDC,
        &[
            ("email_domains = 'example.com'", false),
            ("email_domains = ['']", false),
            ("email_domains = ['exa mple.com']", false),
            ("email_domains = ['https://example.com']", false),
            ("email_domains = ['example..com']", false),
            ("email_domains = ['example.com.']", false),
            ("email_domains = []", true),
        ],
    );
}

#[test]
fn a_strategy_that_makes_no_sense_stops_nothing_else() {
    let provider = oidc("strategy = 'create-on-first-login'");
    assert_eq!(provider.admission.strategy, Strategy::CreateOnFirstLogin);
    assert!(provider.admission.check().is_err());
    let fine = oidc(
        "strategy = 'create-on-first-login'\ndefault_groups = ['support']\nemail_domains = ['example.com']",
    );
    assert_eq!(fine.admission.check(), Ok(()));
    is_each_taken(
        OIDC,
        &[
            ("strategy = 'accept-existing'", true),
            ("strategy = 'accept'", false),
            ("default_groups = ['-x']", false),
            ("default_groups = 'support'", false),
        ],
    );
}

#[test]
fn files_are_below_the_folder_of_the_configuration_and_not_read() {
    let home = Home::with(&format!(
        "{OIDC}client_secret_file = 'secret'\nca_file = '/etc/ca.pem'\n"
    ));
    let provider = home.load().unwrap().providers.remove(0);
    assert_eq!(
        provider.client_secret_file,
        Some(home.path(".config/backoffice/secret"))
    );
    assert_eq!(provider.ca_file, Some(PathBuf::from("/etc/ca.pem")));
}

#[test]
fn the_rest_are_words_and_flags() {
    is_each_taken(
        OIDC,
        &[
            ("device = true", true),
            ("device = 'yes'", false),
            ("trust_unverified_email = true", true),
            ("trust_unverified_email = 1", false),
            ("client_auth = 'post'", true),
            ("client_auth = 'none'", false),
            ("label = 'Our house'", true),
            ("label = ''", false),
        ],
    );
    is_each_taken(
        OAUTH2,
        &[
            ("device = true", false),
            (
                "device = true\ndevice_authorization_endpoint = 'https://id.example.com/device'",
                true,
            ),
        ],
    );
}

#[test]
fn providers_are_in_the_order_of_their_names_and_may_be_alike() {
    let one = OIDC.replace("provider.id", "provider.zwei");
    let config = Home::with(&format!("{one}{OIDC}")).load().unwrap();
    let names: Vec<&str> = config
        .providers
        .iter()
        .map(|provider| provider.name.as_str())
        .collect();
    assert_eq!(names, ["id", "zwei"]);
    assert_eq!(config.provider("zwei").unwrap().name.as_str(), "zwei");
    let hint = |name: &str| config.provider(name).unwrap_err().hint();
    assert_eq!(hint("zwie"), "did you mean zwei?");
    assert_eq!(hint("quite-different"), "the providers are id, zwei");
    let none = Home::with("").load().unwrap();
    assert_eq!(
        none.provider("id").unwrap_err().hint(),
        "a section [provider.NAME] of the configuration makes one"
    );
}

#[test]
fn each_setting_is_shown_with_where_it_came_from() {
    let config = Home::with(
        "[provider.g]\npreset = 'google'\nclient_id = 'x'\nrequire_claims = { hd = 'example.com' }\n",
    )
    .load()
    .unwrap();
    let shown = config.shown();
    let origin = |key: &str| {
        let setting = shown
            .iter()
            .find(|setting| setting.key == format!("provider.g.{key}"));
        let origin = &setting.unwrap_or_else(|| panic!("{key}")).origin;
        origin
            .rsplit_once(':')
            .map_or(origin.clone(), |(_, line)| line.to_owned())
    };
    assert_eq!(origin("preset"), "2");
    assert_eq!(origin("client_id"), "3");
    assert_eq!(origin("require_claims"), "4");
    assert_eq!(origin("issuer"), "preset google");
    assert_eq!(origin("extra"), "preset google");
    assert_eq!(origin("ports"), "default");
    assert_eq!(origin("scopes"), "default");
    assert!(
        !shown
            .iter()
            .any(|setting| setting.key.ends_with("token_endpoint"))
    );
}

#[test]
fn no_complaint_quotes_a_provider() {
    const SECRET: &str = "Hunter2Secret";
    for line in [
        "SECRET = 'a'",
        "issuer = 'SECRET'",
        "issuer = 'https://SECRET@id.example.com'",
        "client_id = ['SECRET']",
        "client_id = \"SECRET\\n\"",
        "client_secret_file = ['SECRET']",
        "scopes = ['openid SECRET']",
        "algorithms = ['SECRET']",
        "extra = { 'SECRET\\n' = 5, state = 'SECRET' }",
        "extra = { SECRET = 5 }",
        "require_claims = { SECRET = ['SECRET'] }",
        "email_domains = ['SECRET@example.com']",
        "redirect_path = 'SECRET'",
        "ports = ['SECRET']",
        "default_groups = ['-SECRET']",
        "[provider.SECRET]",
    ] {
        let own = line.split(' ').next().unwrap_or_default();
        let usual: Vec<&str> = OIDC.lines().filter(|usual| !usual.starts_with(own)).collect();
        let content = format!("{}\n{line}", usual.join("\n")).replace("SECRET", SECRET);
        let error = Home::with(&content).load().unwrap_err();
        let said = format!("{error} {} {error:?}", error.hint());
        assert!(!said.contains(SECRET), "{content}: {said}");
    }
}

proptest! {
    #[test]
    fn no_value_panics(
        key in prop::sample::select(keys::keys_in("provider.id").collect::<Vec<_>>()),
        value in "\\PC{0,12}|'\\PC{0,30}'|\\['\\PC{0,20}'\\]",
    ) {
        let text = format!("[provider.id]\npreset = 'google'\nclient_id = 'x'\n{key} = {value}\n");
        if let Ok(document) = Document::parse(Path::new("/config.toml"), &text) {
            let _ = super::super::provider::read_all(&document);
        }
    }
}
