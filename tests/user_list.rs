//! `backoffice user list`: filters, order, pages.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.run(["group", "create", "support"]).ended(0);
    let csv = "email,first_name,last_name,status,groups\n\
               a@example.com,Ada,Straße,active,support\n\
               b@example.com,Bob,Zuse,pending,\n\
               c@example.com,Ćiro,Ünal,deactivated,support\n\
               d@example.com,Dan,Adams,deleted,\n\
               e@example.org,Eve,Émile,active,\n";
    desk.pipe(csv, ["user", "import", "-"]).ended(0);
    desk
}

fn listed(desk: &Desk, more: &[&str]) -> String {
    let run = desk
        .run(
            ["user", "list", "--format", "csv", "--fields", "email"]
                .iter()
                .chain(more),
        )
        .ended(0);
    run.stdout.lines().skip(1).map(|line| &line[..1]).collect()
}

#[test]
fn filters_choose_and_combine() {
    let desk = desk();
    desk.user("f@example.com");
    desk.token("f@example.com");
    for (arguments, expected) in [
        (vec![], "abcef"),
        (vec!["--all"], "abcdef"),
        (vec!["--status", "deleted"], "d"),
        (vec!["--status", "pending", "--status", "deactivated"], "bc"),
        (vec!["--status", "pending,deactivated"], "bc"),
        (vec!["--group", "SUPPORT"], "ac"),
        (vec!["--group", "support", "--status", "active"], "a"),
        (vec!["--search", "STRASSE"], "a"),
        (vec!["--search", "ünal"], "c"),
        (vec!["--search", "example.org"], "e"),
        (vec!["--search", "bob zuse"], "b"),
        (vec!["--password", "set"], "f"),
        (vec!["--password", "none", "--status", "active"], "ae"),
        (vec!["--never-logged-in", "--status", "active"], "ae"),
        (vec!["--inactive-for", "90d"], ""),
        (vec!["--created-since", "2020-01-01"], "abcef"),
        (vec!["--created-since", "2999-01-01T00:00:00Z"], ""),
        (vec!["--locked"], ""),
    ] {
        assert_eq!(listed(&desk, &arguments), expected, "{arguments:?}");
        let count: Vec<&str> = arguments.iter().copied().chain(["--count"]).collect();
        let counted = desk.run(["user", "list"].iter().chain(&count)).ended(0).stdout;
        assert_eq!(counted.trim(), expected.len().to_string(), "{arguments:?}");
    }
    desk.run(["user", "list", "--group", "nobody"]).ended(3);
    desk.run(["user", "list", "--created-since", "soon"]).ended(6);
    desk.run(["user", "list", "--sort", "shoe_size"]).ended(2);
}

#[test]
fn an_order_can_be_chosen_and_turned_round() {
    let desk = desk();
    assert_eq!(listed(&desk, &["--sort", "email:desc"]), "ecba");
    assert_eq!(listed(&desk, &["--sort", "status"]), "aecb");
    assert_eq!(listed(&desk, &["--sort", "id:desc"]), "ecba");
}

#[test]
fn pages_hold_everybody_once_in_every_order() {
    let desk = desk();
    for order in [
        "id",
        "id:desc",
        "email:desc",
        "status",
        "last_login_at",
        "last_name:desc",
    ] {
        let mut pages = String::new();
        let mut after: Option<String> = None;
        loop {
            let mut arguments = vec!["user", "list", "--sort", order, "--limit", "2", "--format", "ids"];
            if let Some(id) = &after {
                arguments.extend(["--after", id]);
            }
            let page = desk.run(&arguments).ended(0).stdout;
            let Some(last) = page.lines().last() else { break };
            for id in page.lines() {
                let user = desk.run(["user", "show", id, "--json"]).json();
                pages.push_str(&user["email"].as_str().unwrap()[..1]);
            }
            after = Some(last.to_owned());
        }
        assert_eq!(pages, listed(&desk, &["--sort", order]), "{order}");
        assert_eq!(pages.len(), 4, "{order}");
    }
    desk.run(["user", "list", "--after", "0193b0e5-7c5e-7000-8000-000000000001"])
        .ended(3);
    desk.run(["user", "list", "--after", "x"]).ended(6);
}

