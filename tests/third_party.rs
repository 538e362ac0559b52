//! Third-party login against a real, certified provider, with and without a window.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::browser::Browser;
use common::chromium::{Chromium, Look};
use common::login::Login;
use common::oidc::{CA, CLIENT_SECRET, Provider};
use common::{Desk, OTHER_PASSWORD};

const ADA: &str = "ada@example.com";
/// Whoever is new becomes a user.
const CREATE: &str = "strategy = \"create-on-first-login\"\ndefault_groups = [\"support\"]\n\
    email_domains = [\"example.com\"]\n";

/// A home with the provider for one of its clients, and nobody in it.
fn desk(provider: &Provider, client: &str, more: &str) -> Desk {
    let desk = Desk::with_provider(&format!("{}{CREATE}{more}", provider.settings(client)));
    desk.client_secret(CLIENT_SECRET);
    desk.run(["group", "create", "support"]).succeeded();
    desk
}

/// Signs in by way of the small browser.
#[track_caller]
fn signs_in(desk: &Desk) {
    let mut login = desk.begin_login(&[]);
    let page = Browser::default().sign_in(&login.url(), "ada");
    assert_eq!(page.status, 200, "{page:?}");
    login.ends().succeeded();
}

/// That Ada is a user as the provider has her, and signed in here.
#[track_caller]
fn is_ada(desk: &Desk) {
    let user = &desk.run(["whoami", "--json"]).ended(0).json()["user"];
    assert_eq!((&user["email"], &user["status"]), (&ADA.into(), &"active".into()));
    assert_eq!(
        (&user["first_name"], &user["last_name"]),
        (&"Ada".into(), &"Lovelace".into())
    );
    assert_eq!(user["groups"], serde_json::json!(["support"]));
    assert_eq!(user["password_state"], "random");
    assert_eq!(user["identities"][0]["subject"], "ada");
}

fn password_works(desk: &Desk, password: &str) -> bool {
    let arguments = ["login", ADA, "--password-stdin", "--print-token"];
    let run = desk.pipe(password, arguments);
    assert!(run.code == 0 || run.code == 5, "{run:?}");
    run.code == 0
}

#[test]
fn in_a_real_browser_from_the_link_to_a_user_who_has_both_ways() {
    let provider = Provider::start();
    let desk = desk(&provider, "public", "");
    let mut chromium = Chromium::start(Look::default());
    let mut login = desk.begin_login(&[]);
    chromium.sign_in(&login.url(), "ada");
    login.ends().succeeded();
    let text = chromium.text();
    chromium.picture("welcome");
    assert!(
        text.contains("signed in") && text.contains("Ada Lovelace") && text.contains(ADA),
        "{text}"
    );
    is_ada(&desk);
    assert_eq!(desk.emails(), [ADA]);

    assert!(!password_works(&desk, OTHER_PASSWORD));
    let link = desk.run(["reset", "issue", ADA]).ended(0).stdout;
    let input = format!("{}\n{OTHER_PASSWORD}\n", link.trim_end());
    desk.pipe(&input, ["reset", "complete", "--token-stdin", "--password-stdin"])
        .succeeded();
    assert!(password_works(&desk, OTHER_PASSWORD));

    // The provider knows her by now, and asks for her consent alone.
    let mut login = desk.begin_login(&[]);
    chromium.open(&login.url());
    chromium.presses("[type=submit]");
    login.ends().succeeded();
    assert!(password_works(&desk, OTHER_PASSWORD));
    assert_eq!(desk.emails(), [ADA]);
    assert_eq!(desk.identities().len(), 1);
}

#[test]
fn in_a_real_browser_somebody_who_cancels() {
    let provider = Provider::start();
    let desk = desk(&provider, "public", "");
    let mut chromium = Chromium::start(Look::default());
    let mut login = desk.begin_login(&["--json"]);
    chromium.open(&login.url());
    chromium.presses("a[href$=abort]");
    let text = chromium.text();
    assert!(text.contains("You aren’t signed in"), "{text}");
    assert!(login.ends().refused(5).contains("access_denied"));
    assert_eq!(desk.emails(), [""; 0]);
}

#[test]
fn every_kind_of_client() {
    let provider = Provider::start();
    for client in ["public", "basic", "post"] {
        // The last one is given ES256 as well.
        let desk = desk(&provider, client, "");
        signs_in(&desk);
        is_ada(&desk);
    }
}

#[test]
fn every_host_of_a_redirect() {
    let provider = Provider::start();
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        let desk = desk(&provider, "public", &format!("redirect_host = \"{host}\"\n"));
        let mut login = desk.begin_login(&[]);
        let url = login.url();
        assert_eq!(Login::redirect_uri(&url).host_str(), Some(host));
        let page = Browser::default().sign_in(&url, "ada");
        assert_eq!(page.status, 200, "{page:?}");
        login.ends().succeeded();
        is_ada(&desk);
    }
}

