//! Mail: sent at once for an operator, queued for whoever asks, and what is told of changes.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use common::{Desk, OTHER_PASSWORD, Run};

const ADA: &str = "ada@example.com";

fn desk() -> Desk {
    let desk = Desk::with_mail();
    desk.user(ADA);
    desk
}

fn request(desk: &Desk, email: &str) -> Run {
    desk.run(["reset", "request", email, "--json"])
}

fn waiting(desk: &Desk) -> Vec<String> {
    let list = desk.run(["mail", "queue", "list", "--json"]).ended(0).json();
    let message = |mail: &serde_json::Value| mail["message"].as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(message).collect()
}

fn complete(desk: &Desk, link: &str) -> Run {
    let input = format!("{link}\n{OTHER_PASSWORD}\n");
    desk.pipe(&input, ["reset", "complete", "--token-stdin", "--password-stdin"])
}

#[test]
fn whoever_asks_hears_the_same() {
    let desk = desk();
    desk.user("gone@example.com");
    desk.run(["user", "deactivate", "gone@example.com"]).succeeded();
    let known = request(&desk, ADA).ended(0);
    assert_eq!(known.json(), serde_json::json!({ "action": "reset_requested" }));
    for email in [ADA, "nobody@example.com", "gone@example.com", "no address"] {
        assert_eq!(request(&desk, email), known, "{email}");
    }
    // The second request of one minute is not heard.
    assert_eq!(waiting(&desk), ["reset-password"]);
    assert_eq!(desk.letters().len(), 0);
}

#[test]
fn what_was_asked_for_is_mailed_by_a_flush() {
    let desk = desk();
    let operators = desk.run(["reset", "issue", ADA]).ended(0).stdout;
    request(&desk, ADA).succeeded();
    let flushed = desk.run(["mail", "queue", "flush", "--json"]).ended(0).json();
    assert_eq!(
        (&flushed[0]["message"], &flushed[0]["sent"]),
        (&"reset-password".into(), &true.into())
    );
    let letters = desk.letters();
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert!(!letter.headers.contains("bo_r_"), "{}", letter.headers);
    let to = letter.header("To");
    assert!(
        to.len() == 1 && to[0].matches('@').count() == 1 && to[0].contains(ADA),
        "{to:?}"
    );
    assert!(letter.header("Cc").is_empty() && letter.header("Bcc").is_empty());
    // A stranger's request leaves the link of an operator alive.
    let states = desk.run(["reset", "list", "--json"]).json();
    assert_eq!(
        (&states[0]["state"], &states[1]["state"]),
        (&"live".into(), &"live".into())
    );
    assert!(states[1]["sent_at"].is_string(), "{states}");
    complete(&desk, &letter.link()).ended(0);
    complete(&desk, operators.trim_end()).ended(5);
    assert_eq!(
        desk.run(["reset", "list", "--json"]).json()[0]["state"],
        "superseded"
    );
    assert_eq!(waiting(&desk), ["password-changed"]);
}

#[test]
fn nothing_to_send_is_silence() {
    let desk = desk();
    let silent = "--- stderr\n--- exit 0";
    assert_eq!(desk.run(["mail", "queue", "flush"]).to_string(), silent);
    request(&desk, "nobody@example.com").succeeded();
    assert_eq!(desk.run(["mail", "queue", "flush"]).to_string(), silent);
    assert_eq!(desk.letters().len(), 0);
}

#[test]
fn an_operator_mails_a_link_and_prints_it_if_told_to() {
    let desk = desk();
    let sent = desk.run(["reset", "issue", ADA, "--send"]).ended(0);
    assert_eq!(sent.stdout, "");
    assert!(sent.stderr.contains("mailed"), "{sent:?}");
    complete(&desk, &desk.letters()[0].link()).ended(0);
    let both = desk.run(["reset", "issue", ADA, "--send", "--print"]).ended(0);
    assert_eq!(both.stdout.trim_end(), desk.letters()[1].link());
}

