//! The temporary listener as the whole command has it. What it makes of each request on its own
//! stands with it, in `src/federation/listener`.

#![allow(clippy::unwrap_used, reason = "a test stops there")]
#![allow(clippy::print_stderr, reason = "what was not tried is said")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::Command;

use common::browser::{Browser, Page};
use common::login::Login;
use common::rogue::{Manners, Rogue};
use common::{Desk, Run};
use nix::libc::linger;
use nix::sys::socket::{setsockopt, sockopt};
use url::Url;

/// An account every system has.
const NOBODY: u32 = 65_534;

/// A login that waits for the browser, which has got its answer and hasn't come back with it yet.
struct Waiting {
    desk: Desk,
    rogue: Rogue,
    login: Login,
    callback: Url,
}

impl Waiting {
    fn new(change: impl FnOnce(&mut Manners)) -> Self {
        let rogue = Rogue::start(change);
        let desk = Desk::with_provider(&rogue.settings());
        desk.user("ada@example.com");
        let mut login = desk.begin_login(&[]);
        let callback = Browser::default().sent_to(&login.url());
        let callback = Url::parse(&callback).unwrap();
        Self {
            desk,
            rogue,
            login,
            callback,
        }
    }

    fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.callback.port().unwrap()))
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address()).unwrap()
    }

    /// The right host, with a header that it ends with.
    fn request(&self, method: &str, target: &str) -> String {
        format!("{method} {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address())
    }

    /// The path and query of the right callback.
    fn target(&self) -> &str {
        &self.callback[url::Position::BeforePath..]
    }

    /// Sends a request, and reads the answer to its end.
    fn send(&self, request: &str) -> u16 {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && lines.read_line(&mut head).unwrap() > 0 {}
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("Content-Length: "));
        let mut body = vec![0; length.unwrap().parse().unwrap()];
        if !request.starts_with("HEAD") {
            lines.read_exact(&mut body).unwrap();
        }
        head.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// Comes back as the browser does, and waits for the end.
    fn comes_back(self) -> (Page, Run, Rogue) {
        let page = Browser::default().open(self.callback.as_str());
        (page, self.login.ends(), self.rogue)
    }

    /// Whatever happened before: the right callback works, and nobody saw a backtrace.
    #[track_caller]
    fn still_works(self) {
        let (page, run, rogue) = self.comes_back();
        assert_eq!(page.status, 200, "{page:?}");
        let run = run.ended(0);
        assert!(
            !run.stderr.contains("panicked") && !run.stderr.contains("backtrace"),
            "{run:?}"
        );
        let exchanges = rogue.seen().exchanges;
        assert_eq!(exchanges.len(), 1);
        assert!(exchanges[0].right);
    }
}

/// Whether something listens on a port of this machine (proc(5), `/proc/net/tcp`).
fn is_listened_on(port: u16) -> bool {
    const LISTEN: &str = "0A";
    let port = format!(":{port:04X}");
    ["/proc/net/tcp", "/proc/net/tcp6"].into_iter().any(|table| {
        let table = std::fs::read_to_string(table).unwrap_or_default();
        table.lines().any(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            fields.len() > 3 && fields[1].ends_with(&port) && fields[3] == LISTEN
        })
    })
}

#[test]
fn resets() {
    let waiting = Waiting::new(|_| ());
    let wrong = waiting.request("GET", "/callback?code=x&state=y");
    for _ in 0..200 {
        let mut stream = waiting.connect();
        let at_once = linger {
            l_onoff: 1,
            l_linger: 0,
        };
        setsockopt(&stream, sockopt::Linger, &at_once).unwrap();
        let _ = stream.write_all(wrong.as_bytes());
    }
    waiting.still_works();
}

