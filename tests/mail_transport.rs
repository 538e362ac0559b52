//! The SMTP transport against a real server with TLS and sign-in (`tests/peers/smtp_server.py`).
//! Needs Python and `PyPI`: `cargo test --test mail_transport -- --ignored`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that can't go on has failed"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use backoffice::domain::clock::Timestamp;
use backoffice::domain::email::EmailAddress;
use backoffice::domain::user::{Locale, Name};
use backoffice::mail::{Message, Recipient, SendError, Smtp, SmtpSettings, Step, Templates, Tls, Transport};
use backoffice::ops::system::SystemRandom;

const URL: &str = "https://desk.example.com/back-office/reset#token=bo_r_\
    q3Zk7yV1xR0aJmT5uHcWb8LsPdNfGeYiOaQwErTyUiO1b2c3d";
const PASSWORD: &str = "open sesame";

/// A running server and what it wrote.
struct Peer {
    child: Child,
    folder: tempfile::TempDir,
    port: u16,
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Peer {
    fn start(mode: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/smtp_server.py");
        let mut child = Command::new(python())
            .arg(script)
            .arg(mode)
            .arg(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.trim().parse().expect("the server prints its port");
        Self { child, folder, port }
    }

    fn settings(&self, tls: Tls) -> SmtpSettings {
        SmtpSettings {
            host: "localhost".to_owned(),
            port: self.port,
            tls,
            username: Some("desk".to_owned()),
            password: Some(PASSWORD.into()),
            timeout: Duration::from_secs(2),
            ca_file: Some(self.folder.path().join("ca.pem")),
            from: "Back Office <no-reply@example.com>".to_owned(),
            hello_name: None,
        }
    }

    fn commands(&self) -> Vec<String> {
        let log = fs::read_to_string(self.folder.path().join("commands.log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The Python of a virtual environment that has what the server needs; made once.
fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("smtp-peer");
        let python = venv.join("bin/python");
        let ready = venv.join("ready");
        if !ready.exists() {
            let run = |command: &mut Command| command.status().is_ok_and(|status| status.success());
            let needs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/requirements.txt");
            assert!(
                run(Command::new("python3").args(["-m", "venv"]).arg(&venv))
                    && run(Command::new(&python).args(["-m", "pip", "install", "-q", "-r"]).arg(needs)),
                "the SMTP server of these tests comes from PyPI, and it can't be had: python3 with venv, and a way to PyPI, are needed"
            );
            fs::write(ready, "").unwrap();
        }
        python
    })
}

fn address(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

fn send(settings: SmtpSettings, to: &str, locale: &str) -> Result<(), SendError> {
    let to = address(to);
    let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
    let mail = Templates::built_in().render(
        &Message::ResetPassword {
            url: URL,
            expires_at: now,
        },
        &Recipient {
            email: &to,
            first_name: &Name::parse("Ada").unwrap(),
            last_name: &Name::default(),
            locale: &Locale::parse(locale).unwrap(),
        },
    )?;
    Transport::Smtp(Smtp::new(settings).unwrap()).send(&mail, &to, now, &SystemRandom)
}

/// What Python's own parser makes of a message: `[to, subject, text lines equal to the link, html has the link]`.
fn parsed(eml: &Path) -> serde_json::Value {
    let script = "import email, email.policy, json, sys\n\
        m = email.message_from_bytes(open(sys.argv[1], 'rb').read(), policy=email.policy.default)\n\
        text, html = m.get_body(('plain',)).get_content(), m.get_body(('html',)).get_content()\n\
        print(json.dumps({'to': m['to'], 'subject': m['subject'], 'type': m.get_content_type(),\
            'alone': text.splitlines().count(sys.argv[2]), 'html': '>' + sys.argv[2].replace('/', '&#x2f;') + '<' in html,\
            'greeting': text.splitlines()[0], 'headers': str(m.items()), 'defects': len(m.defects)}))";
    let output = Command::new(python())
        .args(["-c", script])
        .arg(eml)
        .arg(URL)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
#[ignore = "needs Python and PyPI"]
fn a_real_server_takes_the_message_encrypted_and_signed_in() {
    for (mode, tls, locale) in [
        ("starttls", Tls::StartTls, "de-AT"),
        ("implicit", Tls::Implicit, "en"),
    ] {
        let peer = Peer::start(mode);
        send(peer.settings(tls), "Ada@example.com", locale).unwrap();
        let facts: serde_json::Value =
            serde_json::from_slice(&fs::read(peer.file("1.json")).unwrap()).unwrap();
        assert_eq!(
            facts,
            serde_json::json!({
                "from": "no-reply@example.com", "to": ["Ada@example.com"], "tls": true, "signed_in": true
            })
        );
        let message = parsed(&peer.file("1.eml"));
        assert_eq!(message["to"], "Ada@example.com");
        assert_eq!(message["type"], "multipart/alternative");
        assert_eq!(message["defects"], 0);
        assert_eq!((&message["alone"], &message["html"]), (&1.into(), &true.into()));
        let german = locale == "de-AT";
        assert_eq!(
            message["subject"],
            if german {
                "Passwort zurücksetzen"
            } else {
                "Reset your password"
            }
        );
        assert_eq!(
            message["greeting"],
            if german { "Hallo Ada," } else { "Hello Ada," }
        );
        assert!(!message["headers"].as_str().unwrap().contains("bo_r_"));
    }
}

#[test]
#[ignore = "needs Python and PyPI"]
fn an_address_outside_ascii_arrives() {
    let peer = Peer::start("starttls");
    send(peer.settings(Tls::StartTls), "jürgen@bücher.example", "de").unwrap();
    let facts = fs::read_to_string(peer.file("1.json")).unwrap();
    let facts: serde_json::Value = serde_json::from_str(&facts).unwrap();
    assert_eq!(facts["to"], serde_json::json!(["jürgen@xn--bcher-kva.example"]));
}

#[test]
#[ignore = "needs Python and PyPI"]
fn whatever_is_wrong_ends_in_time_at_its_step_and_without_the_password() {
    for (mode, tls, step) in [
        ("no-starttls", Tls::StartTls, Step::Tls),
        ("wrong-ca", Tls::StartTls, Step::Tls),
        ("wrong-name", Tls::StartTls, Step::Tls),
        ("starttls", Tls::Implicit, Step::Tls),
        ("implicit", Tls::StartTls, Step::Connect),
        ("refuse-recipient", Tls::StartTls, Step::Accept),
        ("drop-after-data", Tls::StartTls, Step::Accept),
        ("silent", Tls::StartTls, Step::Connect),
        ("silent", Tls::Implicit, Step::Tls),
        ("dribble", Tls::StartTls, Step::Connect),
        ("inject-one", Tls::StartTls, Step::Tls),
        ("inject-all", Tls::StartTls, Step::Tls),
    ] {
        let peer = Peer::start(mode);
        let error = send(peer.settings(tls), "ada@example.com", "en").unwrap_err();
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
        assert!(!peer.file("1.eml").exists(), "{mode}");
    }
}

#[test]
#[ignore = "needs Python and PyPI"]
fn a_wrong_password_fails_at_the_sign_in() {
    let peer = Peer::start("starttls");
    let mut settings = peer.settings(Tls::StartTls);
    settings.password = Some("close sesame".into());
    let error = send(settings, "ada@example.com", "en").unwrap_err();
    assert_eq!((error.step, error.temporary), (Step::SignIn, false));
}

#[test]
#[ignore = "needs Python and PyPI"]
fn a_check_goes_as_far_as_it_can() {
    let to = address("ada@example.com");
    for (mode, steps) in [("starttls", 5), ("no-starttls", 3), ("refuse-recipient", 5)] {
        let peer = Peer::start(mode);
        let transport = Transport::Smtp(Smtp::new(peer.settings(Tls::StartTls)).unwrap());
        let found = transport.check(&to);
        assert_eq!(found.len(), steps, "{found:?}");
        assert_eq!(found.iter().all(|step| step.ok), mode == "starttls");
        assert!(!peer.commands().contains(&"DATA".to_owned()));
        assert!(!peer.file("1.eml").exists());
    }
}
