//! Mistakes of a first day, answer by answer: what is typed, what is said, and that the way out which
//! the hint names is one.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::process::Command;

use common::{Desk, PASSWORD, Run};

/// A mistake: what is typed, how it ends, what is said, and the lines that follow the hint where it
/// names no whole command.
type Mistake = (
    &'static str,
    i32,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const NO_TERMINAL: &str = "and no question can be asked: there is no terminal, or `--no-input` is given";
const HISTORY: &str = "it stands in the history of the shell now, and other users of this machine can see it";
const NO_MAIL: &str = "mail can't be sent: no `mail.transport` is configured";
const WRITE_MAIL: &str = "set, in the section [mail] of the configuration, `transport = \"smtp\"` with `host` and \
    `from`, or `transport = \"directory\"` with `directory` and `from`; `backoffice config init` makes the \
    configuration file HOME/.config/backoffice/config.toml";
const MAIL: &str = "printf '%s\\n' 'base_url = \"https://desk.example.com\"' '[mail]' 'transport = \"directory\"' \
    'directory = \"out\"' 'from = \"desk@example.com\"' > .config/backoffice/config.toml";
const NO_PROVIDER: &str = "the configuration has no provider `okta`";
const WRITE_PROVIDER: &str = "a section [provider.NAME] of the configuration makes one; `backoffice config init` \
    makes the configuration file HOME/.config/backoffice/config.toml";
const PROVIDER: &str = "printf '%s\\n' '[provider.okta]' 'kind = \"oidc\"' 'issuer = \"https://okta.example\"' \
    'client_id = \"x\"' > .config/backoffice/config.toml";
const SEARCH: &str = "`backoffice user list --search TEXT` finds users by a part of their address or name";
const OTHER_PASSWORD: &str =
    "take another password, and use `--password-stdin`, `--password-file FILE` or the prompt";
const OTHER_TOKEN: &str = "take another token, and use `--token-stdin`, `--token-file FILE` or the prompt";
const PIPED: &str = "echo 'saffron glacier lantern pewter' |";

const MISTAKES: &[Mistake] = &[
    (
        "user create joe",
        6,
        "the e-mail address isn't of the form name@domain: `joe`",
        "write it like ada@example.com",
        &["backoffice user create joe@example.com"],
    ),
    (
        "user create ada@example.com",
        4,
        "the e-mail address ada@example.com is taken by a user who is active",
        "`backoffice user show ada@example.com` shows the user who has it; `--if-exists skip` or `update` takes that as it is",
        &["backoffice user create ada@example.com --if-exists skip"],
    ),
    (
        "user create gone@example.com",
        4,
        "the e-mail address gone@example.com is taken by a user who is deleted",
        "`backoffice user restore gone@example.com` brings the user back, deactivated; `backoffice user purge gone@example.com` frees the address",
        &[],
    ),
    (
        "user create new@example.com --group suport",
        3,
        "there is no group suport",
        "did you mean support?",
        &["backoffice user create new@example.com --group support"],
    ),
    (
        "user create new@example.com --group sales",
        3,
        "there is no group sales",
        "`backoffice group list` shows the groups; `backoffice group create sales` makes this one",
        &["backoffice user create new@example.com --group sales"],
    ),
    (
        "user create new@example.com --password hunter2",
        2,
        "`backoffice user create` takes no password as the value of an option: HISTORY",
        OTHER_PASSWORD,
        &["PIPED backoffice user create new@example.com --password-stdin"],
    ),
    (
        "user create new@example.com --must-change",
        2,
        "`--must-change` needs a password",
        "`--generate-password` makes one",
        &["backoffice user create new@example.com --must-change --generate-password"],
    ),
    (
        "user create --email new@example.com",
        2,
        "unexpected argument '--email' found",
        "write the EMAIL without a flag: `backoffice user create EMAIL`",
        &[],
    ),
    (
        "user create",
        2,
        "an e-mail is needed, NO_TERMINAL",
        "give it with `backoffice user create EMAIL` or `--input`",
        &[],
    ),
    (
        "user create new@example.com --locale german",
        6,
        "a locale is a language tag such as `en` or `de-AT`: `german`",
        "did you mean `de`?",
        &["backoffice user create new@example.com --locale de"],
    ),
    (
        "user create new@example.com --invite",
        6,
        NO_MAIL,
        WRITE_MAIL,
        &[MAIL, "backoffice user create new@example.com --invite"],
    ),
    (
        "user show joe",
        6,
        "`joe` names no user: give an e-mail address or an id",
        "`backoffice user list --search joe` finds users by a part of their address or name",
        &[],
    ),
    (
        "user show ada@exmple.com",
        3,
        "there is no user ada@exmple.com",
        "did you mean ada@example.com?",
        &["backoffice user show ada@example.com"],
    ),
    (
        "user show nobody@example.com",
        3,
        "there is no user nobody@example.com",
        SEARCH,
        &[],
    ),
    (
        "user list joe",
        2,
        "unexpected argument 'joe' found",
        "did you mean `backoffice user list --search joe`?",
        &[],
    ),
    (
        "user list --status enabled",
        2,
        "invalid value 'enabled' for '--status <STATUS>' [possible values: pending, active, deactivated, deleted]",
        "did you mean `active`?",
        &["backoffice user list --status active"],
    ),
    (
        "user list --sort created",
        2,
        "invalid value 'created' for '--sort <FIELD[:desc]>' [possible values: id, email, first_name, last_name, status, last_login_at, created_at, updated_at]",
        "did you mean `created_at`?",
        &["backoffice user list --sort created_at"],
    ),
    (
        "user list --limit many",
        2,
        "invalid value 'many' for '--limit <N>': a whole number is needed",
        "`backoffice user list --help` tells what it takes",
        &[],
    ),
    (
        "user list --fields surname",
        2,
        "there is no field `surname`",
        "did you mean `last_name`?",
        &["backoffice user list --fields last_name"],
    ),
    (
        "user list --group suport",
        3,
        "there is no group suport",
        "did you mean support?",
        &["backoffice user list --group support"],
    ),
    (
        "user list --created-since yesterday",
        6,
        "`--created-since` needs a time, a date, or how long ago, and not `yesterday`",
        "write it like 2026-11-24T09:00:00Z, 2026-11-24, or 2h",
        &["backoffice user list --created-since 2026-11-24"],
    ),
    (
        "user list --after last",
        6,
        "`--after` takes the id of a user, and not `last`",
        "`backoffice user list --fields id,email` shows the ids; take the id of the last row",
        &["backoffice user list --after $(backoffice user list --limit 1 --format ids 2>/dev/null)"],
    ),
    (
        "user list -o xml",
        2,
        "invalid value 'xml' for '--format <FORMAT>' [possible values: table, json, jsonl, csv, ids]",
        "`backoffice user list --help` tells what it takes",
        &["backoffice user list -o json"],
    ),
    (
        "user export -o users.csv",
        2,
        "invalid value 'users.csv' for '--format <FORMAT>' [possible values: table, json, jsonl, csv, ids]",
        "the answer goes to standard output; to write it to a file: `backoffice user export > users.csv`",
        &[],
    ),
    (
        "user export users.csv",
        2,
        "unexpected argument 'users.csv' found",
        "did you mean `backoffice user export > users.csv`?",
        &[],
    ),
    (
        "user export --output users.csv",
        2,
        "unexpected argument '--output' found",
        "the answer goes to standard output; to write it to a file: `backoffice user export > users.csv`",
        &[],
    ),
    (
        "user delete grace@example.com",
        2,
        "this has to be confirmed, NO_TERMINAL",
        "give it with `--yes`",
        &["backoffice user delete grace@example.com --yes"],
    ),
    (
        "user delete grace@example.com --force",
        2,
        "unexpected argument '--force' found",
        "did you mean `--yes`?",
        &["backoffice user delete grace@example.com --yes"],
    ),
    (
        "user purge grace@example.com --yes",
        4,
        "grace@example.com: a user who is active can't be purged",
        "`backoffice user delete grace@example.com` comes first",
        &[
            "backoffice user delete grace@example.com --yes",
            "backoffice user purge grace@example.com --yes",
        ],
    ),
    (
        "user deactivate ada@example.com",
        4,
        "ada@example.com is the last active administrator",
        "hand the role over to another active user first: `backoffice group add-member administrators OTHER`, then `backoffice group remove-member administrators ada@example.com`",
        &["backoffice user deactivate ada@example.com"],
    ),
    (
        "user restore grace@example.com",
        4,
        "grace@example.com: a user who is active can't be restored",
        "only a deleted user can be restored; `backoffice user show grace@example.com` shows the user",
        &[],
    ),
    (
        "user activate gone@example.com",
        4,
        "gone@example.com: a user who is deleted can't be activated",
        "`backoffice user restore gone@example.com` brings the user back, deactivated",
        &["backoffice user activate gone@example.com"],
    ),
    (
        "user activate --all",
        2,
        "unexpected argument '--all' found",
        "name the users; `-` reads them from standard input, one a line, as `backoffice user list --format ids` prints them",
        &["backoffice user list --format ids | backoffice user activate -"],
    ),
    (
        "user edit grace@example.com",
        2,
        "nothing to change is named",
        "name it with `--email`, `--first-name`, `--last-name`, `--locale`, `--add-group` or `--remove-group`",
        &["backoffice user edit grace@example.com --first-name Grace"],
    ),
    (
        "user edit grace@example.com --email ada@example.com",
        4,
        "the e-mail address ada@example.com is taken by a user who is active",
        "`backoffice user show ada@example.com` shows the user who has it",
        &[],
    ),
    (
        "user lst",
        2,
        "`backoffice user` has no command `lst`",
        "did you mean `backoffice user list`?",
        &[],
    ),
    (
        "user import missing.csv",
        6,
        "the file missing.csv isn't there",
        "check the path",
        &["backoffice user import people.csv"],
    ),
    (
        "group delete support --yes",
        4,
        "the group support isn't empty (members: 1, including deleted users)",
        "`backoffice user list --all --group support --format ids | backoffice group remove-member support -` empties it",
        &["backoffice group delete support --yes"],
    ),
    (
        "group delete administrators --yes",
        4,
        "the group administrators can be neither renamed nor deleted",
        "`backoffice group create NAME` makes another group",
        &[],
    ),
    (
        "group add-member grace@example.com support",
        2,
        "`grace@example.com` names a user, and the group comes first",
        "did you mean `backoffice group add-member support grace@example.com`?",
        &[],
    ),
    (
        "group add-member suport grace@example.com",
        3,
        "there is no group suport",
        "did you mean support?",
        &["backoffice group add-member support grace@example.com"],
    ),
    (
        "group create a,b",
        6,
        "a group's name can't hold control or invisible characters, `,` or `;`, nor begin with `-`: `a,b`",
        "write it like support or 'Sales Berlin'",
        &["backoffice group create 'Sales Berlin'"],
    ),
    (
        "group rename support administrators",
        4,
        "there is a group administrators already",
        "choose another name; `backoffice group show administrators` shows the group that has it",
        &[],
    ),
    (
        "password set grace@example.com",
        2,
        "a password is needed, NO_TERMINAL",
        "give it with `--password-stdin`, `--password-file`, `--input` or `--generate-password`",
        &["backoffice password set grace@example.com --generate-password"],
    ),
    (
        "password set grace@example.com hunter2",
        2,
        "a word names no user, and may be a password: HISTORY",
        OTHER_PASSWORD,
        &["PIPED backoffice password set grace@example.com --password-stdin"],
    ),
    (
        "password set ada@example.com grace@example.com --password-stdin",
        2,
        "several users can't be given one password",
        "`--generate-password` makes one for each",
        &["backoffice password set ada@example.com grace@example.com --generate-password"],
    ),
    (
        "password set nobody@example.com --generate-password",
        3,
        "there is no user nobody@example.com",
        SEARCH,
        &[],
    ),
    (
        "password require-change pending@example.com",
        4,
        "pending@example.com has no password to change",
        "`backoffice password set pending@example.com` sets one",
        &[],
    ),
    (
        "password change",
        2,
        "nobody is signed in here, so an e-mail is needed",
        "name yours: `backoffice password change EMAIL`",
        &[],
    ),
    (
        "login ada@example.com --password hunter2",
        2,
        "`backoffice login` takes no password as the value of an option: HISTORY",
        OTHER_PASSWORD,
        &[],
    ),
    (
        "login google",
        2,
        "`google` is the name of a provider, and no e-mail address",
        "did you mean `backoffice login --with google`?",
        &[],
    ),
    (
        "login --with okta",
        3,
        NO_PROVIDER,
        WRITE_PROVIDER,
        &[PROVIDER, "backoffice provider show okta"],
    ),
    (
        "login ada@example.com --password-file missing",
        6,
        "missing could not be read: No such file or directory (os error 2)",
        "check the path, and whether you may read the file",
        &[],
    ),
    (
        "whoami",
        5,
        "nobody is signed in here",
        "sign in with `backoffice login EMAIL`",
        &[],
    ),
    (
        "session verify bo_s_hunter2",
        2,
        "`backoffice session verify` was given one argument too many, and it may be a token: HISTORY",
        OTHER_TOKEN,
        &[],
    ),
    (
        "session revoke grace@example.com",
        6,
        "`grace@example.com` is not the id of a session",
        "`backoffice session list` shows the ids; `--user USER` ends every session of a user",
        &["backoffice session revoke --user grace@example.com --yes"],
    ),
    (
        "session revoke bo_s_hunter2",
        6,
        "this is a token, and an id or an address is needed: the token stands in the history of the shell now, and other users of this machine can see it",
        "`backoffice session end` asks for the token; `backoffice session list` shows the ids of sessions",
        &[],
    ),
    (
        "session end --all",
        2,
        "unexpected argument '--all' found",
        "`backoffice logout --all` ends every session of the user who is signed in",
        &[],
    ),
    (
        "reset issue grace@example.com --ttl 99h",
        6,
        "a link must live longer than 0 and at most 24h, and not 4d3h",
        "for example: `--ttl 30m`",
        &[],
    ),
    (
        "config show session.idle",
        2,
        "unexpected argument 'session.idle' found",
        "did you mean `backoffice config explain session.idle`?",
        &[],
    ),
    (
        "reset issue grace@example.com",
        6,
        "links can't be made: no `base_url` is configured",
        "write it at the top of the configuration, for example: base_url = \"https://desk.example.com\"; `backoffice config init` makes the configuration file HOME/.config/backoffice/config.toml",
        &[
            "echo 'base_url = \"https://desk.example.com\"' > .config/backoffice/config.toml",
            "backoffice reset issue grace@example.com",
        ],
    ),
    (
        "reset issue grace@example.com --send",
        6,
        NO_MAIL,
        WRITE_MAIL,
        &[MAIL, "backoffice reset issue grace@example.com --send"],
    ),
    (
        "reset complete bo_r_hunter2",
        2,
        "`backoffice reset complete` was given one argument too many, and it may be a token: HISTORY",
        OTHER_TOKEN,
        &[],
    ),
    (
        "reset revoke https://desk.example.com/reset#token=bo_r_hunter2",
        6,
        "this is a token, and an id or an address is needed: the token stands in the history of the shell now, and other users of this machine can see it",
        "`backoffice reset complete` asks for the token; `backoffice reset list` shows the ids of links",
        &[],
    ),
    (
        "mail check grace@example.com",
        6,
        NO_MAIL,
        WRITE_MAIL,
        &[MAIL, "backoffice mail check grace@example.com"],
    ),
    (
        "mail queue drop first",
        6,
        "`first` is not the id of a waiting mail",
        "`backoffice mail queue list` shows the ids",
        &[],
    ),
    (
        "config set session.idle 1h",
        2,
        "`backoffice config` has no command `set`",
        "edit the configuration file; `backoffice config show` shows the settings in force",
        &[],
    ),
    (
        "config explain sesion.idle",
        3,
        "the configuration has no setting `sesion.idle`",
        "did you mean session.idle?",
        &["backoffice config explain session.idle"],
    ),
    (
        "--store nowhere.db user list",
        7,
        "there is no store at HOME/nowhere.db, which flag --store names",
        "`backoffice init --store HOME/nowhere.db` makes one",
        &["backoffice --store nowhere.db user list"],
    ),
    (
        "--config nowhere.toml user list",
        6,
        "there is no configuration file at HOME/nowhere.toml, which --config names",
        "correct --config, leave it out to use the default places, or make the file: `backoffice --config nowhere.toml config init`",
        &["backoffice --config nowhere.toml user list"],
    ),
    (
        "init mystore.db",
        2,
        "unexpected argument 'mystore.db' found",
        "did you mean `backoffice init --store mystore.db`?",
        &[],
    ),
    (
        "completions tcsh",
        2,
        "invalid value 'tcsh' for '<SHELL>' [possible values: bash, elvish, fish, powershell, zsh]",
        "`backoffice completions --help` tells what it takes",
        &["backoffice completions bash"],
    ),
];

/// A desk as it is on a first day.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.user("grace@example.com");
    desk.run(["group", "add-member", "administrators", "ada@example.com"])
        .succeeded();
    desk.run(["group", "create", "support"]).succeeded();
    desk.run(["group", "add-member", "support", "grace@example.com"])
        .succeeded();
    desk.run(["user", "create", "pending@example.com"]).succeeded();
    desk.run(["user", "create", "gone@example.com"]).succeeded();
    desk.run(["user", "delete", "gone@example.com", "--yes"])
        .succeeded();
    desk.file("people.csv", "email\nhedy@example.com\n");
    // Where `login` and `config init` put their files.
    desk.file(".config/backoffice/empty", "");
    desk
}

