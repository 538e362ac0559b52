//! `user import`: the files that spreadsheets, databases and other programs write.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::process::Command;

use common::{Desk, Run, path};
use serde_json::{Value, json};

fn import(desk: &Desk, bytes: impl AsRef<[u8]>, more: &[&str]) -> Run {
    desk.pipe_bytes(bytes.as_ref(), ["user", "import", "-"].iter().chain(more))
}

/// One field of each user, in the order of creation.
fn listed(desk: &Desk, field: &str) -> Vec<Value> {
    let export = desk.run(["user", "export"]).ended(0).stdout;
    let users = export
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    users.map(|user| user[field].clone()).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_raw_export_of_spryker_has_the_status_as_a_number() {
    let desk = Desk::new();
    let text = "id_user,fk_locale,first_name,last_name,username,password,last_login,status,created_at\n\
                1,46,Zoë,Müller,zoe@example.com,NULL,2025-10-26 02:30:00.000000,0,2024-02-29 23:59:59.999999\n\
                2,66,Bob,O'Hara,bob@example.com,,NULL,1,2024-02-29 23:59:59\n\
                3,66,Cat,C,cat@example.com,,,2,2024-02-29 23:59:59\n";
    import(&desk, text, &[]).ended(0);
    assert_eq!(listed(&desk, "status"), ["active", "deactivated", "deleted"]);
    let wrong = import(&desk, text.replace(",1,2024", ",3,2024"), &[]).ended(6);
    assert!(
        wrong.stderr.contains(
            "line 3 (bob@example.com): `status`: Spryker has active (0), blocked (1) and deleted (2)"
        ),
        "{wrong:?}"
    );
}

#[test]
fn what_a_spreadsheet_leaves_behind_makes_no_difference() {
    let comma = "Email,First Name,Last Name,,\r\n,,,,\r\nzoe@example.com,Zoë,Müller,,\r\n\u{A0},,,,\r\n\
                 \u{A0}bob@example.com ,Bob,\"O'Hara\",,\r\n,,,,\r\n";
    let other = |separator: &str| comma.replace(',', separator);
    let files: [(&str, Vec<u8>); 8] = [
        ("commas", comma.into()),
        ("semicolons and a mark", format!("\u{FEFF}{}", other(";")).into()),
        ("tabs", other("\t").into()),
        (
            "a separator line",
            format!("\u{FEFF}sep=;\r\n{}", other(";")).into(),
        ),
        ("UTF-16 with a mark", utf16(&format!("\u{FEFF}{}", other("\t")))),
        ("UTF-16 without a mark", utf16(comma)),
        ("carriage returns alone", comma.replace("\r\n", "\r").into()),
        (
            "quoted headers",
            other(";")
                .replace("Email", "\"E-Mail\"")
                .replace("First Name", "\"firstName\"")
                .into(),
        ),
    ];
    for (name, bytes) in files {
        let desk = Desk::new();
        let done = import(&desk, &bytes, &[]);
        assert_eq!(done.code, 0, "{name}: {done:?}");
        assert_eq!(
            listed(&desk, "email"),
            ["zoe@example.com", "bob@example.com"],
            "{name}"
        );
        assert_eq!(listed(&desk, "first_name"), ["Zoë", "Bob"], "{name}");
        assert_eq!(listed(&desk, "last_name"), ["Müller", "O'Hara"], "{name}");
    }
}

#[test]
fn a_named_separator_overrules_what_is_recognised() {
    let desk = Desk::new();
    import(
        &desk,
        "email:first_name\na@example.com:Ada;x\n",
        &["--separator", ":"],
    )
    .ended(0);
    assert_eq!(listed(&desk, "first_name"), ["Ada;x"]);
    import(
        &desk,
        "email\tfirst_name\nb@example.com\tBob\n",
        &["--separator", "tab"],
    )
    .ended(0);
    let other = import(&desk, "email,first_name\n", &["--separator", ";"]).ended(6);
    assert_eq!(
        other.stderr,
        "error: the columns are separated by `,`, not by the character that was named\n\
         hint: name this one with `--separator`, or leave `--separator` out\n"
    );
    let groups = import(&desk, "email;groups\nc@example.com;a;b\n", &[]).ended(6);
    assert!(
        groups.stderr.starts_with(
            "line 2 (c@example.com): the row has a wrong number of cells: 3, but the header has 2; \
             put a cell that holds a separator or a line break between double quotes\n"
        ),
        "{groups:?}"
    );
    for wrong in ["ab", "é", "x", "\""] {
        import(&desk, "email\n", &["--separator", wrong]).ended(2);
    }
}

#[test]
fn all_unknown_columns_are_told_at_once_and_can_be_passed_over() {
    let desk = Desk::new();
    let text = "e-mail,mail,Shoe Size,frist_name\na@example.com,x,43,Ada\n";
    let refused = import(&desk, text, &[]).ended(6);
    assert_eq!(
        refused.stderr,
        "error: the header has 3 columns that are not fields of a user: `mail`, `Shoe Size`, `frist_name`\n\
         hint: did you mean `email` for `mail`, `first_name` for `frist_name`? \
         `--ignore-unknown-columns` passes over columns that are not fields of a user\n"
    );
    import(&desk, text, &["--ignore-unknown-columns"]).ended(0);
    assert_eq!(listed(&desk, "first_name"), [""]);
    let json = "{\"eMail\":\"b@example.com\",\"shoeSize\":43,\"firstName\":\"Bob\"}\n";
    let refused = import(&desk, json, &[]).ended(6);
    assert!(
        refused.stderr.contains("`shoeSize` is not a field of a user"),
        "{refused:?}"
    );
    assert!(
        refused
            .stderr
            .contains("hint: `--ignore-unknown-columns` passes over keys"),
        "{refused:?}"
    );
    import(&desk, json, &["--ignore-unknown-columns"]).ended(0);
    assert_eq!(listed(&desk, "first_name"), ["", "Bob"]);
}

/// The line between backticks in a hint, run by a shell in the C locale.
fn run_hint(desk: &Desk, refused: &Run, stdin: &[u8]) {
    let hint = refused
        .stderr
        .lines()
        .find(|line| line.starts_with("hint: "))
        .unwrap();
    let line = hint.split('`').nth(1).unwrap().to_owned();
    let folder = std::path::Path::new(env!("CARGO_BIN_EXE_backoffice"))
        .parent()
        .unwrap();
    let input = desk.path().join("stdin");
    std::fs::write(&input, stdin).unwrap();
    let output = Command::new("sh")
        .args(["-c", &line])
        .env_clear()
        .env("PATH", format!("{}:{}", folder.display(), path()))
        .env("HOME", desk.path())
        .env("LC_ALL", "C")
        .current_dir("/")
        .stdin(std::fs::File::open(input).unwrap())
        .output()
        .unwrap();
    Run::of(&output).ended(0);
}

#[test]
fn windows_1252_is_refused_with_a_line_that_imports_it() {
    let bytes = b"email,first_name,last_name\r\nzoe@example.com,Zo\xEB,M\xFCller\r\n";
    let desk = Desk::new();
    let file = desk.path().join("people of the 'shop'.csv");
    std::fs::write(&file, bytes).unwrap();
    let refused = desk.run(["user", "import", "people of the 'shop'.csv"]).ended(6);
    run_hint(&desk, &refused, b"");
    assert_eq!(listed(&desk, "first_name"), ["Zoë"]);

    let desk = Desk::new();
    let refused = import(&desk, bytes, &[]).ended(6);
    run_hint(&desk, &refused, bytes);
    assert_eq!(listed(&desk, "last_name"), ["Müller"]);

    // The line names the same store, and is told beside the rows that went in.
    let (desk, other) = (Desk::new(), Desk::new());
    let store = other.store();
    let mixed = [
        &b"email,first_name\r\na@example.com,Ada\r\n"[..],
        b"zoe@example.com,Zo\xEB\r\n",
    ]
    .concat();
    let arguments = [
        "--store",
        store.to_str().unwrap(),
        "user",
        "import",
        "-",
        "--keep-going",
    ];
    let partly = desk.pipe_bytes(&mixed, arguments).ended(9);
    let told = format!("| backoffice --store {} user import -`", store.display());
    assert!(partly.stderr.contains(&told), "{partly:?}");
    let header = import(&desk, b"email,Pr\xE9nom\n", &[]).ended(6);
    assert!(
        header.stderr.contains("iconv -f WINDOWS-1252 -t UTF-8 |"),
        "{header:?}"
    );
}

#[test]
fn a_file_of_another_kind_is_called_by_its_name() {
    let desk = Desk::new();
    for (bytes, kind, hint) in [
        (
            &b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0"[..],
            "an Excel workbook",
            "save it as CSV UTF-8",
        ),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "an Excel workbook",
            "save it as CSV UTF-8",
        ),
        (
            b"PK\x03\x04\x0A\0\0\0\0\0people.csv",
            "a zip archive",
            "unpack it",
        ),
        (
            b"\x1F\x8B\x08\0",
            "a file compressed with gzip",
            "`gzip -dc | backoffice user import -`",
        ),
        (b"%PDF-1.7\n", "a PDF document", "export the users as CSV or JSON"),
        (
            b"<?xml version=\"1.0\"?>\n<users>",
            "an XML document",
            "export the users as CSV or JSON",
        ),
        (
            b"<!DOCTYPE html>",
            "an HTML page",
            "export the users as CSV or JSON",
        ),
        (
            b"-- MySQL dump 10.13\n",
            "SQL",
            "export the table of the users as CSV",
        ),
        (
            b"SQLite format 3\0",
            "a SQLite database",
            "export the table of the users as CSV",
        ),
    ] {
        let refused = import(&desk, bytes, &[]).ended(6);
        let told = format!("error: the input is {kind}\nhint: ");
        assert!(
            refused.stderr.starts_with(&told) && refused.stderr.contains(hint),
            "{refused:?}"
        );
    }
    let json = "[{\"email\":\"a@example.com\"}]";
    let refused = import(&desk, json, &["--input-format", "csv"]).ended(6);
    assert!(
        refused.stderr.starts_with("error: the input is JSON\n"),
        "{refused:?}"
    );
    let csv = import(&desk, "email\n", &["--input-format", "jsonl"]).ended(6);
    assert!(csv.stderr.contains("not the kind that was named"), "{csv:?}");
}

