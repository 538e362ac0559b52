//! The committed completions, each loaded in its real shell: Tab is pressed behind every command and
//! behind every option of every command. A shell that is missing is a failure: `.ci/test` brings them.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod asked;
mod bash;
#[path = "../common/mod.rs"]
mod common;
mod fish;
mod zsh;

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use common::{Desk, Run};

/// A home with the program on the path, and a file of lines behind which Tab is pressed.
struct Home {
    desk: Desk,
}

impl Home {
    fn new() -> Self {
        let desk = Desk::empty();
        let bin = desk.path().join("bin");
        fs::create_dir(&bin).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_backoffice"), bin.join("backoffice")).unwrap();
        desk.file("lines", &asked::lines());
        Self { desk }
    }

    /// A shell, in a cleared environment.
    fn command(&self, program: &str) -> Command {
        let bin = self.desk.path().join("bin");
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("HOME", self.desk.path())
            .env("PATH", format!("{}:{}", bin.display(), common::path()))
            .env("COMPLETIONS", completions())
            .current_dir(self.desk.path());
        command
    }

    /// Runs a script in a shell.
    fn shell(&self, program: &str, arguments: &[&str], script: &str) -> Run {
        let output = self
            .command(program)
            .args(arguments)
            .arg(script)
            .env("TERM", "dumb")
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("{program} is needed, see .ci/test: {error}"));
        Run::of(&output)
    }

    /// Tab makes no store, and no file at all in the folder in which it is pressed.
    fn is_as_it_was(&self) {
        let below = |folder: &str| self.desk.path().join(folder);
        assert!(!self.desk.store().exists() && !below(".local/share/backoffice").exists());
        let entries = fs::read_dir(self.desk.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
        names.sort();
        let given = ["bin", "lines", "setup"];
        names.retain(|name| !given.contains(&name.as_str()));
        assert_eq!(names, [""; 0]);
    }
}

fn completions() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("completions")
}
