//! The transport against small servers, each of one connection.

mod message;
mod refusals;

use super::*;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use crate::files::CertificatesError;
use crate::mail::Fate;
use crate::mail::testing::{Counting, email, mail};

fn settings(host: &str, port: u16) -> SmtpSettings {
    SmtpSettings {
        host: host.to_owned(),
        port,
        tls: Tls::None,
        username: None,
        password: None,
        token: None,
        timeout: Duration::from_secs(20),
        answer_timeout: ANSWER_TIMEOUT,
        ca_file: None,
        from: "Back Office <no-reply@example.com>".to_owned(),
        reply_to: None,
        envelope_from: None,
        hello_name: None,
    }
}

fn smtp(settings: SmtpSettings) -> Smtp {
    Smtp::new(settings).unwrap()
}

fn send(smtp: &Smtp, to: &str) -> Result<(), SendError> {
    smtp.send(&mail(), &email(to), Timestamp::UNIX_EPOCH, &Counting::default())
}

/// A server of one connection that answers line by line, and what it was told.
fn server(answer: impl Fn(&str) -> String + Send + 'static) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (told, heard) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let reader = BufReader::new(stream.try_clone().unwrap());
        let reply = |stream: &mut TcpStream, line: &str| stream.write_all(answer(line).as_bytes()).is_ok();
        reply(&mut stream, "");
        let mut in_data = false;
        for line in reader.lines().map_while(Result::ok) {
            told.send(line.clone()).unwrap();
            in_data = match line.as_str() {
                "." => false,
                "DATA" => true,
                _ => in_data,
            };
            if (!in_data || line == "DATA") && !reply(&mut stream, &line) {
                return;
            }
        }
    });
    (port, heard)
}

fn obliging(line: &str) -> String {
    match line.split(' ').next().unwrap_or_default() {
        "" => "220 hello\r\n",
        "EHLO" => "250-hello\r\n250 AUTH PLAIN\r\n",
        "DATA" => "354 go on\r\n",
        "QUIT" => "221 bye\r\n",
        _ => "250 fine\r\n",
    }
    .to_owned()
}

#[test]
fn a_connection_in_the_clear_stays_on_this_machine() {
    for host in ["localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]"] {
        assert!(Smtp::new(settings(host, 25)).is_ok(), "{host}");
    }
    for host in [
        "smtp.example.com",
        "192.0.2.1",
        "localhost.example.com",
        "0.0.0.0",
    ] {
        let refused = Smtp::new(settings(host, 25));
        assert!(
            matches!(refused, Err(SettingsError::PlainElsewhere { .. })),
            "{host}"
        );
    }
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let with = |change: fn(&mut SmtpSettings)| {
        let mut settings = settings("localhost", 25);
        change(&mut settings);
        Smtp::new(settings).unwrap_err()
    };
    assert!(matches!(
        with(|s| s.from = "nobody".to_owned()),
        SettingsError::From
    ));
    assert!(matches!(with(|s| s.host = "a b".to_owned()), SettingsError::Host));
    assert!(matches!(
        with(|s| s.host = "a\r\nQUIT".to_owned()),
        SettingsError::Host
    ));
    assert!(matches!(
        with(|s| s.hello_name = Some("a\r\nQUIT".to_owned())),
        SettingsError::HelloName
    ));
    assert!(matches!(
        with(|s| s.username = Some("desk".to_owned())),
        SettingsError::HalfSignIn
    ));
    assert!(matches!(
        with(|s| s.timeout = Duration::ZERO),
        SettingsError::NoTime
    ));
}

#[test]
fn certificates_that_cannot_be_used_are_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    let mut with_file = settings("localhost", 25);
    with_file.ca_file = Some(path.clone());
    let refused = || Smtp::new(with_file.clone()).unwrap_err();
    assert!(matches!(
        refused(),
        SettingsError::Certificates(CertificatesError::Unusable { .. })
    ));
    for text in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        assert!(
            matches!(
                refused(),
                SettingsError::Certificates(CertificatesError::Unusable { .. })
            ),
            "{text:?}"
        );
    }
    fs::set_permissions(&path, Permissions::from_mode(0o666)).unwrap();
    assert!(matches!(
        refused(),
        SettingsError::Certificates(CertificatesError::Unsafe { .. })
    ));
}

#[test]
fn one_recipient_is_named_and_the_message_handed_over() {
    let (port, heard) = server(obliging);
    send(&smtp(settings("127.0.0.1", port)), "Ada@example.com").unwrap();
    let lines: Vec<String> = heard.iter().collect();
    assert_eq!(
        lines[..4],
        [
            "EHLO example.com",
            "MAIL FROM:<no-reply@example.com>",
            "RCPT TO:<Ada@example.com>",
            "DATA"
        ]
    );
    assert_eq!(lines.iter().filter(|line| line.starts_with("RCPT")).count(), 1);
    // The text has a line with a dot alone: it goes out doubled (RFC 5321 §4.5.2).
    assert!(lines.iter().any(|line| line == ".."));
    assert_eq!(lines.last().unwrap(), "QUIT");
}

