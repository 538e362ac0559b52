//! What the command line says of itself, and to those who get it wrong.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::commands::leaves;
use common::{Desk, Run};

fn refused(arguments: &[&str]) -> String {
    let run = Desk::empty().run(arguments).ended(2);
    assert_eq!(run.stdout, "");
    run.stderr
}

#[test]
fn a_near_miss_is_suggested() {
    assert_eq!(
        refused(&["user", "crate"]),
        "error: `backoffice user` has no command `crate`\nhint: did you mean `backoffice user create`?\n"
    );
    assert_eq!(
        refused(&["user", "list", "--statuss", "active"]),
        "error: unexpected argument '--statuss' found\nhint: did you mean `--status`?\n"
    );
    assert_eq!(
        refused(&["user", "list", "--status", "activ"]),
        "error: invalid value 'activ' for '--status <STATUS>' \
         [possible values: pending, active, deactivated, deleted]\nhint: did you mean `active`?\n"
    );
}

#[test]
fn a_noun_alone_names_its_verbs() {
    assert_eq!(
        refused(&["group"]),
        "error: `backoffice group` needs a command\n\
         hint: the commands are create, list, show, rename, delete, add-member, remove-member\n"
    );
    assert!(
        refused(&["frobnicate"]).starts_with(
            "error: `backoffice` has no command `frobnicate`\nhint: the commands are init, user, "
        )
    );
    assert!(
        refused(&[]).starts_with("error: `backoffice` needs a command\nhint: the commands are init, user,")
    );
}

#[test]
fn what_is_missing_is_named_with_the_whole_line() {
    assert_eq!(
        refused(&["group", "add-member", "support"]),
        "error: <USER>... is missing\n\
         hint: write `backoffice group add-member [OPTIONS] <GROUP> <USER>...`; \
         `backoffice group add-member --help` tells more\n"
    );
    assert_eq!(
        refused(&["session", "revoke"]),
        "error: <ID>... is missing\n\
         hint: write `backoffice session revoke [OPTIONS] <ID>...` or \
         `backoffice session revoke [OPTIONS] --user <USER>`; `backoffice session revoke --help` tells more\n"
    );
    assert_eq!(
        refused(&["user", "edit", "ada@example.com"]),
        "error: nothing to change is named\n\
         hint: name it with `--email`, `--first-name`, `--last-name`, `--locale`, `--add-group` or `--remove-group`\n"
    );
}

#[test]
fn what_does_not_go_together_or_is_no_value_is_said() {
    assert_eq!(
        refused(&["user", "list", "--all", "--status", "active"]),
        "error: the argument '--all' cannot be used with '--status <STATUS>'\n\
         hint: leave one of the two out\n"
    );
    assert_eq!(
        refused(&["user", "list", "--limit", "many"]),
        "error: invalid value 'many' for '--limit <N>': a whole number is needed\n\
         hint: `backoffice user list --help` tells what it takes\n"
    );
    assert_eq!(
        refused(&["whoami", "--lock-timeout", "soon"]),
        "error: invalid value 'soon' for '--lock-timeout <TIME>': \
         a time is written like 500ms, 30s, 15m, 8h or 90d\n\
         hint: `backoffice whoami --help` tells what it takes\n"
    );
}

#[test]
fn hostile_arguments_are_shown_escaped() {
    assert_eq!(
        refused(&["user", "\u{1b}[31m\u{202e}"]).lines().next(),
        Some(r"error: `backoffice user` has no command `\u{1b}[31m\u{202e}`")
    );
}

#[test]
fn usage_errors_are_json_where_json_was_asked_for() {
    let object = "{\"error\":{\"code\":\"usage\",\"message\":\"`backoffice user` has no command `crate`\",\
                  \"hint\":\"did you mean `backoffice user create`?\"}}\n";
    for format in [
        &["--json"][..],
        &["--format", "json"],
        &["--format=jsonl"],
        &["-o", "json"],
        &["-ojson"],
        &["-qo=json"],
    ] {
        let before = [format, &["user", "crate"]].concat();
        let after = [&["user", "crate"], format].concat();
        assert_eq!(refused(&before), object);
        assert_eq!(refused(&after), object);
    }
    let desk = Desk::empty();
    let mut command = desk.command(["user", "crate"]);
    let run = Run::of(&command.env("BACKOFFICE_FORMAT", "json").output().unwrap());
    assert_eq!(run.stderr, object);
}

