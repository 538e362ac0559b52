//! What would like to end a sign-in, or to take part in it.

use std::cell::{Cell, RefCell};
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use nix::unistd::geteuid;

use super::*;

const NOBODY: u32 = 65_534;

#[test]
fn foreign_host() {
    goes_on_waiting_after(|client| {
        let port = client.address.port();
        for lines in [
            "Host: evil.example.com\r\n".to_owned(),
            format!("Host: evil.example.com:{port}\r\n"),
            format!("Host: localhost:{port}\r\n"),
            "Host: 127.0.0.1\r\n".to_owned(),
            format!("Host: 127.0.0.1:{port}\r\nHost: evil.example.com\r\n"),
            format!("Host: 127.0.0.1:{port}\r\nhost: 127.0.0.1:{port}\r\n"),
            format!("Host: 127.0.0.1:{port}.evil.example.com\r\n"),
            String::new(),
        ] {
            let page = client.raw(format!("GET {RIGHT} HTTP/1.1\r\n{lines}\r\n").as_bytes());
            assert_eq!(page.status, 400, "{lines}");
        }
    });
}

#[test]
fn absolute_form() {
    goes_on_waiting_after(|client| {
        for origin in ["http://evil", &format!("http://{}", client.host)] {
            assert_eq!(client.get(&format!("{origin}{RIGHT}")).status, 400, "{origin}");
        }
    });
}

#[test]
fn tls_bytes() {
    goes_on_waiting_after(|client| {
        let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n\x00\x00";
        assert!([0, 400].contains(&client.raw(hello).status));
        let mut left_open = client.connect();
        left_open.write_all(&hello[..11]).unwrap();
    });
}

#[test]
fn a_line_of_a_mebibyte() {
    goes_on_waiting_after(|client| {
        let target = format!("{RIGHT}&more={}", "x".repeat(1024 * 1024));
        assert_eq!(client.get(&target).status, 414);
        assert_eq!(
            client.get(&format!("{RIGHT}&more={}", "x".repeat(70_000))).status,
            414
        );
    });
}

#[test]
fn idle_connections_held_open() {
    let mut idle = Vec::new();
    goes_on_waiting_after(|client| idle.extend((0..200).map(|_| client.connect())));
}

#[test]
fn resets() {
    goes_on_waiting_after(|client| {
        let text = client.text("GET", "/callback?code=y&state=wrong", "");
        for _ in 0..200 {
            client.reset_after(text.as_bytes());
        }
    });
}

#[test]
fn a_body_that_claims_to_be_endless() {
    goes_on_waiting_after(|client| {
        let mut left_open = Vec::new();
        for length in ["5000", "70000", "4611686018427387904", "18446744073709551615"] {
            for lines in ["", "Expect: 100-continue\r\n"] {
                let lines = format!("{lines}Content-Length: {length}\r\n");
                let mut stream = client.connect();
                stream
                    .write_all(client.text("POST", RIGHT, &lines).as_bytes())
                    .unwrap();
                left_open.push(stream);
            }
        }
        assert_eq!(client.get("/").status, 404);
    });
}

#[test]
fn a_client_that_reads_nothing() {
    let mut left_open = None;
    goes_on_waiting_after(|client| {
        let stream = left_open.insert(client.connect());
        for _ in 0..2000 {
            let _ = stream.write_all(client.text("GET", "/callback?state=wrong", "").as_bytes());
        }
        // Other strays may go unanswered now, but not the browser that is waited for.
    });
}

/// Runs a shell as another user, who sends the right request.
fn nobody_sends(client: &Client, then: &str) -> String {
    let script = format!(
        "exec 3<>/dev/tcp/127.0.0.1/{}; printf 'GET {} HTTP/1.1\\r\\nHost: {}\\r\\n\\r\\n' >&3; {then}",
        client.address.port(),
        RIGHT,
        client.host
    );
    let output = Command::new("bash")
        .args(["-c", &script])
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .current_dir("/")
        .uid(NOBODY)
        .gid(NOBODY)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a listener tells of refused users while it looks at so many requests, and whether it took an
/// answer.
fn looks_at(listener: &Listener, requests: usize) -> (bool, Vec<PeerFault>) {
    let told = RefCell::new(Vec::new());
    let left = Cell::new(requests + 1);
    let remaining = || {
        left.set(left.get() - 1);
        (left.get() > 0).then_some(Duration::from_secs(20))
    };
    let outcome = listener.wait(&expected(), &remaining, &|fault| told.borrow_mut().push(fault));
    (outcome.is_ok(), told.take())
}

#[test]
fn another_operating_system_user_is_refused_and_told_of_once() {
    // Only root can act as another user.
    if !geteuid().is_root() {
        return;
    }
    let listener = bound();
    let client = Client::of(&listener);
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..2 {
                assert_eq!(nobody_sends(&client, "head -c 12 <&3"), "HTTP/1.1 403");
            }
        });
        let refused = vec![PeerFault::OtherUser { uid: NOBODY }];
        assert_eq!(looks_at(&listener, 2), (false, refused));
    });
}

#[test]
fn among_other_users_a_connection_without_a_user_is_refused() {
    if !geteuid().is_root() {
        return;
    }
    let sessions = tempfile::tempdir().unwrap();
    std::fs::create_dir(sessions.path().join("1001")).unwrap();
    let mut listener = bound();
    // The user is gone before the listener looks.
    let gone = |listener: &mut Listener| {
        nobody_sends(&Client::of(listener), "exec 3>&-");
        have_come(listener, 1);
    };
    gone(&mut listener);
    listener.neighbours = Neighbours::listed_in("/nonexistent", sessions.path());
    assert_eq!(looks_at(&listener, 1), (false, vec![PeerFault::Unknown]));
    // Alone on the machine, it can only be the user's own.
    let mut listener = bound();
    gone(&mut listener);
    assert_eq!(looks_at(&listener, 1), (true, Vec::new()));
}
