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
    /// What to do next.
    #[must_use]
    pub fn hint(&self) -> String {
        if let Some(nearest) = &self.nearest {
            return format!("did you mean {nearest}?");
        }
        let known: Vec<&str> = self.known.iter().map(ProviderName::as_str).collect();
        match known.as_slice() {
            [] => "a section [provider.NAME] of the configuration makes one".to_owned(),
            [only] => format!("the only provider is {only}"),
            known => format!("the providers are {}", known.join(", ")),
        }
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
