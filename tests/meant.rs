//! What people type on their first day, and what they are told: the commands of other programs, slips
//! of the finger, and arguments in another shape.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, Run};

/// What is typed, and what was meant; or what can be done instead. Empty: nothing is proposed, and the
/// commands are listed.
const FIRST_DAY: &[(&str, &str)] = &[
    ("add", "`backoffice user create`"),
    ("create", "`backoffice user create`"),
    ("new", "`backoffice user create`"),
    ("make", "`backoffice user create`"),
    ("register", "`backoffice user create`"),
    ("useradd", "`backoffice user create`"),
    ("adduser", "`backoffice user create`"),
    ("usermod", "`backoffice user edit`"),
    ("userdel", "`backoffice user delete`"),
    ("deluser", "`backoffice user delete`"),
    ("groupadd", "`backoffice group create`"),
    (
        "passwd",
        "`backoffice password change` or `backoffice password set`",
    ),
    ("signup", "`backoffice user create`"),
    ("sign-up", "`backoffice user create`"),
    ("signin", "`backoffice login`"),
    ("sign-in", "`backoffice login`"),
    ("sing-in", "`backoffice login`"),
    ("signout", "`backoffice logout`"),
    ("sign-out", "`backoffice logout`"),
    ("log-in", "`backoffice login`"),
    ("logn", "`backoffice login`"),
    ("sessions", "`backoffice session list`"),
    ("users", "`backoffice user list`"),
    ("groups", "`backoffice group list`"),
    ("me", "`backoffice whoami`"),
    ("id", "`backoffice whoami`"),
    ("who", "`backoffice whoami`"),
    ("ps", "`backoffice session list`"),
    ("ls", "`backoffice user list`"),
    ("list", "`backoffice user list`"),
    ("show", "`backoffice user show`"),
    ("get", "`backoffice user show`"),
    ("info", "`backoffice user show`"),
    ("rm", "`backoffice user delete`"),
    (
        "remove",
        "`backoffice user delete` or `backoffice password remove`",
    ),
    ("delete", "`backoffice user delete`"),
    (
        "unblock",
        "`backoffice user activate` or `backoffice user unlock`",
    ),
    ("suspend", "`backoffice user deactivate`"),
    ("ban", "`backoffice user deactivate`"),
    ("lock", "`backoffice user deactivate`"),
    ("block", "`backoffice user deactivate`"),
    ("disable", "`backoffice user deactivate`"),
    ("enable", "`backoffice user activate`"),
    ("activate", "`backoffice user activate`"),
    ("reactivate", "`backoffice user activate`"),
    ("unlock", "`backoffice user unlock`"),
    ("invite", "`backoffice user create EMAIL --invite`"),
    ("forgot", "`backoffice reset request EMAIL`"),
    ("role", "`backoffice group list`"),
    ("roles", "`backoffice group list`"),
    (
        "member",
        "`backoffice group add-member` or `backoffice group remove-member`",
    ),
    ("members", "`backoffice user list --group GROUP`"),
    ("join", "`backoffice group add-member`"),
    ("leave", "`backoffice group remove-member`"),
    ("grant", "`backoffice group add-member`"),
    ("promote", "`backoffice group add-member`"),
    (
        "oauth",
        "`backoffice provider list` or `backoffice login --with PROVIDER`",
    ),
    (
        "sso",
        "`backoffice provider list` or `backoffice login --with PROVIDER`",
    ),
    (
        "2fa",
        "a second factor is the task of a provider: `backoffice login --with PROVIDER` signs in with it, and `backoffice provider list` shows the configured providers",
    ),
    (
        "mfa",
        "a second factor is the task of a provider: `backoffice login --with PROVIDER` signs in with it, and `backoffice provider list` shows the configured providers",
    ),
    ("log", "`backoffice audit list`"),
    ("logs", "`backoffice audit list`"),
    ("history", "`backoffice audit list`"),
    ("tail", "`backoffice audit list --follow`"),
    ("user history", "`backoffice audit list --user USER`"),
    ("backup", ""),
    ("status", ""),
    ("doctor", ""),
    ("serve", ""),
    ("start", ""),
    ("stop", ""),
    ("kill", ""),
    (
        "exit",
        "each command ends by itself, so nothing has to be left; `backoffice whoami` tells who is signed in",
    ),
    (
        "quit",
        "each command ends by itself, so nothing has to be left; `backoffice whoami` tells who is signed in",
    ),
    ("version", "`backoffice --version`"),
    ("usage", "`backoffice help`"),
    ("account", "`backoffice user list`"),
    ("accounts", "`backoffice user list`"),
    ("settings", "`backoffice config show`"),
    ("setup", "`backoffice init`"),
    ("search", "`backoffice user list --search TEXT`"),
    ("find", "`backoffice user list --search TEXT`"),
    ("import", "`backoffice user import`"),
    ("export", "`backoffice user export`"),
    ("dump", "`backoffice user export`"),
    ("verify", "`backoffice session verify`"),
    (
        "check",
        "`backoffice mail check`, `backoffice audit check` or `backoffice provider check`",
    ),
    ("token", "`backoffice session verify --token-stdin`"),
    ("issue", "`backoffice reset issue`"),
    ("flush", "`backoffice mail queue flush`"),
    (
        "revoke",
        "`backoffice reset revoke` or `backoffice session revoke`",
    ),
    ("set", "`backoffice user edit` or `backoffice password set`"),
    ("change", "`backoffice user edit` or `backoffice password change`"),
    ("rename", "`backoffice user edit` or `backoffice group rename`"),
    ("update", "`backoffice user edit`"),
    ("restore", "`backoffice user restore`"),
    ("recover", "`backoffice user restore`"),
    ("purge", "`backoffice user purge`"),
    (
        "reset-password",
        "`backoffice reset issue` or `backoffice password set`",
    ),
    ("create-user", "`backoffice user create`"),
    ("list_users", "`backoffice user list`"),
    ("user:add", "`backoffice user create`"),
    ("usr", "`backoffice user list`"),
    ("whois", "`backoffice user show`"),
    ("queue", "`backoffice mail queue list`"),
    ("smtp", "`backoffice mail`"),
    ("idp", "`backoffice provider list`"),
    ("completion", "`backoffice completions`"),
    ("resets", "`backoffice reset list`"),
    ("passwords", "`backoffice password`"),
    ("ada@example.com", "`backoffice user show ada@example.com`"),
    ("users list", "`backoffice user list`"),
    ("users add ada@example.com", "`backoffice user create`"),
    ("add user ada@example.com", "`backoffice user create`"),
    ("create group support", "`backoffice group create`"),
    ("list users", "`backoffice user list`"),
    ("delete group support", "`backoffice group delete`"),
    ("sessions list", "`backoffice session list`"),
    ("account show", "`backoffice user show`"),
    ("user add", "`backoffice user create`"),
    ("user new", "`backoffice user create`"),
    ("user remove", "`backoffice user delete`"),
    ("user rm", "`backoffice user delete`"),
    ("user del", "`backoffice user delete`"),
    ("user ls", "`backoffice user list`"),
    ("user get", "`backoffice user show`"),
    ("user info", "`backoffice user show`"),
    ("user rename", "`backoffice user edit`"),
    ("user update", "`backoffice user edit`"),
    ("user set", "`backoffice user edit`"),
    ("user lock", "`backoffice user deactivate`"),
    ("user block", "`backoffice user deactivate`"),
    ("user disable", "`backoffice user deactivate`"),
    ("user suspend", "`backoffice user deactivate`"),
    ("user ban", "`backoffice user deactivate`"),
    ("user enable", "`backoffice user activate`"),
    ("user reactivate", "`backoffice user activate`"),
    ("user unban", "`backoffice user activate`"),
    (
        "user unblock",
        "`backoffice user activate` or `backoffice user unlock`",
    ),
    ("user invite", "`backoffice user create EMAIL --invite`"),
    ("user password", "`backoffice password set`"),
    (
        "user reset",
        "`backoffice reset issue` or `backoffice password set`",
    ),
    ("user login", "`backoffice login`"),
    ("user logout", "`backoffice session revoke --user USER`"),
    ("user kick", "`backoffice session revoke --user USER`"),
    ("user find", "`backoffice user list --search TEXT`"),
    ("user count", "`backoffice user list --count`"),
    ("user role", "`backoffice user edit USER --add-group GROUP`"),
    ("user groups", "`backoffice user edit USER --add-group GROUP`"),
    ("user join", "`backoffice user edit USER --add-group GROUP`"),
    ("user leave", "`backoffice user edit USER --remove-group GROUP`"),
    ("user sessions", "`backoffice session list USER`"),
    ("user link", "`backoffice identity link`"),
    ("user me", "`backoffice whoami`"),
    (
        "user 2fa",
        "a second factor is the task of a provider: `backoffice login --with PROVIDER` signs in with it, and `backoffice identity list USER` shows the linked accounts",
    ),
    ("user crate", "`backoffice user create`"),
    ("user delte", "`backoffice user delete`"),
    (
        "user exit",
        "each command ends by itself, so nothing has to be left; `backoffice whoami` tells who is signed in",
    ),
    ("user remote", ""),
    ("user ada@example.com", "`backoffice user show ada@example.com`"),
    (
        "group add",
        "`backoffice group create` or `backoffice group add-member`",
    ),
    (
        "group remove",
        "`backoffice group delete` or `backoffice group remove-member`",
    ),
    ("group join", "`backoffice group add-member`"),
    ("group leave", "`backoffice group remove-member`"),
    (
        "group members",
        "`backoffice user list --group GROUP` or `backoffice group add-member`",
    ),
    (
        "group users",
        "`backoffice user list --group GROUP` or `backoffice group add-member`",
    ),
    ("group edit", "`backoffice group rename`"),
    (
        "password reset",
        "`backoffice reset issue` or `backoffice password set`",
    ),
    ("password forgot", "`backoffice reset request EMAIL`"),
    (
        "password show",
        "only the hash of a password is stored, so it can't be shown; `backoffice password set` sets another one",
    ),
    (
        "password generate",
        "`backoffice password set USER --generate-password`",
    ),
    ("password expire", "`backoffice password require-change`"),
    (
        "password update",
        "`backoffice password set` or `backoffice password change`",
    ),
    ("password delete", "`backoffice password remove`"),
    ("password clear", "`backoffice password remove`"),
    ("reset create", "`backoffice reset issue`"),
    ("reset send", "`backoffice reset issue`"),
    ("reset use", "`backoffice reset complete`"),
    ("reset cancel", "`backoffice reset revoke`"),
    ("reset password", "`backoffice reset issue`"),
    ("reset ada@example.com", ""),
    ("session check", "`backoffice session verify`"),
    (
        "session kill",
        "`backoffice session end` or `backoffice session revoke`",
    ),
    ("session close", "`backoffice session end`"),
    ("session show", "`backoffice session list`"),
    ("session add", ""),
    (
        "provider add",
        "the sections [provider.NAME] of the configuration file are the providers: edit the file; `backoffice provider list` shows them",
    ),
    ("provider test", "`backoffice provider check`"),
    (
        "config set",
        "edit the configuration file; `backoffice config show` shows the settings in force",
    ),
    ("config get", "`backoffice config show`"),
    ("mail send", "`backoffice mail queue flush`"),
    ("mail test", "`backoffice mail check`"),
    ("mail list", "`backoffice mail queue list`"),
    ("mail queue clear", "`backoffice mail queue drop`"),
    ("mail queue send", "`backoffice mail queue flush`"),
    ("identity add", "`backoffice identity link`"),
    ("identity remove", "`backoffice identity unlink`"),
    ("identity connect", "`backoffice identity link`"),
    ("identity ls", "`backoffice identity list`"),
];

