//! Ctrl-C and Ctrl-Z. Ctrl-C ends the run with 130, and never leaves a terminal in another mode. After
//! Ctrl-Z and `fg`, what was asked or waited for is shown again.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use signal_hook::consts::{SIGCONT, SIGINT};
use signal_hook::flag;
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level;

/// The exit code of an interrupted run.
pub const INTERRUPTED: i32 = 130;

/// What the process does when a signal comes. Clones share one state.
#[derive(Debug, Clone)]
pub struct Interrupts {
    are_installed: bool,
    ends_run: Arc<AtomicBool>,
    seen: Arc<AtomicBool>,
    resumed: Arc<AtomicBool>,
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
            seen: Arc::default(),
            resumed: Arc::default(),
        }
    }

    /// Runs a prompt. SIGINT is only noted meanwhile, so that the prompt can put the terminal back and
    /// end its line. `None` if it came.
    pub fn during_prompt<T>(&self, prompt: impl FnOnce() -> T) -> Option<T> {
        let held = Held::of(self);
        self.resumed.store(false, Ordering::SeqCst);
        let answer = prompt();
        drop(held);
        (!self.seen.swap(false, Ordering::SeqCst)).then_some(answer)
    }

    /// Whether SIGINT came since the prompt began.
    pub(super) fn were_seen(&self) -> bool {
        self.seen.load(Ordering::SeqCst)
    }

    /// Whether the process was stopped and goes on, since the last time that this was asked.
    pub(super) fn take_resumed(&self) -> bool {
        self.resumed.swap(false, Ordering::SeqCst)
    }

    /// Watches over a wait, until the result is dropped. SIGINT ends the line, and then the run. `again`
    /// runs when the process was stopped and goes on.
    pub(super) fn watch(&self, again: impl Fn() + Send + 'static) -> Watch<'_> {
        let watcher = if self.are_installed {
            Watcher::start(again).ok()
        } else {
            None
        };
        Watch {
            _held: watcher.is_some().then(|| Held::of(self)),
            watcher,
        }
    }
}

/// Lets SIGINT end the run again when it is dropped, also by a panic.
struct Held<'a>(&'a AtomicBool);

impl<'a> Held<'a> {
    fn of(interrupts: &'a Interrupts) -> Self {
        interrupts.ends_run.store(false, Ordering::SeqCst);
        Self(&interrupts.ends_run)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A wait that is watched over.
pub struct Watch<'a> {
    watcher: Option<Watcher>,
    _held: Option<Held<'a>>,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        // Before SIGINT ends the run by itself again.
        drop(self.watcher.take());
    }
}

/// The thread that signals wake up. A signal handler itself may not write.
struct Watcher {
    handle: Handle,
    thread: Option<JoinHandle<()>>,
}

impl Watcher {
    fn start(again: impl Fn() + Send + 'static) -> io::Result<Self> {
        let mut signals = Signals::new([SIGINT, SIGCONT])?;
        let handle = signals.handle();
        let watch = move || {
            for signal in &mut signals {
                if signal == SIGINT {
                    let _ = io::stderr().write_all(b"\n");
                    low_level::exit(INTERRUPTED);
                }
                again();
            }
        };
        let thread = thread::Builder::new().name("signals".to_owned()).spawn(watch)?;
        Ok(Self {
            handle,
            thread: Some(thread),
        })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.handle.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
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
        // Without handlers, a wait leaves all as it is.
        let watch = interrupts.watch(|| ());
        assert!(interrupts.ends_run.load(Ordering::SeqCst));
        drop(watch);
    }

    /// One test: the handlers belong to the whole process, and end it outside of a prompt.
    #[test]
    fn signals_are_noted_during_a_prompt_and_a_wait_hears_that_the_process_goes_on() {
        let interrupts = Interrupts::install().unwrap();
        let answer = interrupts.during_prompt(|| {
            low_level::raise(SIGINT).unwrap();
            interrupts.were_seen()
        });
        assert_eq!(answer, None);
        assert_eq!(interrupts.during_prompt(|| interrupts.were_seen()), Some(false));

        let resumed = interrupts.during_prompt(|| {
            low_level::raise(SIGCONT).unwrap();
            (interrupts.take_resumed(), interrupts.take_resumed())
        });
        assert_eq!(resumed, Some((true, false)));

        let (told, hears) = mpsc::channel();
        let watch = interrupts.watch(move || told.send(()).unwrap());
        assert!(!interrupts.ends_run.load(Ordering::SeqCst));
        low_level::raise(SIGCONT).unwrap();
        assert_eq!(hears.recv(), Ok(()));
        drop(watch);
        assert!(interrupts.ends_run.load(Ordering::SeqCst));
    }
}
