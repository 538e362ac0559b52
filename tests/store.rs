//! The store as a file: what is refused, what is private, and what a write that fails leaves.

#![allow(clippy::unwrap_used, reason = "a test stops there")]
#![allow(clippy::print_stderr, reason = "it says what it shows, or doesn't")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use common::{Desk, PASSWORD};
use rusqlite::Connection;

/// A file that is no store: its name, its bytes, and the code of the refusal.
type NoStore = (&'static str, Vec<u8>, &'static str);

fn no_stores(desk: &Desk) -> Vec<NoStore> {
    let ours = fs::read(desk.store()).unwrap();
    let other = desk.path().join("other");
    Connection::open(&other)
        .and_then(|db| db.execute_batch("CREATE TABLE t (x)"))
        .unwrap();
    let newer = desk.path().join("newer");
    fs::write(&newer, &ours).unwrap();
    Connection::open(&newer)
        .and_then(|db| db.pragma_update(None, "user_version", 99))
        .unwrap();
    let noise = (0..9000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[1]);
    let mut overwritten = ours.clone();
    overwritten[4096..].fill(7);
    vec![
        ("text", b"ada,lovelace\n".to_vec(), "store_not_ours"),
        ("empty", Vec::new(), "store_not_ours"),
        ("random", noise.collect(), "store_not_ours"),
        ("stump", ours[..50].to_vec(), "store_not_ours"),
        ("truncated", ours[..ours.len() / 2].to_vec(), "store_damaged"),
        ("one_byte_short", ours[..ours.len() - 1].to_vec(), "store_damaged"),
        ("overwritten", overwritten, "store_damaged"),
        ("sqlite", fs::read(other).unwrap(), "store_not_ours"),
        ("later", fs::read(newer).unwrap(), "store_newer"),
    ]
}

/// The files of a folder with their content.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// The refusal of reading from and of writing to `store`: exit 7, one sentence, a hint.
#[track_caller]
fn refused(desk: &Desk, store: &Path, code: &str) {
    let store = store.to_str().unwrap();
    for command in [["user", "list"], ["user", "create"]] {
        let mut arguments = command.to_vec();
        if command[1] == "create" {
            arguments.push("ada@example.com");
        }
        arguments.extend(["--json", "--store", store]);
        let run = desk.run(arguments).ended(7);
        assert_eq!(run.stdout, "");
        let error = run.error();
        assert_eq!(error["code"], code, "{run:?}");
        assert!(!error["message"].as_str().unwrap().contains('\n'), "{run:?}");
        assert!(error["hint"].is_string(), "{run:?}");
    }
}

#[test]
fn what_is_no_store_is_refused_and_left_as_it_was() {
    let desk = Desk::new();
    let folder = desk.path().join("stores");
    fs::create_dir(&folder).unwrap();
    let no_stores = no_stores(&desk);
    for (name, bytes, _) in &no_stores {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let before = content(&folder);
    for (name, _, code) in &no_stores {
        refused(&desk, &folder.join(name), code);
    }
    let mut after = content(&folder);
    // What has the first page of a store is opened, and gets the files that SQLite keeps beside one.
    for end in ["-wal", "-shm"] {
        after.remove(&folder.join(format!("overwritten{end}")));
    }
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    assert!(before == after);
}

#[test]
fn a_link_a_folder_and_a_place_others_can_write_are_refused() {
    let desk = Desk::new();
    let link = desk.path().join("link.db");
    symlink(desk.store(), &link).unwrap();
    refused(&desk, &link, "store_link");
    refused(&desk, desk.path(), "store_not_a_file");
    refused(&desk, Path::new("/dev/null"), "store_not_a_file");
    let set_mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let folder = desk.store().parent().unwrap().to_owned();
    let before = fs::read(desk.store()).unwrap();
    set_mode(&desk.store(), 0o660);
    refused(&desk, &desk.store(), "store_unsafe");
    set_mode(&desk.store(), 0o600);
    set_mode(&folder, 0o770);
    refused(&desk, &desk.store(), "store_folder_unsafe");
    set_mode(&folder, 0o700);
    assert_eq!(fs::read(desk.store()).unwrap(), before);
}

#[test]
fn a_named_store_that_is_missing_is_not_made_and_its_setting_is_named() {
    let desk = Desk::empty();
    let path = desk.path().join("no/such.db");
    let shown = path.display();
    let hint = format!("hint: `backoffice init --store {shown}` makes one\n");
    let create = ["user", "create", "ada@example.com"];
    let by_flag = desk
        .run(["user", "create", "ada@example.com", "--store", "no/such.db"])
        .ended(7);
    let says = |origin| format!("error: there is no store at {shown}, which {origin} names\n{hint}");
    assert_eq!(by_flag.stderr, says("flag --store"));
    let mut command = desk.command(create);
    let by_environment = common::Run::of(&command.env("BACKOFFICE_STORE", &path).output().unwrap()).ended(7);
    assert_eq!(by_environment.stderr, says("environment BACKOFFICE_STORE"));
    desk.configure(&format!("store = \"{shown}\"\n"));
    let by_file = desk.run(create).ended(7);
    let config = desk.path().join(".config/backoffice/config.toml");
    assert_eq!(by_file.stderr, says(&format!("file {}", config.display())));
    assert!(!path.parent().unwrap().exists());
}

#[test]
fn a_uri_is_a_file_name_and_a_relative_path_starts_here() {
    let desk = Desk::empty();
    for name in ["file:x?mode=memory", ":memory:", "sub folder/s.db"] {
        desk.run(["init", "--store", name]).ended(0);
        desk.run(["user", "create", "ada@example.com", "--store", name])
            .ended(0);
        assert!(desk.path().join(name).is_file());
        let seen = desk.path().join(name);
        let found = desk.run(["user", "list", "--count", "--store", seen.to_str().unwrap()]);
        assert_eq!(found.to_string(), "1\n--- stderr\n--- exit 0");
    }
}

#[test]
fn the_store_and_the_files_beside_it_are_private_whatever_the_umask() {
    let desk = Desk::empty();
    // A refused sign-in holds the store open until the floor.
    desk.configure("[login]\nfailure_floor = \"10s\"\n");
    let binary = env!("CARGO_BIN_EXE_backoffice");
    let script = r#"umask 022; "$0" init 2>/dev/null && exec "$0" login x@example.com --password-stdin"#;
    let mut child = Command::new("/bin/sh")
        .args(["-c", script, binary])
        .env_clear()
        .env("HOME", desk.path())
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), PASSWORD.as_bytes()).unwrap();
    let beside = |suffix: &str| PathBuf::from(format!("{}{suffix}", desk.store().display()));
    while !(beside("-wal").exists() && beside("-shm").exists()) {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        std::thread::yield_now();
    }
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let modes = ["", "-wal", "-shm"].map(|suffix| mode(beside(suffix)));
    let folder = mode(desk.store().parent().unwrap().to_owned());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!((modes, folder), ([0o600; 3], 0o700));
}