#[test]
fn a_mail_that_is_not_taken_kills_its_link() {
    let desk = desk();
    desk.file(".config/backoffice/outbox", "in the way");
    let failed = desk.run(["reset", "issue", ADA, "--send", "--json"]).ended(8);
    let error = failed.error();
    assert_eq!(error["code"], "mail_failed");
    assert!(
        error["message"].as_str().unwrap().contains("link was ended"),
        "{error}"
    );
    assert_eq!(
        desk.run(["reset", "list", "--json"]).json()[0]["state"],
        "revoked"
    );
    request(&desk, ADA).succeeded();
    desk.run(["mail", "queue", "flush"]).ended(8);
    let list = desk.run(["mail", "queue", "list", "--json"]).json();
    assert_eq!(list[0]["attempts"], 1);
    desk.run(["mail", "check", ADA]).ended(8);
    // Not due again yet.
    desk.run(["mail", "queue", "flush"]).ended(0);
    let id = list[0]["id"].as_str().unwrap();
    desk.run(["mail", "queue", "drop", id]).ended(0);
    let missing = desk.run(["mail", "queue", "drop", id, "--json"]).ended(3);
    assert_eq!(missing.error()["code"], "mail_not_found");
    assert_eq!(waiting(&desk).len(), 0);
}

#[test]
fn without_mail_nothing_is_sent_or_queued() {
    let desk = Desk::new();
    desk.user(ADA);
    desk.run(["password", "set", ADA, "--generate-password"])
        .succeeded();
    assert_eq!(waiting(&desk).len(), 0);
    for arguments in [
        &["reset", "issue", ADA, "--send", "--json"][..],
        &["mail", "queue", "flush", "--json"],
        &["mail", "check", ADA, "--json"],
        &["user", "create", "alan@example.com", "--invite", "--json"],
    ] {
        let refused = desk.run(arguments).ended(6);
        assert_eq!(refused.error()["code"], "no_mailer", "{arguments:?}");
    }
    desk.run(["user", "exists", "alan@example.com"]).ended(3);
}

#[test]
fn an_invitation_and_an_open_account_are_mailed() {
    let desk = Desk::with_mail();
    let made = desk
        .run(["user", "create", ADA, "--invite", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&made["action"], &made["reset"]["sent"]),
        (&"created".into(), &true.into())
    );
    assert!(made["reset"].get("url").is_none());
    complete(&desk, &desk.letters()[0].link()).ended(0);
    desk.run(["user", "activate", ADA, "--notify"]).succeeded();
    assert_eq!(waiting(&desk), ["account-opened"]);
    desk.run(["user", "activate", ADA, "--notify"]).succeeded();
    assert_eq!(waiting(&desk).len(), 1);
    desk.run(["mail", "queue", "flush"]).ended(0);
    assert_eq!(desk.letters().len(), 2);
}

#[test]
fn a_changed_address_is_told_to_both() {
    let desk = desk();
    desk.run(["user", "edit", ADA, "--email", "ada@example.org"])
        .succeeded();
    desk.run(["mail", "queue", "flush"]).ended(0);
    let mut to: Vec<String> = desk
        .letters()
        .iter()
        .map(|letter| letter.header("To").concat())
        .collect();
    to.sort();
    assert_eq!(to.len(), 2);
    assert!(
        to[0].contains("ada@example.com") && to[1].contains("ada@example.org"),
        "{to:?}"
    );
}

#[test]
fn mail_is_checked_step_by_step() {
    let run = desk().run(["mail", "check", ADA, "--json"]).ended(0).json();
    assert_eq!((&run[0]["name"], &run[0]["ok"]), (&"accept".into(), &true.into()));
}

