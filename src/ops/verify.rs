//! Verifies the password of a sign-in. Each try is counted first. Every refusal takes the same time
//! and says the same; only the audit record has the reason.

use std::time::Instant;

use secrecy::{ExposeSecret, SecretString};

use super::acting::{Acting, Gate};
use super::write_transaction::WriteTransaction;
use super::{Error, floor};
use crate::domain::audit::{Action, STRANGERS_INTERVAL, Target};
use crate::domain::email::EmailAddress;
use crate::domain::ids::UserId;
use crate::domain::password::{Credential, PasswordHash};
use crate::domain::throttle::{Failures, Lock};
use crate::domain::user::{Status, User};

/// A user whose password was found right, or is about to be verified.
pub(super) struct Verified {
    pub user: User,
    pub hash: PasswordHash,
    pub must_change: bool,
}

/// The sign-ins of the user are delayed, so the password is not verified.
const THROTTLED: &str = "throttled";
/// The sign-ins of the user are stopped, so the password is not verified.
const STOPPED: &str = "stopped";

/// The result of the first look, before anything is hashed.
enum FirstLook {
    Candidate(Box<Verified>),
    Refused(Option<UserId>, &'static str),
}

impl Verified {
    /// The user, if nothing that matters changed while the password was hashed.
    pub fn still_holds(&self, tx: &WriteTransaction<'_>) -> Result<Option<User>, Error> {
        let Some(user) = tx.find_user_by_id(self.user.id)? else {
            return Ok(None);
        };
        let credential = tx.credential(user.id)?;
        let same_hash = credential.usable_hash() == Some(&self.hash);
        Ok((same_hash && refusal(tx, &user, &credential).is_none()).then_some(user))
    }
}

/// Verifies a password of a user. The try is counted first. It counts until the caller has done what
/// the right password was for.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Store`] if the store can't be used.
pub(super) fn verify(
    office: Acting<'_>,
    began: Instant,
    email: &str,
    password: &SecretString,
) -> Result<Verified, Error> {
    let admitted = office.write_for_good(Gate::Anybody, |tx| admit(tx, email))?;
    let (hash, refused) = match &admitted {
        FirstLook::Candidate(candidate) => {
            (Some(&candidate.hash), (Some(candidate.user.id), "wrong_password"))
        }
        FirstLook::Refused(user, reason) => (None, (*user, *reason)),
    };
    let is_right = floor::verify(&office.desk, hash, password.expose_secret());
    if is_right && let FirstLook::Candidate(candidate) = admitted {
        return Ok(*candidate);
    }
    office.write_for_good(Gate::Anybody, |tx| record_refusal(tx, refused))?;
    Err(floor::deny(office, began, hash, password))
}

/// Finds the user and counts the try. This is committed before anything is hashed, so that tries at
/// the same time all count.
fn admit(tx: &WriteTransaction<'_>, email: &str) -> Result<FirstLook, Error> {
    let address = EmailAddress::parse_existing(email).ok();
    let found = address
        .map(|address| tx.find_user_by_email(address.canonical()))
        .transpose()?;
    let Some(user) = found.flatten() else {
        if let Some(count) = tx.store.count_unknown_sign_in(tx.now, STRANGERS_INTERVAL)? {
            tx.record_failure(
                Action::SignInFailed,
                Target::Unknown,
                format!("unknown_user x{count}"),
            )?;
        }
        return Ok(FirstLook::Refused(None, "unknown_user"));
    };
    let throttle = tx.desk.policies.throttle;
    match throttle.lock(tx.failures(user.id)?, tx.now) {
        Lock::Slowed { .. } => return Ok(FirstLook::Refused(Some(user.id), THROTTLED)),
        Lock::Stopped => return Ok(FirstLook::Refused(Some(user.id), STOPPED)),
        Lock::None => tx.store.add_failure(user.id, tx.now)?,
    }
    let credential = tx.credential(user.id)?;
    if let Some(reason) = refusal(tx, &user, &credential) {
        return Ok(FirstLook::Refused(Some(user.id), reason));
    }
    let Credential {
        hash: Some(hash),
        must_change,
        ..
    } = credential
    else {
        return Ok(FirstLook::Refused(Some(user.id), "no_password"));
    };
    Ok(FirstLook::Candidate(Box::new(Verified {
        user,
        hash,
        must_change,
    })))
}

fn refusal(tx: &WriteTransaction<'_>, user: &User, credential: &Credential) -> Option<&'static str> {
    match user.status {
        Status::Pending => Some("pending"),
        Status::Deactivated => Some("deactivated"),
        Status::Deleted => Some("deleted"),
        Status::Active if !tx.desk.policies.sign_in.allows(user) => Some("password_sign_in_off"),
        Status::Active if credential.usable_hash().is_none() => Some("no_password"),
        Status::Active => None,
    }
}

/// Records a refusal. A try with an unknown address was counted before.
fn record_refusal(
    tx: &WriteTransaction<'_>,
    (user, reason): (Option<UserId>, &'static str),
) -> Result<(), Error> {
    let Some(user) = user else { return Ok(()) };
    if matches!(reason, THROTTLED | STOPPED) {
        // An event for each of them would let a stranger fill the record.
        let count = tx.store.count_refused_try(user, tx.now, STRANGERS_INTERVAL)?;
        return count.map_or(Ok(()), |count| {
            tx.record_failure(
                Action::SignInFailed,
                Target::User(user),
                format!("{reason} x{count}"),
            )
        });
    }
    tx.record_failure(Action::SignInFailed, Target::User(user), reason.to_owned())?;
    let is_last = |failures: Failures| failures.count == tx.desk.policies.throttle.lock_after();
    if tx.failures(user)?.is_some_and(is_last) {
        tx.record_failure(
            Action::SignInLocked,
            Target::User(user),
            "too_many_failures".to_owned(),
        )?;
    }
    Ok(())
}
