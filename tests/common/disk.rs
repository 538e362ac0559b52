//! Disks that are full or read-only: real file systems, mounted for one script alone.

use std::path::Path;
use std::process::Command;

use super::{Desk, Run, path};

/// A file system to mount.
#[derive(Debug, Clone, Copy)]
pub enum Disk {
    /// In memory, of so many KiB.
    Tmpfs(u32),
    /// In an image of 2 MiB.
    Ext4,
}

impl Disk {
    /// Both kinds.
    pub const BOTH: [Self; 2] = [Self::Tmpfs(2048), Self::Ext4];

    fn mount(self) -> String {
        match self {
            Self::Tmpfs(size) => format!("mount -t tmpfs -o size={size}k,mode=700 tmpfs disk\n"),
            Self::Ext4 => "truncate -s 2M image
                mkfs.ext4 -q -m 0 -O ^has_journal image
                mount -o loop image disk
                chmod 700 disk
                rm -rf disk/lost+found\n"
                .to_owned(),
        }
    }
}

/// Runs a script of the shell in the home of `desk`, with the folder `disk` on a disk of its own.
/// `$B` is the program; `backoffice …` runs it on `disk/s.db`; `fill` leaves no room on the disk.
/// The mount ends with the script.
pub fn on_disk(desk: &Desk, disk: Disk, script: &str) -> Run {
    let prelude = r#"
        set -eu
        backoffice() { "$B" --store "$HOME/disk/s.db" "$@"; }
        fill() {
            cat /dev/zero >disk/filler 2>/dev/null || true
            # What the file system kept in reserve for the file comes free once that is synced.
            while dd if=/dev/zero of=disk/filler bs=1k count=1 oflag=append conv=notrunc,fsync 2>/dev/null
            do :; done
        }
        mkdir -p disk
    "#;
    run_alone(desk, &format!("{prelude}{}{script}", disk.mount()))
}

/// Runs a script with mounts of its own.
fn run_alone(desk: &Desk, script: &str) -> Run {
    let mut command = Command::new("unshare");
    if nix::unistd::geteuid().is_root() {
        command.arg("--mount");
    } else {
        command.args(["--user", "--map-root-user", "--mount"]);
    }
    command
        .args(["/bin/sh", "-c", script])
        .env_clear()
        .env("PATH", format!("{}:/usr/sbin:/sbin", path()))
        .env("HOME", desk.path())
        .env("B", env!("CARGO_BIN_EXE_backoffice"))
        .current_dir(desk.path())
        .stdin(std::process::Stdio::null());
    Run::of(&command.output().unwrap())
}

/// Runs the program under `strace`, which kills it at the `nth` of these system calls.
/// `false`: the program ended before that.
pub fn killed_at(desk: &Desk, calls: &str, nth: u32, arguments: &[&str], input: &Path) -> bool {
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-o", "/dev/null"])
        .arg(format!("--trace={calls}"))
        .arg(format!("--inject={calls}:signal=KILL:when={nth}"))
        .arg(env!("CARGO_BIN_EXE_backoffice"))
        .args(arguments)
        .env_clear()
        .env("PATH", path())
        .env("HOME", desk.path())
        .current_dir(desk.path())
        .stdin(std::fs::File::open(input).unwrap());
    let run = Run::of(&command.output().unwrap());
    run.code == 128 + 9
}
