//! A terminal in raw mode: each key comes by itself, and none is shown. In its usual mode the system
//! cuts a line after 4,096 bytes (termios(3), "Canonical and noncanonical mode"), and Ctrl-Z stops the
//! process before it can put the terminal back.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::rc::Rc;
use std::time::Duration;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{LocalFlags, SetArg, SpecialCharacterIndices, Termios, tcgetattr, tcsetattr};
use nix::unistd::Pid;

use super::Interrupts;

const CTRL_C: u8 = 0x03;
const CTRL_Z: u8 = 0x1a;

/// What comes from a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// A byte of what is typed.
    Byte(u8),
    /// Nothing, for as long as was waited.
    Nothing,
    /// The process was stopped and goes on. What was typed before is forgotten.
    Resumed,
    /// Ctrl-C, or SIGINT.
    Interrupted,
}

/// Where keys come from.
pub(super) trait KeySource {
    /// Waits for the next key, at most so long.
    fn next(&self, most: Duration) -> io::Result<Key>;
}

/// A terminal in raw mode. When this is dropped, it is in the mode that it was in before.
pub(super) struct RawTerminal {
    tty: File,
    before: Termios,
    raw: Termios,
    interrupts: Interrupts,
}

impl RawTerminal {
    pub(super) fn on(tty: File, interrupts: Interrupts) -> io::Result<Self> {
        let before = tcgetattr(&tty)?;
        let mut raw = before.clone();
        let edited = LocalFlags::ICANON | LocalFlags::IEXTEN | LocalFlags::ISIG;
        raw.local_flags
            .remove(edited | LocalFlags::ECHO | LocalFlags::ECHONL);
        raw.control_chars[SpecialCharacterIndices::VMIN as usize] = 1;
        raw.control_chars[SpecialCharacterIndices::VTIME as usize] = 0;
        let terminal = Self {
            tty,
            before,
            raw,
            interrupts,
        };
        terminal.set(&terminal.raw)?;
        Ok(terminal)
    }

    fn set(&self, mode: &Termios) -> io::Result<()> {
        Ok(tcsetattr(&self.tty, SetArg::TCSANOW, mode)?)
    }

    /// Does what Ctrl-Z does where the terminal itself looks for it. Returns when the process goes on.
    fn stop(&self) -> io::Result<Key> {
        self.set(&self.before)?;
        kill(Pid::from_raw(0), Signal::SIGTSTP)?;
        self.go_on()
    }

    fn go_on(&self) -> io::Result<Key> {
        self.interrupts.take_resumed();
        // A shell may have changed the mode in the meantime.
        self.set(&self.raw)?;
        Ok(Key::Resumed)
    }
}

impl KeySource for RawTerminal {
    fn next(&self, most: Duration) -> io::Result<Key> {
        let is_ready = match is_ready(&self.tty, most) {
            Err(Errno::EINTR) => false,
            outcome => outcome?,
        };
        if self.interrupts.were_seen() {
            return Ok(Key::Interrupted);
        }
        if self.interrupts.take_resumed() {
            return self.go_on();
        }
        if !is_ready {
            return Ok(Key::Nothing);
        }
        let mut byte = [0];
        match (&self.tty).read(&mut byte)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => match byte[0] {
                CTRL_C => Ok(Key::Interrupted),
                CTRL_Z => self.stop(),
                byte => Ok(Key::Byte(byte)),
            },
        }
    }
}

impl Drop for RawTerminal {
    fn drop(&mut self) {
        let _ = self.set(&self.before);
    }
}

/// Waits until something can be read, at most so long.
pub(super) fn is_ready(stream: &impl AsFd, most: Duration) -> Result<bool, Errno> {
    let mut fds = [PollFd::new(stream.as_fd(), PollFlags::POLLIN)];
    // Rounded up: a wait of less than a millisecond is none, and would be made over and over.
    let most = most.saturating_add(Duration::from_nanos(999_999));
    let most = PollTimeout::try_from(most).unwrap_or(PollTimeout::MAX);
    Ok(poll(&mut fds, most)? > 0)
}

/// How often it is looked whether a signal came.
pub(super) const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Asks, once nothing that is typed is shown any more, and reads one line.
///
/// # Errors
/// [`io::ErrorKind::Interrupted`] on Ctrl-C, [`io::ErrorKind::UnexpectedEof`] on Ctrl-D.
pub(super) fn read_hidden(keys: &Rc<dyn KeySource>, ask: &dyn Fn() -> io::Result<()>) -> io::Result<String> {
    loop {
        ask()?;
        let config = rpassword::ConfigBuilder::new()
            .input_reader(HiddenKeys(Rc::clone(keys)))
            .output_discard()
            .build();
        match rpassword::read_password_with_config(config) {
            Err(error)
                if error
                    .get_ref()
                    .is_some_and(<dyn std::error::Error + Send + Sync>::is::<AskAgain>) => {}
            outcome => return outcome,
        }
    }
}

/// The keys, as `rpassword` reads them.
struct HiddenKeys(Rc<dyn KeySource>);

impl Read for HiddenKeys {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(first) = buffer.first_mut() else {
            return Ok(0);
        };
        loop {
            match self.0.next(LOOK_AGAIN)? {
                Key::Byte(byte) => {
                    *first = byte;
                    return Ok(1);
                }
                Key::Nothing => {}
                Key::Resumed => return Err(io::Error::other(AskAgain)),
                Key::Interrupted => return Err(io::ErrorKind::Interrupted.into()),
            }
        }
    }
}

/// The question has to be shown again.
#[derive(Debug, thiserror::Error)]
#[error("the process was stopped")]
struct AskAgain;

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};
    use std::collections::VecDeque;

    use super::*;

    struct Typed(RefCell<VecDeque<Key>>);

    impl KeySource for Typed {
        fn next(&self, _: Duration) -> io::Result<Key> {
            let key = self.0.borrow_mut().pop_front();
            key.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
        }
    }

    /// What is read, and how often it was asked for.
    fn reading(keys: &[Key]) -> (io::Result<String>, u32) {
        let keys: Rc<dyn KeySource> = Rc::new(Typed(RefCell::new(keys.iter().copied().collect())));
        let asked = Cell::new(0);
        let ask = || {
            asked.set(asked.get() + 1);
            Ok(())
        };
        (read_hidden(&keys, &ask), asked.get())
    }

    fn bytes(text: &str) -> Vec<Key> {
        text.bytes().map(Key::Byte).collect()
    }

    #[test]
    fn a_line_is_read_with_its_corrections() {
        let (line, asked) = reading(&bytes("pä\u{7f}assX\u{8}word\r"));
        assert_eq!((line.unwrap().as_str(), asked), ("password", 1));
        let slowly: Vec<Key> = bytes("pw\n")
            .into_iter()
            .flat_map(|key| [Key::Nothing, key])
            .collect();
        assert_eq!(reading(&slowly).0.unwrap(), "pw");
    }

    #[test]
    fn after_a_stop_the_question_is_asked_again_and_what_was_typed_is_forgotten() {
        let keys = [bytes("half"), vec![Key::Resumed], bytes("whole\n")].concat();
        let (line, asked) = reading(&keys);
        assert_eq!((line.unwrap().as_str(), asked), ("whole", 2));
    }

    #[test]
    fn ctrl_c_and_ctrl_d_end_it() {
        let (line, _) = reading(&[bytes("half"), vec![Key::Interrupted]].concat());
        assert_eq!(line.unwrap_err().kind(), io::ErrorKind::Interrupted);
        let (line, _) = reading(&bytes("\u{4}"));
        assert_eq!(line.unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    }
}
