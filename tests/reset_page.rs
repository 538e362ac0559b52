//! The page `packaging/reset-page.html`, in a real browser, in front of a small web application that
//! hands the form to the program.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::sync::{Arc, Mutex};

use common::chromium::{Chromium, Look};
use common::{Desk, OTHER_PASSWORD, PASSWORD};
use serde_json::Value;
use tiny_http::{Header, Method, Request, Response, Server};

const ADA: &str = "ada@example.com";

/// What the page says next, once the form is sent.
const SEND: &str = r#"new Promise((said) => {
    const output = document.querySelector("output");
    new MutationObserver(() => said(output.value)).observe(output, { childList: true });
    document.querySelector("button").click();
})"#;

/// The web application.
struct Office {
    desk: Arc<Desk>,
    url: String,
    /// The first line and the headers of each request.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Office {
    fn open() -> Self {
        let server = Server::http("127.0.0.1:0").unwrap();
        let office = Self {
            desk: Arc::new(Desk::empty()),
            url: format!("http://{}", server.server_addr()),
            asked: Arc::default(),
        };
        let (desk, asked) = (Arc::clone(&office.desk), Arc::clone(&office.asked));
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                let first = format!("{} {}", request.method(), request.url());
                asked
                    .lock()
                    .unwrap()
                    .push(format!("{first} {:?}", request.headers()));
                answer(&desk, request);
            }
        });
        office
    }
}

fn answer(desk: &Desk, mut request: Request) {
    let (status, kind, body) = match (request.method(), request.url()) {
        (Method::Get, "/reset") => (200, "text/html", PAGE.to_owned()),
        (Method::Post, "/api/reset") => {
            let mut form = String::new();
            request.as_reader().read_to_string(&mut form).unwrap();
            let run = desk.pipe(&form, ["reset", "complete", "--input", "-", "--json"]);
            if run.code == 0 {
                (200, "application/json", "{}".to_owned())
            } else {
                let message = run.error()["message"].as_str().unwrap().to_owned();
                (400, "text/plain", message)
            }
        }
        _ => (404, "text/plain", "not here".to_owned()),
    };
    let kind: Header = format!("Content-Type: {kind}; charset=utf-8").parse().unwrap();
    let response = Response::from_string(body)
        .with_status_code(status)
        .with_header(kind);
    // A browser that is closed takes no answer.
    let _ = request.respond(response);
}

const PAGE: &str = include_str!("../packaging/reset-page.html");

/// What the page says to two passwords.
#[track_caller]
fn says_to(chromium: &mut Chromium, one: &str, two: &str) -> String {
    chromium.types("#one", one);
    chromium.types("#two", two);
    chromium.run(SEND)
}

fn state(desk: &Desk) -> Value {
    desk.run(["reset", "list", "--json"]).ended(0).json()[0]["state"].clone()
}

#[test]
fn a_link_is_opened_in_a_browser_and_a_password_chosen() {
    let office = Office::open();
    let (desk, url) = (&office.desk, &office.url);
    desk.configure(&format!(
        "base_url = \"{url}\"\n[login]\nfailure_floor = \"1ms\"\n"
    ));
    desk.run(["init"]).succeeded();
    desk.user(ADA);
    let link = desk.run(["reset", "issue", ADA]).ended(0).stdout;

    let mut chromium = Chromium::start(Look::default());
    for _ in 0..10 {
        chromium.open(link.trim_end());
    }
    assert_eq!(state(desk), "live");
    // The token is gone from where people look, copy and bookmark, and no server was told it.
    assert_eq!(chromium.url(), format!("{url}/reset"));
    let asked = office.asked.lock().unwrap().join("\n");
    assert!(
        asked.contains("GET /reset") && !asked.contains("bo_r_"),
        "{asked}"
    );

    let said = says_to(&mut chromium, OTHER_PASSWORD, PASSWORD);
    assert!(said.contains("the two passwords differ"), "{said}");
    let said = says_to(&mut chromium, "too short", "too short");
    assert!(said.contains("at least 15 characters"), "{said}");
    assert_eq!(state(desk), "live");
    let said = says_to(&mut chromium, OTHER_PASSWORD, OTHER_PASSWORD);
    assert_eq!(said, "Done: sign in with it.");
    assert_eq!(state(desk), "used");
    let said = says_to(&mut chromium, PASSWORD, PASSWORD);
    assert!(said.contains("isn't valid"), "{said}");
    desk.pipe(
        OTHER_PASSWORD,
        ["login", ADA, "--password-stdin", "--print-token"],
    )
    .ended(0);

    // Whoever comes without a link learns what is missing.
    chromium.open(&format!("{url}/reset"));
    let said = says_to(&mut chromium, PASSWORD, PASSWORD);
    assert!(said.contains("part of it is missing"), "{said}");
}