#[test]
fn whatever_else_comes_the_wait_goes_on() {
    let waiting = Waiting::new(|_| ());
    let target = waiting.target().to_owned();
    let idle = waiting.connect();
    let mut slow = waiting.connect();
    slow.write_all(b"G").unwrap();
    let right = waiting.request("GET", &target);
    let absolute = format!("http://{}{target}", waiting.address());
    for (request, status) in [
        (waiting.request("GET", "/favicon.ico"), 404),
        (waiting.request("GET", "/"), 404),
        (waiting.request("GET", "/callback"), 400),
        (waiting.request("GET", "/callback?code=x&state=wrong"), 400),
        (waiting.request("GET", "/callback?error=access_denied"), 400),
        (waiting.request("GET", &format!("{target}&code=twice")), 400),
        (waiting.request("GET", &absolute), 400),
        (waiting.request("HEAD", &target), 405),
        (waiting.request("OPTIONS", &target), 405),
        (waiting.request("POST", &target), 405),
        (right.replace(&waiting.address().to_string(), "evil.example"), 400),
        (
            right.replace("\r\n\r\n", "\r\nSec-Purpose: prefetch\r\n\r\n"),
            404,
        ),
        (right.replace("iss=", "not_iss="), 400),
        (right.replace("iss=", "iss=x"), 400),
    ] {
        assert_eq!(waiting.send(&request), status, "{request}");
    }
    // What breaks off instead of an answer is not waited for.
    let mut tls = waiting.connect();
    tls.write_all(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
        .unwrap();
    let mut long = waiting.connect();
    let _ = long.write_all(format!("GET /{}", "x".repeat(1024 * 1024)).as_bytes());
    slow.write_all(b"E").unwrap();
    waiting.still_works();
    drop((idle, slow, tls, long));
}

#[test]
fn a_second_valid_callback_makes_no_second_exchange() {
    let waiting = Waiting::new(|_| ());
    let callback = waiting.callback.clone();
    let pages: Vec<Page> = std::thread::scope(|scope| {
        let visit = || Browser::default().open(callback.as_str());
        let visits: Vec<_> = (0..2).map(|_| scope.spawn(visit)).collect();
        visits.into_iter().map(|visit| visit.join().unwrap()).collect()
    });
    let signed_in = pages.iter().filter(|page| page.status == 200).count();
    assert_eq!(signed_in, 1, "{pages:?}");
    waiting.login.ends().succeeded();
    assert_eq!(waiting.rogue.seen().exchanges.len(), 1);
}

#[test]
fn a_browser_that_hangs_up_after_its_answer_signs_in() {
    let waiting = Waiting::new(|_| ());
    let request = waiting.request("GET", waiting.target());
    let mut stream = waiting.connect();
    stream.write_all(request.as_bytes()).unwrap();
    drop(stream);
    waiting.login.ends().succeeded();
    assert_eq!(waiting.rogue.seen().exchanges.len(), 1);
}

#[test]
fn nothing_listens_after_any_end() {
    let port = |waiting: &Waiting| waiting.address().port();
    let waiting = Waiting::new(|_| ());
    let signed_in = port(&waiting);
    assert!(is_listened_on(signed_in));
    assert_eq!(waiting.comes_back().1.code, 0);
    let waiting = Waiting::new(|rogue| {
        rogue.callback.remove("code").set("error", "access_denied");
    });
    let denied = port(&waiting);
    assert_eq!(waiting.comes_back().1.code, 5);
    let waiting = Waiting::new(|rogue| rogue.broken = true);
    let failed = port(&waiting);
    assert_eq!(waiting.comes_back().1.code, 8);
    let waiting = Waiting::new(|_| ());
    let interrupted = port(&waiting);
    waiting.login.interrupt();
    assert_eq!(waiting.login.ends().code, 130);
    for port in [signed_in, denied, failed, interrupted] {
        assert!(!is_listened_on(port));
    }
}

#[test]
fn another_operating_system_user() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not shown: only root can play several users");
        return;
    }
    let mut waiting = Waiting::new(|_| ());
    // A right answer to our request, if the browser were ours.
    let script = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{}; printf '%s\\r\\n' 'GET {} HTTP/1.1' 'Host: {}' '' >&3; head -c 12 <&3",
        waiting.address().port(),
        waiting.target(),
        waiting.address(),
    );
    let output = Command::new("/bin/bash")
        .args(["-c", &script])
        .current_dir("/")
        .uid(NOBODY)
        .gid(NOBODY)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "HTTP/1.1 403");
    let told = waiting.login.line_with("warning:");
    assert!(
        told.contains("another user of this machine (uid 65534)"),
        "{told}"
    );
    assert_eq!(waiting.rogue.seen().exchanges.len(), 0);
    assert_eq!(waiting.desk.identities(), [serde_json::Value::Null; 0]);
    waiting.still_works();
}

/// As WSL2 and `kubectl port-forward` come: root connects, in the name of the user who listens.
#[test]
fn a_program_of_root_may_pass_the_answer_on() {
    if !nix::unistd::geteuid().is_root() {
        eprintln!("not shown: only root can play several users");
        return;
    }
    let rogue = Rogue::start(|_| ());
    let desk = Desk::with_provider(&rogue.settings());
    desk.user("ada@example.com");
    // The program itself may lie where only root looks.
    let program = desk.path().join("backoffice");
    let copied = Command::new("cp")
        .arg(env!("CARGO_BIN_EXE_backoffice"))
        .arg(&program)
        .status();
    assert!(copied.unwrap().success());
    let owner = format!("{NOBODY}:{NOBODY}");
    let given = Command::new("chown")
        .args(["-R", &owner])
        .arg(desk.path())
        .status();
    assert!(given.unwrap().success());
    let mut command = Command::new(program);
    command
        .args(["login", "--with", "desk"])
        .env_clear()
        .env("HOME", desk.path())
        .current_dir(desk.path())
        .stdin(std::process::Stdio::null())
        .uid(NOBODY)
        .gid(NOBODY);
    let mut login = Login::of(command);
    let page = Browser::default().open(&login.url());
    assert_eq!(page.status, 200, "{page:?}");
    login.ends().succeeded();
}
