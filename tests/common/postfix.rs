//! A real Postfix with a configuration of its own, on a free port of this machine.

#![allow(clippy::expect_used, reason = "a test stops there")]

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Lines};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The user whom mailboxes belong to: an account that every system has.
const NOBODY: u32 = 65_534;

/// Takes mail for ada@example.com, over STARTTLS alone; greets nobody who gives no full name, takes
/// nothing from denied@example.com, and relays nothing.
const MAIN: &str = "compatibility_level = 3.6
queue_directory = FOLDER/queue
data_directory = FOLDER/data
maillog_file = /dev/stdout
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.com
mynetworks = 192.0.2.0/24
mydestination =
local_recipient_maps =
virtual_mailbox_domains = example.com
virtual_mailbox_base = FOLDER/mail
virtual_mailbox_maps = inline:{ {ada@example.com = ada/} }
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_cert_file = FOLDER/cert.pem
smtpd_tls_key_file = FOLDER/key.pem
smtpd_tls_security_level = encrypt
smtpd_helo_required = yes
smtpd_helo_restrictions = reject_non_fqdn_helo_hostname
smtpd_sender_restrictions = check_sender_access inline:{ {denied@example.com = REJECT} }
";

const MASTER: &str = "127.0.0.1:PORT inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
";

/// A running Postfix.
pub struct Postfix {
    child: Child,
    log: Lines<BufReader<ChildStdout>>,
    folder: tempfile::TempDir,
    pub port: u16,
}

impl Postfix {
    /// Starts one. Nothing, if this isn't root: only root can start a Postfix.
    pub fn start() -> Option<Self> {
        if !nix::unistd::geteuid().is_root() {
            return None;
        }
        // Another process may take the port before Postfix does.
        let started = (0..5).find_map(|_| Self::try_start());
        Some(started.expect("Postfix doesn't start: the package `postfix` is needed, see .ci/test"))
    }

    fn try_start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        prepare(folder.path(), port);
        let mut child = control(folder.path(), "start-fg")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Postfix is needed, see .ci/test");
        let log = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut postfix = Self {
            child,
            log,
            folder,
            port,
        };
        postfix.logs("daemon started").then_some(postfix)
    }

    /// The certificate that it has.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    /// Waits until the log has a line with these words. `false`: it ended before.
    pub fn logs(&mut self, words: &str) -> bool {
        self.log
            .by_ref()
            .map_while(Result::ok)
            .any(|line| line.contains(words))
    }

    /// The mail in the mailbox of Ada, as files.
    pub fn mailbox(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.folder.path().join("mail/ada/new")) else {
            return Vec::new();
        };
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let _ = control(self.folder.path(), "abort")
            .stderr(Stdio::null())
            .status();
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn control(folder: &Path, what: &str) -> Command {
    let mut command = Command::new("postfix");
    command.arg("-c").arg(folder.join("conf")).arg(what);
    command.stdin(Stdio::null());
    command
}

fn prepare(folder: &Path, port: u16) {
    let set_mode = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    set_mode(folder, 0o755);
    for name in ["conf", "queue", "data", "mail"] {
        let path = folder.join(name);
        fs::create_dir(&path).unwrap();
        set_mode(&path, 0o755);
    }
    let account = nix::unistd::User::from_name("postfix").unwrap();
    let account = account.expect("Postfix is needed, see .ci/test");
    chown(folder.join("data"), Some(account.uid.as_raw()), None).unwrap();
    chown(folder.join("mail"), Some(NOBODY), Some(NOBODY)).unwrap();
    let write = |name: &str, text: &str| {
        let text = text.replace("FOLDER", folder.to_str().unwrap());
        let path = folder.join("conf").join(name);
        fs::write(&path, text.replace("PORT", &port.to_string())).unwrap();
        set_mode(&path, 0o644);
    };
    write("main.cf", MAIN);
    write("master.cf", MASTER);
    let mut openssl = Command::new("openssl");
    openssl.args(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30"]);
    openssl.args([
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
    ]);
    openssl.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
    openssl.args(["-keyout", "key.pem", "-out", "cert.pem"]);
    let made = openssl.current_dir(folder).stderr(Stdio::null()).status();
    assert!(made.expect("openssl is needed, see .ci/test").success());
    set_mode(&folder.join("cert.pem"), 0o644);
}
