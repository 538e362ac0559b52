//! Which browser a third-party login opens: the variable `BROWSER`, and browsers in the terminal.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use common::Desk;
use common::browser::Browser;
use common::login::Login;
use common::rogue::Rogue;

const ADA: &str = "ada@example.com";

/// A provider that signs in everybody as Ada, and her home with a folder of programs.
fn office() -> (Rogue, Desk) {
    let rogue = Rogue::start(|_| ());
    let desk = Desk::with_provider(&rogue.settings());
    desk.user(ADA);
    (rogue, desk)
}

/// Makes a program of the shell; gives its path.
fn program(desk: &Desk, name: &str, lines: &str) -> PathBuf {
    desk.file(&format!("bin/{name}"), &format!("#!/bin/sh\n{lines}\n"));
    let path = desk.path().join("bin").join(name);
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    path
}

/// A browser that hands over what it is started with, and talks a lot.
fn hands_over(desk: &Desk) -> PathBuf {
    let status = Command::new("mkfifo").arg(desk.path().join("opened")).status();
    assert!(status.unwrap().success());
    program(
        desk,
        "browser",
        r#"echo noise; echo noise >&2; printf '%s\n' "$@" > "$HOME/opened""#,
    )
}

/// Signs in with the browser that `BROWSER` names; gives the arguments that the browser got.
#[track_caller]
fn opened_by(desk: &Desk, browser: &str, ssh: bool) -> Vec<String> {
    let mut command = desk.command(["login", "--with", "desk", "--print-token"]);
    command.env("BROWSER", browser);
    if ssh {
        command.env("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
    }
    let mut login = Login::of(command);
    let url = login.url();
    let arguments = std::fs::read_to_string(desk.path().join("opened")).unwrap();
    let arguments: Vec<String> = arguments.lines().map(str::to_owned).collect();
    assert!(arguments.contains(&url), "{arguments:?}");
    assert_eq!(Browser::default().open(&url).status, 200);
    let run = login.ends().ended(0);
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    assert!(!run.to_string().contains("noise"), "{run:?}");
    assert_eq!(run.stderr.contains("ssh -L"), ssh, "{run:?}");
    arguments
}

#[test]
fn the_variable_is_used_over_ssh_too() {
    for ssh in [false, true] {
        let (_rogue, desk) = office();
        let browser = hands_over(&desk);
        assert_eq!(opened_by(&desk, browser.to_str().unwrap(), ssh).len(), 1);
    }
}

#[test]
fn the_first_program_of_the_list_that_can_be_started_is_used_with_its_arguments() {
    let (_rogue, desk) = office();
    let browser = hands_over(&desk);
    let list = format!(
        "no-such-program:/bin/false:{} --new %s 'a b':/bin/true",
        browser.display()
    );
    let arguments = opened_by(&desk, &list, false);
    assert_eq!((arguments[0].as_str(), arguments[2].as_str()), ("--new", "a b"));
}

#[test]
fn a_list_without_a_program_that_can_be_started_is_told_of() {
    let (_rogue, desk) = office();
    let mut command = desk.command(["login", "--with", "desk"]);
    command
        .env("BROWSER", "no-such-program:/bin/false")
        .env("DISPLAY", ":4711");
    let mut login = Login::of(command);
    let url = login.url();
    login.line_with("no browser of the variable BROWSER could be started");
    Browser::default().open(&url);
    login.ends().succeeded();
}

#[test]
fn a_text_browser_runs_beside_the_listener_and_keeps_off_standard_output() {
    let (_rogue, desk) = office();
    // It comes back by itself, as the address leads it there, and has no terminal.
    let fetch = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1])";
    program(
        &desk,
        "w3m",
        &format!("echo its screen; exec python3 -c '{fetch}' \"$1\""),
    );
    let mut command = Command::new("setsid");
    command
        .arg("--wait")
        .arg(env!("CARGO_BIN_EXE_backoffice"))
        .args(["login", "--with", "desk", "--print-token"])
        .env_clear()
        .env("HOME", desk.path())
        .env(
            "PATH",
            format!("{}/bin:{}", desk.path().display(), common::path()),
        )
        .env("BROWSER", "w3m")
        .stdin(std::process::Stdio::null());
    let run = Login::of(command).ends().ended(0);
    assert!(run.stderr.contains("its screen"), "{run:?}");
    assert!(
        run.stdout.starts_with("bo_s_") && run.stdout.lines().count() == 1,
        "{run:?}"
    );
}

/// Signs in with a real text browser at a terminal, and leaves it. Before, its own questions are answered.
#[track_caller]
fn signs_in_with(browser: &str, questions: &[(&str, &str)]) {
    let (_rogue, desk) = office();
    let variables = [("TERM", "xterm"), ("LANG", "C.UTF-8"), ("BROWSER", browser)];
    let mut pty = desk.at_terminal_with(&variables, &["login", "--with", "desk", "--print-token"]);
    pty.sees("at this address:");
    for (question, keys) in questions {
        pty.sees(question);
        pty.keys(keys);
    }
    pty.sees(ADA);
    pty.keys("Q");
    pty.sees("signed in as ada@example.com");
    pty.sees("bo_s_");
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (0, true), "{browser}: {ended:?}");
}

#[test]
fn w3m_signs_in_and_gives_the_terminal_back() {
    signs_in_with("w3m", &[]);
}

#[test]
fn lynx_signs_in_and_gives_the_terminal_back() {
    signs_in_with("lynx", &[]);
}

#[test]
fn links_signs_in_and_gives_the_terminal_back() {
    signs_in_with("links", &[("Welcome to links", "\r")]);
}

#[test]
fn a_text_browser_that_is_closed_too_early_is_told_of_and_the_wait_goes_on() {
    let (_rogue, desk) = office();
    let browser = program(&desk, "lynx", "exit 0");
    let browser = browser.to_str().unwrap();
    let variables = [("TERM", "xterm"), ("BROWSER", browser)];
    let mut pty = desk.at_terminal_with(&variables, &["login", "--with", "desk"]);
    let url = pty.url();
    pty.sees("the browser was closed before the sign-in was finished");
    pty.sees("waiting for your sign-in");
    Browser::default().open(&url);
    assert_eq!(pty.ends().code, 0);
}

#[test]
fn a_text_browser_that_stays_open_is_ended_with_the_time() {
    let (_rogue, desk) = office();
    let browser = program(
        &desk,
        "lynx",
        "stty raw -echo; trap 'exit 1' TERM; while :; do sleep 1; done",
    );
    let browser = browser.to_str().unwrap();
    let variables = [("TERM", "xterm"), ("BROWSER", browser)];
    let mut pty = desk.at_terminal_with(&variables, &["login", "--with", "desk", "--timeout", "1s"]);
    pty.sees("in time");
    let ended = pty.ends();
    assert_eq!((ended.code, ended.echo), (8, true), "{ended:?}");
}
