//! Why a use case was refused: its exit code, and what to do next.

use serde_json::json;

use super::{Exit, Failure, quoted};
use crate::domain::email::EmailAddress;
use crate::domain::password_policy::PasswordRefusal;
use crate::domain::rights::NotAllowed;
use crate::domain::user::{Status, TransitionRefused};
use crate::ops;

impl From<ops::Error> for Failure {
    fn from(error: ops::Error) -> Self {
        use ops::Error as E;
        let message = error.to_string();
        let (code, not_before) = (error.code(), error.not_before());
        let failure = |exit| Self {
            not_before,
            ..Self::new(exit, code, message.clone())
        };
        match error {
            E::Store(error) => error.into(),
            E::NoRandomness(_) | E::Hashing(_) => failure(Exit::Internal),
            E::UserNotFound { nearest, .. } => failure(Exit::NotFound).hint(match nearest {
                Some(nearest) => format!("did you mean {nearest}?"),
                None => "`backoffice user list --search TEXT` finds users by part of an address or a name".to_owned(),
            }),
            E::NoUserRef(_) | E::Email(_) => failure(Exit::Invalid),
            E::HashRefused(_) => failure(Exit::Invalid).hint(HASH_HINT),
            E::GroupNotFound { nearest, name } => failure(Exit::NotFound).hint(match nearest {
                Some(nearest) => format!("did you mean {nearest}?"),
                None => format!("`backoffice group create {}` makes it", quoted(name.as_str())),
            }),
            E::SessionNotFound(_) => {
                failure(Exit::NotFound).hint("`backoffice session list` shows those there are")
            }
            E::EmailTaken { email, status } => failure(Exit::Conflict).hint(taken_hint(&email, status)),
            E::IdTaken(_) => failure(Exit::Conflict).hint("leave the id out, and one is made"),
            E::IdentityTaken => failure(Exit::Conflict)
                .hint("`backoffice identity list` shows who has it"),
            E::GroupTaken(_) | E::AdministratorsFixed => failure(Exit::Conflict),
            E::GroupNotEmpty { name, .. } => failure(Exit::Conflict).hint(format!(
                "`backoffice user list --all --group {0} --format ids | backoffice group remove-member {0} -` empties it",
                quoted(name.as_str())
            )),
            E::AdministratorsNotAllowed => {
                failure(Exit::Conflict).hint("`--allow-administrators` lets the import make some")
            }
            E::Transition { refused, email } => {
                let hint = transition_hint(refused, email.as_str());
                failure(Exit::Conflict).maybe_hint(hint)
            }
            E::LastAdministrator { email } => failure(Exit::Conflict).hint(format!(
                "hand the role over first: `backoffice group add-member administrators OTHER`, then \
                 `backoffice group remove-member administrators {}`",
                quoted(email.as_str())
            )),
            E::WeakPassword(refusal) => {
                let mut weak = failure(Exit::Invalid).hint(password_hint(refusal));
                weak.details = Some(json!({ "rule": refusal.rule() }));
                weak
            }
            E::PasswordReused => failure(Exit::Invalid).hint("choose another password"),
            E::NoPassword { email } => failure(Exit::Conflict)
                .hint(format!("`backoffice password set {}` gives them one", quoted(email.as_str()))),
            E::BreachedFile(_) => {
                failure(Exit::Invalid).hint("see `password.breached_file` in the configuration")
            }
            E::NotAllowed(why) => failure(Exit::Denied).hint(not_allowed_hint(why)),
            E::Denied { .. } => failure(Exit::Denied).hint(
                "wait a little before you try again; `backoffice user show EMAIL` tells an operator where the account stands",
            ),
            E::PasswordChangeRequired => failure(Exit::Denied).hint(
                "change it with `backoffice password change EMAIL`, or give `new_password` beside the old one in `--input`",
            ),
            E::SessionInvalid => failure(Exit::Denied).hint("sign in again with `backoffice login`"),
            E::NotInGroup => failure(Exit::Denied)
                .hint("`backoffice group add-member GROUP USER` lets them in"),
            E::ResetInvalid => failure(Exit::Denied)
                .hint("take the whole link from the newest mail, or ask for another: `backoffice reset request EMAIL`"),
            E::ResetNotFound(_) => {
                failure(Exit::NotFound).hint("`backoffice reset list` shows those there are")
            }
            E::NoBaseUrl => failure(Exit::Invalid)
                .hint("for example: base_url = \"https://desk.example.com\", at the top of the configuration"),
            E::PasswordSignInOff { .. } => failure(Exit::Conflict)
                .hint("put them into a group that `login.password` names, or let them sign in another way"),
            E::NoMailer => failure(Exit::Invalid).hint(
                "the section [mail] of the configuration says how: `transport = \"smtp\"` with `host` and `from`, or `transport = \"directory\"`",
            ),
            E::MailFailed { error, .. } => failure(Exit::Outside).hint(error.hint()),
            E::MailUncertain { link, .. } => failure(Exit::Outside).hint(format!(
                "ask the user whether the mail is there; `backoffice reset revoke {link}` ends the link"
            )),
            E::MailNotFound(_) => {
                failure(Exit::NotFound).hint("`backoffice mail queue list` shows what waits")
            }
            E::ThirdParty(error) => error.into(),
            E::Identity(error) => error.into(),
        }
    }
}