#[test]
fn a_link_in_an_ascii_text_is_one_piece_and_its_slashes_are_plain() {
    let desk = desk();
    for template in [None, Some("Hello {{ first_name }}\n\n{{ url }}\n")] {
        if let Some(text) = template {
            let file =
                |name: &str, text: &str| drop(desk.file(&format!("texts/reset-password/{name}"), text));
            file("en.subject", "A link for you");
            file("en.txt", text);
            file(
                "en.html",
                "<p>{{ first_name }} <a href='{{ url }}'>{{ url|e }}</a></p>",
            );
            let texts = desk.path().join("texts");
            let with_texts = format!("[mail]\ntemplates = \"{}\"\n", texts.display());
            desk.configure(&common::letters::MAIL.replace("[mail]\n", &with_texts));
        }
        desk.run(["reset", "issue", ADA, "--send"]).ended(0);
        let letter = desk.letters().pop().unwrap();
        let link = letter.link();
        assert!(letter.raw.lines().any(|line| line == link), "{}", letter.raw);
        let html = letter
            .raw
            .replace("=\n", "")
            .replace("=3D", "=")
            .replace('\'', "\"");
        assert!(html.contains(&format!("<a href=\"{link}\"")), "{html}");
        assert!(!html.contains("&#x2f;"), "{html}");
    }
}

/// Runs commands of a desk as a user who is not root, whoever runs the tests.
fn plainly(desk: &Desk) -> impl Fn(&[&str]) -> Run {
    const NOBODY: u32 = 65_534;
    let program = desk.path().join("backoffice");
    // Not copied by this process: a child of another test would inherit the open file, and what
    // is being written can't be run.
    let mut copy = Command::new("cp");
    copy.arg(env!("CARGO_BIN_EXE_backoffice")).arg(&program);
    assert!(copy.status().unwrap().success());
    let is_root = nix::unistd::geteuid().is_root();
    if is_root {
        let mut all = Command::new("chown");
        all.args(["-R", "65534:65534"]).arg(desk.path());
        assert!(all.status().unwrap().success());
    }
    let home = desk.path().to_owned();
    move |arguments| {
        let mut command = Command::new(&program);
        command.args(arguments).env_clear().env("HOME", &home);
        command.current_dir(&home).stdin(Stdio::null());
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        Run::of(&command.output().unwrap())
    }
}

#[test]
fn a_check_of_a_folder_and_a_delivery_into_it_agree() {
    let desk = desk();
    let outbox = desk.path().join(".config/backoffice/outbox");
    fs::create_dir(&outbox).unwrap();
    let run = plainly(&desk);
    let set_mode = |mode| fs::set_permissions(&outbox, Permissions::from_mode(mode)).unwrap();

    // It can be written and entered, but not listed.
    set_mode(0o300);
    run(&["mail", "check", ADA]).ended(0);
    run(&["reset", "request", ADA]).ended(0);
    run(&["mail", "queue", "flush"]).ended(0);
    run(&["mail", "queue", "flush"]).ended(0);
    set_mode(0o700);
    let letters = desk.letters();
    assert_eq!(letters.len(), 1);
    let states = run(&["reset", "list", "--json"]).json();
    assert_eq!(states[0]["state"], "live");
    assert!(states[0]["sent_at"].is_string(), "{states}");

    // It can be listed, but not written.
    set_mode(0o500);
    run(&["mail", "check", ADA]).ended(8);
    run(&["user", "edit", ADA, "--email", "ada@example.org"]).ended(0);
    run(&["mail", "queue", "flush"]).ended(8);
    set_mode(0o700);
    assert_eq!(desk.letters().len(), 1);
}

#[test]
fn without_mail_or_a_base_url_a_request_is_refused_whoever_it_is_for() {
    let folder =
        "[mail]\ntransport = \"directory\"\ndirectory = \"outbox\"\nfrom = \"no-reply@example.com\"\n";
    for (config, code) in [
        ("base_url = \"https://desk.example.com\"\n", "no_mailer"),
        (folder, "no_base_url"),
    ] {
        let desk = Desk::new();
        desk.user(ADA);
        desk.configure(config);
        let before = fs::read(desk.store()).unwrap();
        for email in [ADA, "nobody@example.com", "no address"] {
            let refused = request(&desk, email).ended(6);
            assert_eq!(refused.error()["code"], code, "{email}");
        }
        let invited = desk.run(["user", "create", "alan@example.com", "--invite", "--json"]);
        assert_eq!(invited.ended(6).error()["code"], code);
        for email in [ADA, "nobody@example.com"] {
            let issued = desk.run(["reset", "issue", email, "--send", "--json"]).ended(6);
            assert_eq!(issued.error()["code"], code, "{email}");
            if code == "no_mailer" {
                let opened = desk
                    .run(["user", "activate", email, "--notify", "--json"])
                    .ended(6);
                assert_eq!(opened.error()["code"], code, "{email}");
            } else {
                let issued = desk.run(["reset", "issue", email, "--json"]).ended(6);
                assert_eq!(issued.error()["code"], code, "{email}");
            }
        }
        assert_eq!(waiting(&desk).len(), 0);
        assert_eq!(fs::read(desk.store()).unwrap(), before);
        desk.run(["user", "exists", "alan@example.com"]).ended(3);
    }
}

