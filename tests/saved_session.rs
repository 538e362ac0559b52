//! The session that `login` keeps belongs to a store: to the same one when it was moved, and to no
//! other one in its place.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Desk, PASSWORD};
use sha2::{Digest, Sha256};

const ADA: &str = "ada@example.com";

fn signed_in() -> Desk {
    let desk = Desk::new();
    desk.user(ADA);
    sign_in(&desk);
    desk
}

fn sign_in(desk: &Desk) {
    let login = ["login", ADA, "--password-stdin"];
    desk.pipe(PASSWORD, login).succeeded();
}

/// The store with the files beside it.
fn move_store(desk: &Desk, name: &str) -> PathBuf {
    let to = desk.path().join(name);
    for beside in ["", "-wal", "-shm"] {
        let file = |path: &Path| PathBuf::from(format!("{}{beside}", path.display()));
        fs::rename(file(&desk.store()), file(&to)).unwrap();
    }
    to
}

/// The files of saved sessions.
fn saved(desk: &Desk) -> Vec<PathBuf> {
    let folder = desk.path().join(".local/state/backoffice/sessions");
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

/// Keeps the one saved session as an earlier version did: under the path of the store.
fn keep_as_an_earlier_version_did(desk: &Desk) -> PathBuf {
    let files = saved(desk);
    assert_eq!(files.len(), 1);
    let path = fs::canonicalize(desk.store()).unwrap();
    let hash = Sha256::digest(path.as_os_str().as_encoded_bytes());
    let name = hash[..16].iter().fold(String::new(), |mut name, byte| {
        write!(name, "{byte:02x}").unwrap();
        name
    });
    let place = files[0].with_file_name(name);
    fs::rename(&files[0], &place).unwrap();
    place
}

#[track_caller]
fn is_ada(desk: &Desk) {
    let user = desk.run(["whoami", "--json"]).ended(0).json();
    assert_eq!(user["user"]["email"], ADA);
}

#[track_caller]
fn is_nobody(desk: &Desk) {
    let run = desk.run(["whoami", "--json"]).ended(5);
    assert_eq!(run.error()["code"], "not_signed_in");
}

#[test]
fn a_store_that_was_moved_keeps_its_session() {
    let desk = signed_in();
    let moved = move_store(&desk, "moved.db");
    let whoami = ["whoami", "--json", "--store", moved.to_str().unwrap()];
    let user = desk.run(whoami).ended(0).json();
    assert_eq!(user["user"]["email"], ADA);
}

#[test]
fn another_store_in_its_place_has_no_session() {
    let desk = signed_in();
    let moved = move_store(&desk, "moved.db");
    desk.run(["init"]).succeeded();
    is_nobody(&desk);
    // A sign-in there leaves the session of the store that was moved as it is.
    desk.user(ADA);
    sign_in(&desk);
    is_ada(&desk);
    let whoami = ["whoami", "--store", moved.to_str().unwrap()];
    desk.run(whoami).succeeded();
    desk.run(["logout"]).succeeded();
    is_nobody(&desk);
    desk.run(whoami).succeeded();
}

#[test]
fn a_session_that_an_earlier_version_saved_is_taken_over() {
    let desk = signed_in();
    let earlier = keep_as_an_earlier_version_did(&desk);
    is_ada(&desk);
    assert!(!earlier.exists());
    assert_eq!(saved(&desk).len(), 1);
    is_ada(&desk);
}

#[test]
fn a_store_of_an_earlier_version_keeps_its_session_until_somebody_signs_in() {
    let desk = signed_in();
    let earlier = keep_as_an_earlier_version_did(&desk);
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    store.execute("DELETE FROM store_id", []).unwrap();
    is_ada(&desk);
    assert!(earlier.exists());
    sign_in(&desk);
    is_ada(&desk);
    assert!(!earlier.exists());
    // The session that it replaced has ended.
    let count = "SELECT count(*) FROM sessions";
    let count: i64 = store.query_row(count, [], |row| row.get(0)).unwrap();
    assert_eq!(count, 1);
}

#[test]
fn a_session_that_an_earlier_version_saved_for_another_store_is_not_taken() {
    let desk = signed_in();
    let earlier = keep_as_an_earlier_version_did(&desk);
    move_store(&desk, "moved.db");
    desk.run(["init"]).succeeded();
    is_nobody(&desk);
    assert!(earlier.exists());
    assert_eq!(
        desk.run(["logout", "--json"]).ended(0).json()["action"],
        "unchanged"
    );
}