#[test]
fn an_account_slowed_by_wrong_passwords_is_found_and_unlocked() {
    let desk = desk();
    desk.configure("[throttle]\nfree_attempts = 1\nbase_delay = \"1h\"\nmax_delay = \"1h\"\n[login]\nfailure_floor = \"1ms\"\n");
    desk.user("f@example.com");
    desk.pipe("wrong", ["login", "f@example.com", "--password-stdin"])
        .ended(5);
    assert_eq!(listed(&desk, &["--locked"]), "f");
    let user = desk.run(["user", "show", "f@example.com", "--json"]).json();
    assert_eq!(user["lock"], "slowed");
    assert!(user["locked_until"].is_string());
    let unlocked = desk
        .run(["user", "unlock", "f@example.com", "--json"])
        .ended(0)
        .json();
    assert_eq!(
        (&unlocked["action"], &unlocked["user"]["lock"]),
        (&"unlocked".into(), &"none".into())
    );
    desk.token("f@example.com");
}

#[test]
fn pages_of_a_thousand_hold_everybody_once_and_in_order() {
    let desk = Desk::new();
    let people = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/people.csv");
    desk.run(["user", "import", people, "--create-groups"]).ended(0);
    for chosen in [
        vec!["--sort", "last_name"],
        vec!["--sort", "status:desc", "--group", "support"],
        vec!["--search", "EXAMPLE.ORG", "--sort", "updated_at:desc"],
    ] {
        let page = |more: &[&str]| {
            let list = ["user", "list", "--format", "ids"].iter().chain(&chosen);
            desk.run(list.chain(more)).ended(0).stdout
        };
        let whole = page(&[]);
        let mut pages = page(&["--limit", "83"]);
        loop {
            let cursor = pages.lines().last().unwrap().to_owned();
            let next = page(&["--limit", "83", "--after", &cursor]);
            if next.is_empty() {
                break;
            }
            assert!(next.lines().count() <= 83);
            pages.push_str(&next);
        }
        assert_eq!(pages, whole, "{chosen:?}");
        assert!(whole.lines().count() > 166, "{chosen:?}");
    }
}

#[test]
fn a_search_says_that_deleted_users_match_too() {
    let desk = desk();
    let hint = "hint: 1 deleted user matches the search: `--all` lists deleted users too\n";
    let found = desk.run(["user", "list", "--search", "adams"]).ended(0);
    assert_eq!(
        (found.stdout.as_str(), found.stderr.as_str()),
        ("", &*format!("no user matches\n{hint}"))
    );
    let found = desk.run(["user", "list", "--search", "a", "--limit", "1", "--format", "ids"]);
    assert!(
        found.stdout.lines().count() == 1 && found.stderr.ends_with(hint),
        "{found:?}"
    );
    let counted = desk
        .run(["user", "list", "--search", "adams", "--count"])
        .ended(0);
    assert_eq!((counted.stdout.as_str(), counted.stderr.as_str()), ("0\n", hint));
    for arguments in [
        ["--search", "adams", "--all"].as_slice(),
        &["--search", "adams", "--status", "active"],
        &["--search", "adams", "--quiet"],
        &["--search", "lovelace"],
        &["--limit", "5"],
    ] {
        let quiet = desk.run(["user", "list"].iter().chain(arguments)).ended(0);
        assert!(!quiet.stderr.contains("deleted"), "{quiet:?}");
    }
    let both = ["--search", "d@example.com", "--status", "deleted"];
    assert_eq!(listed(&desk, &both), "d");
}

#[test]
fn a_provider_that_nobody_knows_is_not_found_and_the_nearest_one_is_named() {
    let desk = desk();
    let list = |name: &str, code| {
        desk.run(["user", "list", "--provider", name, "--json"])
            .ended(code)
    };
    let none = list("okta", 3).error();
    assert_eq!(none["code"], "provider_not_found");
    desk.configure(
        "[provider.okta]\npreset = \"okta\"\nissuer = \"https://example.okta.com\"\nclient_id = \"x\"\n",
    );
    assert_eq!(list("okta", 0).json(), serde_json::json!([]));
    for name in ["okat", "OKTA"] {
        assert_eq!(list(name, 3).error()["hint"], "did you mean okta?");
    }
    let count = ["user", "list", "--provider", "okat", "--count"];
    desk.run(count).ended(3);
    let subject = ["--provider", "okta", "--subject", "00u1"];
    desk.run([&["identity", "link", "a@example.com"], &subject[..]].concat())
        .succeeded();
    // A provider that left the configuration is known by the users who are linked to it.
    desk.configure("");
    let users = list("okta", 0).json();
    assert_eq!(users.as_array().unwrap().len(), 1);
    list("okat", 3);
}
