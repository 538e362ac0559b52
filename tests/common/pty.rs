//! A real terminal, for the questions a person is asked.

use rexpect::session::{PtySession, spawn_command};

use super::Desk;

/// For a machine that is busy; nothing waits this long when all is well.
pub(super) const PATIENCE_MS: u64 = 120_000;

/// Runs the command and says how it ended and in what state it left the terminal. The
/// shell outlives Ctrl-C, which goes to everybody at the terminal.
const SCRIPT: &str = r#"trap : INT; stty sane rows 24 cols "$1"; shift; "$@"; echo "[ended $?]"; stty -a"#;

/// The same, in a shell with job control: Ctrl-Z stops the command, and the shell goes on with it. This
/// shell leaves the terminal in the mode that it finds.
const JOB_SCRIPT: &str = r#"set -m; stty sane rows 24 cols "$1"; shift; "$@"; code=$?
    while [ $code = 148 ]; do echo "[stopped]"; stty -a; echo "[goes on]"; fg >/dev/null; code=$?; done
    echo "[ended $code]"; stty -a"#;

const CTRL_Z: &str = "\u{1a}";

/// A command at a terminal.
pub struct Pty {
    session: PtySession,
}

/// How a command at a terminal ended.
#[derive(Debug)]
pub struct Ended {
    /// What was shown since the last thing that was seen.
    pub shown: String,
    pub code: i32,
    /// Whether the terminal shows what is typed.
    pub echo: bool,
}

impl Desk {
    /// Starts a command at a terminal of 80 columns.
    pub fn at_terminal(&self, arguments: &[&str]) -> Pty {
        self.at_narrow_terminal(80, arguments)
    }

    /// Starts a command at a terminal of so many columns.
    pub fn at_narrow_terminal(&self, columns: u16, arguments: &[&str]) -> Pty {
        self.in_terminal(columns, &[("TERM", "xterm-256color")], arguments)
    }

    /// Starts a command at a terminal of 80 columns, with only these variables beside `HOME` and
    /// `PATH`.
    pub fn at_terminal_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Pty {
        self.in_terminal(80, variables, arguments)
    }

    /// Starts a command as a job of a shell, at a terminal of 80 columns.
    pub fn as_job(&self, arguments: &[&str]) -> Pty {
        self.in_shell(JOB_SCRIPT, 80, &[("TERM", "xterm-256color")], arguments)
    }

    fn in_terminal(&self, columns: u16, variables: &[(&str, &str)], arguments: &[&str]) -> Pty {
        self.in_shell(SCRIPT, columns, variables, arguments)
    }

    fn in_shell(&self, script: &str, columns: u16, variables: &[(&str, &str)], arguments: &[&str]) -> Pty {
        let mut shell = std::process::Command::new("/bin/sh");
        shell
            .args(["-c", script, "sh", &columns.to_string()])
            .arg(env!("CARGO_BIN_EXE_backoffice"))
            .args(arguments)
            .env_clear()
            .env("HOME", self.path())
            .env("PATH", "/usr/bin:/bin")
            .envs(variables.iter().copied())
            .current_dir(self.path());
        Pty {
            session: spawn_command(shell, Some(PATIENCE_MS)).unwrap(),
        }
    }
}

impl Pty {
    /// Waits until `text` is shown; gives what stood before it.
    #[track_caller]
    pub fn sees(&mut self, text: &str) -> String {
        let before = self
            .session
            .exp_string(text)
            .unwrap_or_else(|error| panic!("{text:?} was not shown: {error}"));
        // What was read is handed over with a character for each byte.
        let bytes: Vec<u8> = before.chars().filter_map(|c| u8::try_from(c).ok()).collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Types a line.
    pub fn types(&mut self, line: &str) {
        self.keys(&format!("{line}\r"));
    }

    /// Presses keys.
    pub fn keys(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
        self.session.flush().unwrap();
    }

    /// The address that is told, alone on its line.
    #[track_caller]
    pub fn url(&mut self) -> String {
        self.sees("at this address:\r\n");
        self.sees("\r\n")
    }

    /// Presses Ctrl-Z, and lets the shell go on with the command. The terminal is in its usual mode in
    /// the meantime.
    #[track_caller]
    pub fn stops_and_goes_on(&mut self) {
        self.keys(CTRL_Z);
        self.sees("[stopped]");
        let state = self.sees("[goes on]");
        let words: Vec<&str> = state.split_whitespace().collect();
        for mode in ["echo", "icanon", "isig"] {
            assert!(words.contains(&mode), "{mode} is off: {state}");
        }
    }

    /// Waits for `question`, then answers it.
    #[track_caller]
    pub fn answers(&mut self, question: &str, answer: &str) {
        self.sees(question);
        self.types(answer);
    }

    /// Waits for the end.
    #[track_caller]
    pub fn ends(mut self) -> Ended {
        let shown = self.sees("[ended ");
        let code = self.sees("]").parse().unwrap();
        let state = self.session.exp_eof().unwrap();
        let echo = state.split_whitespace().any(|word| word == "echo");
        assert!(
            echo || state.contains("-echo"),
            "what stty says can't be read: {state}"
        );
        Ended { shown, code, echo }
    }
}
