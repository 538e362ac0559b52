//! Ctrl-C: ends the run with 130, but never with a terminal left in another mode.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// The exit code of an interrupted run.
pub const INTERRUPTED: i32 = 130;

/// What SIGINT does. Clones share one answer.
#[derive(Debug, Clone)]
pub struct Interrupts {
    ends_run: Arc<AtomicBool>,
    seen: Arc<AtomicBool>,
}

impl Interrupts {
    /// From now on SIGINT ends the process with exit code 130, except while
    /// [`during_prompt`](Self::during_prompt) runs.
    ///
    /// # Errors
    /// If the system refuses the handler.
    pub fn install() -> io::Result<Self> {
        let interrupts = Self::none();
        // The order counts: what ends the run comes before what only takes note.
        flag::register_conditional_shutdown(SIGINT, INTERRUPTED, Arc::clone(&interrupts.ends_run))?;
        flag::register(SIGINT, Arc::clone(&interrupts.seen))?;
        Ok(interrupts)
    }

    /// No handler: SIGINT does what it does by default.
    pub fn none() -> Self {
        Self {
            ends_run: Arc::new(AtomicBool::new(true)),
            seen: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Runs a prompt that puts the terminal into another mode: SIGINT is only noted
    /// meanwhile, so that the prompt can put the terminal back. `None` if it came.
    pub fn during_prompt<T>(&self, prompt: impl FnOnce() -> T) -> Option<T> {
        let held = Held(&self.ends_run);
        held.0.store(false, Ordering::SeqCst);
        let answer = prompt();
        drop(held);
        (!self.seen.swap(false, Ordering::SeqCst)).then_some(answer)
    }
}

/// Lets SIGINT end the run again, also when a prompt panics.
struct Held<'a>(&'a AtomicBool);

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_during_a_prompt_is_noted_and_ends_nothing() {
        let interrupts = Interrupts::install().unwrap();
        let answer = interrupts.during_prompt(|| signal_hook::low_level::raise(SIGINT).unwrap());
        assert_eq!(answer, None);
        assert_eq!(interrupts.during_prompt(|| 7), Some(7));
    }

    #[test]
    fn a_signal_ends_the_run_again_after_a_prompt() {
        let interrupts = Interrupts::none();
        interrupts.during_prompt(|| assert!(!interrupts.ends_run.load(Ordering::SeqCst)));
        assert!(interrupts.ends_run.load(Ordering::SeqCst));
    }
}
