//! A browser that is drawn in the terminal. It runs beside the listener, and has the terminal to itself
//! until it ends.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::fd::AsFd;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::sys::termios::{SetArg, Termios, tcgetattr, tcsetattr};
use nix::unistd::Pid;

use super::command::BrowserCommand;

/// How long a browser may take to end when it is asked to.
const PATIENCE: Duration = Duration::from_secs(2);

/// A text browser that was started.
pub struct TextBrowser {
    child: Child,
    /// The terminal, and its mode before; none where there is no terminal.
    terminal: Option<(File, Termios)>,
}

impl TextBrowser {
    /// Starts the browser on the terminal. Nothing that it shows reaches standard output.
    pub(super) fn start(command: &BrowserCommand) -> io::Result<Self> {
        let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty");
        let terminal = terminal.ok().and_then(|tty| {
            let mode = tcgetattr(&tty).ok()?;
            Some((tty, mode))
        });
        let (stdin, stdout): (Stdio, Stdio) = match &terminal {
            Some((tty, _)) => (tty.try_clone()?.into(), tty.try_clone()?.into()),
            None => (Stdio::null(), io::stderr().as_fd().try_clone_to_owned()?.into()),
        };
        let child = Command::new(&command.program)
            .args(&command.arguments)
            .stdin(stdin)
            .stdout(stdout)
            .spawn()?;
        Ok(Self { child, terminal })
    }

    /// Whether the user has closed it.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until the user has read the last page and closes the browser.
    pub fn wait_until_closed(mut self) {
        if self.terminal.is_some() {
            let _ = self.child.wait();
        }
    }

    /// Ends a browser that has the terminal.
    fn end(&mut self) {
        let Ok(id) = i32::try_from(self.child.id()) else {
            return;
        };
        let _ = kill(Pid::from_raw(id), Signal::SIGTERM);
        // A browser that doesn't end must not hold up the command.
        let (ended, end) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || {
                if end.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                    let _ = kill(Pid::from_raw(id), Signal::SIGKILL);
                }
            });
            let _ = self.child.wait();
            drop(ended);
        });
    }
}

impl Drop for TextBrowser {
    fn drop(&mut self) {
        let Some((tty, mode)) = self.terminal.take() else {
            return;
        };
        if !self.has_ended() {
            self.end();
        }
        let _ = tcsetattr(&tty, SetArg::TCSANOW, &mode);
    }
}
