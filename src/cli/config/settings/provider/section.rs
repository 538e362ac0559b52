//! One section `[provider.NAME]`, over what its preset gives.

use super::presets::facts;
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::keys::join;
use crate::cli::config::settings::form::{Fact, Form};
use crate::cli::config::settings::setting::Setting;
use crate::domain::provider::{Preset, Provider, ProviderName};

/// The endpoints of one server.
const ENDPOINTS: [&str; 5] = [
    "authorization_endpoint",
    "token_endpoint",
    "device_authorization_endpoint",
    "userinfo_endpoint",
    "emails_endpoint",
];

pub(super) struct ProviderSection<'d, 'a> {
    file: &'d Document<'a>,
    path: String,
    pub(super) preset: Option<Preset>,
}

impl<'d, 'a> ProviderSection<'d, 'a> {
    pub(super) fn new(file: &'d Document<'a>, name: &ProviderName) -> Self {
        Self {
            file,
            path: join("provider", name.as_str()),
            preset: None,
        }
    }

    fn key(&self, name: &str) -> String {
        join(&self.path, name)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.file.has(&self.key(name))
    }

    /// The value that the preset gives.
    pub(super) fn fact(&self, name: &str) -> Option<Fact> {
        // The endpoints go together: a code of the server of one company is nothing for another.
        if ENDPOINTS.contains(&name) && ENDPOINTS.iter().any(|name| self.has(name)) {
            return None;
        }
        let (_, fact) = facts(self.preset?).iter().find(|(key, _)| *key == name)?;
        Some(*fact)
    }

    /// The value of the file, else the one of the preset.
    pub(super) fn read<F: Form>(
        &self,
        setting: &Setting<F, Provider>,
    ) -> Result<Option<F::Value>, ConfigError> {
        let value = self
            .file
            .read(&self.key(setting.name()), &setting.form, setting.fix())?;
        let given = || setting.form.of_fact(self.fact(setting.name())?);
        Ok(value.or_else(given))
    }

    /// A value that must be in the section or in its preset.
    pub(super) fn needed<F: Form>(&self, setting: &Setting<F, Provider>) -> Result<F::Value, ConfigError> {
        let hint = || format!("write {} = \"…\" below it", setting.name());
        let value = self.read(setting)?;
        value.ok_or_else(|| self.lacks(setting, &hint()))
    }

    /// A complaint about the value of a setting.
    pub(super) fn refuse<F>(&self, setting: &Setting<F, Provider>, rule: &str, hint: &str) -> ConfigError {
        self.refuse_name(setting.name(), rule, hint)
    }

    /// The same, for the setting of that name.
    pub(super) fn refuse_name(&self, name: &str, rule: &str, hint: &str) -> ConfigError {
        self.file.refuse_with(&[&self.key(name)], rule, hint)
    }

    /// A complaint about a setting that is missing.
    pub(super) fn lacks<F>(&self, setting: &Setting<F, Provider>, hint: &str) -> ConfigError {
        let rule = format!("needs `{}`", setting.name());
        self.file.refuse_with(&[&self.path], &rule, hint)
    }
}
