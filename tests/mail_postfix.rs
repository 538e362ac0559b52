//! A real Postfix: what it takes arrives, and what it refuses is told with its own words.

#![allow(clippy::print_stderr, reason = "what was not tried is said")]
#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::postfix::Postfix;
use common::{Desk, OTHER_PASSWORD};
use serde_json::json;

const ADA: &str = "ada@example.com";
const EVE: &str = "eve@example.com";

fn configure(desk: &Desk, postfix: &Postfix, settings: &str) {
    desk.configure(&format!(
        "base_url = \"https://desk.example.com\"\n[mail]\ntransport = \"smtp\"\nhost = \"localhost\"\nport = {}\n\
         tls = \"starttls\"\nca_file = \"{}\"\nfrom = \"Desk <desk@example.org>\"\n{settings}\
         [login]\nfailure_floor = \"1ms\"\n",
        postfix.port,
        postfix.certificate().display(),
    ));
}

#[test]
fn a_mail_arrives_and_each_refusal_says_what_to_do() {
    let Some(mut postfix) = Postfix::start() else {
        eprintln!("not shown: only root can start a Postfix");
        return;
    };
    let desk = Desk::empty();
    configure(
        &desk,
        &postfix,
        "reply_to = \"it@example.org\"\nenvelope_from = \"bounces@example.org\"\n",
    );
    desk.run(["init"]).succeeded();
    desk.user(ADA);
    desk.user(EVE);

    desk.run(["mail", "check", ADA]).succeeded();
    desk.run(["reset", "request", ADA]).succeeded();
    desk.run(["mail", "queue", "flush"]).succeeded();
    assert!(postfix.logs("status=sent (delivered to maildir)"));
    let mail = std::fs::read_to_string(&postfix.mailbox()[0]).unwrap();
    assert!(mail.starts_with("Return-Path: <bounces@example.org>\n"), "{mail}");
    assert!(mail.contains("\nReply-To: it@example.org\n"), "{mail}");
    // The text is as it was written: the link can be taken out of the file.
    let link = mail
        .lines()
        .find(|line| line.starts_with("https://desk.example.com/reset#token=bo_r_"));
    let input = json!({ "token": link.unwrap(), "password": OTHER_PASSWORD }).to_string();
    desk.pipe(&input, ["reset", "complete", "--input", "-"]).ended(0);

    // A recipient who is not there leaves the queue.
    desk.run(["reset", "request", EVE]).succeeded();
    let flushed = desk.run(["mail", "queue", "flush", "--json"]).ended(8).json();
    let eve = flushed
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["outcome"] == "dropped")
        .unwrap();
    assert!(
        eve["error"]
            .as_str()
            .unwrap()
            .contains("the server says 550 5.1.1"),
        "{eve}"
    );
    assert_eq!(desk.run(["mail", "queue", "list", "--json"]).json(), json!([]));

    for (settings, to, code, hint) in [
        ("", EVE, "550 5.1.1", "no such recipient"),
        ("", "ada@elsewhere.example", "454 4.7.1", "sign-in"),
        ("hello_name = \"desk\"\n", ADA, "504 5.5.2", "mail.hello_name"),
        (
            "envelope_from = \"denied@example.com\"\n",
            ADA,
            "554 5.7.1",
            "mail.envelope_from",
        ),
    ] {
        configure(&desk, &postfix, settings);
        let error = desk.run(["mail", "check", to, "--json"]).ended(8).error();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(&format!("the server says {code}")), "{message}");
        assert!(error["hint"].as_str().unwrap().contains(hint), "{error}");
    }
}
