//! `backoffice user import` and `export`, on real exports of other systems.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::path::PathBuf;

use common::{Desk, PASSWORD, Run};
use serde_json::Value;

fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

fn import(desk: &Desk, file: &str, more: &[&str]) -> Run {
    let file = data(file);
    desk.run(["user", "import", file.to_str().unwrap()].iter().chain(more))
}

/// Imports a text; the answer as it was.
fn import_text(desk: &Desk, text: &str, more: &[&str]) -> Run {
    desk.pipe(text, ["user", "import", "-"].iter().chain(more))
}

fn export(desk: &Desk) -> String {
    desk.run(["user", "export", "--include-hashes"]).ended(0).stdout
}

fn users(desk: &Desk) -> Vec<Value> {
    export(desk)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The password behind each hash of `source`: address, password, status there.
fn known_passwords(source: &str) -> Vec<[String; 3]> {
    let mut reader = csv::Reader::from_path(data("known-passwords.csv")).unwrap();
    let rows = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[0] == source);
    rows.map(|row| [row[1].to_owned(), row[2].to_owned(), row[3].to_owned()])
        .collect()
}

#[test]
fn a_spryker_export_comes_in_whole_and_only_once() {
    let desk = Desk::empty();
    let done = import(&desk, "spryker-spy_user.csv", &["--json"]).ended(0).json();
    assert_eq!(
        (&done["action"], &done["created"], &done["failed"]),
        (&"imported".into(), &120.into(), &0.into())
    );
    let mut source = csv::Reader::from_path(data("spryker-spy_user.csv")).unwrap();
    let imported = users(&desk);
    for (row, user) in source.records().map(Result::unwrap).zip(&imported) {
        assert_eq!(user["email"], row[3]);
        assert_eq!(
            (&user["first_name"], &user["last_name"]),
            (&row[1].into(), &row[2].into())
        );
        let status = match &row[6] {
            "blocked" => "deactivated",
            other => other,
        };
        assert_eq!(user["status"], status);
        assert_eq!(user["password_hash"], row[4]);
        let moment = |cell: &str| format!("{}Z", cell.trim_end_matches(".000000").replace(' ', "T"));
        assert_eq!(user["created_at"], moment(&row[7]));
        assert_eq!(user["updated_at"], moment(&row[8]));
        let last_login = if row[5].is_empty() {
            Value::Null
        } else {
            moment(&row[5]).into()
        };
        assert_eq!(user["last_login_at"], last_login);
    }
    let before = export(&desk);
    let again = import(&desk, "spryker-spy_user.csv", &["--json"])
        .ended(4)
        .error();
    assert_eq!(
        (&again["code"], again["failures"].as_array().unwrap().len()),
        (&"conflicting_rows".into(), 120)
    );
    assert_eq!(export(&desk), before);
    let skipped = import(&desk, "spryker-spy_user.csv", &["--if-exists", "skip", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&skipped["created"], &skipped["skipped"]),
        (&0.into(), &120.into())
    );
    assert_eq!(export(&desk), before);
}

#[test]
fn imported_hashes_sign_in_once_and_are_ours_afterwards() {
    let desk = Desk::empty();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    import(&desk, "django-auth_user.json", &[]).ended(0);
    import(&desk, "spryker-spy_user.csv", &[]).ended(0);
    let hash_of = |email: &str| {
        let user = users(&desk)
            .into_iter()
            .find(|user| user["email"] == email)
            .unwrap();
        user["password_hash"].as_str().map(str::to_owned)
    };
    // One of each kind, so that the suite stays quick: the kinds are told by their beginning.
    let mut seen = std::collections::BTreeSet::new();
    for source in ["django", "spryker"] {
        for [email, password, status] in known_passwords(source) {
            let Some(hash) = hash_of(&email) else { continue };
            let kind: String = hash.split('$').take(2).collect();
            if status != "active" || !seen.insert(kind) {
                continue;
            }
            desk.pipe("wrong", ["login", &email, "--password-stdin"]).ended(5);
            assert_eq!(
                hash_of(&email).unwrap(),
                hash,
                "a wrong password rewrites nothing"
            );
            desk.pipe(&password, ["login", &email, "--password-stdin"])
                .ended(0);
            assert!(
                hash_of(&email)
                    .unwrap()
                    .starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
                "{email}"
            );
            desk.pipe(&password, ["login", &email, "--password-stdin"])
                .ended(0);
        }
    }
    assert_eq!(seen.len(), 5, "{seen:?}");
}

#[test]
fn a_django_dump_tells_what_it_did_not_take() {
    let desk = Desk::empty();
    let done = import(&desk, "django-auth_user.json", &[]).ended(0);
    assert!(done.stderr.contains("created 60 users"), "{done:?}");
    assert!(done.stderr.contains("is_staff"), "{done:?}");
    let states: Vec<_> = users(&desk)
        .iter()
        .map(|user| user["password_state"].clone())
        .collect();
    assert_eq!(states.iter().filter(|state| **state == "none").count(), 5);
    let admins = desk.run(["group", "show", "administrators", "--json"]).json();
    assert_eq!(admins["members"], 0);
}

