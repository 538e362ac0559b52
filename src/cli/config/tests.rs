mod provider;

use super::*;
use proptest::prelude::*;
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
    assert_eq!(config.password, PasswordPolicy::default());
    assert_eq!(config.argon2, Argon2Cost::default());
    assert_eq!(config.session, SessionPolicy::default());
    assert_eq!(config.throttle, ThrottlePolicy::default());
    assert_eq!(config.sign_in, PasswordSignIn::Everyone);
    assert!(config.shown().iter().all(|setting| setting.origin == "default"));
}

#[test]
fn the_flag_wins_over_the_environment_and_that_over_the_file() {
    let home = Home::with("store = '/from/file.db'");
    let env = Environment::from_pairs([
        ("HOME", home.0.path().as_os_str()),
        ("BACKOFFICE_STORE", "/from/env.db".as_ref()),
    ]);
    let flags = Flags {
        store: Some(Path::new("/from/flag.db")),
        config: None,
    };
    let origin = |config: &Config| config.shown()[0].origin.clone();
    let config = load(&flags, &env, None).unwrap();
    assert_eq!(config.store().unwrap().path, Path::new("/from/flag.db"));
    assert_eq!(origin(&config), "flag --store");
    let config = load(&Flags::default(), &env, None).unwrap();
    assert_eq!(config.store().unwrap().path, Path::new("/from/env.db"));
    assert_eq!(origin(&config), "environment BACKOFFICE_STORE");
    let config = home.load().unwrap();
    assert_eq!(config.store().unwrap().path, Path::new("/from/file.db"));
    assert_eq!(origin(&config), format!("file {}:1", home.file().display()));
}

#[test]
fn the_default_store_is_in_the_data_folder() {
    let home = Home::with("");
    let config = home.load().unwrap();
    assert_eq!(
        config.store().unwrap().path,
        home.path(".local/share/backoffice/backoffice.db")
    );
    assert_eq!(config.store().unwrap().origin, StoreOrigin::Default);
    let env = Environment::from_pairs([("HOME", home.0.path()), ("XDG_DATA_HOME", Path::new("/data"))]);
    let config = load(&Flags::default(), &env, None).unwrap();
    assert_eq!(
        config.store().unwrap().path,
        Path::new("/data/backoffice/backoffice.db")
    );
    let config = load(&Flags::default(), &env, Some(Path::new("/home/desk"))).unwrap();
    assert_eq!(
        config.store().unwrap().path,
        Path::new("/home/desk/.local/share/backoffice/backoffice.db")
    );
}

#[test]
fn a_named_file_must_be_there() {
    let home = Home::with("");
    let missing = home.path("no.toml");
    let flags = Flags {
        store: None,
        config: Some(&missing),
    };
    let error = load(&flags, &home.env(), None).unwrap_err();
    assert!(matches!(
        error,
        ConfigError::Missing {
            named_by: "--config",
            ..
        }
    ));
    let env = Environment::from_pairs([("BACKOFFICE_CONFIG", missing.as_os_str())]);
    let error = load(&Flags::default(), &env, None).unwrap_err();
    assert!(matches!(
        error,
        ConfigError::Missing {
            named_by: "BACKOFFICE_CONFIG",
            ..
        }
    ));
    fs::remove_file(home.file()).unwrap();
    assert!(home.load().is_ok());
}

