//! A third-party login: a command that waits, and somebody with a browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};

use serde_json::Value;
use url::Url;

use super::browser::{Browser, Page};
use super::letters::MAIL;
use super::{Desk, Run};

/// A command that waits for somebody to sign in elsewhere.
pub struct Login {
    child: Child,
    stdin: Option<ChildStdin>,
    stderr: BufReader<ChildStderr>,
    /// What it has said so far.
    pub shown: String,
}

impl Desk {
    /// A home with an empty store that can send mail, and a provider by the name `desk`.
    pub fn with_provider(settings: &str) -> Self {
        let desk = Self::empty();
        desk.configure(&format!("{MAIL}{settings}"));
        desk.run(["init"]).succeeded();
        desk
    }

    /// Writes down the secret of the client.
    pub fn client_secret(&self, secret: &str) {
        self.file(".config/backoffice/client-secret", secret);
    }

    /// Starts `login --with desk` with these flags.
    pub fn begin_login(&self, flags: &[&str]) -> Login {
        let words = ["login", "--with", "desk"];
        self.begin(&[&words, flags].concat())
    }

    /// Starts a command that waits for somebody to sign in elsewhere.
    pub fn begin(&self, arguments: &[&str]) -> Login {
        let mut command = self.command(arguments);
        if arguments.contains(&"--paste") {
            command.stdin(Stdio::piped());
        }
        Login::of(command)
    }

    /// `login --with desk` at a provider that signs in whoever comes: where the browser ends, and
    /// how the command ended.
    #[track_caller]
    pub fn sign_in(&self, flags: &[&str]) -> (Page, Run) {
        let mut login = self.begin_login(flags);
        let page = Browser::default().open(&login.url());
        (page, login.ends())
    }

    /// The user as `user show` has them.
    #[track_caller]
    pub fn shows(&self, user: &str) -> Value {
        let mut users = self.run(["user", "show", user, "--json"]).ended(0).json();
        if users.is_array() { users[0].take() } else { users }
    }

    /// The e-mails of all users, in order.
    #[track_caller]
    pub fn emails(&self) -> Vec<String> {
        let list = self.run(["user", "list", "--all", "--json"]).ended(0).json();
        let emails = list.as_array().unwrap().iter().map(|user| &user["email"]);
        emails.map(|email| email.as_str().unwrap().to_owned()).collect()
    }

    /// Every identity, as `identity list` has it.
    #[track_caller]
    pub fn identities(&self) -> Vec<Value> {
        let list = self.run(["identity", "list", "--json"]).ended(0).json();
        list.as_array().unwrap().clone()
    }
}

impl Login {
    /// Starts a command.
    pub fn of(mut command: Command) -> Self {
        Self::onto(&mut command, Stdio::piped())
    }

    /// Starts a command whose answer goes there.
    pub fn onto(command: &mut Command, answer: Stdio) -> Self {
        command.stdout(answer).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        Self {
            stdin: child.stdin.take(),
            stderr: BufReader::new(child.stderr.take().unwrap()),
            shown: String::new(),
            child,
        }
    }

    /// The address to be opened, which stands alone on its line.
    #[track_caller]
    pub fn url(&mut self) -> String {
        let line = self.line_with("http");
        assert!(Url::parse(&line).is_ok(), "{line:?}");
        line
    }

    /// The next line that begins with `start`.
    #[track_caller]
    pub fn line_with(&mut self, start: &str) -> String {
        loop {
            let mut line = String::new();
            self.stderr.read_line(&mut line).unwrap();
            self.shown += &line;
            assert!(!line.is_empty(), "no line begins with {start:?}:\n{}", self.shown);
            if line.starts_with(start) {
                return line.trim_end().to_owned();
            }
        }
    }

    /// Where the provider sends the browser back to, as the URL has it.
    #[track_caller]
    pub fn redirect_uri(url: &str) -> Url {
        let url = Url::parse(url).unwrap();
        let found = url.query_pairs().find(|(name, _)| name == "redirect_uri");
        Url::parse(&found.unwrap().1).unwrap()
    }

    /// Types or pipes a line.
    pub fn types(&mut self, line: &str) {
        self.pipes(&format!("{line}\n"));
    }

    /// Pipes a part of a line.
    pub fn pipes(&mut self, text: &str) {
        let stdin = self.stdin.as_mut().unwrap();
        stdin.write_all(text.as_bytes()).unwrap();
    }

    /// What Ctrl-C does.
    pub fn interrupt(&self) {
        let id = self.id().to_string();
        let status = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(status.success());
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the end.
    #[track_caller]
    pub fn ends(mut self) -> Run {
        drop(self.stdin.take());
        self.ends_unasked()
    }

    /// Waits for the end, with the standard input open until then.
    #[track_caller]
    pub fn ends_unasked(mut self) -> Run {
        let stdin = self.stdin.take();
        self.stderr.read_to_string(&mut self.shown).unwrap();
        let mut run = Run::of(&self.child.wait_with_output().unwrap());
        drop(stdin);
        run.stderr = self.shown;
        run
    }
}

impl Run {
    /// The error object in the last line of standard error.
    #[track_caller]
    pub fn last_error(&self) -> Value {
        let last = self.stderr.lines().last().unwrap_or_default();
        let line: Value = serde_json::from_str(last).unwrap_or_else(|_| panic!("{self:?}"));
        line["error"].clone()
    }

    /// That it ended with `code`, and said why and what to do next; gives both as one text.
    #[track_caller]
    pub fn refused(&self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        let error = self.last_error();
        let [message, hint] = ["message", "hint"].map(|part| error[part].as_str().unwrap_or_default());
        assert!(!message.is_empty() && !hint.is_empty(), "{self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
        format!("{message} {hint}")
    }
}
