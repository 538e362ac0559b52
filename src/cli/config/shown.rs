//! The settings in force, as `config show` lists them: each with its value and where it came from.

use serde_json::Value;

use super::in_force::Config;
use super::settings::fixed;
use super::settings::provider::{self, comes_from_preset};
use super::settings::store::STORE;
use super::store::StoreOrigin;
use crate::domain::provider::Provider;

/// A setting in force.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SettingInForce {
    /// Its key, with dots between the sections and the name.
    pub key: String,
    /// Its value, in the form the file would have it.
    pub value: Value,
    /// `default`, `preset NAME`, `environment NAME`, `flag --NAME` or `file PATH:LINE`.
    pub origin: String,
}

impl Config {
    /// Every setting in force, in the order of the documentation.
    #[must_use]
    pub fn shown(&self) -> Vec<SettingInForce> {
        let of_config = fixed().map(|setting| SettingInForce {
            key: setting.key().to_owned(),
            value: setting.shown(self),
            origin: self.origin_of(setting.key()),
        });
        let of_providers = self.providers.iter().flat_map(|provider| self.shown_of(provider));
        of_config.chain(of_providers).collect()
    }

    /// The settings of a provider that fit its kind.
    fn shown_of(&self, provider: &Provider) -> impl Iterator<Item = SettingInForce> {
        let kind = provider.protocol().kind();
        let settings = provider::settings().filter(move |setting| setting.fits(kind));
        settings.map(|setting| {
            let name = setting.name();
            let key = format!("provider.{}.{name}", provider.name());
            let value = setting.declared.shown(provider);
            let origin = match (provider.preset(), self.lines.contains_key(&key)) {
                (Some(preset), false) if comes_from_preset(preset, name, &value) => {
                    format!("preset {}", preset.as_str())
                }
                _ => self.origin_of(&key),
            };
            SettingInForce { key, value, origin }
        })
    }

    fn origin_of(&self, key: &str) -> String {
        if let Some(store) = &self.store
            && key == STORE.key
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