/// The commands that destroy something or let somebody in, with the words that mean each.
const GUARDED: &[(&str, &[&str])] = &[
    (
        "user delete",
        &["delete", "remove", "rm", "del", "userdel", "deluser", "delte"],
    ),
    ("user purge", &["purge"]),
    ("user restore", &["restore", "recover"]),
    (
        "user activate",
        &["activate", "enable", "reactivate", "unblock", "unban"],
    ),
    ("user unlock", &["unlock", "unblock"]),
    ("group delete", &["delete", "remove"]),
    ("group remove-member", &["remove", "leave", "member"]),
    ("password remove", &["remove", "delete", "clear"]),
    (
        "reset issue",
        &["issue", "reset", "reset-password", "create", "send", "password"],
    ),
    ("reset revoke", &["revoke", "cancel"]),
    ("session end", &["end", "kill", "close"]),
    ("session revoke", &["revoke", "kill", "logout", "kick"]),
    ("mail queue drop", &["clear"]),
    ("identity link", &["link", "add", "connect"]),
    ("identity unlink", &["remove"]),
    (
        "login",
        &[
            "login", "log-in", "logn", "signin", "sign-in", "sing-in", "oauth", "sso", "2fa", "mfa",
        ],
    ),
    ("logout", &["signout", "sign-out"]),
];

