//! Why an identity was not linked or unlinked: its exit code, and what to do next.

use super::{Exit, Failure, quoted};
use crate::ops::IdentityError;

impl From<IdentityError> for Failure {
    fn from(error: IdentityError) -> Self {
        use IdentityError as E;
        let failure = |exit| Self::new(exit, error.code(), error.to_string());
        match &error {
            E::AttemptNotFound(_) => {
                failure(Exit::NotFound).hint("let the user sign in again: the refusal names the id")
            }
            E::LinkedToAnother { email, .. } => failure(Exit::Conflict).hint(format!(
                "`backoffice identity link {} … --replace` puts this account in its place",
                quoted(email.as_str())
            )),
            E::SubjectIsAddress { .. } => failure(Exit::Invalid).hint(
                "the subject is the id of the account that never changes (`sub` in the ID token, or the field of `subject_field`); \
                 `backoffice identity link USER --with PROVIDER` takes it from a sign-in",
            ),
            E::NotLinked { email, .. } => failure(Exit::NotFound).hint(format!(
                "`backoffice identity list {}` shows the accounts that are linked",
                quoted(email.as_str())
            )),
            E::LastSignIn { email } => failure(Exit::Conflict).hint(format!(
                "`backoffice identity link {0} … --replace` puts another account in its place; \
                 `backoffice reset issue {0}` lets the user choose a password, where `login.password` allows one",
                quoted(email.as_str())
            )),
        }
    }
}
