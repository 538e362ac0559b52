//! `backoffice group …`.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;

#[test]
fn a_group_is_made_renamed_filled_emptied_and_deleted() {
    let desk = Desk::new();
    let made = desk
        .run(["group", "create", "Vertrieb Süd", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&made["action"], &made["group"]["members"]),
        (&"created".into(), &0.into())
    );
    assert_eq!(
        desk.run(["group", "create", "VERTRIEB SÜD", "--json"])
            .ended(0)
            .json()["action"],
        "unchanged"
    );
    let renamed = desk
        .run(["group", "rename", "vertrieb süd", "Vertrieb", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&renamed["action"], &renamed["group"]["name"]),
        (&"updated".into(), &"Vertrieb".into())
    );
    desk.user("a@example.com");
    desk.user("b@example.com");
    let added = desk
        .pipe(
            "a@example.com\nb@example.com\n",
            ["group", "add-member", "vertrieb", "-", "--format", "jsonl"],
        )
        .ended(0);
    assert_eq!(added.stdout.matches("\"action\":\"updated\"").count(), 2);
    assert_eq!(
        desk.run(["group", "show", "Vertrieb", "--json"]).json()["members"],
        2
    );
    let refused = desk
        .run(["group", "delete", "Vertrieb", "--yes", "--json"])
        .ended(4)
        .error();
    assert_eq!(refused["code"], "group_not_empty");
    let unchanged = desk
        .run(["group", "add-member", "Vertrieb", "a@example.com", "--json"])
        .ended(0)
        .json();
    assert_eq!(unchanged["action"], "unchanged");
    desk.run([
        "group",
        "remove-member",
        "Vertrieb",
        "a@example.com",
        "b@example.com",
    ])
    .ended(0);
    desk.run(["group", "delete", "Vertrieb", "--yes"]).ended(0);
    desk.run(["group", "show", "Vertrieb"]).ended(3);
}

#[test]
fn names_are_unique_and_administrators_stays() {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).ended(0);
    desk.run(["group", "create", "sales"]).ended(0);
    assert_eq!(
        desk.run(["group", "rename", "sales", "Support", "--json"])
            .ended(4)
            .error()["code"],
        "group_taken"
    );
    assert_eq!(
        desk.run(["group", "rename", "sales", "Sales", "--json"])
            .ended(0)
            .json()["group"]["name"],
        "Sales"
    );
    for arguments in [
        ["group", "rename", "administrators", "x"],
        ["group", "delete", "Administrators", "--yes"],
    ] {
        assert_eq!(
            desk.run(arguments.iter().chain(&["--json"])).ended(4).error()["code"],
            "administrators_fixed"
        );
    }
    for name in ["", "a,b", "a;b", "a\nb"] {
        desk.run(["group", "create", name]).ended(6);
    }
    let unknown = desk
        .run(["group", "add-member", "suport", "x@example.com", "--json"])
        .ended(3)
        .error();
    assert_eq!(
        (&unknown["code"], &unknown["hint"]),
        (&"group_not_found".into(), &"did you mean support?".into())
    );
}

#[test]
fn groups_are_listed_by_name_in_every_format() {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).ended(0);
    assert_eq!(
        desk.run(["group", "list", "--format", "ids"]).ended(0).stdout,
        "administrators\nsupport\n"
    );
    let csv = desk
        .run(["group", "list", "--format", "csv", "--fields", "name,members"])
        .ended(0);
    assert_eq!(csv.stdout, "name,members\nadministrators,0\nsupport,0\n");
}

/// Puts a group into the store as a former version could have stored it.
fn old_group(desk: &Desk, name: &str, canonical: &str) {
    let store = rusqlite::Connection::open(desk.store()).unwrap();
    let sql = "INSERT INTO groups (name, name_canonical, created_at) VALUES (?1, ?2, 0)";
    store.execute(sql, [name, canonical]).unwrap();
}

