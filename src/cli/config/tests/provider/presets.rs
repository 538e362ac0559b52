//! What a preset gives, and what it refuses.

use super::*;

#[test]
fn a_preset_fills_in_what_is_the_same_for_every_company() {
    let github = provider("[provider.hub]\npreset = 'github'\nclient_id = 'x'");
    assert_eq!(github.label(), "GitHub");
    assert_eq!(github.preset(), Some(Preset::GitHub));
    assert_eq!(github.client_auth(), Some(ClientAuth::Post));
    assert_eq!(github.scopes(), ["read:user", "user:email"]);
    assert_eq!(github.issuer(), "https://api.github.com/user");
    let Protocol::OAuth2(oauth2) = github.protocol() else {
        panic!("{:?}", github.protocol());
    };
    assert_eq!(oauth2.subject_field, "id");
    assert_eq!(oauth2.first_name_field, None);
    assert_eq!(oauth2.email_verified_field, None);
    let google = provider("[provider.google]\npreset = 'google'\nclient_id = 'x'");
    assert_eq!(google.issuer(), "https://accounts.google.com");
    let okta = provider("[provider.okta]\npreset = 'okta'\nissuer = 'https://a.okta.com'\nclient_id = 'x'");
    assert_eq!(okta.redirect().ports, [8765, 8766, 8767]);
    let own = provider(
        "[provider.okta]\npreset = 'okta'\nissuer = 'https://a.okta.com'\nclient_id = 'x'\nports = [1]\nlabel = 'A'",
    );
    assert_eq!((own.redirect().ports.as_slice(), own.label()), (&[1][..], "A"));
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
    let Protocol::OAuth2(oauth2) = whole.protocol() else {
        panic!("{:?}", whole.protocol());
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
    assert_eq!(own.redirect().host, RedirectHost::Localhost);
    let Protocol::Oidc(oidc) = own.protocol() else {
        panic!("{:?}", own.protocol());
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
        assert!(what.contains("must be the issuer of one tenant"), "{what}");
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
        provider.extra().get("hd").cloned()
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
    assert!(oidc("require_claims = { hd = 'example.com' }").extra().is_empty());
}
