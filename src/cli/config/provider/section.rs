//! One section `[provider.NAME]`, over what its preset gives.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

use super::presets::{Fact, facts};
use crate::cli::config::document::Document;
use crate::cli::config::error::ConfigError;
use crate::cli::config::keys::join;
use crate::domain::group::GroupName;
use crate::domain::provider::{Preset, ProviderName};

const ENDPOINTS: [&str; 5] = [
    "authorization_endpoint",
    "token_endpoint",
    "device_authorization_endpoint",
    "userinfo_endpoint",
    "emails_endpoint",
];

pub(super) struct Section<'d, 'a> {
    file: &'d Document<'a>,
    path: String,
    pub(super) preset: Option<Preset>,
}

impl<'d, 'a> Section<'d, 'a> {
    pub(super) fn new(file: &'d Document<'a>, name: &ProviderName) -> Result<Self, ConfigError> {
        let mut section = Self {
            file,
            path: join("provider", name.as_str()),
            preset: None,
        };
        let words = Preset::ALL.map(|preset| (preset.as_str(), preset));
        section.preset = section.word("preset", &words)?;
        Ok(section)
    }

    fn key(&self, key: &str) -> String {
        join(&self.path, key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.file.has(&self.key(key))
    }

    pub(super) fn fact(&self, key: &str) -> Option<Fact> {
        // The endpoints go together: a code of one company's server is nothing for another's.
        if ENDPOINTS.contains(&key) && ENDPOINTS.iter().any(|key| self.has(key)) {
            return None;
        }
        let (_, fact) = facts(self.preset?).iter().find(|(name, _)| *name == key)?;
        Some(*fact)
    }

    pub(super) fn text(&self, key: &str) -> Result<Option<String>, ConfigError> {
        let given = || match self.fact(key) {
            Some(Fact::Text(text)) => Some(text.to_owned()),
            _ => None,
        };
        Ok(self.file.text(&self.key(key))?.or_else(given))
    }

    /// A text that neither the section nor its preset may leave out.
    pub(super) fn needed(&self, key: &'static str) -> Result<String, ConfigError> {
        self.text(key)?.ok_or_else(|| self.lacks(key))
    }

    pub(super) fn word<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Result<Option<T>, ConfigError> {
        let given = || match self.fact(key) {
            Some(Fact::Text(text)) => words.iter().find(|(word, _)| *word == text),
            _ => None,
        };
        let word = self.file.word(&self.key(key), words)?;
        Ok(word.or_else(|| given().map(|(_, meaning)| *meaning)))
    }

    pub(super) fn texts(&self, key: &str) -> Result<Option<Vec<String>>, ConfigError> {
        let given = || match self.fact(key) {
            Some(Fact::Texts(texts)) => Some(texts.iter().map(|&text| text.to_owned()).collect()),
            _ => None,
        };
        Ok(self.file.texts(&self.key(key))?.or_else(given))
    }

    pub(super) fn ports(&self, key: &str) -> Result<Option<Vec<u16>>, ConfigError> {
        let given = || match self.fact(key) {
            Some(Fact::Ports(ports)) => Some(ports.to_vec()),
            _ => None,
        };
        Ok(self.file.ports(&self.key(key))?.or_else(given))
    }

    pub(super) fn flag(&self, key: &str) -> Result<bool, ConfigError> {
        Ok(self.file.flag(&self.key(key))?.unwrap_or_default())
    }

    pub(super) fn file(&self, key: &str) -> Result<Option<PathBuf>, ConfigError> {
        self.file.path(&self.key(key))
    }

    pub(super) fn groups(&self, key: &str) -> Result<Vec<GroupName>, ConfigError> {
        Ok(self.file.groups(&self.key(key))?.unwrap_or_default())
    }

    pub(super) fn named_texts(&self, key: &str) -> Result<BTreeMap<String, String>, ConfigError> {
        Ok(self.file.named_texts(&self.key(key))?.unwrap_or_default())
    }

    pub(super) fn named_values(&self, key: &str) -> Result<BTreeMap<String, Value>, ConfigError> {
        Ok(self.file.named_values(&self.key(key))?.unwrap_or_default())
    }

    /// A complaint about the value of `key`.
    pub(super) fn refuse(&self, key: &str, rule: &str, hint: &str) -> ConfigError {
        self.file.refuse_with(&[&self.key(key)], rule, hint)
    }

    /// A complaint about what isn't there.
    pub(super) fn lacks(&self, key: &str) -> ConfigError {
        let hint = match (self.preset, key) {
            (Some(Preset::Entra), "issuer") => {
                "write issuer = \"https://login.microsoftonline.com/TENANT/v2.0\" below it, with your tenant's id"
                    .to_owned()
            }
            (Some(Preset::Keycloak), "issuer") => {
                "write issuer = \"https://HOST/realms/REALM\" below it".to_owned()
            }
            (_, "kind") => "write `preset`, or `kind` (\"oidc\" or \"oauth2\"), below it".to_owned(),
            _ => format!("write {key} = \"…\" below it"),
        };
        self.file
            .refuse_with(&[&self.path], &format!("needs `{key}`"), &hint)
    }
}
