//! `backoffice-server(7)`: every command of the page, on a machine of its own. Only root can make a
//! user.

#![allow(clippy::print_stderr, reason = "what was not tried is said")]

use crate::common::{Desk, Run};
use crate::examples::examples;
use crate::packaging::{FLUSH, root};

/// A machine whose folders are copies, without `sudo` and without a systemd that runs.
const MACHINE: &str = r#"
for folder in etc var/lib usr/local; do
    mkdir -p "$HOME/machine/$folder"
done
cp -a /etc/. "$HOME/machine/etc"
for folder in etc var/lib usr/local; do
    mount --bind "$HOME/machine/$folder" "/$folder"
done
mkdir -p /usr/local/bin /etc/cron.d "$HOME/.cargo/bin"
cp "$BACKOFFICE" "$HOME/.cargo/bin/backoffice"
printf '#!/bin/sh\nexec "$@"\n' > /usr/local/bin/sudo
printf '#!/bin/sh\necho "systemctl $*"\n' > /usr/local/bin/systemctl
chmod 755 /usr/local/bin/*
PATH=/usr/local/bin:$PATH
umask 022
"#;

/// What the commands have made. The password for the mail server is written with an editor.
const LOOK: &str = "
stat -c '%U %a %n' /var/lib/backoffice /var/lib/backoffice/backoffice.db /etc/backoffice \
    /etc/backoffice/config.toml /etc/backoffice/smtp-password
echo secret > /etc/backoffice/smtp-password
cd /
as_the_service='runuser -u backoffice -- env -i HOME=/var/lib/backoffice PATH=/usr/bin:/bin'
$as_the_service cat /etc/backoffice/smtp-password
";

const MADE: &str = "\
backoffice 700 /var/lib/backoffice
backoffice 600 /var/lib/backoffice/backoffice.db
root 755 /etc/backoffice
root 644 /etc/backoffice/config.toml
root 640 /etc/backoffice/smtp-password
secret
";

/// Runs the commands of the page that are for every machine and for this kind, and then what a timer
/// runs.
fn set_up(with_systemd: bool) -> Option<Run> {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not shown: only root can make a user");
        return None;
    }
    let mut lines = format!("{MACHINE}cd '{}'\n", root().display());
    let commands = examples("backoffice-server.7");
    let commands = commands.iter().filter(|example| example.starts_with("sudo "));
    for command in commands {
        let is_for_systemd = command.contains("systemd");
        let is_for_others = command.contains("useradd") || command.contains("cron.d");
        if if with_systemd {
            !is_for_others
        } else {
            !is_for_systemd
        } {
            lines.push_str(command);
        }
    }
    let run =
        Desk::empty().shell_with_mounts(&format!("{lines}{LOOK}$as_the_service /bin/sh -c '{FLUSH}'\n"));
    Some(run.ended(0))
}

#[test]
fn the_commands_of_the_page_set_up_a_machine_with_systemd() {
    let Some(run) = set_up(true) else { return };
    let (password, rest) = run.stdout.split_once('\n').unwrap();
    assert!(password.split('-').count() > 2, "{run:?}");
    let systemctl = "systemctl daemon-reload\nsystemctl enable --now backoffice-mail.timer\n";
    assert_eq!(rest, format!("{systemctl}{MADE}"), "{run:?}");
    assert!(!run.stderr.contains("error"), "{run:?}");
}

#[test]
fn the_commands_of_the_page_set_up_a_machine_without_systemd() {
    let Some(run) = set_up(false) else { return };
    assert!(run.stdout.ends_with(MADE), "{run:?}");
    assert!(
        !run.stdout.contains("systemctl") && !run.stderr.contains("error"),
        "{run:?}"
    );
}