fn typed(line: &str) -> Run {
    Desk::empty().run(line.split(' ')).ended(2)
}

/// The hint of a refused line; the line `error: …` stands before it, and nothing else.
fn hint(line: &str) -> String {
    let run = typed(line);
    assert_eq!(run.stdout, "", "{line}");
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert!(
        lines.len() == 2 && lines[0].starts_with("error: "),
        "{line}: {run:?}"
    );
    lines[1].strip_prefix("hint: ").unwrap().to_owned()
}

/// The commands that a hint names.
fn named(hint: &str) -> Vec<&str> {
    let quoted = hint.split('`').skip(1).step_by(2);
    quoted
        .filter_map(|text| text.strip_prefix("backoffice "))
        .collect()
}

#[test]
fn the_first_words_of_a_newcomer_are_understood() {
    assert!(FIRST_DAY.len() > 100);
    for (line, meant) in FIRST_DAY {
        let hint = hint(line);
        if meant.is_empty() {
            assert!(hint.starts_with("the commands are "), "{line}: {hint}");
        } else if meant.starts_with('`') {
            assert_eq!(hint, format!("did you mean {meant}?"), "{line}");
        } else {
            assert_eq!(hint, *meant, "{line}");
        }
    }
}

#[test]
fn nothing_that_destroys_or_lets_in_is_proposed_for_a_word_that_means_something_else() {
    for (line, _) in FIRST_DAY {
        let hint = hint(line);
        for (command, words) in GUARDED {
            let is_named = named(&hint)
                .iter()
                .any(|named| *named == *command || named.starts_with(&format!("{command} ")));
            let means_it = line.split(' ').any(|word| words.contains(&word));
            assert!(!is_named || means_it, "{line}: {hint}");
        }
    }
}

