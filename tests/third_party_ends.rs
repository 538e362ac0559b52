//! How a third-party login ends that doesn't end well: the exit code, and a sentence.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::net::TcpListener;

use common::browser::{Browser, Page};
use common::login::Login;
use common::oidc::{self, Provider};
use common::rogue::{Instead, Manners, Rogue, USER_CODE};
use common::smtp::SmtpServer;
use common::{Desk, Run};
use serde_json::json;

const ADA: &str = "ada@example.com";

fn desk(rogue: &Rogue) -> Desk {
    let desk = Desk::with_provider(&rogue.settings());
    desk.user(ADA);
    desk
}

/// What a command says must hold each of these words.
#[track_caller]
fn says(why: &str, words: &[&str]) {
    for word in words {
        assert!(why.contains(word), "{word:?} is not in {why:?}");
    }
}

/// A login that fails before anybody is sent anywhere.
#[track_caller]
fn does_not_begin(words: &[&str], change: impl FnOnce(&mut Manners)) {
    let rogue = Rogue::start(change);
    let run = desk(&rogue).run(["login", "--with", "desk", "--json"]);
    says(&run.refused(8), words);
    assert!(
        !run.stderr.lines().any(|line| line.starts_with("http")),
        "{run:?}"
    );
    assert_eq!(rogue.seen().authorizations.len(), 0);
}

/// A login that fails at the token endpoint, which is asked once.
#[track_caller]
fn exchange_fails(words: &[&str], token: Instead) {
    exchange_fails_within("3m", words, token);
}

#[track_caller]
fn exchange_fails_within(time: &str, words: &[&str], token: Instead) {
    let rogue = Rogue::start(|manners| manners.token = token);
    let (page, run) = desk(&rogue).sign_in(&["--json", "--timeout", time]);
    says(&run.refused(8), words);
    assert!(page.status >= 400, "{page:?}");
    assert_eq!(rogue.seen().exchanges.len(), 1);
}

#[test]
fn access_denied() {
    let rogue = Rogue::start(|manners| {
        manners.callback.remove("code").set("error", "access_denied");
    });
    let (page, run) = desk(&rogue).sign_in(&["--json"]);
    says(&run.refused(5), &["access_denied"]);
    assert_eq!(page.status, 403, "{page:?}");
    assert_eq!(rogue.seen().exchanges.len(), 0);
}

/// A login that the provider ends, with this error in the callback.
fn comes_back_with(error: &str) -> (Page, Run) {
    let rogue = Rogue::start(|manners| {
        manners.callback.remove("code").set("error", error);
    });
    let ended = desk(&rogue).sign_in(&["--json"]);
    assert_eq!(rogue.seen().exchanges.len(), 0);
    ended
}

#[test]
fn errors_that_are_somebodys_no() {
    for error in [
        "login_required",
        "consent_required",
        "interaction_required",
        "account_selection_required",
    ] {
        let (page, run) = comes_back_with(error);
        says(&run.refused(5), &[error]);
        assert_eq!(run.last_error()["code"], "login_denied");
        assert_eq!(page.status, 403, "{page:?}");
    }
}

#[test]
fn errors_that_are_nobodys_no() {
    for (error, hint) in [
        ("server_error", "try again later"),
        ("temporarily_unavailable", "try again later"),
        ("invalid_scope", "`scopes`"),
        ("unauthorized_client", "`client_id`"),
        ("made_up", "`backoffice provider check`"),
    ] {
        let (page, run) = comes_back_with(error);
        says(&run.refused(8), &[error, hint]);
        assert_eq!(run.last_error()["code"], "not_authorized");
        assert!(page.status >= 400 && page.body.contains(error), "{page:?}");
    }
}

