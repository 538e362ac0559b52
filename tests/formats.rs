//! One answer in every form: lists, records, writes, several targets.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;

/// Two users, the second with what a spreadsheet would run.
fn desk() -> Desk {
    let desk = Desk::new();
    for name in ["support", "sales"] {
        desk.run(["group", "create", name]).succeeded();
    }
    let ada = [
        "user",
        "create",
        "ada@example.com",
        "--first-name",
        "Ada",
        "--activate",
    ];
    desk.run(ada.into_iter().chain(["--group", "support", "--group", "sales"]))
        .succeeded();
    desk.run([
        "user",
        "create",
        "bo@example.com",
        "--first-name",
        "=1+1",
        "--last-name",
        "O\"Neil, Bo",
    ])
    .succeeded();
    desk
}

const FIELDS: &str = "email,first_name,last_name,status,groups";

fn listed(format: &str) -> String {
    let run = desk()
        .run(["user", "list", "--fields", FIELDS, "--format", format])
        .ended(0);
    assert_eq!(run.stderr, "");
    run.stdout
}

#[test]
fn a_list_is_a_table_for_people() {
    assert_eq!(
        listed("table"),
        "email            first_name  last_name   status   groups\n\
         ada@example.com  Ada                     active   sales, support\n\
         bo@example.com   =1+1        O\"Neil, Bo  pending\n"
    );
}

#[test]
fn a_list_is_one_json_document_or_a_line_each() {
    let ada = r#"{"email":"ada@example.com","first_name":"Ada","last_name":"","status":"active","groups":["sales","support"]}"#;
    let bo = r#"{"email":"bo@example.com","first_name":"=1+1","last_name":"O\"Neil, Bo","status":"pending","groups":[]}"#;
    assert_eq!(listed("json"), format!("[\n{ada},\n{bo}\n]\n"));
    assert_eq!(listed("jsonl"), format!("{ada}\n{bo}\n"));
}

#[test]
fn a_list_is_csv_guarded_against_spreadsheets_unless_raw() {
    let csv = "email,first_name,last_name,status,groups\n\
               ada@example.com,Ada,,active,sales;support\n\
               bo@example.com,'=1+1,\"O\"\"Neil, Bo\",pending,\n";
    assert_eq!(listed("csv"), csv);
    let raw = desk().run(["user", "list", "--fields", FIELDS, "-o", "csv", "--csv-raw"]);
    assert_eq!(raw.stdout, csv.replace("'=1+1", "=1+1"));
}

#[test]
fn csv_begins_with_a_byte_order_mark_where_one_is_asked_for() {
    let desk = desk();
    for list in [
        &["user", "list"][..],
        &["user", "list", "--search", "nobody"],
        &["user", "show", "ada@example.com"],
        &["group", "list"],
        &["session", "list"],
        &["reset", "list"],
        &["mail", "queue", "list"],
        &["identity", "list"],
        &["config", "show"],
    ] {
        let csv = |more: &[&str]| {
            let arguments = list.iter().chain(&["--format", "csv"]).chain(more);
            desk.run(arguments).ended(0).stdout
        };
        assert_eq!(csv(&["--csv-bom"]), format!("\u{feff}{}", csv(&[])), "{list:?}");
        assert_eq!(
            csv(&["--csv-bom", "--csv-raw"]),
            format!("\u{feff}{}", csv(&["--csv-raw"]))
        );
    }
    let json = ["user", "list", "--json", "--csv-bom"];
    assert!(desk.run(json).ended(0).stdout.starts_with('['));
}

#[test]
fn csv_with_a_byte_order_mark_can_be_imported() {
    let desk = desk();
    let fields = ["--fields", "email,first_name,last_name,status,groups"];
    let list = ["user", "list", "--format", "csv", "--csv-bom", "--csv-raw"];
    let csv = desk.run(list.iter().chain(&fields)).ended(0).stdout;
    let other = Desk::new();
    other
        .pipe(&csv, ["user", "import", "-", "--create-groups"])
        .ended(0);
    assert_eq!(other.run(list.iter().chain(&fields)).ended(0).stdout, csv);
}

