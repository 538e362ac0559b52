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

/// Commands that print a secret; each stands for a line of the shell without its ending.
const SECRETS: [&str; 5] = [
    "user create new@example.com --generate-password",
    "password set ada@example.com --generate-password",
    "password set - --generate-password < ids",
    "reset issue ada@example.com",
    "login ada@example.com --password-file pw --print-token",
];

/// All that the store holds, as far as it shows.
fn state(desk: &Desk) -> String {
    let lists = [
        "user export --include-hashes",
        "session list --json",
        "reset list --json",
    ];
    let run = |list: &str| desk.run(list.split(' ')).ended(0).stdout;
    lists.map(run).concat()
}

#[test]
fn no_secret_is_made_where_standard_output_is_not_open() {
    let desk = desk();
    let id = desk.user("ada@example.com");
    desk.file("pw", common::PASSWORD);
    desk.file("ids", &format!("{id}\n"));
    let before = state(&desk);
    for command in SECRETS {
        // The second is what other programs hand over: the null device, opened for both.
        for output in [">&-", "1<>/dev/null", ">&- 2>&- 2>err"] {
            for format in ["", "--format jsonl"] {
                let line = format!("\"$BACKOFFICE\" {format} {command} {output}");
                let run = desk.shell(&line).ended(1);
                assert_eq!(run.stdout, "", "{line}");
                if !output.contains("err") {
                    assert!(
                        run.stderr.contains("standard output is not open"),
                        "{line}: {run:?}"
                    );
                    assert!(run.stderr.contains("nothing was done"), "{line}: {run:?}");
                }
            }
        }
    }
    assert_eq!(state(&desk), before);
}

#[test]
fn a_secret_can_be_thrown_away_on_purpose() {
    let desk = desk();
    desk.user("ada@example.com");
    let before = state(&desk);
    let line = "\"$BACKOFFICE\" password set ada@example.com --generate-password > /dev/null";
    desk.shell(line).ended(0);
    assert_ne!(state(&desk), before);
}

#[test]
fn what_prints_no_secret_needs_no_open_stream() {
    let desk = desk();
    desk.user("ada@example.com");
    desk.file("pw", common::OTHER_PASSWORD);
    let lines = "\"$BACKOFFICE\" user list >&-
        \"$BACKOFFICE\" user edit ada@example.com --first-name Ada >&- 2>&- <&-
        \"$BACKOFFICE\" password set ada@example.com --password-file pw 2>&- <&-
        \"$BACKOFFICE\" password set ada@example.com --generate-password 2>&- <&- | grep -q .
        \"$BACKOFFICE\" user show ada@example.com --fields first_name --format csv 2>&- <&-";
    let run = desk.shell(lines).ended(0);
    assert_eq!(
        (run.stdout.as_str(), run.stderr.as_str()),
        ("first_name\nAda\n", "")
    );
    desk.shell("\"$BACKOFFICE\" user show nobody@example.com >&- 2>&-")
        .ended(3);
}

#[test]
fn a_closed_standard_input_holds_no_secret_and_nobody_to_ask() {
    let desk = desk();
    desk.user("ada@example.com");
    desk.shell("\"$BACKOFFICE\" password set ada@example.com --password-stdin <&-")
        .ended(6);
    desk.shell("\"$BACKOFFICE\" user delete ada@example.com <&-")
        .ended(2);
    desk.shell("\"$BACKOFFICE\" user import - <&-").ended(6);
}

/// Takes the home, every variable and every account away.
const NOBODY_AT_HOME: &str = "touch none; mount --bind none /etc/passwd; mount --bind none /etc/group
    bare() { env -i \"$BACKOFFICE\" \"$@\"; }
";

#[test]
fn without_a_home_and_an_account_everything_works_with_a_store_that_is_named() {
    let desk = desk();
    desk.file("pw", common::PASSWORD);
    let lines = "bare --store s.db init
        bare --store s.db user import people.csv --activate
        bare --store s.db password set c@example.com --password-file pw
        token=$(bare --store s.db login c@example.com --password-file pw --print-token)
        printf %s \"$token\" | bare --store s.db session verify --token-stdin --fields user --json
        printf %s \"$token\" | bare --store s.db session end --token-stdin
        bare --store s.db user list --format csv --fields email";
    let run = desk
        .shell_with_mounts(&format!("{NOBODY_AT_HOME}{lines}"))
        .ended(0);
    assert!(run.stdout.ends_with("email\nc@example.com\n"), "{run:?}");
    assert!(
        !run.stderr.contains("error") && !run.stderr.contains("panicked"),
        "{run:?}"
    );
}

#[test]
fn without_a_home_what_is_missing_is_named_with_what_to_do() {
    let desk = desk();
    desk.file("pw", common::PASSWORD);
    let said = |command: &str| {
        let lines = format!("{NOBODY_AT_HOME}bare {command}");
        desk.shell_with_mounts(&lines).ended(6).stderr
    };
    let no_store = "error: no store is named, and neither XDG_DATA_HOME nor HOME says where the default \
        one is\nhint: name the store with `--store`, BACKOFFICE_STORE or `store` in the configuration; \
        or set HOME\n";
    for command in [
        "init",
        "user list",
        "user import people.csv",
        "whoami",
        "session list",
    ] {
        assert_eq!(said(command), no_store, "{command}");
    }
    let store = desk.store();
    let command = format!(
        "--store {} login ada@example.com --password-file pw",
        store.display()
    );
    desk.user("ada@example.com");
    let no_place = said(&command);
    assert!(
        no_place.contains("where your session is kept\nhint: set HOME, or use"),
        "{no_place}"
    );
}

#[test]
fn without_a_home_the_settings_are_read_all_the_same() {
    let desk = desk();
    desk.file("b.toml", "base_url = \"https://desk.example.com\"\n");
    let lines = "bare --config b.toml config show --fields key,value --format jsonl
        bare --config b.toml provider list
        bare completions bash | head -n 1";
    let run = desk
        .shell_with_mounts(&format!("{NOBODY_AT_HOME}{lines}"))
        .ended(0);
    assert!(
        run.stdout.contains("{\"key\":\"store\",\"value\":null}\n"),
        "{run:?}"
    );
    assert!(run.stdout.contains("\"https://desk.example.com\""), "{run:?}");
}
