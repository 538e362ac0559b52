//! Passwords: set, change, remove. A password is checked and hashed before the store is locked.

use crate::domain::rights::{Right, Standing};
use crate::ops::acting::{Acting, Gate};
use secrecy::SecretString;

use super::credentials::{Cause, check, generated_hash, hash_of, new_hash, replace};
use super::floor::{self, Times};
use super::same_password::{Compared, is_current, keep};
use super::users::NewPassword;
use super::verify::verify;
use super::write_transaction::WriteTransaction;
use super::{BackOffice, Done, Error, Written, credentials, lookup};
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::password_policy::{PasswordOwner, generate};
use crate::domain::user::{User, UserRef};
use crate::hashing::HashingError;

pub use super::credentials::{check_differs, owner, owner_of};

/// The passwords of a back office.
pub struct Passwords<'o> {
    pub(super) office: Acting<'o>,
}

impl<'o> Acting<'o> {
    /// The use cases of passwords.
    #[must_use]
    pub fn passwords(self) -> Passwords<'o> {
        Passwords { office: self }
    }

    /// Checks that a user may choose this password: as
    /// [`check_password`](BackOffice::check_password). If the user must change the password, the
    /// current one is refused too.
    ///
    /// # Errors
    /// As [`check_password`](BackOffice::check_password); [`Error::PasswordReused`];
    /// [`Error::Store`] if the store can't be read.
    pub fn check_choice(&self, user: &User, plain: &SecretString) -> Result<(), Error> {
        self.check_password(plain, owner_of(user))?;
        let stored = self.read(Gate::Anybody, |view| Ok(view.credential(user.id)?))?;
        if stored.must_change && is_current(&self.desk, &stored, plain) {
            return Err(Error::PasswordReused);
        }
        Ok(())
    }
}

impl BackOffice {
    /// Checks a password against the policy and the file of breached passwords.
    ///
    /// # Errors
    /// [`Error::WeakPassword`] with the rule that it breaks; [`Error::BreachedFile`].
    pub fn check_password(&self, plain: &SecretString, owner: PasswordOwner<'_>) -> Result<(), Error> {
        credentials::check(&self.desk, plain, owner)
    }
}

