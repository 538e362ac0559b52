//! The harness: each test gets a home, a store and an environment of its own, and looks at
//! standard output, standard error and the exit code together.

#![allow(
    dead_code,
    unused_imports,
    reason = "each test file uses its own part of the harness"
)]
#![allow(clippy::unwrap_used, reason = "a test stops there")]

pub mod browser;
pub mod chromium;
pub mod commands;
pub mod disk;
pub mod letters;
pub mod login;
pub mod machine;
pub mod oidc;
pub mod postfix;
pub mod proxies;
pub mod pty;
pub mod rogue;
pub mod shell;
pub mod smtp;

use std::ffi::OsStr;
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A password that keeps the policy.
pub const PASSWORD: &str = "umbrella tundra monocle quartz";
/// Another one.
pub const OTHER_PASSWORD: &str = "saffron glacier lantern pewter";

/// Where the programs are that a test needs besides ours.
#[expect(clippy::disallowed_methods, reason = "the rule is for the product")]
pub fn path() -> String {
    std::env::var("PATH").unwrap()
}

/// A home of its own, with a store in it that isn't made yet.
pub struct Desk {
    home: TempDir,
}

/// What a command printed, and how it ended.
#[derive(PartialEq, Eq)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    /// 128 and the number of the signal, if one ended it.
    pub code: i32,
}

impl Desk {
    /// A home without a store, for its owner alone whatever the umask.
    pub fn empty() -> Self {
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        Self {
            home: tempfile::Builder::new().permissions(private).tempdir().unwrap(),
        }
    }

    /// A home with an empty store.
    pub fn new() -> Self {
        let desk = Self::empty();
        desk.run(["init"]).succeeded();
        desk
    }

    /// The folder everything of this test is in.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// The file of the store.
    pub fn store(&self) -> PathBuf {
        self.path().join(".local/share/backoffice/backoffice.db")
    }

    /// Writes a file into the home, for its owner alone whatever the umask; gives its path.
    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        let path = self.path().join(name);
        let mut folders = std::fs::DirBuilder::new();
        folders.recursive(true).mode(0o700);
        folders.create(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    /// Writes the configuration.
    pub fn configure(&self, toml: &str) {
        self.file(".config/backoffice/config.toml", toml);
    }

    /// The command, in a cleared environment.
    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_backoffice"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.path())
            .current_dir(self.path());
        command.stdin(Stdio::null());
        command
    }

    /// Runs a command with nothing on standard input.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    /// Runs a command with `input` on standard input.
    pub fn pipe<S: AsRef<OsStr>>(&self, input: &str, arguments: impl IntoIterator<Item = S>) -> Run {
        self.pipe_bytes(input.as_bytes(), arguments)
    }

    /// Runs a command with any bytes on standard input.
    pub fn pipe_bytes<S: AsRef<OsStr>>(&self, input: &[u8], arguments: impl IntoIterator<Item = S>) -> Run {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // Whoever refuses early doesn't read; that is no failure of the test.
        let _ = stdin.write_all(input);
        drop(stdin);
        Run::of(&child.wait_with_output().unwrap())
    }

    /// Makes an active user with [`PASSWORD`]; gives the id.
    pub fn user(&self, email: &str) -> String {
        let arguments = [
            "user",
            "create",
            email,
            "--activate",
            "--password-stdin",
            "--format",
            "ids",
        ];
        let run = self.pipe(PASSWORD, arguments);
        run.succeeded();
        run.stdout.trim().to_owned()
    }

    /// Signs in with [`PASSWORD`]; gives the token.
    pub fn token(&self, email: &str) -> String {
        let run = self.pipe(PASSWORD, ["login", email, "--password-stdin", "--print-token"]);
        run.succeeded();
        run.stdout.trim().to_owned()
    }
}

impl Run {
    pub fn of(output: &Output) -> Self {
        use std::os::unix::process::ExitStatusExt;
        let status = output.status;
        Self {
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
            code: status
                .code()
                .unwrap_or_else(|| 128 + status.signal().unwrap_or_default()),
        }
    }

    /// The run, which must have ended with `code`.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }

    /// The run must have ended well.
    #[track_caller]
    pub fn succeeded(&self) -> &Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// Standard output as one JSON document.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The error object on standard error, which must be one line.
    #[track_caller]
    pub fn error(&self) -> serde_json::Value {
        assert_eq!(self.stderr.lines().count(), 1, "{self:?}");
        let line: serde_json::Value =
            serde_json::from_str(&self.stderr).unwrap_or_else(|_| panic!("{self:?}"));
        line["error"].clone()
    }
}

/// One text: what a person saw, and the exit code.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { stdout, stderr, code } = self;
        write!(f, "{stdout}--- stderr\n{stderr}--- exit {code}")
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}
