//! Questions to a person, on standard error.
//!
//! Texts and yes or no are lines that the terminal itself edits: it is never in another mode. Ctrl-C
//! ends the line before it ends the run. After Ctrl-Z and `fg`, the question is shown again.

use std::io;

use super::Terminal;
use super::escape::escaped;
use super::raw::LOOK_AGAIN;
use super::style::Style;

/// What a terminal takes in a line, in bytes (Linux, `N_TTY_BUF_SIZE`).
const LINE_BYTES: usize = 4096;

/// Why a question has no answer.
#[derive(Debug, thiserror::Error)]
pub enum PromptError {
    /// Ctrl-C, Ctrl-D, or Escape in a list.
    #[error("interrupted")]
    Interrupted,
    /// No terminal, or `--no-input`.
    #[error("no question can be asked: there is no terminal, or `--no-input` is given")]
    CannotAsk,
    /// The terminal failed.
    #[error("the terminal could not be read: {0}")]
    Io(io::Error),
}

impl From<io::Error> for PromptError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof => Self::Interrupted,
            _ => Self::Io(error),
        }
    }
}

impl Terminal {
    /// Asks for a text until `read` takes it, and gives what `read` made of it. An empty answer is
    /// the default; without a default it goes to `read` too.
    ///
    /// # Errors
    /// [`PromptError`] if there is no answer.
    pub fn ask_text<T>(
        &self,
        label: &str,
        default: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, PromptError> {
        self.must_ask()?;
        let question = match default {
            Some("") => format!("{} (optional): ", escaped(label)),
            Some(default) => format!("{} [{}]: ", escaped(label), escaped(default)),
            None => format!("{}: ", escaped(label)),
        };
        loop {
            let mut answer = self.read_line(&question)?.ok_or(PromptError::Interrupted)?;
            if let (true, Some(default)) = (answer.is_empty(), default) {
                default.clone_into(&mut answer);
            }
            match read(&answer) {
                Ok(taken) => return Ok(taken),
                Err(refusal) => self.refuse(&refusal)?,
            }
        }
    }

    /// Asks yes or no; `--yes` has answered before. Ctrl-D is no.
    ///
    /// # Errors
    /// [`PromptError`] if there is no answer.
    pub fn confirm(&self, question: &str, default: bool) -> Result<bool, PromptError> {
        if self.settings.yes {
            return Ok(true);
        }
        self.must_ask()?;
        let choice = if default { "[Y/n]" } else { "[y/N]" };
        let question = format!("{} {choice} ", escaped(question));
        loop {
            let Some(answer) = self.read_line(&question)? else {
                return Ok(false);
            };
            match answer.trim().to_ascii_lowercase().as_str() {
                "" => return Ok(default),
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => self.refuse("answer y or n")?,
            }
        }
    }

    pub(super) fn must_ask(&self) -> Result<(), PromptError> {
        if self.can_ask() {
            Ok(())
        } else {
            Err(PromptError::CannotAsk)
        }
    }

    /// A refused answer is part of the question, so told under `--quiet` too.
    pub(super) fn refuse(&self, refusal: &str) -> io::Result<()> {
        let refusal = Style::Bad.paint(&escaped(refusal), self.colours.err);
        self.tell(&format!("{refusal}\n"))
    }

    /// Asks, and reads a line and no byte beyond it, which may be for the next prompt. None on Ctrl-D.
    fn read_line(&self, question: &str) -> Result<Option<String>, PromptError> {
        let ask = || self.tell(question);
        let read = || {
            ask()?;
            self.typed_line(&ask)
        };
        let line = self.interrupts.during_prompt(read);
        if !matches!(line, Some(Ok(Some(_)))) {
            // Ctrl-C and Ctrl-D leave the cursor behind the question.
            self.tell("\n")?;
        }
        line.ok_or(PromptError::Interrupted)?
    }

    fn typed_line(&self, ask: &dyn Fn() -> io::Result<()>) -> Result<Option<String>, PromptError> {
        let mut line = Vec::new();
        let mut byte = [0];
        while line.len() < LINE_BYTES {
            if self.interrupts.were_seen() {
                return Err(PromptError::Interrupted);
            }
            if self.interrupts.take_resumed() {
                ask()?;
            }
            if !(self.ready)(LOOK_AGAIN)? {
                continue;
            }
            match self.input.borrow_mut().read(&mut byte)? {
                0 => return Ok(None),
                _ if byte[0] == b'\n' => break,
                _ => line.push(byte[0]),
            }
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ColorChoice;
    use super::super::testing::Desk;
    use super::*;

    fn typing(input: &str) -> Desk {
        Desk::new(|w| {
            w.terminals = true;
            w.settings.color = ColorChoice::Never;
            w.settings.quiet = true;
            w.input = input.as_bytes().to_vec();
        })
    }

    fn not_empty(text: &str) -> Result<String, String> {
        if text.is_empty() {
            Err("it is empty".to_owned())
        } else {
            Ok(text.to_owned())
        }
    }

    #[test]
    fn a_text_is_asked_for_until_it_is_taken() {
        let desk = typing("\n漢字\n");
        assert_eq!(desk.terminal.ask_text("name", None, not_empty).unwrap(), "漢字");
        assert_eq!(desk.err(), "name: it is empty\nname: ");
    }

    #[test]
    fn an_empty_text_is_the_default() {
        let desk = typing("\n\n");
        let answer = desk.terminal.ask_text("locale", Some("en"), not_empty);
        assert_eq!(answer.unwrap(), "en");
        let none = desk
            .terminal
            .ask_text("name", Some(""), |text| Ok(text.to_owned()));
        assert_eq!(none.unwrap(), "");
        assert_eq!(desk.err(), "locale [en]: name (optional): ");
    }

    #[test]
    fn the_end_of_input_is_an_interruption_and_no_endless_loop() {
        let desk = typing("");
        let text = desk.terminal.ask_text("name", None, not_empty);
        assert!(matches!(text, Err(PromptError::Interrupted)));
        let password = desk.terminal.ask_password("password");
        assert!(matches!(password, Err(PromptError::Interrupted)));
        assert!(!desk.terminal.confirm("sure?", true).unwrap());
    }

    #[test]
    fn yes_or_no_is_asked_until_it_is_one_of_them() {
        let desk = typing("maybe\nYES\nn\n\n");
        assert!(desk.terminal.confirm("delete it?", false).unwrap());
        assert!(!desk.terminal.confirm("delete it?", true).unwrap());
        assert!(desk.terminal.confirm("delete it?", true).unwrap());
        assert!(desk.err().starts_with("delete it? [y/N] answer y or n\n"));
    }

    #[test]
    fn nobody_is_asked_without_a_terminal_or_with_no_input() {
        let piped = Desk::new(|w| w.input = b"y\n".to_vec());
        let forbidden = Desk::new(|w| {
            w.terminals = true;
            w.settings.no_input = true;
        });
        for desk in [piped, forbidden] {
            let refused = |error| matches!(error, PromptError::CannotAsk);
            let terminal = &desk.terminal;
            assert!(refused(terminal.confirm("sure?", false).unwrap_err()));
            assert!(refused(terminal.ask_text("a", None, |_| Ok(())).unwrap_err()));
            assert!(refused(terminal.ask_password("a").unwrap_err()));
            assert!(refused(terminal.choose("a", &["b".to_owned()], 0).unwrap_err()));
            assert_eq!(desk.err(), "");
        }
    }

    #[test]
    fn yes_has_answered_before() {
        let desk = Desk::new(|w| w.settings.yes = true);
        assert!(desk.terminal.confirm("sure?", false).unwrap());
        assert_eq!(desk.err(), "");
    }
}
