//! The settings as `config show` gives them: each with its value and where it came from.

use serde_json::{Value, json};

use std::path::PathBuf;

use super::keys::paths;
use super::provider::{comes_from_preset, provider_settings};
use super::{Config, StoreOrigin, TransportChoice};
use crate::domain::duration::show_duration;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::provider::Provider;

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Setting {
    /// Its dotted key.
    pub key: String,
    /// Its value, in the form the file would have it.
    pub value: Value,
    /// `default`, `preset NAME`, `environment NAME`, `flag --NAME` or `file PATH:LINE`.
    pub origin: String,
}

impl Config {
    /// Every setting in force, in the order of the documentation.
    #[must_use]
    pub fn shown(&self) -> Vec<Setting> {
        let setting = |key: String| Setting {
            value: self.value_of(&key),
            origin: self.origin_of(&key),
            key,
        };
        let fixed = paths([]).into_iter().map(setting);
        fixed
            .chain(self.providers.iter().flat_map(|provider| self.shown_of(provider)))
            .collect()
    }

    /// The settings of a provider that fit its kind.
    fn shown_of(&self, provider: &Provider) -> Vec<Setting> {
        let settings = provider_settings(provider).into_iter();
        let setting = |(key, value)| {
            let path = format!("provider.{}.{key}", provider.name);
            let origin = match (provider.preset, self.lines.contains_key(&path)) {
                (Some(preset), false) if comes_from_preset(preset, key, &value) => {
                    format!("preset {}", preset.as_str())
                }
                _ => self.origin_of(&path),
            };
            Setting {
                key: path,
                value,
                origin,
            }
        };
        settings.map(setting).collect()
    }

    fn value_of(&self, key: &str) -> Value {
        match key {
            "store" => json!(self.store.as_ref().map(|store| store.path.to_string_lossy())),
            "base_url" => json!(self.base_url),
            "reset.ttl" => json!(show_duration(self.reset.ttl.get())),
            "reset.invite_ttl" => json!(show_duration(self.reset.invite_ttl.get())),
            "reset.self_service_except" => json!(self.reset.self_service_except),
            "reset.link" => json!(self.link),
            _ if key.starts_with("mail.") => self.mail_value(key),
            "password.min_length" => json!(self.password.min_length()),
            "password.max_length" => json!(self.password.max_length()),
            "password.breached_file" => json!(self.breached_file.as_ref().map(|path| path.to_string_lossy())),
            "password.argon2.memory_kib" => json!(self.argon2.memory_kib()),
            "password.argon2.iterations" => json!(self.argon2.iterations()),
            "password.argon2.parallelism" => json!(self.argon2.parallelism()),
            "login.password" => sign_in(&self.sign_in),
            "login.failure_floor" => json!(show_duration(self.failure_floor.get())),
            "session.idle" => json!(show_duration(self.session.idle())),
            "session.absolute" => json!(show_duration(self.session.absolute())),
            "throttle.free_attempts" => json!(self.throttle.free_attempts()),
            "throttle.base_delay" => json!(show_duration(self.throttle.base_delay())),
            "throttle.max_delay" => json!(show_duration(self.throttle.max_delay())),
            "throttle.lock_after" => json!(self.throttle.lock_after()),
            _ => Value::Null,
        }
    }

    fn mail_value(&self, key: &str) -> Value {
        let mail = &self.mail;
        let path = |path: &Option<PathBuf>| json!(path.as_ref().map(|path| path.to_string_lossy()));
        match key {
            "mail.transport" => json!(mail.transport.map(TransportChoice::as_str)),
            "mail.host" => json!(mail.host),
            "mail.port" => json!(mail.port.unwrap_or(mail.tls.usual_port())),
            "mail.tls" => json!(mail.tls.as_str()),
            "mail.username" => json!(mail.username),
            "mail.auth" => json!(mail.auth.as_str()),
            "mail.password_file" => path(&mail.password_file),
            "mail.token_command" => json!(mail.token_command),
            "mail.token_file" => path(&mail.token_file),
            "mail.from" => json!(mail.from),
            "mail.reply_to" => json!(mail.reply_to),
            "mail.envelope_from" => json!(mail.envelope_from),
            "mail.hello_name" => json!(mail.hello_name),
            "mail.directory" => path(&mail.directory),
            "mail.templates" => path(&mail.templates),
            "mail.timeout" => json!(show_duration(mail.timeout)),
            "mail.ca_file" => path(&mail.ca_file),
            _ => Value::Null,
        }
    }

    fn origin_of(&self, key: &str) -> String {
        if let ("store", Some(store)) = (key, &self.store)
            && !matches!(store.origin, StoreOrigin::File(_))
        {
            return store.origin.to_string();
        }
        match (&self.file, self.lines.get(key)) {
            (Some(file), Some(line)) => format!("file {}:{line}", file.display()),
            _ => StoreOrigin::Default.to_string(),
        }
    }
}

fn sign_in(who: &PasswordSignIn) -> Value {
    match who {
        PasswordSignIn::Everyone => json!("everyone"),
        PasswordSignIn::Nobody => json!("nobody"),
        PasswordSignIn::Groups(groups) => json!(groups),
    }
}
