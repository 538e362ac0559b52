//! The settings of `[mail]` that say who signs in and how, and what the envelope and the headers
//! name, against a real server.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::path::PathBuf;

use common::smtp::{PASSWORD, SmtpServer};
use common::{Desk, Run};
use serde_json::{Value, json};

const ADA: &str = "ada@example.com";
const BASE_URL: &str = "https://desk.example.com";

fn desk(server: &SmtpServer, settings: &str) -> Desk {
    let desk = Desk::empty();
    desk.mails_with(server, BASE_URL, settings);
    desk.run(["init"]).succeeded();
    desk.user(ADA);
    desk
}

/// A program that prints `token` and how often it ran; and then fails, if it is to.
fn helper(desk: &Desk, token: &str, end: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let script = format!(
        "#!/bin/sh\necho x >> \"$HOME/runs\"\nprintf '{token}-%s-%s\\n' \"$(wc -l < \"$HOME/runs\")\" \"$1\"\n{end}\n"
    );
    let path = desk.file("bin/mail-token", &script);
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o700)).unwrap();
    path
}

fn steps(run: &Run) -> Vec<(String, bool)> {
    let steps = run.json();
    let step = |step: &Value| {
        (
            step["name"].as_str().unwrap().to_owned(),
            step["ok"].as_bool().unwrap(),
        )
    };
    steps.as_array().unwrap().iter().map(step).collect()
}

fn with_command(program: &std::path::Path) -> String {
    format!(
        "auth = \"xoauth2\"\ntoken_command = [\"{}\", \"desk\"]\n",
        program.display()
    )
}

#[test]
fn each_flush_signs_in_with_a_new_token_from_the_command() {
    let server = SmtpServer::start("xoauth2");
    let desk = desk(&server, "password_file = \"unused\"\n");
    let program = helper(&desk, "good", "");
    desk.mails_with(&server, BASE_URL, &with_command(&program));
    // Nothing waits, so nobody has to sign in.
    desk.run(["mail", "queue", "flush"]).succeeded();
    assert_eq!(server.tokens(), [""; 0]);

    desk.run(["reset", "request", ADA]).succeeded();
    desk.run(["password", "set", ADA, "--generate-password"])
        .succeeded();
    desk.run(["mail", "queue", "flush"]).succeeded();
    desk.run(["reset", "issue", ADA, "--send"]).succeeded();
    assert_eq!(server.tokens(), ["good-1-desk", "good-1-desk", "good-2-desk"]);
    assert_eq!(server.taken().len(), 3);
}

#[test]
fn a_token_from_a_file_signs_in_and_is_never_shown() {
    let server = SmtpServer::start("xoauth2");
    let desk = desk(&server, "password_file = \"unused\"\n");
    let file = desk.file("token", "good.token\n");
    let settings = format!("auth = \"xoauth2\"\ntoken_file = \"{}\"\n", file.display());
    desk.mails_with(&server, BASE_URL, &settings);
    let checked = desk.run(["mail", "check", ADA, "--json"]).ended(0);
    let names: Vec<String> = steps(&checked).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["token", "resolve", "connect", "tls", "sign_in", "accept"]);
    desk.run(["reset", "issue", ADA, "--send"]).succeeded();
    assert_eq!(server.tokens(), ["good.token"; 2]);
    assert_eq!(server.taken()[0].envelope["signed_in"], json!(true));

    // Another one is refused by the server, with its code, and is not shown.
    desk.file("token", "old.token\n");
    let refused = desk.run(["mail", "check", ADA, "--json"]).ended(8);
    assert_eq!(steps(&refused).last().unwrap(), &("sign_in".to_owned(), false));
    let error = refused.error();
    assert!(
        error["message"].as_str().unwrap().contains("535 5.7.8"),
        "{error}"
    );
    assert!(
        error["hint"].as_str().unwrap().contains("access token"),
        "{error}"
    );
    assert!(!format!("{refused:?}").contains("old.token"));
}

#[test]
fn a_token_command_that_fails_says_why() {
    let server = SmtpServer::start("xoauth2");
    let desk = desk(&server, "password_file = \"unused\"\n");
    let program = helper(
        &desk,
        "secret",
        "printf 'AADSTS7000222: the \\033[2Jsecret expired' >&2; exit 3",
    );
    desk.mails_with(&server, BASE_URL, &with_command(&program));
    let checked = desk.run(["mail", "check", ADA, "--json"]).ended(8);
    assert_eq!(steps(&checked), [("token".to_owned(), false)]);
    let said = checked.json()[0]["detail"].as_str().unwrap().to_owned();
    assert!(
        said.contains("failed (exit status: 3): AADSTS7000222: the [2Jsecret expired"),
        "{said}"
    );
    assert!(!format!("{checked:?}").contains("secret-"), "{checked:?}");

    desk.run(["reset", "request", ADA]).succeeded();
    let flushed = desk.run(["mail", "queue", "flush", "--quiet"]).ended(8);
    assert!(flushed.stderr.contains("waits for the next try"), "{flushed:?}");
    assert!(server.commands().is_empty());
    let issued = desk.run(["reset", "issue", ADA, "--send", "--json"]).ended(8);
    let message = issued.error()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("link was ended"), "{message}");
}