#[test]
fn a_busy_store_is_waited_for_and_then_refused() {
    let desk = Desk::new();
    let other = Connection::open(desk.store()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let create = ["user", "create", "ada@example.com", "--lock-timeout", "50ms"];
    let refused = desk.run(create);
    assert_eq!(
        refused.to_string(),
        "--- stderr\n\
         error: the store is busy: another process has been writing for longer than the lock time-out\n\
         hint: try again, or wait longer with `--lock-timeout 30s`\n\
         --- exit 7"
    );
    desk.run(["user", "list"]).ended(0);
    other.execute_batch("ROLLBACK").unwrap();
    desk.run(create).ended(0);
}

#[test]
fn a_file_that_may_not_grow_takes_no_write_and_acknowledges_none() {
    let desk = Desk::new();
    let people = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/people.csv");
    // 512 or 1024 bytes each, as the shell has it: more than the store, less than its log needs.
    let script = r#"ulimit -f 200; exec "$0" "$@""#;
    let run = |arguments: &[&str]| {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", script, env!("CARGO_BIN_EXE_backoffice")])
            .args(arguments)
            .env_clear()
            .env("HOME", desk.path());
        common::Run::of(&command.output().unwrap())
    };
    let refused = run(&["user", "import", "--create-groups", people, "--json"]).ended(7);
    assert_eq!(refused.stdout, "");
    assert_eq!(refused.error()["code"], "store_full");
    let count = desk.run(["user", "list", "--count", "--all"]);
    assert_eq!(count.to_string(), "0\n--- stderr\n--- exit 0");
    assert_whole(&desk.store());
}

fn assert_whole(store: &Path) {
    let db = Connection::open(store).unwrap();
    let answer: String = db
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(answer, "ok");
}

#[test]
fn a_read_only_folder_is_refused() {
    if nix::unistd::geteuid().is_root() {
        // Nothing is read-only for root: `owner.rs` has it for another user.
        eprintln!("shown by owner.rs, as this is root");
        return;
    }
    let desk = Desk::new();
    let folder = desk.store().parent().unwrap().to_owned();
    let before = fs::read(desk.store()).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o500)).unwrap();
    refused(&desk, &desk.store(), "store_read_only");
    refused(&desk, &folder.join("new.db"), "store_missing");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(fs::read(desk.store()).unwrap(), before);
}