#[test]
fn a_thousand_people_and_exactly_the_pending_ones_activated() {
    let desk = Desk::new();
    let refused = import(&desk, "people.csv", &["--json"]).ended(4).error();
    assert_eq!(refused["failures"][0]["error"]["code"], "group_not_found");
    let done = import(&desk, "people.csv", &["--create-groups", "--json"])
        .ended(0)
        .json();
    assert_eq!(done["created"], 1000);
    let pending = desk
        .run(["user", "list", "--status", "pending", "--format", "ids"])
        .ended(0)
        .stdout;
    let others = desk
        .run(["user", "list", "--status", "deactivated", "--count"])
        .stdout;
    let active: usize = desk
        .run(["user", "list", "--status", "active", "--count"])
        .stdout
        .trim()
        .parse()
        .unwrap();
    assert!(!pending.is_empty());
    let activated = desk
        .pipe(&pending, ["user", "activate", "-", "--format", "ids"])
        .ended(0);
    assert_eq!(activated.stdout, pending);
    assert_eq!(
        desk.run(["user", "list", "--status", "pending", "--count"])
            .stdout,
        "0\n"
    );
    assert_eq!(
        desk.run(["user", "list", "--status", "deactivated", "--count"])
            .stdout,
        others
    );
    let now: usize = desk
        .run(["user", "list", "--status", "active", "--count"])
        .stdout
        .trim()
        .parse()
        .unwrap();
    assert_eq!(now, active + pending.lines().count());
}

#[test]
fn an_export_comes_back_byte_for_byte() {
    let desk = Desk::empty();
    for file in ["spryker-spy_user.csv", "django-auth_user.json", "people.csv"] {
        import(&desk, file, &["--create-groups"]).ended(0);
    }
    desk.run([
        "user",
        "create",
        "root@example.com",
        "--group",
        "administrators",
        "--activate",
    ])
    .ended(0);
    let linked = r#"{"email":"linked@example.com","password_state":"random","must_change_password":true,"identities":[{"provider":"okta","issuer":"https://id.example.com","subject":"00u1"}]}"#;
    import_text(&desk, linked, &[]).ended(0);
    let first = export(&desk);
    let other = Desk::empty();
    import_text(&other, &first, &["--create-groups", "--json"]).ended(4);
    let back = import_text(
        &other,
        &first,
        &["--create-groups", "--allow-administrators", "--json"],
    )
    .ended(0)
    .json();
    assert_eq!(
        (&back["created"], &back["administrators"]),
        (&1182.into(), &1.into())
    );
    assert_eq!(export(&other), first);
    let bare = desk.run(["user", "export"]).ended(0).stdout;
    assert!(!bare.contains("password_hash"));
}

