//! The files of the folder `packaging`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::common::{self, Desk, Run};
use crate::examples::examples;

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn packaging(name: &str) -> (PathBuf, String) {
    let path = root().join("packaging").join(name);
    let text = fs::read_to_string(&path).unwrap();
    (path, text)
}

/// The five times, and the rest of the only line of a crontab.
fn entry(crontab: &str) -> (String, String) {
    let lines: Vec<&str> = crontab.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 1, "{crontab}");
    let words: Vec<&str> = lines[0].splitn(6, ' ').collect();
    (words[..5].join(" "), words[5].to_owned())
}

/// The command of every place that sends mail.
pub const FLUSH: &str = "/usr/local/bin/backoffice mail queue flush --quiet";

#[test]
fn the_line_of_cron_names_the_user_in_etc_and_in_no_other_place() {
    let every_minute = "* * * * *";
    let (times, rest) = entry(&packaging("cron.d/backoffice-mail").1);
    assert_eq!(
        (times.as_str(), rest),
        (every_minute, format!("backoffice {FLUSH}"))
    );
    let page = examples("backoffice-server.7");
    let own = page.iter().find(|example| example.starts_with('*')).unwrap();
    let (times, rest) = entry(own);
    assert_eq!((times.as_str(), rest.as_str()), (every_minute, FLUSH));
}

#[test]
fn the_units_are_good_and_run_the_command_as_the_user_that_is_made() {
    let desk = Desk::empty();
    for name in ["backoffice-mail.service", "backoffice-mail.timer"] {
        // systemd-analyze looks for the program of the unit.
        let unit = packaging(&format!("systemd/{name}")).1;
        desk.file(
            name,
            &unit.replace("/usr/local/bin/backoffice", env!("CARGO_BIN_EXE_backoffice")),
        );
    }
    let verified = Command::new("systemd-analyze")
        .args([
            "verify",
            "--man=no",
            "backoffice-mail.timer",
            "backoffice-mail.service",
        ])
        .env_clear()
        .env("PATH", common::path())
        .env("HOME", desk.path())
        .current_dir(desk.path())
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("systemd-analyze is needed, see .ci/test: {error}"));
    let verified = Run::of(&verified).ended(0);
    assert!(!verified.stderr.contains("backoffice-mail"), "{verified:?}");
    let unit = packaging("systemd/backoffice-mail.service").1;
    let lines = [&format!("ExecStart={FLUSH}"), "User=backoffice"];
    assert!(
        lines.iter().all(|line| unit.lines().any(|other| other == *line)),
        "{unit}"
    );
}