#[test]
fn a_store_with_two_names_is_read_and_not_written_under_either() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let token = desk.token("ada@example.com");
    let other = desk.path().join("rotated/s.db");
    let private = fs::Permissions::from_mode(0o700);
    fs::create_dir(other.parent().unwrap()).unwrap();
    fs::set_permissions(other.parent().unwrap(), private).unwrap();
    fs::hard_link(desk.store(), &other).unwrap();
    let before = fs::read(desk.store()).unwrap();
    // The idle end would be due.
    desk.configure("[session]\nidle = \"2s\"\n");
    for store in [desk.store(), other.clone()] {
        let store = store.to_str().unwrap();
        for arguments in [
            &["user", "list"][..],
            &["user", "exists", "ada@example.com"],
            &["user", "export"],
        ] {
            let read = desk.run([arguments, &["--store", store]].concat()).ended(0);
            assert!(
                read.stderr.starts_with("warning: ") && read.stderr.contains(store),
                "{read:?}"
            );
        }
        desk.pipe(&token, ["session", "verify", "--token-stdin", "--store", store])
            .ended(0);
        let written = desk
            .run(["user", "create", "eve@example.com", "--json", "--store", store])
            .ended(7);
        let error = written.stderr.lines().last().unwrap();
        let error: serde_json::Value = serde_json::from_str(error).unwrap();
        assert_eq!(error["error"]["code"], "store_two_names");
        assert!(error["error"]["hint"].as_str().unwrap().contains("-samefile"));
        let refused = desk
            .pipe(
                PASSWORD,
                [
                    "login",
                    "ada@example.com",
                    "--password-stdin",
                    "--json",
                    "--store",
                    store,
                ],
            )
            .ended(7);
        assert_eq!(refused.error()["code"], "store_two_names");
    }
    assert!(before == fs::read(desk.store()).unwrap());
    fs::remove_file(&other).unwrap();
    desk.run(["user", "create", "eve@example.com"]).ended(0);
}

#[test]
fn a_new_store_takes_the_place_of_no_log_and_belongs_to_no_log() {
    let desk = Desk::new();
    let store = desk.store();
    let beside = |end: &str| format!("{}{end}", store.display());
    for end in ["-wal", "-shm", "-journal"] {
        let refused = desk.run(["init", "--store", &beside(end), "--json"]).ended(7);
        let code = if Path::new(&beside(end)).exists() {
            "store_not_ours"
        } else {
            "store_name"
        };
        assert_eq!(refused.error()["code"], code, "{end}");
    }
    desk.run(["user", "create", "ada@example.com"]).ended(0);
    // Moved away without its log, which holds frames: SQLite would apply them to the next store.
    fs::rename(&store, beside(".moved")).unwrap();
    fs::write(beside("-wal"), [7; 5000]).unwrap();
    let refused = desk.run(["init", "--json"]).ended(7);
    assert_eq!(refused.error()["code"], "store_log_without_store");
    assert_eq!(fs::read(beside("-wal")).unwrap(), [7; 5000]);
    assert!(!store.exists());
    // An empty log belongs to nobody any more.
    fs::write(beside("-wal"), "").unwrap();
    desk.run(["init"]).ended(0);
    assert_eq!(desk.run(["user", "list", "--count"]).stdout, "0\n");
}

#[test]
fn the_commands_of_a_hint_name_the_store_that_the_command_line_named() {
    let desk = Desk::empty();
    desk.run(["init", "--store", "other.db"]).succeeded();
    let create = ["--store", "other.db", "user", "create", "ada@example.com"];
    let created = desk.run(create).ended(0);
    assert!(
        created
            .stderr
            .contains("`backoffice --store other.db user activate ada@example.com`"),
        "{created:?}"
    );
    let taken = desk.run(create.iter().chain(&["--json"])).ended(4);
    let hint = taken.error()["hint"].as_str().unwrap().to_owned();
    assert!(
        hint.contains("`backoffice --store other.db user show ada@example.com`"),
        "{hint}"
    );
    let deleted = desk
        .run([
            "--store",
            "other.db",
            "user",
            "delete",
            "ada@example.com",
            "--yes",
        ])
        .ended(0);
    assert!(
        deleted
            .stderr
            .contains("`backoffice --store other.db user restore ada@example.com`"),
        "{deleted:?}"
    );
    // A row of an import has hints of its own.
    let import = ["--store", "other.db", "user", "import", "-", "--json"];
    let refused = desk.pipe(
        r#"{"email":"ada@example.com","status":"active","password_hash":"$x$1"}"#,
        import.iter().chain(&["--input-format", "jsonl"]),
    );
    let failure = &refused.ended(6).error()["failures"][0];
    let hint = failure["error"]["hint"].as_str().unwrap();
    assert!(
        hint.contains("`backoffice --store other.db reset issue"),
        "{hint}"
    );
    let partly = desk
        .pipe(
            r#"{"email":"ada@example.com","status":"active","password_hash":"$x$1"}"#,
            import.iter().chain(&["--input-format", "jsonl", "--keep-going"]),
        )
        .ended(9)
        .json();
    assert_eq!(&partly["failures"][0]["error"]["hint"], hint);
}