#[test]
fn bad_rows_are_all_listed_and_nothing_goes_in() {
    let desk = Desk::new();
    let text = "email,first_name,password_hash,password,groups\n\
                a@example.com,Ada,,,\n\
                b@,Bob,,,\n\
                A@EXAMPLE.com,Twin,,,\n\
                d@example.com,\"x\u{1b}y\",,,\n\
                e@example.com,E,$md5$whatever,,\n\
                f@example.com,F,,hunter2,\n\
                g@example.com,G,$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo,,\n\
                h@example.com,H\n\
                i@example.com,I,,,nobody\n";
    let refused = import_text(&desk, text, &["--json"]).ended(6).error();
    let lines: Vec<u64> = refused["failures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, [3, 4, 5, 6, 7, 8, 9, 10]);
    let of = |line: u64| {
        let failures = refused["failures"].as_array().unwrap();
        failures.iter().find(|failure| failure["line"] == line).unwrap()["error"].clone()
    };
    assert!(
        of(4)["message"]
            .as_str()
            .unwrap()
            .contains("line 2 has the same address"),
        "{}",
        of(4)
    );
    assert_eq!(of(7)["code"], "weak_password");
    assert!(
        of(8)["message"].as_str().unwrap().contains("isn't in quotes"),
        "{}",
        of(8)
    );
    assert_eq!(of(10)["code"], "group_not_found");
    assert!(!refused.to_string().contains("hunter2"), "no cell is quoted");
    assert_eq!(export(&desk), "");
    let table = import_text(&desk, text, &[]).ended(6);
    assert_eq!(
        table
            .stderr
            .lines()
            .filter(|line| line.starts_with("line "))
            .count(),
        8,
        "{table:?}"
    );
    let kept = import_text(&desk, text, &["--keep-going", "--json"])
        .ended(9)
        .json();
    assert_eq!((&kept["created"], &kept["failed"]), (&1.into(), &8.into()));
    assert_eq!(users(&desk).len(), 1);
}

#[test]
fn what_is_no_import_is_refused_with_a_word_on_what_to_do() {
    let desk = Desk::new();
    for text in [
        "",
        "\n\n",
        "a;b\n",
        "email\n\"open",
        "\0\0\0",
        "[{\"email\":\"a@example.com\"}",
        "email,email\n",
    ] {
        let refused = import_text(&desk, text, &[]).ended(6);
        assert!(refused.stderr.starts_with("error: "), "{text:?}: {refused:?}");
    }
    desk.run(["user", "import", "nowhere.csv"]).ended(6);
    desk.run(["user", "import", "."]).ended(6);
    desk.run(["user", "import", "/dev/null"]).ended(6);
    let mut bytes = b"email,first_name\na@example.com,".to_vec();
    bytes.extend_from_slice(b"\xFF\xFE\n");
    let path = desk.path().join("latin1.csv");
    std::fs::write(&path, bytes).unwrap();
    let refused = desk.run(["user", "import", path.to_str().unwrap()]).ended(6);
    assert!(refused.stderr.contains("UTF-8"), "{refused:?}");
    assert_eq!(export(&desk), "");
}

#[test]
fn a_dry_run_counts_what_would_come_in_and_the_new_administrators() {
    let desk = Desk::new();
    let text = "email,groups\na@example.com,administrators\nb@example.com,\n";
    import_text(&desk, text, &["--dry-run"]).ended(4);
    let dry = import_text(&desk, text, &["--dry-run", "--allow-administrators", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&dry["created"], &dry["administrators"], &dry["dry_run"]),
        (&2.into(), &1.into(), &true.into())
    );
    let told = import_text(&desk, text, &["--dry-run", "--allow-administrators"]).ended(0);
    assert!(told.stderr.contains("would have created 2 users"), "{told:?}");
    assert_eq!(export(&desk), "");
}

#[test]
fn an_update_takes_over_names_and_groups_and_a_password_only_if_told() {
    let desk = Desk::new();
    desk.user("a@example.com");
    desk.run(["user", "create", "p@example.com"]).ended(0);
    let token = desk.token("a@example.com");
    let other = "saffron glacier lantern pewter";
    let text = format!(
        "email,first_name,status,groups,password\na@example.com,Ada,deactivated,support,{other}\np@example.com,Pia,,,\n"
    );
    let update = ["--if-exists", "update", "--create-groups", "--activate", "--json"];
    let done = import_text(&desk, &text, &update).ended(0).json();
    assert_eq!((&done["updated"], &done["created"]), (&2.into(), &0.into()));
    let user = desk.run(["user", "show", "a@example.com", "--json"]).json();
    assert_eq!(
        (&user["first_name"], &user["status"]),
        (&"Ada".into(), &"active".into())
    );
    assert_eq!(user["groups"], serde_json::json!(["support"]));
    assert_eq!(
        desk.run(["user", "show", "p@example.com", "--json"]).json()["status"],
        "active"
    );
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(0);
    desk.pipe(PASSWORD, ["login", "a@example.com", "--password-stdin"])
        .ended(0);
    let again = import_text(&desk, &text, &update).ended(0).json();
    assert_eq!((&again["updated"], &again["skipped"]), (&0.into(), &2.into()));
    import_text(&desk, &text, &[&update[..], &["--reset-passwords"]].concat()).ended(0);
    desk.pipe(&token, ["session", "verify", "--token-stdin"]).ended(5);
    desk.pipe(other, ["login", "a@example.com", "--password-stdin"])
        .ended(0);
}

#[test]
fn plain_passwords_are_hashed_and_weak_imported_ones_must_be_changed() {
    let desk = Desk::new();
    let text = format!("email,password,status\na@example.com,{PASSWORD},active\n");
    import_text(&desk, &text, &[]).ended(0);
    assert!(
        users(&desk)[0]["password_hash"]
            .as_str()
            .unwrap()
            .starts_with("$argon2id$")
    );
    desk.pipe(PASSWORD, ["login", "a@example.com", "--password-stdin"])
        .ended(0);
    // bcrypt of `password`, as PHP makes it.
    let hash = bcrypt::hash("password", 4).unwrap();
    import_text(
        &desk,
        &format!("email,password_hash,status\nw@example.com,{hash},active\n"),
        &[],
    )
    .ended(0);
    let refused = desk
        .pipe(
            "password",
            ["login", "w@example.com", "--password-stdin", "--json"],
        )
        .ended(5);
    assert_eq!(refused.error()["code"], "password_change_required");
    let user = desk.run(["user", "show", "w@example.com", "--json"]).json();
    assert_eq!(
        (&user["must_change_password"], &user["lock"]),
        (&true.into(), &"none".into())
    );
    let input = format!(r#"{{"email":"w@example.com","password":"password","new_password":"{PASSWORD}"}}"#);
    desk.pipe(&input, ["login", "--input", "-"]).ended(0);
}

#[test]
fn times_without_an_offset_are_those_of_the_zone_that_is_named() {
    let desk = Desk::new();
    let text =
        "id_user,username,status,password,created_at\n1,a@example.com,active,,2024-07-01 12:00:00.000000\n";
    import_text(&desk, text, &["--timezone", "Europe/Berlin"]).ended(0);
    assert_eq!(users(&desk)[0]["created_at"], "2024-07-01T10:00:00Z");
    import_text(&desk, text, &["--timezone", "Mars/Olympus"]).ended(2);
}
