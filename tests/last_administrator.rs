//! The last active administrator stays, on every path and whoever is quicker.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::process::Stdio;

use common::{Desk, Run};
use serde_json::Value;

fn administrator(desk: &Desk, email: &str) {
    let arguments = ["user", "create", email, "--group", "administrators", "--activate"];
    desk.run(arguments).ended(0);
}

/// Who of the administrators is active.
fn active(desk: &Desk) -> String {
    let list = ["user", "list", "--group", "administrators", "--status", "active"];
    let csv = ["--format", "csv", "--fields", "email"];
    let run = desk.run(list.iter().chain(&csv)).ended(0);
    run.stdout.lines().skip(1).collect::<Vec<_>>().join(" ")
}

fn lines(run: &Run) -> Vec<Value> {
    let parse = |line| serde_json::from_str(line).unwrap();
    run.stdout.lines().map(parse).collect()
}

#[test]
fn of_a_batch_of_all_administrators_the_last_one_is_refused() {
    for arguments in [
        vec!["user", "deactivate", "-"],
        vec!["user", "delete", "-", "--yes"],
        vec!["group", "remove-member", "administrators", "-"],
    ] {
        let desk = Desk::new();
        administrator(&desk, "a@example.com");
        administrator(&desk, "b@example.com");
        let jsonl = ["--format", "jsonl"];
        let run = desk
            .pipe("a@example.com\nb@example.com\n", arguments.iter().chain(&jsonl))
            .ended(9);
        let lines = lines(&run);
        assert_eq!(lines[0]["changed"], true, "{run:?}");
        assert_eq!(lines[1]["target"], "b@example.com", "{run:?}");
        assert_eq!(lines[1]["error"]["code"], "last_administrator", "{run:?}");
        assert_eq!(active(&desk), "b@example.com");
    }
}

#[test]
fn those_who_are_not_active_are_nobody_to_leave_it_to() {
    let desk = Desk::new();
    administrator(&desk, "a@example.com");
    for (email, verb) in [("b@example.com", "deactivate"), ("c@example.com", "delete")] {
        administrator(&desk, email);
        desk.run(["user", verb, email, "--yes"]).ended(0);
    }
    desk.run(["user", "deactivate", "a@example.com"]).ended(4);
    // They can go themselves, for they are not the last active one.
    desk.run(["group", "remove-member", "administrators", "b@example.com"])
        .ended(0);
    desk.run(["user", "activate", "b@example.com"]).ended(0);
    desk.run(["user", "deactivate", "a@example.com"]).ended(4);
}

#[test]
fn the_two_commands_of_the_hint_hand_the_role_over() {
    let desk = Desk::new();
    administrator(&desk, "a@example.com");
    desk.user("b@example.com");
    let refused = desk.run(["user", "delete", "a@example.com", "--yes"]).ended(4);
    assert_eq!(
        refused.stderr,
        "error: a@example.com is the last active administrator\n\
         hint: hand the role over to another active user first: `backoffice group add-member administrators OTHER`, \
         then `backoffice group remove-member administrators a@example.com`\n"
    );
    desk.run(["group", "add-member", "administrators", "b@example.com"])
        .ended(0);
    desk.run(["group", "remove-member", "administrators", "a@example.com"])
        .ended(0);
    desk.run(["user", "delete", "a@example.com", "--yes"]).ended(0);
    assert_eq!(active(&desk), "b@example.com");
}

#[test]
fn an_import_takes_neither_the_status_nor_the_group_away() {
    let desk = Desk::new();
    administrator(&desk, "a@example.com");
    let row = r#"{"email":"A@example.com","first_name":"Ada","status":"deleted","groups":[]}"#;
    desk.pipe(row, ["user", "import", "-", "--if-exists", "update"])
        .ended(0);
    let user = desk.run(["user", "show", "a@example.com", "--json"]).json();
    assert_eq!(user["first_name"], "Ada");
    assert_eq!(active(&desk), "a@example.com");
}

#[test]
fn no_other_spelling_of_the_group_makes_administrators_by_import() {
    let desk = Desk::new();
    for group in ["ADMINISTRATORS", "ａdministrators", "administrator\u{17F}"] {
        let csv = format!("email,groups\na@example.com,{group}\n");
        let import = ["user", "import", "-", "--create-groups", "--json"];
        let refused = desk.pipe(&csv, import).ended(4).error();
        assert_eq!(
            refused["failures"][0]["error"]["code"], "administrators_not_allowed",
            "{group}"
        );
        assert_eq!(
            refused["hint"], "`--allow-administrators` lets the import make administrators",
            "{group}"
        );
    }
    desk.run(["user", "exists", "a@example.com"]).ended(3);
    assert_eq!(
        desk.run(["group", "list", "--format", "ids"]).stdout,
        "administrators\n"
    );
}

#[test]
fn of_all_who_go_at_once_one_stays() {
    let desk = Desk::new();
    let all = ["a@example.com", "b@example.com", "c@example.com", "d@example.com"];
    for email in all {
        administrator(&desk, email);
    }
    let children = all.map(|email| {
        let mut command = desk.command(["user", "deactivate", email, "--lock-timeout", "60s"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    });
    let mut codes = children.map(|mut child| child.wait().unwrap().code());
    codes.sort_unstable();
    assert_eq!(codes, [Some(0), Some(0), Some(0), Some(4)]);
    assert_eq!(active(&desk).split(' ').count(), 1);
}
