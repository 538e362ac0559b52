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
