//! The wait for the browser, as the terminal shows it.

use std::cell::RefCell;
use std::time::Duration;

use crate::cli::browser::TextBrowser;
use crate::cli::context::Context;
use crate::cli::terminal::{Progress, Terminal, Watch};
use crate::domain::duration::show_duration;
use crate::federation::PeerFault;

/// A wait for the browser. While a text browser has the terminal, nothing is drawn on it.
pub(super) struct Wait<'a> {
    terminal: &'a Terminal,
    label: &'a str,
    progress: Progress,
    watch: Option<Watch<'a>>,
    on_terminal: RefCell<Option<TextBrowser>>,
}

impl<'a> Wait<'a> {
    /// Begins. `told` is what the user has been told, and is told again after Ctrl-Z and `fg`.
    pub(super) fn begin(
        context: &Context<'a>,
        label: &'a str,
        told: &str,
        on_terminal: Option<TextBrowser>,
    ) -> Self {
        let terminal = context.terminal;
        let progress = terminal.progress("", None);
        // A text browser shows its own page again.
        let told = if on_terminal.is_some() { "" } else { told };
        Self {
            terminal,
            label,
            progress,
            watch: terminal.watch(told),
            on_terminal: RefCell::new(on_terminal),
        }
    }

    /// Shows how much time is left.
    pub(super) fn goes_on(&self, left: Option<Duration>) {
        let mut on_terminal = self.on_terminal.borrow_mut();
        if let Some(browser) = on_terminal.as_mut() {
            if !browser.has_ended() {
                return;
            }
            on_terminal.take();
            self.terminal.note(
                "the browser was closed before the sign-in was finished: open the address in another browser, or press Ctrl-C",
            );
        }
        let left = show_duration(whole_seconds(left));
        self.progress.waiting(&format!(
            "waiting for your sign-in at {}, {left} left; Ctrl-C ends it",
            self.label
        ));
    }

    /// Tells that a right answer was refused because of its user.
    pub(super) fn refuses(&self, fault: PeerFault) {
        self.terminal.warn(&format!(
            "{fault}; it was refused, and the wait goes on: open the address in a browser of your own operating-system user, or use `--paste`"
        ));
    }

    /// Ends. Gives the text browser that has the terminal.
    pub(super) fn end(self) -> Option<TextBrowser> {
        self.progress.finish();
        drop(self.watch);
        self.on_terminal.into_inner()
    }
}

/// Rounded up: the last second is one too.
pub(super) fn whole_seconds(left: Option<Duration>) -> Duration {
    let left = left.unwrap_or_default();
    Duration::from_secs(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}
