//! The names of providers.

use std::fmt;
use std::str::FromStr;

/// The name of a provider in the configuration and on the command line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct ProviderName(String);

/// The error for a text that is not the name of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a provider is 1 to 32 small letters, digits, `-` and `_`, and begins with a letter")]
pub struct ProviderNameError;

impl ProviderName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`ProviderNameError`] if the text breaks the rules for names.
    pub fn parse(text: &str) -> Result<Self, ProviderNameError> {
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase());
        if begins && text.len() <= 32 && text.chars().all(fine) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ProviderNameError)
        }
    }

    /// The text of the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ProviderName {
    type Err = ProviderNameError;

    fn from_str(text: &str) -> Result<Self, ProviderNameError> {
        Self::parse(text)
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fits_a_table_of_the_configuration() {
        for name in ["okta", "git_hub-2", "a"] {
            assert_eq!(ProviderName::parse(name).unwrap().as_str(), name);
        }
        for name in ["", "Okta", "2fa", "-o", "o kta", "ökta", &"o".repeat(33)] {
            assert!(ProviderName::parse(name).is_err(), "{name:?}");
        }
    }
}
