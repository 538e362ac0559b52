//! Every exit code there is so far, and the error object that comes with it.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::os::unix::process::ExitStatusExt;
use std::process::Stdio;

use common::commands::leaves;
use common::{Desk, PASSWORD, Run};

/// The run in JSON: its code, and the code of the error.
fn failed(desk: &Desk, arguments: &[&str]) -> (i32, String) {
    outcome(&desk.run(arguments.iter().chain(&["--json"])))
}

fn outcome(run: &Run) -> (i32, String) {
    assert_eq!(run.stdout, "", "{run:?}");
    let error = run.error();
    for key in ["code", "message", "hint"] {
        assert!(error.get(key).is_some(), "{run:?}");
    }
    (run.code, error["code"].as_str().unwrap().to_owned())
}

fn code(code: i32, word: &str) -> (i32, String) {
    (code, word.to_owned())
}

#[test]
fn done_or_already_so_is_0() {
    let desk = Desk::new();
    desk.run(["init"]).ended(0);
    desk.run(["user", "create", "ada@example.com"]).ended(0);
    desk.run(["user", "create", "ada@example.com", "--if-exists", "skip"])
        .ended(0);
    desk.run(["user", "activate", "ada@example.com"]).ended(0);
    desk.run(["user", "activate", "ada@example.com"]).ended(0);
}

#[test]
fn an_answer_that_cannot_be_written_is_1() {
    let desk = Desk::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = desk.command(["group", "list", "--json"]);
    let run = Run::of(&command.stdout(full).stderr(Stdio::piped()).output().unwrap());
    assert_eq!(outcome(&run), code(1, "output"));
}

#[test]
fn usage_is_2() {
    let desk = Desk::new();
    assert_eq!(failed(&desk, &["user", "frob"]), code(2, "usage"));
    assert_eq!(failed(&desk, &["user", "list", "--frob"]), code(2, "usage"));
    assert_eq!(
        failed(&desk, &["user", "list", "--fields", "frob"]),
        code(2, "usage")
    );
    assert_eq!(failed(&desk, &["user", "create"]), code(2, "answer_needed"));
}

#[test]
fn what_is_not_there_is_3() {
    let desk = Desk::new();
    let session = "01a20f38-9bf4-7655-8bb0-4971993b7746";
    assert_eq!(
        failed(&desk, &["user", "show", "nobody@example.com"]),
        code(3, "user_not_found")
    );
    assert_eq!(
        failed(&desk, &["group", "show", "nothing"]),
        code(3, "group_not_found")
    );
    assert_eq!(
        failed(&desk, &["session", "revoke", session]),
        code(3, "session_not_found")
    );
    assert_eq!(
        failed(&desk, &["provider", "show", "nothing"]),
        code(3, "provider_not_found")
    );
    desk.run(["user", "exists", "nobody@example.com"]).ended(3);
}

#[test]
fn a_conflict_is_4() {
    let desk = Desk::new();
    let ada = [
        "user",
        "create",
        "ada@example.com",
        "--activate",
        "--group",
        "administrators",
    ];
    desk.run(ada).succeeded();
    assert_eq!(
        failed(&desk, &["user", "create", "ADA@example.com"]),
        code(4, "email_taken")
    );
    assert_eq!(
        failed(&desk, &["user", "restore", "ada@example.com"]),
        code(4, "transition_refused")
    );
    assert_eq!(
        failed(&desk, &["user", "deactivate", "ada@example.com"]),
        code(4, "last_administrator")
    );
    desk.run(["group", "create", "support"]).succeeded();
    desk.run(["group", "add-member", "support", "ada@example.com"])
        .succeeded();
    assert_eq!(
        failed(&desk, &["group", "delete", "support", "--yes"]),
        code(4, "group_not_empty")
    );
}

#[test]
fn denied_is_5() {
    let desk = Desk::new();
    desk.user("ada@example.com");
    let run = desk.pipe(
        "not the password",
        ["login", "ada@example.com", "--password-stdin", "--json"],
    );
    assert_eq!(outcome(&run), code(5, "denied"));
    assert_eq!(failed(&desk, &["whoami"]), code(5, "not_signed_in"));
    let run = desk.pipe("bo_s_nonsense", ["session", "verify", "--token-stdin", "--json"]);
    assert_eq!(outcome(&run), code(5, "session_invalid"));
    let token = desk.token("ada@example.com");
    let run = desk.pipe(
        &token,
        [
            "session",
            "verify",
            "--token-stdin",
            "--group",
            "administrators",
            "--json",
        ],
    );
    assert_eq!(outcome(&run), code(5, "not_in_group"));
}

#[test]
fn invalid_input_is_6() {
    let desk = Desk::new();
    assert_eq!(
        failed(&desk, &["user", "create", "ada"]),
        code(6, "invalid_email")
    );
    let weak = desk.pipe(
        "password",
        ["user", "create", "ada@example.com", "--password-stdin", "--json"],
    );
    assert_eq!(outcome(&weak), code(6, "weak_password"));
    let rows = desk.pipe("email\nnonsense\n", ["user", "import", "-", "--json"]);
    assert_eq!(outcome(&rows), code(6, "invalid_rows"));
    desk.configure("nonsense = 1\n");
    assert_eq!(failed(&desk, &["user", "list"]), code(6, "invalid_configuration"));
}

