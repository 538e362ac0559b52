//! A real SMTP server with TLS and sign-in (`tests/peers/smtp_server.py`).

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use super::Desk;

pub const USER: &str = "desk";
pub const PASSWORD: &str = "open sesame";

/// A running server and what it wrote.
pub struct SmtpServer {
    child: Child,
    folder: tempfile::TempDir,
    pub port: u16,
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl SmtpServer {
    /// Starts one that behaves as `mode` says.
    pub fn start(mode: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(python())
            .arg(peer("smtp_server.py"))
            .arg(mode)
            .arg(folder.path())
            // It ends with this pipe, whatever becomes of the test.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        stdout.read_line(&mut line).unwrap();
        let port = line
            .trim()
            .parse()
            .unwrap_or_else(|_| panic!("no port: {line:?}"));
        Self { child, folder, port }
    }

    /// The authority that vouches for it.
    pub fn ca(&self) -> PathBuf {
        self.file("ca.pem")
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The verbs it was told.
    pub fn commands(&self) -> Vec<String> {
        let log = fs::read_to_string(self.file("commands.log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }

    /// Whether anybody on the way could have read the password it was to be given.
    pub fn was_told_in_the_clear(&self) -> bool {
        let heard = fs::read(self.file("clear.log")).unwrap();
        let heard = String::from_utf8_lossy(&heard);
        // As `AUTH PLAIN` and as `AUTH LOGIN` have it.
        [PASSWORD, "AGRlc2sAb3BlbiBzZXNhbWU=", "b3BlbiBzZXNhbWU="]
            .iter()
            .any(|form| heard.contains(form))
    }

    /// The messages it took, in order.
    pub fn taken(&self) -> Vec<Taken> {
        (1..1000)
            .map(|n| ["json", "eml", "hello"].map(|kind| self.file(&format!("{n}.{kind}"))))
            .take_while(|[envelope, _, hello]| envelope.exists() && hello.exists())
            .map(|[envelope, eml, hello]| Taken {
                envelope: serde_json::from_slice(&fs::read(envelope).unwrap()).unwrap(),
                hello: fs::read_to_string(hello).unwrap(),
                eml,
            })
            .collect()
    }

    /// The access tokens it was shown.
    pub fn tokens(&self) -> Vec<String> {
        let log = fs::read_to_string(self.file("tokens.log")).unwrap_or_default();
        log.lines().map(str::to_owned).collect()
    }
}

/// A message a server took.
pub struct Taken {
    /// Who sent it to whom, whether encrypted, whether signed in.
    pub envelope: serde_json::Value,
    /// The name it was greeted with.
    pub hello: String,
    pub eml: PathBuf,
}

impl Taken {
    /// What another program makes of it (`tests/peers/read_mail.py`).
    pub fn read(&self) -> serde_json::Value {
        let mut command = Command::new(python());
        let output = command.arg(peer("read_mail.py")).arg(&self.eml).output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

impl Desk {
    /// Mail goes to this server from now on.
    pub fn mails_through(&self, server: &SmtpServer, base_url: &str) {
        let password = self.file("smtp-password", PASSWORD);
        self.mails_with(
            server,
            base_url,
            &format!("password_file = \"{}\"\n", password.display()),
        );
    }

    /// Mail goes to this server, with these further settings.
    pub fn mails_with(&self, server: &SmtpServer, base_url: &str, settings: &str) {
        self.configure(&format!(
            "base_url = \"{base_url}\"\n\
             [mail]\ntransport = \"smtp\"\nhost = \"localhost\"\nport = {}\ntls = \"starttls\"\nusername = \"{USER}\"\n\
             ca_file = \"{}\"\nfrom = \"Back Office <no-reply@example.com>\"\ntimeout = \"2s\"\n{settings}\
             [login]\nfailure_floor = \"1ms\"\n",
            server.port,
            server.ca().display(),
        ));
    }
}

pub fn peer(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/peers")
        .join(name)
}

/// The Python of a virtual environment that has what the peers need. It is made once, however
/// many tests want it at the same time.
pub fn python() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let venv = tmp.join("peers");
        let python = venv.join("bin/python");
        let lock = fs::File::create(tmp.join("peers.lock")).unwrap();
        lock.lock().unwrap();
        let needs = fs::read_to_string(peer("requirements.txt")).unwrap();
        let ready = venv.join("ready");
        if fs::read_to_string(&ready).is_ok_and(|had| had == needs) {
            return python;
        }
        let run = |command: &mut Command| command.status().is_ok_and(|status| status.success());
        let pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check", "-r"];
        assert!(
            run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))
                && run(Command::new(&python).args(pip).arg(peer("requirements.txt"))),
            "the peers of these tests come from PyPI, and they can't be had: python3 with venv, and a way to PyPI, are needed"
        );
        fs::write(ready, needs).unwrap();
        python
    })
}
