//! Durations in the form in which people write them: `500ms`, `30m`, `1h30m`, `90d`.

use std::time::Duration;

/// The units, from the longest to the shortest, each in milliseconds. A day has 24 hours.
const UNITS: [(&str, u64); 5] = [
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

/// Reads a duration: whole numbers, each with a unit (`d`, `h`, `m`, `s`, `ms`). The longer unit stands
/// first, no unit stands twice, and nothing stands between the parts. `None` for any other text, and
/// for a duration that is too long.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    if text.is_empty() {
        return None;
    }
    let mut units = UNITS.iter();
    let mut rest = text;
    let mut total = 0_u64;
    while !rest.is_empty() {
        let (number, after) = split_where(rest, |c| !c.is_ascii_digit());
        let (unit, after) = split_where(after, |c| c.is_ascii_digit());
        let (_, millis) = units.find(|(name, _)| *name == unit)?;
        total = number
            .parse::<u64>()
            .ok()?
            .checked_mul(*millis)?
            .checked_add(total)?;
        rest = after;
    }
    Some(Duration::from_millis(total))
}

fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// Writes a duration so that [`parse_duration`] reads it back. Less than a millisecond is left out.
#[must_use]
pub fn show_duration(duration: Duration) -> String {
    let mut rest = duration.as_millis();
    let mut shown = String::new();
    for (unit, millis) in UNITS {
        let count = rest / u128::from(millis);
        rest %= u128::from(millis);
        if count > 0 {
            shown.push_str(&count.to_string());
            shown.push_str(unit);
        }
    }
    if shown.is_empty() { "0s".to_owned() } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_unit_and_their_sums_are_read() {
        for (text, millis) in [
            ("500ms", 500),
            ("0s", 0),
            ("5s", 5_000),
            ("30m", 1_800_000),
            ("8h", 28_800_000),
            ("90d", 7_776_000_000),
            ("1h30m", 5_400_000),
            ("1m1ms", 60_001),
            ("90m", 5_400_000),
        ] {
            assert_eq!(
                parse_duration(text),
                Some(Duration::from_millis(millis)),
                "{text}"
            );
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "5",
            "m",
            "5 m",
            " 5m",
            "-5m",
            "+5m",
            "1.5h",
            "5M",
            "30m1h",
            "5m5m",
            "5w",
            "5min",
            "٥m",
            "99999999999999999999s",
            "18446744073709551615d",
            "5m\n",
        ] {
            assert_eq!(parse_duration(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_duration_is_shown_in_its_shortest_form() {
        assert_eq!(show_duration(Duration::from_mins(90)), "1h30m");
        assert_eq!(show_duration(Duration::from_millis(60_001)), "1m1ms");
        assert_eq!(show_duration(Duration::ZERO), "0s");
    }

    proptest! {
        #[test]
        fn a_shown_duration_is_read_back(millis in any::<u64>()) {
            let duration = Duration::from_millis(millis);
            prop_assert_eq!(parse_duration(&show_duration(duration)), Some(duration));
        }

        #[test]
        fn no_text_panics(text in "[0-9dhms]{0,24}|\\PC{0,40}") {
            let _ = parse_duration(&text);
        }
    }
}
