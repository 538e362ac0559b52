//! Replaces the credential of a user. The new one is prepared before the store is locked. Only this
//! file replaces a stored credential, and ends what was made with the old one.

use secrecy::{ExposeSecret, SecretString};

use super::desk::Desk;
use super::write_transaction::WriteTransaction;
use super::{Done, Ended, Error, Written, lookup, notices};
use crate::domain::audit::{Action, Target};
use crate::domain::email::EmailAddress;
use crate::domain::ids::UserId;
use crate::domain::mail::Notice;
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::password_policy::{PasswordOwner, PasswordRefusal, generate};
use crate::domain::reset::ResetEnd;
use crate::domain::user::{Name, User};
use crate::hashing::{self, BreachedFile};

/// Why a credential is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// An operator or an import set the password.
    Set,
    /// The user changed the password and knew the current one.
    Changed,
    /// The user completed a reset link.
    Reset,
    /// An operator removed the password.
    Removed,
}

impl Cause {
    fn action(self) -> Action {
        match self {
            Self::Set => Action::PasswordSet,
            Self::Changed => Action::PasswordChanged,
            Self::Reset => Action::PasswordReset,
            Self::Removed => Action::PasswordRemoved,
        }
    }

    /// How the other links of the user end.
    fn links_end(self) -> ResetEnd {
        match self {
            Self::Reset => ResetEnd::Superseded,
            Self::Set | Self::Changed | Self::Removed => ResetEnd::Revoked,
        }
    }
}

/// What the replacement of a credential did.
#[derive(Debug)]
pub(super) struct Replaced {
    /// The user as they are now.
    pub user: User,
    /// What ended with the old credential.
    pub ended: Ended,
}

impl Replaced {
    /// The same, as the answer of a write.
    pub fn written(self, done: Done) -> Written {
        Written::new(done, self.user, vec!["password"]).ending(self.ended)
    }
}

/// Replaces the stored credential. Every session and every live link of the user ends, the count of
/// wrong passwords is removed, and a mail tells the user about a new password.
pub(super) fn replace(
    tx: &WriteTransaction<'_>,
    user: UserId,
    credential: &Credential,
    cause: Cause,
) -> Result<Replaced, Error> {
    store(tx, user, credential)?;
    tx.store.remove_failures(user)?;
    let ended = end_all(tx, user, cause.links_end())?;
    tx.record(cause.action(), Target::User(user), &["password"], None)?;
    let user = lookup::get_user(tx, &user.into())?;
    if user.password_state == PasswordState::Set {
        notices::notify(tx, &user, Notice::PasswordChanged)?;
    }
    Ok(Replaced { user, ended })
}

/// Stores a better hash of the same password. Nothing ends.
pub(super) fn rehash(tx: &WriteTransaction<'_>, user: UserId, credential: &Credential) -> Result<(), Error> {
    store(tx, user, credential)?;
    tx.record(Action::PasswordRehashed, Target::User(user), &["password"], None)
}

/// Stores a credential whose flag `must_change` has a new value. Nothing ends.
pub(super) fn set_flag(
    tx: &WriteTransaction<'_>,
    user: UserId,
    credential: &Credential,
) -> Result<(), Error> {
    store(tx, user, credential)?;
    let action = if credential.must_change {
        Action::PasswordChangeRequired
    } else {
        Action::UserUpdated
    };
    tx.record(action, Target::User(user), &["must_change_password"], None)
}

/// Ends every session and every live link of a user.
pub(super) fn end_all(tx: &WriteTransaction<'_>, user: UserId, links_end: ResetEnd) -> Result<Ended, Error> {
    Ok(Ended {
        sessions: tx.store.remove_sessions_of(user)?,
        resets: tx.store.end_resets_of(user, links_end)?,
    })
}

fn store(tx: &WriteTransaction<'_>, user: UserId, credential: &Credential) -> Result<(), Error> {
    tx.set_credential(user, credential)?;
    tx.store.set_updated_at(user, tx.now)?;
    Ok(())
}

/// The hash of the new password, if it keeps the policy and is not the current one.
pub(super) fn new_hash(
    desk: &Desk,
    owner: PasswordOwner<'_>,
    current: &SecretString,
    new: &SecretString,
) -> Result<PasswordHash, Error> {
    check_differs(current, new)?;
    checked_hash(desk, new, owner)
}

/// The hash of a password, if it keeps the policy.
pub(super) fn checked_hash(
    desk: &Desk,
    plain: &SecretString,
    owner: PasswordOwner<'_>,
) -> Result<PasswordHash, Error> {
    check(desk, plain, owner)?;
    hash_of(desk, plain)
}

/// The hash of a password that was checked before.
pub(super) fn hash_of(desk: &Desk, plain: &SecretString) -> Result<PasswordHash, Error> {
    Ok(desk.hasher.hash(plain.expose_secret(), &*desk.random)?)
}

/// A password that no user has seen, and its hash.
pub(super) fn generated_hash(desk: &Desk) -> Result<(PasswordHash, SecretString), Error> {
    let plain = generate(&*desk.random)?;
    Ok((hash_of(desk, &plain)?, plain))
}

/// Whether a password keeps the policy.
pub(super) fn check(desk: &Desk, plain: &SecretString, owner: PasswordOwner<'_>) -> Result<(), Error> {
    let text = plain.expose_secret();
    desk.policies.password.check(text, owner)?;
    // Opened here, so that a program that checks no password does not need the file.
    if let Some(path) = &desk.policies.breached_file {
        let found = BreachedFile::open(path).and_then(|file| file.contains(text));
        if found.map_err(Error::BreachedFile)? {
            return Err(PasswordRefusal::Breached.into());
        }
    }
    Ok(())
}

/// The words of a user, from which the password must not be built.
#[must_use]
pub fn owner<'a>(email: &'a EmailAddress, first_name: &'a Name, last_name: &'a Name) -> PasswordOwner<'a> {
    PasswordOwner {
        email: email.as_str(),
        first_name: first_name.as_str(),
        last_name: last_name.as_str(),
    }
}

/// The words of this user, from which the password must not be built.
#[must_use]
pub fn owner_of(user: &User) -> PasswordOwner<'_> {
    owner(&user.email, &user.first_name, &user.last_name)
}

/// Refuses a new password that is the current one, in any Unicode form.
///
/// # Errors
/// [`Error::PasswordReused`].
pub fn check_differs(current: &SecretString, new: &SecretString) -> Result<(), Error> {
    if hashing::is_same_password(current.expose_secret(), new.expose_secret()) {
        return Err(Error::PasswordReused);
    }
    Ok(())
}

#[cfg(test)]
#[cfg(feature = "mail")]
mod tests;
