//! Real proxies: `tinyproxy`, which speaks HTTP, and `microsocks`, which speaks SOCKS5.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use super::path;

pub const USER: &str = "ada";
pub const PASSWORD: &str = "opensesame";
/// The same in an address, where any character may be written so.
pub const ENCODED_PASSWORD: &str = "open%73esame";

/// A running proxy; it ends with the test.
pub struct Proxy {
    child: Child,
    folder: tempfile::TempDir,
    pub port: u16,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Proxy {
    /// One that speaks HTTP, with these lines in its configuration.
    pub fn http(settings: &str) -> Self {
        Self::start("tinyproxy", |port, folder| {
            let file = folder.path().join("tinyproxy.conf");
            let settings =
                format!("Port {port}\nListen 127.0.0.1\nTimeout 60\nLogLevel Connect\n{settings}\n");
            std::fs::write(&file, settings).unwrap();
            vec!["-d".to_owned(), "-c".to_owned(), file.display().to_string()]
        })
    }

    /// One that speaks HTTP and wants the password.
    pub fn http_with_password() -> Self {
        Self::http(&format!("BasicAuth {USER} {PASSWORD}"))
    }

    /// One that speaks SOCKS5, with these further arguments.
    pub fn socks(more: &[&str]) -> Self {
        Self::start("microsocks", |port, _| {
            let port = port.to_string();
            let arguments = ["-i", "127.0.0.1", "-p", &port]
                .into_iter()
                .chain(more.iter().copied());
            arguments.map(str::to_owned).collect()
        })
    }

    /// One that speaks SOCKS5 and wants the password.
    pub fn socks_with_password() -> Self {
        Self::socks(&["-u", USER, "-P", PASSWORD])
    }

    fn start(program: &str, arguments: impl Fn(u16, &tempfile::TempDir) -> Vec<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let log = File::create(folder.path().join("log")).unwrap();
        let mut child = Command::new(program)
            .args(arguments(port, &folder))
            .env("PATH", format!("{}:/usr/sbin", path()))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{program} is needed: {error}"));
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            let ended = child.try_wait().unwrap();
            assert!(ended.is_none(), "{program} did not start: {ended:?}");
            std::thread::yield_now();
        }
        Self { child, folder, port }
    }

    /// Host and port.
    pub fn shown(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Whether it was asked for a connection to this host and port, by what it wrote.
    pub fn connected_to(&self, to: &str) -> bool {
        let log = std::fs::read(self.folder.path().join("log")).unwrap();
        String::from_utf8_lossy(&log).contains(to)
    }
}
