//! The whole way of a forgotten password: the program, a real SMTP server, another program
//! that reads the mail; and what becomes of the link where the server misbehaves.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use common::smtp::{PASSWORD as SMTP_PASSWORD, SmtpServer, python};
use common::{Desk, OTHER_PASSWORD, PASSWORD, Run};
use serde_json::{Value, json};

const ADA: &str = "Ada.Lovelace@example.com";
const KONRAD: &str = "konrad@example.com";

/// The page at the end of a link; keeps what it was asked for.
struct Page {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Page {
    fn serve() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let lines = BufReader::new(stream.try_clone().unwrap()).lines();
                let head: Vec<String> = lines.map(Result::unwrap).take_while(|l| !l.is_empty()).collect();
                kept.lock().unwrap().push(head.join("\n"));
                let answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";
                stream.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { url, asked }
    }
}

/// Opens a link as a mail scanner does.
fn open(link: &str) {
    let script = "import sys, urllib.request; urllib.request.urlopen(sys.stdin.read()).read()";
    let mut command = Command::new(python());
    command.args(["-c", script]).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(link.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
}

fn complete(desk: &Desk, link: &str) -> Run {
    let input = json!({ "token": link, "password": OTHER_PASSWORD }).to_string();
    desk.pipe(&input, ["reset", "complete", "--input", "-", "--json"])
}

fn sign_in(desk: &Desk, email: &str, password: &str) -> Run {
    desk.pipe(password, ["login", email, "--password-stdin", "--print-token"])
}

fn links(desk: &Desk) -> Value {
    desk.run(["reset", "list", "--json"]).ended(0).json()
}

fn queued(desk: &Desk) -> Value {
    desk.run(["mail", "queue", "list", "--json"]).ended(0).json()
}

/// The link in the text, which must stand alone on its line, and only there.
fn link_in(mail: &Value, base_url: &str) -> String {
    let text = mail["text"].as_str().unwrap();
    let start = format!("{base_url}/reset#token=bo_r_");
    let with: Vec<&str> = text.lines().filter(|line| line.contains("bo_r_")).collect();
    assert!(
        with.len() == 1 && with[0].starts_with(&start) && !with[0].contains(' '),
        "{text}"
    );
    with[0].to_owned()
}

#[test]
fn a_forgotten_password_from_the_mail_to_the_notice() {
    let (server, page) = (SmtpServer::start("starttls"), Page::serve());
    let desk = Desk::empty();
    desk.mails_through(&server, &page.url);
    desk.run(["init"]).succeeded();
    for (email, locale) in [(ADA, "en"), (KONRAD, "de-AT")] {
        desk.user(email);
        desk.run(["user", "edit", email, "--locale", locale]).succeeded();
    }
    let session = desk.token(ADA);

    // Two are mailed; whoever asks meanwhile gets a third one beside them.
    let sent = desk.run(["reset", "issue", "--send", &ADA.to_lowercase(), KONRAD]);
    assert_eq!(sent.ended(0).stdout, "");
    desk.run(["reset", "request", ADA]).succeeded();
    desk.run(["mail", "queue", "flush"]).succeeded();
    let taken = server.taken();
    let mails: Vec<Value> = taken.iter().map(common::smtp::Taken::read).collect();
    let expected = [
        (ADA, "Reset your password", "Hello", "Choose a new password"),
        (KONRAD, "Passwort zurücksetzen", "Hallo", "Neues Passwort"),
        (ADA, "Reset your password", "Hello", "Choose a new password"),
    ];
    assert_eq!(mails.len(), expected.len());
    for ((mail, taken), (email, subject, greeting, button)) in mails.iter().zip(&taken).zip(expected) {
        // The address as it was stored, never as it was typed.
        let envelope =
            json!({ "from": "no-reply@example.com", "to": [email], "tls": true, "signed_in": true });
        assert_eq!(taken.envelope, envelope);
        assert_eq!(
            (&mail["to"], &mail["copies"]),
            (&json!([email]), &json!([])),
            "{mail}"
        );
        assert_eq!(mail["type"], "multipart/alternative");
        assert_eq!(mail["parts"], json!(["text/plain", "text/html"]));
        assert_eq!(mail["defects"], json!([]));
        assert_eq!(mail["subject"], subject);
        let (text, html) = (mail["text"].as_str().unwrap(), mail["html"].as_str().unwrap());
        assert!(text.starts_with(greeting) && html.contains(button), "{mail}");
        assert!(text.contains("backoffice reset complete"), "{text}");
        let link = link_in(mail, &page.url);
        let token = link.split("#token=").nth(1).unwrap();
        assert!(html.contains(token));
        assert!(!mail["headers"].to_string().contains("bo_r_"), "{mail}");
    }

    // Opening it changes nothing, and no server is told the token.
    let (link, other) = (link_in(&mails[0], &page.url), link_in(&mails[2], &page.url));
    let before = (links(&desk), std::fs::read(desk.store()).unwrap());
    for _ in 0..10 {
        open(&link);
    }
    assert_eq!((links(&desk), std::fs::read(desk.store()).unwrap()), before);
    assert_eq!(before.0[0]["state"], "live");
    let asked = page.asked.lock().unwrap().join("\n");
    assert_eq!(asked.matches("GET /reset HTTP").count(), 10, "{asked}");
    assert!(!asked.contains("bo_r_"), "{asked}");

    // It works once; what was before it is dead, and nobody is signed in.
    let done = complete(&desk, &link).ended(0).json();
    assert_eq!(done["action"], "reset_completed");
    for dead in [&link, &other] {
        assert_eq!(complete(&desk, dead).ended(5).error()["code"], "reset_invalid");
    }
    sign_in(&desk, ADA, PASSWORD).ended(5);
    desk.pipe(&session, ["session", "verify", "--token-stdin"])
        .ended(5);
    desk.run(["whoami"]).ended(5);
    let states: Vec<Value> = links(&desk)
        .as_array()
        .unwrap()
        .iter()
        .map(|link| link["state"].clone())
        .collect();
    assert_eq!(states, ["used", "live", "superseded"]);
    sign_in(&desk, ADA, OTHER_PASSWORD).ended(0);

    // The notice arrives by the same way, and says no secret.
    desk.run(["mail", "queue", "flush"]).succeeded();
    assert_eq!(queued(&desk), json!([]));
    let notice = server.taken()[3].read();
    assert_eq!(
        (&notice["to"], &notice["subject"]),
        (&json!([ADA]), &json!("Your password was changed"))
    );
    assert!(!notice.to_string().contains("bo_r_"));
}

#[test]
fn a_server_that_misbehaves_gets_no_password_and_leaves_no_link_alive() {
    let (connect, tls, accept) = (
        "connection to the mail server failed",
        "can't be encrypted",
        "wasn't accepted",
    );
    for (mode, step, heard) in [
        ("refuse-recipient", accept, None),
        ("no-starttls", tls, Some("EHLO")),
        ("wrong-ca", tls, Some("EHLO STARTTLS")),
        ("silent", connect, Some("")),
    ] {
        let server = SmtpServer::start(mode);
        let desk = Desk::empty();
        desk.mails_through(&server, "https://desk.example.com");
        desk.run(["init"]).succeeded();
        desk.user(ADA);

        // One that is silent stays so: that this ends at all shows the time-out.
        let failed = desk.run(["reset", "issue", ADA, "--send", "--json"]).ended(8);
        assert_eq!(failed.stdout, "", "{mode}");
        let error = failed.error();
        assert_eq!(error["code"], "mail_failed", "{mode}");
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains(step) && message.contains("link was ended"),
            "{mode}: {message}"
        );
        assert!(!failed.stderr.contains(SMTP_PASSWORD), "{failed:?}");
        let links = links(&desk);
        assert_eq!(
            (&links[0]["state"], &links[0]["sent_at"]),
            (&json!("revoked"), &Value::Null),
            "{mode}"
        );
        assert!(
            server.taken().is_empty() && !server.was_told_in_the_clear(),
            "{mode}"
        );
        if let Some(heard) = heard {
            let mut commands = server.commands();
            commands.retain(|verb| verb != "QUIT");
            assert_eq!(commands.join(" "), heard, "{mode}");
        }

        // What is queued waits, but for a recipient who is refused for good; its link was ended too.
        desk.run(["reset", "request", ADA]).succeeded();
        desk.run(["mail", "queue", "flush"]).ended(8);
        let waits = json!(mode != "refuse-recipient");
        assert_eq!(json!(queued(&desk)[0]["attempts"] == 1), waits, "{mode}");
        let states = self::links(&desk);
        assert_eq!(states[1]["state"], "revoked", "{mode}");
    }
}

