//! A person's shell: bash at a real terminal, into which lines are typed one after the other.

use rexpect::process::Signal;
use rexpect::session::{PtySession, spawn_command};

use super::pty::PATIENCE_MS;

/// How bash asks for a command; the number is how the one before ended.
const READY: &str = "<ready ";
/// How bash asks for the rest of a command.
const MORE: &str = "<more>";

/// A shell that waits for a line.
pub struct Shell {
    session: PtySession,
}

/// What a line did.
#[derive(Debug)]
pub struct Typed {
    /// The lines that are on the terminal, without colours.
    pub shown: String,
    /// How the command ended; none while the shell waits for the rest of it.
    pub code: Option<i32>,
}

impl Shell {
    /// Starts bash at a terminal of 80 columns, with these variables and no others. Files that it
    /// makes can be written by the group, as on Fedora and Ubuntu, unless a line says otherwise.
    pub fn start(folder: &std::path::Path, path: &str) -> Self {
        const START: &str = "stty sane rows 24 cols 80; umask 002; \
            exec bash --norc --noprofile --noediting -o pipefail -i";
        let mut shell = std::process::Command::new("/bin/sh");
        shell
            .args(["-c", START])
            .env_clear()
            .env("HOME", folder)
            .env("PATH", path)
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm-256color")
            .env("PS1", format!("{READY}$?>"))
            .env("PS2", MORE)
            .current_dir(folder);
        let mut shell = Self {
            session: spawn_command(shell, Some(PATIENCE_MS)).unwrap(),
        };
        shell.waits("");
        shell
    }

    /// Types a line, and waits until the shell asks for the next one. A question that a command
    /// asks is never answered.
    #[track_caller]
    pub fn types(&mut self, line: &str) -> Typed {
        self.session.send_line(line).unwrap();
        self.waits(line)
    }

    #[track_caller]
    fn waits(&mut self, line: &str) -> Typed {
        let asks = format!("{READY}[0-9]+>|{MORE}");
        let (before, asked) = self
            .session
            .exp_regex(&asks)
            .unwrap_or_else(|error| panic!("after {line:?} the shell didn't come back: {error}"));
        // What was read is handed over with a character for each byte.
        let bytes: Vec<u8> = before.chars().filter_map(|c| u8::try_from(c).ok()).collect();
        let shown = screen(&String::from_utf8_lossy(&bytes));
        let code = asked.strip_prefix(READY).map(|rest| rest.trim_end_matches('>'));
        Typed {
            // The terminal repeats what is typed.
            shown: shown.split_once('\n').map_or("", |(_, shown)| shown).to_owned(),
            code: code.map(|code| code.parse().unwrap()),
        }
    }
}

/// bash ends when it is hung up on, and not when it is told to end.
impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.session.process_mut().kill(Signal::SIGHUP);
    }
}

/// What is left on a terminal: colours are passed over, and what is overwritten is gone.
pub fn screen(text: &str) -> String {
    let mut lines = vec![Vec::new()];
    let mut column = 0;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        match character {
            '\n' => lines.push(Vec::new()),
            '\r' => column = 0,
            '\x1b' => match sequence(&mut characters).as_str() {
                "[2K" => line.clear(),
                "[K" | "[0K" => line.truncate(column),
                _ => {}
            },
            character => {
                let least = line.len().max(column + 1);
                line.resize(least, ' ');
                line[column] = character;
                column += 1;
            }
        }
    }
    let lines: Vec<String> = lines.into_iter().map(String::from_iter).collect();
    lines.join("\n")
}

/// The rest of an escape sequence that has begun: `[`, what it is about, and a letter.
fn sequence(characters: &mut std::str::Chars<'_>) -> String {
    let mut sequence = String::new();
    for character in characters {
        sequence.push(character);
        if character.is_ascii_alphabetic() {
            break;
        }
    }
    sequence
}