#[test]
fn every_proposal_is_a_command_that_is_there() {
    let desk = Desk::empty();
    for (line, _) in FIRST_DAY {
        let hint = hint(line);
        for proposal in named(&hint) {
            let words = proposal
                .split(' ')
                .take_while(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
            let words = words.filter(|word| !word.contains('@')).chain(["--help"]);
            desk.run(words).ended(0);
        }
    }
}

#[test]
fn a_program_gets_the_same_proposal() {
    let run = typed("user remove --json");
    assert_eq!(
        run.error(),
        serde_json::json!({
            "code": "usage",
            "message": "`backoffice user` has no command `remove`",
            "hint": "did you mean `backoffice user delete`?",
        })
    );
}

#[test]
fn a_flag_of_another_program_is_understood() {
    for (line, meant) in [
        ("user list --statuss active", "did you mean `--status`?"),
        ("user list --filter ada", "did you mean `--search`?"),
        ("user list --order-by email", "did you mean `--sort`?"),
        ("user list --desc", "did you mean `--sort FIELD:desc`?"),
        ("user list --active", "did you mean `--status active`?"),
        ("user list --csv", "did you mean `--format csv`?"),
        ("user list --no-color", "did you mean `--color never`?"),
        ("user list --verbos", "did you mean `--verbose`?"),
        ("user delete ada@example.com --force", "did you mean `--yes`?"),
        ("user delete ada@example.com -f", "did you mean `--yes`?"),
        ("user delete ada@example.com -n", "did you mean `--dry-run`?"),
        (
            "user create ada@example.com --enable",
            "did you mean `--activate`?",
        ),
        (
            "user create ada@example.com --role support",
            "did you mean `--group`?",
        ),
        (
            "user create ada@example.com --surname Lovelace",
            "did you mean `--last-name`?",
        ),
        ("login --provider okta", "did you mean `--with`?"),
        (
            "user create --email ada@example.com",
            "write the EMAIL without a flag: `backoffice user create EMAIL`",
        ),
        ("user show --all", "`backoffice user list` shows all users"),
        (
            "session list --all",
            "leave it out: nothing is left out of the answer",
        ),
        (
            "session end --all",
            "`backoffice logout --all` ends every session of the user who is signed in",
        ),
        (
            "user activate --all",
            "name the users; `-` reads them from standard input, one a line, as \
             `backoffice user list --format ids` prints them",
        ),
    ] {
        assert_eq!(hint(line), meant, "{line}");
    }
}

#[test]
fn a_value_of_another_program_is_understood() {
    for (line, meant) in [
        ("user list --status inactive", "deactivated"),
        ("user list --status enabled", "active"),
        ("user list --format ndjson", "jsonl"),
        ("user list -o text", "table"),
        ("user list --sort created", "created_at"),
        ("user list --sort mail", "email"),
        ("user list --sort surname", "last_name"),
        ("user list --color no", "never"),
        ("user create ada@example.com --if-exists ignore", "skip"),
        ("completions pwsh", "powershell"),
    ] {
        assert_eq!(hint(line), format!("did you mean `{meant}`?"), "{line}");
    }
    for (locale, meant) in [
        ("german", "did you mean `de`?"),
        ("de_DE.UTF-8", "did you mean `de-DE`?"),
        ("?", "write a language tag, such as en or de-AT"),
    ] {
        let run = Desk::new()
            .run(["user", "create", "ada@example.com", "--locale", locale, "--json"])
            .ended(6);
        assert_eq!(run.error()["hint"], meant, "{locale}");
    }
}

#[test]
fn an_argument_in_another_shape_is_understood() {
    let to_a_file =
        "the answer goes to standard output; to write it to a file: `backoffice user export > users.csv`";
    for (line, meant) in [
        (
            "user list joe",
            "did you mean `backoffice user list --search joe`?",
        ),
        (
            "user export users.csv",
            "did you mean `backoffice user export > users.csv`?",
        ),
        ("user export -o users.csv", to_a_file),
        ("user export --output users.csv", to_a_file),
        ("user export --out=users.csv", to_a_file),
        ("user export --output jsonl", "did you mean `--format jsonl`?"),
        (
            "export -o users.csv",
            "did you mean `backoffice user export > users.csv`?",
        ),
        (
            "init mystore.db",
            "did you mean `backoffice init --store mystore.db`?",
        ),
        ("login google", "did you mean `backoffice login --with google`?"),
        ("whoami joe", "did you mean `backoffice user show joe`?"),
        (
            "user edit joe Joseph",
            "name what to change: use `--email`, `--first-name`, `--last-name`, `--locale`, \
             `--add-group` or `--remove-group`",
        ),
    ] {
        assert_eq!(hint(line), meant, "{line}");
    }
}

#[test]
fn a_configured_provider_is_no_address() {
    let desk = Desk::new();
    desk.configure(
        "[provider.acme]\nkind = \"oidc\"\nissuer = \"https://acme.example\"\nclient_id = \"x\"\n",
    );
    let run = desk.run(["login", "acme", "--json"]).ended(2);
    assert_eq!(
        run.error()["hint"],
        "did you mean `backoffice login --with acme`?"
    );
    // A word that is neither an address nor a provider is refused as every sign-in is.
    desk.pipe("x", ["login", "joe", "--password-stdin"]).ended(5);
}

#[test]
fn a_user_before_the_group_is_noticed() {
    let desk = Desk::new();
    desk.user("joe@example.com");
    desk.run(["group", "create", "support"]).succeeded();
    for verb in ["add-member", "remove-member"] {
        let run = desk.run(["group", verb, "joe@example.com", "support"]).ended(2);
        assert_eq!(
            run.stderr,
            format!(
                "error: `joe@example.com` names a user, and the group comes first\n\
                 hint: did you mean `backoffice group {verb} support joe@example.com`?\n"
            )
        );
    }
    // Two users are no user and a group in the wrong order.
    desk.run(["group", "add-member", "joe@example.com", "joe@example.com"])
        .ended(3);
}

#[test]
fn a_secret_on_the_command_line_is_not_repeated_and_its_danger_is_told() {
    let told = "stands in the history of the shell now, and other users of this machine can see it\n";
    let password =
        "hint: take another password, and use `--password-stdin`, `--password-file FILE` or the prompt\n";
    let token = "hint: take another token, and use `--token-stdin`, `--token-file FILE` or the prompt\n";
    for (line, hint) in [
        ("login ada@example.com --password hunter2", password),
        ("login ada@example.com --password=hunter2", password),
        ("login ada@example.com --pasword hunter2", password),
        ("login ada@example.com -p hunter2", password),
        ("login ada@example.com -phunter2", password),
        ("login ada@example.com hunter2", password),
        ("user create ada@example.com --passwd hunter2 --json", password),
        ("user create ada@example.com hunter2", password),
        ("session verify hunter2", token),
        ("session verify --token hunter2", token),
        ("session end hunter2", token),
        (
            "reset complete https://desk.example.com/reset#token=hunter2",
            token,
        ),
        ("reset complete --token=hunter2", token),
        (
            "session verify --token-stdin=hunter2",
            "hint: take another token, and use `--token-stdin` or `--token-file FILE`\n",
        ),
        (
            "whoami --token hunter2",
            "hint: take another token, and use `--as-token-stdin` or `--as-token-file FILE`\n",
        ),
    ] {
        let run = typed(line);
        assert!(!run.to_string().contains("hunter2"), "{line}: {run:?}");
        if line.ends_with("--json") {
            assert_eq!(run.error()["hint"], hint["hint: ".len()..].trim_end());
        } else {
            assert!(
                run.stderr.contains(told) && run.stderr.ends_with(hint),
                "{line}: {run:?}"
            );
        }
    }
    for line in [
        "user list --password hunter2",
        "user crate --password hunter2",
        "login --with okta --password-stdin=hunter2",
        "password change ada@example.com hunter2 hunter2",
    ] {
        let run = typed(line);
        assert!(!run.to_string().contains("hunter2"), "{line}: {run:?}");
    }
    let run = typed("user create ada@example.com --password");
    assert_eq!(
        run.stderr,
        "error: `backoffice user create` has no option `--password`\n\
         hint: no option takes a password as its value: use `--password-stdin`, `--password-file FILE` or the prompt\n"
    );
}
