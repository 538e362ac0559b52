//! In which language a browser is answered.

/// A language the pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in super::super) enum Language {
    #[default]
    English,
    German,
}

impl Language {
    #[cfg(test)]
    pub(super) const ALL: [Self; 2] = [Self::English, Self::German];

    /// Reads the value of `Accept-Language` (RFC 9110 §12.5.4): the range with the greatest weight
    /// that is one of ours, and of equal ones the first. English for everybody else.
    pub(in super::super) fn preferred(header: &str) -> Self {
        let mut best = (Self::default(), 0);
        for range in header.split(',') {
            let (tag, weight) = weighed(range);
            if let (Some(language), true) = (Self::of_range(tag), weight > best.1) {
                best = (language, weight);
            }
        }
        best.0
    }

    /// The tag of this language (RFC 5646).
    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    fn of_range(range: &str) -> Option<Self> {
        let primary = range.split('-').next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" | "*" => Some(Self::English),
            "de" => Some(Self::German),
            _ => None,
        }
    }
}

/// A range, and its weight in thousandths; none that can be read is no wish.
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

/// A weight of at most three decimals (RFC 9110 §12.4.2).
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

    #[test]
    fn the_weightiest_language_of_ours_is_taken() {
        for (header, language) in [
            ("", Language::English),
            ("de", Language::German),
            ("de-AT, en;q=0.8", Language::German),
            ("DE", Language::German),
            ("en-GB,de;q=0.9", Language::English),
            ("de;q=0.8, en;q=0.9", Language::English),
            ("fr-FR, de;q=0.3, *;q=0.1", Language::German),
            ("fr, *", Language::English),
            ("de;q=0, fr", Language::English),
            ("de;q=0.001", Language::German),
            ("de; q=1.000", Language::German),
            ("de;q=1.5", Language::English),
            ("de;q=nan, x", Language::English),
            ("den", Language::English),
            (",;,;q=;", Language::English),
        ] {
            assert_eq!(Language::preferred(header), language, "{header:?}");
        }
    }
}
