//! What can be refused is refused before the next question, and a command with flags asks for nothing
//! optional.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::pty::Ended;
use common::{Desk, OTHER_PASSWORD, PASSWORD};

/// Runs a command that must end without a question.
fn unasked(desk: &Desk, arguments: &[&str], code: i32) -> Ended {
    let ended = desk.at_narrow_terminal(250, arguments).ends();
    assert_eq!(ended.code, code, "{arguments:?}: {ended:?}");
    for question in ["? [", "E-mail: ", "assword: ", "Token", "(optional)"] {
        assert!(!ended.shown.contains(question), "{arguments:?}: {ended:?}");
    }
    ended
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.run(["group", "add-member", "administrators", "ada@example.com"])
        .succeeded();
    desk.run(["group", "create", "support"]).succeeded();
    desk.run(["user", "create", "gone@example.com", "--group", "support"])
        .succeeded();
    desk.run(["user", "delete", "gone@example.com", "--yes"])
        .succeeded();
    desk
}

#[test]
fn what_can_not_be_destroyed_is_refused_before_the_question() {
    let desk = desk();
    for (arguments, code, said) in [
        (
            &["user", "delete", "ada@example.com"][..],
            4,
            "last active administrator",
        ),
        (&["user", "delete", "nobody@example.com"], 3, "there is no user"),
        (&["user", "delete", "joe"], 6, "`joe` names no user"),
        (&["user", "purge", "ada@example.com"], 4, "can't be purged"),
        (&["user", "purge", "nobody@example.com"], 3, "there is no user"),
        (
            &["group", "delete", "administrators"],
            4,
            "neither renamed nor deleted",
        ),
        (&["group", "delete", "support"], 4, "isn't empty"),
        (&["group", "delete", "suport"], 3, "did you mean support?"),
        (
            &["session", "revoke", "--user", "nobody@example.com"],
            3,
            "there is no user",
        ),
        // Nothing would change, so nothing is asked.
        (
            &["user", "delete", "gone@example.com"],
            0,
            "unchanged: gone@example.com is deleted already",
        ),
        (
            &["session", "revoke", "--user", "ada@example.com"],
            0,
            "unchanged: ada@example.com has no session",
        ),
    ] {
        let ended = unasked(&desk, arguments, code);
        assert!(ended.shown.contains(said), "{arguments:?}: {ended:?}");
    }
}

#[test]
fn of_several_users_the_question_counts_those_that_can_be_deleted() {
    let desk = desk();
    for name in ["b", "c"] {
        desk.user(&format!("{name}@example.com"));
    }
    let all = [
        "user",
        "delete",
        "b@example.com",
        "ada@example.com",
        "nobody@example.com",
        "c@example.com",
    ];
    let mut pty = desk.at_narrow_terminal(200, &all);
    pty.answers("delete 2 users? ", "y");
    let ended = pty.ends();
    assert_eq!(ended.code, 9, "{ended:?}");
    assert!(ended.shown.contains("deleted b@example.com"), "{ended:?}");
    let id = desk.user("d@example.com");
    let mut pty = desk.at_narrow_terminal(200, &["user", "delete", &id]);
    pty.answers("delete d@example.com? ", "n");
    assert_eq!(pty.ends().code, 10);
}

#[test]
fn a_user_to_create_is_checked_before_the_address_is_asked_for() {
    let desk = desk();
    for (arguments, code, said) in [
        (
            &["user", "create", "joe"][..],
            6,
            "isn't of the form name@domain: `joe`",
        ),
        (
            &["user", "create", "--group", "suport"],
            3,
            "did you mean support?",
        ),
        (
            &["user", "create", "--must-change"],
            2,
            "`--must-change` needs a password",
        ),
        (
            &["user", "create", "--invite"],
            6,
            "no `mail.transport` is configured",
        ),
        (&["user", "create", "--locale", "german"], 6, "did you mean `de`?"),
    ] {
        let ended = unasked(&desk, arguments, code);
        assert!(ended.shown.contains(said), "{arguments:?}: {ended:?}");
    }
    let mut pty = desk.at_terminal(&["user", "create"]);
    pty.answers("E-mail: ", "joe");
    pty.sees("isn't of the form name@domain");
    pty.answers("E-mail: ", "ada@example.com");
    pty.sees("is taken by a user who is active");
    pty.answers("E-mail: ", "grace@example.com");
    pty.sees("First name (optional): ");
    pty.keys("\u{3}");
    assert_eq!(pty.ends().code, 130);
}

#[test]
fn without_a_store_nothing_is_asked() {
    let desk = Desk::empty();
    for arguments in [
        &["login"][..],
        &["login", "ada@example.com"],
        &["password", "set", "ada@example.com"],
        &["password", "change", "ada@example.com"],
        &["session", "verify"],
        &["session", "end"],
        &["reset", "complete"],
        &["reset", "request"],
        &["user", "delete", "ada@example.com"],
        &["group", "delete", "support"],
    ] {
        let ended = unasked(&desk, arguments, 7);
        assert!(ended.shown.contains("there is no store yet"), "{ended:?}");
    }
}

