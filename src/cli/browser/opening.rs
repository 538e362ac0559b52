//! Which browser is opened, and how.

use std::net::IpAddr;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use nix::unistd::{dup, dup2_stdout};

use super::TextBrowser;
use super::command::{self, BrowserCommand};
use crate::cli::context::Context;
use crate::domain::provider::RedirectHost;

/// The usual port of an SSH server.
const SSH_PORT: u16 = 22;
/// A browser that ends with an error within this time was not opened, and the next one is tried.
const GRACE: Duration = Duration::from_secs(2);
/// How long the desktop may take to open its browser.
const DESKTOP_PATIENCE: Duration = Duration::from_secs(3);

/// Opens the browser where there is one. That it doesn't open is no failure: the address is printed.
/// Gives a browser that has the terminal.
pub fn open(
    context: &Context<'_>,
    host: RedirectHost,
    no_browser: bool,
    url: &str,
    port: u16,
) -> Option<TextBrowser> {
    let terminal = context.terminal;
    let environment = context.environment();
    let connection = environment.get("SSH_CONNECTION");
    if let Some(connection) = &connection {
        let line = forwarding(&connection.to_string_lossy(), host, port);
        terminal.note(&format!(
            "over SSH, the browser on your machine comes back through: {line}"
        ));
    }
    if no_browser {
        return None;
    }
    if let Some(variable) = environment.get("BROWSER") {
        return open_one_of(context, &command::commands(&variable.to_string_lossy(), url));
    }
    if connection.is_some() {
        return None;
    }
    // The last two are set in WSL, where a browser of Windows is opened.
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP"]
        .iter()
        .any(|name| environment.get(name).is_some());
    if !has_display && !cfg!(target_os = "macos") {
        terminal.note("there is no display here to open a browser on: open the address in a browser of this machine, or use `--paste`");
    } else if !desktop_opens(url) {
        terminal.note("no browser could be opened: open the address by hand");
    }
    None
}

/// The command that forwards the port from the machine of the user, who came over this SSH connection.
/// Its parts are the address and the port of the client and of the server (ssh(1), `SSH_CONNECTION`).
fn forwarding(connection: &str, host: RedirectHost, port: u16) -> String {
    let target = match host {
        RedirectHost::Ipv6 => "[::1]",
        RedirectHost::Ipv4 | RedirectHost::Localhost => "127.0.0.1",
    };
    let mut server = connection.split(' ').skip(2);
    let here: Option<IpAddr> = server.next().and_then(|here| here.parse().ok());
    let here = here.map_or_else(|| "HOST".to_owned(), |here| here.to_string());
    match server.next().and_then(|port| port.parse().ok()) {
        None | Some(SSH_PORT) => format!("ssh -L {port}:{target}:{port} {here}"),
        Some(ssh_port) => format!("ssh -p {ssh_port} -L {port}:{target}:{port} {here}"),
    }
}

/// Opens the first browser that can be started.
fn open_one_of(context: &Context<'_>, commands: &[BrowserCommand]) -> Option<TextBrowser> {
    let folders = context.environment().folders("PATH");
    for command in commands {
        if command.is_text_browser(&folders) {
            if let Ok(browser) = TextBrowser::start(command) {
                return Some(browser);
            }
        } else if starts(command) {
            return None;
        }
    }
    context
        .terminal
        .note("no browser of the variable BROWSER could be started: open the address by hand");
    None
}

/// Whether a browser starts, and doesn't end at once with an error. Ctrl-C at the terminal doesn't end it.
fn starts(command: &BrowserCommand) -> bool {
    let child = Command::new(&command.program)
        .args(&command.arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn();
    let Ok(mut child) = child else { return false };
    let (ended, end) = mpsc::channel();
    thread::spawn(move || {
        let _ = ended.send(child.wait().is_ok_and(|status| status.success()));
    });
    end.recv_timeout(GRACE).unwrap_or(true)
}

/// Whether the desktop opens its browser. A text browser is waited for by the library, in a thread of its
/// own, and writes to standard error.
fn desktop_opens(url: &str) -> bool {
    let url = url.to_owned();
    let (opened, outcome) = mpsc::channel();
    let open = move || {
        let mut options = webbrowser::BrowserOptions::new();
        options.with_suppress_output(true);
        let outcome = webbrowser::open_browser_with_options(webbrowser::Browser::Default, &url, &options);
        let _ = opened.send(outcome.is_ok());
    };
    // The library hands our standard output on, and there is no way to tell it otherwise.
    let Ok(stdout) = dup(std::io::stdout()) else {
        return false;
    };
    if dup2_stdout(std::io::stderr()).is_err() {
        return false;
    }
    thread::spawn(open);
    let is_opened = outcome.recv_timeout(DESKTOP_PATIENCE).unwrap_or(true);
    dup2_stdout(stdout).is_ok() && is_opened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forwarding_line_names_a_port_of_the_server_that_is_not_the_usual_one() {
        let line = |connection, host| forwarding(connection, host, 8765);
        for (connection, host, expected) in [
            (
                "203.0.113.9 51234 172.17.0.2 22",
                RedirectHost::Ipv4,
                "ssh -L 8765:127.0.0.1:8765 172.17.0.2",
            ),
            (
                "203.0.113.9 51234 172.17.0.2 2222",
                RedirectHost::Localhost,
                "ssh -p 2222 -L 8765:127.0.0.1:8765 172.17.0.2",
            ),
            (
                "2001:db8::9 51234 2001:db8::1 22",
                RedirectHost::Ipv6,
                "ssh -L 8765:[::1]:8765 2001:db8::1",
            ),
            (
                "x 1 $(reboot) 2;3",
                RedirectHost::Ipv4,
                "ssh -L 8765:127.0.0.1:8765 HOST",
            ),
            ("", RedirectHost::Ipv4, "ssh -L 8765:127.0.0.1:8765 HOST"),
        ] {
            assert_eq!(line(connection, host), expected);
        }
    }
}
