//! `user import`, row by row: what is refused, in which words, and what a row may change.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, PASSWORD, Run};
use serde_json::{Value, json};

fn import(desk: &Desk, text: &str, more: &[&str]) -> Run {
    desk.pipe(text, ["user", "import", "-"].iter().chain(more))
}

fn show(desk: &Desk, who: &str) -> Value {
    desk.run(["user", "show", who, "--json"]).ended(0).json()
}

fn everything(desk: &Desk) -> String {
    desk.run(["user", "export", "--include-hashes"]).ended(0).stdout
}

#[test]
fn each_fault_of_a_row_is_told_in_one_line_with_what_to_do() {
    let desk = Desk::new();
    let id = desk.user("taken@example.com");
    desk.user("gone@example.com");
    desk.run(["user", "delete", "gone@example.com", "--yes"]).ended(0);
    let hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo";
    let same_id = format!("id,email\n{id},b@example.com\n");
    let unquoted = format!("email,password_hash\nb@example.com,{hash}\n");
    for (text, code, told) in [
        (
            "email,first_name\nb@example.com\n",
            6,
            "line 2 (b@example.com): the row has a wrong number of cells: 1, but the header has 2; \
             write a cell for every column in each row; a cell may be empty",
        ),
        (
            unquoted.as_str(),
            6,
            "line 2 (b@example.com): the password hash isn't in quotes, so its commas split it into \
             several cells; put the whole hash between double quotes, or use jsonl",
        ),
        (
            "email\nb@example.com\nB@EXAMPLE.com\n",
            6,
            "line 3 (B@EXAMPLE.com): line 2 has the same address; remove one of the two",
        ),
        (
            "email,password_hash\nb@example.com,hunter2\n",
            6,
            "line 2 (b@example.com): `password_hash`: the hash is of no kind that can be verified; leave the \
             hash out, and let the user choose a password: `backoffice reset issue USER --send` mails the user a link",
        ),
        (
            "email,password\nb@example.com,hunter2\n",
            6,
            "line 2 (b@example.com): the password is too short: at least 15 characters are needed; \
             leave the password out, and `backoffice password set - --generate-password` makes one later",
        ),
        (
            "email,first_name\nok@example.com,\"a\nb\"\n",
            6,
            "line 2 (ok@example.com): `first_name`: a name can't hold the character U+000A, which is invisible; \
             type the name instead of copying it: copied text can hold invisible characters",
        ),
        (
            "email,groups\nb@example.com,adminstrators\n",
            4,
            "line 2 (b@example.com): there is no group adminstrators; did you mean administrators? \
             `--create-groups` makes the missing groups",
        ),
        (
            same_id.as_str(),
            4,
            &format!(
                "line 2 (b@example.com): the id {id} is taken by another user; leave `id` out, and the program makes one"
            ),
        ),
        (
            "email\ngone@example.com\n",
            4,
            "line 2: the e-mail address gone@example.com is taken by a user who is deleted",
        ),
    ] {
        let before = everything(&desk);
        let refused = import(&desk, text, &[]).ended(code);
        let first = refused.stderr.lines().next().unwrap();
        assert_eq!(first, told);
        assert!(
            refused
                .stderr
                .contains("\nerror: 1 row can't be imported, so nothing was imported\nhint: "),
            "{refused:?}"
        );
        assert_eq!((refused.stdout.as_str(), everything(&desk)), ("", before));
    }
}

#[test]
fn where_one_flag_takes_all_rows_the_hint_names_it() {
    let desk = Desk::new();
    desk.user("taken@example.com");
    for (text, hint) in [
        (
            "email,groups\na@example.com,sales\nb@example.com,catalog\n",
            "`--create-groups` makes the missing groups",
        ),
        (
            "email,groups\na@example.com,administrators\n",
            "`--allow-administrators` lets the import make administrators",
        ),
        (
            "email\ntaken@example.com\n",
            "`--if-exists skip` leaves existing users unchanged, `--if-exists update` takes over their names",
        ),
        (
            "email,groups\na@example.com,sales\ntaken@example.com,\n",
            "correct them, or import the other rows with `--keep-going`",
        ),
    ] {
        let refused = import(&desk, text, &["--json"]).ended(4).error();
        assert_eq!(refused["hint"], hint);
    }
    assert_eq!(desk.run(["user", "list", "--count"]).stdout, "1\n");
}