#[test]
fn a_name_that_mixes_scripts_or_looks_like_another_is_refused() {
    let desk = Desk::new();
    desk.run(["group", "create", "Sales"]).ended(0);
    desk.run(["group", "create", "оплата"]).ended(0);
    for (name, exit, code, message) in [
        (
            "аdministrators",
            6,
            "invalid_group",
            "a group's name can't mix letters of different scripts",
        ),
        (
            "ａdmins",
            6,
            "invalid_group",
            "a group's name can't hold the character U+FF41",
        ),
        (
            "admins🎉",
            6,
            "invalid_group",
            "a group's name can't hold the character U+1F389",
        ),
        (
            "adrninistrators",
            4,
            "group_looks_alike",
            "the name adrninistrators looks like the name of the group administrators",
        ),
        (
            "SaIes",
            4,
            "group_looks_alike",
            "the name SaIes looks like the name of the group Sales",
        ),
    ] {
        let made = desk.run(["group", "create", name, "--json"]).ended(exit).error();
        assert_eq!((&made["code"], &made["message"]), (&code.into(), &message.into()));
        assert!(made["hint"].is_string(), "{made}");
        let renamed = desk.run(["group", "rename", "оплата", name, "--json"]);
        assert_eq!(renamed.ended(exit).error()["code"], code);
        let csv = format!("email,groups\nada@example.com,{name}\n");
        let imported = desk
            .pipe(&csv, ["user", "import", "-", "--create-groups", "--json"])
            .ended(exit);
        assert_eq!(imported.error()["failures"][0]["error"]["code"], code);
        desk.run(["group", "show", name]).ended(3);
    }
    for name in [
        "Vertrieb Süd",
        "R&D (east)",
        "管理者グループ",
        "客服Team",
        "Διαχειριστές",
    ] {
        desk.run(["group", "create", name]).ended(0);
    }
    desk.run(["group", "rename", "Sales", "SALES"]).ended(0);
    desk.run(["group", "rename", "SALES", "SaIes"]).ended(0);
}

#[test]
fn two_new_groups_of_one_import_can_not_look_alike_either() {
    let desk = Desk::new();
    let csv = "email,groups\na@example.com,Sales\nb@example.com,SaIes\nc@example.com,sales\n";
    let imported = desk
        .pipe(
            csv,
            ["user", "import", "-", "--create-groups", "--keep-going", "--json"],
        )
        .ended(9)
        .json();
    assert_eq!(imported["created"], 2);
    assert_eq!(imported["failures"][0]["line"], 3);
    assert_eq!(imported["failures"][0]["error"]["code"], "group_looks_alike");
    desk.run(["group", "show", "SaIes"]).ended(3);
}

#[test]
fn a_group_with_a_name_of_before_is_used_renamed_and_deleted() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    for (name, canonical) in [
        ("аdministrators", "аdministrators"),
        ("support\u{FE0F}team", "supportteam"),
        ("ａdmins🎉", "admins🎉"),
    ] {
        old_group(&desk, name, canonical);
        let shown = desk.run(["group", "show", name, "--json"]).ended(0).json();
        assert_eq!(shown["name"], name);
        let same = desk.run(["group", "create", name, "--json"]).ended(0).json();
        assert_eq!(same["action"], "unchanged");
        desk.run(["group", "add-member", name, "ada@example.com"])
            .ended(0);
        let csv = format!("email,groups\nada@example.com,{name}\n");
        desk.pipe(&csv, ["user", "import", "-", "--if-exists", "update"])
            .ended(0);
        let members = desk.run(["user", "list", "--group", name, "--count"]).ended(0);
        assert_eq!(members.stdout, "1\n");
        desk.run(["group", "remove-member", name, "ada@example.com"])
            .ended(0);
        desk.run(["group", "rename", name, "plain"]).ended(0);
        desk.run(["group", "delete", "plain", "--yes"]).ended(0);
    }
}

#[test]
fn a_change_of_a_group_says_what_it_did_or_what_holds_already() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    for (line, said) in [
        ("group create support", "created the group support"),
        (
            "group create Support",
            "unchanged: the group support exists already",
        ),
        (
            "group add-member SUPPORT ada@example.com --dry-run",
            "would add ada@example.com to the group support",
        ),
        (
            "group add-member SUPPORT ada@example.com",
            "added ada@example.com to the group support",
        ),
        (
            "group add-member support ada@example.com",
            "unchanged: ada@example.com is in the group support already",
        ),
        (
            "group rename support helpdesk",
            "renamed the group support to helpdesk",
        ),
        (
            "group rename helpdesk helpdesk",
            "unchanged: the group helpdesk has this name already",
        ),
        (
            "group remove-member helpdesk ada@example.com",
            "removed ada@example.com from the group helpdesk",
        ),
        (
            "group remove-member helpdesk ada@example.com",
            "unchanged: ada@example.com is not in the group helpdesk",
        ),
        ("group delete helpdesk --yes", "deleted the group helpdesk"),
    ] {
        let run = desk.run(line.split(' ')).ended(0);
        assert_eq!(
            run.to_string(),
            format!("--- stderr\n{said}\n--- exit 0"),
            "{line}"
        );
    }
}
