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
use std::time::Duration;

pub use environment::Environment;
pub use error::ConfigError;
pub use mail::{AuthChoice, MailSettings, TlsChoice, TransportChoice};
pub use provider::{ProviderNotFound, provider_settings};
pub use shown::Setting;

use crate::domain::password::{Argon2Cost, PasswordSignIn};
use crate::domain::provider::Provider;
use crate::domain::reset::{LONGEST_TTL, LinkError, LinkTemplate, ResetPolicy, check_base};
use crate::domain::session::SessionPolicy;
use crate::domain::throttle::ThrottlePolicy;
use document::Document;

/// NIST SP 800-63B-4 §3.1.1.2: 15 code points where a password is the only factor.
const MIN_LENGTH: usize = 15;
const MAX_LENGTH: usize = 256;
/// What no failed sign-in is answered before.
const FAILURE_FLOOR: Duration = Duration::from_millis(500);
/// The least of memory (KiB) times passes among the settings that the OWASP Password Storage
/// Cheat Sheet holds for equally strong, of those with 8 MiB or more: m=9216, t=4.
const LEAST_ARGON2_WORK: u32 = 36_864;

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
    /// The shortest password in code points.
    pub min_length: usize,
    /// The longest password in code points.
    pub max_length: usize,
    /// The file of breached passwords.
    pub breached_file: Option<PathBuf>,
    /// What a new hash costs.
    pub argon2: Argon2Cost,
    /// Who may use a password.
    pub sign_in: PasswordSignIn,
    /// No failed sign-in is answered before this.
    pub failure_floor: Duration,
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

/// What can't be made absolute (an empty path) is left for whoever opens it to refuse.
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
            min_length: MIN_LENGTH,
            max_length: MAX_LENGTH,
            breached_file: None,
            argon2: Argon2Cost::default(),
            sign_in: PasswordSignIn::default(),
            failure_floor: FAILURE_FLOOR,
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
        const MIN: &str = "password.min_length";
        const MAX: &str = "password.max_length";
        const MEMORY: &str = "password.argon2.memory_kib";
        const ITERATIONS: &str = "password.argon2.iterations";
        let length = |key| {
            file.number(key, 8..=4096)
                .map(|length| length.map(|n| n as usize))
        };
        self.min_length = length(MIN)?.unwrap_or(self.min_length);
        self.max_length = length(MAX)?.unwrap_or(self.max_length);
        if self.min_length > self.max_length {
            let rule = "leaves `min_length` above `max_length`";
            return Err(file.refuse(&[MIN, MAX], rule));
        }
        self.breached_file = file.path("password.breached_file")?;
        let cost = &mut self.argon2;
        cost.memory_kib = file.number(MEMORY, 8192..=1_048_576)?.unwrap_or(cost.memory_kib);
        cost.iterations = file.number(ITERATIONS, 1..=16)?.unwrap_or(cost.iterations);
        let lanes = file.number("password.argon2.parallelism", 1..=16)?;
        cost.parallelism = lanes.unwrap_or(cost.parallelism);
        if cost.memory_kib * cost.iterations < LEAST_ARGON2_WORK {
            let rule =
                format!("is too cheap: `memory_kib` times `iterations` must be {LEAST_ARGON2_WORK} or more");
            return Err(file.refuse(&[MEMORY, ITERATIONS], &rule));
        }
        Ok(())
    }

    fn read_sign_in(&mut self, file: &Document<'_>) -> Result<(), ConfigError> {
        const IDLE: &str = "session.idle";
        const ABSOLUTE: &str = "session.absolute";
        const A_YEAR: Duration = Duration::from_hours(365 * 24);
        self.sign_in = file.sign_in("login.password")?.unwrap_or_default();
        let floor = file.duration("login.failure_floor", Duration::from_secs(10))?;
        self.failure_floor = floor.unwrap_or(self.failure_floor);
        let session = &mut self.session;
        session.idle = file.duration(IDLE, A_YEAR)?.unwrap_or(session.idle);
        session.absolute = file.duration(ABSOLUTE, A_YEAR)?.unwrap_or(session.absolute);
        if session.idle > session.absolute {
            return Err(file.refuse(&[IDLE, ABSOLUTE], "leaves `idle` longer than `absolute`"));
        }
        Ok(())
    }

    fn read_throttle(&mut self, file: &Document<'_>) -> Result<(), ConfigError> {
        const FREE: &str = "throttle.free_attempts";
        const BASE: &str = "throttle.base_delay";
        const MAX: &str = "throttle.max_delay";
        const LOCK: &str = "throttle.lock_after";
        const A_DAY: Duration = Duration::from_hours(24);
        let policy = &mut self.throttle;
        policy.free_attempts = file.number(FREE, 1..=100)?.unwrap_or(policy.free_attempts);
        policy.base_delay = file.duration(BASE, A_DAY)?.unwrap_or(policy.base_delay);
        policy.max_delay = file.duration(MAX, A_DAY)?.unwrap_or(policy.max_delay);
        // NIST SP 800-63B-4 §3.2.2: at most 100.
        policy.lock_after = file.number(LOCK, 1..=100)?.unwrap_or(policy.lock_after);
        if policy.base_delay > policy.max_delay {
            return Err(file.refuse(&[BASE, MAX], "leaves `base_delay` longer than `max_delay`"));
        }
        if policy.free_attempts > policy.lock_after {
            return Err(file.refuse(&[FREE, LOCK], "leaves `free_attempts` above `lock_after`"));
        }
        Ok(())
    }

    fn read_resets(&mut self, file: &Document<'_>) -> Result<(), ConfigError> {
        const BASE: &str = "base_url";
        const LINK: &str = "reset.link";
        let policy = &mut self.reset;
        policy.ttl = file.duration("reset.ttl", LONGEST_TTL)?.unwrap_or(policy.ttl);
        policy.invite_ttl = file
            .duration("reset.invite_ttl", LONGEST_TTL)?
            .unwrap_or(policy.invite_ttl);
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
