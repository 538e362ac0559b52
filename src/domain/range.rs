//! The ranges of rules, and the error for a value that is out of its range.

use std::fmt;
use std::time::Duration;

use super::duration::show_duration;

/// The whole numbers that a rule allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    least: u32,
    most: u32,
}

impl Numbers {
    /// The numbers from `least` to `most`. Both are allowed.
    #[must_use]
    pub const fn new(least: u32, most: u32) -> Self {
        Self { least, most }
    }

    /// Whether the rule allows `number`.
    #[must_use]
    pub fn contains(self, number: u32) -> bool {
        (self.least..=self.most).contains(&number)
    }

    pub(super) fn check(self, field: &'static str, number: u32) -> Result<(), OutOfRange> {
        let error = OutOfRange::Number { field, range: self };
        self.contains(number).then_some(()).ok_or(error)
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be a whole number from {} to {}", self.least, self.most)
    }
}

/// The durations that a rule allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Durations {
    most: Duration,
}

impl Durations {
    /// The durations above zero, up to `most`.
    #[must_use]
    pub const fn up_to(most: Duration) -> Self {
        Self { most }
    }

    /// The longest duration.
    #[must_use]
    pub const fn most(self) -> Duration {
        self.most
    }

    /// Whether the rule allows `duration`.
    #[must_use]
    pub fn contains(self, duration: Duration) -> bool {
        !duration.is_zero() && duration <= self.most
    }

    pub(super) fn check(self, field: &'static str, duration: Duration) -> Result<(), OutOfRange> {
        let error = OutOfRange::Duration { field, range: self };
        self.contains(duration).then_some(()).ok_or(error)
    }
}

impl fmt::Display for Durations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be above zero and at most {}", show_duration(self.most))
    }
}

/// A value that a rule doesn't allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutOfRange {
    /// A number is too small or too large.
    #[error("`{field}` {range}")]
    Number {
        /// The name of the number.
        field: &'static str,
        /// The numbers that are allowed.
        range: Numbers,
    },
    /// A duration is zero or too long.
    #[error("`{field}` {range}")]
    Duration {
        /// The name of the duration.
        field: &'static str,
        /// The durations that are allowed.
        range: Durations,
    },
    /// The life of a link is zero or too long.
    #[error("a link must live longer than 0 and at most {}h", range.most().as_secs() / 3600)]
    LinkLife {
        /// The durations that are allowed.
        range: Durations,
    },
    /// Two numbers stand in the wrong order.
    #[error("`{lower}` is above `{upper}`")]
    Above {
        /// The number that must not be the larger one.
        lower: &'static str,
        /// The number that must not be the smaller one.
        upper: &'static str,
    },
    /// Two durations stand in the wrong order.
    #[error("`{shorter}` is longer than `{longer}`")]
    Longer {
        /// The duration that must not be the longer one.
        shorter: &'static str,
        /// The duration that must not be the shorter one.
        longer: &'static str,
    },
    /// A password hash costs an attacker too little.
    #[error("the cost of a hash is too low: `memory_kib` times `iterations` must be {least} or more")]
    TooCheap {
        /// The smallest product that is allowed.
        least: u32,
    },
}

impl OutOfRange {
    /// The word by which a program tells the errors apart. It never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LinkLife { .. } => "invalid_ttl",
            Self::Number { .. }
            | Self::Duration { .. }
            | Self::Above { .. }
            | Self::Longer { .. }
            | Self::TooCheap { .. } => "out_of_range",
        }
    }

    /// The fields with wrong values: one field, or two fields that don't fit together.
    #[must_use]
    pub fn fields(&self) -> Vec<&'static str> {
        match *self {
            Self::Number { field, .. } | Self::Duration { field, .. } => vec![field],
            Self::LinkLife { .. } => vec!["ttl"],
            Self::Above { lower, upper } => vec![lower, upper],
            Self::Longer { shorter, longer } => vec![shorter, longer],
            Self::TooCheap { .. } => vec!["memory_kib", "iterations"],
        }
    }

    /// The rule in words that follow the name of a setting: `password.min_length` "must be a
    /// whole number from 8 to 4096".
    #[must_use]
    pub fn rule(&self) -> String {
        match self {
            Self::Number { range, .. } => range.to_string(),
            Self::Duration { range, .. } | Self::LinkLife { range } => range.to_string(),
            Self::Above { lower, upper } => format!("leaves `{lower}` above `{upper}`"),
            Self::Longer { shorter, longer } => format!("leaves `{shorter}` longer than `{longer}`"),
            Self::TooCheap { least } => {
                format!("is too cheap: `memory_kib` times `iterations` must be {least} or more")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_of_a_range_of_numbers_are_allowed() {
        let range = Numbers::new(8, 10);
        let allowed: Vec<u32> = (0..20).filter(|number| range.contains(*number)).collect();
        assert_eq!(allowed, [8, 9, 10]);
        assert_eq!(range.to_string(), "must be a whole number from 8 to 10");
    }

    #[test]
    fn zero_is_no_duration_and_the_longest_is_one() {
        let range = Durations::up_to(Duration::from_mins(90));
        let beyond = Duration::from_mins(90) + Duration::from_nanos(1);
        assert!(!range.contains(Duration::ZERO));
        assert!(range.contains(Duration::from_nanos(1)));
        assert!(range.contains(Duration::from_mins(90)));
        assert!(!range.contains(beyond));
        assert_eq!(range.to_string(), "must be above zero and at most 1h30m");
    }

    #[test]
    fn an_error_names_the_field_and_the_rule() {
        let range = Numbers::new(1, 16);
        let number = range.check("iterations", 17).unwrap_err();
        assert_eq!(
            number.to_string(),
            "`iterations` must be a whole number from 1 to 16"
        );
        assert_eq!(number.fields(), ["iterations"]);
        assert_eq!(number.rule(), "must be a whole number from 1 to 16");
        let pair = OutOfRange::Longer {
            shorter: "idle",
            longer: "absolute",
        };
        assert_eq!(pair.to_string(), "`idle` is longer than `absolute`");
        assert_eq!(pair.fields(), ["idle", "absolute"]);
        assert_eq!(pair.rule(), "leaves `idle` longer than `absolute`");
    }
}
