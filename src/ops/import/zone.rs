//! The time zone in which an input writes its times.

use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::domain::clock::Timestamp;

/// The names of UTC in the time-zone database. They need no database.
const UTC: [&str; 9] = [
    "UTC",
    "Etc/UTC",
    "UCT",
    "Etc/UCT",
    "Universal",
    "Etc/Universal",
    "Zulu",
    "Etc/Zulu",
    "Z",
];

/// Why a time zone can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeZoneError {
    /// The database has no zone of this name.
    #[error("there is no time zone `{name}` in the time-zone database of this machine")]
    Unknown {
        /// The name.
        name: String,
    },
    /// This machine has no database, as many container images have none.
    #[error("the time zone `{name}` can't be looked up: this machine has no time-zone database")]
    NoDatabase {
        /// The name.
        name: String,
    },
}

/// The time zone of this name. UTC needs no time-zone database.
///
/// # Errors
/// [`TimeZoneError`].
pub fn time_zone(name: &str) -> Result<TimeZone, TimeZoneError> {
    if is_utc(name) {
        return Ok(TimeZone::UTC);
    }
    found(name, jiff::tz::db())
}

fn is_utc(name: &str) -> bool {
    UTC.iter().any(|utc| utc.eq_ignore_ascii_case(name))
}

fn found(name: &str, database: &TimeZoneDatabase) -> Result<TimeZone, TimeZoneError> {
    let name = name.to_owned();
    match database.get(&name) {
        Ok(zone) => Ok(zone),
        Err(_) if database.is_definitively_empty() => Err(TimeZoneError::NoDatabase { name }),
        Err(_) => Err(TimeZoneError::Unknown { name }),
    }
}

/// The moment of a text, by its own offset or by the clocks of `timezone`. An hour that occurred
/// twice is the first one. A skipped hour is moved forward.
pub(super) fn local_moment(text: &str, timezone: &TimeZone) -> Option<Timestamp> {
    // The parser of a civil time ignores an offset, so the offset is looked for first.
    let has_offset = text
        .get(10..)
        .is_some_and(|time| time.contains(['Z', 'z', '+', '-']));
    if has_offset {
        return text.parse().ok();
    }
    let civil: DateTime = text.parse().ok()?;
    timezone.to_ambiguous_timestamp(civil).compatible().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utc_needs_no_database() {
        for name in UTC.iter().chain(&["utc", "etc/utc"]) {
            assert_eq!(time_zone(name), Ok(TimeZone::UTC), "{name}");
        }
    }

    #[test]
    fn a_named_zone_without_a_database_says_that_the_database_is_missing() {
        let name = || "Europe/Berlin".to_owned();
        assert_eq!(
            found(&name(), &TimeZoneDatabase::none()),
            Err(TimeZoneError::NoDatabase { name: name() })
        );
    }
}
