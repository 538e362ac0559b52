//! Times in answers: whole seconds, which `jq` reads; an export keeps the microseconds.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, PASSWORD};

/// Every text in a document that is a time.
const TIMES: &str = r#"[.. | strings | select(test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T"))]"#;

/// A user of another system, created within a second.
const ROW: &str = "{\"email\":\"j@example.com\",\"status\":\"active\",\"password_state\":\"none\",\
    \"last_login_at\":\"2024-07-01T12:00:00.5Z\",\"created_at\":\"2024-07-01T11:59:59.999999Z\",\
    \"updated_at\":\"2024-07-01T12:00:00Z\"}\n";

/// A desk with one thing of each kind that has times.
fn desk() -> Desk {
    let desk = Desk::with_mail();
    desk.user("ada@example.com");
    desk.token("ada@example.com");
    desk.pipe(ROW, ["user", "import", "-"]).ended(0);
    desk.run(["group", "create", "support"]).ended(0);
    desk.run(["reset", "issue", "ada@example.com", "--send"]).ended(0);
    desk.run(["reset", "request", "j@example.com"]).ended(0);
    desk
}

#[test]
fn jq_reads_every_time_of_every_answer() {
    let desk = desk();
    let lines = format!(
        "seconds() {{ jq -s '{TIMES} | (length, map(fromdateiso8601)[])'; }}
        for list in 'user list --all' 'session list' 'group list' 'reset list' 'mail queue list'; do
            \"$BACKOFFICE\" $list --format json | seconds
            \"$BACKOFFICE\" $list --format jsonl | seconds
        done
        \"$BACKOFFICE\" user show j@example.com --format json | seconds
        \"$BACKOFFICE\" user edit j@example.com --first-name Jo --format json | seconds
        \"$BACKOFFICE\" group show support --format json | seconds
        \"$BACKOFFICE\" reset issue ada@example.com --format json | seconds
        printf '{PASSWORD}' | \"$BACKOFFICE\" login ada@example.com --password-stdin --print-token --format json | seconds"
    );
    let run = desk.shell(&lines).ended(0);
    assert_eq!(run.stderr, "", "{run:?}");
    // The first line of each answer is how many times it has.
    let counts = run.stdout.lines().filter(|line| line.len() < 4);
    assert!(counts.clone().count() == 15, "{run:?}");
    assert!(counts.clone().all(|count| count != "0"), "{run:?}");
}

#[test]
fn no_form_but_an_export_shows_a_fraction_of_a_second() {
    let desk = desk();
    for list in [
        &[
            "user",
            "list",
            "--fields",
            "email,last_login_at,created_at,updated_at",
        ][..],
        &["session", "list"],
        &["group", "list"],
        &["reset", "list"],
        &["mail", "queue", "list"],
        &["user", "show", "j@example.com"],
    ] {
        for format in ["table", "csv", "json", "jsonl"] {
            let run = desk.run(list.iter().chain(&["--format", format])).ended(0);
            assert!(run.stdout.contains('T'), "{run:?}");
            assert!(!run.stdout.contains("T11:59:59.9"), "{run:?}");
            let has_fraction = |word: &str| word.contains(':') && word.contains('.') && word.contains('Z');
            let words = run.stdout.split(|c: char| c.is_whitespace() || ",\"".contains(c));
            assert_eq!(words.filter(|word| has_fraction(word)).count(), 0, "{run:?}");
        }
    }
    let shown = desk.run(["user", "show", "j@example.com", "--json"]).json();
    assert_eq!(shown["created_at"], "2024-07-01T11:59:59Z");
    assert_eq!(shown["last_login_at"], "2024-07-01T12:00:00Z");
}

#[test]
fn an_export_keeps_the_microseconds_and_comes_back_byte_for_byte() {
    let desk = desk();
    let exported = desk.run(["user", "export", "--include-hashes"]).ended(0).stdout;
    assert!(
        exported.contains("\"created_at\":\"2024-07-01T11:59:59.999999Z\""),
        "{exported}"
    );
    assert!(
        exported.contains("\"last_login_at\":\"2024-07-01T12:00:00.5Z\""),
        "{exported}"
    );
    let other = Desk::new();
    other.pipe(&exported, ["user", "import", "-"]).ended(0);
    let again = other.run(["user", "export", "--include-hashes"]).ended(0).stdout;
    assert_eq!(again, exported);
}

#[test]
fn the_time_that_is_shown_finds_the_user_again() {
    let desk = desk();
    let since = [
        "user",
        "list",
        "--created-since",
        "2024-07-01T11:59:59Z",
        "--count",
    ];
    assert_eq!(desk.run(since).ended(0).stdout, "2\n");
}