/// Another desk with the same files.
fn copy_of(desk: &Desk) -> Desk {
    let copy = Desk::empty();
    let from = desk.path().join(".");
    let copied = Command::new("cp")
        .arg("-a")
        .arg(from)
        .arg(copy.path())
        .status()
        .unwrap();
    assert!(copied.success());
    copy
}

/// The commands between the backticks of a hint, with something in the place of each argument.
fn commands(hint: &str) -> Vec<String> {
    let quoted = hint.split('`').skip(1).step_by(2);
    let commands = quoted.filter(|text| text.starts_with("backoffice "));
    let filled = commands.map(|command| {
        let words = command.split(' ').map(|word| match word {
            "EMAIL" => "hedy@example.com",
            "OTHER" | "USER" => "grace@example.com",
            "NAME" => "sales",
            "TEXT" => "ada",
            word => word,
        });
        words.collect::<Vec<_>>().join(" ")
    });
    filled.collect()
}

/// The line does what it says; or it asks, where a person is there to answer.
fn is_a_way_out(run: &Run) -> bool {
    run.code == 0 || (run.code == 2 && run.stderr.contains(NO_TERMINAL))
}

#[test]
fn each_mistake_of_a_first_day_is_answered_with_a_way_out() {
    assert!(MISTAKES.len() >= 50);
    let first = desk();
    for (typed, code, error, hint, then) in MISTAKES {
        let desk = copy_of(&first);
        let home = desk.path().to_str().unwrap().to_owned();
        let run = desk.pipe("", typed.split(' ')).ended(*code);
        let expected = format!("error: {error}\nhint: {hint}\n")
            .replace("NO_TERMINAL", NO_TERMINAL)
            .replace("HISTORY", HISTORY)
            .replace("HOME", &home);
        assert_eq!(run.stderr, expected, "{typed}");
        assert!(!run.to_string().contains("hunter2"), "{typed}");
        let then = then.iter().map(|line| line.replace("PIPED", PIPED));
        for line in commands(&hint.replace("HOME", &home)).into_iter().chain(then) {
            // A provider that nobody configured is another mistake, with a row of its own.
            if line.contains("--with") {
                continue;
            }
            let run = desk.shell(&format!("backoffice() {{ \"$BACKOFFICE\" \"$@\"; }}\n{line}"));
            assert!(is_a_way_out(&run), "{typed}\n{line}{run:?}");
        }
    }
}

#[test]
fn a_wrong_password_says_where_to_look() {
    let desk = desk();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    let run = desk
        .pipe("wrong", ["login", "ada@example.com", "--password-stdin"])
        .ended(5);
    assert_eq!(
        run.stderr,
        "error: the e-mail address or the password isn't right, or the account can't sign in\n\
         hint: wait a little before you try again; `backoffice user show EMAIL` shows an operator the state of the account\n"
    );
    desk.run(["user", "show", "ada@example.com"]).succeeded();
    desk.pipe(PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}