/// What to do about a hash that isn't taken.
pub(super) const HASH_HINT: &str = "leave the hash out, and let the user choose a password: `backoffice reset issue USER --send` mails them a link";

fn not_allowed_hint(why: NotAllowed) -> &'static str {
    match why {
        NotAllowed::Visitor => "sign in first: `backoffice login`",
        NotAllowed::NoAdministrator | NotAllowed::AnotherAccount => {
            "use the token of an administrator, or run the command as the owner of the store, without a token"
        }
        NotAllowed::AnotherAdministrator => {
            "`backoffice reset issue USER --send` mails them a link; the owner of the store can do it without a token"
        }
        NotAllowed::NotTheOwner => "run the command as the owner of the store, without a token",
    }
}

/// A deleted user keeps the address until purged.
fn taken_hint(email: &EmailAddress, status: Status) -> String {
    let email = quoted(email.as_str());
    match status {
        Status::Deleted => format!(
            "`backoffice user restore {email}` brings them back, deactivated; `backoffice user purge {email}` frees the address"
        ),
        _ => format!("`backoffice user show {email}` shows who has it"),
    }
}

pub(super) fn transition_hint(refused: TransitionRefused, email: &str) -> Option<String> {
    let email = quoted(email);
    match (refused.from, refused.to) {
        (Status::Deleted, _) => Some(format!(
            "`backoffice user restore {email}` brings them back, deactivated"
        )),
        (_, "purged") => Some(format!("`backoffice user delete {email}` comes first")),
        _ => None,
    }
}

/// What to do instead of a password that breaks a rule.
fn password_hint(refusal: PasswordRefusal) -> &'static str {
    match refusal {
        PasswordRefusal::TooLong { .. } => "use a shorter password, or `--generate-password`",
        PasswordRefusal::ControlCharacter => {
            "use characters that can be typed and seen; spaces and every script are fine"
        }
        PasswordRefusal::Breached => "use a password that was never used elsewhere, or `--generate-password`",
        _ => "use four or more unrelated words, or `--generate-password`",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::NotBefore;
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
            PasswordRefusal::Breached,
        ] {
            let failure = Failure::from(ops::Error::WeakPassword(refusal));
            assert_eq!(failure.code, "weak_password");
            assert_eq!(failure.hint.as_deref(), Some(password_hint(refusal)));
            assert_eq!(failure.details, Some(json!({ "rule": refusal.rule() })));
        }
    }
}
