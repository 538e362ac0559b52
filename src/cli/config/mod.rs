//! The only reader of settings, from file and environment. Flags win over environment,
//! environment over file, file over defaults.

mod document;
mod environment;
mod error;
mod file;
mod keys;
mod mail;
mod provider;
mod shown;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

pub use environment::Environment;
pub use error::ConfigError;
pub use mail::{AuthChoice, MailSettings, TlsChoice, TransportChoice};
pub use provider::{ProviderNotFound, provider_settings};
pub use shown::Setting;

use crate::domain::password::Argon2Cost;
use crate::domain::password_policy::PasswordPolicy;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::policies::FailureFloor;
use crate::domain::provider::Provider;
use crate::domain::reset::{LinkError, LinkLife, LinkTemplate, ResetPolicy, check_base};
use crate::domain::session::SessionPolicy;
use crate::domain::throttle::ThrottlePolicy;
use document::Document;

/// The flags that decide where settings come from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flags<'a> {
    /// `--store`.
    pub store: Option<&'a Path>,
    /// `--config`.
    pub config: Option<&'a Path>,
}

/// The settings in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// The configuration file they were read from, if there is one.
    pub file: Option<PathBuf>,
    /// Which store.
    store: Option<StoreChoice>,
    /// How long a password is.
    pub password: PasswordPolicy,
    /// The file of breached passwords.
    pub breached_file: Option<PathBuf>,
    /// What a new hash costs.
    pub argon2: Argon2Cost,
    /// Who may use a password.
    pub sign_in: PasswordSignIn,
    /// No failed sign-in is answered before this.
    pub failure_floor: FailureFloor,
    /// How long sessions live.
    pub session: SessionPolicy,
    /// How fast passwords may be tried.
    pub throttle: ThrottlePolicy,
    /// What links begin with.
    pub base_url: Option<String>,
    /// How long links live, and where they lead.
    pub reset: ResetPolicy,
    /// The form of a link, before `base_url` is put into it.
    pub link: String,
    /// How mail is sent.
    pub mail: MailSettings,
    /// Who vouches for people, in the order of their names.
    pub providers: Vec<Provider>,
    lines: BTreeMap<String, usize>,
}

/// The path of a store and who named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreChoice {
    /// The store; absolute.
    pub path: PathBuf,
    /// What named it.
    pub origin: StoreOrigin,
}

/// What named the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreOrigin {
    /// `--store`.
    Flag,
    /// `BACKOFFICE_STORE`.
    Environment,
    /// `store` in this configuration file.
    File(PathBuf),
    /// Nothing did: it is the user's own.
    Default,
}