/// The events of one action, as outcome and reason.
fn events(desk: &Desk, action: &str) -> Vec<String> {
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    let sql =
        "SELECT outcome || ' ' || coalesce(reason, '') FROM audit_events WHERE action = ?1 ORDER BY seq";
    let mut statement = store.prepare(sql).unwrap();
    let rows = statement.query_map([action], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

#[test]
fn a_mail_that_may_have_arrived_keeps_its_link_alive_and_says_so() {
    let server = SmtpServer::start("drop-after-data");
    let desk = Desk::empty();
    desk.mails_through(&server, "https://desk.example.com");
    desk.run(["init"]).succeeded();
    desk.user(ADA);

    let sent = desk.run(["reset", "issue", ADA, "--send", "--json"]).ended(8);
    let (error, link) = (sent.error(), links(&desk)[0].clone());
    assert_eq!(error["code"], "mail_uncertain");
    let id = link["id"].as_str().unwrap();
    let message = error["message"].as_str().unwrap();
    assert!(
        message.contains("may have arrived") && message.contains(&format!("link {id} is still live")),
        "{message}"
    );
    assert_eq!(link["state"], "live");
    let hint = error["hint"].as_str().unwrap();
    let revoke = format!("backoffice reset revoke {id}");
    assert!(hint.contains(&revoke), "{hint}");
    assert_eq!(events(&desk, "mail_uncertain"), ["failure operator"]);

    // From the queue it is sent once, and the link stays alive too.
    desk.run(["reset", "request", ADA]).succeeded();
    let flushed = desk.run(["mail", "queue", "flush"]).ended(8);
    assert!(
        flushed.stderr.contains("may have been sent, or not") && flushed.stderr.contains("is not sent again"),
        "{flushed:?}"
    );
    assert_eq!(queued(&desk), json!([]));
    let states: Vec<Value> = links(&desk)
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["state"].clone())
        .collect();
    assert_eq!(states, ["live", "live"]);
    assert_eq!(
        events(&desk, "mail_uncertain"),
        ["failure operator", "failure reset-password"]
    );
    desk.run(["mail", "queue", "flush"]).ended(0);
    desk.run(["reset", "revoke", id]).succeeded();

    // Whoever was invited is there, and so may be the mail.
    let invited = desk
        .run(["user", "create", KONRAD, "--invite", "--json"])
        .ended(8);
    let error = invited.error();
    assert_eq!(error["code"], "mail_uncertain");
    let message = error["message"].as_str().unwrap();
    assert!(
        message.starts_with(&format!("created {KONRAD}, but")) && message.contains("is still live"),
        "{message}"
    );
    let hint = error["hint"].as_str().unwrap();
    let again = format!("; then `backoffice reset issue {KONRAD} --send` mails another link");
    assert!(hint.ends_with(&again), "{hint}");
    desk.run(["user", "exists", KONRAD]).succeeded();
}

#[test]
fn a_mail_that_is_refused_for_good_or_is_too_old_leaves_the_queue() {
    let server = SmtpServer::start("refuse-recipient");
    let desk = Desk::empty();
    desk.mails_through(&server, "https://desk.example.com");
    desk.run(["init"]).succeeded();
    desk.user(ADA);
    desk.user(KONRAD);
    desk.run(["reset", "request", ADA]).succeeded();
    let refused = desk.run(["mail", "queue", "flush", "--json"]).ended(8);
    let row = &refused.json()[0];
    assert_eq!(
        (&row["sent"], &row["outcome"]),
        (&json!(false), &json!("dropped"))
    );
    assert!(row["error"].as_str().unwrap().contains("550 5.1.1"), "{row}");
    assert_eq!(queued(&desk), json!([]));
    assert_eq!(links(&desk)[0]["state"], "revoked");

    // Nobody sent the queue for 400 days.
    desk.run(["reset", "request", KONRAD]).succeeded();
    desk.run(["password", "set", KONRAD, "--generate-password"])
        .succeeded();
    assert_eq!(queued(&desk).as_array().unwrap().len(), 2);
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    let day = 24 * 60 * 60 * 1_000_000_i64;
    store
        .execute("UPDATE mail_queue SET created_at = created_at - 400 * ?1", [day])
        .unwrap();
    drop(store);
    let old = desk.run(["mail", "queue", "flush", "--quiet"]).ended(8);
    assert!(
        old.stderr.contains("2 mails left the queue unsent") && old.stderr.contains("it waited too long"),
        "{old:?}"
    );
    assert_eq!(queued(&desk), json!([]));
    assert_eq!(
        events(&desk, "mail_dropped"),
        [
            "failure reset-password: refused",
            "failure reset-password: outdated",
            "failure password-changed: outdated"
        ]
    );
    assert!(server.taken().is_empty());
}

#[test]
fn of_many_who_send_the_queue_at_once_each_message_is_sent_by_one() {
    let server = SmtpServer::start("starttls");
    let desk = Desk::empty();
    desk.mails_through(&server, "https://desk.example.com");
    desk.run(["init"]).succeeded();
    let emails: Vec<String> = (10..50).map(|n| format!("user{n}@example.com")).collect();
    let csv = format!("email\n{}\n", emails.join("\n"));
    desk.pipe(&csv, ["user", "import", "-", "--input-format", "csv"])
        .ended(0);
    let (opened, asked) = emails.split_at(30);
    desk.pipe(&opened.join("\n"), ["user", "activate", "--notify", "-"])
        .ended(0);
    desk.pipe(&asked.join("\n"), ["user", "activate", "-"]).ended(0);
    for email in asked {
        desk.run(["reset", "request", email]).succeeded();
    }
    assert_eq!(queued(&desk).as_array().unwrap().len(), 40);

    let start = |_| {
        let mut command = desk.command(["mail", "queue", "flush", "--format", "jsonl"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    let started: Vec<_> = (0..4).map(start).collect();
    let ended = |child: Child| Run::of(&child.wait_with_output().unwrap()).ended(0);
    let sent: usize = started
        .into_iter()
        .map(ended)
        .map(|run| run.stdout.lines().count())
        .sum();
    assert_eq!(sent, 40);
    assert_eq!(queued(&desk), json!([]));
    let mut to: Vec<String> = server
        .taken()
        .iter()
        .map(|taken| taken.envelope["to"][0].as_str().unwrap().to_owned())
        .collect();
    to.sort();
    assert_eq!(to, emails);
    let links = links(&desk);
    assert_eq!(links.as_array().unwrap().len(), 10);
}

#[test]
fn what_a_killed_sender_had_is_sent_by_a_later_one() {
    let desk = Desk::with_mail();
    desk.user(ADA);
    desk.run(["reset", "request", ADA]).succeeded();
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    desk.configure(&format!(
        "base_url = \"https://desk.example.com\"\n[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\n\
         port = {port}\ntls = \"none\"\nfrom = \"no-reply@example.com\"\ntimeout = \"5m\"\n"
    ));
    let mut sender = desk.command(["mail", "queue", "flush"]).spawn().unwrap();
    let (reached, connection) = mpsc::channel();
    thread::spawn(move || reached.send(silent.accept().unwrap()));
    let connection = connection.recv_timeout(Duration::from_mins(1)).unwrap();
    sender.kill().unwrap();
    sender.wait().unwrap();
    drop(connection);

    // Another process can't know that it is dead until its time is over: five minutes more than a
    // send may take, which is three time-outs and ten minutes for the answer to the message.
    desk.configure(common::letters::MAIL);
    desk.run(["mail", "queue", "flush"]).succeeded();
    assert!(desk.letters().is_empty());
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    let later = "UPDATE mail_queue SET leased_until = leased_until - 1801000000";
    store.execute(later, []).unwrap();
    drop(store);
    desk.run(["mail", "queue", "flush"]).succeeded();
    assert_eq!(complete(&desk, &desk.letters()[0].link()).code, 0);
}
