//! The rule that says which users may sign in with a password.

use super::group::GroupName;
use super::user::User;

/// The users who may sign in with a password.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PasswordSignIn {
    /// Every active user who has a password.
    #[default]
    Everyone,
    /// No user: the company uses single sign-on.
    Nobody,
    /// The members of these groups.
    Groups(Vec<GroupName>),
}

impl PasswordSignIn {
    /// Whether `user` may sign in with a password.
    #[must_use]
    pub fn allows(&self, user: &User) -> bool {
        match self {
            Self::Everyone => true,
            Self::Nobody => false,
            Self::Groups(groups) => groups.iter().any(|group| user.is_in(group)),
        }
    }
}