#[test]
fn links_and_mail_are_read() {
    let home = Home::with(
        "base_url = 'https://desk.example.com'\n[reset]\nttl = '1h'\nself_service_except = []\n\
         [mail]\ntransport = 'smtp'\nhost = 'mail.example.com'\ntls = 'implicit'\nfrom = 'desk@example.com'\n",
    );
    let config = home.load().unwrap();
    assert!(config.reset.link.is_some());
    assert_eq!(config.reset.ttl.get(), Duration::from_hours(1));
    assert!(config.reset.self_service_except.is_empty());
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

#[test]
fn a_wrong_link_names_the_key_that_is_at_fault() {
    let link = "[reset]\nlink = '{base_url}/reset#{token}'";
    for (base, link, line, key) in [
        (
            "https://desk.example.com/#x",
            link,
            1,
            "`base_url` isn't right: it must end with",
        ),
        (
            "https://desk.example.com:0",
            link,
            1,
            "`base_url` isn't right: port 0",
        ),
        (
            "https://desk.example.com?x",
            "[reset]\nlink = 'https://login.example.com/#{token}'",
            1,
            "`base_url` isn't right: it must end with",
        ),
        (
            "https://desk.example.com",
            "[reset]\nlink = '{base_url}/a b#{token}'",
            3,
            "`reset.link` isn't right: a URL holds no blanks",
        ),
    ] {
        let (at, _, what, _) = complaint(&format!("base_url = '{base}'\n{link}\n"));
        assert_eq!(at, line, "{what}");
        assert!(what.starts_with(key), "{what}");
    }
}

#[test]
fn an_unknown_key_is_placed_and_the_nearest_one_named() {
    let (line, column, what, hint) = complaint("[password]\n  min_lenght = 20\n");
    assert_eq!((line, column), (2, 3));
    assert_eq!(what, "`password.min_lenght` is no key of the configuration");
    assert_eq!(hint, "did you mean `min_length`?");
    for content in [
        "base_uri = 'https://desk.example.com'",
        "[mail]\nhosts = 'x'",
        "[provider.okta]\nisuer = 'https://example.okta.com'",
        "[provider.Okta]\npreset = 'okta'",
        "[provider.'ok.ta']\npreset = 'okta'",
        "[provider]\nissuer = 'https://example.okta.com'",
        "[[provider.okta]]",
        "[resets]",
        "'session.idle' = '1h'",
        "'' = 1",
        "[password]\n'argon2.iterations' = 3",
        "[password.argon2.iterations.deep]\nx = 1",
        "[[session]]",
        "session = 5",
    ] {
        assert!(!is_taken(content), "{content}");
    }
}

#[test]
fn the_wrong_key_that_stands_first_is_named() {
    let (line, _, what, _) = complaint("[throttle]\nzz = 1\n[login]\naa = 1\n");
    assert_eq!(
        (line, what.as_str()),
        (2, "`throttle.zz` is no key of the configuration")
    );
}

#[test]
fn no_complaint_quotes_the_file() {
    const SECRET: &str = "Hunter2Secret";
    for content in [
        "SECRET = 1",
        "[login]\nSECRET = 1",
        "'SECRET = 1",
        "store = SECRET",
        "store = 'SECRET",
        "store = \"SECRET\\q\"",
        "store = 'a' SECRET",
        "SECRET",
        "SECRET = 1\nSECRET = 2",
        "[SECRET]\n[SECRET]",
        "SECRET.a = 1\nSECRET.a.b = 1",
        "[login]\npassword = 'SECRET'",
        "[login]\npassword = ['SECRET,']",
        "[login]\nfailure_floor = 'SECRET'",
        "[session]\nidle = ['SECRET']",
        "[password]\nmin_length = 'SECRET'",
        "[password]\nargon2 = 'SECRET'",
        "store = ['SECRET']",
    ] {
        let content = content.replace("SECRET", SECRET);
        let error = Home::with(&content).load().unwrap_err();
        let said = format!("{error} {} {error:?}", error.hint());
        assert!(!said.contains(SECRET), "{content}: {said}");
    }
}

#[test]
fn a_syntax_error_is_placed_by_line_and_character() {
    let (line, column, what, _) = complaint("# é\n[session]\nidle = 30m\n");
    assert_eq!((line, column), (3, 8), "{what}");
    let (line, column, what, _) = complaint("store = 'a'\nstore = 'b'\n");
    assert_eq!(
        (line, column, what.as_str()),
        (2, 1, "this key stands in the file twice")
    );
    let home = Home::with("");
    fs::write(home.file(), b"# fine\n# \xC3\xA9 \xFF").unwrap();
    let error = home.load().unwrap_err();
    assert!(
        matches!(
            error,
            ConfigError::InFile {
                line: 2,
                column: 5,
                ..
            }
        ),
        "{error}"
    );
}

#[test]
fn lengths_and_costs_have_bounds() {
    for (content, taken) in [
        ("min_length = 8", true),
        ("min_length = 7", false),
        ("min_length = 257", false),
        ("min_length = 256", true),
        ("max_length = 14", false),
        ("max_length = 4096", true),
        ("max_length = 4097", false),
        ("min_length = '20'", false),
        ("min_length = 20.0", false),
        ("min_length = -20", false),
        ("min_length = 99999999999999999999", false),
        ("min_length = 0x14", true),
        ("argon2 = {}", true),
        ("argon2 = { memory_kib = 9216, iterations = 4 }", true),
        ("argon2 = { memory_kib = 9215, iterations = 4 }", false),
        ("argon2 = { memory_kib = 8191, iterations = 16 }", false),
        ("argon2 = { iterations = 1 }", false),
        ("argon2 = { memory_kib = 47104, iterations = 1 }", true),
        ("argon2 = { memory_kib = 1048577 }", false),
        ("argon2 = { iterations = 17 }", false),
        ("argon2 = { parallelism = 0 }", false),
        ("argon2 = { parallelism = 16 }", true),
        ("breached_file = ''", false),
        ("breached_file = \"a\\u0000b\"", false),
    ] {
        assert_eq!(is_taken(&format!("[password]\n{content}")), taken, "{content}");
    }
}

#[test]
fn durations_and_attempts_have_bounds() {
    for (content, taken) in [
        ("[login]\nfailure_floor = '10s'", true),
        ("[login]\nfailure_floor = '10001ms'", false),
        ("[login]\nfailure_floor = '0s'", false),
        ("[login]\nfailure_floor = 500", false),
        ("[login]\npassword = 'nobody'", true),
        ("[login]\npassword = 'Everyone'", false),
        ("[login]\npassword = []", false),
        ("[login]\npassword = ['a', 5]", false),
        ("[session]\nidle = '8h'", true),
        ("[session]\nidle = '8h1s'", false),
        ("[session]\nabsolute = '29m'", false),
        ("[session]\nabsolute = '366d'", false),
        ("[throttle]\nlock_after = 101", false),
        ("[throttle]\nlock_after = 0", false),
        ("[throttle]\nlock_after = 4", false),
        ("[throttle]\nfree_attempts = 0", false),
        ("[throttle]\nfree_attempts = 100", true),
        ("[throttle]\nbase_delay = '16m'", false),
        ("[throttle]\nmax_delay = '29s'", false),
    ] {
        assert_eq!(is_taken(content), taken, "{content}");
    }
}

#[test]
fn without_a_home_a_store_must_be_named() {
    let env = Environment::from_pairs([("HOME", "")]);
    let config = load(&Flags::default(), &env, None).unwrap();
    assert!(matches!(config.store(), Err(ConfigError::NoHome)));
    let shown = config.shown().into_iter().find(|setting| setting.key == "store");
    assert_eq!(shown.unwrap().value, serde_json::Value::Null);
    let store = Path::new("/data/desk.db");
    let flags = Flags {
        store: Some(store),
        ..Flags::default()
    };
    let config = load(&flags, &env, None).unwrap();
    assert_eq!(config.store().unwrap().path, store);
}

proptest! {
    #[test]
    fn no_file_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let file = Path::new("/config.toml");
        if let Ok(text) = document::decode(file, &bytes) {
            let _ = Document::parse(file, text);
        }
    }

    #[test]
    fn no_toml_of_ours_panics(key in "(store|password|login|session|throttle|x)(\\.[a-z_0-9\"]{0,12})?", value in "\\PC{0,20}") {
        let text = format!("{key} = {value}");
        let file = Path::new("/config.toml");
        if let Ok(document) = Document::parse(file, &text) {
            let store = StoreChoice { path: file.to_owned(), origin: StoreOrigin::Flag };
            let mut config = Config::with_defaults(Some(store));
            let _ = config.read_passwords(&document);
            let _ = config.read_sign_in(&document);
            let _ = config.read_throttle(&document);
        }
    }
}
