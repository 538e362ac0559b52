//! A long text that is pasted at a terminal, or piped. At a terminal it may have line breaks, and be
//! longer than a line that the system edits.

use std::cell::Cell;
use std::fmt::Display;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use super::raw::{Key, KeySource, LOOK_AGAIN};
use super::{PromptError, Terminal};

mod pasted_text;

use pasted_text::{PastedText, Push};

/// A text is whole after the end of a line, when nothing has come for so long. What is pasted with line
/// breaks comes without pauses.
const PAUSE: Duration = Duration::from_millis(150);
/// So many bytes of a text are shown.
const MOST_SHOWN: usize = 200;
/// Makes a terminal mark what is pasted, and not do so any more (xterm, "Bracketed Paste Mode").
const MARKS: [&str; 2] = ["\u{1b}[?2004h", "\u{1b}[?2004l"];

impl Terminal {
    /// Asks, in [lines](super::escaped_lines), for a text until `read` takes it. `None` once `remaining` says that the time is over. A text
    /// that was piped and is refused is not asked for again.
    ///
    /// # Errors
    /// [`PromptError`] if standard input can't be read, or on Ctrl-C and Ctrl-D.
    pub fn paste<T, E: Display>(
        &self,
        question: &str,
        remaining: impl Fn() -> Option<Duration>,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<Result<T, E>>, PromptError> {
        let reading = Reading {
            terminal: self,
            question,
            remaining: &remaining,
            read: &read,
        };
        if !self.can_ask() {
            reading.ask()?;
            return reading.read_pipe();
        }
        let pasted = self.interrupts.during_prompt(|| {
            let mode = PasteMode::of(self)?;
            reading.ask()?;
            reading.read_keys(&*mode.keys)
        });
        if !matches!(pasted, Some(Ok(Some(_)))) {
            self.tell("\n")?;
        }
        pasted.ok_or(PromptError::Interrupted)?
    }
}

/// A terminal in raw mode that marks what is pasted.
struct PasteMode<'t> {
    terminal: &'t Terminal,
    keys: Rc<dyn KeySource>,
}

impl<'t> PasteMode<'t> {
    fn of(terminal: &'t Terminal) -> io::Result<Self> {
        let mode = Self {
            terminal,
            keys: (terminal.keys)()?,
        };
        mode.mark(MARKS[0])?;
        Ok(mode)
    }

    fn mark(&self, mark: &str) -> io::Result<()> {
        if self.terminal.settings.dumb_terminal {
            return Ok(());
        }
        self.terminal.tell(mark)
    }
}

impl Drop for PasteMode<'_> {
    fn drop(&mut self) {
        let _ = self.mark(MARKS[1]);
    }
}

/// What is read, and how it is judged.
struct Reading<'a, T, E> {
    terminal: &'a Terminal,
    question: &'a str,
    remaining: &'a dyn Fn() -> Option<Duration>,
    read: &'a dyn Fn(&str) -> Result<T, E>,
}

impl<T, E: Display> Reading<'_, T, E> {
    fn ask(&self) -> io::Result<()> {
        self.terminal.tell(self.question)
    }

    fn read_keys(&self, keys: &dyn KeySource) -> Result<Option<Result<T, E>>, PromptError> {
        let mut text = PastedText::default();
        let shown = Cell::new(0);
        let mut is_whole = false;
        loop {
            let Some(left) = (self.remaining)() else {
                return Ok(None);
            };
            match keys.next(left.min(if is_whole { PAUSE } else { LOOK_AGAIN }))? {
                Key::Nothing if is_whole => {
                    self.terminal.tell("\n")?;
                    match text.judge(self.read) {
                        Err(refusal) => self.terminal.refuse(&refusal.to_string())?,
                        taken => return Ok(Some(taken)),
                    }
                    is_whole = false;
                    shown.set(0);
                }
                Key::Nothing => {}
                Key::Interrupted => return Err(PromptError::Interrupted),
                Key::Resumed => {
                    text = PastedText::default();
                    is_whole = false;
                    shown.set(0);
                    self.ask()?;
                }
                Key::Byte(byte) => match text.push(byte) {
                    Push::End => return Err(PromptError::Interrupted),
                    Push::Line => is_whole = true,
                    Push::Shown => {
                        is_whole = false;
                        self.show(byte, &shown)?;
                    }
                    Push::Erased(count) => self.erase(count, &shown)?,
                    Push::Nothing => {}
                },
            }
        }
    }

    /// Shows the beginning of what is pasted: enough to see that it came.
    fn show(&self, byte: u8, shown: &Cell<usize>) -> io::Result<()> {
        shown.set(shown.get() + 1);
        match shown.get() {
            ..=MOST_SHOWN if byte.is_ascii_graphic() => {
                self.terminal.tell(char::from(byte).encode_utf8(&mut [0]))
            }
            ..=MOST_SHOWN => self.terminal.tell("·"),
            n if n == MOST_SHOWN + 1 => self.terminal.tell("…"),
            _ => Ok(()),
        }
    }

    fn erase(&self, count: usize, shown: &Cell<usize>) -> io::Result<()> {
        let left = shown.get().saturating_sub(count);
        let erased = shown.get().min(MOST_SHOWN).saturating_sub(left);
        shown.set(left);
        self.terminal.tell(&"\u{8} \u{8}".repeat(erased))
    }

    fn read_pipe(&self) -> Result<Option<Result<T, E>>, PromptError> {
        let mut text = PastedText::default();
        let mut byte = [0];
        let mut is_whole = false;
        loop {
            let Some(left) = (self.remaining)() else {
                return Ok(None);
            };
            if !(self.terminal.ready)(left.min(if is_whole { PAUSE } else { LOOK_AGAIN }))? {
                if is_whole {
                    break;
                }
                continue;
            }
            if self.terminal.input.borrow_mut().read(&mut byte)? == 0 {
                break;
            }
            is_whole = byte[0] == b'\n';
            text.append(byte[0]);
        }
        Ok(Some(text.judge(self.read)))
    }
}

#[cfg(test)]
mod tests;