impl Passwords<'_> {
    /// Sets a password, ends every session and every link of the user, and unlocks the account.
    ///
    /// The password that is set already (the same text in any Unicode form, or the same hash) stays,
    /// and nothing ends: [`Done::Unchanged`]. Two things can still change, with the outcome
    /// [`Done::Updated`]: the flag becomes `must_change`, and a new hash replaces one that is imported
    /// or below today's cost.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::WeakPassword`], [`Error::HashRefused`],
    /// [`Error::Transition`] for a deleted user; [`Error::Store`] if the store can't be written.
    pub fn set(&self, who: &UserRef, password: &NewPassword, must_change: bool) -> Result<Written, Error> {
        let user = self.changeable(who)?;
        match password {
            NewPassword::None => self.remove(who),
            NewPassword::Plain(plain) => self.set_plain(&user, plain, must_change),
            NewPassword::Generate => {
                let (hash, plain) = generated_hash(&self.office.desk)?;
                let mut written = self.store(&user, &hash, must_change, &Times::default())?;
                written.password = Some(plain);
                Ok(written)
            }
            NewPassword::Hash(text) => match floor::imported(self.office, text)? {
                Some((hash, times)) => self.store(&user, &hash, must_change, &times),
                None => self.remove(who),
            },
        }
    }

    fn set_plain(&self, user: &User, plain: &SecretString, must_change: bool) -> Result<Written, Error> {
        let desk = &self.office.desk;
        check(desk, plain, owner_of(user))?;
        let stored = self
            .office
            .read(Gate::Inside, |view| Ok(view.credential(user.id)?))?;
        let compared = Compared::with(desk, &stored, plain);
        let hash = if compared.needs_no_hash(desk) {
            None
        } else {
            Some(hash_of(desk, plain)?)
        };
        self.office.write(Gate::Inside, |tx| {
            let user = get_changeable(tx, &user.id.into())?;
            tx.require(Right::TakeOver(&user))?;
            let stored = tx.credential(user.id)?;
            if compared.is_same(tx.desk, &stored, plain) {
                return keep(tx, user, stored, hash.clone(), Some(must_change));
            }
            let hash = match &hash {
                Some(hash) => hash.clone(),
                None => hash_of(tx.desk, plain)?,
            };
            let credential = Credential::set(hash, must_change);
            let replaced = replace(tx, user.id, &credential, Cause::Set)?;
            Ok(replaced.written(Done::PasswordSet))
        })
    }

    /// Generates a password for each of `whom`, and hashes on all cores. `each` gets the outcomes in
    /// order; each outcome is one transaction. `hashed` gets the number of passwords hashed so far.
    pub fn generate_for(
        &self,
        whom: &[UserRef],
        must_change: bool,
        hashed: &(dyn Fn(u64) + Sync),
        mut each: impl FnMut(Result<Written, Error>),
    ) {
        // Enough to keep all cores busy, and few enough for early first answers.
        const CHUNK: usize = 64;
        let mut before = 0;
        for chunk in whom.chunks(CHUNK) {
            let users: Vec<_> = chunk.iter().map(|who| self.changeable(who)).collect();
            let count = users.iter().filter(|user| user.is_ok()).count();
            // Without random bytes or memory, a later chunk fails too.
            let mut made = match self.make(count, &|n| hashed(before + n)) {
                Ok(made) => made.into_iter(),
                Err(error) => return each(Err(error)),
            };
            for user in users {
                each(user.and_then(|user| {
                    let (password, hash) = made.next().ok_or(HashingError::Failed)?;
                    let mut written = self.store(&user, &hash, must_change, &Times::default())?;
                    written.password = Some(password);
                    Ok(written)
                }));
            }
            before += chunk.len() as u64;
        }
    }

    /// Generates `count` passwords and their hashes.
    fn make(
        &self,
        count: usize,
        hashed: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<(SecretString, PasswordHash)>, Error> {
        let desk = &self.office.desk;
        let passwords = (0..count)
            .map(|_| generate(&*desk.random))
            .collect::<Result<Vec<_>, _>>()?;
        let borrowed: Vec<_> = passwords.iter().collect();
        let done = desk.hasher.hash_all(&borrowed, &*desk.random, hashed)?;
        Ok(passwords.into_iter().zip(done).collect())
    }

    /// Removes a password. The user can then sign in only at a provider.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::Transition`] for a deleted user; [`Error::Store`] if
    /// the store can't be written.
    pub fn remove(&self, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            let user = get_changeable(tx, who)?;
            if user.password_state == PasswordState::None {
                return Ok(Written::unchanged(user));
            }
            let replaced = replace(tx, user.id, &Credential::NONE, Cause::Removed)?;
            Ok(replaced.written(Done::PasswordRemoved))
        })
    }

    /// Requires the user to change the password before the next session.
    ///
    /// # Errors
    /// [`Error::NoPassword`] and as [`remove`](Self::remove).
    pub fn require_change(&self, who: &UserRef) -> Result<Written, Error> {
        self.office.write(Gate::Administer, |tx| {
            let mut user = get_changeable(tx, who)?;
            let mut credential = tx.credential(user.id)?;
            if credential.usable_hash().is_none() {
                return Err(Error::NoPassword { email: user.email });
            }
            if credential.must_change {
                return Ok(Written::unchanged(user));
            }
            credential.must_change = true;
            credentials::set_flag(tx, user.id, &credential)?;
            (user.must_change_password, user.updated_at) = (true, tx.now);
            Ok(Written::new(Done::Updated, user, vec!["must_change_password"]))
        })
    }

    /// Changes a password with the current one. It is throttled like a sign-in.
    ///
    /// # Errors
    /// [`Error::Denied`] for every reason to refuse a sign-in; it has the earliest moment at which it
    /// may be answered. [`Error::WeakPassword`], [`Error::PasswordReused`]; [`Error::Store`] if the store can't be written.
    pub fn change(&self, email: &str, current: &SecretString, new: &SecretString) -> Result<Written, Error> {
        let began = self.office.desk.clock.instant();
        let verified = verify(self.office, began, email, current)?;
        let hash = new_hash(&self.office.desk, owner_of(&verified.user), current, new);
        // The current password was right, even if the new one is refused.
        self.office.write_for_good(Gate::Anybody, |tx| {
            Ok(tx.store.remove_failures(verified.user.id)?)
        })?;
        let hash = hash?;
        let changed = self.office.write(Gate::Anybody, |tx| {
            let Some(user) = verified.still_holds(tx)? else {
                return Ok(None);
            };
            if !matches!(tx.standing()?, Standing::Visitor) {
                tx.require(Right::Account(user.id))?;
            }
            let credential = Credential::set(hash.clone(), false);
            let replaced = replace(tx, user.id, &credential, Cause::Changed)?;
            Ok(Some(replaced.written(Done::PasswordSet)))
        })?;
        changed.ok_or_else(|| floor::deny(self.office, began, None, current))
    }

    /// Verifies the current password, as [`change`](Self::change) does, and changes nothing. So a person
    /// learns that it is wrong before a new one has to be chosen.
    ///
    /// # Errors
    /// [`Error::Denied`], as [`change`](Self::change); [`Error::NotAllowed`] if the caller is another
    /// user; [`Error::Store`].
    pub(crate) fn verify_current(&self, email: &str, current: &SecretString) -> Result<User, Error> {
        let began = self.office.desk.clock.instant();
        let user = verify(self.office, began, email, current)?.user;
        self.office
            .write_for_good(Gate::Anybody, |tx| Ok(tx.store.remove_failures(user.id)?))?;
        self.office.read(Gate::Anybody, |view| match view.standing()? {
            Standing::Visitor => Ok(()),
            standing => Ok(standing.check(Right::Account(user.id))?),
        })?;
        Ok(user)
    }

    /// The user that `who` names, if the caller may set the password.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::NotAllowed`], [`Error::Transition`] for a deleted user;
    /// [`Error::Store`] if the store can't be read.
    pub(crate) fn check_settable(&self, who: &UserRef) -> Result<User, Error> {
        self.changeable(who)
    }

    fn store(
        &self,
        user: &User,
        hash: &PasswordHash,
        must_change: bool,
        times: &Times,
    ) -> Result<Written, Error> {
        self.office.write(Gate::Inside, |tx| {
            let user = get_changeable(tx, &user.id.into())?;
            tx.require(Right::TakeOver(&user))?;
            let stored = tx.credential(user.id)?;
            if stored.usable_hash() == Some(hash) {
                return keep(tx, user, stored, None, Some(must_change));
            }
            let credential = Credential::set(hash.clone(), must_change);
            let set = || replace(tx, user.id, &credential, Cause::Set);
            let (replaced, failure_floor) = times.keep_with(tx, set)?;
            let mut written = replaced.written(Done::PasswordSet);
            written.failure_floor = failure_floor;
            Ok(written)
        })
    }

    fn changeable(&self, who: &UserRef) -> Result<User, Error> {
        self.office.read(Gate::Inside, |view| {
            let user = lookup::get_to_take_over(view, who)?;
            user.status
                .change()
                .map_err(|refused| Error::transition(&user.email, refused))?;
            Ok(user)
        })
    }
}

fn get_changeable(tx: &WriteTransaction<'_>, who: &UserRef) -> Result<User, Error> {
    let user = lookup::get_user(tx, who)?;
    user.status
        .change()
        .map_err(|refused| Error::transition(&user.email, refused))?;
    Ok(user)
}
