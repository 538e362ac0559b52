//! What is shown at a terminal: tables that fit, colours, a bar that goes away.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;

/// The text without colours.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str(
            part.split_once(|c: char| c.is_ascii_alphabetic())
                .map_or("", |(_, rest)| rest),
        );
    }
    plain
}

/// The lines that a command shows at a terminal of so many columns, each no wider than that.
fn lines_at(desk: &Desk, columns: u16, arguments: &[&str]) -> Vec<String> {
    let ended = desk.at_narrow_terminal(columns, arguments).ends();
    assert_eq!(ended.code, 0, "{ended:?}");
    let lines: Vec<String> = plain(&ended.shown).lines().map(str::to_owned).collect();
    for line in lines
        .iter()
        .filter(|line| !line.starts_with("the terminal is too narrow"))
    {
        let width = unicode_width::UnicodeWidthStr::width(line.as_str());
        assert!(width <= columns.into(), "{line:?}");
    }
    lines
}

#[test]
fn a_table_fits_the_terminal_and_the_address_is_cut_last() {
    let desk = Desk::new();
    let email = "a.rather.long.address.of.somebody@departments.example.com";
    let name = "漢字".repeat(20);
    desk.run(["user", "create", email, "--first-name", &name])
        .succeeded();
    let user = ["user", "list"];
    let wide = lines_at(&desk, 100, &user);
    assert_eq!(wide.len(), 2, "{wide:?}");
    assert!(wide[1].starts_with(email) && wide[1].contains('…'), "{wide:?}");
    let narrow = lines_at(&desk, 60, &user);
    assert_eq!(narrow[1], email);
    assert_eq!(
        narrow[2],
        "the terminal is too narrow for first_name, status: make it wider, or choose columns with `--fields`"
    );
    let narrower = lines_at(&desk, 50, &user);
    assert_eq!(narrower[1], format!("{}…", &email[..49]));
    let piped = desk.run(["user", "list"]).ended(0);
    assert!(
        piped.stdout.contains(email) && piped.stdout.contains(&name),
        "{piped:?}"
    );
}

#[test]
fn the_id_of_a_session_can_be_copied_from_the_table() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.token("ada@example.com");
    let ids = desk.run(["session", "list", "-o", "ids"]).ended(0).stdout;
    let ended = desk.at_terminal(&["session", "list"]).ends();
    assert!(plain(&ended.shown).contains(ids.trim()), "{ended:?}");
}

#[test]
fn a_table_of_what_belongs_to_users_says_whose_it_is() {
    let desk = Desk::with_mail();
    desk.user("ada@example.com");
    desk.token("ada@example.com");
    desk.run(["reset", "issue", "ada@example.com"]).succeeded();
    desk.run(["reset", "request", "ada@example.com"]).succeeded();
    for list in [
        &["session", "list"][..],
        &["reset", "list"],
        &["mail", "queue", "list"],
    ] {
        let json = desk.run(list.iter().chain(&["--json"])).ended(0).json();
        let row = json.as_array().unwrap().last().unwrap();
        assert!(row["user_id"].is_string() && row.get("email").is_none(), "{row}");
        let id = row["id"].as_str().unwrap();
        let lines = lines_at(&desk, 80, list);
        assert!(lines[0].starts_with("id  "), "{lines:?}");
        let shown = format!("{id}  ada@example.com  ");
        assert!(lines.iter().any(|line| line.starts_with(&shown)), "{lines:?}");
        let piped = desk.run(list.iter().chain(&["--fields", "email"])).ended(0);
        assert!(piped.stdout.starts_with("email\nada@example.com\n"), "{piped:?}");
        desk.run(list.iter().chain(&["--fields", "email", "--json"]))
            .ended(2);
    }
}

#[test]
fn a_user_sees_the_address_of_their_own_sessions_only() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.user("grace@example.com");
    desk.token("grace@example.com");
    let token = desk.file("token", &desk.token("ada@example.com"));
    let as_ada = ["--as-token-file", token.to_str().unwrap()];
    let own = desk.run(["session", "list", "ada@example.com"].iter().chain(&as_ada));
    assert!(own.ended(0).stdout.contains("ada@example.com"));
    desk.run(["session", "list"].iter().chain(&as_ada)).ended(5);
}

#[test]
fn at_a_terminal_times_say_how_long_ago_they_were() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let shown = desk
        .at_terminal(&["user", "show", "ada@example.com"])
        .ends()
        .shown;
    let shown = plain(&shown);
    let created = shown.lines().find(|line| line.starts_with("created_at")).unwrap();
    assert!(
        created.ends_with("s ago)") || created.ends_with("(now)"),
        "{created}"
    );
    let piped = desk.run(["user", "show", "ada@example.com"]).ended(0).stdout;
    assert!(!piped.contains("ago"), "{piped}");
    let lines = lines_at(&desk, 120, &["group", "list"]);
    assert!(lines[1].contains("Z ("), "{lines:?}");
}