#[test]
fn a_compressed_file_is_refused_with_a_line_that_imports_it() {
    let desk = Desk::new();
    desk.file("people.csv", "email\na@example.com\n");
    let gzip = Command::new("gzip").arg(desk.path().join("people.csv")).status();
    assert!(gzip.unwrap().success());
    let refused = desk.run(["user", "import", "people.csv.gz"]).ended(6);
    run_hint(&desk, &refused, b"");
    assert_eq!(listed(&desk, "email"), ["a@example.com"]);
}

fn account(model: &str, fields: &Value) -> Value {
    let mut all = json!({"password": "!", "last_login": null, "is_active": true, "user_permissions": []});
    all.as_object_mut()
        .unwrap()
        .extend(fields.as_object().unwrap().clone());
    json!({"model": model, "pk": 1, "fields": all})
}

#[test]
fn groups_of_a_django_dump_come_with_its_users() {
    let group = |key: u8, name: &str| json!({"model": "auth.group", "pk": key, "fields": {"name": name}});
    let users = [
        account("auth.user", &json!({"email": "a@example.com", "groups": [2]})),
        account(
            "auth.user",
            &json!({"email": "b@example.com", "groups": [["Shop Staff"], ["Editors"]]}),
        ),
    ];
    let whole = json!([users[0], users[1], group(1, "Shop Staff"), group(2, "Editors")]).to_string();
    let desk = Desk::new();
    let refused = import(&desk, &whole, &[]).ended(4);
    assert!(
        refused
            .stderr
            .contains("hint: `--create-groups` makes the missing groups"),
        "{refused:?}"
    );
    import(&desk, &whole, &["--create-groups"]).ended(0);
    assert_eq!(
        listed(&desk, "groups"),
        [json!(["Editors"]), json!(["Editors", "Shop Staff"])]
    );
}

