//! What a person is told to do elsewhere, while the run waits for it.

use std::io::{self, Write};

use super::Terminal;
use super::escape::escaped;
use super::interrupt::Watch;

/// Lines as a terminal may show them.
pub fn escaped_lines(lines: &[&str]) -> String {
    let lines = lines.iter().map(|line| format!("{}\n", escaped(line)));
    lines.collect()
}

impl Terminal {
    /// Tells [lines](escaped_lines) that the user has to read to go on, under `--quiet` too.
    pub fn instruct_lines(&self, lines: &str) {
        let _ = self.tell(lines);
    }

    /// Shows the [lines](escaped_lines) of a wait again after Ctrl-Z and `fg`, until the result is
    /// dropped. A progress bar for the wait is made before.
    pub fn watch(&self, lines: &str) -> Option<Watch<'_>> {
        let text = lines.to_owned();
        let bar = self.bar.borrow().clone();
        let again = move || {
            let write = || {
                let _ = io::stderr().write_all(text.as_bytes());
            };
            match bar.upgrade() {
                Some(bar) => bar.suspend(write),
                None => write(),
            }
        };
        self.watched.then(|| self.interrupts.watch(again))
    }
}
