//! A link is completed: its token sets a new password.

use secrecy::SecretString;

use super::Resets;
use crate::domain::password::Credential;
use crate::domain::password_sign_in::PasswordSignIn;
use crate::domain::reset::{ResetEnd, ResetLink, ResetState};
use crate::domain::token::{PlainToken, TokenHash};
use crate::domain::user::{Status, User};
use crate::ops::acting::Gate;
use crate::ops::credentials::{Cause, checked_hash, owner_of, replace};
use crate::ops::read_transaction::ReadTransaction;
use crate::ops::same_password::Compared;
use crate::ops::{Done, Error, Written};

/// A live link that was found by its token, without the token.
#[derive(Debug, Clone)]
pub struct UsableLink {
    token: TokenHash,
    user: User,
}

impl UsableLink {
    /// The user whose password the link sets.
    #[must_use]
    pub fn user(&self) -> &User {
        &self.user
    }
}

impl Resets<'_> {
    /// Finds the link of a token. Nothing changes: the link stays live.
    ///
    /// # Errors
    /// [`Error::ResetInvalid`]; [`Error::Store`] if the store can't be read.
    pub fn check(&self, token: &PlainToken) -> Result<UsableLink, Error> {
        let token = token.hash();
        let (_, user) = self
            .office
            .read(Gate::Anybody, |view| usable(view, self.sign_in(), &token))?;
        Ok(UsableLink { token, user })
    }

    /// Sets the password of the user of a link, once. Every session and every other link of the user
    /// ends, also if the password is the current one. The user is not signed in. A user who must
    /// change the password can't keep it. After a refused password the link is still live.
    ///
    /// # Errors
    /// [`Error::ResetInvalid`] if the link ended after it was checked, [`Error::WeakPassword`],
    /// [`Error::PasswordReused`]; [`Error::Store`] if the store can't be written.
    pub fn complete(&self, link: &UsableLink, new: &SecretString) -> Result<Written, Error> {
        let desk = &self.office.desk;
        let id = link.user.id;
        let stored = self.office.read(Gate::Anybody, |view| Ok(view.credential(id)?))?;
        let compared = Compared::with(desk, &stored, new);
        let hash = checked_hash(desk, new, owner_of(&link.user))?;
        self.office.write(Gate::Anybody, |tx| {
            let (found, user) = usable(tx, self.sign_in(), &link.token)?;
            let stored = tx.credential(user.id)?;
            if stored.must_change && compared.is_same(tx.desk, &stored, new) {
                return Err(Error::PasswordReused);
            }
            if !tx.store.end_reset(found.id, ResetEnd::Used)? {
                return Err(Error::ResetInvalid);
            }
            let replaced = replace(tx, user.id, &Credential::set(hash.clone(), false), Cause::Reset)?;
            Ok(replaced.written(Done::ResetCompleted))
        })
    }

    fn sign_in(&self) -> &PasswordSignIn {
        &self.office.desk.policies.sign_in
    }
}

/// The live link of a token and its user, if the link may still be used.
fn usable(
    view: &ReadTransaction<'_>,
    sign_in: &PasswordSignIn,
    token: &TokenHash,
) -> Result<(ResetLink, User), Error> {
    let link = view.find_reset_by_token(token)?.ok_or(Error::ResetInvalid)?;
    if link.state(view.now()) != ResetState::Live {
        return Err(Error::ResetInvalid);
    }
    let user = view.find_user_by_id(link.user_id)?.ok_or(Error::ResetInvalid)?;
    let is_open = matches!(user.status, Status::Active | Status::Pending);
    if is_open && sign_in.allows(&user) {
        Ok((link, user))
    } else {
        Err(Error::ResetInvalid)
    }
}
