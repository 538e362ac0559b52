//! The rights of callers.

use super::ids::UserId;
use super::user::User;

/// The kind of a caller, which decides about the rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The operating-system user who owns the store, or a program that uses the library.
    Owner,
    /// A user in the group `administrators`, with a live session.
    Administrator(UserId),
    /// Any other user with a live session.
    User(UserId),
    /// A person on a public page, who is not signed in.
    Visitor,
}

/// The right that a use case needs.
#[derive(Debug, Clone, Copy)]
pub enum Right<'a> {
    /// Each caller has it. The use case itself asks for a password, a token or a link.
    Anybody,
    /// To change users, groups, links, sessions, identities and mail.
    Administer,
    /// To look at this account, or to end its sessions and links. The user of the account has it too.
    Account(UserId),
    /// To do something after which the caller could sign in as this user. An administrator doesn't have
    /// it towards another administrator.
    TakeOver(&'a User),
    /// To link an account at a provider to this user, by a sign-in there. The user has it too.
    Link(&'a User),
    /// To export or import hashes, to purge users, and to change the file of the store.
    Own,
}

/// Why an action is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NotAllowed {
    /// The caller is not signed in.
    #[error("this takes a session of a user")]
    Visitor,
    /// The caller is no administrator.
    #[error("only a member of the group administrators may do this")]
    NoAdministrator,
    /// The account belongs to another user, and the caller is no administrator.
    #[error("only the user of the account or a member of the group administrators may do this")]
    AnotherAccount,
    /// The target and the caller are two different administrators.
    #[error("no administrator may do this to another administrator: it would let them sign in as the other")]
    AnotherAdministrator,
    /// The caller is not the owner of the store.
    #[error("only the operating-system user who owns the store may do this")]
    NotTheOwner,
}

impl NotAllowed {
    /// The word for the reason in the audit record.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::NoAdministrator => "no_administrator",
            Self::AnotherAccount => "another_account",
            Self::AnotherAdministrator => "another_administrator",
            Self::NotTheOwner => "not_the_owner",
        }
    }
}

impl Standing {
    /// Checks that a caller of this kind has the right.
    ///
    /// # Errors
    /// [`NotAllowed`], saying what is missing.
    pub fn check(self, right: Right<'_>) -> Result<(), NotAllowed> {
        match (self, right) {
            (Self::Owner, _)
            | (_, Right::Anybody)
            | (Self::Administrator(_), Right::Administer | Right::Account(_)) => Ok(()),
            (Self::Visitor, _) => Err(NotAllowed::Visitor),
            (_, Right::Own) => Err(NotAllowed::NotTheOwner),
            (Self::Administrator(me), Right::TakeOver(user) | Right::Link(user)) => {
                if user.is_administrator() && user.id != me {
                    Err(NotAllowed::AnotherAdministrator)
                } else {
                    Ok(())
                }
            }
            (Self::User(me), Right::Account(id)) if id == me => Ok(()),
            (Self::User(me), Right::Link(user)) if user.id == me => Ok(()),
            (Self::User(_), Right::Account(_) | Right::Link(_)) => Err(NotAllowed::AnotherAccount),
            (Self::User(_), Right::Administer | Right::TakeOver(_)) => Err(NotAllowed::NoAdministrator),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Timestamp;
    use crate::domain::group::GroupName;
    use crate::domain::password::PasswordState;
    use crate::domain::throttle::LockKind;
    use crate::domain::user::{Locale, Name, Status};
    use uuid::Uuid;

    fn user(n: u128, groups: Vec<GroupName>) -> User {
        User {
            id: UserId(Uuid::from_u128(n)),
            email: format!("user{n}@example.com").parse().unwrap(),
            first_name: Name::default(),
            last_name: Name::default(),
            status: Status::Active,
            locale: Locale::default(),
            groups,
            password_state: PasswordState::None,
            must_change_password: false,
            identities: Vec::new(),
            lock: LockKind::None,
            locked_until: None,
            last_login_at: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn each_standing_has_its_rights_and_no_others() {
        use NotAllowed as No;
        let me = user(1, vec![GroupName::administrators()]);
        let administrator = user(2, vec![GroupName::administrators()]);
        let other = user(3, Vec::new());
        let rights = [
            Right::Anybody,
            Right::Administer,
            Right::Account(me.id),
            Right::Account(other.id),
            Right::TakeOver(&me),
            Right::TakeOver(&administrator),
            Right::TakeOver(&other),
            Right::Link(&me),
            Right::Link(&administrator),
            Right::Link(&other),
            Right::Own,
        ];
        let outcomes = |standing: Standing| rights.map(|right| standing.check(right).err());
        assert_eq!(outcomes(Standing::Owner), [None; 11]);
        let (admin, files) = (Some(No::AnotherAdministrator), Some(No::NotTheOwner));
        assert_eq!(
            outcomes(Standing::Administrator(me.id)),
            [
                None, None, None, None, None, admin, None, None, admin, None, files
            ]
        );
        let (no, another) = (Some(No::NoAdministrator), Some(No::AnotherAccount));
        assert_eq!(
            outcomes(Standing::User(me.id)),
            [None, no, None, another, no, no, no, None, another, another, files]
        );
        let visitor = Some(No::Visitor);
        let mut expected = [visitor; 11];
        expected[0] = None;
        assert_eq!(outcomes(Standing::Visitor), expected);
    }
}
