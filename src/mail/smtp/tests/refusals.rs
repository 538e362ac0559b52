//! What a server refuses, what it offers, and what it is told.

use super::*;

/// What `mail check` shows of a server that answers to `command` in its own way.
fn refusal(command: &'static str, answer: &'static str) -> CheckStep {
    let (port, _heard) = server(move |line| match line.split(' ').next().unwrap_or_default() {
        verb if verb == command => format!("{answer}\r\n"),
        "EHLO" => "250-hello\r\n250 AUTH PLAIN\r\n".to_owned(),
        "AUTH" => "235 in\r\n".to_owned(),
        _ => obliging(line),
    });
    let mut steps = smtp(signing_in(port)).check(&email("ada@example.com"));
    steps.pop().unwrap()
}

fn signing_in(port: u16) -> SmtpSettings {
    let mut settings = settings("127.0.0.1", port);
    settings.username = Some("desk".to_owned());
    settings.password = Some("open sesame".into());
    settings
}

#[test]
fn a_refusal_is_shown_with_its_enhanced_code_and_a_hint_that_follows_it() {
    for (command, answer, step, hint) in [
        (
            "",
            "421 4.3.2 too many connections",
            "connect",
            "further connection",
        ),
        ("", "554 5.7.1 your IP is on a list", "connect", "IP address"),
        (
            "EHLO",
            "504 5.5.2 <x>: need fully-qualified hostname",
            "connect",
            "mail.hello_name",
        ),
        (
            "AUTH",
            "535 5.7.139 Authentication unsuccessful",
            "sign_in",
            "Microsoft 365",
        ),
        (
            "AUTH",
            "535 5.7.8 Username and Password not accepted",
            "sign_in",
            "mail.password_file",
        ),
        (
            "AUTH",
            "454 4.7.0 Temporary authentication failure",
            "sign_in",
            "try again later",
        ),
        ("AUTH", "504 5.5.4 PLAIN not permitted", "sign_in", "mail.auth"),
        (
            "MAIL",
            "530 5.7.0 Authentication required",
            "accept",
            "mail.username",
        ),
        (
            "MAIL",
            "530 5.7.0 Must issue a STARTTLS command first",
            "accept",
            "mail.tls",
        ),
        (
            "MAIL",
            "553 5.7.1 Sender address rejected: not owned",
            "accept",
            "mail.envelope_from",
        ),
        (
            "RCPT",
            "451 4.7.1 <x>: Recipient address rejected: Greylisted",
            "accept",
            "greylisting",
        ),
        ("RCPT", "452 4.2.2 mailbox full", "accept", "mailbox is full"),
        (
            "RCPT",
            "550 5.1.1 no such user here",
            "accept",
            "no such recipient",
        ),
    ] {
        let shown = refusal(command, answer);
        assert_eq!((shown.name, shown.ok), (step, false), "{answer}");
        let codes: Vec<&str> = answer.split(' ').take(2).collect();
        let codes = codes.join(" ");
        assert!(
            shown.detail.contains(&format!("the server says {codes}")),
            "{shown:?}"
        );
        assert!(shown.hint.as_deref().unwrap().contains(hint), "{shown:?}");
        assert!(step != "sign_in" || !shown.detail.contains("PLAIN"), "{shown:?}");
    }
}

#[test]
fn a_sign_in_is_found_in_whatever_form_it_is_offered() {
    for offer in ["auth plain login", "AUTH=LOGIN PLAIN", "Auth Plain"] {
        let (port, heard) = server(move |line| match line.split(' ').next().unwrap_or_default() {
            "EHLO" => format!("250-hello\r\n250-8BITMIME\r\n250 {offer}\r\n"),
            "AUTH" => "235 in\r\n".to_owned(),
            _ => obliging(line),
        });
        send(&smtp(signing_in(port)), "ada@example.com").unwrap();
        let lines: Vec<String> = heard.iter().collect();
        let auth = "AUTH PLAIN AGRlc2sAb3BlbiBzZXNhbWU=";
        assert_eq!(
            lines[..3],
            ["EHLO example.com", "EHLO example.com", auth],
            "{offer}"
        );
    }
}

