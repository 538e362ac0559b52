//! bash, at a terminal.

use rexpect::process::Signal;
use rexpect::session::{PtySession, spawn_command};

use crate::{Home, asked};

/// For a machine that is busy; nothing waits this long when all is well.
const PATIENCE_MS: u64 = 60_000;
/// Puts every word that is offered into the line (`insert-completions`).
const ALL: &str = "\x1b*";
/// Prints the line and empties it.
const PRINT: &str = "\x0f";

/// What a person has in `~/.bashrc`, and a key that prints the line.
const SETUP: &str = r#"
PS1= PS2=
source "$COMPLETIONS/backoffice.bash"
bind 'set enable-bracketed-paste off'
bind 'set bell-style none'
show() { printf '\n<%s>\n' "$READLINE_LINE"; READLINE_LINE= READLINE_POINT=0; }
bind -x '"\C-o": show'
"#;

struct Bash {
    session: PtySession,
}

impl Bash {
    fn start(home: &Home) -> Self {
        home.desk.file("setup", SETUP);
        let mut command = home.command("/bin/sh");
        command
            .args(["-c", "stty sane rows 24 cols 4000; exec bash --rcfile ~/setup -i"])
            .env("TERM", "xterm");
        let session = spawn_command(command, Some(PATIENCE_MS)).unwrap();
        Self { session }
    }

    /// The line after these keys.
    fn line_after(&mut self, keys: &str) -> String {
        self.session.send(keys).unwrap();
        self.session.send(PRINT).unwrap();
        self.session.flush().unwrap();
        let (before, line) = self
            .session
            .exp_regex("<backoffice[^>]*>")
            .unwrap_or_else(|error| panic!("after {keys:?} bash printed no line: {error}"));
        assert!(!before.contains("bash: "), "after {keys:?}: {before}");
        line.trim_matches(['<', '>']).to_owned()
    }
}

/// bash ends when it is hung up on, and not when it is told to end.
impl Drop for Bash {
    fn drop(&mut self) {
        let _ = self.session.process_mut().kill(Signal::SIGHUP);
    }
}

#[test]
fn tab_in_bash_completes_commands_flags_and_values() {
    let home = Home::new();
    let mut bash = Bash::start(&home);
    for (typed, line) in [
        ("backoffice us", "backoffice user "),
        ("backoffice user dea", "backoffice user deactivate "),
        (
            "backoffice user create --first",
            "backoffice user create --first-name ",
        ),
        (
            "backoffice user list --status p",
            "backoffice user list --status pending ",
        ),
        (
            "backoffice user list --sort las",
            "backoffice user list --sort last_",
        ),
    ] {
        assert_eq!(bash.line_after(&format!("{typed}\t")), line);
    }
    home.is_as_it_was();
}

#[test]
fn tab_in_bash_offers_every_option_of_every_command_and_its_values() {
    let home = Home::new();
    let mut bash = Bash::start(&home);
    let mut offers = Vec::new();
    for typed in asked::lines().lines() {
        let line = bash.line_after(&format!("{typed}{ALL}"));
        // What was begun is replaced by what is offered.
        let kept = typed.trim_end_matches("--");
        let offer = line
            .strip_prefix(kept)
            .unwrap_or_else(|| panic!("{typed}: {line}"));
        offers.push(offer.to_owned());
    }
    asked::check(offers.iter().map(String::as_str));
    home.is_as_it_was();
}