#[test]
fn a_group_shows_its_first_members_and_counts_all_of_them() {
    let desk = Desk::new();
    let people: Vec<String> = (10..33)
        .map(|number| format!("person{number}@example.com,support,active\n"))
        .collect();
    let people = format!("email,groups,status\n{}", people.concat());
    desk.pipe(&people, ["user", "import", "-", "--create-groups"])
        .succeeded();
    desk.run(["user", "delete", "person10@example.com", "--yes"])
        .succeeded();
    desk.run(["user", "deactivate", "person11@example.com"])
        .succeeded();
    let shown = desk.run(["group", "show", "SUPPORT"]).ended(0);
    assert!(
        shown.stdout.starts_with("name        support\nmembers     23\n"),
        "{shown:?}"
    );
    let (_, members) = shown.stdout.split_once("\nMembers:\n").unwrap();
    let members: Vec<&str> = members.lines().collect();
    assert_eq!(members.len(), 20);
    assert_eq!(
        members[..3],
        [
            "  person10@example.com (deleted)",
            "  person11@example.com (deactivated)",
            "  person12@example.com"
        ]
    );
    assert_eq!(
        shown.stderr,
        "hint: these are the first 20: `backoffice user list --all --group support` lists all 23\n"
    );
    let all = ["user", "list", "--all", "--group", "support", "--count"];
    assert_eq!(desk.run(all).ended(0).stdout, "23\n");
    let refused = desk.run(["group", "delete", "support", "--yes"]).ended(4);
    assert!(
        refused.stderr.contains("members: 23, including deleted users"),
        "{refused:?}"
    );
    let json = desk.run(["group", "show", "support", "--json"]).ended(0);
    assert_eq!((&json.json()["members"], json.stderr.as_str()), (&23.into(), ""));
}

#[test]
fn a_list_with_a_limit_says_that_there_is_more_and_how_to_go_on() {
    let desk = Desk::new();
    for name in ["a", "b", "c"] {
        desk.run(["user", "create", &format!("{name}@example.com")])
            .succeeded();
    }
    let list = [
        "user", "list", "--sort", "email", "--fields", "email", "--limit", "2",
    ];
    let first = desk.run(list).ended(0);
    assert_eq!(first.stdout, "email\na@example.com\nb@example.com\n");
    let id = desk.run(["user", "show", "b@example.com", "--json"]).json()["id"].clone();
    let next = format!("{} --after {}", list.join(" "), id.as_str().unwrap());
    assert_eq!(
        first.stderr,
        format!("hint: there are more users: `backoffice {next}` lists the next ones\n")
    );
    let second = desk.run(next.split(' ')).ended(0);
    assert_eq!(
        (second.stdout.as_str(), second.stderr.as_str()),
        ("email\nc@example.com\n", "")
    );
    let all = desk.run(["user", "list", "--limit", "3"]).ended(0);
    assert_eq!(all.stderr, "");
    let json = desk.run(["user", "list", "--limit", "1", "--json"]).ended(0);
    assert_eq!(json.stderr, "");
}

#[test]
fn statuses_are_told_apart_by_colour_unless_colour_is_off() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com", "--activate"])
        .succeeded();
    desk.run(["user", "create", "bo@example.com"]).succeeded();
    let list = ["user", "list", "--fields", "status"];
    let coloured = desk.at_terminal(&list).ends().shown;
    assert_eq!(
        coloured,
        "\u{1b}[1mstatus\u{1b}[0m\r\n\u{1b}[32mactive\u{1b}[0m\r\n\u{1b}[33mpending\u{1b}[0m\r\n"
    );
    let off = desk
        .at_terminal(&[&list[..], &["--color", "never"]].concat())
        .ends()
        .shown;
    assert_eq!(off, "status\r\nactive\r\npending\r\n");
}

#[test]
fn an_error_is_coloured_and_says_what_to_do() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let ended = desk.at_terminal(&["user", "show", "ada@exmple.com"]).ends();
    assert_eq!(ended.code, 3);
    assert_eq!(
        ended.shown,
        "\u{1b}[31merror:\u{1b}[0m there is no user ada@exmple.com\r\n\
         \u{1b}[36mhint:\u{1b}[0m did you mean ada@example.com?\r\n"
    );
}

#[test]
fn the_bar_of_an_import_goes_away() {
    let desk = Desk::new();
    let people: Vec<String> = (0..30)
        .map(|number| format!("person{number}@example.com,umbrella tundra monocle {number}x\n"))
        .collect();
    let file = desk.file("people.csv", &format!("email,password\n{}", people.concat()));
    let ended = desk
        .at_terminal(&["user", "import", file.to_str().unwrap()])
        .ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{ended:?}");
    assert!(ended.shown.contains("/30"), "no bar was shown: {ended:?}");
    let last = ended
        .shown
        .rsplit('\r')
        .find(|line| !line.trim().is_empty())
        .unwrap();
    assert!(plain(last).contains("created 30 users"), "{ended:?}");
}