#[test]
fn a_list_is_ids_that_other_commands_take() {
    let desk = desk();
    let ids = desk.run(["user", "list", "-o", "ids"]).ended(0).stdout;
    assert_eq!(ids.lines().count(), 2);
    let shown = desk.pipe(&ids, ["user", "show", "-", "--fields", "email", "-o", "jsonl"]);
    assert_eq!(
        shown.ended(0).stdout,
        "{\"email\":\"ada@example.com\"}\n{\"email\":\"bo@example.com\"}\n"
    );
}

#[test]
fn an_empty_list_is_empty_in_its_own_way() {
    let desk = Desk::new();
    let run = |format| {
        desk.run(["user", "list", "--fields", "email", "-o", format])
            .ended(0)
    };
    assert_eq!(run("json").to_string(), "[]\n--- stderr\n--- exit 0");
    assert_eq!(run("jsonl").to_string(), "--- stderr\n--- exit 0");
    assert_eq!(run("csv").to_string(), "email\n--- stderr\n--- exit 0");
    assert_eq!(
        run("table").to_string(),
        "--- stderr\nno user matches\n--- exit 0"
    );
    let ids = desk.run(["user", "list", "-o", "ids"]).ended(0);
    assert_eq!(ids.to_string(), "--- stderr\n--- exit 0");
}

#[test]
fn a_record_is_a_line_a_key_or_one_object() {
    let desk = desk();
    let show = |format| {
        let run = desk.run([
            "user",
            "show",
            "ada@example.com",
            "--fields",
            "groups,email",
            "-o",
            format,
        ]);
        run.ended(0).stdout
    };
    assert_eq!(show("table"), "groups  sales, support\nemail   ada@example.com\n");
    assert_eq!(
        show("json"),
        "{\"groups\":[\"sales\",\"support\"],\"email\":\"ada@example.com\"}\n"
    );
    assert_eq!(show("jsonl"), show("json"));
    assert_eq!(show("csv"), "groups,email\nsales;support,ada@example.com\n");
}

#[test]
fn a_user_has_the_fields_of_the_contract_in_their_order() {
    let run = desk().run(["user", "show", "ada@example.com", "--json"]).ended(0);
    let keys: Vec<String> = run.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        keys,
        [
            "id",
            "email",
            "first_name",
            "last_name",
            "status",
            "locale",
            "groups",
            "password_state",
            "must_change_password",
            "identities",
            "lock",
            "locked_until",
            "last_login_at",
            "created_at",
            "updated_at"
        ]
    );
}

#[test]
fn a_write_says_what_it_did_and_to_whom() {
    let desk = desk();
    let table = desk.run(["user", "deactivate", "ada@example.com"]).ended(0);
    assert_eq!(
        table.to_string(),
        "--- stderr\ndeactivated ada@example.com\n--- exit 0"
    );
    let json = desk
        .run(["user", "activate", "ada@example.com", "--json"])
        .ended(0);
    assert_eq!(json.stderr, "");
    assert_eq!(json.stdout.lines().count(), 1);
    let answer = json.json();
    assert_eq!(
        (&answer["action"], &answer["changed"]),
        (&"activated".into(), &true.into())
    );
    assert_eq!(answer["changed_fields"], serde_json::json!(["status"]));
    assert_eq!(answer["user"]["status"], "active");
    let again = desk
        .run(["user", "activate", "ada@example.com", "-o", "jsonl"])
        .ended(0)
        .json();
    assert_eq!(
        (&again["action"], &again["changed"]),
        (&"unchanged".into(), &false.into())
    );
    let ids = desk
        .run(["user", "deactivate", "ada@example.com", "-o", "ids"])
        .ended(0);
    assert_eq!(ids.stdout.trim(), answer["user"]["id"]);
    assert_eq!(ids.stderr, "");
}