impl fmt::Display for StoreOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag --store"),
            Self::Environment => f.write_str("environment BACKOFFICE_STORE"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// Reads the settings. `home` is given when another operating-system user is acted for: it
/// stands in for `HOME` and the XDG variables, which are the caller's.
///
/// # Errors
/// [`ConfigError`] for a file that is missing though named, isn't safe, or holds anything wrong.
pub fn load(flags: &Flags<'_>, env: &Environment, home: Option<&Path>) -> Result<Config, ConfigError> {
    let Some(found) = file::find(flags, env, home)? else {
        return Ok(Config::with_defaults(choose_store(flags, env, home, None)));
    };
    let text = document::decode(&found.path, &found.bytes)?;
    let document = Document::parse(&found.path, text)?;
    let in_file = document.path("store")?.map(|path| StoreChoice {
        path,
        origin: StoreOrigin::File(found.path.clone()),
    });
    let mut config = Config::with_defaults(choose_store(flags, env, home, in_file));
    config.read_passwords(&document)?;
    config.read_sign_in(&document)?;
    config.read_throttle(&document)?;
    config.read_resets(&document)?;
    config.mail = MailSettings::read(&document)?;
    config.providers = provider::read_all(&document)?;
    let names = config.providers.iter().map(|provider| &provider.name);
    config.lines = document.lines(keys::paths(names));
    config.file = Some(found.path);
    Ok(config)
}

/// The store that is named, or the default one; none where there is no home to put it.
fn choose_store(
    flags: &Flags<'_>,
    env: &Environment,
    home: Option<&Path>,
    in_file: Option<StoreChoice>,
) -> Option<StoreChoice> {
    let named = |path: PathBuf, origin| StoreChoice {
        path: absolute(path),
        origin,
    };
    if let Some(path) = flags.store {
        return Some(named(path.to_owned(), StoreOrigin::Flag));
    }
    if let Some(path) = env.get("BACKOFFICE_STORE") {
        return Some(named(path.into(), StoreOrigin::Environment));
    }
    if in_file.is_some() {
        return in_file;
    }
    let folder = base_folder(env, home, "XDG_DATA_HOME", ".local/share")?;
    Some(named(
        folder.join("backoffice/backoffice.db"),
        StoreOrigin::Default,
    ))
}

fn base_folder(env: &Environment, home: Option<&Path>, variable: &str, in_home: &str) -> Option<PathBuf> {
    match home {
        Some(home) => Some(home.join(in_home)),
        None => env.base_folder(variable, in_home),
    }
}

/// What can't be made absolute (an empty path) is refused when it is opened.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

impl Config {
    /// Where the store is, and which setting says so.
    ///
    /// # Errors
    /// [`ConfigError::NoHome`] if none is named and there is no home for the default one.
    pub fn store(&self) -> Result<&StoreChoice, ConfigError> {
        self.store.as_ref().ok_or(ConfigError::NoHome)
    }

    fn with_defaults(store: Option<StoreChoice>) -> Self {
        Self {
            file: None,
            store,
            password: PasswordPolicy::default(),
            breached_file: None,
            argon2: Argon2Cost::default(),
            sign_in: PasswordSignIn::default(),
            failure_floor: FailureFloor::default(),
            session: SessionPolicy::default(),
            throttle: ThrottlePolicy::default(),
            base_url: None,
            reset: ResetPolicy::default(),
            link: LinkTemplate::DEFAULT.to_owned(),
            mail: MailSettings::default(),
            providers: Vec::new(),
            lines: BTreeMap::new(),
        }
    }

    fn read_passwords(&mut self, file: &Document<'_>) -> Result<(), ConfigError> {
        const SECTION: &str = "password";
        const COST: &str = "password.argon2";
        let usual = self.password;
        let length = |key| file.number(key, PasswordPolicy::LENGTHS);
        let policy = PasswordPolicy::new(
            length("password.min_length")?.unwrap_or(usual.min_length()),
            length("password.max_length")?.unwrap_or(usual.max_length()),
        );
        self.password = policy.map_err(|error| file.refuse_values(SECTION, &error))?;
        self.breached_file = file.path("password.breached_file")?;
        let usual = self.argon2;
        let memory = file.number("password.argon2.memory_kib", Argon2Cost::MEMORY_KIB)?;
        let passes = file.number("password.argon2.iterations", Argon2Cost::ITERATIONS)?;
        let lanes = file.number("password.argon2.parallelism", Argon2Cost::PARALLELISM)?;
        let cost = Argon2Cost::new(
            memory.unwrap_or(usual.memory_kib()),
            passes.unwrap_or(usual.iterations()),
            lanes.unwrap_or(usual.parallelism()),
        );
        self.argon2 = cost.map_err(|error| file.refuse_values(COST, &error))?;
        Ok(())
    }

    fn read_sign_in(&mut self, file: &Document<'_>) -> Result<(), ConfigError> {
        const FLOOR: &str = "login.failure_floor";
        self.sign_in = file.sign_in("login.password")?.unwrap_or_default();
        if let Some(floor) = file.duration(FLOOR, FailureFloor::RANGE)? {
            let floor = FailureFloor::new(floor);
            self.failure_floor = floor.map_err(|error| file.refuse(&[FLOOR], &error.rule()))?;
        }
        let usual = self.session;
        let time = |key| file.duration(key, SessionPolicy::RANGE);
        let policy = SessionPolicy::new(
            time("session.idle")?.unwrap_or(usual.idle()),
            time("session.absolute")?.unwrap_or(usual.absolute()),
        );
        self.session = policy.map_err(|error| file.refuse_values("session", &error))?;
        Ok(())
    }

    fn read_throttle(&mut self, file: &Document<'_>) -> Result<(), ConfigError> {
        let usual = self.throttle;
        let attempts = |key| file.number(key, ThrottlePolicy::ATTEMPTS);
        let delay = |key| file.duration(key, ThrottlePolicy::DELAYS);
        let policy = ThrottlePolicy::new(
            attempts("throttle.free_attempts")?.unwrap_or(usual.free_attempts()),
            delay("throttle.base_delay")?.unwrap_or(usual.base_delay()),
            delay("throttle.max_delay")?.unwrap_or(usual.max_delay()),
            attempts("throttle.lock_after")?.unwrap_or(usual.lock_after()),
        );
        self.throttle = policy.map_err(|error| file.refuse_values("throttle", &error))?;
        Ok(())
    }

    fn read_resets(&mut self, file: &Document<'_>) -> Result<(), ConfigError> {
        const BASE: &str = "base_url";
        const LINK: &str = "reset.link";
        let life = |key: &str, usual: LinkLife| match file.duration(key, LinkLife::RANGE)? {
            Some(life) => LinkLife::new(life).map_err(|error| file.refuse(&[key], &error.rule())),
            None => Ok(usual),
        };
        let policy = &mut self.reset;
        policy.ttl = life("reset.ttl", policy.ttl)?;
        policy.invite_ttl = life("reset.invite_ttl", policy.invite_ttl)?;
        if let Some(groups) = file.groups("reset.self_service_except")? {
            policy.self_service_except = groups;
        }
        self.base_url = file.text(BASE)?;
        self.link = file.text(LINK)?.unwrap_or_else(|| std::mem::take(&mut self.link));
        let wrong = |key| move |error: LinkError| file.refuse(&[key], &format!("isn't right: {error}"));
        if let Some(base) = &self.base_url {
            check_base(base).map_err(wrong(BASE))?;
        }
        // A link that names its own host needs no base.
        let base = self.base_url.as_deref();
        let needs_base = self.link.contains("{base_url}");
        if base.is_none() && needs_base {
            return Ok(());
        }
        let made = LinkTemplate::new(&self.link, base.unwrap_or("https://localhost"));
        self.reset.link = Some(made.map_err(wrong(LINK))?);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
