//! `backoffice init`: a store of its own, private, made once.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::os::unix::fs::PermissionsExt;

use common::Desk;

#[test]
fn a_store_is_made_once_and_for_its_owner_alone() {
    let desk = Desk::empty();
    let made = desk.run(["init"]).ended(0);
    assert!(made.stderr.starts_with("created the store "), "{made:?}");
    let mode = std::fs::metadata(desk.store()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = desk.run(["init"]).ended(0);
    assert!(again.stderr.starts_with("unchanged: the store "), "{again:?}");
    let groups = desk.run(["group", "list", "--json"]).json();
    assert_eq!(groups[0]["name"], "administrators");
}
