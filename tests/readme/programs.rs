//! The programs that the README's commands run, each with a note of its arguments.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::common::{self, Desk};

/// The programs that are run as they are, beside `backoffice`.
const OTHERS: [&str; 9] = [
    "base64", "cat", "cmp", "head", "install", "jq", "mkdir", "python3", "xargs",
];

/// What README.md installs with.
const CARGO: &str = "#!/bin/sh\n[ \"$*\" = 'install --locked --path .' ]\n";

/// A folder of programs in front of all others.
pub struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// `cargo` does nothing here: `.ci/run` does the building.
    pub fn new(desk: &Desk) -> Self {
        let programs = Self {
            folder: desk.path().join(".programs"),
        };
        fs::create_dir(&programs.folder).unwrap();
        programs.add("backoffice", &noting(Path::new(env!("CARGO_BIN_EXE_backoffice"))));
        programs.add("cargo", CARGO);
        for name in OTHERS {
            programs.add(name, &noting(&found(name)));
        }
        programs
    }

    fn add(&self, name: &str, script: &str) {
        let path = self.folder.join(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The value of `PATH`.
    pub fn path(&self) -> String {
        format!("{}:{}", self.folder.display(), common::path())
    }

    /// Every program that was run, with its arguments.
    pub fn notes(&self) -> String {
        fs::read_to_string(self.folder.join("notes")).unwrap()
    }
}

/// Where the program is on this machine.
fn found(name: &str) -> PathBuf {
    let path = common::path();
    let mut places = path.split(':').map(|folder| Path::new(folder).join(name));
    places
        .find(|place| place.is_file())
        .unwrap_or_else(|| panic!("{name} is needed, see .ci/test"))
}

/// A script that notes the arguments as everybody on the machine can see them, and then runs the
/// program.
fn noting(program: &Path) -> String {
    let program = program.display();
    format!("#!/bin/sh\nprintf '%s\\n' \"{program} $*\" >> \"${{0%/*}}/notes\"\nexec {program} \"$@\"\n")
}