#[test]
fn a_store_that_cannot_be_used_is_7() {
    let desk = Desk::empty();
    assert_eq!(failed(&desk, &["user", "list"]), code(7, "store_missing"));
    let text = desk.file(
        "text.db",
        "this is no store, whatever its name says, and it is long enough",
    );
    assert_eq!(
        failed(&desk, &["user", "list", "--store", text.to_str().unwrap()]),
        code(7, "store_not_ours")
    );
}

#[test]
fn a_named_store_that_is_missing_is_7_with_who_named_it() {
    let desk = Desk::empty();
    let path = desk.path().join("typo.db");
    let run = desk
        .run(["user", "create", "ada@example.com", "--store", "typo.db"])
        .ended(7);
    assert!(!path.exists());
    assert_eq!(
        run.stderr,
        format!(
            "error: there is no store at {0}, which flag --store names\nhint: `backoffice init --store {0}` makes one\n",
            path.display()
        )
    );
}

#[test]
fn partly_done_is_9() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let run = desk.run(["user", "activate", "ada@example.com", "nobody@example.com"]);
    assert_eq!(run.code, 9, "{run:?}");
    let rows = "email\nbo@example.com\nnonsense\n";
    let import = desk.pipe(rows, ["user", "import", "-", "--keep-going"]);
    assert_eq!(import.code, 9, "{import:?}");
}

#[test]
fn several_that_fail_alike_share_their_code() {
    let desk = Desk::new();
    desk.run(["user", "activate", "x@example.com", "y@example.com"])
        .ended(3);
    desk.run(["user", "activate", "x@example.com", "not a user"])
        .ended(9);
}

#[test]
fn a_confirmation_answered_no_is_10() {
    let desk = Desk::new();
    desk.run(["user", "create", "ada@example.com"]).succeeded();
    let mut pty = desk.at_terminal(&["user", "delete", "ada@example.com"]);
    pty.answers("[y/N]", "n");
    let ended = pty.ends();
    assert_eq!(ended.code, 10, "{ended:?}");
    assert!(ended.shown.contains("nothing was changed"), "{ended:?}");
    let user = desk.run(["user", "show", "ada@example.com", "--json"]).json();
    assert_eq!(user["status"], "pending");
}

#[test]
fn an_interrupted_run_is_130() {
    let desk = Desk::new();
    let mut command = desk.command(["user", "create", "ada@example.com", "--password-stdin"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while !handles_ctrl_c(child.id()) {
        std::thread::yield_now();
    }
    let status = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(status.unwrap().success());
    let status = child.wait().unwrap();
    assert_eq!((status.code(), status.signal()), (Some(130), None));
    desk.run(["user", "exists", "ada@example.com"]).ended(3);
}

/// Whether a process has a handler for SIGINT (proc(5), `SigCgt`).
fn handles_ctrl_c(process: u32) -> bool {
    const SIGINT: u32 = 2;
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let caught = status
        .lines()
        .find_map(|line| line.strip_prefix("SigCgt:"))
        .unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << (SIGINT - 1)) != 0
}

/// A new command gets formats, errors and exit codes without asking.
#[test]
fn every_command_fails_in_json_and_with_a_code_of_the_table() {
    const WITHOUT_STORE: [&str; 6] = [
        "completions",
        "config explain",
        "config init",
        "config show",
        "help",
        "provider list",
    ];
    let desk = Desk::empty();
    desk.file(
        "text.db",
        "this is no store, whatever its name says, and it is long enough",
    );
    for leaf in leaves() {
        let name = leaf.name();
        let words = leaf.words();
        let run = desk.run(
            words
                .iter()
                .map(String::as_str)
                .chain(["--store", "text.db", "--json"]),
        );
        if WITHOUT_STORE.contains(&name.as_str()) {
            assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{name}: {run:?}");
            continue;
        }
        let (code, word) = outcome(&run);
        assert!(matches!(code, 2 | 3 | 5 | 6 | 7), "{name}: {run:?}");
        assert!(!word.contains(' '), "{name}: {run:?}");
    }
}

#[test]
fn every_command_refuses_a_configuration_it_cannot_read() {
    const WITHOUT_SETTINGS: [&str; 4] = ["completions", "config explain", "config init", "help"];
    let desk = Desk::new();
    desk.configure(&format!("secret = {PASSWORD}\n"));
    for leaf in leaves() {
        let run = desk.run(leaf.words().iter().map(String::as_str).chain(["--yes", "--json"]));
        if WITHOUT_SETTINGS.contains(&leaf.name().as_str()) {
            run.ended(0);
            continue;
        }
        assert!(matches!(outcome(&run).0, 2 | 6), "{}: {run:?}", leaf.name());
        assert!(!run.stderr.contains(PASSWORD), "{run:?}");
    }
}