#[test]
fn an_answer_that_cannot_be_used_ends_the_sign_in_with_its_reason() {
    type Change = fn(&mut Manners);
    let cases: [(&str, Change); 4] = [
        ("neither", |manners| {
            manners.callback.remove("code");
        }),
        ("both", |manners| {
            manners.callback.set("error", "access_denied");
        }),
        ("longer than 16 KiB", |manners| {
            manners.callback.set("code", "c".repeat(16 * 1024 + 1));
        }),
        ("characters", |manners| {
            manners.callback.set("code", "\u{1b}[2J");
        }),
    ];
    for (word, change) in cases {
        let rogue = Rogue::start(change);
        let (page, run) = desk(&rogue).sign_in(&["--json"]);
        says(&run.refused(8), &["can't be used", word]);
        assert_eq!(run.last_error()["code"], "provider_failed");
        assert!(page.status >= 400, "{page:?}");
        assert_eq!(rogue.seen().exchanges.len(), 0);
    }
}

#[test]
fn time_out() {
    let rogue = Rogue::start(|_| ());
    let run = desk(&rogue).run(["login", "--with", "desk", "--json", "--timeout", "1s"]);
    says(&run.refused(8), &["--timeout"]);
}

#[test]
fn ctrl_c() {
    let rogue = Rogue::start(|_| ());
    let desk = desk(&rogue);
    let mut login = desk.begin_login(&["--json"]);
    let port = Login::redirect_uri(&login.url()).port().unwrap();
    login.interrupt();
    login.ends().ended(130);
    TcpListener::bind(("127.0.0.1", port)).unwrap();
}

#[test]
fn ctrl_c_at_a_terminal_ends_the_line_of_the_wait() {
    let rogue = Rogue::start(|rogue| rogue.device = ["authorization_pending"; 100].into());
    let desk = Desk::with_provider(&format!("{}device = true\n", rogue.settings()));
    for (flag, told) in [("--no-browser", "Ctrl-C ends it"), ("--device", USER_CODE)] {
        let mut pty = desk.at_terminal(&["login", "--with", "desk", flag]);
        pty.sees(told);
        pty.keys("\u{3}");
        let ended = pty.ends();
        assert_eq!((ended.code, ended.echo), (130, true), "{ended:?}");
        assert!(ended.shown.ends_with("^C\r\n"), "{ended:?}");
    }
}

#[test]
fn port_in_use() {
    let other = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = other.local_addr().unwrap().port().to_string();
    let rogue = Rogue::start(|_| ());
    let desk = desk(&rogue);
    let run = desk.run(["login", "--with", "desk", "--json", "--port", &port]);
    says(&run.refused(8), &[&port, "port"]);
    desk.configure(&format!("{}ports = [{port}]\n", rogue.settings()));
    let run = desk.run(["login", "--with", "desk", "--json"]);
    says(&run.refused(8), &[&port, "`ports`"]);
}

#[test]
fn no_browser() {
    let rogue = Rogue::start(|_| ());
    let desk = desk(&rogue);
    // A display, and no program that would open anything on it.
    let mut command = desk.command(["login", "--with", "desk"]);
    command.env("DISPLAY", ":4711").env("PATH", desk.path());
    let mut login = Login::of(command);
    let page = Browser::default().open(&login.url());
    assert_eq!(page.status, 200, "{page:?}");
    login.ends().succeeded();
}

