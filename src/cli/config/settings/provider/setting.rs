//! What a setting of a provider declares.

use serde_json::Value;

pub(super) use crate::cli::config::settings::setting::CORRECT_IT;
use crate::cli::config::settings::setting::{Declared, Setting};
use crate::domain::provider::{OAuth2, Oidc, Protocol, Provider, ProviderKind};

/// What the keys of every provider begin with.
const PREFIX: &str = "provider.NAME.";

/// A setting of a provider, and the kind of provider that has it.
pub(in crate::cli::config) struct ProviderSetting {
    pub(in crate::cli::config) declared: &'static dyn Declared<Provider>,
    /// The kind that alone has it; none if both have it.
    pub(in crate::cli::config) only: Option<ProviderKind>,
}

impl ProviderSetting {
    pub(super) const fn of_both(declared: &'static dyn Declared<Provider>) -> Self {
        Self { declared, only: None }
    }

    pub(super) const fn of_oidc(declared: &'static dyn Declared<Provider>) -> Self {
        Self {
            declared,
            only: Some(ProviderKind::Oidc),
        }
    }

    pub(super) const fn of_oauth2(declared: &'static dyn Declared<Provider>) -> Self {
        Self {
            declared,
            only: Some(ProviderKind::OAuth2),
        }
    }

    /// The last step of its key.
    pub(in crate::cli::config) fn name(&self) -> &'static str {
        name_in(self.declared.key())
    }

    pub(in crate::cli::config) fn fits(&self, kind: ProviderKind) -> bool {
        self.only.is_none_or(|only| only == kind)
    }
}

impl<F> Setting<F, Provider> {
    pub(super) fn name(&self) -> &'static str {
        name_in(self.key)
    }
}

fn name_in(key: &'static str) -> &'static str {
    key.strip_prefix(PREFIX).unwrap_or(key)
}

pub(super) fn of_oidc(provider: &Provider, shown: impl Fn(&Oidc) -> Value) -> Value {
    match provider.protocol() {
        Protocol::Oidc(oidc) => shown(oidc),
        Protocol::OAuth2(_) => Value::Null,
    }
}

pub(super) fn of_oauth2(provider: &Provider, shown: impl Fn(&OAuth2) -> Value) -> Value {
    match provider.protocol() {
        Protocol::OAuth2(oauth2) => shown(oauth2),
        Protocol::Oidc(_) => Value::Null,
    }
}
