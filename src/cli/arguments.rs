//! What the words of a command line stand for: an address, a name, a locale, a group.

use super::error::{Exit, Failure, email_hint, group_hint, name_hint};
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::likeness;
use crate::domain::user::{Locale, Name};

/// The languages whose names are understood where a tag is awaited.
const LANGUAGES: [&str; 8] = ["de", "en", "es", "fr", "it", "nl", "pl", "pt"];

fn invalid(code: &'static str, error: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Invalid, code, error.to_string())
}

fn hinting(failure: Failure, hint: Option<&'static str>) -> Failure {
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// An address from the command line that a user is to get.
pub fn email(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text).map_err(|error| hinting(invalid("invalid_email", error), email_hint(error)))
}

/// An address from the command line that a user may have had for a long time.
pub fn existing_email(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse_existing(text)
        .map_err(|error| hinting(invalid("invalid_email", error), email_hint(error)))
}

/// A name from the command line.
pub fn name(text: &str) -> Result<Name, Failure> {
    Name::parse(text).map_err(|error| hinting(invalid("invalid_name", error), name_hint(error)))
}

/// A locale from the command line.
pub fn locale(text: &str) -> Result<Locale, Failure> {
    Locale::parse(text).map_err(|error| {
        let hint = match tag_of(text) {
            Some(tag) => format!("did you mean `{tag}`?"),
            None => "write a language tag, such as en or de-AT".to_owned(),
        };
        invalid("invalid_locale", error).hint(hint)
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
    GroupName::parse(text).map_err(|error| hinting(invalid("invalid_group", error), group_hint(error)))
}

/// Groups from the command line.
pub fn groups(texts: &[String]) -> Result<Vec<GroupName>, Failure> {
    texts.iter().map(|text| group(text)).collect()
}