#[test]
fn over_ssh_no_browser_is_tried_and_the_way_through_is_told() {
    let rogue = Rogue::start(|_| ());
    let desk = desk(&rogue);
    let mut command = desk.command(["login", "--with", "desk"]);
    command
        .env("DISPLAY", ":4711")
        .env("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
    let mut login = Login::of(command);
    let url = login.url();
    let port = Login::redirect_uri(&url).port().unwrap();
    Browser::default().open(&url);
    let run = login.ends().ended(0);
    let forward = format!("ssh -L {port}:127.0.0.1:{port}");
    assert!(run.stderr.contains(&forward), "{forward:?}: {run:?}");
}

#[test]
fn discovery_404() {
    does_not_begin(&["discovery", "404"], |manners| {
        manners.discovery = Instead::Html(404);
    });
}

#[test]
fn discovery_redirect() {
    does_not_begin(&["discovery", "redirect"], |manners| {
        manners.discovery = Instead::Redirect;
    });
}

#[test]
fn discovery_other_issuer() {
    does_not_begin(&["another issuer", "https://id.example.com"], |manners| {
        manners.metadata.set("issuer", "https://id.example.com");
    });
}

#[test]
fn discovery_not_json() {
    does_not_begin(&["discovery", "JSON"], |manners| {
        manners.discovery = Instead::Html(200);
    });
}

#[test]
fn discovery_endless() {
    does_not_begin(&["discovery", "1 MiB"], |manners| {
        manners.discovery = Instead::Endless;
    });
}

#[test]
fn nobody_listens_at_the_provider() {
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
    let settings =
        format!("[provider.desk]\nkind = \"oidc\"\nissuer = \"http://{free}\"\nclient_id = \"x\"\n");
    let run = Desk::with_provider(&settings).run(["login", "--with", "desk", "--json"]);
    says(&run.refused(8), &["discovery"]);
}

#[test]
fn token_endpoint_400() {
    let refusal = json!({"error": "invalid_grant", "error_description": "The code has been used."});
    exchange_fails(
        &["invalid_grant", "The code has been used."],
        Instead::Json(400, refusal),
    );
}

#[test]
fn token_endpoint_500() {
    exchange_fails(&["token endpoint", "500"], Instead::Html(500));
}

#[test]
fn token_endpoint_html() {
    exchange_fails(&["token endpoint", "JSON"], Instead::Html(200));
}

#[test]
fn token_endpoint_302() {
    exchange_fails(&["token endpoint", "is a redirect"], Instead::Redirect);
}

#[test]
fn token_endpoint_200_with_an_error() {
    let refusal = json!({"error": "bad_verification_code"});
    exchange_fails(&["bad_verification_code"], Instead::Json(200, refusal));
}

#[test]
fn token_endpoint_silence() {
    exchange_fails_within("8s", &["time"], Instead::Silence);
}

#[test]
fn token_endpoint_endless_body() {
    exchange_fails(&["token endpoint", "1 MiB"], Instead::Endless);
}

#[test]
fn no_id_token() {
    let tokens = json!({"access_token": "x", "token_type": "Bearer"});
    exchange_fails(&["ID token"], Instead::Json(200, tokens));
}

#[test]
fn unknown_ca() {
    let provider = Provider::behind_tls();
    let desk = Desk::with_provider(&provider.settings("public"));
    desk.user(ADA);
    let run = desk.run(["login", "--with", "desk", "--json"]);
    says(&run.refused(8), &["certificate", "ca_file"]);
}

#[test]
fn a_certificate_marked_as_an_authority_and_one_of_an_authority_not_in_the_file() {
    // Any server with TLS will do: the connection ends at its certificate.
    for (mode, words) in [
        ("implicit-self-signed-ca", ["CA:TRUE", "CA:FALSE"]),
        ("implicit", ["isn't known here", "doesn't hold"]),
    ] {
        let server = SmtpServer::start(mode);
        let port = server.port;
        let desk = Desk::with_provider(&format!(
            "[provider.desk]\nkind = \"oidc\"\nissuer = \"https://localhost:{port}\"\nclient_id = \"desk\"\nca_file = \"ca.pem\"\n"
        ));
        let trusted = if mode == "implicit" {
            oidc::CA.to_owned()
        } else {
            std::fs::read_to_string(server.ca()).unwrap()
        };
        desk.file(".config/backoffice/ca.pem", &trusted);
        desk.user(ADA);
        let run = desk.run(["login", "--with", "desk", "--json"]);
        says(&run.refused(8), &words);
    }
}

#[test]
fn clock_five_minutes_off() {
    for (clock, side) in [(300, "behind"), (-300, "ahead")] {
        let rogue = Rogue::start(|manners| manners.clock = clock);
        let (_, run) = desk(&rogue).sign_in(&["--json"]);
        says(&run.refused(8), &["clock of this machine", side]);
    }
}
