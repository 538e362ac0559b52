//! Every rule of a section `[provider.NAME]`.

use super::*;
use crate::domain::admission::{EmailDomain, Strategy};
use crate::domain::provider::{ClientAuth, Preset, Protocol, Provider, RedirectHost, SigningAlgorithm};
use proptest::prelude::*;

mod admission;
mod presets;
mod protocol;

pub(super) const OIDC: &str =
    "[provider.id]\nkind = 'oidc'\nissuer = 'https://id.example.com'\nclient_id = 'desk'\n";
pub(super) const OAUTH2: &str = "[provider.id]\nkind = 'oauth2'\nclient_id = 'desk'\n\
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
fn files_are_below_the_folder_of_the_configuration_and_not_read() {
    let home = Home::with(&format!(
        "{OIDC}client_secret_file = 'secret'\nca_file = '/etc/ca.pem'\n"
    ));
    let provider = home.load().unwrap().providers.remove(0);
    assert_eq!(
        provider.client_secret_file(),
        Some(home.path(".config/backoffice/secret").as_path())
    );
    assert_eq!(provider.ca_file(), Some(Path::new("/etc/ca.pem")));
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
            ("email_verified_as_text = true", true),
            ("email_verified_as_text = 'true'", false),
            ("client_auth = 'post'", true),
            ("client_auth = 'none'", false),
            ("label = 'Our house'", true),
            ("label = ''", false),
        ],
    );
    is_each_taken(
        OAUTH2,
        &[
            ("email_verified_as_text = true", true),
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
        .map(|provider| provider.name().as_str())
        .collect();
    assert_eq!(names, ["id", "zwei"]);
    assert_eq!(config.provider("zwei").unwrap().name().as_str(), "zwei");
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
        key in prop::sample::select(settings::keys().in_section("provider.id").collect::<Vec<_>>()),
        value in "\\PC{0,12}|'\\PC{0,30}'|\\['\\PC{0,20}'\\]",
    ) {
        let text = format!("[provider.id]\npreset = 'google'\nclient_id = 'x'\n{key} = {value}\n");
        if let Ok(document) = Document::parse(Path::new("/config.toml"), &text, settings::keys()) {
            let _ = settings::provider::read_all(&document);
        }
    }
}
