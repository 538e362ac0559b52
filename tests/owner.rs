//! The store belongs to one operating-system user. Only root can play several of them.

#![allow(clippy::print_stderr, reason = "what was not tried is said")]
#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{PASSWORD, Run};
use tempfile::TempDir;

/// An account every system has, and a uid without one.
const NOBODY: u32 = 65_534;
const STRANGER: u32 = 61_234;
const ROOT: u32 = 0;

/// A place everybody can enter, with the program and a folder of `nobody` in it.
struct Place {
    folder: TempDir,
}

impl Place {
    /// Nothing, if this isn't root.
    fn new() -> Option<Self> {
        if !nix::unistd::geteuid().is_root() {
            eprintln!("not shown: only root can play several users");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let place = Self { folder };
        set_mode(place.folder.path(), 0o755);
        // Where it was built, others may have no way to it. Not copied by this process: a child
        // of another test would inherit the open file, and what is being written can't be run.
        let copied = Command::new("cp")
            .args([env!("CARGO_BIN_EXE_backoffice"), "backoffice"])
            .current_dir(place.folder.path())
            .status();
        assert!(copied.unwrap().success());
        fs::create_dir(place.home()).unwrap();
        set_mode(&place.home(), 0o755);
        chown(place.home(), Some(NOBODY), Some(NOBODY)).unwrap();
        Some(place)
    }

    /// The same with a store of `nobody` and a user in it.
    fn with_store() -> Option<Self> {
        let place = Self::new()?;
        place.run(NOBODY, &["init"]).ended(0);
        place.run(NOBODY, &["user", "create", "ada@example.com"]).ended(0);
        Some(place)
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn store(&self) -> PathBuf {
        self.home().join("desk/s.db")
    }

    /// Runs a command on the store, as `uid`.
    fn run(&self, uid: u32, arguments: &[&str]) -> Run {
        let store = self.store();
        let named = ["--store", store.to_str().unwrap()];
        self.run_bare(uid, arguments.iter().copied().chain(named), "")
    }

    fn run_bare<'a>(&self, uid: u32, arguments: impl IntoIterator<Item = &'a str>, input: &str) -> Run {
        let mut command = Command::new(self.folder.path().join("backoffice"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if uid != ROOT {
            command.uid(uid).gid(uid);
        }
        let mut child = command.spawn().unwrap();
        // Whoever refuses early doesn't read.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), input.as_bytes());
        Run::of(&child.wait_with_output().unwrap())
    }

    /// The uids of everything in the home.
    fn owners(&self) -> Vec<u32> {
        let mut owners = Vec::new();
        collect(&self.home(), &mut owners);
        owners.sort_unstable();
        owners.dedup();
        owners
    }
}

fn collect(path: &Path, owners: &mut Vec<u32>) {
    let metadata = fs::symlink_metadata(path).unwrap();
    owners.push(metadata.uid());
    if metadata.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            collect(&entry.unwrap().path(), owners);
        }
    }
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn root_works_as_the_owner_and_leaves_nothing_of_its_own() {
    let Some(place) = Place::with_store() else { return };
    let list = place.run(ROOT, &["user", "list", "--count"]);
    assert_eq!(list.to_string(), "1\n--- stderr\n--- exit 0");
    place.run(ROOT, &["user", "create", "eve@example.com"]).ended(0);
    // While the owner's own process holds the log open, too.
    let open = rusqlite::Connection::open(place.store()).unwrap();
    for suffix in ["-wal", "-shm"] {
        let beside = PathBuf::from(format!("{}{suffix}", place.store().display()));
        fs::write(&beside, "").unwrap();
        chown(&beside, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    place.run(ROOT, &["user", "create", "bob@example.com"]).ended(0);
    drop(open);
    assert_eq!(place.owners(), [NOBODY]);
    let list = place.run(NOBODY, &["user", "list", "--count"]);
    assert_eq!(list.to_string(), "3\n--- stderr\n--- exit 0");
}

#[test]
fn the_record_tells_that_root_was_it() {
    let Some(place) = Place::with_store() else { return };
    if fs::read_to_string("/proc/self/loginuid").is_ok_and(|uid| uid.trim() != "4294967295") {
        eprintln!("not shown: somebody logged in, and is recorded instead");
        return;
    }
    place.run(ROOT, &["user", "create", "eve@example.com"]).ended(0);
    let db = rusqlite::Connection::open(place.store()).unwrap();
    let mut statement = db
        .prepare("SELECT actor_uid FROM audit_events ORDER BY seq")
        .unwrap();
    let uids = statement.query_map([], |row| row.get(0)).unwrap();
    let uids: Vec<u32> = uids.map(Result::unwrap).collect();
    assert_eq!(uids, [NOBODY, NOBODY, ROOT]);
}

#[test]
fn anybody_else_is_told_the_line_that_works() {
    let Some(place) = Place::with_store() else { return };
    set_mode(place.store().parent().unwrap(), 0o755);
    let before = fs::read(place.store()).unwrap();
    let refused = place.run(
        STRANGER,
        &["user", "create", "eve@example.com", "--last-name", "d'Or"],
    );
    let store = place.store();
    let store = store.display();
    assert_eq!(
        refused.to_string(),
        format!(
            "--- stderr\nerror: {store} belongs to another operating-system user\n\
             hint: `sudo -u nobody backoffice user create eve@example.com --last-name 'd'\\''Or' --store {store}`\n\
             --- exit 7"
        )
    );
    assert_eq!(fs::read(place.store()).unwrap(), before);
    assert_eq!(place.owners(), [NOBODY]);
}

#[test]
fn a_folder_that_cannot_be_entered_is_no_missing_store() {
    let Some(place) = Place::with_store() else { return };
    let refused = place.run(STRANGER, &["user", "list", "--json"]).ended(7);
    assert_eq!(refused.error()["code"], "store_folder");
    assert!(refused.error()["hint"].is_string());
}

#[test]
fn a_log_of_somebody_else_beside_the_store_is_refused() {
    let Some(place) = Place::with_store() else { return };
    let log = PathBuf::from(format!("{}-wal", place.store().display()));
    let _ = fs::remove_file(&log);
    fs::write(&log, "").unwrap();
    let refused = place.run(NOBODY, &["user", "list", "--json"]).ended(7);
    assert_eq!(refused.error()["code"], "store_foreign_owner");
}

#[test]
fn a_read_only_folder_is_refused_where_the_log_and_its_index_are_missing() {
    let Some(place) = Place::with_store() else { return };
    let beside = |end: &str| PathBuf::from(format!("{}{end}", place.store().display()));
    set_mode(place.store().parent().unwrap(), 0o500);
    place.run(NOBODY, &["user", "exists", "ada@example.com"]).ended(0);
    place
        .run(ROOT, &["user", "edit", "ada@example.com", "--first-name", "Ada"])
        .ended(0);
    set_mode(place.store().parent().unwrap(), 0o700);
    for end in ["-wal", "-shm"] {
        fs::remove_file(beside(end)).unwrap();
    }
    let before = fs::read(place.store()).unwrap();
    set_mode(place.store().parent().unwrap(), 0o500);
    for arguments in [
        &["user", "list", "--json"][..],
        &["user", "create", "eve@example.com", "--json"],
    ] {
        for uid in [NOBODY, ROOT] {
            let refused = place.run(uid, arguments).ended(7);
            assert_eq!(refused.stdout, "");
            assert_eq!(refused.error()["code"], "store_read_only");
        }
    }
    assert_eq!(fs::read(place.store()).unwrap(), before);
}

#[test]
fn root_makes_a_store_for_another_user() {
    let Some(place) = Place::new() else { return };
    let made = place.run(ROOT, &["init", "--owner", "nobody"]).ended(0);
    assert!(made.stderr.starts_with("created the store "), "{made:?}");
    assert_eq!(place.owners(), [NOBODY]);
    let again = place.run(ROOT, &["init", "--owner", "nobody", "--json"]).json();
    assert_eq!(again["action"], "unchanged");
    place.run(NOBODY, &["user", "list"]).ended(0);
    place.run(NOBODY, &["init", "--owner", "nobody"]).ended(0);
    let others = place.run(ROOT, &["init", "--owner", "root", "--json"]).ended(7);
    assert_eq!(others.error()["code"], "store_foreign_owner");
    let given_away = place.run(NOBODY, &["init", "--owner", "root", "--json"]).ended(7);
    assert_eq!(
        given_away.error()["message"],
        "only root can act as another operating-system user"
    );
    let unknown = place
        .run(ROOT, &["init", "--owner", "no-such-user", "--json"])
        .ended(6);
    assert_eq!(unknown.error()["code"], "unknown_owner");
}

#[test]
fn root_makes_the_first_store_in_a_home_as_whoever_lives_there() {
    let Some(place) = Place::new() else { return };
    let create = [
        "user",
        "create",
        "ada@example.com",
        "--activate",
        "--password-stdin",
    ];
    place.run_bare(ROOT, create, PASSWORD).ended(0);
    assert_eq!(place.owners(), [NOBODY]);
    place
        .run_bare(NOBODY, ["login", "ada@example.com", "--password-stdin"], PASSWORD)
        .ended(0);
    place.run_bare(NOBODY, ["whoami"], "").ended(0);
}

#[test]
fn a_log_of_another_user_is_given_to_the_owner_of_the_store_by_the_line_of_the_hint() {
    let Some(place) = Place::with_store() else { return };
    let log = place.home().join("desk/s.db-wal");
    fs::write(&log, "").unwrap();
    let owned = |uid| {
        chown(&log, Some(uid), Some(uid)).unwrap();
        place.run(NOBODY, &["user", "list"]).ended(7)
    };
    for uid in [ROOT, STRANGER] {
        let refused = owned(uid);
        assert!(
            refused
                .stderr
                .contains("s.db-wal belongs to another operating-system user"),
            "{refused:?}"
        );
        assert!(!refused.stderr.contains("sudo -u"), "{refused:?}");
        // Root, who becomes the owner of the store, is told the same.
        let (_, line) = refused.stderr.split_once("`chown ").unwrap();
        let by_root = place.run(ROOT, &["user", "list"]).ended(7);
        assert!(by_root.stderr.contains(line), "{by_root:?}");
        let line = line.split('`').next().unwrap();
        let chown = Command::new("chown").args(line.split(' ')).status().unwrap();
        assert!(chown.success());
        place.run(NOBODY, &["user", "list"]).ended(0);
        fs::write(&log, "").unwrap();
    }
}
