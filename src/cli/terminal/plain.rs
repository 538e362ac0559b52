//! Answers that have one form whatever the format: a text made for a file, or JSON lines.

use std::io::Write;
use std::ops::ControlFlow;

use serde::Serialize;

use super::json::write_json;
use super::{OutputError, Terminal};

/// JSON lines, written as they come.
#[must_use = "the lines are complete when they are finished"]
pub struct LinesWriter<'t> {
    terminal: &'t Terminal,
}

impl Terminal {
    /// Writes a text as it is.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`].
    pub fn text(&self, text: &str) -> Result<(), OutputError> {
        let written = self.print(|out| {
            out.write_all(text.as_bytes())?;
            out.flush()
        });
        written.map_err(OutputError::Unwritten)
    }

    /// Begins JSON lines.
    pub fn lines(&self) -> LinesWriter<'_> {
        LinesWriter { terminal: self }
    }
}

impl LinesWriter<'_> {
    /// Writes one line; `Break` once nobody reads any more.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`].
    pub fn line(&mut self, record: &impl Serialize) -> Result<ControlFlow<()>, OutputError> {
        let written = self.terminal.print(|out| {
            write_json(out, record)?;
            out.write_all(b"\n")
        });
        written.map_err(OutputError::Unwritten)?;
        let gone = self.terminal.reader_gone.get();
        Ok(if gone {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        })
    }

    /// Hands over what was gathered.
    ///
    /// # Errors
    /// [`OutputError::Unwritten`].
    pub fn finish(self) -> Result<(), OutputError> {
        self.terminal.print(Write::flush).map_err(OutputError::Unwritten)
    }
}
