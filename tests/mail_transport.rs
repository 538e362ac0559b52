//! The SMTP transport against a real server with TLS and sign-in.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::time::Duration;

use backoffice::{
    BackOffice, Caller, Disclosure, Error, Fate, LinkTemplate, MailStep as Step, Mailer, NewUser, Options,
    SendError, Smtp, SmtpSettings, Templates, Tls, Transport,
};
use common::smtp::{PASSWORD, SmtpServer, USER};

const URL: &str = "https://desk.example.com/back-office/reset#token=bo_r_";

fn settings(server: &SmtpServer, tls: Tls) -> SmtpSettings {
    let mut settings = SmtpSettings::new("localhost", tls, "Back Office <no-reply@example.com>");
    settings.port = server.port;
    settings.username = Some(USER.to_owned());
    settings.password = Some(PASSWORD.into());
    settings.timeout = Duration::from_secs(2);
    settings.ca_file = Some(server.ca());
    settings
}

/// A back office that mails with these settings.
fn office(settings: SmtpSettings) -> (BackOffice, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.db");
    BackOffice::init(&path).unwrap();
    let mut options = Options::default();
    let link = LinkTemplate::new(LinkTemplate::DEFAULT, "https://desk.example.com/back-office");
    options.policies.reset.link = link.ok();
    options.mailer = Some(Mailer {
        templates: Templates::built_in(),
        transport: Transport::Smtp(Smtp::new(settings).unwrap()),
    });
    (BackOffice::open_with(&path, options).unwrap(), folder)
}

