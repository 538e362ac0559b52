//! Providers as they are configured: listed, shown, and what has to be registered.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;
use serde_json::{Value, json};

const GOOGLE: &str = r#"
[provider.google]
preset = "google"
client_id = "123.apps.example.com"
client_secret_file = "google-secret"
strategy = "create-on-first-login"
default_groups = ["support"]
require_claims = { hd = "example.com" }
"#;

const OKTA: &str = r#"
[provider.okta]
preset = "okta"
issuer = "https://example.okta.com"
client_id = "0oa1"
ports = [8765, 8766]
"#;

/// A desk without a store: none of this needs one.
fn desk(configuration: &str) -> Desk {
    let desk = Desk::empty();
    desk.configure(configuration);
    desk
}

fn registration(section: &str) -> Value {
    let run = desk(&format!("[provider.id]\n{section}\n")).run(["provider", "show", "id", "--json"]);
    run.ended(0).json()["register"].clone()
}

#[test]
fn providers_are_listed_in_every_form() {
    let desk = desk(&format!("{OKTA}{GOOGLE}"));
    let list = |format: &str| desk.run(["provider", "list", "--format", format]).ended(0);
    assert_eq!(
        list("table").to_string(),
        "name    label   issuer                       strategy               default_groups\n\
         google  Google  https://accounts.google.com  create-on-first-login  support\n\
         okta    Okta    https://example.okta.com     accept-existing\n\
         --- stderr\n--- exit 0"
    );
    assert_eq!(
        list("json").json()[0],
        json!({
            "name": "google", "label": "Google", "kind": "oidc", "preset": "google",
            "issuer": "https://accounts.google.com", "strategy": "create-on-first-login",
            "default_groups": ["support"],
        })
    );
    assert_eq!(list("jsonl").stdout.lines().count(), 2);
    assert_eq!(list("ids").stdout, "google\nokta\n");
    assert_eq!(
        list("csv").stdout.lines().next(),
        Some("name,label,kind,preset,issuer,strategy,default_groups")
    );
    let fields = desk.run(["provider", "list", "--fields", "kind,name", "-o", "csv"]);
    assert_eq!(fields.stdout, "kind,name\noidc,google\noidc,okta\n");
    assert!(!desk.store().exists());
}

#[test]
fn no_provider_is_an_empty_list_that_says_how_to_have_one() {
    let desk = desk("");
    let run = desk.run(["provider", "list"]).ended(0);
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        (
            "",
            "no provider is configured: a section [provider.NAME] makes one\n"
        )
    );
    assert_eq!(
        desk.run(["provider", "list", "--json"]).ended(0).json(),
        json!([])
    );
}

#[test]
fn a_person_in_a_hurry_sees_what_to_register() {
    let run = desk(OKTA).run(["provider", "show", "okta"]).ended(0);
    assert_eq!(
        run.to_string(),
        "name                    okta\n\
         kind                    oidc\n\
         preset                  okta\n\
         label                   Okta\n\
         issuer                  https://example.okta.com\n\
         client_id               0oa1\n\
         client_auth             from the metadata\n\
         scopes                  openid, email, profile\n\
         algorithms              RS256, ES256\n\
         email_verified_as_text  false\n\
         strategy                accept-existing\n\
         trust_unverified_email  false\n\
         device                  false\n\
         redirect_host           127.0.0.1\n\
         redirect_path           /callback\n\
         ports                   8765, 8766\n\
         \n\
         At the provider:\n  \
           redirect URI  http://127.0.0.1:8765/callback\n  \
           redirect URI  http://127.0.0.1:8766/callback\n  \
           scopes        openid email profile\n  \
           client type   public\n  \
           1. Admin Console, Applications, Create App Integration: OIDC, Native Application, grant type Authorization Code, client authentication None.\n  \
           2. Each redirect URI is a Sign-in redirect URI. Assign the people or groups who may sign in.\n  \
           3. The port is compared. Those of `ports` are tried in their order.\n\
         --- stderr\n--- exit 0"
    );
}

