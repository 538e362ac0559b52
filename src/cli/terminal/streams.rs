//! The standard streams of the process, as one thing that tests can replace.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::rc::Rc;
use std::time::Duration;

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::stat::{SFlag, fstat, stat};
use terminal_size::{Height, Width, terminal_size_of};

use super::Interrupts;
use super::raw::{self, KeySource, RawTerminal, is_ready};

/// Asks, once nothing that is typed is shown any more, and reads one line.
pub(super) type ReadHidden = Box<dyn FnMut(&dyn Fn() -> io::Result<()>) -> io::Result<String>>;
/// Puts the terminal of standard input into raw mode, until the result is dropped.
pub(super) type OpenKeys = Box<dyn Fn() -> io::Result<Rc<dyn KeySource>>>;

/// Where a [`Terminal`](super::Terminal) reads and writes.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about one stream")]
pub struct Streams {
    /// Standard input; must not read ahead of what it is asked for.
    pub input: Box<dyn Read>,
    /// Waits until standard input can be read, at most so long; tells whether it can.
    pub ready: Box<dyn Fn(Duration) -> io::Result<bool>>,
    /// Asks for one line, and reads it from the controlling terminal without showing it.
    pub hidden: ReadHidden,
    /// Opens the keys of standard input, if it is a terminal.
    pub(super) keys: OpenKeys,
    /// Standard output.
    pub out: Box<dyn Write>,
    /// Whether the reader of standard output went away.
    pub out_is_gone: Box<dyn Fn() -> bool>,
    /// Standard error.
    pub err: Box<dyn Write>,
    /// Whether standard input is a terminal.
    pub input_is_terminal: bool,
    /// Whether standard output was not open when the process started.
    pub out_is_closed: bool,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub err_is_terminal: bool,
    /// Columns of standard output, if it is a terminal.
    pub width: Option<usize>,
    /// Columns and lines of standard error, if it is a terminal.
    pub err_size: Option<(usize, usize)>,
}

impl Streams {
    /// Those of this process.
    pub fn of_process(interrupts: &Interrupts) -> Self {
        let size = |stream| {
            terminal_size_of(stream)
                .map(|(Width(columns), Height(lines))| (usize::from(columns), usize::from(lines)))
        };
        let (for_hidden, for_keys) = (interrupts.clone(), interrupts.clone());
        Self {
            input: Box::new(RawInput),
            ready: Box::new(input_is_ready),
            hidden: Box::new(move |ask| hidden_of_terminal(&for_hidden, ask)),
            keys: Box::new(move || keys_of_input(&for_keys)),
            out: Box::new(io::stdout()),
            out_is_gone: Box::new(is_gone),
            err: Box::new(io::stderr()),
            input_is_terminal: io::stdin().is_terminal(),
            out_is_closed: was_closed(io::stdout()),
            out_is_terminal: io::stdout().is_terminal(),
            err_is_terminal: io::stderr().is_terminal(),
            width: size(io::stdout().as_fd()).map(|(columns, _)| columns),
            err_size: size(io::stderr().as_fd()),
        }
    }
}

/// Whether a stream was not open when the process started. The runtime of Rust then opens the
/// null device in its place, for reading and writing. A shell opens it for writing only, so
/// `> /dev/null` is told apart; a program that hands over the null device opened for both
/// (Python's `subprocess.DEVNULL`) is not, and a secret would be lost there too.
fn was_closed(stream: impl AsFd) -> bool {
    let Ok(flags) = fcntl(&stream, FcntlArg::F_GETFL) else {
        return true;
    };
    let reads_and_writes = flags & OFlag::O_ACCMODE.bits() == OFlag::O_RDWR.bits();
    let is_null = || {
        let (Ok(stream), Ok(null)) = (fstat(&stream), stat("/dev/null")) else {
            return false;
        };
        let is_device = stream.st_mode & SFlag::S_IFMT.bits() == SFlag::S_IFCHR.bits();
        is_device && stream.st_rdev == null.st_rdev
    };
    reads_and_writes && is_null()
}

/// Standard input without the buffer of the standard library, which would keep a copy of
/// every secret and hold back what the next prompt should read.
struct RawInput;

impl Read for RawInput {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        Ok(nix::unistd::read(io::stdin(), buffer)?)
    }
}

/// Waits for standard input. A signal ends the wait.
fn input_is_ready(most: Duration) -> io::Result<bool> {
    match is_ready(&io::stdin(), most) {
        Err(Errno::EINTR) => Ok(false),
        outcome => Ok(outcome?),
    }
}

fn is_gone() -> bool {
    let stdout = io::stdout();
    // An error of the stream is told whether or not it was asked for.
    let mut fds = [PollFd::new(stdout.as_fd(), PollFlags::empty())];
    poll(&mut fds, PollTimeout::ZERO).is_ok_and(|count| count > 0)
}

/// The keys of the terminal that is standard input.
fn keys_of_input(interrupts: &Interrupts) -> io::Result<Rc<dyn KeySource>> {
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    Ok(Rc::new(RawTerminal::on(input, interrupts.clone())?))
}

/// From `/dev/tty`, which stays readable after the process became another user.
fn hidden_of_terminal(interrupts: &Interrupts, ask: &dyn Fn() -> io::Result<()>) -> io::Result<String> {
    let tty = File::open("/dev/tty")?;
    let keys: Rc<dyn KeySource> = Rc::new(RawTerminal::on(tty, interrupts.clone())?);
    raw::read_hidden(&keys, ask)
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;

    use super::*;

    #[test]
    fn only_the_null_device_opened_for_both_stands_for_a_closed_stream() {
        let open = |path: &str, read| OpenOptions::new().read(read).write(true).open(path).unwrap();
        assert!(was_closed(open("/dev/null", true)));
        assert!(!was_closed(open("/dev/null", false)));
        assert!(!was_closed(open("/dev/full", true)));
        assert!(!was_closed(tempfile::tempfile().unwrap()));
    }
}