#[test]
fn what_a_django_dump_has_and_cannot_be_taken_is_told() {
    let desk = Desk::new();
    let alone = account(
        "auth.user",
        &json!({"email": "a@example.com", "groups": [1, 2], "user_permissions": [7], "is_staff": true}),
    );
    let told = import(&desk, json!([alone]).to_string(), &[]).ended(0);
    assert_eq!(
        told.stderr,
        "Django's is_staff (1) and is_superuser (0) give no rights here: use groups\n\
         Django's user_permissions (1 user) give no rights here: use groups\n\
         warning: 2 memberships of groups were left out: the dump does not give the names of the groups\n\
         hint: make the dump with the groups: `manage.py dumpdata auth.group auth.user`\n\
         created 1 user\n"
    );
    let again = ["--if-exists", "skip", "--json"];
    let counted = import(&desk, json!([alone]).to_string(), &again).ended(0).json();
    assert_eq!(
        (&counted["skipped"], &counted["groups_left_out"]),
        (&json!(1), &json!(2))
    );
}

#[test]
fn fields_of_a_model_that_are_not_taken_are_named_once() {
    let desk = Desk::new();
    let one = |email: &str, phone: &str| {
        account(
            "people.account",
            &json!({"email": email, "username": "x", "phone": phone, "vip": false, "rank": 1}),
        )
    };
    let dump = json!([
        one("a@example.com", ""),
        one("b@example.com", "1"),
        one("c@example.com", "2")
    ])
    .to_string();
    let told = import(&desk, &dump, &[]).ended(0);
    assert_eq!(
        told.stderr,
        "fields of the dump that are not taken: rank, phone\ncreated 3 users\n"
    );
}

