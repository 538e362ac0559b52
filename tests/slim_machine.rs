//! Machines that have little: no time-zone database, no home, no account, no open stream.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::Desk;

/// Hides the time-zone database, wherever a system has one.
const NO_ZONES: &str = "for folder in /usr/share/zoneinfo /usr/share/lib/zoneinfo /etc/zoneinfo; do
    if [ -d $folder ]; then mount -t tmpfs tmpfs $folder; fi
done
mkdir -p empty; export TZDIR=$PWD/empty
";

const SPRYKER: &str = "id_user,username,status,password,created_at\n\
    1,s@example.com,active,,2024-07-01 12:00:00.000000\n";
const DJANGO: &str = "[{\"model\": \"auth.user\", \"pk\": 1, \"fields\": \
    {\"email\": \"d@example.com\", \"is_active\": true, \"date_joined\": \"2024-07-01T12:00:00\"}}]";
const JSONL: &str = "{\"email\": \"j@example.com\", \"created_at\": \"2024-07-01T12:00:00Z\"}\n";

fn desk() -> Desk {
    let desk = Desk::with_mail();
    desk.file("people.csv", "email,first_name\nc@example.com,Ada\n");
    desk.file("spy_user.csv", SPRYKER);
    desk.file("dump.json", DJANGO);
    desk.file("people.jsonl", JSONL);
    desk
}

#[test]
fn every_kind_of_import_works_without_a_time_zone_database() {
    let desk = desk();
    let lines = "for file in people.csv spy_user.csv dump.json people.jsonl; do
        \"$BACKOFFICE\" user import $file --activate
    done
    \"$BACKOFFICE\" user import spy_user.csv --if-exists skip --timezone UTC
    \"$BACKOFFICE\" user list --created-since 2024-07-01 --format csv --fields email,created_at --sort email";
    let run = desk.shell_with_mounts(&format!("{NO_ZONES}{lines}")).ended(0);
    for row in ["d@example.com", "j@example.com", "s@example.com"] {
        let row = format!("{row},2024-07-01T12:00:00Z\n");
        assert!(run.stdout.contains(&row), "{run:?}");
    }
    assert_eq!(run.stdout.lines().count(), 5, "{run:?}");
}

#[test]
fn tables_links_sessions_and_mails_work_without_a_time_zone_database() {
    let desk = desk();
    let id = desk.user("ada@example.com");
    desk.token("ada@example.com");
    let lines = "\"$BACKOFFICE\" user list
        \"$BACKOFFICE\" user show ada@example.com
        \"$BACKOFFICE\" session list
        \"$BACKOFFICE\" reset issue ada@example.com --send
        \"$BACKOFFICE\" reset list
        \"$BACKOFFICE\" user list --inactive-for 90d";
    let run = desk.shell_with_mounts(&format!("{NO_ZONES}{lines}")).ended(0);
    assert!(
        run.stdout.contains(&id) && run.stdout.contains("operator"),
        "{run:?}"
    );
    let letters = desk.letters();
    assert!(letters[0].text.contains(" UTC"), "{}", letters[0].text);
    assert_eq!(letters[0].header("Date").len(), 1);
}

#[test]
fn a_named_zone_without_a_database_is_refused_before_a_store_is_made() {
    let desk = Desk::empty();
    desk.file("spy_user.csv", SPRYKER);
    let lines = "\"$BACKOFFICE\" user import spy_user.csv --timezone Europe/Berlin";
    let run = desk.shell_with_mounts(&format!("{NO_ZONES}{lines}")).ended(6);
    assert!(run.stderr.contains("no time-zone database"), "{run:?}");
    assert!(run.stderr.contains("`tzdata`"), "{run:?}");
    assert!(!desk.store().exists());
}

#[test]
fn utc_is_known_where_the_database_is_there_and_lacks_it() {
    let desk = desk();
    // The library takes a folder for a database once a file in it begins like a zone.
    desk.file("zones/Nowhere", "TZif2");
    let zones = desk.path().join("zones");
    let import = |zone: &str| {
        let mut command = desk.command(["user", "import", "spy_user.csv", "--timezone", zone]);
        common::Run::of(&command.env("TZDIR", &zones).output().unwrap())
    };
    let refused = import("Europe/Berlin").ended(2);
    assert!(
        refused.stderr.contains("there is no time zone `Europe/Berlin`"),
        "{refused:?}"
    );
    import("UTC").ended(0);
}