#[test]
fn a_password_is_asked_for_only_where_it_can_be_set() {
    let desk = desk();
    unasked(&desk, &["password", "set", "nobody@example.com"], 3);
    let gone = unasked(&desk, &["password", "set", "gone@example.com"], 4);
    assert!(gone.shown.contains("user restore gone@example.com"), "{gone:?}");
    desk.user("grace@example.com");
    let token = desk.file("token", &desk.token("grace@example.com"));
    let as_grace = [
        "password",
        "set",
        "ada@example.com",
        "--as-token-file",
        token.to_str().unwrap(),
    ];
    unasked(&desk, &as_grace, 5);
}

#[test]
fn a_wrong_current_password_is_refused_before_a_new_one_is_asked_for() {
    let desk = desk();
    desk.configure("[login]\nfailure_floor = \"1ms\"\n");
    let mut pty = desk.at_terminal(&["password", "change", "ada@example.com"]);
    pty.answers("Current password of ada@example.com: ", "not the password");
    let ended = pty.ends();
    assert_eq!(ended.code, 5, "{ended:?}");
    assert!(!ended.shown.contains("New password"), "{ended:?}");
    // The right one takes the counted failure away.
    let mut pty = desk.at_terminal(&["password", "change", "ada@example.com"]);
    pty.answers("Current password of ada@example.com: ", PASSWORD);
    pty.answers("New password: ", PASSWORD);
    pty.sees("the new password is the current one");
    pty.answers("New password: ", OTHER_PASSWORD);
    pty.answers("New password, again: ", OTHER_PASSWORD);
    assert_eq!(pty.ends().code, 0);
    desk.pipe(OTHER_PASSWORD, ["login", "ada@example.com", "--password-stdin"])
        .succeeded();
}

#[test]
fn the_prompt_for_a_password_says_the_rule_and_names_no_flag() {
    let desk = desk();
    desk.configure("[password]\nmin_length = 20\n");
    let mut pty = desk.at_terminal(&["password", "set", "ada@example.com"]);
    let rule = pty.sees("New password for ada@example.com: ");
    assert!(rule.contains("at least 20 characters"), "{rule}");
    pty.types("short");
    let advice = pty.sees("New password for ada@example.com: ");
    assert!(advice.contains("the password is too short"), "{advice}");
    assert!(!advice.contains("--") && !advice.contains('`'), "{advice}");
    pty.keys("\u{3}");
    assert_eq!(pty.ends().code, 130);
}

#[test]
fn a_command_with_flags_or_an_address_asks_for_nothing_optional() {
    let desk = Desk::with_mail();
    desk.user("ada@example.com");
    let secret = desk.file("secret", PASSWORD);
    let new = desk.file("new", OTHER_PASSWORD);
    let (secret, new) = (secret.to_str().unwrap(), new.to_str().unwrap());
    for arguments in [
        &["user", "create", "b@example.com"][..],
        &[
            "user",
            "create",
            "c@example.com",
            "--activate",
            "--generate-password",
        ],
        &[
            "user",
            "create",
            "d@example.com",
            "--password-file",
            secret,
            "--must-change",
        ],
        &["user", "create", "e@example.com", "--invite"],
        &["user", "edit", "b@example.com", "--first-name", "Bo"],
        &["user", "delete", "b@example.com", "--yes"],
        &["password", "set", "c@example.com", "--generate-password"],
        &["password", "set", "c@example.com", "--password-file", secret],
        &["login", "ada@example.com", "--password-file", secret],
        &[
            "password",
            "change",
            "ada@example.com",
            "--current-password-file",
            secret,
            "--new-password-file",
            new,
        ],
        &["reset", "issue", "ada@example.com"],
        &["reset", "request", "ada@example.com"],
        &["mail", "queue", "flush"],
        &["group", "create", "support"],
        &["group", "delete", "support", "--yes"],
        &["session", "revoke", "--user", "ada@example.com", "--yes"],
    ] {
        unasked(&desk, arguments, 0);
    }
}

#[test]
fn at_a_terminal_a_flush_says_what_waits() {
    let desk = Desk::with_mail();
    let nothing = unasked(&desk, &["mail", "queue", "flush"], 0);
    assert_eq!(nothing.shown, "no mail waits\r\n");
    assert_eq!(desk.run(["mail", "queue", "flush"]).ended(0).stderr, "");
    desk.user("ada@example.com");
    desk.run(["reset", "request", "ada@example.com"]).succeeded();
    std::fs::write(desk.path().join(".config/backoffice/outbox"), "no folder").unwrap();
    let failed = unasked(&desk, &["mail", "queue", "flush"], 8);
    assert!(
        failed
            .shown
            .contains("1 mail waits for a later try, the first one from 2"),
        "{failed:?}"
    );
}
