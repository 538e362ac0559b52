//! The page of the README for the end of a link, in a real browser: headless Chromium, in front
//! of a small web application (`tests/peers/reset_page.py`) that hands the form to the program.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use common::smtp::peer;
use common::{Desk, OTHER_PASSWORD, PASSWORD, path};
use serde_json::{Value, json};

const ADA: &str = "ada@example.com";

/// The web application, with a browser that visits it.
struct Office {
    child: Child,
    orders: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Office {
    /// Starts it for the store of a desk; gives its address.
    fn open(desk: &Desk) -> (Self, String) {
        let mut command = Command::new("python3");
        command
            .arg(peer("reset_page.py"))
            .arg(env!("CARGO_BIN_EXE_backoffice"))
            .arg(desk.path())
            .env_clear()
            .env("PATH", path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let orders = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = answers.next().unwrap().unwrap();
        let office = Self {
            child,
            orders,
            answers,
        };
        (office, url)
    }

    fn told(&mut self, order: &Value) -> Value {
        writeln!(self.orders, "{order}").unwrap();
        let answer = self.answers.next();
        let answer = answer.unwrap_or_else(|| panic!("python3 and chromium are needed"));
        serde_json::from_str(&answer.unwrap()).unwrap()
    }

    /// What the page says to two passwords.
    fn says_to(&mut self, one: &str, two: &str) -> String {
        let answer = self.told(&json!({ "one": one, "two": two }));
        answer["said"].as_str().unwrap().to_owned()
    }
}

fn state(desk: &Desk) -> Value {
    desk.run(["reset", "list", "--json"]).ended(0).json()[0]["state"].clone()
}

#[test]
fn a_link_is_opened_in_a_browser_and_a_password_chosen() {
    let desk = Desk::empty();
    let (mut office, url) = Office::open(&desk);
    desk.configure(&format!(
        "base_url = \"{url}\"\n[login]\nfailure_floor = \"1ms\"\n"
    ));
    desk.run(["init"]).succeeded();
    desk.user(ADA);
    let link = desk.run(["reset", "issue", ADA]).ended(0).stdout;

    let mut opened = Value::Null;
    for _ in 0..10 {
        opened = office.told(&json!({ "open": link.trim_end() }));
    }
    assert_eq!(state(&desk), "live");
    // The token is gone from where people look, copy and bookmark, and no server was told it.
    assert_eq!(opened["address"], format!("{url}/reset"));
    assert!(!opened["asked"].to_string().contains("bo_r_"), "{opened}");

    let said = office.says_to(OTHER_PASSWORD, PASSWORD);
    assert!(said.contains("the two passwords differ"), "{said}");
    let said = office.says_to("too short", "too short");
    assert!(said.contains("at least 15 characters"), "{said}");
    assert_eq!(state(&desk), "live");
    assert_eq!(
        office.says_to(OTHER_PASSWORD, OTHER_PASSWORD),
        "Done: sign in with it."
    );
    assert_eq!(state(&desk), "used");
    let said = office.says_to(PASSWORD, PASSWORD);
    assert!(said.contains("isn't valid"), "{said}");
    desk.pipe(
        OTHER_PASSWORD,
        ["login", ADA, "--password-stdin", "--print-token"],
    )
    .ended(0);

    // Whoever comes without a link learns what is missing.
    office.told(&json!({ "open": format!("{url}/reset") }));
    let said = office.says_to(PASSWORD, PASSWORD);
    assert!(said.contains("part of it is missing"), "{said}");
}