#[test]
fn a_user_model_of_a_project_is_found_or_named() {
    let desk = Desk::new();
    let people = account("people.account", &json!({"login": "a@example.com", "phone": ""}));
    let customers = account("shop.customer", &json!({"email": "b@example.com"}));
    import(&desk, json!([people]).to_string(), &[]).ended(0);
    let both = json!([people, customers]).to_string();
    let refused = import(&desk, &both, &[]).ended(6);
    assert_eq!(
        refused.stderr,
        "error: the dump has two models of users: people.account and shop.customer\n\
         hint: name one of them with `--django-model APP.MODEL`\n"
    );
    import(&desk, &both, &["--django-model", "shop.Customer"]).ended(0);
    assert_eq!(listed(&desk, "email"), ["a@example.com", "b@example.com"]);
    let missing = import(&desk, &both, &["--django-model", "people.user"]).ended(6);
    assert!(
        missing
            .stderr
            .starts_with("error: the dump has no user; its models are people.account, shop.customer\n"),
        "{missing:?}"
    );
}

#[test]
fn json_may_span_lines() {
    let one = serde_json::to_string_pretty(&json!({"email": "a@example.com", "groups": []})).unwrap();
    let other = one.replace("a@", "b@");
    for text in [
        format!("\u{FEFF}{one}\n{other}\n"),
        format!("[\n{one},\n{other}\n]\n"),
        format!("{one}{other}"),
    ] {
        let desk = Desk::new();
        import(&desk, &text, &[]).ended(0);
        assert_eq!(
            listed(&desk, "email"),
            ["a@example.com", "b@example.com"],
            "{text}"
        );
    }
    let desk = Desk::new();
    let broken = format!("{{\n  \"email\": \"c@example.com\"\n\n{one}\n");
    let partly = import(&desk, broken, &["--keep-going"]).ended(9);
    assert!(
        partly.stderr.starts_with("line 1: this isn't a JSON object"),
        "{partly:?}"
    );
    assert_eq!(listed(&desk, "email"), ["a@example.com"]);
}

#[test]
fn times_without_an_offset_are_in_the_named_zone_in_our_own_files_too() {
    let desk = Desk::new();
    let berlin = ["--timezone", "Europe/Berlin"];
    import(
        &desk,
        "email,created_at\na@example.com,2024-07-01 12:00:00\n",
        &berlin,
    )
    .ended(0);
    import(
        &desk,
        "{\"email\":\"b@example.com\",\"created_at\":\"2024-07-01T12:00:00\"}",
        &berlin,
    )
    .ended(0);
    import(
        &desk,
        "email,created_at\nc@example.com,2024-07-01T12:00:00Z\n",
        &berlin,
    )
    .ended(0);
    import(&desk, "email,created_at\nd@example.com,2024-07-01 12:00\n", &[]).ended(0);
    assert_eq!(
        listed(&desk, "created_at"),
        [
            "2024-07-01T10:00:00Z",
            "2024-07-01T10:00:00Z",
            "2024-07-01T12:00:00Z",
            "2024-07-01T12:00:00Z"
        ]
    );
}

#[test]
fn of_very_many_bad_rows_the_first_are_listed_and_the_others_counted() {
    let desk = Desk::new();
    let text = format!("email\ngood@example.com\n{}", "bad\n".repeat(20_000));
    let table = import(&desk, &text, &[]).ended(6);
    let lines: Vec<&str> = table.stderr.lines().collect();
    assert_eq!(lines.len(), 1003);
    assert!(lines[0].starts_with("line 3: ") && lines[999].starts_with("line 1002: "));
    assert_eq!(lines[1000], "19000 more rows were refused, and not listed");
    assert_eq!(
        lines[1001],
        "error: 20000 rows can't be imported, so nothing was imported"
    );
    let error = import(&desk, &text, &["--json"]).ended(6).error();
    assert_eq!(
        (&error["failed"], &error["failures_not_listed"]),
        (&json!(20_000), &json!(19_000))
    );
    assert_eq!(error["failures"].as_array().unwrap().len(), 1000);
    let kept = import(&desk, &text, &["--json", "--keep-going"]).ended(9).json();
    assert_eq!(
        (&kept["created"], &kept["failed"], &kept["failures_not_listed"]),
        (&json!(1), &json!(20_000), &json!(19_000))
    );
}
