//! Signs a user in with a password. Every refusal takes the same time and says the same; only the
//! audit record has the reason.

use secrecy::{ExposeSecret, SecretString};

use super::acting::{Acting, Gate};
use super::credentials::{Cause, owner_of, replace};
use super::desk::Desk;
use super::sessions::{SignedIn, open_session};
use super::verify::{Verified, verify};
use super::write_transaction::WriteTransaction;
use super::{Error, credentials, floor};
use crate::domain::audit::{Action, Target};
use crate::domain::password::{Credential, PasswordHash};
use crate::domain::password_policy::PasswordRefusal;
use crate::domain::token::PlainToken;
use crate::domain::user::User;

/// A sign-in with a password.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct SignIn<'a> {
    /// The text that was given as the address.
    pub email: &'a str,
    /// The password that was given.
    pub password: &'a SecretString,
    /// The new password, for a user who must change it.
    pub new_password: Option<&'a SecretString>,
    /// The token of the session that this sign-in replaces.
    pub replaces: Option<&'a PlainToken>,
}

impl<'a> SignIn<'a> {
    /// A sign-in with an address and a password.
    #[must_use]
    pub fn new(email: &'a str, password: &'a SecretString) -> Self {
        Self {
            email,
            password,
            new_password: None,
            replaces: None,
        }
    }
}

/// What happens to the stored password at a sign-in.
enum NextPassword {
    Keep,
    /// A better hash of the same password.
    Rehash(PasswordHash),
    /// Another password.
    Change(PasswordHash),
}

impl Acting<'_> {
    /// Signs a user in with a password.
    ///
    /// # Errors
    /// [`Error::Denied`] for every refusal; it holds the earliest moment at which the refusal may
    /// be answered. After the right password, [`Error::PasswordChangeRequired`], and
    /// [`Error::WeakPassword`] or [`Error::PasswordReused`] for the new password. [`Error::Store`]
    /// if the store can't be used.
    pub fn sign_in(&self, request: &SignIn<'_>) -> Result<SignedIn, Error> {
        sign_in(*self, request)
    }
}

fn sign_in(office: Acting<'_>, request: &SignIn<'_>) -> Result<SignedIn, Error> {
    let began = office.desk.clock.instant();
    // Twice, because another sign-in may replace the hash that was verified with a better one.
    for _ in 0..2 {
        let verified = verify(office, began, request.email, request.password)?;
        let next = next(office, &verified, request)?;
        let signed_in = office.write(Gate::Anybody, |tx| match verified.still_holds(tx)? {
            Some(user) => begin_session(tx, &user, &next, request).map(Some),
            None => Ok(None),
        })?;
        if let Some(signed_in) = signed_in {
            return Ok(signed_in);
        }
    }
    Err(floor::deny(office, began, None, request.password))
}

/// What happens to the stored password after a right one.
///
/// # Errors
/// [`Error::PasswordChangeRequired`] if the user must change it and gave no new one; the reason why
/// the new one is refused.
fn next(office: Acting<'_>, verified: &Verified, request: &SignIn<'_>) -> Result<NextPassword, Error> {
    if !verified.must_change && !breaks_policy(&office.desk, verified, request.password)? {
        let better = upgraded(&office.desk, verified, request.password)?;
        return Ok(better.map_or(NextPassword::Keep, NextPassword::Rehash));
    }
    let new = request.new_password.ok_or(Error::PasswordChangeRequired);
    let hash = new
        .and_then(|new| credentials::new_hash(&office.desk, owner_of(&verified.user), request.password, new));
    if hash.is_err() {
        forgive(office, verified, request)?;
    }
    hash.map(NextPassword::Change)
}

/// Ends a try with the right password but without a session: the try does not count, an outdated hash
/// is replaced, and the user must change a password that breaks today's policy.
fn forgive(office: Acting<'_>, verified: &Verified, request: &SignIn<'_>) -> Result<(), Error> {
    let better = upgraded(&office.desk, verified, request.password)?;
    office.write_for_good(Gate::Anybody, |tx| {
        let Some(user) = verified.still_holds(tx)? else {
            return Ok(());
        };
        tx.store.remove_failures(user.id)?;
        let mut credential = Credential::set(verified.hash.clone(), verified.must_change);
        if let Some(better) = &better {
            credential.hash = Some(better.clone());
            credentials::rehash(tx, user.id, &credential)?;
        }
        if !credential.must_change {
            credential.must_change = true;
            credentials::set_flag(tx, user.id, &credential)?;
        }
        tx.record_failure(
            Action::SignInFailed,
            Target::User(user.id),
            "password_change_required".to_owned(),
        )
    })
}

/// Whether the password breaks the policy. Only the password of an imported hash was never checked. A
/// password that has the form of a hash is refused where it is set, and not here.
fn breaks_policy(desk: &Desk, verified: &Verified, password: &SecretString) -> Result<bool, Error> {
    if !desk.hasher.is_outdated(&verified.hash) {
        return Ok(false);
    }
    match credentials::check(desk, password, owner_of(&verified.user)) {
        Ok(()) | Err(Error::WeakPassword(PasswordRefusal::Hash)) => Ok(false),
        Err(Error::WeakPassword(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

fn upgraded(
    desk: &Desk,
    verified: &Verified,
    password: &SecretString,
) -> Result<Option<PasswordHash>, Error> {
    if !desk.hasher.is_outdated(&verified.hash) {
        return Ok(None);
    }
    Ok(Some(desk.hasher.hash(password.expose_secret(), &*desk.random)?))
}

fn begin_session(
    tx: &WriteTransaction<'_>,
    user: &User,
    next: &NextPassword,
    request: &SignIn<'_>,
) -> Result<SignedIn, Error> {
    let of_hash = |hash: &PasswordHash| Credential::set(hash.clone(), false);
    let ended = match next {
        NextPassword::Keep => None,
        NextPassword::Rehash(hash) => {
            credentials::rehash(tx, user.id, &of_hash(hash))?;
            None
        }
        NextPassword::Change(hash) => Some(replace(tx, user.id, &of_hash(hash), Cause::Changed)?.ended),
    };
    tx.store.remove_failures(user.id)?;
    let mut signed_in = open_session(tx, user.id, request.replaces, "password".to_owned())?;
    signed_in.ended = ended;
    Ok(signed_in)
}

#[cfg(test)]
mod tests;