#[test]
fn a_format_in_the_environment_is_checked_and_outdone_by_the_flag() {
    let desk = Desk::new();
    let run = |format, arguments: &[&str]| {
        let mut command = desk.command(arguments);
        Run::of(&command.env("BACKOFFICE_FORMAT", format).output().unwrap())
    };
    let wrong = run("yaml", &["group", "list"]).ended(2);
    assert_eq!(
        wrong.stderr,
        "error: BACKOFFICE_FORMAT names no format\nhint: it is one of table, json, jsonl, csv, ids\n"
    );
    assert_eq!(
        run("yaml", &["group", "list", "-o", "ids"]).ended(0).stdout,
        "administrators\n"
    );
    assert_eq!(
        run("json", &["group", "list", "-o", "ids"]).ended(0).stdout,
        "administrators\n"
    );
    assert_eq!(
        run("json", &["group", "list"]).ended(0).json()[0]["name"],
        "administrators"
    );
}

#[test]
fn every_command_and_every_argument_is_described() {
    for leaf in leaves() {
        let name = leaf.name();
        assert!(leaf.command.get_about().is_some(), "{name}");
        for argument in leaf.command.get_arguments() {
            assert!(argument.get_help().is_some(), "{name}: {}", argument.get_id());
        }
    }
}

#[test]
fn every_command_has_help_in_which_its_own_options_come_first() {
    let desk = Desk::empty();
    for leaf in leaves() {
        let name = leaf.name();
        let help = |flag: &str| {
            let run = desk
                .run(leaf.path.iter().map(String::as_str).chain([flag]))
                .ended(0);
            assert_eq!(run.stderr, "", "{name}");
            run.stdout
        };
        let (short, long) = (help("-h"), help("--help"));
        assert!(short.contains(&format!("Usage: backoffice {name}")), "{short}");
        let (own, global) = short.split_once("Global options:").unwrap();
        assert!(own.contains("--help") && global.contains("--format"), "{short}");
        assert!(
            !short.contains("--lock-timeout") && long.contains("--lock-timeout"),
            "{name}"
        );
    }
}

#[test]
fn the_long_help_has_every_exit_code() {
    let run = Desk::empty().run(["--help"]).ended(0);
    let table = run.stdout.split("Exit codes:\n").nth(1).unwrap();
    let codes: Vec<&str> = table
        .lines()
        .map(|line| line.split_whitespace().next().unwrap())
        .collect();
    assert_eq!(
        codes,
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "130"]
    );
    assert_eq!(run.stderr, "");
    let short = Desk::empty().run(["-h"]).ended(0);
    assert!(!short.stdout.contains("Exit codes"), "{short:?}");
}

#[test]
fn the_version_is_told() {
    let run = Desk::empty().run(["--version"]).ended(0);
    assert_eq!(run.stdout, format!("backoffice {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn help_is_the_long_help_however_it_is_asked_for() {
    let desk = Desk::empty();
    let shown = |arguments: &[&str]| {
        let run = desk.run(arguments).ended(0);
        assert_eq!(run.stderr, "", "{arguments:?}");
        run.stdout
    };
    for (words, same) in [
        (&["help"][..], &["--help"][..]),
        (&["help", "user"], &["user", "--help"]),
        (&["user", "help"], &["user", "--help"]),
        (&["help", "user", "create"], &["user", "create", "--help"]),
        (&["user", "help", "create"], &["user", "create", "--help"]),
        (
            &["help", "mail", "queue", "flush"],
            &["mail", "queue", "flush", "--help"],
        ),
        (&["mail", "queue", "help"], &["mail", "queue", "--help"]),
        (&["help", "help"], &["help", "--help"]),
        (&["--json", "user", "help"], &["user", "--help"]),
    ] {
        assert_eq!(shown(words), shown(same), "{words:?}");
    }
}

#[test]
fn help_for_what_is_not_there_proposes_what_is() {
    for (words, meant) in [
        (&["help", "usr"][..], "backoffice help user"),
        (&["help", "user", "add"], "backoffice help user create"),
        (&["user", "help", "remove"], "backoffice help user delete"),
        (&["help", "invite"], "backoffice help user create"),
        (&["help", "user", "create", "x"], "backoffice help user create"),
    ] {
        assert!(
            refused(words).ends_with(&format!("hint: did you mean `{meant}`?\n")),
            "{words:?}"
        );
    }
}
