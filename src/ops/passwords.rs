//! Passwords: checked against the policy, hashed before the store is locked, stored.

mod same;

use secrecy::{ExposeSecret, SecretString};

use super::change::Change;
use super::office::Desk;
use super::sign_in::{self, Verified};
use super::users::NewPassword;
use super::{BackOffice, Done, Error, Written, mail, people};
use crate::domain::audit::{Action, Target};
use crate::domain::email::EmailAddress;
use crate::domain::mail::Notice;
use crate::domain::password::{Credential, PasswordHash, PasswordState};
use crate::domain::password_policy::{PasswordOwner, PasswordRefusal, generate};
use crate::domain::reset::ResetEnd;
use crate::domain::user::{Name, User, UserRef};
use crate::hashing::{self, BreachedFile, HashingError, Imported};

pub use same::check_differs;
pub(super) use same::{Compared, is_current, keep};

/// The passwords of a back office.
pub struct Passwords<'o> {
    pub(super) office: &'o BackOffice,
}

impl Passwords<'_> {
    /// Sets a password, ends every session and every link of the user, and unlocks the account.
    ///
    /// If it is the password that is set already (the same text in any Unicode form, or the same
    /// hash), it stays, and nothing ends: [`Done::Unchanged`]. Two things can still change, and
    /// make it [`Done::Updated`]: the flag becomes `must_change`; and a hash that is imported, or
    /// below today's cost, is replaced by one of ours.
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
                let mut written = self.store(&user, &hash, must_change)?;
                written.password = Some(plain);
                Ok(written)
            }
            NewPassword::Hash(text) => match hashing::read_imported(text.expose_secret())? {
                Imported::Hash(hash) => self.store(&user, &hash, must_change),
                Imported::Unusable => self.remove(who),
            },
        }
    }

    fn set_plain(&self, user: &User, plain: &SecretString, must_change: bool) -> Result<Written, Error> {
        let desk = &self.office.desk;
        check(desk, plain, owner_of(user))?;
        let stored = self.office.read(|view| Ok(view.credential(user.id)?))?;
        let compared = Compared::with(desk, &stored, plain);
        let hash = if compared.needs_no_hash(desk) {
            None
        } else {
            Some(hash_of(desk, plain)?)
        };
        self.office.write(|change| {
            let user = get_changeable(change, &user.id.into())?;
            let stored = change.credential(user.id)?;
            if compared.is_same(change.desk, &stored, plain) {
                return keep(change, user, stored, hash.clone(), Some(must_change));
            }
            let hash = match &hash {
                Some(hash) => hash.clone(),
                None => hash_of(change.desk, plain)?,
            };
            let steps = (
                Credential::set(hash, must_change),
                Done::PasswordSet,
                Action::PasswordSet,
            );
            replace(change, &user, steps)
        })
    }

    /// Makes a password for each of `whom`, hashing on all cores. `each` gets the outcomes in
    /// order, each its own transaction; `hashed` the number of passwords hashed so far.
    pub fn generate_for(
        &self,
        whom: &[UserRef],
        must_change: bool,
        hashed: &(dyn Fn(u64) + Sync),
        mut each: impl FnMut(Result<Written, Error>),
    ) {
        // So many at a time that all cores stay busy, and the first answers come soon.
        const CHUNK: usize = 64;
        let mut before = 0;
        for chunk in whom.chunks(CHUNK) {
            let users: Vec<_> = chunk.iter().map(|who| self.changeable(who)).collect();
            let count = users.iter().filter(|user| user.is_ok()).count();
            // Without random bytes, or memory to hash in, no later chunk does better.
            let mut made = match self.make(count, &|n| hashed(before + n)) {
                Ok(made) => made.into_iter(),
                Err(error) => return each(Err(error)),
            };
            for user in users {
                each(user.and_then(|user| {
                    let (password, hash) = made.next().ok_or(HashingError::Failed)?;
                    let mut written = self.store(&user, &hash, must_change)?;
                    written.password = Some(password);
                    Ok(written)
                }));
            }
            before += chunk.len() as u64;
        }
    }

    /// So many passwords nobody has seen, with their hashes.
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

    /// Takes a password away; the user can sign in by a third party only.
    ///
    /// # Errors
    /// [`Error::UserNotFound`], [`Error::Transition`] for a deleted user; [`Error::Store`] if
    /// the store can't be written.
    pub fn remove(&self, who: &UserRef) -> Result<Written, Error> {
        self.office.write(|change| {
            let user = get_changeable(change, who)?;
            if user.password_state == PasswordState::None {
                return Ok(Written::unchanged(user));
            }
            let steps = (Credential::NONE, Done::PasswordRemoved, Action::PasswordRemoved);
            replace(change, &user, steps)
        })
    }

    /// Asks for the password to be changed before the next session.
    ///
    /// # Errors
    /// [`Error::NoPassword`] and as [`remove`](Self::remove).
    pub fn require_change(&self, who: &UserRef) -> Result<Written, Error> {
        self.office.write(|change| {
            let mut user = get_changeable(change, who)?;
            let mut credential = change.credential(user.id)?;
            if credential.usable_hash().is_none() {
                return Err(Error::NoPassword { email: user.email });
            }
            if credential.must_change {
                return Ok(Written::unchanged(user));
            }
            credential.must_change = true;
            change.tx.set_credential(user.id, &credential)?;
            change.tx.set_updated_at(user.id, change.now)?;
            (user.must_change_password, user.updated_at) = (true, change.now);
            let fields = vec!["must_change_password"];
            change.record(
                Action::PasswordChangeRequired,
                Target::User(user.id),
                &fields,
                None,
            )?;
            Ok(Written::new(Done::Updated, user, fields))
        })
    }

    /// Changes one's own password: the current one first, throttled like a sign-in.
    ///
    /// # Errors
    /// [`Error::Denied`] for whatever would refuse a sign-in; [`Error::WeakPassword`],
    /// [`Error::PasswordReused`]; [`Error::Store`] if the store can't be written.
    pub fn change(&self, email: &str, current: &SecretString, new: &SecretString) -> Result<Written, Error> {
        let began = self.office.desk.clock.elapsed();
        let verified = sign_in::verify(self.office, began, email, current)?;
        let hash = new_hash(&self.office.desk, &verified, current, new);
        // The password was right, whatever becomes of the new one.
        self.office
            .write_for_good(|change| Ok(change.tx.remove_failures(verified.user.id)?))?;
        let hash = hash?;
        let changed = self.office.write(|change| {
            let Some(user) = verified.still_holds(change)? else {
                return Ok(None);
            };
            let steps = (
                Credential::set(hash.clone(), false),
                Done::PasswordSet,
                Action::PasswordChanged,
            );
            replace(change, &user, steps).map(Some)
        })?;
        changed.ok_or_else(|| sign_in::deny(&self.office.desk, began))
    }

    fn store(&self, user: &User, hash: &PasswordHash, must_change: bool) -> Result<Written, Error> {
        self.office.write(|change| {
            let user = get_changeable(change, &user.id.into())?;
            let stored = change.credential(user.id)?;
            if stored.usable_hash() == Some(hash) {
                return keep(change, user, stored, None, Some(must_change));
            }
            let steps = (
                Credential::set(hash.clone(), must_change),
                Done::PasswordSet,
                Action::PasswordSet,
            );
            replace(change, &user, steps)
        })
    }

    fn changeable(&self, who: &UserRef) -> Result<User, Error> {
        self.office.read(|view| {
            let user = people::get_user(view, who)?;
            user.status
                .change()
                .map_err(|refused| Error::transition(&user.email, refused))?;
            Ok(user)
        })
    }
}

