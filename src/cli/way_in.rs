//! What a user still lacks before a sign-in, and the commands that give it.

use crate::cli::error::quoted;
use crate::domain::password::PasswordState;
use crate::domain::user::{Status, User};

/// What to do next so that the user can sign in; none if nothing is missing. `is_invited`: a link to
/// choose a password was mailed.
pub fn hint(user: &User, is_invited: bool) -> Option<String> {
    let email = quoted(user.email.as_str());
    let has_way = is_invited || user.password_state == PasswordState::Set || !user.identities.is_empty();
    let password = format!("`backoffice password set {email} --generate-password` makes a password");
    let activate = format!("`backoffice user activate {email}` lets the user sign in");
    match (user.status, has_way) {
        (Status::Deleted, _) | (Status::Active, true) => None,
        (Status::Active, false) => Some(format!("the user has no way to sign in: {password}")),
        (Status::Pending, true) => Some(activate),
        (Status::Deactivated, true) => Some(format!("{activate} again")),
        (Status::Pending | Status::Deactivated, false) => Some(format!("{password}; then {activate}")),
    }
}
