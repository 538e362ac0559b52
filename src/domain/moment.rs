//! The form of a moment in answers: RFC 3339 in UTC, in whole seconds, which `jq` reads.
//!
//! `jiff` is built without `serde`, so that each field must say which form its time has. An
//! export keeps the microseconds.

use serde::{Serialize, Serializer};

use super::clock::Timestamp;

/// `2026-11-24T09:00:00Z`. The fraction is cut off, so that no answer shows an end later than the real
/// end.
#[must_use]
pub fn whole_seconds(at: Timestamp) -> String {
    format!("{at:.0}")
}

/// Writes a moment in whole seconds.
///
/// # Errors
/// Those of the serializer.
pub fn seconds<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&whole_seconds(*at))
}

/// Writes a moment in whole seconds, or nothing.
///
/// # Errors
/// Those of the serializer.
#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
pub fn seconds_if_any<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(whole_seconds).serialize(serializer)
}

/// Writes a moment as it is stored, to the microsecond.
///
/// # Errors
/// Those of the serializer.
pub fn exact<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(at)
}

/// Writes a moment as it is stored, to the microsecond, or nothing.
///
/// # Errors
/// Those of the serializer.
#[expect(clippy::ref_option, reason = "serde calls it with a reference")]
pub fn exact_if_any<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(|at| at.to_string()).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_fraction_is_cut_off_and_never_rounded_up() {
        for (stored, written) in [
            ("2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z"),
            ("2026-11-24T08:59:59.999999Z", "2026-11-24T08:59:59Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59Z"),
            ("0001-01-01T00:00:00.1Z", "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(whole_seconds(stored.parse().unwrap()), written);
        }
    }

    proptest! {
        #[test]
        fn a_moment_is_written_as_its_second(micros in -62_135_596_800_000_000_i64..253_402_300_799_000_000) {
            let at = Timestamp::from_microsecond(micros).unwrap();
            let written: Timestamp = whole_seconds(at).parse().unwrap();
            prop_assert_eq!(written.as_microsecond(), micros.div_euclid(1_000_000) * 1_000_000);
        }
    }
}