/// Stores another credential: every session made with the old one ends, and whatever locked
/// the account is over.
pub(super) fn replace(
    change: &Change<'_>,
    user: &User,
    (credential, done, action): (Credential, Done, Action),
) -> Result<Written, Error> {
    change.tx.set_credential(user.id, &credential)?;
    change.tx.remove_failures(user.id)?;
    change.tx.set_updated_at(user.id, change.now)?;
    let sessions = change.tx.remove_sessions_of(user.id)?;
    let resets = change.tx.end_resets_of(user.id, ResetEnd::Revoked)?;
    let fields = vec!["password"];
    change.record(action, Target::User(user.id), &fields, None)?;
    let user = people::get_user(change, &user.id.into())?;
    if user.password_state == PasswordState::Set {
        mail::notify(change, &user, Notice::PasswordChanged)?;
    }
    Ok(Written::new(done, user, fields).ending(sessions, resets))
}

/// The hash of the password that is to follow `current`.
pub(super) fn new_hash(
    desk: &Desk,
    verified: &Verified,
    current: &SecretString,
    new: &SecretString,
) -> Result<PasswordHash, Error> {
    check_differs(current, new)?;
    checked_hash(desk, new, owner_of(&verified.user))
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

/// The hash of a password that was checked.
pub(super) fn hash_of(desk: &Desk, plain: &SecretString) -> Result<PasswordHash, Error> {
    Ok(desk.hasher.hash(plain.expose_secret(), &*desk.random)?)
}

/// A password nobody has seen, and its hash.
pub(super) fn generated_hash(desk: &Desk) -> Result<(PasswordHash, SecretString), Error> {
    let plain = generate(&*desk.random)?;
    Ok((desk.hasher.hash(plain.expose_secret(), &*desk.random)?, plain))
}

/// Whether a password keeps the policy.
pub(super) fn check(desk: &Desk, plain: &SecretString, owner: PasswordOwner<'_>) -> Result<(), Error> {
    let text = plain.expose_secret();
    desk.policies.password.check(text, owner)?;
    // Opened here and not before: who checks no password needs no such file.
    if let Some(path) = &desk.policies.breached_file {
        let found = BreachedFile::open(path).and_then(|file| file.contains(text));
        if found.map_err(Error::BreachedFile)? {
            return Err(PasswordRefusal::Breached.into());
        }
    }
    Ok(())
}

/// Whose words a password must not be built from.
#[must_use]
pub fn owner<'a>(email: &'a EmailAddress, first_name: &'a Name, last_name: &'a Name) -> PasswordOwner<'a> {
    PasswordOwner {
        email: email.as_str(),
        first_name: first_name.as_str(),
        last_name: last_name.as_str(),
    }
}

/// Whose words the password of this user must not be built from.
#[must_use]
pub fn owner_of(user: &User) -> PasswordOwner<'_> {
    owner(&user.email, &user.first_name, &user.last_name)
}

fn get_changeable(change: &Change<'_>, who: &UserRef) -> Result<User, Error> {
    let user = people::get_user(change, who)?;
    user.status
        .change()
        .map_err(|refused| Error::transition(&user.email, refused))?;
    Ok(user)
}
