//! The terminal: both streams, formats, tables, questions, secrets typed or piped in,
//! progress, escaping, interruption. One writer owns the streams; nothing else prints, and
//! nothing here knows what a user is.

mod ago;
mod answer;
mod array;
mod choose;
mod csv_writer;
mod escape;
mod fit;
mod input;
mod interrupt;
mod json;
mod limited;
mod list;
mod messages;
mod object;
mod passwords;
mod paste;
mod plain;
mod progress;
mod prompt;
mod qr;
mod raw;
mod record;
mod secret_error;
mod secrets;
mod settings;
mod streams;
mod style;
mod table;
#[cfg(test)]
mod testing;
mod values;
mod waiting;

use std::cell::{Cell, RefCell};
use std::io::{self, BufWriter, Write};
use std::time::Duration;

use jiff::Timestamp;

pub use answer::{Answer, AnswersWriter};
pub use escape::escaped;
pub use input::InputObject;
pub use interrupt::{INTERRUPTED, Interrupts, Watch};
pub use list::ListWriter;
pub use messages::ErrorReport;
pub use plain::LinesWriter;
pub use progress::Progress;
pub use prompt::PromptError;
pub use record::Record;
pub use secret_error::SecretError;
pub use settings::{ColorChoice, Format, Settings, UsageError, check_answer};
pub use streams::Streams;
pub use waiting::escaped_lines;

/// How much of an answer is gathered before it is written.
const BUFFER_BYTES: usize = 64 * 1024;

/// The three standard streams of a run, and how it wants to be answered.
pub struct Terminal {
    settings: Settings,
    interrupts: Interrupts,
    input: RefCell<Box<dyn io::Read>>,
    ready: Box<dyn Fn(Duration) -> io::Result<bool>>,
    hidden: RefCell<streams::ReadHidden>,
    keys: streams::OpenKeys,
    out: RefCell<BufWriter<Box<dyn Write>>>,
    out_is_gone: Box<dyn Fn() -> bool>,
    err: RefCell<Box<dyn Write>>,
    /// Somebody types: standard input is a terminal.
    typed: bool,
    /// Somebody watches: standard error is a terminal.
    watched: bool,
    /// Columns of standard output; none if it is no terminal: nothing is cut then.
    width: Option<usize>,
    /// Columns and lines of standard error, if it is a terminal.
    err_size: Option<(usize, usize)>,
    /// The time of the run, if standard output is a terminal: times say how long ago they were.
    now: Option<Timestamp>,
    colours: Colours,
    /// Standard output was not open when the process started.
    out_is_closed: bool,
    /// The reader of standard output went away: there is nobody to write for.
    reader_gone: Cell<bool>,
    /// The bar that a message must not be written into.
    bar: RefCell<indicatif::WeakProgressBar>,
}

/// Which of the two streams is coloured.
struct Colours {
    out: bool,
    err: bool,
}

/// Why an answer did not reach standard output. A reader that went away is no error.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The form asked for does not fit this answer; nothing was written.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// A secret would be made and lost; nothing was done.
    #[error("standard output is not open, and the password, link or token would be lost: nothing was done")]
    SecretLost,
    /// What was read could not be written out.
    #[error("the answer could not be written: {0}")]
    Unwritten(io::Error),
    /// A write is done, but the answer to it could not be written out.
    #[error("done, but the answer could not be written: {0}")]
    DoneUnwritten(io::Error),
}

impl Terminal {
    /// A terminal on the streams of this process.
    pub fn new(settings: Settings, interrupts: Interrupts) -> Self {
        let streams = Streams::of_process(&interrupts);
        if streams.err_is_terminal {
            interrupts.end_lines();
        }
        Self::with_streams(settings, interrupts, streams)
    }

    /// A terminal on any streams.
    pub fn with_streams(settings: Settings, interrupts: Interrupts, streams: Streams) -> Self {
        Self {
            colours: Colours {
                out: settings.colours(streams.out_is_terminal),
                err: settings.colours(streams.err_is_terminal),
            },
            now: settings.now.filter(|_| streams.out_is_terminal),
            settings,
            interrupts,
            input: RefCell::new(streams.input),
            ready: streams.ready,
            hidden: RefCell::new(streams.hidden),
            keys: streams.keys,
            out: RefCell::new(BufWriter::with_capacity(BUFFER_BYTES, streams.out)),
            out_is_gone: streams.out_is_gone,
            err: RefCell::new(streams.err),
            typed: streams.input_is_terminal,
            watched: streams.err_is_terminal,
            width: streams.width.filter(|_| streams.out_is_terminal),
            err_size: streams.err_size.filter(|_| streams.err_is_terminal),
            out_is_closed: streams.out_is_closed,
            reader_gone: Cell::new(false),
            bar: RefCell::default(),
        }
    }

    /// The form of the answer.
    pub fn format(&self) -> Format {
        self.settings.format
    }

    /// How this run wants to be answered.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether there is somebody to ask: standard input and standard error are terminals,
    /// and `--no-input` was not given.
    pub fn can_ask(&self) -> bool {
        self.typed && self.watched && !self.settings.no_input
    }

    /// Whether somebody watches: standard error is a terminal.
    pub fn is_watched(&self) -> bool {
        self.watched
    }

    /// Checks that a secret that is made will reach somebody. To be called before anything is
    /// done.
    ///
    /// # Errors
    /// [`OutputError::SecretLost`] if standard output was not open when the process started.
    pub fn check_secret_is_kept(&self) -> Result<(), OutputError> {
        if self.out_is_closed {
            return Err(OutputError::SecretLost);
        }
        Ok(())
    }

    /// Writes to standard output. Does nothing once the reader went away, and remembers
    /// when it does.
    fn print(&self, write: impl FnOnce(&mut BufWriter<Box<dyn Write>>) -> io::Result<()>) -> io::Result<()> {
        if self.reader_gone.get() {
            return Ok(());
        }
        match self.clear_of_bar(|| write(&mut self.out.borrow_mut())) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_gone.set(true);
                Ok(())
            }
            other => other,
        }
    }

    /// Whether the reader of standard output went away. A list that waits for more asks, because it
    /// writes nothing that would show it.
    pub fn has_lost_reader(&self) -> bool {
        if (self.out_is_gone)() {
            self.reader_gone.set(true);
        }
        self.reader_gone.get()
    }

    /// Writes whole lines to standard error, clear of a progress bar. Whoever cannot be told
    /// there cannot be told that either, so only questions look at the outcome.
    fn tell(&self, text: &str) -> io::Result<()> {
        let write = || {
            let mut err = self.err.borrow_mut();
            err.write_all(text.as_bytes())?;
            err.flush()
        };
        self.clear_of_bar(write)
    }

    /// Writes clear of a progress bar. A bar that has come to its end is taken away, and not drawn again.
    fn clear_of_bar<T>(&self, write: impl FnOnce() -> T) -> T {
        match self.bar.borrow().upgrade() {
            None => write(),
            Some(bar) if bar.length() == Some(bar.position()) => {
                bar.finish_and_clear();
                write()
            }
            Some(bar) => bar.suspend(write),
        }
    }
}
