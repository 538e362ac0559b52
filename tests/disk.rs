//! A disk that is full or read-only, and a program that is killed while it writes: nothing is
//! lost, nothing is left half done, and what can be read is read.

#![allow(clippy::unwrap_used, reason = "a test stops there")]
#![allow(clippy::print_stderr, reason = "what was tried is said")]

mod common;

use std::fs;
use std::path::Path;

use common::disk::{Disk, killed_at, on_disk};
use common::{Desk, PASSWORD};
use rusqlite::Connection;

/// Makes a store with two users and a session, the password in the file `password`.
const MAKE: &str = "
    backoffice init -q
    backoffice user create ada@example.com --activate --password-file password -q
    backoffice user create eve@example.com -q
    backoffice login ada@example.com --password-file password --print-token >token
";

/// Every command that only reads, and two that write.
const READ_AND_TRY_TO_WRITE: &str = "
    backoffice session verify --token-file token >/dev/null; echo verify $?
    backoffice user show ada@example.com >/dev/null; echo show $?
    backoffice user list --format ids | wc -l; echo list $?
    backoffice user exists eve@example.com; echo exists $?
    backoffice user export | wc -l; echo export $?
    backoffice group list >/dev/null; echo groups $?
    code=0; backoffice user create new@example.com --json || code=$?; echo create $code
    code=0; backoffice login ada@example.com --password-file password --print-token --json || code=$?; echo login $code
";

const READ: &str = "verify 0\nshow 0\n2\nlist 0\nexists 0\n2\nexport 0\ngroups 0\ncreate 7\nlogin 7\n";

/// The files that SQLite keeps beside a store, there or not.
const SIDE_FILES: [&str; 2] = ["", "rm disk/s.db-wal disk/s.db-shm\n"];

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.file("password", PASSWORD);
    // The idle end moves with each use: that write is tried and fails too.
    desk.configure("[session]\nidle = \"2s\"\n");
    desk
}

#[track_caller]
fn read_but_not_written(disk: Disk, script: &str, code: &str) {
    let desk = desk();
    let run = on_disk(&desk, disk, script).ended(0);
    assert_eq!(run.stdout, READ, "{disk:?}\n{script}\n{run:?}");
    let refusals: Vec<&str> = run.stderr.lines().filter(|line| line.contains("error")).collect();
    assert_eq!(refusals.len(), 2, "{disk:?}\n{script}\n{run:?}");
    for refusal in refusals {
        assert!(
            refusal.contains(&format!("\"code\":\"{code}\"")),
            "{disk:?} {run:?}"
        );
    }
}

#[test]
fn a_store_on_a_full_disk_is_read_and_says_full_to_a_write() {
    for disk in Disk::BOTH {
        for side_files in SIDE_FILES {
            let script = format!("{MAKE}{side_files}fill\n{READ_AND_TRY_TO_WRITE}");
            read_but_not_written(disk, &script, "store_full");
        }
    }
}

#[test]
fn a_store_on_a_read_only_file_system_is_read_and_says_so_to_a_write() {
    for disk in Disk::BOTH {
        for side_files in SIDE_FILES {
            let script = format!("{MAKE}{side_files}mount -o remount,ro disk\n{READ_AND_TRY_TO_WRITE}");
            read_but_not_written(disk, &script, "store_read_only");
        }
    }
}

/// `init` on a disk of each of these sizes.
fn init_on_sizes(sizes: impl Iterator<Item = u32>) {
    let desk = desk();
    let (mut worked, mut refused) = (0, 0);
    for size in sizes {
        let script = "
            code=0; backoffice init -q --json >/dev/null || code=$?
            if [ $code = 0 ]; then backoffice user list --count; else ls -A disk; fi
            exit $code
        ";
        let run = on_disk(&desk, Disk::Tmpfs(size), script);
        match run.code {
            0 => {
                assert_eq!(
                    (run.stdout.as_str(), run.stderr.as_str()),
                    ("0\n", ""),
                    "{size} KiB"
                );
                worked += 1;
            }
            7 => {
                assert_eq!(run.stdout, "", "{size} KiB: something was left");
                assert_eq!(run.error()["code"], "store_full", "{size} KiB");
                refused += 1;
            }
            _ => panic!("{size} KiB: {run:?}"),
        }
    }
    assert!(
        worked > 0 && refused > 0,
        "{worked} worked, {refused} were refused"
    );
}

#[test]
fn init_on_a_small_disk_makes_a_store_that_works_or_leaves_nothing() {
    init_on_sizes((96..=400).step_by(4));
}

/// A store as version 1 of the schema has it, with users in it.
fn store_of_version_1(path: &Path, users: u32) {
    let _ = fs::remove_file(path);
    let db = Connection::open(path).unwrap();
    let _: String = db
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .unwrap();
    db.execute_batch(include_str!("../src/store/sqlite/migrations/0001_people.sql"))
        .unwrap();
    db.execute_batch(&format!(
        "PRAGMA application_id = 0x626F6666; PRAGMA user_version = 1;
         WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < {users})
         INSERT INTO users SELECT randomblob(16), 'u' || i || '@example.com', 'u' || i || '@example.com',
             'First', 'Last', 'active', 'en', NULL, i, i FROM n;"
    ))
    .unwrap();
    db.close().unwrap();
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(path, private).unwrap();
}

