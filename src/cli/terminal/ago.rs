//! How long ago a moment was, or how long it is until then, for people.

use jiff::Timestamp;

/// The units, from the longest to the shortest, each in seconds: those of `--ttl 30m`.
const UNITS: [(&str, u64); 4] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];

/// `5m ago`, `in 25m` or `now`: in the longest unit that fits, rounded down.
pub(super) fn ago(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    let length = seconds.unsigned_abs();
    let Some((unit, second)) = UNITS.iter().find(|(_, second)| length >= *second) else {
        return "now".to_owned();
    };
    let count = length / second;
    if seconds > 0 {
        format!("{count}{unit} ago")
    } else {
        format!("in {count}{unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_as_far_away_as_its_longest_unit_says() {
        let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        for (at, told) in [
            ("2026-11-24T09:00:00Z", "now"),
            ("2026-11-24T08:59:59Z", "1s ago"),
            ("2026-11-24T08:59:00Z", "1m ago"),
            ("2026-11-24T07:00:01Z", "1h ago"),
            ("2026-11-23T09:00:00Z", "1d ago"),
            ("2024-11-24T09:00:00Z", "730d ago"),
            ("2026-11-24T09:29:59Z", "in 29m"),
            ("2026-11-25T09:00:00Z", "in 1d"),
        ] {
            assert_eq!(ago(at.parse().unwrap(), now), told);
        }
        assert!(ago(Timestamp::MIN, Timestamp::MAX).ends_with("d ago"));
    }
}
