//! Every command of README.md as a person types it: line by line, in one shell at a terminal of 80
//! columns.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::blocks::{Block, blocks, is_like};
use crate::common::Desk;
use crate::common::shell::{Shell, screen};
use crate::programs::Programs;

/// The files of the README that others may read. All others have passwords, hashes, tokens or links.
const PUBLIC: [&str; 3] = ["new.ids", "people.csv", "sheet.csv"];

struct Walk {
    desk: Desk,
    programs: Programs,
    shell: Shell,
    /// What the block before has printed.
    printed: String,
    /// Every file that was there at some time, and what was in it.
    files: Vec<(PathBuf, String)>,
}

impl Walk {
    fn begin() -> Self {
        let desk = Desk::empty();
        let programs = Programs::new(&desk);
        let shell = Shell::start(desk.path(), &programs.path());
        Self {
            desk,
            programs,
            shell,
            printed: String::new(),
            files: Vec::new(),
        }
    }

    fn goes_through(&mut self, block: &Block) {
        let place = block.place();
        match block.language {
            "sh" => {
                self.printed.clear();
                for line in block.text.lines() {
                    // In zsh this would be a command.
                    assert!(!line.starts_with('#'), "{place}: {line}");
                    self.types(&place, line, Some(0));
                }
            }
            "console" => {
                for shown in block.console() {
                    let printed = self.types(&place, shown.command, None);
                    // At a terminal, a tick stands in front of what was done.
                    let printed = printed.replace("✓ ", "");
                    assert!(
                        is_like(&shown.output, &printed),
                        "{place}: {}: {printed}",
                        shown.command
                    );
                }
            }
            "python" => {
                self.desk.file("program.py", &block.text);
                self.printed = self.types(&place, "python3 ~/program.py", Some(0));
            }
            "text" => assert!(is_like(&block.text, &self.printed), "{place}: {}", self.printed),
            _ => {}
        }
    }

    /// Types a line; gives what it printed.
    fn types(&mut self, place: &str, line: &str, code: Option<i32>) -> String {
        let typed = self.shell.types(line);
        if let (Some(ended), Some(code)) = (typed.code, code) {
            assert_eq!(ended, code, "{place}: {line}: {}", typed.shown);
        }
        self.looks_at_files(place, line);
        self.printed += &typed.shown;
        typed.shown
    }

    /// What a command leaves can be read by its owner alone.
    fn looks_at_files(&mut self, place: &str, line: &str) {
        for path in files_below(self.desk.path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            let of_others = mode & 0o077;
            assert!(
                of_others == 0 || PUBLIC.contains(&name),
                "{place}: {line}: others can read {name}: {mode:o}"
            );
            if let Ok(text) = fs::read_to_string(&path) {
                self.files.push((path, text));
            }
        }
    }

    /// Every secret that stood in a file.
    fn secrets(&self) -> Vec<&str> {
        let mut secrets = Vec::new();
        for (path, text) in &self.files {
            match path.file_name().unwrap().to_str().unwrap() {
                "hedy.link" | "hedy.password" | "grace.password" => secrets.push(text.trim()),
                "letters.csv" | "links.csv" => {
                    let columns = text.lines().filter_map(|line| line.split(',').nth(1));
                    secrets.extend(columns.map(|column| column.trim_matches('"')));
                }
                _ => {}
            }
        }
        secrets.retain(|secret| !secret.is_empty());
        secrets
    }
}

/// Every file below a folder but hidden ones: what a person sees.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with('.') {
            continue;
        }
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[test]
fn every_command_of_the_readme_does_at_a_terminal_what_it_says_and_asks_nothing() {
    let mut walk = Walk::begin();
    for block in blocks() {
        walk.goes_through(&block);
    }
    let (secrets, notes) = (walk.secrets(), walk.programs.notes());
    assert!(secrets.len() >= 5, "the secrets were not found: {secrets:?}");
    for secret in secrets {
        assert!(!notes.contains(secret), "in the arguments of a program: {secret}");
    }
    for kind in ["bo_r_", "bo_s_", "$argon2"] {
        assert!(!notes.contains(kind), "in the arguments of a program: {kind}");
    }
    assert!(notes.contains("/jq ") && notes.contains("user create"), "{notes}");
}

#[test]
fn what_is_overwritten_on_a_terminal_is_gone() {
    for (text, left) in [
        ("\x1b[1;32m✓\x1b[0m created\r\n", "✓ created\n"),
        ("importing 1/2\rimporting 2/2\r\x1b[2Kdone\r\n", "done\n"),
        ("importing\r\x1b[Kdone", "done"),
    ] {
        assert_eq!(screen(text), left);
    }
}