#[test]
fn with_localhost_a_browser_may_come_by_either_address() {
    let provider = Provider::start();
    for address in ["127.0.0.1", "[::1]"] {
        let desk = desk(&provider, "public", "redirect_host = \"localhost\"\n");
        let mut login = desk.begin_login(&[]);
        let url = login.url();
        let port = Login::redirect_uri(&url).port().unwrap();
        std::net::TcpStream::connect(format!("{address}:{port}")).unwrap();
        Browser::default().sign_in(&url, "ada");
        login.ends().succeeded();
    }
}

#[test]
fn names_and_e_mail_from_user_info() {
    let provider = Provider::with_user_info_only();
    let desk = desk(&provider, "basic", "");
    signs_in(&desk);
    is_ada(&desk);
}

#[test]
fn by_a_pasted_address() {
    let provider = Provider::start();
    let desk = desk(&provider, "public", "");
    let mut login = desk.begin_login(&["--paste"]);
    let page = Browser::default().sign_in(&login.url(), "ada");
    // Nobody listens: the address bar is all there is.
    assert_eq!(page.status, 0, "{page:?}");
    login.types(&page.url);
    login.ends().succeeded();
    is_ada(&desk);
}

#[test]
fn a_pasted_address_of_another_sign_in_is_refused() {
    let provider = Provider::start();
    let desk = desk(&provider, "public", "");
    let mut other = desk.begin_login(&["--paste"]);
    let page = Browser::default().sign_in(&other.url(), "ada");
    let mut login = desk.begin_login(&["--paste", "--json"]);
    login.url();
    login.types(&page.url);
    assert!(login.ends().refused(6).contains("another"));
    assert_eq!(desk.emails(), [""; 0]);
}

#[test]
fn by_a_code_on_another_machine() {
    let provider = Provider::start();
    for client in ["public", "basic"] {
        let desk = desk(&provider, client, "device = true\n");
        let mut login = desk.begin_login(&["--device"]);
        let url = login.url();
        login.line_with("and type in");
        let code = login.line_with("");
        Browser::default().confirm_device(&url, &code, "ada");
        login.ends().succeeded();
        is_ada(&desk);
    }
}

#[test]
fn codes_are_off_unless_the_configuration_has_them() {
    let provider = Provider::start();
    let desk = desk(&provider, "public", "");
    let run = desk.run(["login", "--with", "desk", "--device", "--json"]);
    assert!(run.refused(6).contains("`device = true`"));
}

#[test]
fn somebody_whose_e_mail_is_not_verified() {
    let provider = Provider::start();
    let desk = desk(&provider, "public", "");
    let mut login = desk.begin_login(&["--json"]);
    let page = Browser::default().sign_in(&login.url(), "mallory");
    assert_eq!(page.status, 403, "{page:?}");
    let run = login.ends();
    run.refused(5);
    assert_eq!(run.last_error()["reason"], "email_unverified");
}

#[test]
fn a_sign_in_that_is_linked_by_hand() {
    let provider = Provider::start();
    let desk = desk(&provider, "public", "");
    desk.user("countess@example.com");
    let mut linking = desk.begin(&["identity", "link", "countess@example.com", "--with", "desk"]);
    let page = Browser::default().sign_in(&linking.url(), "ada");
    assert_eq!(page.status, 200, "{page:?}");
    linking.ends().succeeded();
    signs_in(&desk);
    let user = &desk.run(["whoami", "--json"]).ended(0).json()["user"];
    assert_eq!(user["email"], "countess@example.com");
}

#[test]
fn a_check_goes_through_every_step_behind_tls_too() {
    let provider = Provider::start();
    desk(&provider, "public", "")
        .run(["provider", "check", "desk"])
        .succeeded();
    let provider = Provider::behind_tls();
    let desk = desk(&provider, "basic", "ca_file = \"ca.pem\"\n");
    desk.file(".config/backoffice/ca.pem", CA);
    desk.run(["provider", "check", "desk"]).succeeded();
}

#[test]
fn the_last_page_in_both_languages_and_colour_schemes() {
    let provider = Provider::start();
    let mut backgrounds = Vec::new();
    for (language, dark, words) in [
        ("en", false, "signed in"),
        ("en", true, "signed in"),
        ("de", false, "angemeldet"),
        ("de", true, "angemeldet"),
    ] {
        let desk = desk(&provider, "public", "");
        let mut chromium = Chromium::start(Look {
            language,
            dark,
            phone: dark,
        });
        let mut login = desk.begin_login(&[]);
        chromium.sign_in(&login.url(), "ada");
        login.ends().succeeded();
        let text = chromium.text();
        assert!(text.contains(words), "{text}");
        assert_eq!(chromium.run("document.documentElement.lang"), language);
        let overflow = "String(document.documentElement.scrollWidth > innerWidth)";
        assert_eq!(chromium.run(overflow), "false");
        backgrounds.push(chromium.run("getComputedStyle(document.body).backgroundColor"));
        chromium.picture(&format!(
            "welcome-{language}-{}",
            if dark { "dark" } else { "light" }
        ));
    }
    assert_eq!(backgrounds[0], backgrounds[2]);
    assert_ne!(backgrounds[0], backgrounds[1]);
}
