//! Machines that lack something: the command runs in a shell that takes it away first.

use std::process::Stdio;

use super::{Desk, Run, path};

impl Desk {
    /// Runs lines of the shell, in which `$BACKOFFICE` is the program.
    pub fn shell(&self, lines: &str) -> Run {
        self.shell_by(&["/bin/sh"], lines)
    }

    /// Runs lines of the shell as root, with mounts of their own: what they mount is gone
    /// after them. The test needs a system that lets this user do so.
    pub fn shell_with_mounts(&self, lines: &str) -> Run {
        let mut unshare = vec!["unshare", "--mount"];
        if !nix::unistd::geteuid().is_root() {
            unshare.extend(["--user", "--map-root-user"]);
        }
        unshare.push("/bin/sh");
        let can_mount = self.shell_by(&unshare, "mount -t tmpfs tmpfs \"$HOME\"");
        assert_eq!(
            can_mount.code, 0,
            "this system lets the test mount nothing: {can_mount:?}"
        );
        self.shell_by(&unshare, lines)
    }

    fn shell_by(&self, shell: &[&str], lines: &str) -> Run {
        let mut command = std::process::Command::new(shell[0]);
        command
            .args(&shell[1..])
            .args(["-euc", lines])
            .env_clear()
            .env("BACKOFFICE", env!("CARGO_BIN_EXE_backoffice"))
            .env("HOME", self.path())
            .env("PATH", path())
            .current_dir(self.path())
            .stdin(Stdio::null());
        Run::of(&command.output().unwrap())
    }
}
