//! Who is let in.

use super::*;

#[test]
fn required_claims_are_texts_numbers_and_flags() {
    let provider = oidc("require_claims = { hd = 'example.com', 'https://a.example/b' = true, level = 3 }");
    let claims = &provider.admission().require_claims;
    assert_eq!(claims["hd"], "example.com".into());
    assert_eq!(claims["https://a.example/b"], true.into());
    assert_eq!(claims["level"], 3.into());
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
    let domains = &domains.admission().email_domains;
    let domains: Vec<&str> = domains.iter().map(EmailDomain::as_str).collect();
    assert_eq!(
        domains,
        ["example.com", "xn--bcher-kva.example", "xn--bcher-kva.example"]
    );
    let address: crate::domain::email::EmailAddress = "ada@BÜCHER.example".parse().unwrap();
    let domain = address.canonical().as_str().rsplit_once('@').unwrap().1;
    assert!(domains.contains(&domain));
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
    assert_eq!(provider.admission().strategy, Strategy::CreateOnFirstLogin);
    assert!(provider.admission().check().is_err());
    let fine = oidc(
        "strategy = 'create-on-first-login'\ndefault_groups = ['support']\nemail_domains = ['example.com']",
    );
    assert_eq!(fine.admission().check(), Ok(()));
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