/// Mails a link to a user with this address and locale.
fn send(settings: SmtpSettings, to: &str, locale: &str) -> Result<(), SendError> {
    let (office, _folder) = office(settings);
    let service = Caller::service("tests of the transport");
    let acting = office.on_behalf_of(&service);
    let mut user = NewUser::new(to.parse().unwrap());
    user.first_name = "Ada".parse().unwrap();
    user.locale = Some(locale.parse().unwrap());
    user.activate = true;
    acting.users().create(user).unwrap();
    let sent = acting
        .resets()
        .issue_and_send(&to.parse().unwrap(), None, Disclosure::ToUserAlone);
    match sent {
        Ok(_) => Ok(()),
        Err(Error::MailFailed { error, .. } | Error::MailUncertain { error, .. }) => Err(error),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_real_server_takes_the_message_encrypted_and_signed_in() {
    for (mode, tls, locale) in [
        ("starttls", Tls::StartTls, "de-AT"),
        ("implicit", Tls::Implicit, "en"),
    ] {
        let peer = SmtpServer::start(mode);
        send(settings(&peer, tls), "Ada@example.com", locale).unwrap();
        let taken = &peer.taken()[0];
        assert_eq!(
            taken.envelope,
            serde_json::json!({
                "from": "no-reply@example.com", "to": ["Ada@example.com"], "tls": true, "signed_in": true
            })
        );
        let mail = taken.read();
        assert_eq!(mail["to"], serde_json::json!(["Ada@example.com"]));
        assert_eq!(mail["type"], "multipart/alternative");
        assert_eq!(mail["defects"], serde_json::json!([]));
        let text = mail["text"].as_str().unwrap();
        assert_eq!(
            text.lines().filter(|line| line.starts_with(URL)).count(),
            1,
            "{text}"
        );
        let german = locale == "de-AT";
        let (subject, greeting) = if german {
            ("Passwort zurücksetzen", "Hallo Ada,")
        } else {
            ("Reset your password", "Hello Ada,")
        };
        assert_eq!(mail["subject"], subject);
        assert_eq!(text.lines().next(), Some(greeting));
        assert!(!mail["headers"].to_string().contains("bo_r_"));
    }
}

#[test]
fn a_server_on_this_machine_may_do_without_encryption() {
    let peer = SmtpServer::start("no-starttls");
    send(settings(&peer, Tls::None), "ada@example.com", "en").unwrap();
    let envelope = &peer.taken()[0].envelope;
    assert_eq!(
        (&envelope["tls"], &envelope["signed_in"]),
        (&false.into(), &true.into())
    );
    // And so is shown to hear what it must not hear elsewhere.
    assert!(peer.was_told_in_the_clear());
}

#[test]
fn an_address_outside_ascii_arrives() {
    let peer = SmtpServer::start("starttls");
    send(settings(&peer, Tls::StartTls), "jürgen@bücher.example", "de").unwrap();
    assert_eq!(
        peer.taken()[0].envelope["to"],
        serde_json::json!(["jürgen@xn--bcher-kva.example"])
    );
}

#[test]
fn whatever_is_wrong_ends_in_time_at_its_step_and_without_the_password() {
    for (mode, tls, step) in [
        ("no-starttls", Tls::StartTls, Step::Tls),
        ("wrong-ca", Tls::StartTls, Step::Tls),
        ("wrong-name", Tls::StartTls, Step::Tls),
        ("starttls", Tls::Implicit, Step::Tls),
        ("implicit", Tls::StartTls, Step::Connect),
        ("refuse-recipient", Tls::StartTls, Step::Accept),
        ("silent", Tls::StartTls, Step::Connect),
        ("silent", Tls::Implicit, Step::Tls),
        ("dribble", Tls::StartTls, Step::Connect),
        ("inject-one", Tls::StartTls, Step::Tls),
        ("inject-all", Tls::StartTls, Step::Tls),
    ] {
        let peer = SmtpServer::start(mode);
        let error = send(settings(&peer, tls), "ada@example.com", "en").unwrap_err();
        // One forged answer is found at once or, over a slow line, by the answer after it.
        let as_well = (mode == "inject-one").then_some(Step::SignIn);
        assert!(
            error.step == step || Some(error.step) == as_well,
            "{mode} {tls:?}: {error}"
        );
        assert!(!error.to_string().contains(PASSWORD));
        if step < Step::SignIn {
            assert!(!peer.commands().contains(&"AUTH".to_owned()), "{mode}");
        }
        assert!(peer.taken().is_empty() && !peer.was_told_in_the_clear(), "{mode}");
    }
}

#[test]
fn an_answer_that_comes_late_is_waited_for_and_one_that_is_missing_is_uncertain() {
    // The answer comes after three seconds, and any other step may take two.
    let late = SmtpServer::start("late-answer");
    send(settings(&late, Tls::StartTls), "ada@example.com", "en").unwrap();
    assert_eq!(late.taken().len(), 1);
    let mut hasty = settings(&late, Tls::StartTls);
    hasty.answer_timeout = Duration::from_secs(1);
    let error = send(hasty, "ada@example.com", "en").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the mail may have been sent, or not: no answer within 1 seconds"
    );
    assert_eq!(error.fate, Fate::Uncertain);

    let gone = SmtpServer::start("drop-after-data");
    let error = send(settings(&gone, Tls::StartTls), "ada@example.com", "en").unwrap_err();
    assert_eq!((error.step, error.fate), (Step::Accept, Fate::Uncertain));
}

#[test]
fn a_self_signed_certificate_is_trusted_unless_it_is_marked_as_an_authority() {
    let peer = SmtpServer::start("self-signed");
    send(settings(&peer, Tls::StartTls), "ada@example.com", "en").unwrap();
    assert_eq!(peer.taken().len(), 1);

    let marked = SmtpServer::start("self-signed-ca");
    let error = send(settings(&marked, Tls::StartTls), "ada@example.com", "en").unwrap_err();
    assert_eq!(error.step, Step::Tls);
    assert!(error.detail.contains("CA:TRUE"), "{error}");
    assert!(
        error.hint().contains("basicConstraints=critical,CA:FALSE") && !error.hint().contains("ca_file"),
        "{}",
        error.hint()
    );
    assert!(!marked.commands().contains(&"AUTH".to_owned()));

    // The file is named already: the hint asks for what is in it.
    let other = SmtpServer::start("wrong-ca");
    let mut settings = settings(&other, Tls::StartTls);
    let error = send(settings.clone(), "ada@example.com", "en").unwrap_err();
    assert!(error.hint().contains("doesn't contain"), "{}", error.hint());
    settings.ca_file = None;
    let error = send(settings, "ada@example.com", "en").unwrap_err();
    assert!(
        error.hint().contains("name the file with its certificate"),
        "{}",
        error.hint()
    );
}

#[test]
fn a_wrong_password_fails_at_the_sign_in() {
    let peer = SmtpServer::start("starttls");
    let mut settings = settings(&peer, Tls::StartTls);
    settings.password = Some("close sesame".into());
    let error = send(settings, "ada@example.com", "en").unwrap_err();
    assert_eq!((error.step, error.fate), (Step::SignIn, Fate::NotSent));
}

#[test]
fn a_check_goes_as_far_as_it_can() {
    let to = "ada@example.com".parse().unwrap();
    for (mode, steps) in [("starttls", 5), ("no-starttls", 3), ("refuse-recipient", 5)] {
        let peer = SmtpServer::start(mode);
        let (office, _folder) = office(settings(&peer, Tls::StartTls));
        let service = Caller::service("tests of the transport");
        let found = office.on_behalf_of(&service).mail().check(&to).unwrap();
        assert_eq!(found.len(), steps, "{found:?}");
        assert_eq!(found.iter().all(|step| step.ok), mode == "starttls");
        assert!(!peer.commands().contains(&"DATA".to_owned()));
        assert!(peer.taken().is_empty());
    }
}