#[test]
fn a_mail_whose_link_cannot_be_made_holds_up_no_other() {
    let desk = desk();
    request(&desk, ADA).succeeded();
    desk.run(["password", "set", ADA, "--generate-password"])
        .succeeded();
    desk.configure(&common::letters::MAIL.replace("base_url = \"https://desk.example.com\"\n", ""));
    let flushed = desk.run(["mail", "queue", "flush", "--json"]).ended(6);
    assert_eq!(flushed.error()["code"], "no_base_url");
    assert_eq!(flushed.json()[0]["message"], "password-changed");
    assert_eq!(waiting(&desk), ["reset-password"]);
    assert_eq!(desk.letters().len(), 1);
}

/// The command of the line for cron, without the times and the user.
fn cron_line() -> &'static str {
    let crontab = include_str!("../packaging/cron.d/backoffice-mail");
    let line = crontab.lines().find(|line| line.starts_with('*')).unwrap();
    line.strip_prefix("* * * * * backoffice /usr/local/bin/").unwrap()
}

#[test]
fn the_line_for_cron_is_silent_unless_a_mail_fails() {
    let desk = desk();
    let cron = |desk: &Desk| {
        let mut command = Command::new("sh");
        let program = format!(
            "backoffice() {{ {} \"$@\"; }}\n",
            env!("CARGO_BIN_EXE_backoffice")
        );
        command.arg("-c").arg(program + cron_line());
        command.env_clear().env("HOME", desk.path()).stdin(Stdio::null());
        Run::of(&command.output().unwrap())
    };
    let silent = "--- stderr\n--- exit 0";
    assert_eq!(cron(&desk).to_string(), silent);
    request(&desk, ADA).succeeded();
    assert_eq!(cron(&desk).to_string(), silent);
    assert_eq!(desk.letters().len(), 1);

    desk.run(["password", "set", ADA, "--generate-password"])
        .succeeded();
    desk.configure(&common::letters::MAIL.replace("outbox", "config.toml"));
    let failed = cron(&desk).ended(8);
    assert_eq!(failed.stdout, "");
    let lines: Vec<&str> = failed.stderr.lines().collect();
    assert!(
        lines[0].contains("password-changed") && lines[0].contains("waits for the next try"),
        "{failed:?}"
    );
    assert!(lines[1].starts_with("error: 1 mail wasn't sent"), "{failed:?}");
    assert!(lines[2].starts_with("hint: "), "{failed:?}");
}

#[test]
fn a_person_is_told_of_each_mail_on_standard_error_and_a_program_on_standard_output() {
    let desk = desk();
    request(&desk, ADA).succeeded();
    let flushed = desk.run(["mail", "queue", "flush"]).ended(0);
    assert_eq!(flushed.stdout, "");
    assert!(
        flushed.stderr.starts_with("sent the reset-password mail "),
        "{flushed:?}"
    );
    desk.run(["password", "set", ADA, "--generate-password"])
        .succeeded();
    let flushed = desk
        .run([
            "mail",
            "queue",
            "flush",
            "--quiet",
            "--format",
            "csv",
            "--fields",
            "message,outcome",
        ])
        .ended(0);
    assert_eq!(
        flushed.to_string(),
        "message,outcome\npassword-changed,sent\n--- stderr\n--- exit 0"
    );
}
