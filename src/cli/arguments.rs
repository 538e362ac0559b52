//! What the words of a command line stand for: an address, a name, a locale, a group.

use super::error::{Exit, Failure};
use crate::domain::email::EmailAddress;
use crate::domain::group::GroupName;
use crate::domain::likeness;
use crate::domain::user::{Locale, Name};

/// The languages whose names are understood where a tag is awaited.
const LANGUAGES: [&str; 8] = ["de", "en", "es", "fr", "it", "nl", "pl", "pt"];

fn invalid(code: &'static str, error: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Invalid, code, error.to_string())
}

/// An address from the command line.
pub fn email(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text).map_err(|error| invalid("invalid_email", error))
}

/// A name from the command line.
pub fn name(text: &str) -> Result<Name, Failure> {
    Name::parse(text).map_err(|error| invalid("invalid_name", error))
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
    GroupName::parse(text).map_err(|error| invalid("invalid_group", error))
}

/// Groups from the command line.
pub fn groups(texts: &[String]) -> Result<Vec<GroupName>, Failure> {
    texts.iter().map(|text| group(text)).collect()
}
