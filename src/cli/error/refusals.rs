//! Why a use case was refused: its exit code, and what to do next.

use serde_json::json;

use super::hints::{
    HASH_HINT, email_hint, group_hint, not_allowed_hint, password_hint, taken_hint, transition_hint,
};
use super::{Exit, Failure, quoted};
use crate::ops;

impl From<ops::Error> for Failure {
    fn from(error: ops::Error) -> Self {
        use ops::Error as E;
        let (code, not_before, message) = (error.code(), error.not_before(), error.to_string());
        let in_configuration = matches!(
            error,
            E::NoBaseUrl | E::NoMailer | E::BreachedFile(_) | E::PasswordSignInOff { .. }
        );
        let failure = |exit, hint: Option<String>| {
            let failure = Self::new(exit, code, message).maybe_hint(hint);
            Self {
                not_before,
                in_configuration,
                ..failure
            }
        };
        match error {
            E::Store(error) => error.into(),
            E::ThirdParty(error) => error.into(),
            E::Identity(error) => error.into(),
            E::NoRandomness(_) | E::Hashing(_) => failure(Exit::Internal, None),
            E::UserNotFound { .. }
            | E::GroupNotFound { .. }
            | E::SessionNotFound(_)
            | E::ResetNotFound(_)
            | E::MailNotFound(_)
            | E::EventNotFound(_) => failure(Exit::NotFound, not_found(&error)),
            E::EmailTaken { .. }
            | E::IdTaken(_)
            | E::IdentityTaken
            | E::GroupTaken(_)
            | E::GroupLooksAlike { .. }
            | E::GroupNotEmpty { .. }
            | E::AdministratorsFixed
            | E::AdministratorsNotAllowed
            | E::Transition { .. }
            | E::LastAdministrator { .. }
            | E::NoPassword { .. }
            | E::PasswordSignInOff { .. } => failure(Exit::Conflict, conflict(&error)),
            E::NotAllowed(_)
            | E::Denied { .. }
            | E::PasswordChangeRequired
            | E::SessionInvalid
            | E::NotInGroup
            | E::ResetInvalid => failure(Exit::Denied, denied(&error)),
            E::WeakPassword(refusal) => {
                let mut weak = failure(Exit::Invalid, Some(password_hint(refusal).to_owned()));
                weak.details = Some(json!({ "rule": refusal.rule() }));
                weak
            }
            E::NoUserRef(_)
            | E::Email(_)
            | E::InvalidGroup(_)
            | E::HashRefused(_)
            | E::PasswordReused
            | E::BreachedFile(_)
            | E::NoBaseUrl
            | E::NoMailer => failure(Exit::Invalid, invalid(&error)),
            E::MailFailed { .. } | E::MailUncertain { .. } => failure(Exit::Outside, not_sent(&error)),
        }
    }
}

/// Where to look for what was not found.
fn not_found(error: &ops::Error) -> Option<String> {
    use ops::Error as E;
    Some(match error {
        E::UserNotFound {
            nearest: Some(nearest),
            ..
        } => format!("did you mean {nearest}?"),
        E::UserNotFound { .. } => {
            "`backoffice user list --search TEXT` finds users by a part of their address or name".to_owned()
        }
        E::GroupNotFound {
            nearest: Some(nearest),
            ..
        } => format!("did you mean {nearest}?"),
        E::GroupNotFound { name, .. } => {
            let name = quoted(name.as_str());
            format!(
                "`backoffice group list` shows the groups; `backoffice group create {name}` makes this one"
            )
        }
        E::SessionNotFound(_) => "`backoffice session list` shows the live sessions".to_owned(),
        E::ResetNotFound(_) => "`backoffice reset list` shows the links".to_owned(),
        E::MailNotFound(_) => "`backoffice mail queue list` shows the mail that waits".to_owned(),
        E::EventNotFound(_) => {
            "`backoffice audit list --format ids` shows the ids; a file for `--cursor-file` belongs to one store".to_owned()
        }
        _ => return None,
    })
}

/// How to get around what stands in the way.
fn conflict(error: &ops::Error) -> Option<String> {
    use ops::Error as E;
    Some(match error {
        E::EmailTaken { email, status } => taken_hint(email, *status),
        E::IdTaken(_) => "leave the id out, and the program makes one".to_owned(),
        E::IdentityTaken => "`backoffice identity list` shows which user has it".to_owned(),
        E::GroupLooksAlike { .. } => {
            "choose a name that looks different; `backoffice group list` shows the groups".to_owned()
        }
        E::GroupNotEmpty { name, .. } => format!(
            "`backoffice user list --all --group {0} --format ids | backoffice group remove-member {0} -` empties it",
            quoted(name.as_str())
        ),
        E::AdministratorsNotAllowed => {
            "`--allow-administrators` lets the import make administrators".to_owned()
        }
        E::AdministratorsFixed => "`backoffice group create NAME` makes another group".to_owned(),
        E::GroupTaken(name) => format!(
            "choose another name; `backoffice group show {}` shows the group that has it",
            quoted(name.as_str())
        ),
        E::Transition { refused, email } => return transition_hint(*refused, email.as_str()),
        E::LastAdministrator { email } => format!(
            "hand the role over to another active user first: `backoffice group add-member administrators OTHER`, \
             then `backoffice group remove-member administrators {}`",
            quoted(email.as_str())
        ),
        E::NoPassword { email } => {
            format!("`backoffice password set {}` sets one", quoted(email.as_str()))
        }
        E::PasswordSignInOff { .. } => {
            "put the user into a group that `login.password` names, or let the user sign in another way"
                .to_owned()
        }
        _ => return None,
    })
}

