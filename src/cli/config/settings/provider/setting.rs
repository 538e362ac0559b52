//! What a setting of a provider declares.

use serde_json::Value;

use crate::cli::config::settings::setting::{Declared, Setting};
use crate::domain::provider::{OAuth2, Oidc, Protocol, Provider};

pub(super) const CORRECT_IT: &str = "correct it there";

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

/// The protocol of a provider, as the file names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli::config) enum ProviderKind {
    Oidc,
    OAuth2,
}

impl ProviderKind {
    pub(in crate::cli::config) const ALL: [Self; 2] = [Self::Oidc, Self::OAuth2];

    pub(in crate::cli::config) fn of(protocol: &Protocol) -> Self {
        match protocol {
            Protocol::Oidc(_) => Self::Oidc,
            Protocol::OAuth2(_) => Self::OAuth2,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Oidc => "oidc",
            Self::OAuth2 => "oauth2",
        }
    }
}

pub(super) fn of_oidc(provider: &Provider, shown: impl Fn(&Oidc) -> Value) -> Value {
    match &provider.protocol {
        Protocol::Oidc(oidc) => shown(oidc),
        Protocol::OAuth2(_) => Value::Null,
    }
}

pub(super) fn of_oauth2(provider: &Provider, shown: impl Fn(&OAuth2) -> Value) -> Value {
    match &provider.protocol {
        Protocol::OAuth2(oauth2) => shown(oauth2),
        Protocol::Oidc(_) => Value::Null,
    }
}