fn version(path: &Path) -> i64 {
    let db = Connection::open(path).unwrap();
    let answer: String = db
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(answer, "ok", "{}", path.display());
    db.pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

fn copies(store: &Path) -> Vec<std::path::PathBuf> {
    let folder = fs::read_dir(store.parent().unwrap()).unwrap();
    let paths = folder.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.to_string_lossy().contains(".before-migration-"))
        .collect()
}

fn make_private_folder(folder: &Path) {
    fs::create_dir(folder).unwrap();
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    fs::set_permissions(folder, private).unwrap();
}

/// Kills a migration at each system call that changes a file, one after the other.
fn kill_migrations(most: u32) -> u32 {
    const CALLS: &str = "openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,renameat2,unlink";
    let desk = desk();
    let store = desk.path().join("old/s.db");
    make_private_folder(store.parent().unwrap());
    let nothing = desk.file("nothing", "");
    let list = [
        "user",
        "list",
        "--count",
        "--all",
        "--store",
        store.to_str().unwrap(),
    ];
    for nth in 1..=most {
        store_of_version_1(&store, 300);
        let was_killed = killed_at(&desk, CALLS, nth, &list, &nothing);
        let kept = copies(&store);
        for copy in &kept {
            assert_eq!(version(copy), 1, "kill {nth}");
        }
        let migrated = version(&store) > 1;
        assert!(
            !migrated || !kept.is_empty(),
            "kill {nth}: migrated without a copy"
        );
        let again = desk.run(list).ended(0);
        assert_eq!(again.stdout, "300\n", "kill {nth}");
        assert_eq!(copies(&store).len(), 1, "kill {nth}");
        fs::remove_dir_all(store.parent().unwrap()).unwrap();
        make_private_folder(store.parent().unwrap());
        if !was_killed {
            return nth - 1;
        }
    }
    most
}

#[test]
fn of_many_who_migrate_at_once_one_does_and_its_copy_is_of_the_old_version() {
    for round in 0..5 {
        let desk = desk();
        let store = desk.path().join("old/s.db");
        make_private_folder(store.parent().unwrap());
        store_of_version_1(&store, 300);
        let list = ["user", "list", "--count", "--all", "--store"];
        let started: Vec<_> = (0..32)
            .map(|_| {
                let mut command = desk.command(list.iter().chain(&[store.to_str().unwrap()]));
                let piped = std::process::Stdio::piped;
                command.stdout(piped()).stderr(piped()).spawn().unwrap()
            })
            .collect();
        for child in started {
            let run = common::Run::of(&child.wait_with_output().unwrap()).ended(0);
            assert_eq!(run.stdout, "300\n", "round {round}");
        }
        assert!(version(&store) > 1);
        let kept = copies(&store);
        assert_eq!(kept.len(), 1, "round {round}: {kept:?}");
        assert_eq!(version(&kept[0]), 1, "round {round}");
    }
}

#[test]
fn a_migration_that_is_killed_leaves_the_old_store_or_a_complete_copy() {
    let killed = kill_migrations(1000);
    eprintln!("killed {killed} times");
    assert!(killed > 40, "only {killed} kills");
}

#[test]
fn a_migration_on_a_full_disk_has_a_complete_copy_or_does_not_happen() {
    let desk = desk();
    let old = desk.path().join("old.db");
    store_of_version_1(&old, 3000);
    let size = u32::try_from(fs::metadata(&old).unwrap().len() / 1024).unwrap();
    let (mut migrated, mut refused) = (0, 0);
    for extra in (16..=3 * size).step_by(usize::try_from(size / 8).unwrap()) {
        let script = r#"
            cp old.db disk/s.db
            code=0; backoffice user list --count --all --json || code=$?
            rm -f "$HOME"/after*
            cp disk/s.db "$HOME/after"
            if [ -e disk/s.db-wal ]; then cp disk/s.db-wal "$HOME/after-wal"; fi
            for copy in disk/s.db.before-migration-from-1*; do
                if [ -e "$copy" ]; then cp "$copy" "$HOME/after-copy"; fi
            done
            ls -A disk | grep -c '[.]new' || true
            exit $code
        "#;
        let run = on_disk(&desk, Disk::Tmpfs(size + extra), script);
        let (after, copy) = (desk.path().join("after"), desk.path().join("after-copy"));
        if run.code == 0 {
            assert_eq!(run.stdout, "3000\n0\n", "{extra} KiB");
            assert!(version(&after) > 1);
            assert_eq!(version(&copy), 1);
            migrated += 1;
        } else {
            assert_eq!(
                (run.code, run.stdout.as_str()),
                (7, "0\n"),
                "{extra} KiB: {run:?}"
            );
            assert_eq!(run.error()["code"], "store_full", "{extra} KiB");
            assert_eq!(version(&after), 1, "{extra} KiB");
            if copy.exists() {
                assert_eq!(version(&copy), 1, "{extra} KiB");
            }
            refused += 1;
        }
    }
    assert!(
        migrated > 0 && refused > 0,
        "{migrated} migrated, {refused} refused"
    );
}
