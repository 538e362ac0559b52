//! Moments in the form in which people write them: in UTC, in whole minutes, rounded down. So no
//! mail says that a link lives longer than it does.

use std::collections::BTreeMap;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use minijinja::{Environment, context};
use serde::Deserialize;

use super::engine;
use super::language::Languages;
use super::sources::Sources;
use crate::domain::clock::Timestamp;

const FILE: &str = "dates.json";

/// The form of a moment in each language.
#[derive(Debug)]
pub(super) struct Moments {
    env: Environment<'static>,
    languages: Languages,
    words: BTreeMap<String, Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// The names of the weekdays, from Monday.
    weekdays: [String; 7],
    months: [String; 12],
    /// A template with `weekday`, `day`, `month`, `year` and `time`.
    moment: String,
}

impl Moments {
    pub(super) fn of(sources: Sources<'_>) -> Self {
        let words: BTreeMap<String, Words> = sources.tables(FILE);
        Self {
            env: engine::plain_text(),
            languages: words.keys().cloned().collect(),
            words,
        }
    }

    /// `at` in the language with the tag `lang`. If the language has no words for moments, the
    /// result has figures only.
    pub(super) fn written(&self, at: Timestamp, lang: &str) -> String {
        let at = TimeZone::UTC.to_datetime(at);
        self.in_words(at, lang)
            .unwrap_or_else(|| at.strftime("%Y-%m-%d %H:%M UTC").to_string())
    }

    fn in_words(&self, at: DateTime, lang: &str) -> Option<String> {
        let words = self.words.get(self.languages.nearest(lang)?)?;
        let weekday = usize::from(at.weekday().to_monday_zero_offset().unsigned_abs());
        let month = usize::from(at.month().unsigned_abs()).checked_sub(1)?;
        let values = context! {
            weekday => words.weekdays.get(weekday)?,
            day => at.day(),
            month => words.months.get(month)?,
            year => at.year(),
            time => at.strftime("%H:%M").to_string(),
        };
        self.env.render_str(&words.moment, values).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(at: &str, lang: &str) -> String {
        Moments::of(Sources::built_in()).written(at.parse().unwrap(), lang)
    }

    #[test]
    fn a_moment_has_the_form_of_the_language() {
        let at = "2026-11-24T09:05:59.9Z";
        assert_eq!(written(at, "en-gb"), "Tuesday, 24 November 2026, 09:05 UTC");
        assert_eq!(written(at, "de"), "Dienstag, 24. November 2026, 09:05 Uhr (UTC)");
        assert_eq!(written(at, "fr"), "2026-11-24 09:05 UTC");
        let at = "2026-03-01T23:59:00Z";
        assert_eq!(written(at, "de-at"), "Sonntag, 1. März 2026, 23:59 Uhr (UTC)");
    }

    #[test]
    fn every_language_writes_every_month_in_words() {
        for lang in Sources::built_in().languages().tags() {
            for month in 1..=12 {
                let moment = written(&format!("2026-{month:02}-09T07:08:09Z"), lang);
                assert!(!moment.contains("2026-") && moment.contains("07:08"), "{moment}");
            }
        }
    }
}
