//! What to do next, where several refusals have the same answer.

use super::quoted;
use crate::domain::email::{EmailAddress, EmailError};
use crate::domain::group::GroupNameError;
use crate::domain::password_policy::PasswordRefusal;
use crate::domain::rights::NotAllowed;
use crate::domain::user::{NameError, Status, TransitionRefused};

/// What to do about a hash that is refused.
pub(super) const HASH_HINT: &str = "leave the hash out, and let the user choose a password: `backoffice reset issue USER --send` mails the user a link";

/// What to do about an import in which every refused row has a hash that is refused.
pub(super) const HASHES_HINT: &str = "empty the hash in these rows and import again; then `backoffice user list --password none --format ids | backoffice reset issue - --send` mails a link to each user who has no password; `backoffice help user import` lists the kinds of hash that are taken";

pub(super) fn not_allowed_hint(why: NotAllowed) -> &'static str {
    match why {
        NotAllowed::Visitor => "sign in first: `backoffice login`",
        NotAllowed::NoAdministrator | NotAllowed::AnotherAccount => {
            "use the token of an administrator, or run the command as the owner of the store, without a token"
        }
        NotAllowed::AnotherAdministrator => {
            "`backoffice reset issue USER --send` mails the user a link; the owner of the store can do it without a token"
        }
        NotAllowed::NotTheOwner => "run the command as the owner of the store, without a token",
    }
}

/// A deleted user keeps the address until purged.
pub(super) fn taken_hint(email: &EmailAddress, status: Status) -> String {
    let email = quoted(email.as_str());
    match status {
        Status::Deleted => format!(
            "`backoffice user restore {email}` brings the user back, deactivated; `backoffice user purge {email}` frees the address"
        ),
        _ => format!("`backoffice user show {email}` shows the user who has it"),
    }
}

pub(super) fn transition_hint(refused: TransitionRefused, email: &str) -> Option<String> {
    let email = quoted(email);
    match (refused.from, refused.to) {
        (Status::Deleted, _) => Some(format!(
            "`backoffice user restore {email}` brings the user back, deactivated"
        )),
        (_, "restored") => Some(format!(
            "only a deleted user can be restored; `backoffice user show {email}` shows the user"
        )),
        (Status::Deactivated, "sent a reset link") => {
            Some(format!("`backoffice user activate {email}` comes first"))
        }
        (_, "purged") => Some(format!("`backoffice user delete {email}` comes first")),
        _ => None,
    }
}

/// What to do instead of a password that breaks a rule.
pub(super) fn password_hint(refusal: PasswordRefusal) -> &'static str {
    match refusal {
        PasswordRefusal::TooLong { .. } => "use a shorter password",
        PasswordRefusal::ControlCharacter => {
            "use characters that can be typed and seen; spaces and every script are fine"
        }
        PasswordRefusal::Hash => {
            "`backoffice user create --password-hash-stdin` and the field `password_hash` of an import take a \
             hash; if it is a password of hexadecimal digits alone, add another character"
        }
        PasswordRefusal::Breached => "use a password that was never used elsewhere",
        _ => "use four or more unrelated words",
    }
}

/// What to do about an address that no user can get.
#[must_use]
pub fn email_hint(error: EmailError) -> Option<&'static str> {
    Some(match error {
        EmailError::Empty => return None,
        EmailError::TooLong => "an e-mail address has at most 254 characters",
        EmailError::HiddenCharacter(_) => {
            "type the address instead of copying it: copied text can hold invisible characters"
        }
        EmailError::QuotedLocalPart => "give the user an address without quotes",
        EmailError::AddressLiteral => "write the name of the domain after the `@`, such as example.com",
        EmailError::NoHostName => {
            "a domain, such as example.com, has letters, digits and `-` between its dots; no part begins or \
             ends with `-`, and the last part is no number"
        }
        _ => "write it like ada@example.com",
    })
}

/// What to do about a name that no user can get.
#[must_use]
pub fn name_hint(error: NameError) -> Option<&'static str> {
    match error {
        NameError::HiddenCharacter(_) => {
            Some("type the name instead of copying it: copied text can hold invisible characters")
        }
        _ => None,
    }
}

/// What to do about a name that no group can get.
#[must_use]
pub fn group_hint(error: GroupNameError) -> Option<&'static str> {
    match error {
        GroupNameError::UnusualCharacter(_) => {
            Some("use letters and digits, spaces, and the marks of a usual keyboard")
        }
        GroupNameError::MixedScripts => {
            Some("write all letters in one script: a Cyrillic or Greek letter can look like a Latin one")
        }
        _ => None,
    }
}