#[test]
fn a_program_gets_every_setting_that_fits_the_kind() {
    let desk = desk(GOOGLE);
    let shown = desk.run(["provider", "show", "google", "--json"]).ended(0).json();
    assert_eq!(shown["name"], "google");
    assert_eq!(shown["extra"], json!({ "hd": "example.com" }));
    assert_eq!(shown["email_domains"], json!([]));
    assert_eq!(shown["ca_file"], json!(null));
    assert_eq!(shown.get("token_endpoint"), None);
    // Named, and not read: it isn't even there.
    let secret = desk.path().join(".config/backoffice/google-secret");
    assert_eq!(shown["client_secret_file"], secret.to_str().unwrap());
    let fields = [
        "provider",
        "show",
        "google",
        "--fields",
        "issuer,register",
        "--json",
    ];
    let some = desk.run(fields).ended(0).json();
    let keys: Vec<&String> = some.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["issuer", "register"]);
    let run = desk.run(["provider", "show", "google", "--fields", "label"]);
    assert_eq!(run.ended(0).stdout, "label  Google\n");
    let run = desk.run(["provider", "show", "google", "-o", "ids"]);
    assert_eq!(run.ended(0).stdout, "google\n");
    desk.run(["provider", "show", "google", "--fields", "secret"])
        .ended(2);
}

#[test]
fn every_setting_of_either_kind_is_a_field() {
    let desk = desk(&format!(
        "{GOOGLE}[provider.github]\npreset = \"github\"\nclient_id = \"x\"\n"
    ));
    for name in ["google", "github"] {
        let csv = desk.run(["provider", "show", name, "-o", "csv"]).ended(0).stdout;
        let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
        let settings = desk.run(["provider", "show", name, "--json"]).json();
        for key in settings.as_object().unwrap().keys() {
            assert!(header.contains(&key.as_str()), "{key}");
        }
    }
}

#[test]
fn a_program_is_told_what_to_register_too() {
    let google = registration("preset = 'google'\nclient_id = 'x'\nclient_secret_file = 's'");
    assert_eq!(google["redirect_uris"], json!([]));
    assert_eq!(google["client_type"], "public");
    let github = registration("preset = 'github'\nclient_id = 'x'\nclient_secret_file = 's'");
    assert_eq!(github["redirect_uris"], json!(["http://127.0.0.1/callback"]));
    assert_eq!(github["client_type"], "confidential");
    assert_eq!(github["scopes"], json!(["read:user", "user:email"]));
    let entra = registration(
        "preset = 'entra'\nclient_id = 'x'\nissuer = 'https://login.microsoftonline.com/contoso.com/v2.0'",
    );
    assert_eq!(entra["redirect_uris"], json!(["http://localhost/callback"]));
    assert!(entra["notes"].to_string().contains("xms_edov"), "{entra}");
    let keycloak =
        registration("preset = 'keycloak'\nclient_id = 'x'\nissuer = 'https://id.example.com/realms/desk'");
    assert_eq!(keycloak["redirect_uris"], json!(["http://127.0.0.1/*"]));
    let other = "kind = 'oidc'\nclient_id = 'x'\nissuer = 'https://id.example.com'\nredirect_path = '/back'";
    assert_eq!(
        registration(other)["redirect_uris"],
        json!(["http://127.0.0.1/back"])
    );
    assert_eq!(
        registration(&format!("{other}\nports = [8765]\nredirect_host = '[::1]'"))["redirect_uris"],
        json!(["http://[::1]:8765/back"])
    );
}

#[test]
fn entra_is_one_tenant_and_sends_on_demand_whether_an_address_is_verified() {
    let entra = |preset: &str, tenant: &str| {
        let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
        format!("[provider.ms]\n{preset}\nclient_id = \"x\"\nissuer = \"{issuer}\"\n")
    };
    let with_preset = "preset = \"entra\"";
    for preset in [with_preset, "kind = \"oidc\""] {
        for tenant in ["common", "organizations", "consumers"] {
            let run = desk(&entra(preset, tenant)).run(["login", "--with", "ms", "--json"]);
            let error = run.ended(6).error();
            let message = error["message"].as_str().unwrap();
            assert!(message.contains("must be the issuer of one tenant"), "{message}");
            let hint = error["hint"].as_str().unwrap();
            assert!(hint.contains("your tenant's id"), "{hint}");
        }
    }
    let shown = desk(&entra(with_preset, "contoso.com")).run(["provider", "show", "ms"]);
    let shown = shown.ended(0).stdout;
    for step in [
        "Token configuration, Add optional claim",
        "add {\"name\": \"xms_edov\"}",
    ] {
        assert!(shown.contains(step), "{shown}");
    }
}