#[test]
fn quiet_leaves_a_write_without_a_word() {
    let run = desk().run(["user", "deactivate", "ada@example.com", "--quiet"]);
    assert_eq!(run.to_string(), "--- stderr\n--- exit 0");
}

#[test]
fn several_targets_answer_in_order_and_a_failure_stands_in_its_place() {
    let desk = desk();
    let run = |format: &[&'static str]| {
        let targets = [
            "user",
            "deactivate",
            "ada@example.com",
            "nobody@example.com",
            "bo@example.com",
        ];
        desk.run(targets.iter().chain(format)).ended(9)
    };
    let table = run(&[]);
    assert_eq!(
        table.stderr,
        "deactivated ada@example.com\nerror: there is no user nobody@example.com\n\
         hint: `backoffice user list --search TEXT` finds users by a part of their address or name\n\
         deactivated bo@example.com\n"
    );
    assert_eq!(table.stdout, "");
    let json = run(&["--json"]);
    let answers = json.json();
    assert_eq!(answers.as_array().unwrap().len(), 3);
    assert_eq!(answers[0]["user"]["email"], "ada@example.com");
    assert_eq!(answers[1]["target"], "nobody@example.com");
    assert_eq!(answers[1]["error"]["code"], "user_not_found");
    assert_eq!(json.stderr, "");
    assert_eq!(run(&["-o", "jsonl"]).stdout.lines().count(), 3);
    assert_eq!(run(&["-o", "ids"]).stdout.lines().count(), 2);
}

#[test]
fn what_was_made_is_alone_on_standard_output() {
    let desk = desk();
    let one = desk
        .run(["password", "set", "ada@example.com", "--generate-password"])
        .ended(0);
    assert_eq!(one.stdout.lines().count(), 1);
    assert_eq!(one.stderr, "set the password of ada@example.com\n");
    let both = desk.run([
        "password",
        "set",
        "ada@example.com",
        "bo@example.com",
        "--generate-password",
    ]);
    assert_eq!(both.ended(0).stdout.lines().count(), 2);
    let json = desk
        .run([
            "password",
            "set",
            "ada@example.com",
            "--generate-password",
            "--json",
        ])
        .ended(0);
    assert!(json.json()["password"].as_str().unwrap().len() >= 15);
    let only = [
        "password",
        "set",
        "bo@example.com",
        "--generate-password",
        "--json",
        "--fields",
        "password",
    ];
    let keys = desk.run(only).ended(0).json();
    assert_eq!(keys.as_object().unwrap().len(), 1);
}

#[test]
fn a_field_within_another_can_be_chosen() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.pipe(common::PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
    let chosen = |more: &[&str]| {
        let words = ["whoami", "--fields", "user.email,user.status"];
        desk.run(words.iter().chain(more)).ended(0).stdout
    };
    assert_eq!(chosen(&[]), "user.email   ada@example.com\nuser.status  active\n");
    let json = "{\"user\":{\"email\":\"ada@example.com\",\"status\":\"active\"}}\n";
    assert_eq!(chosen(&["--json"]), json);
    assert_eq!(
        chosen(&["-o", "csv"]),
        "user.email,user.status\nada@example.com,active\n"
    );
    let refused = desk.run(["whoami", "--fields", "user.emial"]).ended(2);
    assert!(
        refused.stderr.ends_with("hint: did you mean `user.email`?\n"),
        "{refused:?}"
    );
    let written = desk
        .run([
            "user",
            "create",
            "bo@example.com",
            "--json",
            "--fields",
            "action,user.email",
        ])
        .ended(0);
    assert_eq!(
        written.stdout,
        "{\"action\":\"created\",\"user\":{\"email\":\"bo@example.com\"}}\n"
    );
}
