//! Forms and fields that an answer doesn't have, refused before anything is done.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, Run};

/// Two users.
fn desk() -> Desk {
    let desk = Desk::new();
    for email in ["ada@example.com", "bo@example.com"] {
        desk.run(["user", "create", email]).succeeded();
    }
    desk
}

/// Refused with exit 2 before anything was done.
fn refused(desk: &Desk, arguments: &[&str]) -> String {
    let before = desk.run(["user", "list", "--all", "--json"]).stdout;
    let run = desk.run(arguments).ended(2);
    assert_eq!(run.stdout, "");
    assert_eq!(desk.run(["user", "list", "--all", "--json"]).stdout, before);
    run.stderr
}

#[test]
fn a_form_that_does_not_fit_is_refused_before_anything_is_done() {
    let desk = desk();
    let csv = "error: the format `csv` is for lists\nhint: choose `table`, `json` or `jsonl`\n";
    for arguments in [
        &["user", "create", "cy@example.com", "-o", "csv"][..],
        &[
            "user",
            "deactivate",
            "ada@example.com",
            "bo@example.com",
            "-o",
            "csv",
        ],
        &["user", "delete", "ada@example.com", "--yes", "-o", "csv"],
        &["user", "show", "ada@example.com", "bo@example.com", "-o", "csv"],
    ] {
        assert_eq!(refused(&desk, arguments), csv);
    }
    for command in [
        &[
            "user",
            "create",
            "cy@example.com",
            "--generate-password",
            "-o",
            "ids",
        ][..],
        &[
            "password",
            "set",
            "ada@example.com",
            "--generate-password",
            "-o",
            "ids",
        ],
    ] {
        assert_eq!(
            refused(&desk, command),
            "error: the format `ids` would hide the secret that is made\n\
             hint: choose `table`, `json` or `jsonl`\n"
        );
    }
    assert_eq!(
        refused(&desk, &["config", "show", "-o", "ids"]),
        "error: this answer has no ids\nhint: choose `table`, `json`, `jsonl` or `csv`\n"
    );
    assert_eq!(
        refused(&desk, &["user", "list", "-o", "ids", "--fields", "email"]),
        "error: `--fields` does not go with the format `ids`\n\
         hint: leave `--fields` out, or choose `table`, `json`, `jsonl` or `csv`\n"
    );
    assert_eq!(
        refused(&desk, &["user", "export", "-o", "csv"]),
        "error: an export is always JSONL\nhint: `backoffice user list --all` has the other forms\n"
    );
}

#[test]
fn an_unknown_field_is_refused_with_the_nearest_one() {
    let desk = desk();
    for command in [
        &["user", "list", "--fields", "emial"][..],
        &["user", "show", "ada@example.com", "--fields", "email,emial"],
    ] {
        assert_eq!(
            refused(&desk, command),
            "error: there is no field `emial`\nhint: did you mean `email`?\n"
        );
    }
    let json = refused(
        &desk,
        &["user", "create", "cy@example.com", "--json", "--fields", "acton"],
    );
    assert_eq!(
        json,
        "{\"error\":{\"code\":\"usage\",\"message\":\"there is no field `acton`\",\"hint\":\"did you mean `action`?\"}}\n"
    );
    assert!(
        refused(&desk, &["group", "list", "--fields", "zzz"])
            .contains("hint: the fields are name, members, created_at\n")
    );
}

#[test]
fn every_key_of_an_answer_can_be_asked_for() {
    let answers = |desk: &Desk| -> Vec<Run> {
        let file = desk.file("people.csv", "email,first_name\ncy@example.com,Cy\n");
        vec![
            desk.run(["init", "--json"]),
            desk.run(["user", "import", file.to_str().unwrap(), "--dry-run", "--json"]),
            desk.run([
                "user",
                "create",
                "di@example.com",
                "--generate-password",
                "--dry-run",
                "--json",
            ]),
            desk.run(["group", "create", "di", "--dry-run", "--json"]),
            desk.run(["logout", "--json"]),
        ]
    };
    let desk = desk();
    for answer in answers(&desk) {
        let keys: Vec<String> = answer
            .ended(0)
            .json()
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        let run = desk.run([
            "group",
            "create",
            "x",
            "--dry-run",
            "--json",
            "--fields",
            &keys.join(","),
        ]);
        run.succeeded();
    }
}