#[test]
fn a_check_goes_all_steps_and_sends_nothing() {
    let (port, heard) = server(obliging);
    let steps = smtp(settings("127.0.0.1", port)).check(&email("ada@example.com"));
    let names: Vec<_> = steps.iter().map(|step| (step.name, step.ok)).collect();
    assert_eq!(
        names,
        [
            ("resolve", true),
            ("connect", true),
            ("tls", true),
            ("sign_in", true),
            ("accept", true)
        ]
    );
    let lines: Vec<String> = heard.iter().collect();
    assert!(!lines.contains(&"DATA".to_owned()) && lines.contains(&"RSET".to_owned()));
}

#[test]
fn a_refusal_says_which_step_and_whether_to_try_again() {
    for (command, code, fate) in [
        ("RCPT", 550, Fate::Refused),
        ("RCPT", 450, Fate::NotSent),
        (".", 554, Fate::Refused),
        (".", 451, Fate::NotSent),
    ] {
        let (port, _heard) = server(move |line| {
            if line.starts_with(command) {
                format!("{code} no: {}\r\n", crate::mail::testing::URL)
            } else {
                obliging(line)
            }
        });
        let error = send(&smtp(settings("127.0.0.1", port)), "ada@example.com").unwrap_err();
        assert_eq!((error.step, error.fate), (MailStep::Accept, fate));
        assert_eq!(
            error.to_string(),
            format!("the mail wasn't accepted: the server says {code} no: …")
        );
    }
}

#[test]
fn a_server_without_starttls_is_told_nothing() {
    let (port, heard) = server(obliging);
    let mut strict = settings("127.0.0.1", port);
    strict.tls = Tls::StartTls;
    strict.username = Some("desk".to_owned());
    strict.password = Some("open sesame".into());
    let error = send(&smtp(strict), "ada@example.com").unwrap_err();
    assert_eq!((error.step, error.fate), (MailStep::Tls, Fate::NotSent));
    let lines: Vec<String> = heard.iter().collect();
    assert_eq!(lines, ["EHLO example.com", "QUIT"]);
}

#[test]
fn a_wrong_password_is_never_repeated() {
    let (port, _heard) = server(|line| match line.split(' ').next() {
        Some("AUTH") => "535 no such user desk with open sesame\r\n".to_owned(),
        _ => obliging(line),
    });
    let mut signing_in = settings("127.0.0.1", port);
    signing_in.username = Some("desk".to_owned());
    signing_in.password = Some("open sesame".into());
    let smtp = smtp(signing_in);
    assert!(!format!("{smtp:?}").contains("sesame"));
    let error = send(&smtp, "ada@example.com").unwrap_err();
    assert_eq!(
        error.to_string(),
        "signing in to the mail server failed: the server says 535"
    );
}

#[test]
fn a_silent_server_and_one_that_dribbles_are_left_in_time() {
    let hasty = |port| {
        let mut settings = settings("127.0.0.1", port);
        settings.timeout = Duration::from_millis(300);
        smtp(settings)
    };
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let error = send(&hasty(port), "ada@example.com").unwrap_err();
    assert_eq!((error.step, error.fate), (MailStep::Connect, Fate::NotSent));
    assert!(error.detail.contains("no answer within 0.3 seconds"), "{error}");

    let dribbling = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = dribbling.local_addr().unwrap().port();
    let (stop, stopped) = mpsc::channel::<()>();
    thread::spawn(move || {
        let (mut stream, _) = dribbling.accept().unwrap();
        while stopped.recv_timeout(Duration::from_millis(50)).is_err() && stream.write_all(b"2").is_ok() {}
    });
    let error = send(&hasty(port), "ada@example.com").unwrap_err();
    assert_eq!(error.step, MailStep::Connect);
    assert!(error.detail.contains("0.9 seconds"), "{error}");
    drop(stop);
}

#[test]
fn letters_outside_ascii_go_only_where_they_are_taken() {
    let (port, heard) = server(obliging);
    let error = send(&smtp(settings("127.0.0.1", port)), "jürgen@example.com").unwrap_err();
    assert!(error.detail.contains("SMTPUTF8"), "{error}");
    assert!(!heard.iter().any(|line| line.starts_with("MAIL")));

    let (port, heard) = server(|line| match line.split(' ').next() {
        Some("EHLO") => "250-hello\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n".to_owned(),
        _ => obliging(line),
    });
    send(&smtp(settings("127.0.0.1", port)), "jürgen@bücher.example").unwrap();
    let lines: Vec<String> = heard.iter().collect();
    assert_eq!(
        lines[1],
        "MAIL FROM:<no-reply@example.com> SMTPUTF8 BODY=8BITMIME"
    );
    assert_eq!(lines[2], "RCPT TO:<jürgen@xn--bcher-kva.example>");
    assert!(lines.contains(&"To: jürgen@xn--bcher-kva.example".to_owned()));
}

#[test]
fn nobody_there_and_no_such_name_are_told_apart() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let steps = smtp(settings("127.0.0.1", closed)).check(&email("ada@example.com"));
    assert_eq!((steps.len(), steps[1].name, steps[1].ok), (2, "connect", false));
    let mut nowhere = settings("mail.invalid", 25);
    nowhere.tls = Tls::Implicit;
    let steps = smtp(nowhere).check(&email("ada@example.com"));
    assert_eq!((steps.len(), steps[0].name, steps[0].ok), (1, "resolve", false));
}