/// How to get in after a denial.
fn denied(error: &ops::Error) -> Option<String> {
    use ops::Error as E;
    let hint = match error {
        E::NotAllowed(why) => not_allowed_hint(*why),
        E::Denied { .. } => {
            "wait a little before you try again; `backoffice user show EMAIL` shows an operator the state of the account"
        }
        E::PasswordChangeRequired => {
            "change it with `backoffice password change EMAIL`, or give `new_password` beside the old one in `--input`"
        }
        E::SessionInvalid => "sign in again with `backoffice login`",
        E::NotInGroup => "`backoffice user show USER` shows the groups of the user",
        E::ResetInvalid => {
            "take the whole link from the newest mail, or ask for another: `backoffice reset request EMAIL`"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

/// How to correct what was given or configured.
fn invalid(error: &ops::Error) -> Option<String> {
    use ops::Error as E;
    let hint = match error {
        E::NoUserRef(text) => {
            let part = if text.trim().is_empty() {
                "TEXT".to_owned()
            } else {
                quoted(text)
            };
            let is_part_of_id = text.len() >= 8 && text.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-');
            return Some(if is_part_of_id {
                "an id has 36 characters; `backoffice user list --fields id,email` shows the whole ids"
                    .to_owned()
            } else {
                format!(
                    "`backoffice user list --search {part}` finds users by a part of their address or name"
                )
            });
        }
        E::Email(error) => return email_hint(*error).map(str::to_owned),
        E::InvalidGroup(error) => return group_hint(*error).map(str::to_owned),
        E::HashRefused(_) => HASH_HINT,
        E::PasswordReused => "choose another password",
        E::BreachedFile(_) => "see `password.breached_file` in the configuration",
        E::NoBaseUrl => {
            "write it at the top of the configuration, for example: base_url = \"https://desk.example.com\""
        }
        E::NoMailer => {
            "set, in the section [mail] of the configuration, `transport = \"smtp\"` with `host` and `from`, or `transport = \"directory\"` with `directory` and `from`"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

/// What to do about a mail that did not go out, or may not have.
fn not_sent(error: &ops::Error) -> Option<String> {
    use ops::Error as E;
    Some(match error {
        E::MailFailed { error, .. } => error.hint().to_string(),
        E::MailUncertain { link, .. } => {
            format!("ask the user whether the mail has come; `backoffice reset revoke {link}` ends the link")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::NotBefore;
    use crate::domain::password_policy::PasswordRefusal;
    use crate::federation::ProviderError;
    use crate::ops::IdentityError;
    use crate::store::StoreError;

    #[test]
    fn a_failure_has_the_code_of_its_error() {
        let last = IdentityError::LastSignIn {
            email: "ada@example.com".parse().unwrap(),
        };
        for (error, exit, code) in [
            (ops::Error::Store(StoreError::Busy), Exit::Store, "store_busy"),
            (ops::Error::Identity(last), Exit::Conflict, "last_sign_in"),
            (
                ops::Error::ThirdParty(ProviderError::TimedOut.into()),
                Exit::Outside,
                "login_timed_out",
            ),
        ] {
            assert_eq!(error.code(), code);
            let failure = Failure::from(error);
            assert_eq!((failure.exit, failure.code), (exit, code));
            assert!(failure.hint.is_some(), "{code}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "no moment is made from nothing")]
    fn a_refused_sign_in_keeps_its_earliest_moment() {
        let not_before = NotBefore::new(std::time::Instant::now());
        let failure = Failure::from(ops::Error::Denied { not_before });
        assert_eq!((failure.exit, failure.code), (Exit::Denied, "denied"));
        assert!(failure.hint.is_some());
        assert_eq!(failure.not_before, Some(not_before));
        let other = Failure::from(ops::Error::SessionInvalid);
        assert_eq!(other.not_before, None);
    }

    #[test]
    fn a_weak_password_is_answered_with_what_to_do_and_the_rule() {
        for refusal in [
            PasswordRefusal::TooShort { min: 15 },
            PasswordRefusal::TooLong { max: 256 },
            PasswordRefusal::ControlCharacter,
            PasswordRefusal::Run,
            PasswordRefusal::Hash,
            PasswordRefusal::Breached,
        ] {
            let failure = Failure::from(ops::Error::WeakPassword(refusal));
            assert_eq!(failure.code, "weak_password");
            assert_eq!(failure.hint.as_deref(), Some(password_hint(refusal)));
            assert_eq!(failure.details, Some(json!({ "rule": refusal.rule() })));
        }
    }
}
