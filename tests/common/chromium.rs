//! A real browser: Chromium without a window, steered over a pipe (Chrome `DevTools` Protocol).

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

/// For a machine that is busy; nothing waits this long when all is well.
const PATIENCE: Duration = Duration::from_mins(2);

/// Chromium reads commands from its file 3 and answers on its file 4. It finds nobody but this
/// machine: the pages of the provider would have a font from elsewhere.
const SCRIPT: &str = r#"exec "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#;
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
    "--remote-debugging-pipe",
];

/// How somebody looks at pages.
#[derive(Clone, Copy)]
pub struct Look {
    /// The language they ask for.
    pub language: &'static str,
    pub dark: bool,
    pub phone: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            language: "en",
            dark: false,
            phone: false,
        }
    }
}

/// A browser with an empty profile and one page.
pub struct Chromium {
    child: Child,
    commands: ChildStdin,
    messages: Receiver<Value>,
    /// What it sent unasked and nobody has waited for yet.
    events: Vec<Value>,
    session: Option<String>,
    last_id: u64,
    _profile: TempDir,
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Chromium {
    pub fn start(look: Look) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut child = Command::new("/bin/sh")
            .args(["-c", SCRIPT, "sh", "chromium"])
            .args(FLAGS)
            .arg(format!("--accept-lang={}", look.language))
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .env_clear()
            .env("HOME", profile.path())
            .env("PATH", super::path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, messages) = channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for message in stdout.split(0) {
                let message = serde_json::from_slice(&message.unwrap()).unwrap();
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut chromium = Self {
            commands: child.stdin.take().unwrap(),
            child,
            messages,
            events: Vec::new(),
            session: None,
            last_id: 0,
            _profile: profile,
        };
        chromium.look(look);
        chromium
    }

    fn look(&mut self, look: Look) {
        let target = self.ask("Target.createTarget", &json!({"url": "about:blank"}));
        let target = json!({"targetId": target["targetId"], "flatten": true});
        let session = self.ask("Target.attachToTarget", &target);
        self.session = session["sessionId"].as_str().map(str::to_owned);
        let scheme = if look.dark { "dark" } else { "light" };
        let scheme = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.ask("Emulation.setEmulatedMedia", &scheme);
        let (width, height) = if look.phone { (390, 844) } else { (1280, 800) };
        let screen = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": look.phone});
        self.ask("Emulation.setDeviceMetricsOverride", &screen);
        self.ask("Page.enable", &json!({}));
    }

    /// Opens an address, and waits for the page.
    #[track_caller]
    pub fn open(&mut self, url: &str) {
        // Another fragment alone would be no new page.
        for url in ["about:blank", url] {
            self.events.clear();
            self.ask("Page.navigate", &json!({"url": url}));
            self.arrives();
        }
    }

    /// Types a text over what a field holds.
    #[track_caller]
    pub fn types(&mut self, field: &str, text: &str) {
        self.run(&format!("document.querySelector({}).select()", json!(field)));
        self.ask("Input.insertText", &json!({"text": text}));
    }

    /// Presses a button that leads to another page, and waits for that one.
    #[track_caller]
    pub fn presses(&mut self, button: &str) {
        self.events.clear();
        self.run(&format!("document.querySelector({}).click()", json!(button)));
        self.arrives();
    }

    /// Signs in at the real provider and consents.
    #[track_caller]
    pub fn sign_in(&mut self, url: &str, account: &str) {
        self.open(url);
        self.types("[name=login]", account);
        self.types("[name=password]", "any will do");
        self.presses("[type=submit]");
        self.presses("[type=submit]");
    }

    /// What stands in the address bar.
    #[track_caller]
    pub fn url(&mut self) -> String {
        self.run("location.href")
    }

    /// What there is to read.
    #[track_caller]
    pub fn text(&mut self) -> String {
        self.run("document.body.innerText")
    }

    /// The value of an expression, waited for; it must be a text or nothing.
    #[track_caller]
    pub fn run(&mut self, script: &str) -> String {
        let expression = json!({"expression": script, "awaitPromise": true});
        let outcome = self.ask("Runtime.evaluate", &expression);
        assert!(outcome.get("exceptionDetails").is_none(), "{script}: {outcome}");
        outcome["result"]["value"].as_str().unwrap_or_default().to_owned()
    }

    /// Keeps a picture of the page below the target folder; gives its path.
    pub fn picture(&mut self, name: &str) -> PathBuf {
        let outcome = self.ask("Page.captureScreenshot", &json!({"format": "png"}));
        let picture = BASE64_STANDARD.decode(outcome["data"].as_str().unwrap()).unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, picture).unwrap();
        path
    }

    /// Waits until another page is there and loaded.
    #[track_caller]
    fn arrives(&mut self) {
        for awaited in ["Page.frameNavigated", "Page.loadEventFired"] {
            loop {
                let position = self.events.iter().position(|event| event["method"] == awaited);
                if let Some(position) = position {
                    self.events.drain(..=position);
                    break;
                }
                let event = self.receive();
                self.events.push(event);
            }
        }
    }

    #[track_caller]
    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.last_id += 1;
        let mut message = json!({"id": self.last_id, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.commands
            .write_all(format!("{message}\0").as_bytes())
            .unwrap();
        loop {
            let mut message = self.receive();
            if message["id"] == self.last_id {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].take();
            }
            self.events.push(message);
        }
    }

    #[track_caller]
    fn receive(&self) -> Value {
        match self.messages.recv_timeout(PATIENCE) {
            Ok(message) => message,
            Err(error) => panic!("Chromium says nothing, or there is no `chromium`: {error}"),
        }
    }
}
