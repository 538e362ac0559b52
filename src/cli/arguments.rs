//! What the words of a command line stand for: an address, a name, a locale, a group.

use super::error::{Exit, Failure, email_hint, group_hint, name_hint};
use crate::domain::clock::{Timestamp, earlier};
use crate::domain::duration::parse_duration;
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::likeness;
use crate::domain::user::{Locale, Name};

/// The languages whose names are understood where a tag is awaited.
const LANGUAGES: [&str; 8] = ["de", "en", "es", "fr", "it", "nl", "pl", "pt"];

/// A text of the command line in a message: a long one only begins.
pub fn limited(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A refusal that shows the text, unless it is empty.
fn invalid(code: &'static str, text: &str, error: impl std::fmt::Display) -> Failure {
    let message = match text.trim() {
        "" => error.to_string(),
        text => format!("{error}: `{}`", limited(text)),
    };
    Failure::new(Exit::Invalid, code, message)
}

/// An answer to a question that needs one.
pub fn not_empty(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("nothing was typed".to_owned()),
        text => Ok(text.to_owned()),
    }
}

fn hinting(failure: Failure, hint: Option<&'static str>) -> Failure {
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// An address from the command line that a user is to get.
pub fn email(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text)
        .map_err(|error| hinting(invalid("invalid_email", text, error), email_hint(error)))
}

/// An address from the command line that a user may have had for a long time.
pub fn existing_email(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse_existing(text)
        .map_err(|error| hinting(invalid("invalid_email", text, error), email_hint(error)))
}

/// A name from the command line.
pub fn name(text: &str) -> Result<Name, Failure> {
    Name::parse(text).map_err(|error| hinting(invalid("invalid_name", text, error), name_hint(error)))
}

/// A locale from the command line.
pub fn locale(text: &str) -> Result<Locale, Failure> {
    Locale::parse(text).map_err(|error| {
        let hint = match tag_of(text) {
            Some(tag) => format!("did you mean `{tag}`?"),
            None => "write a language tag, such as en or de-AT".to_owned(),
        };
        invalid("invalid_locale", text, error).hint(hint)
    })
}

/// The language tag that was meant by the name of a language, or by a locale of the system
/// (`de_DE.UTF-8`).
fn tag_of(text: &str) -> Option<String> {
    if let Some(tag) = likeness::by_meaning(text, &LANGUAGES).first() {
        return Some((*tag).to_owned());
    }
    let name = text.trim().split(['.', '@']).next()?;
    let tag = Locale::parse(name).ok()?;
    Some(tag.as_str().replace('_', "-"))
}

/// A group from the command line.
pub fn group(text: &str) -> Result<GroupName, Failure> {
    const EXAMPLE: &str = "write it like support or 'Sales Berlin'";
    GroupName::parse(text).map_err(|error| {
        let hint = group_hint(error).unwrap_or(EXAMPLE);
        invalid("invalid_group", text, error).hint(hint)
    })
}

/// Groups from the command line.
pub fn groups(texts: &[String]) -> Result<Vec<GroupName>, Failure> {
    texts.iter().map(|text| group(text)).collect()
}

/// The value of a flag that takes a number of things.
pub fn whole_number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| "a whole number is needed".to_owned())
}

/// The value of a flag that takes a time, the beginning of a day in UTC, or a duration before `now`.
pub fn moment_or_ago(flag: &str, text: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    let ago = || Some(earlier(now, parse_duration(text)?));
    read_moment(text).or_else(ago).ok_or_else(|| {
        let needed = format!(
            "`{flag}` needs a time, a date, or how long ago, and not `{}`",
            limited(text)
        );
        Failure::new(Exit::Invalid, "invalid_time", needed)
            .hint("write it like 2026-11-24T09:00:00Z, 2026-11-24, or 2h")
    })
}

fn read_moment(text: &str) -> Option<Timestamp> {
    let day = || {
        // A date alone: the parser would pass over a time without a zone after it.
        let text = Some(text).filter(|text| text.len() == "2026-11-24".len())?;
        let date: jiff::civil::Date = text.parse().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()
    };
    text.parse().ok().or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_time_a_day_or_so_long_ago() {
        let now: Timestamp = "2026-11-24T09:00:00Z".parse().unwrap();
        let read = |text| moment_or_ago("--since", text, now).map_err(|failure| failure.code);
        for (text, meant) in [
            ("2026-11-24T10:00:00+01:00", "2026-11-24T09:00:00Z"),
            ("2026-11-24", "2026-11-24T00:00:00Z"),
            ("2h", "2026-11-24T07:00:00Z"),
            ("7d", "2026-11-17T09:00:00Z"),
        ] {
            assert_eq!(read(text), Ok(meant.parse().unwrap()), "{text}");
        }
        for wrong in ["", "yesterday", "2026-13-01", "2026-11-24T10:00:00"] {
            assert_eq!(read(wrong), Err("invalid_time"), "{wrong}");
        }
    }

    #[test]
    fn a_refusal_shows_what_was_typed() {
        let refused = email("joe").unwrap_err();
        assert_eq!(
            refused.message,
            "the e-mail address isn't of the form name@domain: `joe`"
        );
        let long = email(&"x".repeat(100)).unwrap_err();
        assert!(
            long.message.ends_with(&format!(": `{}…`", "x".repeat(60))),
            "{}",
            long.message
        );
        let none = email(" ").unwrap_err();
        assert!(!none.message.contains('`'), "{}", none.message);
    }
}
