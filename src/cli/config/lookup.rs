//! A provider by its name.

use super::in_force::Config;
use crate::domain::likeness::nearest;
use crate::domain::provider::{Provider, ProviderName};

/// The configuration has no provider of this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the configuration has no provider `{asked}`")]
pub struct ProviderNotFound {
    asked: String,
    nearest: Option<ProviderName>,
    known: Vec<ProviderName>,
}

impl ProviderNotFound {
    /// The configured provider that was meant, or all of them. `None` if no provider is configured.
    #[must_use]
    pub fn proposal(&self) -> Option<String> {
        if let Some(nearest) = &self.nearest {
            return Some(format!("did you mean {nearest}?"));
        }
        let known: Vec<&str> = self.known.iter().map(ProviderName::as_str).collect();
        match known.as_slice() {
            [] => None,
            [only] => Some(format!("the only provider is {only}")),
            known => Some(format!("the providers are {}", known.join(", "))),
        }
    }

    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        let none = || "a section [provider.NAME] of the configuration makes one".to_owned();
        self.proposal().unwrap_or_else(none)
    }
}

impl Config {
    /// The provider of that name.
    ///
    /// # Errors
    /// [`ProviderNotFound`], with the nearest one.
    pub fn provider(&self, name: &str) -> Result<&Provider, ProviderNotFound> {
        let found = self
            .providers
            .iter()
            .find(|provider| provider.name().as_str() == name);
        found.ok_or_else(|| {
            let known: Vec<&str> = self
                .providers
                .iter()
                .map(|provider| provider.name().as_str())
                .collect();
            let nearest = nearest(name, &known);
            ProviderNotFound {
                asked: name.to_owned(),
                nearest: nearest.and_then(|name| ProviderName::parse(name).ok()),
                known: self
                    .providers
                    .iter()
                    .map(|provider| provider.name().clone())
                    .collect(),
            }
        })
    }
}
