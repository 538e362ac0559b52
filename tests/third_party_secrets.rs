//! What a third-party login never shows: what somebody else wrote as more than a text, and secrets.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::io::ErrorKind;
use std::net::TcpListener;

use common::Desk;
use common::browser::Browser;
use common::login::Login;
use common::rogue::{ACCESS_TOKEN, CLIENT_ID, CLIENT_SECRET, CODE, Instead, Manners, Rogue};
use url::form_urlencoded;

/// A provider, and a home with a user that knows it.
fn office(settings: &str, change: impl FnOnce(&mut Manners)) -> (Rogue, Desk) {
    let rogue = Rogue::start(change);
    let desk = Desk::with_provider(&format!("{}{settings}", rogue.settings()));
    desk.user("ada@example.com");
    (rogue, desk)
}

#[test]
fn markup_in_an_error_description_is_text_on_the_page() {
    let (_rogue, desk) = office("", |rogue| {
        let markup = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        rogue
            .callback
            .remove("code")
            .set("error", "server_error")
            .set("error_description", markup);
    });
    let (page, _) = desk.sign_in(&[]);
    assert!(page.body.contains("&lt;script&gt;"), "{page:?}");
    assert!(
        !page.body.contains("<script") && !page.body.contains("<img"),
        "{page:?}"
    );
    let policy = &page.headers["content-security-policy"];
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
}

#[test]
fn terminal_escapes_in_an_error_description_are_shown_as_such() {
    let (_rogue, desk) = office("", |rogue| {
        let escapes = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202E}gpj.exe\r\nerror: all is well";
        rogue
            .callback
            .remove("code")
            .set("error", "server_error")
            .set("error_description", escapes);
    });
    for format in ["table", "json"] {
        let (_, run) = desk.sign_in(&["--format", format]);
        let run = run.ended(8);
        assert!(run.stderr.contains("owned"), "{run:?}");
        let hostile = |c: char| (c.is_control() && c != '\n') || (c == '\u{202E}' && format == "table");
        assert!(!run.stderr.contains(hostile), "{:?}", run.stderr);
        assert!(!run.stderr.contains("\nerror: all is well"), "{run:?}");
    }
}

/// Every byte below a folder.
fn contents(folder: &std::path::Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(contents(&path));
        } else if path.file_name() != Some("client-secret".as_ref()) {
            all.extend(std::fs::read(path).unwrap());
        }
    }
    all
}

#[test]
fn secrets_stand_nowhere() {
    for (change, code) in [(None, 0), (Some("sub"), 8)] {
        let secret = "client_secret_file = \"client-secret\"\n";
        let (rogue, desk) = office(secret, |rogue| {
            if let Some(claim) = change {
                rogue.claims.remove(claim);
            }
        });
        desk.client_secret(CLIENT_SECRET);
        let mut login = desk.begin_login(&["--verbose"]);
        let url = login.url();
        let arguments = std::fs::read(format!("/proc/{}/cmdline", login.id())).unwrap();
        let page = Browser::default().open(&url);
        let run = login.ends().ended(code);
        let audit = desk.run(["audit", "list", "--json"]);
        let seen = rogue.seen();
        let verifier = &seen.exchanges[0].fields["code_verifier"];
        let credentials = seen.exchanges[0].authorization.clone().unwrap();
        let secrets = [
            CLIENT_SECRET,
            CODE,
            ACCESS_TOKEN,
            &seen.id_token,
            verifier,
            &credentials,
        ];
        let places: [(&str, Vec<u8>); 6] = [
            ("arguments", arguments),
            ("standard output", run.stdout.into_bytes()),
            ("standard error", run.stderr.into_bytes()),
            ("page", format!("{:?}{}", page.headers, page.body).into_bytes()),
            ("files", contents(desk.path())),
            ("audit", format!("{}{}", audit.stdout, audit.stderr).into_bytes()),
        ];
        for (place, bytes) in places {
            let text = String::from_utf8_lossy(&bytes);
            for secret in secrets {
                assert!(!text.contains(secret), "{secret:?} stands in {place}");
            }
        }
        assert!(!page.headers.contains_key("location"));
        assert!(url.contains(CLIENT_ID) && !url.contains(verifier.as_str()));
    }
}

#[test]
fn what_a_token_endpoint_echoes_is_cut_and_has_no_secret() {
    for way in ["basic", "post"] {
        let settings = format!("client_secret_file = \"client-secret\"\nclient_auth = \"{way}\"\n");
        let (rogue, desk) = office(&settings, |rogue| rogue.token = Instead::Echo);
        desk.client_secret(CLIENT_SECRET);
        let (page, run) = desk.sign_in(&["--verbose"]);
        let run = run.ended(8);
        assert!(run.stderr.contains("invalid_client"), "{run:?}");
        assert!(run.stderr.len() < 5_000, "{} bytes", run.stderr.len());
        let exchange = &rogue.seen().exchanges[0];
        let credentials = exchange.authorization.as_deref().unwrap_or(CLIENT_SECRET);
        let encoded: String = form_urlencoded::byte_serialize(CLIENT_SECRET.as_bytes()).collect();
        for secret in [
            CLIENT_SECRET,
            &encoded,
            credentials,
            CODE,
            &exchange.fields["code_verifier"],
        ] {
            assert!(!run.to_string().contains(secret), "{secret:?}: {run:?}");
            assert!(!page.body.contains(secret), "{secret:?}: {page:?}");
        }
    }
}

/// A proxy would read what is said to a provider on this machine itself.
#[test]
fn a_provider_on_this_machine_is_reached_by_no_proxy() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    for name in [
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "ALL_PROXY",
        "https_proxy",
        "all_proxy",
    ] {
        let (_rogue, desk) = office("", |_| ());
        let mut command = desk.command(["login", "--with", "desk"]);
        command.env(name, &address);
        let mut login = Login::of(command);
        Browser::default().open(&login.url());
        login.ends().succeeded();
        let came = proxy.accept();
        assert_eq!(came.unwrap_err().kind(), ErrorKind::WouldBlock, "{name}");
    }
}