#[test]
fn a_provider_that_is_not_there_is_3() {
    let desk = desk(&format!("{OKTA}{GOOGLE}"));
    let error = |name: &str| desk.run(["provider", "show", name, "--json"]).ended(3).error();
    let okat = error("okat");
    assert_eq!(okat["code"], "provider_not_found");
    assert_eq!(okat["message"], "the configuration has no provider `okat`");
    assert_eq!(okat["hint"], "did you mean okta?");
    assert_eq!(error("OKTA")["hint"], "did you mean okta?");
    assert_eq!(error("saml")["hint"], "the providers are google, okta");
    assert_eq!(error("")["hint"], "the providers are google, okta");
    let hostile = desk.run(["provider", "show", "\u{202e}x"]).ended(3);
    assert!(!hostile.stderr.contains('\u{202e}'), "{hostile:?}");
    let none = Desk::empty().run(["provider", "show", "okta", "--json"]).ended(3);
    let hint = none.error()["hint"].as_str().unwrap().to_owned();
    let words = "a section [provider.NAME] of the configuration makes one; `backoffice config init` makes";
    assert!(hint.starts_with(words), "{hint}");
}

#[test]
fn a_malformed_provider_is_6_whatever_is_asked() {
    let desk = desk(&OKTA.replace("https:", "http:"));
    for arguments in [
        &["provider", "show", "okta"][..],
        &["provider", "list"],
        &["user", "list"],
    ] {
        let run = desk.run(arguments.iter().chain(&["--json"])).ended(6);
        let error = run.error();
        assert_eq!(error["code"], "invalid_configuration");
        let message = error["message"].as_str().unwrap();
        let place = "line 4, column 10: `provider.okta.issuer` must begin with https://";
        assert!(message.contains(place), "{message}");
    }
}

#[test]
fn a_strategy_that_lets_in_everybody_stops_nothing_else() {
    let desk = Desk::new();
    desk.configure(&format!("{OKTA}strategy = \"create-on-first-login\"\n"));
    desk.run(["user", "list"]).ended(0);
    let list = desk.run(["provider", "list", "--json"]).ended(0).json();
    assert_eq!(list[0]["strategy"], "create-on-first-login");
}

#[test]
fn what_to_think_about_once_more_is_said() {
    const CREATE: &str =
        "strategy = 'create-on-first-login'\ndefault_groups = ['support']\nemail_domains = ['example.com']\n";
    const HOUSE: &str = "kind = 'oidc'\nissuer = 'https://id.example.com'\nclient_id = 'x'\n";
    const GOOGLE: &str = "preset = 'google'\nclient_id = 'x'\n";
    let tenant =
        |host: &str| format!("kind = 'oidc'\nissuer = 'https://{host}/contoso.com/v2.0'\nclient_id = 'x'\n");
    let trusting = |more: &str| format!("{HOUSE}trust_unverified_email = true\n{more}");
    let remarks = |section: &str| {
        let run = desk(&format!("[provider.id]\n{section}")).run(["provider", "show", "id", "--json"]);
        run.ended(0).json()["remarks"].clone()
    };
    for section in [
        HOUSE.to_owned(),
        trusting("require_claims = { level = 3 }\n"),
        GOOGLE.to_owned(),
        format!("{HOUSE}{CREATE}"),
        format!("{GOOGLE}{CREATE}require_claims = {{ hd = 'example.com' }}\n"),
        tenant("login.microsoftonline.com").replace("kind = 'oidc'", "preset = 'entra'"),
        tenant("login.microsoftonline.example"),
    ] {
        assert_eq!(remarks(&section), json!([]), "{section}");
    }
    for (section, said) in [
        (trusting(""), "`trust_unverified_email`"),
        (
            trusting("require_claims = { email_verified = true }\n"),
            "`trust_unverified_email`",
        ),
        (
            format!("{GOOGLE}{CREATE}"),
            "`require_claims = { hd = \"example.com\" }`",
        ),
        (
            format!("kind = 'oidc'\nissuer = 'https://accounts.google.com'\nclient_id = 'x'\n{CREATE}"),
            "hd =",
        ),
        (tenant("login.microsoftonline.com"), "`preset = \"entra\"`"),
        (tenant("login.microsoftonline.us"), "`preset = \"entra\"`"),
        (tenant("login.partner.microsoftonline.cn"), "`preset = \"entra\"`"),
    ] {
        let remarks = remarks(&section);
        assert_eq!(remarks.as_array().unwrap().len(), 1, "{section}");
        assert!(remarks[0].as_str().unwrap().contains(said), "{remarks}");
    }
    let shown = desk(&format!("[provider.id]\n{}", trusting(""))).run(["provider", "show", "id"]);
    let shown = shown.ended(0).stdout;
    assert!(
        shown.contains("\n\nMind:\n  - `trust_unverified_email` takes"),
        "{shown}"
    );
}