#[test]
fn a_way_to_sign_in_that_is_offered_and_not_taken_leads_to_the_next() {
    let (port, heard) = server(|line| match line {
        "AUTH LOGIN" => "334 VXNlcm5hbWU6\r\n".to_owned(),
        "ZGVzaw==" => "334 UGFzc3dvcmQ6\r\n".to_owned(),
        "b3BlbiBzZXNhbWU=" => "235 in\r\n".to_owned(),
        line if line.starts_with("AUTH PLAIN") => "504 5.5.4 not here\r\n".to_owned(),
        line if line.starts_with("EHLO") => "250-hello\r\n250 AUTH PLAIN LOGIN\r\n".to_owned(),
        line => obliging(line),
    });
    send(&smtp(signing_in(port)), "ada@example.com").unwrap();
    assert!(heard.iter().any(|line| line == "b3BlbiBzZXNhbWU="));
}

#[test]
fn a_server_that_takes_tokens_only_says_so_and_takes_one() {
    let offers = |line: &str| match line.split(' ').next().unwrap_or_default() {
        "EHLO" => "250-hello\r\n250 AUTH XOAUTH2 OAUTHBEARER\r\n".to_owned(),
        "AUTH" => "235 in\r\n".to_owned(),
        _ => obliging(line),
    };
    let (port, heard) = server(offers);
    let error = send(&smtp(signing_in(port)), "ada@example.com").unwrap_err();
    assert_eq!(
        error.detail,
        "the server offers XOAUTH2, OAUTHBEARER, and not PLAIN or LOGIN"
    );
    assert!(error.hint().contains("`xoauth2`"), "{}", error.hint());
    assert!(!heard.iter().any(|line| line.starts_with("AUTH")));

    let (port, heard) = server(offers);
    let mut by_token = signing_in(port);
    by_token.password = None;
    by_token.token = Some(AccessTokenSource::Given("ya29.token".into()));
    let with_token = smtp(by_token.clone());
    assert!(!format!("{with_token:?}").contains("ya29"));
    send(&with_token, "ada@example.com").unwrap();
    let auth = "AUTH XOAUTH2 dXNlcj1kZXNrAWF1dGg9QmVhcmVyIHlhMjkudG9rZW4BAQ==";
    assert!(heard.iter().any(|line| line == auth));
    by_token.token = Some(AccessTokenSource::Given("two words".into()));
    assert!(matches!(Smtp::new(by_token), Err(SettingsError::Token)));
}

#[test]
fn a_refused_token_ends_with_an_empty_line_and_the_servers_code() {
    let (port, heard) = server(|line| match line {
        "" => "220 hello\r\n".to_owned(),
        line if line.starts_with("EHLO") => "250-hello\r\n250 AUTH XOAUTH2\r\n".to_owned(),
        line if line.starts_with("AUTH") => "334 eyJzdGF0dXMiOiI0MDAifQ==\r\n".to_owned(),
        line => obliging(line),
    });
    let mut by_token = signing_in(port);
    by_token.password = None;
    by_token.token = Some(AccessTokenSource::Given("old".into()));
    // This server greets once more where the empty line comes: that is no yes.
    let error = send(&smtp(by_token), "ada@example.com").unwrap_err();
    assert_eq!(error.step, MailStep::SignIn);
    assert!(heard.iter().any(|line| line.is_empty()));
}

#[test]
fn the_envelope_the_greeting_and_the_place_for_replies_can_be_set() {
    let (port, heard) = server(obliging);
    let mut settings = settings("127.0.0.1", port);
    settings.hello_name = Some("desk.example.com".to_owned());
    settings.envelope_from = Some("bounces@example.com".to_owned());
    settings.reply_to = Some("IT <it@example.com>".to_owned());
    send(&smtp(settings.clone()), "ada@example.com").unwrap();
    let lines: Vec<String> = heard.iter().collect();
    assert_eq!(
        lines[..2],
        ["EHLO desk.example.com", "MAIL FROM:<bounces@example.com>"]
    );
    for header in [
        "From: \"Back Office\" <no-reply@example.com>",
        "Reply-To: IT <it@example.com>",
    ] {
        assert!(lines.iter().any(|line| line == header), "{header}: {lines:?}");
    }
    let refused = |change: fn(&mut SmtpSettings)| {
        let mut settings = settings.clone();
        change(&mut settings);
        Smtp::new(settings).unwrap_err()
    };
    assert!(matches!(
        refused(|s| s.reply_to = Some("nobody".to_owned())),
        SettingsError::ReplyTo
    ));
    assert!(matches!(
        refused(|s| s.envelope_from = Some("a@b@c".to_owned())),
        SettingsError::EnvelopeFrom
    ));
}
