//! The language of a user.

use std::str::FromStr;

/// The language in which we write to a user, as a language tag (RFC 5646): `en`, `de-AT`, `zh_Hans`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Locale(String);

/// The error for a text that is not a language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a locale is a language tag such as `en` or `de-AT`")]
pub struct LocaleError;

impl Locale {
    /// Reads a language tag. Only its form is checked; `_` is accepted for `-`.
    ///
    /// # Errors
    /// [`LocaleError`] if the text doesn't have the form of a language tag.
    pub fn parse(text: &str) -> Result<Self, LocaleError> {
        let tag = text.trim();
        let mut subtags = tag.split(['-', '_']);
        let language = subtags.next().unwrap_or_default();
        let language_ok =
            (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
        let rest_ok =
            subtags.all(|t| (1..=8).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric()));
        if language_ok && rest_ok && tag.len() <= 35 {
            Ok(Self(tag.to_owned()))
        } else {
            Err(LocaleError)
        }
    }

    /// The tag as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn from_stored(tag: String) -> Self {
        Self(tag)
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(text: &str) -> Result<Self, LocaleError> {
        Self::parse(text)
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self("en".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_are_language_tags() {
        for tag in ["en", "de-AT", "de_DE", "zh-Hans-CN"] {
            assert_eq!(Locale::parse(tag).unwrap().as_str(), tag);
        }
        for text in ["", "e", "english language", "de-", "../etc", "d3", "de--AT"] {
            assert!(Locale::parse(text).is_err(), "{text:?}");
        }
    }
}
