//! Ctrl-C and Ctrl-Z. Ctrl-C ends the run with 130, and never leaves a terminal in another mode. At a
//! terminal it ends the line first, so that what the shell writes begins on a line of its own. After
//! Ctrl-Z and `fg`, what was asked or waited for is shown again.

use std::fmt;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use signal_hook::consts::{SIGCONT, SIGINT};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use signal_hook::low_level;

/// The exit code of an interrupted run.
pub const INTERRUPTED: i32 = 130;

/// What runs when the process was stopped and goes on.
type Again = Box<dyn Fn() + Send>;

/// What the process does when a signal comes. Clones share one state.
#[derive(Clone)]
pub struct Interrupts {
    are_installed: bool,
    /// Whether the signal handler itself ends the run.
    ends_run: Arc<AtomicBool>,
    is_prompting: Arc<AtomicBool>,
    has_thread: Arc<AtomicBool>,
    seen: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
    again: Arc<Mutex<Option<Again>>>,
}

impl fmt::Debug for Interrupts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Interrupts").finish_non_exhaustive()
    }
}

impl Interrupts {
    /// From now on SIGINT ends the process with exit code 130, except while
    /// [`during_prompt`](Self::during_prompt) runs.
    ///
    /// # Errors
    /// If the system refuses the handler.
    pub fn install() -> io::Result<Self> {
        let interrupts = Self {
            are_installed: true,
            ..Self::none()
        };
        // The order counts: the handler that ends the run comes before the one that takes note.
        flag::register_conditional_shutdown(SIGINT, INTERRUPTED, Arc::clone(&interrupts.ends_run))?;
        flag::register(SIGINT, Arc::clone(&interrupts.seen))?;
        flag::register(SIGCONT, Arc::clone(&interrupts.resumed))?;
        Ok(interrupts)
    }

    /// No handler: SIGINT does what it does by default.
    pub fn none() -> Self {
        Self {
            are_installed: false,
            ends_run: Arc::new(AtomicBool::new(true)),
            is_prompting: Arc::default(),
            has_thread: Arc::default(),
            seen: Arc::default(),
            resumed: Arc::default(),
            again: Arc::default(),
        }
    }

    /// From now on SIGINT ends the line on standard error before it ends the run. For a terminal. A
    /// signal handler itself may not write, so a thread does.
    pub(super) fn end_lines(&self) {
        if !self.are_installed || self.has_thread.swap(true, Ordering::SeqCst) {
            return;
        }
        let Ok(mut signals) = Signals::new([SIGINT, SIGCONT]) else {
            return;
        };
        let interrupts = self.clone();
        let attend = move || {
            for signal in &mut signals {
                if signal == SIGINT {
                    interrupts.end_run();
                } else if let Some(again) = &*interrupts.again() {
                    again();
                }
            }
        };
        let thread = thread::Builder::new().name("signals".to_owned()).spawn(attend);
        self.ends_run.store(thread.is_err(), Ordering::SeqCst);
    }

    fn end_run(&self) {
        // A prompt sees for itself that SIGINT came, and may have ended since.
        if !self.is_prompting.load(Ordering::SeqCst) && self.were_seen() {
            let _ = io::stderr().write_all(b"\n");
            low_level::exit(INTERRUPTED);
        }
    }

    fn again(&self) -> std::sync::MutexGuard<'_, Option<Again>> {
        self.again.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a prompt. SIGINT is only noted meanwhile, so that the prompt can put the terminal back and
    /// end its line. `None` if it came.
    pub fn during_prompt<T>(&self, prompt: impl FnOnce() -> T) -> Option<T> {
        let prompting = Prompting::of(self);
        self.resumed.store(false, Ordering::SeqCst);
        let answer = prompt();
        let was_interrupted = self.seen.swap(false, Ordering::SeqCst);
        drop(prompting);
        (!was_interrupted).then_some(answer)
    }

    /// Whether SIGINT came since the prompt began.
    pub(super) fn were_seen(&self) -> bool {
        self.seen.load(Ordering::SeqCst)
    }

    /// Whether the process was stopped and goes on, since the last time that this was asked.
    pub(super) fn take_resumed(&self) -> bool {
        self.resumed.swap(false, Ordering::SeqCst)
    }

    /// Runs `again` when the process was stopped and goes on, until the result is dropped.
    pub(super) fn watch(&self, again: impl Fn() + Send + 'static) -> Watch<'_> {
        self.again().replace(Box::new(again));
        Watch(self)
    }
}

/// Lets SIGINT end the run again when it is dropped, also by a panic.
struct Prompting<'a> {
    interrupts: &'a Interrupts,
    ended_run: bool,
}

impl<'a> Prompting<'a> {
    fn of(interrupts: &'a Interrupts) -> Self {
        interrupts.is_prompting.store(true, Ordering::SeqCst);
        Self {
            interrupts,
            ended_run: interrupts.ends_run.swap(false, Ordering::SeqCst),
        }
    }
}

impl Drop for Prompting<'_> {
    fn drop(&mut self) {
        self.interrupts.ends_run.store(self.ended_run, Ordering::SeqCst);
        self.interrupts.is_prompting.store(false, Ordering::SeqCst);
    }
}

/// A wait whose lines are shown again.
pub struct Watch<'a>(&'a Interrupts);

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.0.again().take();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_signal_ends_the_run_again_after_a_prompt() {
        let interrupts = Interrupts::none();
        interrupts.during_prompt(|| assert!(!interrupts.ends_run.load(Ordering::SeqCst)));
        assert!(interrupts.ends_run.load(Ordering::SeqCst));
        // Without handlers there is no thread that would end it.
        interrupts.end_lines();
        assert!(interrupts.ends_run.load(Ordering::SeqCst));
    }

    /// One test: the handlers belong to the whole process, and end it outside of a prompt.
    #[test]
    fn signals_are_noted_during_a_prompt_and_a_wait_hears_that_the_process_goes_on() {
        let interrupts = Interrupts::install().unwrap();
        interrupts.end_lines();
        let answer = interrupts.during_prompt(|| {
            low_level::raise(SIGINT).unwrap();
            interrupts.were_seen()
        });
        assert_eq!(answer, None);

        let (told, hears) = mpsc::channel();
        let resumed = interrupts.during_prompt(|| {
            // The thread has looked at the signal before when it hears the next one.
            let watch = interrupts.watch(move || told.send(()).unwrap());
            low_level::raise(SIGCONT).unwrap();
            assert_eq!(hears.recv(), Ok(()));
            drop(watch);
            (interrupts.take_resumed(), interrupts.take_resumed())
        });
        assert_eq!(resumed, Some((true, false)));
        assert!(!interrupts.ends_run.load(Ordering::SeqCst), "the thread does");
    }
}
