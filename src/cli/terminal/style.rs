//! Colours: plain SGR codes (ECMA-48 §8.3.117), and what they mean here.

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In order.
    Good,
    /// Not there yet.
    Waiting,
    /// Shut out, or wrong.
    Bad,
    /// Over and done with.
    Gone,
    /// A heading.
    Heading,
    /// What to do next.
    Advice,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Good => "32",
            Self::Waiting => "33",
            Self::Bad => "31",
            Self::Gone => "2;9",
            Self::Heading => "1",
            Self::Advice => "36",
        }
    }

    /// Appends `text` in this style to `line`.
    pub(super) fn paint_onto(self, line: &mut String, text: &str) {
        line.push_str("\x1b[");
        line.push_str(self.code());
        line.push('m');
        line.push_str(text);
        line.push_str("\x1b[0m");
    }

    /// `text` in this style if `on`, as it is otherwise.
    pub(super) fn paint(self, text: &str, on: bool) -> String {
        let mut painted = String::with_capacity(text.len() + 10);
        if on {
            self.paint_onto(&mut painted, text);
        } else {
            painted.push_str(text);
        }
        painted
    }

    /// How a value is shown that should be told apart at a glance.
    pub(super) fn of(field: &str, value: &str) -> Option<Self> {
        match (field, value) {
            ("status", "active") | ("state", "live") | ("ok", "true") => Some(Self::Good),
            ("status", "pending") => Some(Self::Waiting),
            ("status", "deactivated")
            | ("lock", "slowed" | "stopped")
            | ("ok", "false")
            | ("outcome", "failure") => Some(Self::Bad),
            ("status", "deleted") | ("state", "used" | "expired" | "superseded" | "revoked") => {
                Some(Self::Gone)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_statuses_look_different() {
        let styles = ["pending", "active", "deactivated", "deleted"]
            .map(|status| Style::of("status", status).unwrap().code());
        for (at, style) in styles.iter().enumerate() {
            assert!(!styles[at + 1..].contains(style));
        }
    }

    #[test]
    fn paint_is_plain_when_off() {
        assert_eq!(Style::Good.paint("active", false), "active");
        assert_eq!(Style::Good.paint("active", true), "\x1b[32mactive\x1b[0m");
    }
}
