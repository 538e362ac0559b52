mod complaints;
mod declared;
mod places;
mod provider;
mod ranges;

use super::*;
use crate::domain::password::Argon2Cost;
use crate::domain::password_policy::PasswordPolicy;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::session::SessionPolicy;
use crate::domain::throttle::ThrottlePolicy;
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

/// A home of its own, with a configuration file in it.
struct Home(tempfile::TempDir);

impl Home {
    fn with(content: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let folder = home.path(".config/backoffice");
        fs::create_dir_all(&folder).unwrap();
        fs::write(home.file(), content).unwrap();
        // Whatever the umask of the user who runs the tests.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
        fs::set_permissions(home.file(), fs::Permissions::from_mode(0o600)).unwrap();
        home
    }

    fn path(&self, below: &str) -> PathBuf {
        self.0.path().join(below)
    }

    fn file(&self) -> PathBuf {
        self.path(".config/backoffice/config.toml")
    }

    fn env(&self) -> Environment {
        Environment::from_pairs([("HOME", self.0.path())])
    }

    fn load(&self) -> Result<Config, ConfigError> {
        load(&Flags::default(), &self.env(), None)
    }
}

fn complaint(content: &str) -> (usize, usize, String, String) {
    match Home::with(content).load() {
        Err(ConfigError::InFile {
            line,
            column,
            what,
            hint,
            ..
        }) => (line, column, what, hint),
        other => panic!("{other:?}"),
    }
}

fn is_taken(content: &str) -> bool {
    match Home::with(content).load() {
        Ok(_) => true,
        Err(ConfigError::InFile { .. }) => false,
        Err(other) => panic!("{other:?}"),
    }
}

const FULL: &str = r#"store = "desk.db"

[password]
min_length = 8
max_length = 4_096
breached_file = "/var/lib/pwned.txt"
argon2 = { memory_kib = 65536, iterations = 3, parallelism = 4 }

[login]
password = ["support", "administrators"]
failure_floor = "1s"

[session]
idle = "15m"
absolute = "90d"

[throttle]
free_attempts = 3
base_delay = "1m"
max_delay = "1h30m"
lock_after = 50
"#;

#[test]
fn a_full_file_is_read_and_every_setting_knows_its_line() {
    let home = Home::with(FULL);
    let config = home.load().unwrap();
    assert_eq!(
        config.store().unwrap().path,
        home.path(".config/backoffice/desk.db")
    );
    assert_eq!(config.store().unwrap().origin, StoreOrigin::File(home.file()));
    let settings = config.shown();
    let shown: Vec<(&str, serde_json::Value, String)> = settings
        .iter()
        .map(|setting| {
            (
                setting.key.as_str(),
                setting.value.clone(),
                setting.origin.clone(),
            )
        })
        .skip_while(|(key, ..)| *key != "password.min_length")
        .collect();
    let line = |line: usize| format!("file {}:{line}", home.file().display());
    assert_eq!(
        shown,
        [
            ("password.min_length", json!(8), line(4)),
            ("password.max_length", json!(4096), line(5)),
            ("password.breached_file", json!("/var/lib/pwned.txt"), line(6)),
            ("password.argon2.memory_kib", json!(65536), line(7)),
            ("password.argon2.iterations", json!(3), line(7)),
            ("password.argon2.parallelism", json!(4), line(7)),
            ("login.password", json!(["support", "administrators"]), line(10)),
            ("login.failure_floor", json!("1s"), line(11)),
            ("session.idle", json!("15m"), line(14)),
            ("session.absolute", json!("90d"), line(15)),
            ("throttle.free_attempts", json!(3), line(18)),
            ("throttle.base_delay", json!("1m"), line(19)),
            ("throttle.max_delay", json!("1h30m"), line(20)),
            ("throttle.lock_after", json!(50), line(21)),
        ]
    );
}

#[test]
fn an_empty_file_gives_the_defaults() {
    let config = Home::with("").load().unwrap();
    assert_eq!(config.policies.password, PasswordPolicy::default());
    assert_eq!(config.policies.argon2, Argon2Cost::default());
    assert_eq!(config.policies.session, SessionPolicy::default());
    assert_eq!(config.policies.throttle, ThrottlePolicy::default());
    assert_eq!(config.policies.sign_in, PasswordSignIn::Everyone);
    assert!(config.shown().iter().all(|setting| setting.origin == "default"));
}

#[test]
fn links_and_mail_are_read() {
    let home = Home::with(
        "base_url = 'https://desk.example.com'\n[reset]\nttl = '1h'\nself_service_except = []\n\
         [mail]\ntransport = 'smtp'\nhost = 'mail.example.com'\ntls = 'implicit'\nfrom = 'desk@example.com'\n",
    );
    let config = home.load().unwrap();
    assert!(config.policies.reset.link.is_some());
    assert_eq!(config.policies.reset.ttl.get(), Duration::from_hours(1));
    assert!(config.policies.reset.self_service_except.is_empty());
    let value = |key| {
        config
            .shown()
            .into_iter()
            .find(|setting| setting.key == key)
            .unwrap()
            .value
    };
    assert_eq!(value("mail.port"), 465);
    assert_eq!(value("mail.host"), "mail.example.com");
    for content in [
        "base_url = 'http://desk.example.com'",
        "base_url = 'https://desk.example.com/?lang=de'",
        "base_url = 'https://desk.example.com/#/app'",
        "base_url = 'https://desk.example.com/#'\n[reset]\nlink = 'https://login.example.com/#{token}'",
        "[reset]\nlink = 'https://desk.example.com/'",
        "[reset]\nttl = '25h'",
        "[mail]\ntransport = 'smtp'",
        "[mail]\ntransport = 'directory'\nfrom = 'desk@example.com'",
        "[mail]\nport = 0",
        "[mail]\ntls = 'maybe'",
    ] {
        assert!(!is_taken(content), "{content}");
    }
}