#[test]
fn the_good_rows_go_in_under_keep_going_and_the_others_are_named_by_line() {
    let desk = Desk::new();
    let text =
        "{\"email\":\"a@example.com\"}\n\n{\"email\":\"b\"}\n{\"email\":\"c@example.com\"}\n{\"mail\":1}\n";
    let dry = import(&desk, text, &["--keep-going", "--dry-run"]).ended(9);
    assert_eq!(
        dry.stderr,
        "line 3: `email`: the e-mail address isn't of the form name@domain; write it like ada@example.com\n\
         line 5: `mail` is not a field of a user; did you mean `email`?\n\
         would have created 2 users, refused 2 rows\n"
    );
    assert_eq!(everything(&desk), "");
    let done = import(&desk, text, &["--keep-going", "--json"]).ended(9).json();
    assert_eq!(
        (&done["created"], &done["failed"], &done["changed"]),
        (&json!(2), &json!(2), &json!(true))
    );
    let failures: Vec<_> = done["failures"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&failures[0]["line"], &failures[1]["line"]),
        (&json!(3), &json!(5))
    );
    assert_eq!(failures[0]["error"]["code"], "invalid_row");
    let list = desk.run(["user", "list", "--format", "csv", "--fields", "email"]);
    assert_eq!(list.stdout, "email\na@example.com\nc@example.com\n");
}

#[test]
fn an_input_that_breaks_off_takes_nothing_even_under_keep_going() {
    let desk = Desk::new();
    let text = "email,first_name\na@example.com,A\nb@example.com,\"B\n";
    let refused = import(&desk, text, &["--keep-going"]).ended(6);
    assert_eq!(
        refused.stderr,
        "error: the quotes opened in the row of line 3 are never closed\n\
         hint: close the quotes; write a quote inside a quoted cell twice\n"
    );
    assert_eq!(everything(&desk), "");
    let folder = desk.run(["user", "import", "."]).ended(6);
    assert_eq!(
        folder.stderr,
        "error: the file . is a folder\nhint: check the path\n"
    );
    let empty = import(&desk, "", &[]).ended(6);
    assert_eq!(empty.stderr, "error: the input is empty\n");
    let other = import(&desk, "email\na@example.com\n", &["--input-format", "django"]).ended(6);
    assert_eq!(
        other.stderr,
        "error: the input is not csv, jsonl, spryker or django, or not the kind that was named\n\
         hint: name the kind with `--input-format csv|jsonl|spryker|django`\n"
    );
}

