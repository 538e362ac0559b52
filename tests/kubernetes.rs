//! Files as Kubernetes mounts them: a `ConfigMap` and a `Secret`.

#![allow(clippy::unwrap_used, reason = "a test stops there")]

mod common;

use common::{Desk, PASSWORD, Run};

/// Lines that lay out `$1` as the kubelet does: the folder has the mode 0777, each name is a link
/// into `..data`, and that is a link to the newest folder. `$2` is the mount: `ro` or `rw`.
const LAY_OUT: &str = "lay_out() {
    mkdir $1 && mount -t tmpfs -o mode=0777 tmpfs $1
    mkdir -m 755 $1/..2026_11_24_09_00_00.1 && cp -r $1.files/. $1/..2026_11_24_09_00_00.1
    chmod -R go-w $1/..2026_11_24_09_00_00.1
    ln -s ..2026_11_24_09_00_00.1 $1/..data
    for name in $(ls $1.files); do ln -s ..data/$name $1/$name; done
    chmod 777 $1 && mount -o remount,$2 $1
}
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.user("ada@example.com");
    desk.file(
        "config.files/config.toml",
        "base_url = \"https://desk.example.com\"\n",
    );
    desk
}

#[test]
fn a_config_map_is_read_where_it_is_mounted_read_only_and_refused_where_others_can_write() {
    let lines = |mount| {
        format!("{LAY_OUT}lay_out config {mount}; \"$BACKOFFICE\" --config config/config.toml config show")
    };
    let run = desk().shell_with_mounts(&lines("ro")).ended(0);
    assert!(run.stdout.contains("https://desk.example.com"), "{run:?}");
    let run = desk().shell_with_mounts(&lines("rw")).ended(6);
    assert!(run.stderr.contains("/config can be written by others"), "{run:?}");
}

#[test]
fn templates_are_read_from_a_config_map() {
    let desk = desk();
    desk.configure(
        "base_url = \"https://desk.example.com\"\n[mail]\ntransport = \"directory\"\n\
         directory = \"outbox\"\nfrom = \"desk@example.com\"\ntemplates = \"../../mail\"\n",
    );
    desk.file("mail.files/reset-password/en.subject", "The link you asked for");
    let lines =
        |mount| format!("{LAY_OUT}lay_out mail {mount}; \"$BACKOFFICE\" reset issue ada@example.com --send");
    let run = desk.shell_with_mounts(&lines("ro")).ended(0);
    assert_eq!(run.stdout, "", "{run:?}");
    assert_eq!(desk.letters()[0].header("Subject"), ["The link you asked for"]);
    std::fs::remove_dir(desk.path().join("mail")).unwrap();
    let run = desk.shell_with_mounts(&lines("rw")).ended(6);
    assert!(run.stderr.contains("can be written by others"), "{run:?}");
}

#[test]
fn a_mounted_secret_that_everybody_can_read_names_the_mode_to_mount_it_with() {
    let desk = desk();
    desk.file("secrets.files/password", PASSWORD);
    let lines = format!(
        "{LAY_OUT}chmod 644 secrets.files/password; lay_out secrets ro
        \"$BACKOFFICE\" login ada@example.com --password-file secrets/password"
    );
    let run = desk.shell_with_mounts(&lines).ended(0);
    let hint = "warning: secrets/password can be read by others\nhint: mount it with the mode 0400 or 0440";
    assert!(run.stderr.starts_with(hint), "{run:?}");
}

/// Signs in with a secret of this mode, where these are the groups and accounts of the machine.
fn sign_in(mode: &str, groups: &str, accounts: &str) -> Run {
    let desk = desk();
    desk.file("secret", PASSWORD);
    desk.file("group", groups);
    desk.file("passwd", &format!("root:x:0:0::/root:/bin/sh\n{accounts}"));
    let lines = format!(
        "chgrp 0 secret; chmod {mode} secret
        mount --bind group /etc/group; mount --bind passwd /etc/passwd
        \"$BACKOFFICE\" login ada@example.com --password-file secret"
    );
    desk.shell_with_mounts(&lines).ended(0)
}

#[test]
fn a_secret_of_a_group_that_only_the_service_is_in_gives_no_warning() {
    for (groups, accounts) in [
        ("root:x:0:\n", ""),
        ("root:x:0:root\n", "kate:x:1000:1000::/:/bin/sh\n"),
        // A number that no group of this machine has.
        ("", "kate:x:1000:1000::/:/bin/sh\n"),
    ] {
        for mode in ["0400", "0440", "0640"] {
            let run = sign_in(mode, groups, accounts);
            assert_eq!(run.stderr, "signed in as ada@example.com\n", "{mode} {groups}");
        }
    }
}

#[test]
fn a_secret_that_somebody_else_can_read_gives_a_warning_each_time() {
    let kate = "kate:x:1000:1000::/:/bin/sh\n";
    for (mode, groups, accounts, warning) in [
        (
            "0440",
            "root:x:0:kate\n",
            kate,
            "can be read by others: kate is in its group root",
        ),
        // A member without an account here may be anybody.
        (
            "0440",
            "root:x:0:ghost\n",
            kate,
            "can be read by others: ghost is in its group root",
        ),
        (
            "0440",
            "root:x:0:\n",
            "kate:x:1000:0::/:/bin/sh\n",
            "can be read by others: kate is in its group root",
        ),
        ("0444", "root:x:0:\n", "", "can be read by others"),
    ] {
        let run = sign_in(mode, groups, accounts);
        let warning = format!("warning: secret {warning}\nhint: chmod 600 secret\n");
        assert!(run.stderr.starts_with(&warning), "{run:?}");
    }
}
