//! The languages of the texts, and the choice of a language for a person.

use std::collections::BTreeSet;

use crate::domain::user::Locale;

/// The language for a person whose language is not there. It has all texts.
pub(super) const FALLBACK: &str = "en";

/// A language of the texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(String);

/// The languages of some texts, each by its tag in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Languages(BTreeSet<String>);

impl Language {
    /// The tag of this language (RFC 5646), in lower case.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }
}

impl Languages {
    /// The language that is nearest to the locale of a user, or English.
    #[must_use]
    pub fn of_locale(&self, locale: &Locale) -> Language {
        let tag = self.nearest(&plain_tag(locale.as_str()));
        Language(tag.unwrap_or(FALLBACK).to_owned())
    }

    /// Reads the value of `Accept-Language` (RFC 9110 §12.5.4): the language of the range with the
    /// greatest weight; of equal weights, the first. If no range fits, the language is English.
    #[must_use]
    pub fn preferred(&self, header: &str) -> Language {
        let mut best = (FALLBACK, 0);
        for range in header.split(',') {
            let (range, weight) = weighed(range);
            let tag = if range.starts_with('*') {
                Some(FALLBACK)
            } else {
                self.nearest(&range.to_ascii_lowercase())
            };
            if let (Some(tag), true) = (tag, weight > best.1) {
                best = (tag, weight);
            }
        }
        Language(best.0.to_owned())
    }

    /// Looks a tag up, in lower case (RFC 4647 §3.4). The tag is shortened from its end until there
    /// is a language with this tag.
    pub(super) fn nearest(&self, tag: &str) -> Option<&str> {
        let mut range = tag;
        loop {
            if let Some(known) = self.0.get(range) {
                return Some(known);
            }
            range = range.rsplit_once('-')?.0;
            // A single letter (`x`, `u`) only introduces the part after it.
            if let Some((before, [_])) = range
                .rsplit_once('-')
                .map(|(before, last)| (before, last.as_bytes()))
            {
                range = before;
            }
        }
    }

    pub(super) fn insert(&mut self, tag: String) {
        self.0.insert(tag);
    }

    #[cfg(test)]
    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl FromIterator<String> for Languages {
    fn from_iter<I: IntoIterator<Item = String>>(tags: I) -> Self {
        Self(tags.into_iter().collect())
    }
}

/// A language tag in lower case and with hyphens: the case of a tag has no meaning (RFC 5646
/// §2.1.1).
pub(super) fn plain_tag(tag: &str) -> String {
    tag.replace('_', "-").to_ascii_lowercase()
}

/// A range, and its weight in thousandths; `None` if it can't be parsed.
fn weighed(range: &str) -> (&str, u16) {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next().unwrap_or_default();
    let weight = match parts.next() {
        None => Some(1000),
        Some(part) => part
            .strip_prefix("q=")
            .or_else(|| part.strip_prefix("Q="))
            .and_then(thousandths),
    };
    (tag, weight.unwrap_or(0))
}

/// A weight, with at most three decimals (RFC 9110 §12.4.2).
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::sources::Sources;

    #[test]
    fn the_known_language_with_the_greatest_weight_is_taken() {
        let ours = Sources::built_in().languages();
        for (header, tag) in [
            ("", "en"),
            ("de", "de"),
            ("de-AT, en;q=0.8", "de"),
            ("DE", "de"),
            ("en-GB,de;q=0.9", "en"),
            ("de;q=0.8, en;q=0.9", "en"),
            ("fr-FR, de;q=0.3, *;q=0.1", "de"),
            ("fr, *", "en"),
            ("de;q=0, fr", "en"),
            ("de;q=0.001", "de"),
            ("de; q=1.000", "de"),
            ("de;q=1.5", "en"),
            ("de;q=nan, x", "en"),
            ("den", "en"),
            (",;,;q=;", "en"),
        ] {
            assert_eq!(ours.preferred(header).tag(), tag, "{header:?}");
        }
    }

    #[test]
    fn a_tag_is_shortened_until_it_is_one_of_ours() {
        let ours: Languages = ["en", "de", "de-at", "zh-hant"]
            .map(str::to_owned)
            .into_iter()
            .collect();
        for (locale, tag) in [
            ("de_AT", "de-at"),
            ("de-CH", "de"),
            ("zh-Hant-TW", "zh-hant"),
            ("zh-CN", "en"),
            ("de-AT-x-desk", "de-at"),
            ("deu", "en"),
        ] {
            let locale = Locale::parse(locale).unwrap();
            assert_eq!(ours.of_locale(&locale).tag(), tag, "{locale:?}");
        }
        for (range, tag) in [("de-", Some("de")), ("-", None), ("-x", None), ("", None)] {
            assert_eq!(ours.nearest(range), tag, "{range:?}");
        }
    }
}