#[test]
fn those_who_are_there_are_skipped_and_nothing_changed_then() {
    let desk = Desk::new();
    desk.user("a@example.com");
    let before = everything(&desk);
    let row = r#"{"email":"A@example.com","first_name":"Ada","locale":"de","status":"deleted"}"#;
    let skipped = import(&desk, row, &["--if-exists", "skip", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        skipped,
        json!({"action":"imported","changed":false,"created":0,"updated":0,"skipped":1,"failed":0,
               "administrators":0,"weak_hashes":0,"failures":[]})
    );
    assert_eq!(everything(&desk), before);
}

#[test]
fn an_update_leaves_status_password_id_and_times_alone() {
    let desk = Desk::new();
    let id = desk.user("a@example.com");
    desk.run(["user", "deactivate", &id]).ended(0);
    desk.run(["user", "create", "gone@example.com"]).ended(0);
    desk.run(["user", "delete", "gone@example.com", "--yes"]).ended(0);
    let before = show(&desk, &id);
    let row = json!({
        "id": "0193b0e5-7c5e-7000-8000-000000000001", "email": "a@example.com", "locale": "de-AT",
        "status": "active", "password_state": "none", "must_change_password": true,
        "created_at": "2001-01-01T00:00:00Z", "last_login_at": "2001-01-01T00:00:00Z",
        "identities": [{"provider": "okta", "issuer": "https://id.example.com", "subject": "1"}],
    });
    let update = ["--if-exists", "update", "--activate"];
    import(&desk, &row.to_string(), &update).ended(0);
    let mut expected = before;
    let after = show(&desk, &id);
    expected["locale"] = "de-AT".into();
    expected["updated_at"] = after["updated_at"].clone();
    assert_eq!(after, expected);
    let gone = import(&desk, "email,first_name\ngone@example.com,X\n", &update).ended(4);
    assert!(
        gone.stderr.starts_with(
            "line 2: gone@example.com: a user who is deleted can't be changed; \
             `backoffice user restore gone@example.com` brings the user back, deactivated\n"
        ),
        "{gone:?}"
    );
}

#[test]
fn passwords_are_reset_only_together_with_an_update() {
    let desk = Desk::new();
    let csv = format!("email,password\na@example.com,{PASSWORD}\n");
    for if_exists in ["error", "skip"] {
        let arguments = ["--reset-passwords", "--if-exists", if_exists];
        let refused = import(&desk, &csv, &arguments).ended(2);
        assert_eq!(
            refused.stderr,
            "error: `--reset-passwords` does nothing by itself\n\
             hint: give `--if-exists update` with it\n"
        );
    }
    assert_eq!(everything(&desk), "");
}

#[test]
fn activate_lets_in_whoever_is_pending_and_nobody_else() {
    let desk = Desk::new();
    let csv = "email,status\na@example.com,\nb@example.com,pending\nc@example.com,deactivated\n\
               d@example.com,deleted\n";
    import(&desk, csv, &["--activate"]).ended(0);
    let statuses = ["a", "b", "c", "d"].map(|name| {
        let user = show(&desk, &format!("{name}@example.com"));
        user["status"].as_str().unwrap().to_owned()
    });
    assert_eq!(statuses, ["active", "active", "deactivated", "deleted"]);
}

#[test]
fn a_dry_run_makes_no_group_and_no_store() {
    let desk = Desk::new();
    let csv = "email,groups\na@example.com,sales;catalog\n";
    let dry = import(&desk, csv, &["--create-groups", "--dry-run"]).ended(0);
    assert_eq!(dry.stderr, "would have created 1 user\n");
    assert_eq!(
        desk.run(["group", "list", "--format", "ids"]).stdout,
        "administrators\n"
    );
    let nowhere = Desk::empty();
    import(&nowhere, "email\na@example.com\n", &["--dry-run"]).ended(7);
    assert!(!nowhere.store().exists());
}

#[test]
fn a_hash_that_is_not_taken_on_its_own_has_the_hint_of_a_row() {
    let desk = Desk::new();
    let create = ["user", "create", "a@example.com", "--password-hash-stdin"];
    assert_eq!(
        desk.pipe("$1$abc$def", create).to_string(),
        "--- stderr\n\
         error: the hash is of a kind that is too weak to be taken: MD5-crypt\n\
         hint: leave the hash out, and let the user choose a password: `backoffice reset issue USER --send` \
         mails the user a link\n\
         --- exit 6"
    );
}

#[test]
fn an_export_without_hashes_brings_everything_back_but_the_passwords() {
    let desk = Desk::new();
    desk.user("a@example.com");
    desk.token("a@example.com");
    let exported = desk.run(["user", "export"]).ended(0).stdout;
    let other = Desk::new();
    import(&other, &exported, &[]).ended(0);
    let mut expected = show(&desk, "a@example.com");
    expected["password_state"] = "none".into();
    assert_eq!(show(&other, "a@example.com"), expected);
    other
        .pipe(PASSWORD, ["login", "a@example.com", "--password-stdin"])
        .ended(5);
}