#[test]
fn a_server_without_tokens_says_what_it_takes() {
    let server = SmtpServer::start("starttls");
    let desk = desk(&server, "password_file = \"unused\"\n");
    let file = desk.file("token", "good.token\n");
    let settings = format!("auth = \"xoauth2\"\ntoken_file = \"{}\"\n", file.display());
    desk.mails_with(&server, BASE_URL, &settings);
    let refused = desk.run(["mail", "check", ADA, "--json"]).ended(8).error();
    let message = refused["message"].as_str().unwrap();
    assert!(
        message.contains("offers LOGIN, PLAIN, and not XOAUTH2"),
        "{message}"
    );
}

#[test]
fn the_envelope_the_greeting_and_replies_go_where_the_settings_say() {
    let server = SmtpServer::start("starttls");
    let desk = Desk::empty();
    let password = desk.file("smtp-password", PASSWORD);
    let settings = format!(
        "password_file = \"{}\"\nreply_to = \"IT <it@example.com>\"\n\
         envelope_from = \"bounces@example.com\"\nhello_name = \"desk.example.com\"\n",
        password.display()
    );
    desk.mails_with(&server, BASE_URL, &settings);
    desk.run(["init"]).succeeded();
    desk.user(ADA);
    desk.run(["mail", "check", ADA]).succeeded();
    desk.run(["reset", "issue", ADA, "--send"]).succeeded();
    let taken = server.taken().remove(0);
    assert_eq!(taken.envelope["from"], "bounces@example.com");
    assert_eq!(taken.hello, "desk.example.com");
    let headers = std::fs::read_to_string(&taken.eml).unwrap();
    assert!(
        headers.contains("\r\nReply-To: IT <it@example.com>\r\n"),
        "{headers}"
    );
    assert!(
        headers.contains("From: \"Back Office\" <no-reply@example.com>\r\n"),
        "{headers}"
    );
}

#[test]
fn settings_that_make_no_sense_are_refused_and_the_others_shown() {
    let server = SmtpServer::start("silent");
    let desk = Desk::empty();
    let refused = |settings: &str| {
        desk.mails_with(&server, BASE_URL, settings);
        let run = desk.run(["mail", "check", ADA, "--json"]).ended(6);
        let error = run.error();
        format!("{} {}", error["message"], error["hint"])
    };
    for (settings, words) in [
        ("auth = \"oauth\"\n", "xoauth2"),
        ("auth = \"xoauth2\"\n", "token_command"),
        ("token_file = \"x\"\n", "xoauth2"),
        (
            "auth = \"xoauth2\"\ntoken_file = \"x\"\ntoken_command = [\"x\"]\n",
            "only one",
        ),
        ("auth = \"xoauth2\"\ntoken_command = []\n", "program"),
        ("auth = \"xoauth2\"\ntoken_command = \"x\"\n", "list"),
    ] {
        let said = refused(settings);
        assert!(said.contains(words), "{settings}: {said}");
    }
    let password = desk.file("smtp-password", PASSWORD);
    for (setting, words) in [
        ("reply_to = \"nobody\"\n", "replies"),
        ("envelope_from = \"a <a@example.com>\"\n", "envelope"),
        ("hello_name = \"a b\"\n", "greet"),
    ] {
        let said = refused(&format!("password_file = \"{}\"\n{setting}", password.display()));
        assert!(said.contains(words), "{setting}: {said}");
    }

    let settings = "auth = \"xoauth2\"\ntoken_command = [\"mail-token\", \"--for\", \"desk\"]\nhello_name = \"desk.example.com\"\n";
    desk.mails_with(&server, BASE_URL, settings);
    let shown = desk.run(["config", "show", "--json"]).ended(0).json();
    let value = |key: &str| {
        let all = shown.as_array().unwrap();
        all.iter().find(|setting| setting["key"] == key).unwrap()["value"].clone()
    };
    assert_eq!(value("mail.auth"), "xoauth2");
    assert_eq!(
        value("mail.token_command"),
        json!(["mail-token", "--for", "desk"])
    );
    assert_eq!(value("mail.hello_name"), "desk.example.com");
    assert_eq!(value("mail.reply_to"), Value::Null);
}
