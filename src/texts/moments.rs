//! Moments as people write them: in UTC, to the minute, rounded down, so that no link is
//! said to live longer than it does.

use jiff::tz::TimeZone;

use crate::domain::clock::Timestamp;

const ENGLISH: Names = Names {
    days: [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};
const GERMAN: Names = Names {
    days: [
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

struct Names {
    days: [&'static str; 7],
    months: [&'static str; 12],
}

/// `at` in the language of the tag `lang`; in one that isn't known here, in figures.
pub(super) fn written(at: Timestamp, lang: &str) -> String {
    let at = TimeZone::UTC.to_datetime(at);
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    let (day, year) = (at.day(), at.year());
    let words = |names: &Names| {
        let weekday = usize::from(at.weekday().to_monday_zero_offset().unsigned_abs());
        let month = usize::from(at.month().unsigned_abs()).saturating_sub(1);
        let name = |list: &[&'static str], index: usize| list.get(index).copied().unwrap_or_default();
        (name(&names.days, weekday), name(&names.months, month))
    };
    match lang.split('-').next() {
        Some("en") => {
            let (weekday, month) = words(&ENGLISH);
            format!("{weekday}, {day} {month} {year}, {time} UTC")
        }
        Some("de") => {
            let (weekday, month) = words(&GERMAN);
            format!("{weekday}, {day}. {month} {year}, {time} Uhr (UTC)")
        }
        _ => format!("{year:04}-{:02}-{day:02} {time} UTC", at.month()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_its_reader_would() {
        let at: Timestamp = "2026-11-24T09:05:59.9Z".parse().unwrap();
        assert_eq!(written(at, "en-gb"), "Tuesday, 24 November 2026, 09:05 UTC");
        assert_eq!(written(at, "de"), "Dienstag, 24. November 2026, 09:05 Uhr (UTC)");
        assert_eq!(written(at, "fr"), "2026-11-24 09:05 UTC");
        let at: Timestamp = "2026-03-01T23:59:00Z".parse().unwrap();
        assert_eq!(written(at, "de-at"), "Sonntag, 1. März 2026, 23:59 Uhr (UTC)");
    }
}
