//! A link is completed: its token sets a new password.

use secrecy::SecretString;

use super::Resets;
use crate::domain::password::Credential;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::reset::{ResetEnd, ResetLink, ResetState};
use crate::domain::token::PlainToken;
use crate::domain::user::{Status, User};
use crate::ops::acting::Gate;
use crate::ops::credentials::{Cause, checked_hash, owner_of, replace};
use crate::ops::read_transaction::ReadTransaction;
use crate::ops::same_password::Compared;
use crate::ops::{Done, Error, Written};

impl Resets<'_> {
    /// The user whose password a token sets.
    ///
    /// # Errors
    /// [`Error::ResetInvalid`]; [`Error::Store`] if the store can't be read.
    pub fn check(&self, token: &PlainToken) -> Result<User, Error> {
        self.office.read(Gate::Anybody, |view| {
            Ok(redeemable(view, &self.office.desk.policies.sign_in, token)?.1)
        })
    }

    /// Sets the password of the user of a token, once. Every session and every other link of the user
    /// ends, also if the password is the current one. The user is not signed in. A user who must
    /// change the password can't keep it. After a refused password the link is still live.
    ///
    /// # Errors
    /// [`Error::ResetInvalid`], [`Error::WeakPassword`], [`Error::PasswordReused`];
    /// [`Error::Store`] if the store can't be written.
    pub fn complete(&self, token: &PlainToken, new: &SecretString) -> Result<Written, Error> {
        let user = self.check(token)?;
        let desk = &self.office.desk;
        let stored = self
            .office
            .read(Gate::Anybody, |view| Ok(view.credential(user.id)?))?;
        let compared = Compared::with(desk, &stored, new);
        let hash = checked_hash(desk, new, owner_of(&user))?;
        self.office.write(Gate::Anybody, |tx| {
            let (link, user) = redeemable(tx, &tx.desk.policies.sign_in, token)?;
            let stored = tx.credential(user.id)?;
            if stored.must_change && compared.is_same(tx.desk, &stored, new) {
                return Err(Error::PasswordReused);
            }
            if !tx.store.end_reset(link.id, ResetEnd::Used)? {
                return Err(Error::ResetInvalid);
            }
            let replaced = replace(tx, user.id, &Credential::set(hash.clone(), false), Cause::Reset)?;
            Ok(replaced.written(Done::ResetCompleted))
        })
    }
}

/// The live link of a token and its user, if the link may still be used.
fn redeemable(
    view: &ReadTransaction<'_>,
    sign_in: &PasswordSignIn,
    token: &PlainToken,
) -> Result<(ResetLink, User), Error> {
    let link = view
        .find_reset_by_token(&token.hash())?
        .ok_or(Error::ResetInvalid)?;
    if link.state(view.now()) != ResetState::Live {
        return Err(Error::ResetInvalid);
    }
    let user = view.find_user_by_id(link.user_id)?.ok_or(Error::ResetInvalid)?;
    let may = matches!(user.status, Status::Active | Status::Pending) && sign_in.allows(&user);
    if may {
        Ok((link, user))
    } else {
        Err(Error::ResetInvalid)
    }
}
